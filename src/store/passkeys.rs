//! Passkeys and security keys: public keys that people prove themselves with.

use diesel::{deserialize::FromSqlRow, expression::AsExpression, prelude::*, sql_types::Text};

use super::{
    Db, Error,
    db::on,
    passwords,
    schema::passkeys,
    users::{self, UserId},
};
use crate::{
    clock::Moment,
    crypto::webauthn::{self, Credential, Use},
    identity::display_name::DisplayName,
};

crate::id! {
    /// Names a key in addresses and forms. Not its credential ID, which only its browser needs.
    PasskeyId
}

/// As many one person may have: all of them are named when one is asked for.
pub const MOST: usize = 20;

/// What a key can be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub enum Kind {
    /// To sign in with alone.
    Passkey,
    /// After a password.
    SecurityKey,
}

impl Kind {
    /// The word in the store and in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passkey => "passkey",
            Self::SecurityKey => "security_key",
        }
    }

    /// What its ceremonies ask of it.
    #[must_use]
    pub const fn usable(self) -> Use {
        match self {
            Self::Passkey => Use::Alone,
            Self::SecurityKey => Use::Second,
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "passkey" => Ok(Self::Passkey),
            "security_key" => Ok(Self::SecurityKey),
            other => Err(format!("`{other}` is no kind of key")),
        }
    }
}

crate::text_column!(Kind);

/// A key, as it is kept.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = passkeys)]
pub struct Passkey {
    /// Which.
    pub id: PasskeyId,
    /// Whose.
    pub user_id: UserId,
    /// What it can be used for.
    pub kind: Kind,
    credential_id: Vec<u8>,
    credential: String,
    aaguid: Option<Vec<u8>>,
    /// What its owner calls it.
    pub name: Option<DisplayName>,
    /// Since when it counts.
    pub created_at: Moment,
    /// When it last proved its owner.
    pub last_used_at: Option<Moment>,
}

/// What came of a removal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removed {
    /// It counts no more.
    Done,
    /// It stays: without it, its owner could not sign in.
    LastWayIn,
    /// This person has no such key.
    Unknown,
}

impl Passkey {
    /// A key that was just made.
    #[must_use]
    pub fn new(user_id: UserId, kind: Kind, made: &webauthn::Created, now: Moment) -> Self {
        Self {
            id: PasskeyId::random(),
            user_id,
            kind,
            credential_id: made.credential.id().to_vec(),
            credential: made.credential.to_text(),
            aaguid: made.aaguid.map(|aaguid| aaguid.to_vec()),
            name: None,
            created_at: now,
            last_used_at: None,
        }
    }

    /// The key itself.
    ///
    /// # Errors
    /// If the row is damaged.
    pub fn credential(&self) -> Result<Credential, Error> {
        let broken = || Error::Broken("a passkey's credential cannot be read".into());
        Credential::from_text(&self.credential).ok_or_else(broken)
    }

    /// The model that holds it, if it said so.
    #[must_use]
    pub fn aaguid(&self) -> Option<[u8; 16]> {
        self.aaguid.as_deref()?.try_into().ok()
    }
}

/// Finds a key by its credential ID.
///
/// # Errors
/// If the store cannot answer.
pub fn find_by_credential(db: &mut Db<'_>, id: &[u8]) -> Result<Option<Passkey>, Error> {
    Ok(on!(db, |c| passkeys::table
        .filter(passkeys::credential_id.eq(id))
        .select(Passkey::as_select())
        .first(c)
        .optional())?)
}

/// Finds a key of this person.
///
/// # Errors
/// If the store cannot answer.
pub fn find(db: &mut Db<'_>, id: PasskeyId, user_id: UserId) -> Result<Option<Passkey>, Error> {
    Ok(on!(db, |c| passkeys::table
        .find(id)
        .filter(passkeys::user_id.eq(user_id))
        .select(Passkey::as_select())
        .first(c)
        .optional())?)
}

/// Lists a person's keys, the oldest first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_of_user(db: &mut Db<'_>, user_id: UserId) -> Result<Vec<Passkey>, Error> {
    Ok(on!(db, |c| passkeys::table
        .filter(passkeys::user_id.eq(user_id))
        .order((passkeys::created_at, passkeys::id))
        .select(Passkey::as_select())
        .load(c))?)
}

/// Adds a key; [`Error::Taken`] if anybody has it already.
///
/// # Errors
/// If it is taken, or the store cannot answer.
pub fn add(db: &mut Db<'_>, passkey: &Passkey) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(passkeys::table).values(passkey).execute(c))?;
    Ok(())
}

/// Gives a person's key another name; `false` if they have no such key.
///
/// # Errors
/// If the store cannot answer.
pub fn set_name(
    db: &mut Db<'_>,
    id: PasskeyId,
    user_id: UserId,
    name: &DisplayName,
) -> Result<bool, Error> {
    let own = passkeys::table.find(id).filter(passkeys::user_id.eq(user_id));
    Ok(on!(db, |c| diesel::update(own).set(passkeys::name.eq(name)).execute(c))? == 1)
}

/// Notes that a key proved its owner, with its counter as it stands now. `false` if it was removed
/// or used since it was `read`: of answers with the same counter one counts.
///
/// # Errors
/// If the store cannot answer.
pub fn set_used(
    db: &mut Db<'_>,
    read: &Passkey,
    moved: &Credential,
    now: Moment,
) -> Result<bool, Error> {
    let unmoved = passkeys::table.find(read.id).filter(passkeys::credential.eq(&read.credential));
    Ok(on!(db, |c| diesel::update(unmoved)
        .set((passkeys::credential.eq(moved.to_text()), passkeys::last_used_at.eq(now)))
        .execute(c))?
        == 1)
}

/// Removes all keys of a person who lost them, or from whom they were taken.
pub(super) fn remove_all(db: &mut Db<'_>, user_id: UserId) -> Result<(), Error> {
    let all = passkeys::table.filter(passkeys::user_id.eq(user_id));
    on!(db, |c| diesel::delete(all).execute(c))?;
    Ok(())
}

/// Removes what keys a person was given since then: whoever was in may have made them. Tells how many.
///
/// # Errors
/// If the store cannot answer.
pub fn remove_since(db: &mut Db<'_>, user_id: UserId, then: Moment) -> Result<usize, Error> {
    let since =
        passkeys::table.filter(passkeys::user_id.eq(user_id)).filter(passkeys::created_at.ge(then));
    Ok(on!(db, |c| diesel::delete(since).execute(c))?)
}

/// Removes a person's key, unless it is their last way in.
///
/// # Errors
/// If the store cannot answer.
pub fn remove(db: &mut Db<'_>, id: PasskeyId, user_id: UserId) -> Result<Removed, Error> {
    users::hold(db, user_id)?;
    let keys = list_of_user(db, user_id)?;
    if !keys.iter().any(|key| key.id == id) {
        return Ok(Removed::Unknown);
    }
    if last_way_in(db, id, &keys)? {
        return Ok(Removed::LastWayIn);
    }
    on!(db, |c| diesel::delete(passkeys::table.find(id)).execute(c))?;
    Ok(Removed::Done)
}

/// Whether one of these keys of one person is all they can sign in with.
///
/// # Errors
/// If the store cannot answer.
pub fn last_way_in(db: &mut Db<'_>, id: PasskeyId, keys: &[Passkey]) -> Result<bool, Error> {
    let mut alone = keys.iter().filter(|key| key.kind == Kind::Passkey);
    let Some(only) = alone.next().filter(|key| key.id == id && alone.next().is_none()) else {
        return Ok(false);
    };
    Ok(passwords::find(db, only.user_id)?.is_none())
}
