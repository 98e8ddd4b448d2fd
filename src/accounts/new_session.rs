//! The session of somebody who has just proved who they are.

use actix_web::cookie::Cookie;

use crate::{
    app::App,
    clock::Moment,
    protocol::auth_context::{Acr, Method},
    store::{
        self,
        activity::{self, Activity, Event},
        known_browsers, passwords,
        sessions::{self, Session},
        users::{self, User},
    },
    web::{
        error::{Kind, PageError},
        visitor::Visitor,
    },
};

/// What somebody showed, and when we looked at what it is compared with.
#[derive(Clone, Copy)]
pub(super) struct Proof {
    /// How sure it makes us, and by what (RFC 8176).
    pub by: (&'static str, &'static str),
    pub at: Moment,
}

impl Proof {
    /// A right password.
    pub fn password(at: Moment) -> Self {
        Self { by: (Acr::OneFactor.as_str(), Method::Password.as_str()), at }
    }

    /// A right code.
    pub fn code(at: Moment) -> Self {
        Self { by: (Acr::OneFactor.as_str(), Method::OneTimeCode.as_str()), at }
    }
}

/// Begins a session for somebody who has just proved who they are. In a browser where the same
/// person is signed in, that session rises under a new secret; another person's ends.
///
/// # Errors
/// [`Kind::Expired`] if the account was frozen or its password replaced since it was looked at, or
/// the store cannot answer.
pub(super) async fn begin(
    app: &App,
    visitor: &Visitor,
    user: User,
    proof: Proof,
    event: Event,
) -> Result<Cookie<'static>, PageError> {
    let now = app.clock.now();
    let (mut session, cookie) = visitor.new_session(app, &user, proof.by, now);
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
    let browser = visitor.browser_digest();
    let begun = app
        .store
        .write(move |db| {
            let user = users::find(db, session.user_id)?;
            let stands = user.is_some_and(|user| user.in_good_standing());
            if !stands || passwords::changed_since(db, session.user_id, proof.at)? {
                return Ok::<_, store::Error>(false);
            }
            replace(db, before.as_ref(), &session, now)?;
            known_browsers::set_seen(db, session.user_id, &browser, now)?;
            activity::add(db, &happened)?;
            Ok(true)
        })
        .await?;
    if begun { Ok(cookie) } else { Err(Kind::Expired.into()) }
}

fn replace(
    db: &mut store::Db<'_>,
    before: Option<&Session>,
    session: &Session,
    now: Moment,
) -> Result<(), store::Error> {
    match before {
        Some(before) if before.id == session.id => {
            if sessions::set_proved(db, session)? {
                return Ok(());
            }
            let session = Session { id: sessions::SessionId::random(), ..session.clone() };
            sessions::add(db, &session)
        }
        Some(before) => {
            sessions::end(db, before.id, before.user_id, "another_account", now)?;
            sessions::add(db, session)
        }
        None => sessions::add(db, session),
    }
}
