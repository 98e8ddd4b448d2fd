//! Removes what nobody can use any more: by index, a few rows at a time, while serving.

use std::time::Duration;

use super::Job;
use crate::{
    app::App,
    clock::Moment,
    store::{
        Db, Error, activity, approvals, attempts, challenges, client_notices, contact_changes,
        delayed_recoveries, device_codes, exports, known_browsers, outbox, pushed_requests,
        refusals, relayed_mails, revoked_tokens, sessions, sign_ins, token_families,
        trusted_browsers, used_ids,
    },
};

/// Removes what nobody can use any more.
pub struct Prune;

/// As many rows go in one transaction: short enough that nobody waits for it.
const BATCH: i64 = 200;

/// Evidence of use outlives what it proves by this much.
const KEPT: Duration = Duration::from_hours(24);

/// Letters are kept for operators who look for one that did not arrive.
const LETTERS_KEPT: Duration = Duration::from_hours(14 * 24);

/// A mail of others is tried for less than that.
const MAILS_KEPT: Duration = Duration::from_hours(2 * 24);

/// What an app was refused is kept for its developers.
const REFUSALS_KEPT: Duration = Duration::from_hours(30 * 24);

/// As long somebody may stay away and still be known by their browser, at most.
const BROWSERS_KEPT: Duration = Duration::from_hours(400 * 24);

/// As long people, developers and operators can look back.
const ACTIVITY_KEPT: Duration = Duration::from_hours(90 * 24);

type Broom = fn(&mut Db<'_>, Moment, i64) -> Result<usize, Error>;

/// What is swept, and how long after its own end.
const BROOMS: &[(&str, Broom, Duration)] = &[
    ("challenges", challenges::prune, KEPT),
    ("contact changes", contact_changes::prune, KEPT),
    ("delayed recoveries", delayed_recoveries::prune, KEPT),
    ("revoked tokens", revoked_tokens::prune, KEPT),
    ("token families", token_families::prune, KEPT),
    ("sessions", sessions::prune, KEPT),
    ("sign-ins", sign_ins::prune, KEPT),
    ("pushed requests", pushed_requests::prune, KEPT),
    ("device codes", device_codes::prune, KEPT),
    ("counted tries", attempts::prune, Duration::ZERO),
    ("used identifiers", used_ids::prune, Duration::from_mins(5)),
    ("copies", exports::prune, Duration::ZERO),
    ("letters", outbox::prune, LETTERS_KEPT),
    ("mails of others", relayed_mails::prune, MAILS_KEPT),
    ("notices to apps", client_notices::prune, LETTERS_KEPT),
    ("what happened", activity::prune, ACTIVITY_KEPT),
    ("known browsers", known_browsers::prune, BROWSERS_KEPT),
    ("approvals", approvals::prune, KEPT),
    ("trusted browsers", trusted_browsers::prune, Duration::ZERO),
    ("refusals", refusals::prune, REFUSALS_KEPT),
];

impl Job for Prune {
    const NAME: &'static str = "prune";
    const EVERY: Duration = Duration::from_mins(5);

    async fn run(&self, app: &App) -> Result<Option<String>, Error> {
        let mut done = Vec::new();
        for (what, broom, kept) in BROOMS {
            let before = app.clock.now() - *kept;
            let mut removed = 0;
            loop {
                let batch = app.store.write(move |db| broom(db, before, BATCH)).await?;
                removed += batch;
                if batch == 0 {
                    break;
                }
            }
            if removed > 0 {
                done.push(format!("{removed} {what}"));
            }
        }
        Ok((!done.is_empty()).then(|| format!("Removed {}", done.join(", "))))
    }
}
