//! A person types the code that a device shows (RFC 8628 §3.3).
//!
//! Opening the page spends nothing and looks nothing up, also with a code in its address: only the
//! button does, and each wrong code counts against the account.

use std::time::Duration;

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web::Data,
};
use askama::Template;

use super::{ticket, ticket::Ticket, user_code_digest};
use crate::{
    app::App,
    clock::Moment,
    protocol::user_code::UserCode,
    store::{
        self, Db,
        attempts::{self, Counted, Limit},
        device_codes::{self, DeviceCode, State},
        users::UserId,
    },
    web::{
        content_policy::ContentPolicy,
        error::{Kind, PageError},
        form::{Malformed, Query},
        page::{self, Page},
        parts::Problems,
        submission::Submission,
        urls,
        visitor::{SignedIn, Visitor},
    },
};

/// So many wrong codes in so long a time: with 34 bits in a code, nobody guesses one (RFC 8628
/// §5.1).
const GUESSES: Limit = Limit { most: 10, within: Duration::from_mins(15) };

#[derive(Template)]
#[template(path = "oauth/device.html")]
struct DevicePage<'a> {
    page: &'a Page,
    problems: Problems,
    user_code: &'a str,
}

/// Shows the field, with the code from the address in it if there is one (RFC 8628 §3.3.1).
///
/// # Errors
/// If nobody is signed in.
pub async fn show(
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    visitor.signed_in()?;
    let user_code = query.get("user_code").unwrap_or_default();
    let template = DevicePage { page: &visitor.page, problems: Problems::none(), user_code };
    page::show(&template)
}

/// Looks the code up, and leads to what its device asks for.
///
/// # Errors
/// If the form is not from our page in this browser and session, nobody is signed in, or too many
/// codes were wrong.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let signed_in = visitor.signed_in()?;
    let typed = form.get("user_code").unwrap_or_default();
    // What can be no code is a slip of the finger, not a guess.
    let Ok(user_code) = typed.parse::<UserCode>() else { return refuse(&visitor, typed) };
    match look_up(&app, signed_in, &user_code).await? {
        Some(code) => {
            let ticket = Ticket::of(&visitor, signed_in, code.id, &user_code).seal(&app.seals);
            let next = urls::with_query(urls::DEVICE_CONFIRM, &[(ticket::PARAMETER, &ticket)]);
            Ok(HttpResponse::SeeOther()
                .insert_header((header::LOCATION, next))
                .insert_header((header::CACHE_CONTROL, "no-store"))
                .finish())
        }
        None => refuse(&visitor, typed),
    }
}

/// The page again, with what is wrong.
pub(super) fn refuse(visitor: &Visitor, user_code: &str) -> Result<HttpResponse, PageError> {
    let page = &visitor.page;
    let problems = Problems::none().with("device-user-code", &page.text("device-code-wrong"));
    let template = DevicePage { page, problems, user_code };
    page::show_with(&template, StatusCode::BAD_REQUEST, &ContentPolicy::default())
}

/// The request that waits under this code.
async fn look_up(
    app: &App,
    signed_in: &SignedIn,
    user_code: &UserCode,
) -> Result<Option<DeviceCode>, PageError> {
    let (user_id, now) = (signed_in.user.id, app.clock.now());
    let digest = user_code_digest(user_code, &app.seals);
    let found = app.store.write(move |db| guess(db, user_id, &digest, now)).await?;
    found.map_err(|until| {
        let seconds = until.since(now).as_secs().max(1);
        Kind::TooMany(u32::try_from(seconds).unwrap_or(u32::MAX)).into()
    })
}

/// Counts the guess before it is made, and takes it back if it was right; `Err` with the end of the
/// wait after too many.
fn guess(
    db: &mut Db<'_>,
    user_id: UserId,
    digest: &[u8],
    now: Moment,
) -> Result<Result<Option<DeviceCode>, Moment>, store::Error> {
    let counter = attempts::key("user_code", user_id.as_bytes());
    if let Counted::TooMany { until } = attempts::count(db, &counter, GUESSES, now)? {
        return Ok(Err(until));
    }
    let found = device_codes::find_by_user_code(db, digest)?;
    let waiting = found.filter(|code| code.state(now) == State::Pending);
    if waiting.is_some() {
        attempts::forgive(db, &counter)?;
    }
    Ok(Ok(waiting))
}
