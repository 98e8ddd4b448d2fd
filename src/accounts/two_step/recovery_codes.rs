//! Recovery codes: shown once, downloaded as a text file, and good once their owner has typed one
//! back. Until then the page itself carries them, sealed: the store keeps digests only.

use std::time::Duration;

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web::Data,
};
use askama::Template;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use super::{back, change};
use crate::{
    accounts::factors::recovery_code::digest,
    app::App,
    clock::Moment,
    crypto::random,
    delivery::messages::Alarm,
    store::{Db, activity::Event, recovery_codes, users::UserId},
    web::{
        content_policy::ContentPolicy,
        error::{Kind, PageError},
        form::Parameters,
        page::{self, Page},
        parts::Problems,
        submission::Submission,
        visitor::Visitor,
    },
};

/// As many make a set.
const HOW_MANY: usize = 10;

/// As long a set may wait to be confirmed.
const GOOD_FOR: Duration = Duration::from_mins(30);

#[derive(Template)]
#[template(path = "accounts/recovery_codes.html")]
struct RecoveryCodesPage<'a> {
    page: &'a Page,
    problems: Problems,
    codes: &'a [String],
    sealed: String,
}

/// A set that waits to be confirmed.
#[derive(Serialize, Deserialize)]
struct Made {
    user_id: UserId,
    codes: Vec<String>,
    at: Moment,
}

/// Makes a set and shows it. The one before stays good until one of these is typed back.
///
/// # Errors
/// If the form is not from our page in this browser and session, nobody is signed in who has lately
/// proved it, or the store cannot answer.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form: _ }: Submission,
) -> Result<HttpResponse, PageError> {
    let (user_id, at) = (visitor.lately_proved(&app)?.user.id, app.clock.now());
    let code = || {
        let digits = random::digits(10);
        format!("{}-{}", &digits[..5], &digits[5..])
    };
    let made = Made { user_id, codes: (0..HOW_MANY).map(|_| code()).collect(), at };
    let digests: Vec<_> = made.codes.iter().map(|code| digest(&app, user_id, code)).collect();
    app.store.write(move |db| recovery_codes::add(db, user_id, &digests, at)).await?;
    render(&app, &visitor, &made, Problems::none())
}

/// Makes the set count, if one of its codes was typed.
///
/// # Errors
/// If the form is not from our page in this browser and session, nobody is signed in who has lately
/// proved it, or the set waited for too long.
pub async fn confirm(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let made = open(&app, &visitor, &form)?;
    let (now, typed) = (app.clock.now(), form.get("code").unwrap_or_default());
    let digest = digest(&app, made.user_id, typed);
    let known = made.codes.iter().any(|code| self::digest(&app, made.user_id, code) == digest);
    if !known {
        let text = visitor.page.text("recovery-codes-wrong");
        return render(&app, &visitor, &made, Problems::none().with("recovery-code", &text));
    }
    let confirm = move |db: &mut Db<'_>, id| recovery_codes::confirm(db, id, &digest, now);
    let told = (Event::RecoveryCodesMade, Some(Alarm::RecoveryCodesMade));
    match change(&app, &visitor, told, confirm).await {
        Ok(()) => Ok(back("codes")),
        Err(trouble) => trouble.answer(&app, &visitor).await,
    }
}

/// Gives the set as a text file.
///
/// # Errors
/// As [`confirm`].
pub async fn download(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let made = open(&app, &visitor, &form)?;
    let page = &visitor.page;
    let title = page.text_with("recovery-codes-file", "date", page.date(&made.at));
    let rule = page.text("recovery-codes-rule");
    let text = format!("{title}\r\n{rule}\r\n\r\n{}\r\n", made.codes.join("\r\n"));
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"recovery-codes.txt\""))
        .body(text))
}

/// The set that the page carries.
fn open(app: &App, visitor: &Visitor, form: &Parameters) -> Result<Made, PageError> {
    let (user_id, now) = (visitor.lately_proved(app)?.user.id, app.clock.now());
    let sealed = form.get("made").unwrap_or_default();
    let made = BASE64_URL_SAFE_NO_PAD.decode(sealed).ok();
    let made: Option<Made> = made.and_then(|bytes| app.seals.recovery_codes.open(&bytes));
    let made = made.filter(|made| made.user_id == user_id && now < made.at + GOOD_FOR);
    made.ok_or_else(|| Kind::Expired.into())
}

fn render(
    app: &App,
    visitor: &Visitor,
    made: &Made,
    problems: Problems,
) -> Result<HttpResponse, PageError> {
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let template = RecoveryCodesPage {
        page: &visitor.page,
        problems,
        codes: &made.codes,
        sealed: BASE64_URL_SAFE_NO_PAD.encode(app.seals.recovery_codes.seal(made)),
    };
    page::show_with(&template, status, &ContentPolicy::default())
}
