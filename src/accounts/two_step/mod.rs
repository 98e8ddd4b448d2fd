//! Two-step verification: on or off, by which methods, which of them first.
//!
//! It is on only while a second way back exists: recovery codes that were typed back once, or a
//! second method. Every change asks for a fresh proof, is written down, and is told to its owner.

pub mod authenticators;
pub mod recovery_codes;

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, ServiceConfig, get, post, resource},
};
use askama::Template;

use super::{
    factors::{self, Way, recovery_code},
    next,
    notices::{self, Notice},
};
use crate::{
    app::App,
    clock::Moment,
    delivery::messages::Alarm,
    store::{
        self, Db, Settle,
        activity::{self, Event},
        contacts::{self, Channel, Contact},
        totp_secrets::{self, Authenticator},
        users::{self, User, UserId},
    },
    web::{
        content_policy::ContentPolicy,
        error::{Kind, PageError},
        form::{Malformed, Parameters, Query},
        page::{self, Page},
        parts::{self, CodeChannel, OtherWay, Problems},
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

/// Mounts the pages.
pub(super) fn routes(to: &mut ServiceConfig) {
    to.service(resource(urls::ACCOUNT_TWO_STEP).route(get().to(show)).route(post().to(submit)))
        .service(
            resource(urls::ACCOUNT_AUTHENTICATOR_ADD)
                .route(get().to(authenticators::show))
                .route(post().to(authenticators::submit)),
        )
        .service(
            resource(urls::ACCOUNT_AUTHENTICATOR_REMOVE).route(post().to(authenticators::remove)),
        )
        .service(resource(urls::ACCOUNT_RECOVERY_CODES).route(post().to(recovery_codes::submit)))
        .service(
            resource(urls::ACCOUNT_RECOVERY_CODES_CONFIRM)
                .route(post().to(recovery_codes::confirm)),
        )
        .service(
            resource(urls::ACCOUNT_RECOVERY_CODES_FILE).route(post().to(recovery_codes::download)),
        );
}

#[derive(Template)]
#[template(path = "accounts/two_step.html")]
struct TwoStepPage<'a> {
    page: &'a Page,
    problems: Problems,
    /// What was just done, as the key of its sentence.
    done: Option<&'static str>,
    /// Since when it is on.
    since: Option<Moment>,
    apps: Vec<parts::Authenticator>,
    channels: Vec<CodeChannel>,
    codes_left: i64,
    /// The methods, the one that comes first at the top.
    ways: Vec<OtherWay>,
}

/// Shows how the second step is set up.
///
/// # Errors
/// If nobody is signed in who has lately proved it.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let done = match query.get("done") {
        Some("on") => Some("two-step-switched-on"),
        Some("off") => Some("two-step-switched-off"),
        Some("changed") => Some("two-step-changed"),
        Some("codes") => Some("recovery-codes-kept"),
        _ => None,
    };
    render(&app, &visitor, Problems::none(), done).await
}

/// Changes what the pressed button says.
///
/// # Errors
/// If the form is not from our page in this browser and session, nobody is signed in who has lately
/// proved it, or the store cannot answer.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let (now, act) = (app.clock.now(), form.get("act").unwrap_or_default());
    let done = match act {
        "on" => {
            let on =
                move |db: &mut Db<'_>, id| users::set_two_step(db, id, Some(now)).map(|()| true);
            change(&app, &visitor, (Event::TwoStepOn, Some(Alarm::TwoStepOn)), on).await
        }
        "off" => {
            let off = |db: &mut Db<'_>, id| users::set_two_step(db, id, None).map(|()| true);
            change(&app, &visitor, (Event::TwoStepOff, Some(Alarm::TwoStepOff)), off).await
        }
        "channels" => {
            let chosen = channels(&form);
            let choose =
                move |db: &mut Db<'_>, id| users::set_code_channels(db, id, &chosen).map(|()| true);
            change(&app, &visitor, (Event::TwoStepChanged, Some(Alarm::TwoStepChanged)), choose)
                .await
        }
        "prefer" => {
            let name =
                factors::named(form.get("by").unwrap_or_default()).ok_or(Kind::Unreadable)?;
            let prefer =
                move |db: &mut Db<'_>, id| users::set_preferred_factor(db, id, name).map(|()| true);
            change(&app, &visitor, (Event::TwoStepChanged, None), prefer).await
        }
        _ => return Err(Kind::Unreadable.into()),
    };
    match done {
        Ok(()) => Ok(back(if matches!(act, "on" | "off") { act } else { "changed" })),
        Err(trouble) => trouble.answer(&app, &visitor).await,
    }
}

fn channels(form: &Parameters) -> Vec<Channel> {
    let both = [Channel::Email, Channel::Sms].into_iter();
    both.filter(|channel| form.get(channel.as_str()).is_some()).collect()
}

/// Back to the page, which says what was done. Who has just switched it on has shown no second step
/// in this session: they are not asked for one at once.
fn back(done: &str) -> HttpResponse {
    let page = if done == "on" { urls::ACCOUNT_SECURITY } else { urls::ACCOUNT_TWO_STEP };
    next::go(&urls::with_query(page, &[("done", done)]))
}

/// Why a change was not made.
pub(super) enum Trouble {
    /// There would be no second way back.
    TooFew,
    Page(PageError),
    Store(store::Error),
}

impl Settle for Trouble {
    fn undoes(&self) -> bool {
        true
    }

    fn passes(&self) -> bool {
        matches!(self, Self::Store(error) if error.passes())
    }
}

impl From<store::Error> for Trouble {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

impl From<PageError> for Trouble {
    fn from(error: PageError) -> Self {
        Self::Page(error)
    }
}

impl Trouble {
    /// The page again, which says why; or the refusal.
    async fn answer(self, app: &Data<App>, visitor: &Visitor) -> Result<HttpResponse, PageError> {
        match self {
            Self::TooFew => {
                let text = visitor.page.text("two-step-too-few");
                render(app, visitor, Problems::none().with("", &text), None).await
            }
            Self::Page(error) => Err(error),
            Self::Store(error) => Err(error.into()),
        }
    }
}

/// Makes a change, writes it down and tells the owner; all or nothing, and nothing at all if two-step
/// verification would be on without a second way back. `make` says whether there was anything to do.
async fn change(
    app: &Data<App>,
    visitor: &Visitor,
    (event, alarm): (Event, Option<Alarm>),
    make: impl Fn(&mut Db<'_>, UserId) -> Result<bool, store::Error> + Send + 'static,
) -> Result<(), Trouble> {
    let (id, now) = (visitor.lately_proved(app)?.user.id, app.clock.now());
    let happened = visitor.activity(event, now);
    let notice = alarm.map(|alarm| Notice::of(app, visitor, alarm, now));
    let with = app.clone();
    app.store
        .write(move |db| {
            // Two changes at once come in turn: each sees what the other left.
            users::hold(db, id)?;
            if !make(db, id)? {
                return Ok(());
            }
            if leans_on(db, &with, id, |_| false)? {
                return Err(Trouble::TooFew);
            }
            if let Some(notice) = &notice {
                notice.send(db, id, None)?;
            }
            Ok(activity::add(db, &happened)?)
        })
        .await
}

/// Whether two-step verification is on and, with these ways `gone`, would leave too few.
pub(super) fn leans_on(
    db: &mut Db<'_>,
    app: &App,
    user_id: UserId,
    gone: impl Fn(&Way) -> bool,
) -> Result<bool, store::Error> {
    let user = users::find(db, user_id)?.filter(|user| user.two_step_at.is_some());
    let Some(user) = user else { return Ok(false) };
    let mut left = factors::usual(db, app, &user, app.clock.now())?;
    left.retain(|way| !gone(way));
    Ok(!enough(&left))
}

/// Whether there is a method, and a second way back.
fn enough(ways: &[Way]) -> bool {
    let methods = ways.iter().filter(|way| way.factor.name() != recovery_code::NAME);
    methods.count() > 0 && ways.len() > 1
}

/// What the page shows.
struct Settings {
    user: User,
    ways: Vec<Way>,
    apps: Vec<Authenticator>,
    contacts: Vec<Contact>,
    codes_left: i64,
}

impl Settings {
    fn read(db: &mut Db<'_>, app: &App, user: &User) -> Result<Self, store::Error> {
        Ok(Self {
            ways: factors::usual(db, app, user, app.clock.now())?,
            apps: totp_secrets::list_of_user(db, user.id)?,
            contacts: contacts::list_of_user(db, user.id)?,
            codes_left: store::recovery_codes::count_left(db, user.id)?,
            user: user.clone(),
        })
    }

    /// The channels by which this person could be sent codes.
    fn channels(&self, app: &App) -> Vec<CodeChannel> {
        let channel = |channel: Channel, title| {
            let own = self.contacts.iter();
            let own = own.filter(|it| it.channel == channel && it.verified_at.is_some());
            let addresses: Vec<_> = own.map(|contact| contact.address.clone()).collect();
            let usable = !addresses.is_empty() && notices::reaches(app, channel);
            usable.then(|| CodeChannel {
                name: channel.as_str(),
                title,
                addresses: addresses.join(", "),
                chosen: self.user.has_chosen(channel),
            })
        };
        let [email, sms] =
            [channel(Channel::Email, "factor-email"), channel(Channel::Sms, "factor-sms")];
        email.into_iter().chain(sms).collect()
    }
}

async fn render(
    app: &Data<App>,
    visitor: &Visitor,
    problems: Problems,
    done: Option<&'static str>,
) -> Result<HttpResponse, PageError> {
    let user = visitor.lately_proved(app)?.user.clone();
    let with = app.clone();
    let settings = app.store.survey(move |db| Settings::read(db, &with, &user)).await?;
    let page = &visitor.page;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let methods = settings.ways.iter().filter(|way| way.factor.name() != recovery_code::NAME);
    let template = TwoStepPage {
        page,
        problems,
        done,
        since: settings.user.two_step_at,
        apps: settings.apps.iter().map(authenticators::describe).collect(),
        channels: settings.channels(app),
        codes_left: settings.codes_left,
        ways: methods.map(|way| factors::describe(page, way)).collect(),
    };
    page::show_with(&template, status, &ContentPolicy::default())
}
