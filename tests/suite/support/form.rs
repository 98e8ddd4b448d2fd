//! A form on a page: what a person would see filled in, and what pressing a button sends.

use scraper::{ElementRef, Html};
use url::Url;

use super::answer::{Answer, by_id, css, folded};

/// A form, as its page filled it in.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: Url,
    pub method: String,
    pub fields: Vec<(String, String)>,
    /// Fields that are there but send nothing as they stand: empty boxes, radio buttons.
    pub silent: Vec<(String, String)>,
    /// The page it stands on.
    pub page: Url,
    /// Does that page keep its address to itself? Then a browser sends `Origin: null`.
    pub keeps_origin: bool,
}

impl Form {
    /// The form that the button with this id sends, the button's own value included.
    pub fn of_button(page: &Answer, id: &str) -> Self {
        let html = page.html();
        let button = html.select(&by_id(id)).next();
        let button = button.unwrap_or_else(|| panic!("no button #{id}: {}", page.summary()));
        let mut form = Self::around(page, &html, button);
        if let Some(name) = button.attr("name") {
            form.fields.push((name.into(), button.attr("value").unwrap_or_default().into()));
        }
        if let Some(action) = button.attr("formaction") {
            form.action = page.url.join(action).expect("a URL in formaction");
        }
        form
    }

    /// Every form on the page that has a button, as that button sends it.
    pub fn all(page: &Answer) -> Vec<Self> {
        let html = page.html();
        let buttons = css("form button, form input[type=submit]");
        html.select(&buttons).map(|button| Self::around(page, &html, button)).collect()
    }

    /// The form that is sent to an address ending like this.
    pub fn to(page: &Answer, ending: &str) -> Self {
        let found = Self::all(page).into_iter().find(|form| form.action.as_str().ends_with(ending));
        found.unwrap_or_else(|| panic!("no form to …{ending}: {}", page.summary()))
    }

    /// Writes into the field of this name, which must be there.
    #[must_use]
    pub fn fill(mut self, name: &str, value: &str) -> Self {
        let hidden = self.silent.iter().any(|(field, _)| field == name);
        match self.fields.iter_mut().find(|(field, _)| field == name) {
            Some(field) => value.clone_into(&mut field.1),
            None if hidden => self.fields.push((name.to_owned(), value.to_owned())),
            None => panic!("no field `{name}` at {}: only {:?}", self.page, self.fields),
        }
        self
    }

    /// What no browser would do: leaves a field out.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        let before = self.fields.len();
        self.fields.retain(|(field, _)| field != name);
        assert_ne!(self.fields.len(), before, "no field `{name}` at {}", self.page);
        self
    }

    /// What no browser would do: sends something the page did not offer.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    fn around(page: &Answer, html: &Html, button: ElementRef) -> Self {
        let form = match button.attr("form") {
            Some(id) => html.select(&by_id(id)).next(),
            None => {
                button.ancestors().filter_map(ElementRef::wrap).find(|e| e.value().name() == "form")
            }
        };
        let form = form.unwrap_or_else(|| panic!("a button outside any form: {}", page.summary()));
        let policy = page.header("referrer-policy").unwrap_or_default();
        let mut read = Self {
            action: page.url.join(form.attr("action").unwrap_or_default()).expect("a URL"),
            method: form.attr("method").unwrap_or("get").to_lowercase(),
            fields: Vec::new(),
            silent: Vec::new(),
            page: page.url.clone(),
            keeps_origin: policy == "no-referrer",
        };
        for control in form.select(&css("input[name], select[name], textarea[name]")) {
            read.take(control);
        }
        read
    }

    fn take(&mut self, control: ElementRef) {
        let kind = control.attr("type").unwrap_or("text");
        if control.attr("disabled").is_some() || matches!(kind, "submit" | "button" | "image") {
            return;
        }
        let box_like = matches!(kind, "checkbox" | "radio");
        let value = match control.value().name() {
            "textarea" => control.text().collect(),
            "select" => selected(control),
            _ if box_like => control.attr("value").unwrap_or("on").to_owned(),
            _ => control.attr("value").unwrap_or_default().to_owned(),
        };
        let name = control.attr("name").unwrap_or_default().to_owned();
        let silent = box_like && control.attr("checked").is_none();
        if silent { &mut self.silent } else { &mut self.fields }.push((name, value));
    }
}

fn selected(control: ElementRef) -> String {
    let chosen = control.select(&css("option[selected]")).next();
    let chosen = chosen.or_else(|| control.select(&css("option")).next());
    let value = chosen.map(|option| match option.attr("value") {
        Some(value) => value.to_owned(),
        None => folded(&option),
    });
    value.unwrap_or_default()
}
