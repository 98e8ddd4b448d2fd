//! The end of the trust in a browser: whoever signs in there shows a second step again.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use crate::{
    accounts::next,
    app::App,
    store::{
        self, Db,
        activity::{self, Event},
        trusted_browsers::{self, TrustedBrowserId},
        users::UserId,
    },
    web::{
        error::{Kind, PageError},
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

/// Trusts one browser no more.
///
/// # Errors
/// If the form is not from our page in this browser and session, or the store cannot answer.
pub async fn end(
    app: Data<App>,
    Submission { visitor, form: _ }: Submission,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let id = TrustedBrowserId::parse(&path).ok_or(Kind::NotFound)?;
    end_by(&app, &visitor, move |db, user_id| trusted_browsers::end(db, id, user_id)).await
}

/// Trusts no browser any more, not even this one.
///
/// # Errors
/// As [`end`].
pub async fn end_all(
    app: Data<App>,
    Submission { visitor, form: _ }: Submission,
) -> Result<HttpResponse, PageError> {
    let all = |db: &mut Db<'_>, user_id| {
        trusted_browsers::end_others(db, user_id, None).map(|ended| ended > 0)
    };
    end_by(&app, &visitor, all).await
}

/// Ends it, and writes that down if there was any.
async fn end_by(
    app: &App,
    visitor: &Visitor,
    end: impl Fn(&mut Db<'_>, UserId) -> Result<bool, store::Error> + Send + 'static,
) -> Result<HttpResponse, PageError> {
    let user_id = visitor.signed_in()?.user.id;
    let happened = visitor.activity(Event::TrustEnded, app.clock.now());
    app.store
        .write(move |db| if end(db, user_id)? { activity::add(db, &happened) } else { Ok(()) })
        .await?;
    Ok(next::go(urls::ACCOUNT_DEVICES))
}
