//! Guessing at a password: each try is counted before it is judged, and makes the next one wait.
//!
//! A browser that its owner has signed in with has a counter of its own, so nobody is kept out by
//! what strangers try elsewhere. Everywhere else tries are counted by the account, or by what was typed
//! where there is none (security rule 13), and by the network they come from.

use std::time::Duration;

use super::identifier::Identifier;
use crate::{
    app::App,
    clock::Moment,
    config::SignIn,
    store::{
        self, Db,
        attempts::{self, Counted, Delays, Limit},
        passwords,
        users::{User, UserId},
    },
    web::{
        client_ip,
        page::Page,
        visitor::{SignedIn, Visitor},
    },
};

/// That it is wrong, in the usual words, and how long to wait.
pub(super) fn too_soon(page: &Page, wrong: &str, left: Duration) -> String {
    let seconds = left.as_secs().max(1);
    let wait = match seconds {
        0..=59 => page.text_with("sign-in-wait-seconds", "count", seconds),
        _ => page.text_with("sign-in-wait-minutes", "count", seconds.div_ceil(60)),
    };
    format!("{} {wait}", page.text(wrong))
}

/// As long wrong guesses are remembered.
const REMEMBERED: Duration = Duration::from_hours(1);

/// A guess at a password, and what it is counted under.
#[derive(Clone)]
pub(super) struct Guess {
    whose: Vec<u8>,
    /// A browser that is known needs no leave of its network.
    network: Option<Vec<u8>>,
}

impl Guess {
    /// By somebody in a browser that this person has signed in with.
    pub fn at_home(visitor: &Visitor, user_id: UserId) -> Self {
        let subject = [&user_id.as_bytes()[..], &visitor.browser_digest()].concat();
        Self { whose: attempts::key("guesses at home", &subject), network: None }
    }

    /// By whoever is signed in, at the password of the same account.
    pub fn signed_in(signed_in: &SignedIn) -> Self {
        let session = signed_in.session.id;
        Self { whose: attempts::key("guesses in session", session.as_bytes()), network: None }
    }

    /// By anybody else, at this person, or at whatever `typed` names that is nobody's: all names of one
    /// account share its counter.
    pub fn of_stranger(
        visitor: &Visitor,
        typed: &str,
        read: Option<&Identifier>,
        owner: Option<&User>,
    ) -> Self {
        let named = |it: &Identifier| format!("{} {}", it.channel.as_str(), it.canonical);
        let whose = match (owner, read) {
            (Some(owner), _) => passwords::guesses_at(owner.id),
            (None, Some(it)) => attempts::key("guesses at nobody", named(it).as_bytes()),
            (None, None) => attempts::key("guesses at nothing", typed.as_bytes()),
        };
        let network = client_ip::network(&visitor.address);
        Self { whose, network: Some(attempts::key("guesses by", network.as_bytes())) }
    }

    /// Counts it; `Err` with the wait that is left if it may not be made now.
    ///
    /// # Errors
    /// If the store cannot answer.
    pub async fn count(&self, app: &App) -> Result<Result<(), Duration>, store::Error> {
        let (guess, now) = (self.clone(), app.clock.now());
        let limits = (delays(&app.config.sign_in), per_network(&app.config.sign_in));
        let counted = app.store.write(move |db| guess.count_in(db, limits, now)).await?;
        Ok(match counted {
            Counted::Within => Ok(()),
            Counted::TooMany { until } => Err(until.since(now)),
        })
    }

    fn count_in(
        &self,
        db: &mut Db<'_>,
        (delays, limit): (Delays, Limit),
        now: Moment,
    ) -> Result<Counted, store::Error> {
        let counted = attempts::count_slowly(db, &self.whose, delays, now)?;
        let Some(network) = self.network.as_ref().filter(|_| counted == Counted::Within) else {
            return Ok(counted);
        };
        let counted = attempts::count(db, network, limit, now)?;
        if counted != Counted::Within {
            attempts::forgive(db, &self.whose)?;
        }
        Ok(counted)
    }

    /// Takes it back: it was right.
    ///
    /// # Errors
    /// If the store cannot answer.
    pub async fn take_back(&self, app: &App) -> Result<(), store::Error> {
        let guess = self.clone();
        app.store
            .write(move |db| {
                let counters = std::iter::once(&guess.whose).chain(&guess.network);
                counters.into_iter().try_for_each(|counter| attempts::forgive(db, counter))
            })
            .await
    }
}

fn delays(settings: &SignIn) -> Delays {
    Delays {
        free: i64::from(settings.wrong_passwords_free),
        first: Duration::from_secs(1),
        longest: Duration::from_secs(settings.wrong_password_wait_seconds),
        within: REMEMBERED,
    }
}

fn per_network(settings: &SignIn) -> Limit {
    Limit { most: i64::from(settings.wrong_passwords_per_network_hour), within: REMEMBERED }
}
