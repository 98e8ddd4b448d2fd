//! The session of somebody who has just proved who they are.

use actix_web::{cookie::Cookie, web::Data};

use super::notices::Notice;
use crate::{
    app::App,
    clock::Moment,
    delivery::messages::Alarm,
    protocol::auth_context::{Acr, Method, Methods},
    store::{
        self, Db,
        activity::{self, Activity, Event},
        contacts::Channel,
        known_browsers, passwords,
        sessions::{self, Session, SessionId},
        users::{self, User},
    },
    web::{
        error::{Kind, PageError},
        visitor::Visitor,
    },
};

/// What somebody showed, and when we looked at what it is compared with.
#[derive(Clone)]
pub(super) struct Proof {
    /// What it was: no second proof comes by the same way.
    pub by: &'static str,
    /// The same in the words of RFC 8176.
    pub methods: Methods,
    pub at: Moment,
}

impl Proof {
    /// A right password.
    pub fn password(at: Moment) -> Self {
        Self { by: "password", methods: Methods::of([Method::Password]), at }
    }

    /// A right code, sent by this channel.
    pub fn code(channel: Channel, at: Moment) -> Self {
        Self { by: channel.as_str(), methods: Methods::of([code_by(channel)]), at }
    }
}

/// What a code sent by this channel proves.
pub(super) fn code_by(channel: Channel) -> Method {
    match channel {
        Channel::Email => Method::OneTimeCode,
        Channel::Sms => Method::Sms,
    }
}

/// A session that is about to begin or, in a browser where the same person is signed in, to rise
/// under a new secret; another person's ends.
#[derive(Clone)]
pub(super) struct NewSession {
    session: Session,
    before: Option<Session>,
    happened: Activity,
    proved_at: Moment,
    browser_digest: Vec<u8>,
    /// Until when the browser must have been used to be known.
    known_since: Moment,
    /// What the owner is told if it is not.
    notice: Notice,
    /// The session it must raise; if that has ended, so has this.
    raises: Option<SessionId>,
}

impl NewSession {
    /// The session of `user`, who has shown `proof`, and the cookie that opens it.
    pub fn of(
        app: &Data<App>,
        visitor: &Visitor,
        user: &User,
        proof: &Proof,
        event: Event,
    ) -> (Self, Cookie<'static>) {
        let now = app.clock.now();
        let (mut session, cookie) = visitor.new_session(app, user, ("", ""), now);
        let before = visitor.signed_in.as_ref().map(|signed_in| signed_in.session.clone());
        if let Some(before) = before.as_ref().filter(|before| before.user_id == user.id) {
            session.id = before.id;
            session.created_at = before.created_at;
        }
        let happened = Activity {
            user_id: Some(user.id),
            session_id: Some(session.id),
            ..visitor.activity(event, now)
        };
        let new = Self {
            session,
            before,
            happened,
            proved_at: proof.at,
            browser_digest: visitor.browser_digest(),
            known_since: now - app.config.sign_in.browser_known_for(),
            notice: Notice::of(app, visitor, Alarm::NewBrowser, now),
            raises: None,
        };
        (new.showing(&proof.methods), cookie)
    }

    /// The same session, of somebody who has shown this.
    #[must_use]
    pub fn showing(mut self, methods: &Methods) -> Self {
        let acr = methods.acr().unwrap_or(Acr::OneFactor);
        (self.session.acr, self.session.amr) = (acr.to_string(), methods.to_string());
        self
    }

    /// The same session, that must be this one, risen.
    #[must_use]
    pub fn raising(self, session: Option<SessionId>) -> Self {
        Self { raises: session, ..self }
    }

    /// Begins it; `false` if the account was frozen, its password replaced since it was looked at,
    /// or the session that should rise has ended.
    ///
    /// # Errors
    /// If the store cannot answer.
    pub fn begin(&self, db: &mut Db<'_>) -> Result<bool, store::Error> {
        let user = users::find(db, self.session.user_id)?;
        let stands = user.is_some_and(|user| user.in_good_standing());
        let replaced = passwords::changed_since(db, self.session.user_id, self.proved_at)?;
        if !stands || replaced || !self.place(db)? {
            return Ok(false);
        }
        let Session { user_id, auth_at, .. } = self.session;
        let browser = &self.browser_digest;
        if self.happened.event == Event::SignedIn
            && known_browsers::is_new(db, user_id, browser, self.known_since)?
        {
            self.notice.send(db, user_id, None)?;
        }
        known_browsers::set_seen(db, user_id, browser, auth_at)?;
        activity::add(db, &self.happened)?;
        Ok(true)
    }

    fn place(&self, db: &mut Db<'_>) -> Result<bool, store::Error> {
        let (session, now) = (&self.session, self.session.auth_at);
        let same = self.before.as_ref().is_some_and(|before| before.id == session.id);
        if self.raises.is_some() {
            return Ok(self.raises == Some(session.id)
                && same
                && sessions::set_proved(db, session)?);
        }
        if same {
            if sessions::set_proved(db, session)? {
                return Ok(true);
            }
            sessions::add(db, &Session { id: SessionId::random(), ..session.clone() })?;
            return Ok(true);
        }
        if let Some(before) = &self.before {
            sessions::end(db, before.id, before.user_id, "another_account", now)?;
        }
        sessions::end_in_browser(db, session.user_id, &self.browser_digest, now)?;
        sessions::add(db, session)?;
        Ok(true)
    }
}

/// Begins a session for somebody who has shown enough.
///
/// # Errors
/// [`Kind::Expired`] if the account was frozen or its password replaced since it was looked at, or
/// the store cannot answer.
pub(super) async fn begin(
    app: &Data<App>,
    visitor: &Visitor,
    user: &User,
    proof: &Proof,
    event: Event,
) -> Result<Cookie<'static>, PageError> {
    let (session, cookie) = NewSession::of(app, visitor, user, proof, event);
    let begun = app.store.write(move |db| session.begin(db)).await?;
    if begun { Ok(cookie) } else { Err(Kind::Expired.into()) }
}
