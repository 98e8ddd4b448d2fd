//! Another code, after a wait that doubles each time; only the latest counts.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::{Facts, code_letter, digest, verify};
use crate::{
    accounts::next,
    app::App,
    crypto::random,
    identity::email_address::EmailAddress,
    store::{
        self,
        challenges::{self, Challenge},
        outbox,
    },
    web::{
        error::{Kind, PageError},
        form::{Form, Malformed},
        urls,
        visitor::Visitor,
    },
};

/// As often the wait doubles; after that it stays.
const DOUBLINGS: i64 = 6;

/// How long until another code may be asked for.
pub(super) fn wait(app: &App, challenge: &Challenge) -> Duration {
    let first = Duration::from_secs(app.config.sign_in.one_time_code_resend_seconds);
    let doublings = u32::try_from((challenge.sends - 1).clamp(0, DOUBLINGS)).unwrap_or(0);
    (challenge.sent_at + first * 2_u32.pow(doublings)).since(app.clock.now())
}

/// Sends another code, if it is time.
///
/// # Errors
/// If it is too soon, or this browser waits for no code.
pub async fn submit(
    app: Data<App>,
    http: HttpRequest,
    visitor: Visitor,
    form: Result<Form, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Form(form) = form?;
    visitor.check_form(&http, &form)?;
    let challenge = verify::find(&app, &visitor, &form).await?;
    let left = wait(&app, &challenge);
    if !left.is_zero() {
        let seconds = u32::try_from(left.as_secs()).unwrap_or(u32::MAX).max(1);
        return Err(Kind::TooMany(seconds).into());
    }
    send(&app, &challenge).await?;
    let id = challenge.id.to_string();
    let mut parameters = vec![("challenge", id.as_str())];
    parameters.extend(form.get("flow").map(|flow| ("flow", flow)));
    Ok(next::go(&urls::with_query(urls::SIGN_UP_VERIFY, &parameters)))
}

async fn send(app: &App, challenge: &Challenge) -> Result<(), PageError> {
    let now = app.clock.now();
    let facts: Facts = app.seals.challenge.open(&challenge.sealed_facts).ok_or(Kind::FlowLost)?;
    let email: EmailAddress = facts.email.parse().map_err(|_| PageError::from(Kind::FlowLost))?;
    let code = random::digits(6);
    let letter = code_letter(app, &email, &facts.name, &code, now)?;
    let lifetime = Duration::from_secs(app.config.sign_in.one_time_code_lifetime_seconds);
    // Where the address has an account, no code was sent and none is: the wait is the same.
    let known = challenge.user_id.is_some();
    let code_digest =
        if known { random::bytes::<32>().to_vec() } else { digest(app, challenge.id, &code) };
    let read = challenge.clone();
    app.store
        .write(move |db| {
            let sent = challenges::set_sent_again(db, &read, &code_digest, now, now + lifetime)?;
            if sent && !known {
                outbox::add(db, &letter)?;
            }
            Ok::<_, store::Error>(())
        })
        .await?;
    Ok(())
}
