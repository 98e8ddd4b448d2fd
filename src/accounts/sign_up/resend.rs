//! Another code, after a wait that doubles each time; only the latest counts.

use actix_web::{HttpResponse, web::Data};

use super::{Facts, code_letter, verify};
use crate::{
    accounts::{
        codes::{self, Allowance},
        identifier::Identifier,
    },
    app::App,
    web::{
        error::{Kind, PageError},
        submission::Submission,
        urls,
    },
};

/// Sends another code, if it is time.
///
/// # Errors
/// If this browser waits for no code.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let challenge = verify::find(&app, &visitor, &form).await?;
    let facts: Facts = app.seals.challenge.open(&challenge.sealed_facts).ok_or(Kind::FlowLost)?;
    let to = Identifier::read(&facts.contact).map_err(|_| PageError::from(Kind::FlowLost))?;
    let allowance = Allowance::of(&app, &visitor, &to);
    // Where the address has an account, no code was sent and none is.
    let reaches = challenge.user_id.is_none();
    let letter = |code: &str| code_letter(&app, &facts, &to, code);
    match codes::send_again(&app, &challenge, allowance, reaches, letter).await? {
        Ok(()) => Ok(codes::lead_to(urls::SIGN_UP_VERIFY, challenge.id, &form)),
        Err(left) => verify::ask(&app, &visitor, &form, &challenge).too_soon(left),
    }
}
