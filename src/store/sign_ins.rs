//! Sign-ins that wait for one more proof: in one browser, for a while, a few guesses, finished once.

use diesel::{deserialize::FromSqlRow, expression::AsExpression, prelude::*, sql_types::Text};

use super::{
    Db, Error, activity::Event, db::on, schema::sign_ins, sessions::SessionId, users::UserId,
};
use crate::{
    clock::Moment,
    protocol::auth_context::{Acr, Method, Methods},
};

crate::id! {
    /// Names a sign-in that waits.
    SignInId
}

/// Why one more proof is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub enum Reason {
    /// The person has switched two-step verification on.
    TwoStep,
    /// Nobody of this account was seen in this browser before.
    NewBrowser,
    /// An app wants to be surer.
    StepUp,
    /// Something dangerous is about to be changed.
    Again,
}

impl Reason {
    const ALL: [Self; 4] = [Self::TwoStep, Self::NewBrowser, Self::StepUp, Self::Again];

    /// The word it is kept under.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TwoStep => "two_step",
            Self::NewBrowser => "new_browser",
            Self::StepUp => "step_up",
            Self::Again => "again",
        }
    }
}

impl std::str::FromStr for Reason {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|reason| reason.as_str() == text);
        known.ok_or_else(|| format!("`{text}` is no reason"))
    }
}

crate::text_column!(Reason);

/// A sign-in that waits for one more proof.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = sign_ins)]
pub struct SignIn {
    /// Which.
    pub id: SignInId,
    /// Who says they are here.
    pub user_id: UserId,
    /// The browser it began in.
    pub browser_digest: Vec<u8>,
    /// The session it raises; none if it begins one.
    pub session_id: Option<SessionId>,
    /// Why it waits.
    pub reason: Reason,
    /// By what it got here: no second proof comes by the same way.
    pub first_proof: String,
    /// What was shown so far (RFC 8176).
    pub amr: Methods,
    /// How sure an app wants to be, if that is why.
    pub wanted_acr: Option<Acr>,
    /// What it is written down as when it is finished.
    pub event: Event,
    /// When the first proof was looked at: a password replaced since then ends it.
    pub proved_at: Moment,
    /// Guesses so far, right and wrong.
    pub attempts: i64,
    /// When it is too late.
    pub expires_at: Moment,
    /// When one more proof was shown.
    pub finished_at: Option<Moment>,
}

impl SignIn {
    /// A sign-in of nobody's browser, as it stands after a right password: to see what could follow.
    #[must_use]
    pub fn after_password(user_id: UserId, now: Moment) -> Self {
        Self {
            id: SignInId::random(),
            user_id,
            browser_digest: Vec::new(),
            session_id: None,
            reason: Reason::TwoStep,
            first_proof: "password".to_owned(),
            amr: Methods::of([Method::Password]),
            wanted_acr: None,
            event: Event::SignedIn,
            proved_at: now,
            attempts: 0,
            expires_at: now,
            finished_at: None,
        }
    }
}

/// Finds a sign-in of this browser that still waits.
///
/// # Errors
/// If the store cannot answer.
pub fn find(
    db: &mut Db<'_>,
    id: SignInId,
    browser_digest: &[u8],
    now: Moment,
) -> Result<Option<SignIn>, Error> {
    Ok(on!(db, |c| sign_ins::table
        .find(id)
        .filter(sign_ins::browser_digest.eq(browser_digest))
        .filter(sign_ins::finished_at.is_null())
        .filter(sign_ins::expires_at.gt(now))
        .select(SignIn::as_select())
        .first(c)
        .optional())?)
}

/// Adds a sign-in.
///
/// # Errors
/// If the store cannot answer.
pub fn add(db: &mut Db<'_>, sign_in: &SignIn) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(sign_ins::table).values(sign_in).execute(c))?;
    Ok(())
}

/// Counts a guess, before it is judged, in one statement with its limit; how many are left. `None`
/// if there is nothing to guess: finished, too late, too many, another browser. Whoever is told a
/// number holds the row until their transaction ends, so guesses at one sign-in come in turn.
///
/// # Errors
/// If the store cannot answer.
pub fn count(db: &mut Db<'_>, of: &SignIn, most: i64, now: Moment) -> Result<Option<i64>, Error> {
    let open = sign_ins::table
        .find(of.id)
        .filter(sign_ins::browser_digest.eq(&of.browser_digest))
        .filter(sign_ins::finished_at.is_null())
        .filter(sign_ins::expires_at.gt(now))
        .filter(sign_ins::attempts.lt(most));
    let counted = on!(db, |c| diesel::update(open)
        .set(sign_ins::attempts.eq(sign_ins::attempts + 1))
        .returning(sign_ins::attempts)
        .get_result::<i64>(c)
        .optional())?;
    Ok(counted.map(|attempts| most - attempts))
}

/// Takes one guess back: it was none.
///
/// # Errors
/// If the store cannot answer.
pub fn forgive(db: &mut Db<'_>, id: SignInId) -> Result<(), Error> {
    let counted = sign_ins::table.find(id).filter(sign_ins::attempts.gt(0));
    on!(db, |c| diesel::update(counted)
        .set(sign_ins::attempts.eq(sign_ins::attempts - 1))
        .execute(c))?;
    Ok(())
}

/// Finishes a sign-in. Of any number of callers, exactly one is told `true`.
///
/// # Errors
/// If the store cannot answer.
pub fn finish(db: &mut Db<'_>, id: SignInId, now: Moment) -> Result<bool, Error> {
    let waiting = sign_ins::table.find(id).filter(sign_ins::finished_at.is_null());
    Ok(on!(db, |c| diesel::update(waiting).set(sign_ins::finished_at.eq(now)).execute(c))? == 1)
}

/// Removes at most `most` sign-ins that expired before `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| sign_ins::table
        .filter(sign_ins::expires_at.lt(before))
        .order(sign_ins::expires_at)
        .limit(most)
        .select(sign_ins::id)
        .load::<SignInId>(c))?;
    Ok(on!(db, |c| diesel::delete(sign_ins::table.filter(sign_ins::id.eq_any(&gone))).execute(c))?)
}
