//! Two-step verification that is there before a story begins, and the way through it.

use countersign::{
    language::Language,
    store::{
        Db, Error,
        contacts::{self, Channel},
        users::{self, UserId},
    },
};
use url::Url;

use super::{
    answer::{Answer, css},
    form::Form,
    inbox,
    person::Person,
    world::World,
};

impl World {
    /// Whose account this is.
    pub async fn user_id(&self, person: &Person) -> UserId {
        let own = person.email.clone();
        let find = move |db: &mut Db<'_>| contacts::find_verified(db, Channel::Email, &own);
        self.app.store.read(find).await.expect("contacts").expect("a person").user_id
    }

    /// Switches two-step verification on for somebody, with codes by these channels.
    pub async fn switch_on_two_step(&self, person: &Person, channels: &'static [Channel]) {
        let (id, now) = (self.user_id(person).await, self.clock.now());
        let switch = move |db: &mut Db<'_>| -> Result<(), Error> {
            users::set_code_channels(db, id, channels)?;
            users::set_two_step(db, id, Some(now))
        };
        self.app.store.write(switch).await.expect("two-step verification");
    }
}

/// Whether this page asks for a code because nobody was seen in this browser before.
pub fn is_for_a_new_browser(page: &Answer) -> bool {
    const WHY: &str = "second-factor-why-new-browser";
    page.shows("second-factor-code")
        && Language::all().any(|spoken| page.words().contains(&spoken.text(WHY).to_string()))
}

impl Person {
    /// Types the code that was just sent by mail; the page that follows.
    pub async fn type_mailed_code(&mut self, server: &Url, page: &Answer) -> Answer {
        let code = inbox::code_sent_to(server, &self.email).await;
        self.type_code(page, &code).await
    }

    /// Presses the button of the first way to prove it again; the page that follows.
    pub async fn choose_first_way(&mut self, page: &Answer) -> Answer {
        let html = page.html();
        let button = html.select(&css("#again-ways button[name=by]")).next().expect("a way");
        let by = button.attr("value").expect("its name").to_owned();
        let answer = self.browser.submit(&Form::to(page, "/sign-in/again").with("by", &by)).await;
        self.browser.follow(answer).await
    }

    /// Types a code at the second step; the page that follows.
    pub async fn type_code(&mut self, page: &Answer, code: &str) -> Answer {
        self.browser.press(page, "second-factor-submit", &[("code", code)]).await
    }
}
