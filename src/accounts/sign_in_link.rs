//! A link to sign in with that an operator makes for somebody who cannot get in otherwise: good once,
//! and soon. Opening it does nothing, since mail scanners open every link; the button spends it.

use std::time::Duration;

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, ServiceConfig, get, post, resource},
};
use askama::Template;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use super::{
    new_session::{self, Proof},
    next,
    notices::Notice,
};
use crate::{
    app::{App, Seals},
    clock::Moment,
    config::Config,
    crypto::{random, secret},
    delivery::messages::Alarm,
    store::{
        self,
        activity::Event,
        contacts::Channel,
        used_ids,
        users::{self, User, UserId},
    },
    web::{
        content_policy::ContentPolicy,
        error::PageError,
        form::{Malformed, Parameters, Query},
        page::{self, Page},
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

/// As long a link is good.
pub const LIFETIME: Duration = Duration::from_mins(15);

/// Mounts its page.
pub(super) fn routes(to: &mut ServiceConfig) {
    to.service(resource(urls::SIGN_IN_LINK).route(get().to(show)).route(post().to(submit)));
}

#[derive(Template)]
#[template(path = "accounts/sign_in_link.html")]
struct LinkPage<'a> {
    page: &'a Page,
    /// The link's own secret, and whose account it opens; nothing if it is spent or too old.
    armed: Option<(&'a str, &'a str)>,
}

/// What a link carries, sealed.
#[derive(Serialize, Deserialize)]
struct Link {
    /// What is used up.
    id: [u8; 16],
    user_id: UserId,
    made_at: Moment,
}

impl Link {
    /// What is written down when it is used.
    fn digest(&self) -> [u8; 32] {
        secret::digest(&[b"sign-in link\0", &self.id[..]].concat())
    }
}

/// A new link into this person's account.
#[must_use]
pub fn make(config: &Config, seals: &Seals, user_id: UserId, now: Moment) -> String {
    let link = Link { id: random::bytes(), user_id, made_at: now };
    let key = BASE64_URL_SAFE_NO_PAD.encode(seals.sign_in_link.seal(&link));
    let path = urls::with_query(urls::SIGN_IN_LINK, &[("key", &key)]);
    format!("{}{path}", config.http.public_url.as_str())
}

/// Asks whether to sign in.
///
/// # Errors
/// If the store cannot answer.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let answer = match find(&app, &query).await? {
        Some((_, user)) => {
            let key = query.get("key").unwrap_or_default();
            page::show(&LinkPage { page: &visitor.page, armed: Some((key, &user.name)) })?
        }
        None => spent(&visitor)?,
    };
    Ok(answer)
}

/// Spends the link and signs the person in; all their contacts are told.
///
/// # Errors
/// If the form is not from our page in this browser, the account is suspended or frozen, or the
/// store cannot answer.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let Some((link, user)) = find(&app, &form).await? else { return spent(&visitor) };
    if !user.in_good_standing() {
        return Err(PageError::suspended(&user));
    }
    let (user_id, now) = (user.id, app.clock.now());
    let notice = Notice::of(&app, &visitor, Alarm::SignedInByLink, now);
    let first = app.store.write(move |db| {
        let first = used_ids::redeem(db, &link.digest(), link.made_at + LIFETIME)?;
        if first {
            notice.send(db, user_id, None)?;
        }
        Ok::<_, store::Error>(first)
    });
    if !first.await? {
        return spent(&visitor);
    }
    let proof = Proof::code(Channel::Email, now);
    let cookie = new_session::begin(&app, &visitor, &user, &proof, Event::SignedInByLink).await?;
    let mut answer = next::go(urls::ACCOUNT_SECURITY);
    let _ = answer.add_cookie(&cookie);
    Ok(answer)
}

/// The link that was opened and whose it is, as long as it is good.
async fn find(app: &App, named: &Parameters) -> Result<Option<(Link, User)>, PageError> {
    let key = named.get("key").and_then(|key| BASE64_URL_SAFE_NO_PAD.decode(key).ok());
    let link = key.and_then(|sealed| app.seals.sign_in_link.open::<Link>(&sealed));
    let now = app.clock.now();
    let Some(link) = link.filter(|link| now < link.made_at + LIFETIME) else { return Ok(None) };
    let (user_id, digest) = (link.user_id, link.digest());
    let found = app.store.read(move |db| {
        let user = users::find(db, user_id)?.filter(|user| user.deleted_at.is_none());
        let free = !used_ids::used(db, &digest)?;
        Ok::<_, store::Error>(user.filter(|_| free))
    });
    Ok(found.await?.map(|user| (link, user)))
}

fn spent(visitor: &Visitor) -> Result<HttpResponse, PageError> {
    let template = LinkPage { page: &visitor.page, armed: None };
    page::show_with(&template, StatusCode::BAD_REQUEST, &ContentPolicy::default())
}
