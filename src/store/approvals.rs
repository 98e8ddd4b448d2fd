//! Sign-ins that wait for a yes from a browser where the same person is signed in: a number stands at
//! the door, and they choose it among three.

use diesel::prelude::*;

use super::{
    Db, Error,
    db::on,
    schema::approvals,
    sign_ins::{self, SignInId},
    users::UserId,
};
use crate::clock::Moment;

crate::id! {
    /// Names a wish for approval.
    ApprovalId
}

/// A wish that a sign-in be approved.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = approvals)]
pub struct Approval {
    /// Which.
    pub id: ApprovalId,
    /// Of which sign-in.
    pub sign_in_id: SignInId,
    /// Whose account it is for.
    pub user_id: UserId,
    /// The browser that wants in.
    pub browser_digest: Vec<u8>,
    /// The number at the door.
    pub number: String,
    numbers: String,
    /// What that browser calls itself.
    pub user_agent: String,
    /// Where it called from.
    pub address: String,
    /// When it was asked.
    pub asked_at: Moment,
    /// When it is too late to answer, and then to go in.
    pub expires_at: Moment,
    approved_at: Option<Moment>,
    refused_at: Option<Moment>,
}

/// How an approval stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has answered.
    Waiting,
    /// Somebody chose the number at the door.
    Approved,
    /// Somebody said no, or chose another number.
    Refused,
    /// It is too late.
    Expired,
}

impl Approval {
    /// A wish of this sign-in; `numbers` are what is chosen from, the first of them right.
    #[must_use]
    pub fn of(
        sign_in: &sign_ins::SignIn,
        mut numbers: Vec<String>,
        (user_agent, address): (&str, &str),
        (asked_at, expires_at): (Moment, Moment),
    ) -> Self {
        let number = numbers.first().cloned().unwrap_or_default();
        numbers.sort();
        Self {
            id: ApprovalId::random(),
            sign_in_id: sign_in.id,
            user_id: sign_in.user_id,
            browser_digest: sign_in.browser_digest.clone(),
            number,
            numbers: numbers.join(" "),
            user_agent: user_agent.to_owned(),
            address: address.to_owned(),
            asked_at,
            expires_at,
            approved_at: None,
            refused_at: None,
        }
    }

    /// What is chosen from.
    pub fn numbers(&self) -> impl Iterator<Item = &str> {
        self.numbers.split(' ')
    }

    /// How it stands.
    #[must_use]
    pub fn state(&self, now: Moment) -> State {
        match (self.approved_at, self.refused_at) {
            (_, Some(_)) => State::Refused,
            _ if self.expires_at <= now => State::Expired,
            (Some(_), None) => State::Approved,
            (None, None) => State::Waiting,
        }
    }
}

/// Finds what a sign-in last wished for.
///
/// # Errors
/// If the store cannot answer.
pub fn find_of_sign_in(
    db: &mut Db<'_>,
    sign_in_id: SignInId,
    browser_digest: &[u8],
) -> Result<Option<Approval>, Error> {
    Ok(on!(db, |c| approvals::table
        .filter(approvals::sign_in_id.eq(sign_in_id))
        .filter(approvals::browser_digest.eq(browser_digest))
        .select(Approval::as_select())
        .first(c)
        .optional())?)
}

/// Lists what waits for an answer of this person in another browser than this, the newest first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_waiting(
    db: &mut Db<'_>,
    user_id: UserId,
    but: &[u8],
    now: Moment,
) -> Result<Vec<Approval>, Error> {
    Ok(on!(db, |c| approvals::table
        .filter(approvals::user_id.eq(user_id))
        .filter(approvals::browser_digest.ne(but))
        .filter(approvals::approved_at.is_null())
        .filter(approvals::refused_at.is_null())
        .filter(approvals::expires_at.gt(now))
        .order(approvals::asked_at.desc())
        .select(Approval::as_select())
        .load(c))?)
}

/// Adds a wish, in place of what the same sign-in wished for before; what was refused stays refused.
///
/// # Errors
/// If the store cannot answer.
pub fn add(db: &mut Db<'_>, approval: &Approval) -> Result<(), Error> {
    let before = approvals::table
        .filter(approvals::sign_in_id.eq(approval.sign_in_id))
        .filter(approvals::refused_at.is_null());
    on!(db, |c| diesel::delete(before).execute(c))?;
    on!(db, |c| diesel::insert_into(approvals::table).values(approval).execute(c))?;
    Ok(())
}

/// Approves what waits. Of any number of answers, exactly one is told `true`.
///
/// # Errors
/// If the store cannot answer.
pub fn approve(
    db: &mut Db<'_>,
    id: ApprovalId,
    now: Moment,
    expires_at: Moment,
) -> Result<bool, Error> {
    let waiting = approvals::table
        .find(id)
        .filter(approvals::approved_at.is_null())
        .filter(approvals::refused_at.is_null())
        .filter(approvals::expires_at.gt(now));
    Ok(on!(db, |c| diesel::update(waiting)
        .set((approvals::approved_at.eq(now), approvals::expires_at.eq(expires_at)))
        .execute(c))?
        == 1)
}

/// Refuses what waits, and ends the sign-in: nor is there another way to go on with it. Of any number
/// of answers, exactly one is told `true`.
///
/// # Errors
/// If the store cannot answer.
pub fn refuse(db: &mut Db<'_>, approval: &Approval, now: Moment) -> Result<bool, Error> {
    let waiting = approvals::table
        .find(approval.id)
        .filter(approvals::approved_at.is_null())
        .filter(approvals::refused_at.is_null())
        .filter(approvals::expires_at.gt(now));
    let refused =
        on!(db, |c| diesel::update(waiting).set(approvals::refused_at.eq(now)).execute(c))? == 1;
    if refused {
        sign_ins::finish(db, approval.sign_in_id, now)?;
    }
    Ok(refused)
}

/// Removes at most `most` wishes that expired before `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| approvals::table
        .filter(approvals::expires_at.lt(before))
        .order(approvals::expires_at)
        .limit(most)
        .select(approvals::id)
        .load::<ApprovalId>(c))?;
    let gone = approvals::table.filter(approvals::id.eq_any(&gone));
    Ok(on!(db, |c| diesel::delete(gone).execute(c))?)
}
