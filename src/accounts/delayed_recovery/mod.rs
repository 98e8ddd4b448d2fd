//! Every way in is lost: after a wait, a link to an address that was given at the start.
//!
//! Whoever still reads one of the account's contacts is told at once and before the end, and cancels
//! it from there; so does whoever signs in meanwhile. What is answered at the start does not tell who
//! has an account (security rule 13), and strangers cannot keep an owner busy: one at a time, and few
//! in a week.

mod cancel;
mod finish;
mod steps;

use std::time::Duration;

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, ServiceConfig, get, post, resource},
};
use askama::Template;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

pub use steps::advance;

use super::identifier::Identifier;
use crate::{
    app::App,
    clock::Moment,
    crypto::seal::Sealer,
    identity::email_address::EmailAddress,
    store::{
        self,
        activity::{self, Activity, Event},
        attempts::{self, Counted, Limit},
        contacts::{self, ContactId},
        delayed_recoveries::{self, DelayedRecovery, DelayedRecoveryId},
        users::{self, User, UserId},
    },
    web::{
        client_ip,
        content_policy::ContentPolicy,
        error::{Kind, PageError},
        form::Parameters,
        page::{self, Page},
        parts::Problems,
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

/// As long the link is good.
const LINK_GOOD_FOR: Duration = Duration::from_hours(7 * 24);

/// An account has as many begun in a week; the rest come to nothing.
const OF_ACCOUNT: Limit = Limit { most: 2, within: Duration::from_hours(7 * 24) };

/// A network begins as many in a day.
const BY_NETWORK: Limit = Limit { most: 5, within: Duration::from_hours(24) };

/// Mounts its pages, in the order of the journey; none where there is no such way.
pub(super) fn routes(to: &mut ServiceConfig) {
    to.service(resource(urls::RECOVER_DELAYED).route(get().to(show)).route(post().to(submit)))
        .service(
            resource(urls::RECOVER_DELAYED_CANCEL)
                .route(get().to(cancel::show))
                .route(post().to(cancel::submit)),
        )
        .service(
            resource(urls::RECOVER_DELAYED_FINISH)
                .route(get().to(finish::show))
                .route(post().to(finish::submit)),
        );
}

#[derive(Template)]
#[template(path = "accounts/delayed.html")]
struct DelayedPage<'a> {
    page: &'a Page,
    problems: Problems,
    hours: u32,
    identifier: &'a str,
    email: &'a str,
    /// It is begun: when its wait is over.
    begun: Option<Moment>,
}

/// What a link carries, sealed: which, and at which contact; none for the link that ends the wait.
#[derive(Clone, Serialize, Deserialize)]
struct Link {
    id: DelayedRecoveryId,
    contact_id: Option<ContactId>,
}

impl Link {
    /// As it travels.
    fn seal(&self, sealer: &Sealer) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(sealer.seal(self))
    }

    /// Reads the one that is named.
    fn read(named: &Parameters, sealer: &Sealer) -> Option<Self> {
        let text = named.get("recovery").unwrap_or_default();
        sealer.open(&BASE64_URL_SAFE_NO_PAD.decode(text).ok()?)
    }
}

/// Asks for the account, and for an address that can be read.
///
/// # Errors
/// If there is no such way here.
pub async fn show(app: Data<App>, visitor: Visitor) -> Result<HttpResponse, PageError> {
    offered(&app)?;
    render(&app, &visitor, &Parameters::default(), Problems::none(), None)
}

/// Begins the wait, if there is such an account. The answer is the same either way.
///
/// # Errors
/// If the form is not from our page in this browser, this network begins too many, or the store
/// cannot answer.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form: sent }: Submission,
) -> Result<HttpResponse, PageError> {
    offered(&app)?;
    let mut problems = Problems::none();
    let account = Identifier::read(sent.get("identifier").unwrap_or_default());
    if let Err(key) = &account {
        problems = problems.with("delayed-identifier", &visitor.page.text(key));
    }
    let email = sent.get("email").unwrap_or_default().parse::<EmailAddress>();
    if let Err(problem) = &email {
        problems = problems.with("delayed-email", &visitor.page.text(problem.key()));
    }
    let (Ok(account), Ok(email)) = (account, email) else {
        return render(&app, &visitor, &sent, problems, None);
    };
    let due_at = begin(&app, &visitor, &account, &email).await?;
    render(&app, &visitor, &sent, Problems::none(), Some(due_at))
}

fn offered(app: &App) -> Result<(), PageError> {
    if app.config.sign_in.delayed_recovery_hours == 0 { Err(Kind::NotFound.into()) } else { Ok(()) }
}

fn render(
    app: &App,
    visitor: &Visitor,
    sent: &Parameters,
    problems: Problems,
    begun: Option<Moment>,
) -> Result<HttpResponse, PageError> {
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let template = DelayedPage {
        page: &visitor.page,
        problems,
        hours: app.config.sign_in.delayed_recovery_hours,
        identifier: sent.get("identifier").unwrap_or_default(),
        email: sent.get("email").unwrap_or_default(),
        begun,
    };
    page::show_with(&template, status, &ContentPolicy::default())
}

/// Begins one; when its wait is over. The same rows are written for nobody.
async fn begin(
    app: &App,
    visitor: &Visitor,
    account: &Identifier,
    email: &EmailAddress,
) -> Result<Moment, PageError> {
    let (now, hours) = (app.clock.now(), app.config.sign_in.delayed_recovery_hours);
    let due_at = now + Duration::from_hours(u64::from(hours));
    let user_id = owner(app, account).await?.map(|user| user.id);
    let wanted = DelayedRecovery {
        id: DelayedRecoveryId::random(),
        user_id,
        address: email.deliverable(),
        place: visitor.address.clone(),
        user_agent: visitor.user_agent.clone(),
        language: visitor.page.language.code().to_owned(),
        begun_at: now,
        due_at,
        told_at: None,
        reminded_at: None,
        sent_at: None,
        expires_at: due_at + LINK_GOOD_FOR,
        ended_at: None,
        end_reason: None,
    };
    let happened = Activity {
        user_id,
        session_id: None,
        ..visitor.activity(Event::DelayedRecoveryBegun, now)
    };
    let network = client_ip::network(&visitor.address);
    let network = attempts::key("delayed recoveries by", network.as_bytes());
    let whose = user_id.unwrap_or_else(UserId::random);
    let whose = attempts::key("delayed recoveries of", whose.as_bytes());
    let counted = app.store.write(move |db| {
        let counted = attempts::count(db, &network, BY_NETWORK, now)?;
        if counted == Counted::Within {
            let few = attempts::count(db, &whose, OF_ACCOUNT, now)? == Counted::Within;
            let user_id = wanted.user_id.filter(|_| few);
            let begun =
                delayed_recoveries::begin(db, &DelayedRecovery { user_id, ..wanted.clone() })?;
            let user_id = happened.user_id.filter(|_| begun);
            activity::add(db, &Activity { user_id, ..happened.clone() })?;
        }
        Ok::<_, store::Error>(counted)
    });
    match counted.await? {
        Counted::Within => Ok(due_at),
        Counted::TooMany { until } => Err(Kind::wait(until.since(now)).into()),
    }
}

/// Whose account this contact leads to.
async fn owner(app: &App, account: &Identifier) -> Result<Option<User>, PageError> {
    let (channel, canonical) = (account.channel, account.canonical.clone());
    let found = app.store.read(move |db| {
        let Some(contact) = contacts::find_verified(db, channel, &canonical)? else {
            return Ok::<_, store::Error>(None);
        };
        users::find(db, contact.user_id)
    });
    Ok(found.await?.filter(User::may_recover))
}
