//! Signing out: asked first, done by a button.

use actix_web::{HttpResponse, web::Data};
use askama::Template;

use super::next;
use crate::{
    app::App,
    store::{
        self,
        activity::{self, Event},
        sessions,
    },
    web::{
        cookies,
        error::PageError,
        page::{self, Page},
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

#[derive(Template)]
#[template(path = "accounts/sign_out.html")]
struct SignOutPage<'a> {
    page: &'a Page,
}

#[derive(Template)]
#[template(path = "accounts/signed_out.html")]
struct SignedOutPage<'a> {
    page: &'a Page,
}

/// Asks whether to sign out; whoever is not signed in is told so.
///
/// # Errors
/// If the page cannot be rendered.
pub async fn show(visitor: Visitor) -> Result<HttpResponse, PageError> {
    Ok(match visitor.signed_in {
        Some(_) => page::show(&SignOutPage { page: &visitor.page })?,
        None => page::show(&SignedOutPage { page: &visitor.page })?,
    })
}

/// Ends the session of this browser.
///
/// # Errors
/// If the form is not from our page in this browser and session.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form: _ }: Submission,
) -> Result<HttpResponse, PageError> {
    if let Some(signed_in) = visitor.signed_in.clone() {
        let now = app.clock.now();
        let happened = visitor.activity(Event::SignedOut, now);
        app.store
            .write(move |db| {
                let (id, user_id) = (signed_in.session.id, signed_in.user.id);
                if sessions::end(db, id, user_id, "signed_out", now)? {
                    activity::add(db, &happened)?;
                }
                Ok::<_, store::Error>(())
            })
            .await?;
    }
    let mut answer = next::go(urls::SIGN_OUT);
    let _ = answer.add_cookie(&cookies::forget_session(&app));
    Ok(answer)
}
