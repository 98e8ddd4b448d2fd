//! The access token (RFC 6749 §1.4): sealed for our own endpoints and for APIs that ask us, a JWT for
//! the others (RFC 9068). Either is good while its seal or signature, its expiry, its family and its
//! grant are good.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{Granted, claims, subject};
use crate::{
    app::{App, Seals},
    clock::Moment,
    crypto::{
        jose::Typ,
        secret::{Prefix, Secret, dress, undress},
    },
    oauth::encryption::sign,
    protocol::{error::OAuthError, scope::Scope},
    store::{
        clients::{Client, ClientId},
        revoked_tokens::TokenId,
        token_families::{FamilyId, Lineage},
    },
};

/// So that no other JWT of ours is taken for one (RFC 9068 §2.1).
const TYP: &str = "at+jwt";

/// The claim in which a JWT says to us alone what it hangs on, so that it ends with it wherever we are
/// asked.
const SEALED: &str = "sealed";

/// What an access token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessToken {
    /// Its own id, by which it can be revoked on its own.
    pub id: TokenId,
    /// Whose it is.
    pub client: ClientId,
    /// What it hangs on.
    pub holder: Holder,
    /// What for, at most.
    pub scope: Scope,
    /// For which API; none means our own endpoints.
    pub resource: Option<String>,
    /// When it was made.
    pub issued_at: Moment,
    /// When it stops.
    pub expires_at: Moment,
    /// Who acts for whom it speaks of, the latest first (RFC 8693 §4.1).
    #[serde(default)]
    pub act: Vec<Actor>,
}

/// A client that acts for somebody by a token it was handed (RFC 8693 §1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Who acts.
    pub client: ClientId,
    /// The token it exchanged: what came of it ends with it.
    pub token: TokenId,
}

/// What an access token is called among tokens (RFC 8693 §3).
pub const TYPE: &str = "urn:ietf:params:oauth:token-type:access_token";

/// What an access token hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Holder {
    /// An act of authorization by a person.
    Family(FamilyId),
    /// The client itself (RFC 6749 §4.4).
    Client,
}

impl AccessToken {
    /// A new token for what was granted.
    #[must_use]
    pub fn new(granted: &Granted, holder: Holder, issued_at: Moment, expires_at: Moment) -> Self {
        Self {
            id: TokenId::random(),
            client: granted.client.id,
            holder,
            scope: granted.scope.clone(),
            resource: granted.resource.clone(),
            issued_at,
            expires_at,
            act: granted.delegation.as_ref().map(|it| it.act.clone()).unwrap_or_default(),
        }
    }

    /// Who asked for it (RFC 8693 §4.3): whoever acts, or else the client whose it is.
    #[must_use]
    pub fn presenter(&self) -> ClientId {
        self.act.first().map_or(self.client, |actor| actor.client)
    }

    /// Who acts, each for the one before (RFC 8693 §4.1); none if nobody does.
    #[must_use]
    pub fn act_claim(&self) -> Option<Value> {
        self.act.iter().rev().fold(None, |before, actor| {
            let mut claim = json!({ "sub": actor.client });
            if let Some(before) = before {
                claim["act"] = before;
            }
            Some(claim)
        })
    }

    /// The token as it travels to this API, or to us: how, the API has registered.
    ///
    /// # Errors
    /// If the key cannot sign.
    pub fn write(
        &self,
        app: &App,
        api: Option<&Client>,
        lineage: Option<&Lineage>,
    ) -> Result<Secret, OAuthError> {
        match api.and_then(|api| Some((api, api.metadata.access_token_alg()?))) {
            Some((api, algorithm)) => {
                let told = self.describe(app, lineage.map(|lineage| (api, lineage)));
                sign(app, algorithm, Some(TYP), &told).map(Secret::new)
            }
            None => Ok(self.seal(&app.seals)),
        }
    }

    /// What the JWT says (RFC 9068 §2.2). The person is called what the API calls them: apps of other
    /// teams bring it tokens as well, and it must know one person by one name.
    fn describe(&self, app: &App, person: Option<(&Client, &Lineage)>) -> Map<String, Value> {
        let mut told = Map::from_iter([
            ("iss".to_owned(), json!(app.config.http.public_url.as_str())),
            ("aud".to_owned(), json!(self.resource)),
            ("client_id".to_owned(), json!(self.presenter())),
            ("jti".to_owned(), json!(self.id)),
            ("iat".to_owned(), json!(self.issued_at.seconds())),
            ("exp".to_owned(), json!(self.expires_at.seconds())),
            (SEALED.to_owned(), json!(self.seal(&app.seals).expose())),
        ]);
        let scope = claims::public(&self.scope);
        if !scope.is_empty() {
            told.insert("scope".into(), json!(scope.as_str()));
        }
        if let Some(act) = self.act_claim() {
            told.insert("act".into(), act);
        }
        let sub = match person {
            Some((api, lineage)) => {
                told.insert("acr".into(), json!(lineage.family.acr));
                told.insert("auth_time".into(), json!(lineage.family.auth_at.seconds()));
                subject::of(&app.seals, api, lineage.user.id)
            }
            None => self.client.to_string(),
        };
        told.insert("sub".into(), json!(sub));
        told
    }

    /// Reads a token of either form; anything we did not make as one is none.
    #[must_use]
    pub fn read(text: &str, app: &App) -> Option<Self> {
        Self::open(text, &app.seals).or_else(|| Self::verify(text, app))
    }

    /// Reads a JWT that we signed as an access token.
    fn verify(jwt: &str, app: &App) -> Option<Self> {
        let told = app.keys.verify(jwt, Typ::Exactly(TYP)).ok()?;
        let issuer = told.required_text("iss").ok()?;
        let sealed = told.required_text(SEALED).ok()?;
        Self::open(sealed, &app.seals).filter(|_| issuer == app.config.http.public_url.as_str())
    }

    /// The token sealed, for us to read.
    fn seal(&self, seals: &Seals) -> Secret {
        Secret::new(dress(Prefix::AccessToken, &seals.access_token.seal(self)))
    }

    /// Reads a token that we sealed.
    fn open(text: &str, seals: &Seals) -> Option<Self> {
        seals.access_token.open(&undress(Prefix::AccessToken, text)?)
    }
}
