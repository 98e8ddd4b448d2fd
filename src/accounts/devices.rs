//! Where somebody is at home: each browser that is signed in or trusted, each device linked by a code,
//! and the end of it.

mod linked;
mod trusted;

use actix_web::{
    HttpResponse,
    web::{Data, Path, ServiceConfig, get, post, resource},
};
use askama::Template;

use super::next;
use crate::{
    app::App,
    store::{
        self,
        activity::{self, Event},
        sessions::{self, Session, SessionId},
        trusted_browsers::{self, TrustedBrowser},
    },
    web::{
        error::{Kind, PageError},
        page::{self, Page},
        parts,
        submission::Submission,
        urls,
        visitor::Visitor,
        whereabouts,
    },
};

/// Mounts the page, and everything that can be done there.
pub(super) fn routes(to: &mut ServiceConfig) {
    to.service(resource(urls::ACCOUNT_DEVICES).route(get().to(show)))
        .service(resource(urls::ACCOUNT_DEVICE_END).route(post().to(end)))
        .service(resource(urls::ACCOUNT_DEVICES_END).route(post().to(end_others)))
        .service(resource(urls::ACCOUNT_TRUST_END).route(post().to(trusted::end)))
        .service(resource(urls::ACCOUNT_TRUST_END_ALL).route(post().to(trusted::end_all)))
        .service(
            resource(urls::ACCOUNT_LINKED_DEVICE)
                .route(get().to(linked::show))
                .route(post().to(linked::rename)),
        )
        .service(resource(urls::ACCOUNT_LINKED_DEVICE_REMOVE).route(post().to(linked::remove)));
}

#[derive(Template)]
#[template(path = "accounts/devices.html")]
struct DevicesPage<'a> {
    page: &'a Page,
    sessions: Vec<parts::Session>,
    trusted: Vec<parts::TrustedBrowser>,
    /// Whether any browser is trusted, signed in or not.
    trusts: bool,
    linked: Vec<parts::Linked>,
}

/// Lists every browser that is signed in or trusted, and every linked device.
///
/// # Errors
/// If nobody is signed in, or the store cannot answer.
pub async fn show(app: Data<App>, visitor: Visitor) -> Result<HttpResponse, PageError> {
    let (user_id, now) = (visitor.signed_in()?.user.id, app.clock.now());
    let found = app.store.survey(move |db| {
        let trusted = trusted_browsers::list_of_user(db, user_id)?;
        let linked = linked::list(db, user_id, now)?;
        Ok::<_, store::Error>((sessions::list_of_user(db, user_id, now)?, trusted, linked))
    });
    let (mut sessions, mut trusted, linked) = found.await?;
    let idle = app.config.sign_in.session_idle_lifetime();
    sessions.retain(|session| session.alive(now, idle));
    let longest = app.config.sign_in.browser_trusted_for();
    trusted.retain(|trusted| now < trusted.until(longest));
    let browsers = Browsers { app: &app, visitor: &visitor, sessions, trusted };
    let template = DevicesPage {
        page: &visitor.page,
        sessions: browsers.signed_in()?,
        trusted: browsers.signed_out(),
        trusts: !browsers.trusted.is_empty(),
        linked,
    };
    page::show(&template)
}

/// Every browser that counts.
struct Browsers<'a> {
    app: &'a App,
    visitor: &'a Visitor,
    sessions: Vec<Session>,
    trusted: Vec<TrustedBrowser>,
}

impl Browsers<'_> {
    /// Those where the person is signed in, this one first.
    fn signed_in(&self) -> Result<Vec<parts::Session>, PageError> {
        let here = self.visitor.signed_in()?.session.id;
        let described = self.sessions.iter().map(|session| parts::Session {
            id: session.id.to_string(),
            device: self.device(&session.user_agent),
            place: self.place(&session.address),
            since: session.created_at,
            last_seen: session.last_seen_at,
            this: session.id == here,
            trust: self.trusted.iter().find(|it| same(session, it)).map(|it| self.trust(it)),
        });
        let mut described: Vec<_> = described.collect();
        described.sort_by_key(|session| (!session.this, std::cmp::Reverse(session.last_seen)));
        Ok(described)
    }

    /// Those that are trusted though nobody is signed in.
    fn signed_out(&self) -> Vec<parts::TrustedBrowser> {
        let alone = |it: &&TrustedBrowser| !self.sessions.iter().any(|session| same(session, it));
        let described = self.trusted.iter().filter(alone).map(|it| parts::TrustedBrowser {
            device: self.device(&it.user_agent),
            place: self.place(&it.address),
            last_used: it.last_used_at,
            trust: self.trust(it),
        });
        described.collect()
    }

    fn device(&self, user_agent: &str) -> String {
        whereabouts::device(user_agent, self.visitor.page.language)
    }

    fn place(&self, address: &str) -> String {
        whereabouts::place(self.app, address, self.visitor.page.language)
    }

    fn trust(&self, trusted: &TrustedBrowser) -> parts::BrowserTrust {
        let until = trusted.until(self.app.config.sign_in.browser_trusted_for());
        parts::BrowserTrust { id: trusted.id.to_string(), until }
    }
}

/// Whether that is the browser of this session.
fn same(session: &Session, trusted: &TrustedBrowser) -> bool {
    session.browser_digest.as_ref() == Some(&trusted.browser_digest)
}

/// Signs one browser out; nor is it trusted any more.
///
/// # Errors
/// If the form is not from our page in this browser and session, or it is not this person's.
pub async fn end(
    app: Data<App>,
    Submission { visitor, form: _ }: Submission,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let id = SessionId::parse(&path).ok_or(Kind::NotFound)?;
    let (user_id, now) = (visitor.signed_in()?.user.id, app.clock.now());
    let happened = visitor.activity(Event::SessionEnded, now);
    app.store
        .write(move |db| {
            let session = sessions::find(db, id)?;
            if sessions::end(db, id, user_id, "ended_by_user", now)? {
                if let Some(browser) = session.and_then(|session| session.browser_digest) {
                    trusted_browsers::end_in_browser(db, user_id, &browser)?;
                }
                activity::add(db, &happened)?;
            }
            Ok::<_, store::Error>(())
        })
        .await?;
    Ok(next::go(urls::ACCOUNT_DEVICES))
}

/// Signs every browser out but this one, and trusts no other.
///
/// # Errors
/// As [`end`].
pub async fn end_others(
    app: Data<App>,
    Submission { visitor, form: _ }: Submission,
) -> Result<HttpResponse, PageError> {
    let signed_in = visitor.signed_in()?;
    let (user_id, here, now) = (signed_in.user.id, signed_in.session.id, app.clock.now());
    let browser = visitor.browser_digest();
    let happened = visitor.activity(Event::SessionEnded, now);
    app.store
        .write(move |db| {
            let ended = sessions::end_others(db, user_id, Some(here), "ended_by_user", now)?;
            if ended + trusted_browsers::end_others(db, user_id, Some(&browser))? > 0 {
                activity::add(db, &happened)?;
            }
            Ok::<_, store::Error>(())
        })
        .await?;
    Ok(next::go(urls::ACCOUNT_DEVICES))
}
