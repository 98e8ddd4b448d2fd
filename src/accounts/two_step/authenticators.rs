//! Authenticator apps: set one up with a QR code, give it a name, remove it.
//!
//! Until its first code is typed the secret rides sealed in the page: nothing is kept of an app that
//! was never set up.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use qrcode::{Color, EcLevel, QrCode};
use serde::{Deserialize, Serialize};
use std::{fmt::Write as _, time::Duration};
use zeroize::Zeroizing;

use super::{Trouble, back, change};
use crate::{
    accounts::codes,
    app::App,
    clock::Moment,
    crypto::totp::TotpSecret,
    delivery::messages::Alarm,
    identity::display_name::DisplayName,
    store::{
        self, Db,
        activity::Event,
        totp_secrets::{self, Authenticator, AuthenticatorId},
        users::UserId,
    },
    web::{
        content_policy::ContentPolicy,
        error::{Kind, PageError},
        page::{self, Page},
        parts::{self, Problems},
        submission::Submission,
        visitor::Visitor,
    },
};

/// As long setting up an app may take.
const GOOD_FOR: Duration = Duration::from_mins(30);

/// Modules of light around a QR code (ISO/IEC 18004 §5.3.8).
const QUIET: usize = 4;

#[derive(Template)]
#[template(path = "accounts/authenticator.html")]
struct AuthenticatorPage<'a> {
    page: &'a Page,
    problems: Problems,
    /// The dark modules of the QR code, as an SVG path, and how wide it is.
    drawing: (String, usize),
    /// The secret as a person types it.
    secret: Zeroizing<String>,
    sealed: String,
    name: &'a str,
}

/// An app that is being set up.
#[derive(Serialize, Deserialize)]
struct SetUp {
    id: AuthenticatorId,
    user_id: UserId,
    secret: Vec<u8>,
    begun_at: Moment,
}

/// An app as its owner's page shows it.
pub(super) fn describe(app: &Authenticator) -> parts::Authenticator {
    parts::Authenticator {
        id: app.id.to_string(),
        name: app.name.clone(),
        since: app.created_at,
        last_used: app.last_used_at,
    }
}

/// Shows a new secret.
///
/// # Errors
/// If nobody is signed in who has lately proved it.
pub async fn show(app: Data<App>, visitor: Visitor) -> Result<HttpResponse, PageError> {
    let user_id = visitor.lately_proved(&app)?.user.id;
    let secret = TotpSecret::random().as_bytes().to_vec();
    let set_up =
        SetUp { id: AuthenticatorId::random(), user_id, secret, begun_at: app.clock.now() };
    render(&app, &visitor, &set_up, "", Problems::none())
}

/// Keeps the app, if its code is right.
///
/// # Errors
/// If the form is not from our page in this browser and session, nobody is signed in who has lately
/// proved it, or the page was open for too long.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let user_id = visitor.lately_proved(&app)?.user.id;
    let (now, sealed) = (app.clock.now(), form.get("set_up").unwrap_or_default());
    let set_up = BASE64_URL_SAFE_NO_PAD.decode(sealed).ok();
    let set_up: Option<SetUp> = set_up.and_then(|bytes| app.seals.totp_set_up.open(&bytes));
    let set_up = set_up.filter(|it| it.user_id == user_id && now < it.begun_at + GOOD_FOR);
    let set_up = set_up.ok_or(Kind::Expired)?;
    let name = form.get("name").unwrap_or_default();
    let code = codes::without_gaps(form.get("code").unwrap_or_default());
    let made = match judge(&app, &visitor.page, &set_up, (name, &code)) {
        Ok(made) => made,
        Err(problems) => return render(&app, &visitor, &set_up, name, problems),
    };
    let add = move |db: &mut Db<'_>, id| {
        let room = totp_secrets::list_of_user(db, id)?.len() < totp_secrets::MOST;
        if room {
            totp_secrets::add(db, &made)?;
        }
        Ok(room)
    };
    let told = (Event::AuthenticatorAdded, Some(Alarm::AuthenticatorAdded));
    match change(&app, &visitor, told, add).await {
        // The same form sent twice.
        Ok(()) | Err(Trouble::Store(store::Error::Taken)) => Ok(back("changed")),
        Err(trouble) => trouble.answer(&app, &visitor).await,
    }
}

/// Removes an app, unless it is needed.
///
/// # Errors
/// If the form is not from our page in this browser and session, nobody is signed in who has lately
/// proved it, or the store cannot answer.
pub async fn remove(
    app: Data<App>,
    Submission { visitor, form: _ }: Submission,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let which = AuthenticatorId::parse(&path).ok_or(Kind::NotFound)?;
    let remove = move |db: &mut Db<'_>, id| totp_secrets::remove(db, which, id);
    let told = (Event::AuthenticatorRemoved, Some(Alarm::AuthenticatorRemoved));
    match change(&app, &visitor, told, remove).await {
        Ok(()) => Ok(back("changed")),
        Err(trouble) => trouble.answer(&app, &visitor).await,
    }
}

/// The app, if its name can be shown and the code is one of its.
fn judge(
    app: &App,
    page: &Page,
    set_up: &SetUp,
    (name, code): (&str, &str),
) -> Result<Authenticator, Problems> {
    let (now, secret) = (app.clock.now(), TotpSecret::from_bytes(&set_up.secret));
    let name = name.parse::<DisplayName>();
    let step = secret.matching_step(code, now);
    let mut problems = Problems::none();
    if let Err(problem) = &name {
        problems = problems.with("authenticator-name", &page.text(problem.key()));
    }
    if step.is_none() {
        problems = problems.with("authenticator-code", &page.text("authenticator-wrong"));
    }
    let (Ok(name), Some(step)) = (name, step) else { return Err(problems) };
    let sealed = (&app.seals.totp_secret, now);
    Ok(Authenticator::new(set_up.id, set_up.user_id, name.as_str(), (&secret, step), sealed))
}

fn render(
    app: &App,
    visitor: &Visitor,
    set_up: &SetUp,
    name: &str,
    problems: Problems,
) -> Result<HttpResponse, PageError> {
    let secret = TotpSecret::from_bytes(&set_up.secret);
    let uri = secret.uri(&visitor.page.brand.name, &visitor.signed_in()?.email);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let template = AuthenticatorPage {
        page: &visitor.page,
        problems,
        drawing: draw(&uri)?,
        secret: grouped(&secret.text()),
        sealed: BASE64_URL_SAFE_NO_PAD.encode(app.seals.totp_set_up.seal(set_up)),
        name,
    };
    page::show_with(&template, status, &ContentPolicy::default())
}

/// In groups of four, so that nobody loses their place.
fn grouped(text: &str) -> Zeroizing<String> {
    let mut groups = Zeroizing::new(String::with_capacity(text.len() * 5 / 4));
    for (place, letter) in text.chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            groups.push(' ');
        }
        groups.push(letter);
    }
    groups
}

/// A QR code's dark modules as an SVG path, and how many modules wide it is.
fn draw(text: &str) -> Result<(String, usize), PageError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M);
    let code = code.map_err(|error| PageError::internal(error.to_string()))?;
    let (width, mut path) = (code.width(), String::new());
    for (place, module) in code.to_colors().into_iter().enumerate() {
        if module == Color::Dark {
            let (x, y) = (place % width + QUIET, place / width + QUIET);
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    Ok((path, width + 2 * QUIET))
}
