//! What the samples are made of.

use std::sync::Arc;

use countersign::clock::Moment;
use countersign::language::Language;
use countersign::web::brand::Brand;
use countersign::web::colour::Colour;
use countersign::web::page::{Badge, Page};
use countersign::web::parts::{AddressChoice, AppCard, Problems, Trust};

/// A rendered page.
pub struct Sample {
    /// The template and the weight: unique.
    pub name: String,
    /// The page.
    pub html: String,
}

/// How much a sample holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weight {
    /// As little as there can be.
    Empty,
    /// Everything, as people really have it.
    Full,
    /// Everything, and every word tries to break out.
    Hostile,
}

/// Text that tries to end the element and the attribute it stands in.
pub const HARM: &str = "</title></p>\"'><script>alert(1)</script><b x=' \u{202e}&lt;{{7*7}}";

/// 20 November 2026, 14:05.
pub const NOW: Moment = Moment::from_seconds(1_795_183_500);

impl Weight {
    /// `text`, unless the sample means harm.
    pub fn say(self, text: &str) -> String {
        if self == Self::Hostile { HARM.to_owned() } else { text.to_owned() }
    }

    /// `text` if there is something to show.
    pub fn some(self, text: &str) -> Option<String> {
        (self != Self::Empty).then(|| self.say(text))
    }

    /// Nothing, or harm.
    pub fn harmful(self) -> String {
        if self == Self::Hostile { HARM.to_owned() } else { String::new() }
    }

    /// Is there something to show?
    pub fn full(self) -> bool {
        self != Self::Empty
    }

    /// A list of `items` if there is something to show.
    pub fn list<T>(self, items: impl IntoIterator<Item = T>) -> Vec<T> {
        if self.full() { items.into_iter().collect() } else { Vec::new() }
    }

    /// A page for a visitor.
    pub fn page(self) -> Page {
        let mut brand = Brand::plain(&self.say("Countersign"), Colour::new(13, 92, 77));
        brand.support = self.some("https://help.countersign.example/");
        brand.privacy = self.some("https://countersign.example/privacy");
        brand.terms = self.some("https://countersign.example/terms");
        let mut page = Page::new(Arc::new(brand), Language::default(), NOW);
        page.csrf = self.say("csrf-7f3a");
        page.trace = self.say("01JD4T9S6Q");
        page.flow = self.some("flow-51c2");
        page.here = self.some("/sign-in?flow=flow-51c2");
        page
    }

    /// A page for somebody who is signed in.
    pub fn own_page(self) -> Page {
        let account = Badge { name: self.say("Ana Pop"), email: self.say("ana.pop@example.org") };
        Page { account: Some(account), flow: None, ..self.page() }
    }

    /// An app with all it can have, or with as little.
    pub fn app(self) -> AppCard {
        AppCard {
            name: self.say("Lumen Books"),
            logo: (self == Self::Hostile).then(|| HARM.to_owned()),
            publisher: self.some("Lumen Trading Ltd, Ireland"),
            trust: if self.full() {
                Trust::Publisher(self.say("lumenbooks.example"))
            } else {
                Trust::Unknown
            },
            home: self.some("https://lumenbooks.example/"),
            privacy: self.some("https://lumenbooks.example/privacy"),
            terms: self.some("https://lumenbooks.example/terms"),
            contact: self.some("help@lumenbooks.example"),
        }
    }

    /// Mail addresses to choose from.
    pub fn addresses(self) -> Vec<AddressChoice> {
        let address = |id: &str, address: &str, chosen| AddressChoice {
            id: self.say(id),
            address: self.say(address),
            hidden: address.is_empty(),
            chosen,
        };
        self.list([
            address("1", "ana.pop@example.org", true),
            address("2", "ana@work.example", false),
            address("3", "", false),
        ])
    }

    /// What is wrong with a form: nothing, or something with `field`.
    pub fn problems(self, page: &Page, field: &'static str, key: &str) -> Problems {
        if self == Self::Hostile {
            Problems::none().with(field, &page.text(key))
        } else {
            Problems::none()
        }
    }

    /// The sample under its name.
    pub fn sample(self, name: &str, page: &impl askama::Template) -> Sample {
        let html = page.render().expect("the page renders");
        Sample { name: format!("{name} {self:?}").to_lowercase(), html }
    }
}
