//! People.

use diesel::{dsl::exists, prelude::*};
use serde::{Deserialize, Serialize};

use super::{
    Db, Error, contacts::Channel, db::on, passkeys, recovery_codes, schema::users, sessions,
    totp_secrets, trusted_browsers,
};
use crate::clock::Moment;

crate::id! {
    /// Names a person. Never shown to an app as it is: see `oauth::issue::subject`.
    UserId
}

/// A person with an account.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = users)]
pub struct User {
    /// Who.
    pub id: UserId,
    /// The name they go by, as they wrote it.
    pub name: String,
    profile: String,
    /// Whether they run this installation.
    pub operator: bool,
    /// When the account was made.
    pub created_at: Moment,
    /// When name or profile last changed.
    pub updated_at: Moment,
    /// Since when an operator has suspended the account.
    pub suspended_at: Option<Moment>,
    /// Why, in words the person is shown.
    pub suspended_reason: Option<String>,
    /// Since when the account is closed, to be removed ([`super::deletions`]).
    pub deleted_at: Option<Moment>,
    /// Since when its owner has frozen it, because somebody else was in.
    pub frozen_at: Option<Moment>,
    /// When it was last taken back from that.
    pub thawed_at: Option<Moment>,
    /// The language that messages are written in, as a tag (BCP 47).
    pub language: Option<String>,
    /// When they accepted the terms of use.
    pub terms_accepted_at: Option<Moment>,
    /// Which: `brand.terms_version` of that moment.
    pub terms_version: Option<String>,
    /// Since when two-step verification is on.
    pub two_step_at: Option<Moment>,
    /// The way that is asked for first at the second step.
    pub preferred_factor: Option<String>,
    code_channels: String,
}

/// What people may say of themselves (OpenID Connect Core §5.1), besides name, email and phone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the names are the claims' own")]
pub struct Profile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub middle_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred_username: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gender: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birthdate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zoneinfo: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
}

/// A postal address (OpenID Connect Core §5.1.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the names are the claims' own")]
pub struct Address {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formatted: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locality: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

impl User {
    /// A new person, of whom only the name is known.
    #[must_use]
    pub fn named(name: &str, now: Moment) -> Self {
        Self {
            id: UserId::random(),
            name: name.to_owned(),
            profile: "{}".to_owned(),
            operator: false,
            created_at: now,
            updated_at: now,
            suspended_at: None,
            suspended_reason: None,
            deleted_at: None,
            frozen_at: None,
            thawed_at: None,
            language: None,
            terms_accepted_at: None,
            terms_version: None,
            two_step_at: None,
            preferred_factor: None,
            code_channels: String::new(),
        }
    }

    /// The same person, written to in this language.
    #[must_use]
    pub fn speaking(self, language: &str) -> Self {
        Self { language: Some(language.to_owned()), ..self }
    }

    /// The same person, with a profile.
    #[must_use]
    pub fn with_profile(mut self, profile: &Profile) -> Self {
        self.profile = serde_json::to_string(profile).unwrap_or_else(|_| "{}".to_owned());
        self
    }

    /// What they say of themselves.
    #[must_use]
    pub fn profile(&self) -> Profile {
        serde_json::from_str(&self.profile).unwrap_or_default()
    }

    /// Whether a code sent by this channel may be the second step. Whoever has two-step verification
    /// says so for each; for everybody else it is the only one there is.
    #[must_use]
    pub fn takes_codes_by(&self, channel: Channel) -> bool {
        self.two_step_at.is_none() || self.has_chosen(channel)
    }

    /// Whether the person has said that codes by this channel may be their second step.
    #[must_use]
    pub fn has_chosen(&self, channel: Channel) -> bool {
        self.code_channels.split(' ').any(|word| word == channel.as_str())
    }

    /// Whether the account may be used at all: to sign in, or to have tokens made for it.
    #[must_use]
    pub fn in_good_standing(&self) -> bool {
        self.frozen_at.is_none() && self.may_recover()
    }

    /// Whether its owner wants the account removed; until the day comes they can take that back.
    #[must_use]
    pub fn leaves(&self) -> bool {
        self.deleted_at.is_some() && self.suspended_at.is_none()
    }

    /// Whether a new password would make the account usable.
    #[must_use]
    pub fn may_recover(&self) -> bool {
        self.suspended_at.is_none() && self.deleted_at.is_none()
    }
}

/// Finds a person.
///
/// # Errors
/// If the store cannot answer.
pub fn find(db: &mut Db<'_>, id: UserId) -> Result<Option<User>, Error> {
    Ok(on!(db, |c| users::table.find(id).select(User::as_select()).first(c).optional())?)
}

/// Whether anybody runs this installation.
///
/// # Errors
/// If the store cannot answer.
pub fn has_operator(db: &mut Db<'_>) -> Result<bool, Error> {
    let standing = users::table.filter(users::operator).filter(users::deleted_at.is_null());
    Ok(on!(db, |c| diesel::select(exists(standing)).get_result(c))?)
}

/// Holds a person's row until the transaction ends: whoever judges several rows of theirs at once
/// is alone with them.
///
/// # Errors
/// If the store cannot answer.
pub fn hold(db: &mut Db<'_>, id: UserId) -> Result<(), Error> {
    let row = users::table.find(id);
    on!(db, |c| diesel::update(row).set(users::updated_at.eq(users::updated_at)).execute(c))?;
    Ok(())
}

/// Adds a person.
///
/// # Errors
/// If the store cannot answer.
pub fn add(db: &mut Db<'_>, user: &User) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(users::table).values(user).execute(c))?;
    Ok(())
}

/// Writes a person's name, profile and role as they are in `user`.
///
/// # Errors
/// If the store cannot answer.
pub fn set_details(db: &mut Db<'_>, user: &User, now: Moment) -> Result<(), Error> {
    on!(db, |c| diesel::update(users::table.find(user.id))
        .set((
            users::name.eq(&user.name),
            users::profile.eq(&user.profile),
            users::operator.eq(user.operator),
            users::updated_at.eq(now),
        ))
        .execute(c))?;
    Ok(())
}

/// Suspends an account, or with `None` takes that back.
///
/// # Errors
/// If the store cannot answer.
pub fn set_suspended(
    db: &mut Db<'_>,
    id: UserId,
    reason: Option<&str>,
    now: Moment,
) -> Result<(), Error> {
    on!(db, |c| diesel::update(users::table.find(id))
        .set((users::suspended_at.eq(reason.map(|_| now)), users::suspended_reason.eq(reason),))
        .execute(c))?;
    Ok(())
}

/// Freezes an account because its owner says that somebody else is in: every session ends, and
/// nobody signs in until a new password is chosen ([`super::passwords::reset`]). `false` if it was
/// frozen already.
///
/// # Errors
/// If the store cannot answer.
pub fn freeze(db: &mut Db<'_>, id: UserId, now: Moment) -> Result<bool, Error> {
    let usable = users::table.find(id).filter(users::frozen_at.is_null());
    let frozen = on!(db, |c| diesel::update(usable).set(users::frozen_at.eq(now)).execute(c))? == 1;
    sessions::end_others(db, id, None, "frozen", now)?;
    trusted_browsers::end_others(db, id, None)?;
    Ok(frozen)
}

/// Takes the freezing back, if there was one.
///
/// # Errors
/// If the store cannot answer.
pub fn thaw(db: &mut Db<'_>, id: UserId, now: Moment) -> Result<(), Error> {
    let frozen = users::table.find(id).filter(users::frozen_at.is_not_null());
    on!(db, |c| diesel::update(frozen)
        .set((users::frozen_at.eq(None::<Moment>), users::thawed_at.eq(now)))
        .execute(c))?;
    Ok(())
}

/// Switches two-step verification on, or with `None` off: then no browser is trusted any more.
///
/// # Errors
/// If the store cannot answer.
pub fn set_two_step(db: &mut Db<'_>, id: UserId, since: Option<Moment>) -> Result<(), Error> {
    on!(db, |c| diesel::update(users::table.find(id))
        .set(users::two_step_at.eq(since))
        .execute(c))?;
    if since.is_none() {
        trusted_browsers::end_others(db, id, None)?;
    }
    Ok(())
}

/// Removes everything but the password that a person proves themselves with: it was lost, or is in
/// somebody else's hands.
///
/// # Errors
/// If the store cannot answer.
pub fn forget_factors(db: &mut Db<'_>, id: UserId) -> Result<(), Error> {
    passkeys::remove_all(db, id)?;
    totp_secrets::remove_all(db, id)?;
    recovery_codes::remove_all(db, id)?;
    set_two_step(db, id, None)
}

/// Sets the channels by which codes may be somebody's second step.
///
/// # Errors
/// If the store cannot answer.
pub fn set_code_channels(db: &mut Db<'_>, id: UserId, channels: &[Channel]) -> Result<(), Error> {
    let words: Vec<_> = channels.iter().map(|channel| channel.as_str()).collect();
    on!(db, |c| diesel::update(users::table.find(id))
        .set(users::code_channels.eq(words.join(" ")))
        .execute(c))?;
    Ok(())
}

/// Sets the way that is asked for first at the second step.
///
/// # Errors
/// If the store cannot answer.
pub fn set_preferred_factor(db: &mut Db<'_>, id: UserId, factor: &str) -> Result<(), Error> {
    on!(db, |c| diesel::update(users::table.find(id))
        .set(users::preferred_factor.eq(factor))
        .execute(c))?;
    Ok(())
}

/// Sets the language that messages are written in.
///
/// # Errors
/// If the store cannot answer.
pub fn set_language(db: &mut Db<'_>, id: UserId, language: &str) -> Result<(), Error> {
    on!(db, |c| diesel::update(users::table.find(id))
        .set(users::language.eq(language))
        .execute(c))?;
    Ok(())
}
