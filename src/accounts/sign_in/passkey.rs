//! Signing in with a passkey: it finds the account and, having verified its owner, is enough alone.

use actix_web::{HttpResponse, cookie::Cookie, web::Data};

use super::{Outcome, refuse};
use crate::{
    accounts::{
        ceremonies::{Answer, Ceremony, Purpose},
        new_session::{NewSession, Proof},
        next,
    },
    app::App,
    crypto::webauthn::Refusal,
    protocol::auth_context::Methods,
    store::{
        self, Db,
        activity::{self, Activity, Event},
        passkeys::{Kind, Passkey},
        users::{self, User, UserId},
    },
    web::{
        error::{self, PageError},
        form::{Malformed, Parameters, Query},
        parts,
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

/// What the sign-in page needs to offer it; nothing where there are no passkeys.
pub(super) fn offer(app: &App, visitor: &Visitor) -> Option<parts::Ceremony> {
    let asked = app.relying_party.as_ref()?.ask_for_any()?;
    Some(Ceremony::begin(app, visitor, Purpose::SignIn, None, asked))
}

/// Leads whoever opens the address of the form to the page it stands on.
///
/// # Errors
/// If the query cannot be read.
pub async fn show(query: Result<Query, Malformed>) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let named: Vec<_> = query.iter().collect();
    Ok(next::go(&urls::with_query(urls::SIGN_IN, &named)))
}

/// Judges what a key says, and begins a session for its owner.
///
/// # Errors
/// If the form is not from our page in this browser, the account is suspended or was changed
/// meanwhile, or the store cannot answer.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let ended = match Coming::read(&app, &visitor, &form).await? {
        Ok((coming, cookie)) => {
            let ended = app.store.write(move |db| coming.decide(db)).await?;
            ended.map(|()| cookie)
        }
        Err(refusal) => Err(Ended::Refused(refusal)),
    };
    app.metrics.sign_in("passkey", if ended.is_ok() { "accepted" } else { "refused" });
    let outcome = match ended {
        Ok(cookie) => {
            let mut answer = next::go(&next::after(&form));
            let _ = answer.add_cookie(&cookie);
            return Ok(answer);
        }
        Err(Ended::Leaving(id)) => return super::lead_back(&app, id).await,
        Err(Ended::Suspended(user)) => return Err(PageError::suspended(&user)),
        Err(Ended::Changed) => return Err(error::Kind::Expired.into()),
        Err(Ended::Frozen) => Outcome::Frozen,
        Err(Ended::Refused(refusal)) => Outcome::Refused(refusal),
    };
    refuse(&app, &visitor, &form, &outcome).await
}

/// Somebody with a key, before it is judged.
struct Coming {
    app: Data<App>,
    answer: Answer,
    owner: UserId,
    session: NewSession,
    failed: Activity,
}

/// How it ended, if not well.
enum Ended {
    /// What the key says does not hold.
    Refused(Refusal),
    /// It does, but the account is frozen by its owner.
    Frozen,
    /// It does, but the account is on its way out.
    Leaving(UserId),
    /// It does, but the account is suspended.
    Suspended(Box<User>),
    /// It does, but the account was changed at the same moment.
    Changed,
}

impl Coming {
    async fn read(
        app: &Data<App>,
        visitor: &Visitor,
        form: &Parameters,
    ) -> Result<Result<(Self, Cookie<'static>), Refusal>, PageError> {
        let answer = match Answer::read(app, visitor, Purpose::SignIn, None, form) {
            Ok(answer) => answer,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(owner) = answer.owner() else { return Ok(Err(Refusal::Unknown)) };
        let Some(user) = app.store.read(move |db| users::find(db, owner)).await? else {
            return Ok(Err(Refusal::Unknown));
        };
        let now = app.clock.now();
        let proof = Proof { by: "passkey", methods: Methods::default(), at: now };
        let (session, cookie) = NewSession::of(app, visitor, &user, &proof, Event::SignedIn);
        let failed = Activity {
            user_id: Some(owner),
            session_id: None,
            ..visitor.activity(Event::PasskeyRefused, now)
        };
        Ok(Ok((Self { app: app.clone(), answer, owner, session, failed }, cookie)))
    }

    /// Judges the key, then its owner's standing, and begins the session.
    fn decide(&self, db: &mut Db<'_>) -> Result<Result<(), Ended>, store::Error> {
        let alone = |key: &Passkey| key.user_id == self.owner && key.kind == Kind::Passkey;
        let methods = match self.answer.judge(db, &self.app, alone)? {
            Ok(methods) => methods,
            Err(refusal) => {
                // A stranger's key is nothing that happened to anybody.
                if !matches!(refusal, Refusal::Over | Refusal::Unknown) {
                    activity::add(db, &self.failed)?;
                }
                return Ok(Err(Ended::Refused(refusal)));
            }
        };
        match users::find(db, self.owner)? {
            Some(user) if user.leaves() => Ok(Err(Ended::Leaving(user.id))),
            Some(user) if user.in_good_standing() => {
                let begun = self.session.clone().showing(&methods).begin(db)?;
                Ok(if begun { Ok(()) } else { Err(Ended::Changed) })
            }
            Some(user) if user.may_recover() => Ok(Err(Ended::Frozen)),
            Some(user) => Ok(Err(Ended::Suspended(Box::new(user)))),
            None => Ok(Err(Ended::Refused(Refusal::Unknown))),
        }
    }
}
