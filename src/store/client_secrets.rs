//! What confidential clients prove themselves with: digests only, two live at most.

use diesel::prelude::*;

use super::{
    Db, Error,
    clients::{self, ClientId},
    db::on,
    schema::client_secrets,
};
use crate::{
    clock::Moment,
    crypto::{
        random,
        seal::Sealer,
        secret::{self, Prefix, Secret},
    },
};

crate::id! {
    /// Names a client's secret.
    ClientSecretId
}

/// A client's secret, of which only the digest is known.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = client_secrets)]
pub struct ClientSecret {
    /// Which.
    pub id: ClientSecretId,
    /// Whose.
    pub client_id: ClientId,
    /// What a presented secret's digest is compared with.
    pub secret_digest: Vec<u8>,
    /// The secret itself under the root secret, for `client_secret_jwt` only.
    pub sealed_secret: Option<Vec<u8>>,
    /// Its last four characters, to tell secrets apart.
    pub hint: String,
    /// When it was made.
    pub created_at: Moment,
    /// When it stops by itself.
    pub expires_at: Option<Moment>,
    /// When it was revoked.
    pub revoked_at: Option<Moment>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Moment>,
}

impl ClientSecret {
    /// A new secret for a client, and its text, which nobody can show again. With a `sealer` it is
    /// also kept as a whole, for `client_secret_jwt`.
    #[must_use]
    pub fn made(client_id: ClientId, now: Moment, sealer: Option<&Sealer>) -> (Self, Secret) {
        // RFC 7518 §3.2: a secret that signs is as long as the digest, 64 bytes for HS512.
        let text = match sealer {
            Some(_) => secret::dress(Prefix::ClientSecret, &random::bytes::<48>()),
            None => secret::dress(Prefix::ClientSecret, &random::bytes::<32>()),
        };
        let row = Self {
            id: ClientSecretId::random(),
            client_id,
            secret_digest: secret::digest(text.as_bytes()).to_vec(),
            sealed_secret: sealer.map(|sealer| sealer.seal(&text)),
            hint: text[text.len() - 4..].to_owned(),
            created_at: now,
            expires_at: None,
            revoked_at: None,
            last_used_at: None,
        };
        (row, Secret::new(text))
    }

    /// Whether it is good now: not revoked, not expired.
    #[must_use]
    pub fn counts(&self, now: Moment) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }
}

/// Lists the secrets that nobody revoked; judge with [`ClientSecret::counts`].
///
/// # Errors
/// If the store cannot answer.
pub fn list_standing(db: &mut Db<'_>, client_id: ClientId) -> Result<Vec<ClientSecret>, Error> {
    Ok(on!(db, |c| client_secrets::table
        .filter(client_secrets::client_id.eq(client_id))
        .filter(client_secrets::revoked_at.is_null())
        .select(ClientSecret::as_select())
        .load(c))?)
}

/// Lists the secrets that count now.
///
/// # Errors
/// If the store cannot answer.
pub fn list_live(
    db: &mut Db<'_>,
    client_id: ClientId,
    now: Moment,
) -> Result<Vec<ClientSecret>, Error> {
    let mut standing = list_standing(db, client_id)?;
    standing.retain(|secret| secret.counts(now));
    Ok(standing)
}

/// Adds a secret.
///
/// # Errors
/// If the store cannot answer.
pub fn add(db: &mut Db<'_>, secret: &ClientSecret) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(client_secrets::table).values(secret).execute(c))?;
    clients::touch(db, secret.client_id, secret.created_at)
}

/// Revokes every secret of a client.
///
/// # Errors
/// If the store cannot answer.
pub fn revoke_all(db: &mut Db<'_>, client_id: ClientId, now: Moment) -> Result<(), Error> {
    let live = client_secrets::table
        .filter(client_secrets::client_id.eq(client_id))
        .filter(client_secrets::revoked_at.is_null());
    on!(db, |c| diesel::update(live).set(client_secrets::revoked_at.eq(now)).execute(c))?;
    clients::touch(db, client_id, now)
}
