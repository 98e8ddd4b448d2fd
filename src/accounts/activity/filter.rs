//! What somebody wants to see of their activity: a kind, an app, a time; each a word in the address,
//! so that a page of it can be kept and sent.

use std::time::Duration;

use crate::{
    clock::Moment,
    store::{
        activity::{Activity, ActivityId, Event, Wanted},
        clients::ClientId,
    },
    web::{form::Parameters, page::Page, parts::Choice, urls},
};

/// What an event is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    SignIns,
    Apps,
    Account,
}

impl Kind {
    const ALL: [Self; 3] = [Self::SignIns, Self::Apps, Self::Account];

    /// The word in addresses, and the end of its name's key.
    const fn word(self) -> &'static str {
        match self {
            Self::SignIns => "sign-ins",
            Self::Apps => "apps",
            Self::Account => "account",
        }
    }

    fn of(event: Event) -> Self {
        match event {
            Event::SignedIn
            | Event::SignInFailed
            | Event::SecondFactorFailed
            | Event::ProvedAgain
            | Event::SignedOut
            | Event::SignInApproved
            | Event::SignInRefused
            | Event::BrowserTrusted
            | Event::TrustEnded
            | Event::SessionEnded => Self::SignIns,
            Event::ConsentGiven
            | Event::ConsentRefused
            | Event::AccessRemoved
            | Event::ScopeRemoved
            | Event::SharedEmailChanged
            | Event::PrivateEmailStopped
            | Event::PrivateEmailResumed
            | Event::PrivateEmailMoved
            | Event::AppSignedOut
            | Event::AppSignedIn
            | Event::DeviceLinked
            | Event::DeviceRenamed
            | Event::DeviceRemoved
            | Event::TokenReused
            | Event::AppReported
            | Event::AppRegistered
            | Event::AppChanged
            | Event::AppDeleted
            | Event::Refused => Self::Apps,
            // Whatever else happens changes the account or what it is proved by.
            _ => Self::Account,
        }
    }
}

/// The times that can be chosen, in days.
const DAYS: [&str; 3] = ["1", "7", "30"];

/// What was chosen; a word that we do not know chooses nothing.
#[derive(Default)]
pub(super) struct Filter {
    kind: Option<Kind>,
    client_id: Option<ClientId>,
    days: Option<&'static str>,
    after: Option<(Moment, ActivityId)>,
}

impl Filter {
    /// Reads the address.
    pub fn read(query: &Parameters) -> Self {
        let word = |name: &str| query.get(name);
        Self {
            kind: Kind::ALL.into_iter().find(|kind| Some(kind.word()) == word("kind")),
            client_id: word("app").and_then(ClientId::parse),
            days: DAYS.into_iter().find(|days| Some(*days) == word("days")),
            after: word("after").and_then(read_place),
        }
    }

    /// Whether anything is left out on purpose.
    pub fn narrows(&self) -> bool {
        self.kind.is_some() || self.client_id.is_some() || self.days.is_some()
    }

    /// The same in the store's words.
    pub fn wanted(&self, now: Moment) -> Wanted {
        let everything = Wanted::everything();
        let chosen = |event: &Event| self.kind.is_none_or(|kind| Kind::of(*event) == kind);
        let days = self.days.and_then(|days| days.parse::<u64>().ok());
        Wanted {
            events: everything.events.into_iter().filter(chosen).collect(),
            client_id: self.client_id,
            since: days.map_or(everything.since, |days| now - Duration::from_hours(24 * days)),
            after: self.after,
        }
    }

    /// Where the same is listed, after this entry.
    pub fn older_than(&self, last: &Activity) -> String {
        let place = format!("{}-{}", last.happened_at.micros(), last.id);
        self.address(urls::ACCOUNT_ACTIVITY, &[("after", &place)])
    }

    /// Where all of the same is handed out as a file.
    pub fn file(&self, format: &str) -> String {
        self.address(urls::ACCOUNT_ACTIVITY_FILE, &[("format", format)])
    }

    fn address(&self, path: &str, more: &[(&str, &str)]) -> String {
        let app = self.client_id.map(|id| id.to_string());
        let chosen =
            [("kind", self.kind.map(Kind::word)), ("app", app.as_deref()), ("days", self.days)];
        let chosen = chosen.into_iter().filter_map(|(name, word)| Some((name, word?)));
        urls::with_query(path, &chosen.chain(more.iter().copied()).collect::<Vec<_>>())
    }

    /// The kinds to choose from.
    pub fn kinds(&self, page: &Page) -> Vec<Choice> {
        Kind::ALL
            .into_iter()
            .map(|kind| Choice {
                value: kind.word().to_owned(),
                text: page.text(&format!("activity-kind-{}", kind.word())).to_string(),
                chosen: self.kind == Some(kind),
            })
            .collect()
    }

    /// The times to choose from.
    pub fn times(&self, page: &Page) -> Vec<Choice> {
        let said = |days: &str| page.text(&format!("activity-days-{days}")).to_string();
        DAYS.into_iter()
            .map(|days| Choice {
                value: days.to_owned(),
                text: said(days),
                chosen: self.days == Some(days),
            })
            .collect()
    }

    /// The apps to choose from, given with their names.
    pub fn apps(&self, named: impl Iterator<Item = (ClientId, String)>) -> Vec<Choice> {
        named
            .map(|(id, text)| Choice {
                value: id.to_string(),
                text,
                chosen: self.client_id == Some(id),
            })
            .collect()
    }
}

/// A place in the list, as [`Filter::older_than`] writes it.
fn read_place(text: &str) -> Option<(Moment, ActivityId)> {
    let (micros, id) = text.split_once('-')?;
    Some((Moment::from_micros(micros.parse().ok()?), ActivityId::parse(id)?))
}
