//! Apps, as OAuth sees them.

use diesel::{dsl::case_when, prelude::*, sql_types::BigInt};
use url::Url;

use super::{Db, Error, client_resources, db::on, schema::clients, users::UserId};
use crate::{
    clock::Moment,
    protocol::{
        client_metadata::ClientMetadata,
        grant_type::GrantType,
        redirect_uri::{Kind, ReturnTo},
        scope::Scope,
    },
};

crate::id! {
    /// Names a client; its text is the `client_id` (RFC 6749 §2.2).
    ClientId
}

crate::id! {
    /// Names those who publish a set of apps together: the same person has one subject among them.
    TeamId
}

/// An app that may ask people for access.
#[derive(Clone, Debug)]
pub struct Client {
    /// Its `client_id`.
    pub id: ClientId,
    /// Who registered it; nobody if it registered itself.
    pub owner_id: Option<UserId>,
    /// Whose apps it belongs with.
    pub team_id: TeamId,
    /// What people are told it is called.
    pub name: String,
    /// What it said of itself, checked when it was registered (RFC 7591 §2).
    pub metadata: ClientMetadata,
    /// Whether the operator says it is the brand's own.
    pub first_party: bool,
    /// The digest of the token it manages itself with (RFC 7592).
    pub registration_token_digest: Option<Vec<u8>>,
    /// When it was registered.
    pub created_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
    /// Since when everybody may use it; before that, its owner and testers.
    pub live_at: Option<Moment>,
    /// Tokens that hang on no family count only when issued after this.
    pub tokens_not_before: Option<Moment>,
    /// Since when an operator has suspended it.
    pub suspended_at: Option<Moment>,
    /// Since when it is gone.
    pub deleted_at: Option<Moment>,
}

/// What of a client's row says whether it is the same as before, and whether it may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = clients)]
pub struct Stamp {
    updated_at: Moment,
    tokens_not_before: Option<Moment>,
    suspended_at: Option<Moment>,
    deleted_at: Option<Moment>,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = clients)]
struct Row {
    id: ClientId,
    owner_id: Option<UserId>,
    team_id: TeamId,
    name: String,
    metadata: String,
    first_party: bool,
    registration_token_digest: Option<Vec<u8>>,
    created_at: Moment,
    updated_at: Moment,
    live_at: Option<Moment>,
    tokens_not_before: Option<Moment>,
    suspended_at: Option<Moment>,
    deleted_at: Option<Moment>,
}

impl Client {
    /// A client just registered with this metadata, by `owner_id` or by itself.
    #[must_use]
    pub fn registered(metadata: ClientMetadata, owner_id: Option<UserId>, now: Moment) -> Self {
        let id = ClientId::random();
        // An owner's apps are one team; an app that registered itself is a team of its own.
        let team = owner_id.map_or(*id.as_bytes(), |owner| *owner.as_bytes());
        Self {
            id,
            owner_id,
            team_id: TeamId::from_bytes(team),
            name: metadata.client_name.clone().unwrap_or_else(|| id.to_string()),
            metadata,
            first_party: false,
            registration_token_digest: None,
            created_at: now,
            updated_at: now,
            live_at: None,
            tokens_not_before: None,
            suspended_at: None,
            deleted_at: None,
        }
    }

    /// The stamp of this reading.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        Stamp {
            updated_at: self.updated_at,
            tokens_not_before: self.tokens_not_before,
            suspended_at: self.suspended_at,
            deleted_at: self.deleted_at,
        }
    }

    /// Whether it may be used at all.
    #[must_use]
    pub fn in_good_standing(&self) -> bool {
        self.suspended_at.is_none() && self.deleted_at.is_none()
    }

    /// Whether it registered this way of asking.
    #[must_use]
    pub fn may_use(&self, grant_type: GrantType) -> bool {
        self.metadata.grant_types.contains(&grant_type)
    }

    /// Whether it can prove who it is (RFC 6749 §2.1).
    #[must_use]
    pub fn is_confidential(&self) -> bool {
        !self.metadata.is_public()
    }

    /// Whether it is the API that tokens for `resource` are meant for (RFC 8707).
    #[must_use]
    pub fn serves(&self, resource: &str) -> bool {
        self.metadata.resources.iter().flatten().any(|own| own == resource)
    }

    /// Whether it registered all of `asked`, or registered no limits.
    #[must_use]
    pub fn may_ask_for(&self, asked: &Scope) -> bool {
        self.metadata.scope.as_ref().is_none_or(|registered| asked.is_subset_of(registered))
    }

    /// What people may leave out of what it asks for; that they are known again is no option.
    #[must_use]
    pub fn optional_scope(&self) -> Scope {
        self.metadata.optional_scope.clone().unwrap_or_default()
    }

    /// Whether pages of this web origin are its own: one of its redirect URIs is there.
    #[must_use]
    pub fn has_origin(&self, origin: &str) -> bool {
        let probe = format!("{origin}/");
        self.metadata.redirect_uris.iter().any(|uri| match uri.kind() {
            // On loopback any port, as for the redirect itself (RFC 8252 §7.3).
            Kind::Loopback => {
                let here = probe.parse::<Url>().ok();
                here.is_some_and(|here| here.scheme() == "http" && here.host_str() == uri.host())
            }
            _ => uri.origin().as_deref() == Some(origin),
        })
    }

    /// Where it begins a sign-in that somebody else asks it to begin, if it registered that (OpenID
    /// Connect Core §4).
    #[must_use]
    pub fn initiate_login(&self, issuer: &str) -> Option<String> {
        let mut start: Url = self.metadata.initiate_login_uri.as_ref()?.parse().ok()?;
        start.query_pairs_mut().append_pair("iss", issuer);
        Some(start.into())
    }

    /// Where the browser may go back to, if `asked` is a redirect URI it registered.
    #[must_use]
    pub fn return_to(&self, asked: &str, state: Option<String>) -> Option<ReturnTo> {
        ReturnTo::among(&self.metadata.redirect_uris, asked, state)
    }

    /// Where the browser may go after signing out, if `asked` is registered for that (RP-Initiated
    /// Logout §3.1).
    #[must_use]
    pub fn return_to_after_logout(&self, asked: &str, state: Option<String>) -> Option<ReturnTo> {
        ReturnTo::among(&self.metadata.post_logout_redirect_uris, asked, state)
    }
}

impl TryFrom<Row> for Client {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let metadata = serde_json::from_str(&row.metadata).map_err(|error| {
            Error::Broken(format!("reading the metadata of client {}: {error}", row.id))
        })?;
        Ok(Self {
            id: row.id,
            owner_id: row.owner_id,
            team_id: row.team_id,
            name: row.name,
            metadata,
            first_party: row.first_party,
            registration_token_digest: row.registration_token_digest,
            created_at: row.created_at,
            updated_at: row.updated_at,
            live_at: row.live_at,
            tokens_not_before: row.tokens_not_before,
            suspended_at: row.suspended_at,
            deleted_at: row.deleted_at,
        })
    }
}

impl From<&Client> for Row {
    fn from(client: &Client) -> Self {
        Self {
            id: client.id,
            owner_id: client.owner_id,
            team_id: client.team_id,
            name: client.name.clone(),
            metadata: serde_json::to_string(&client.metadata).unwrap_or_default(),
            first_party: client.first_party,
            registration_token_digest: client.registration_token_digest.clone(),
            created_at: client.created_at,
            updated_at: client.updated_at,
            live_at: client.live_at,
            tokens_not_before: client.tokens_not_before,
            suspended_at: client.suspended_at,
            deleted_at: client.deleted_at,
        }
    }
}

/// Finds a client, also one that is suspended or gone: judge with [`Client::in_good_standing`].
///
/// # Errors
/// If the store cannot answer.
pub fn find(db: &mut Db<'_>, id: ClientId) -> Result<Option<Client>, Error> {
    let row = on!(db, |c| clients::table.find(id).select(Row::as_select()).first(c).optional())?;
    row.map(Client::try_from).transpose()
}

/// Finds a client's stamp.
pub(super) fn find_stamp(db: &mut Db<'_>, id: ClientId) -> Result<Option<Stamp>, Error> {
    Ok(on!(db, |c| clients::table.find(id).select(Stamp::as_select()).first(c).optional())?)
}

/// Finds several clients at once, in no order.
///
/// # Errors
/// If the store cannot answer.
pub fn list(db: &mut Db<'_>, ids: &[ClientId]) -> Result<Vec<Client>, Error> {
    let rows = on!(db, |c| clients::table
        .filter(clients::id.eq_any(ids))
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Client::try_from).collect()
}

/// Lists what a person has registered, oldest first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_of_owner(db: &mut Db<'_>, owner_id: UserId) -> Result<Vec<Client>, Error> {
    let rows = on!(db, |c| clients::table
        .filter(clients::owner_id.eq(owner_id))
        .filter(clients::deleted_at.is_null())
        .order(clients::created_at)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Client::try_from).collect()
}

/// Adds a client.
///
/// # Errors
/// If the store cannot answer.
pub fn add(db: &mut Db<'_>, client: &Client) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(clients::table).values(Row::from(client)).execute(c))?;
    client_resources::set(db, client)
}

/// Writes all of a client as it is in `client`.
///
/// # Errors
/// If the store cannot answer.
pub fn set_details(db: &mut Db<'_>, client: &Client) -> Result<(), Error> {
    on!(db, |c| diesel::update(clients::table.find(client.id)).set(Row::from(client)).execute(c))?;
    client_resources::set(db, client)
}

/// Says that something about a client changed at `now`, so that whoever remembers it reads it anew.
///
/// # Errors
/// If the store cannot answer.
pub(super) fn touch(db: &mut Db<'_>, id: ClientId, now: Moment) -> Result<(), Error> {
    // Never the same stamp twice, also when two changes fall into one microsecond.
    let later = case_when(clients::updated_at.lt(now), now.into_sql::<BigInt>())
        .otherwise(clients::updated_at + 1);
    on!(db, |c| diesel::update(clients::table.find(id))
        .set(clients::updated_at.eq(later))
        .execute(c))?;
    Ok(())
}
