//! Somebody who is signed in to the shop, and everything the shop was given about them.

use std::{collections::BTreeMap, time::Duration};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use openidconnect::{
    AccessToken, AdditionalClaims, OAuth2TokenResponse, RefreshToken, SubjectIdentifier,
    TokenResponse, UserInfoClaims,
    core::{CoreGenderClaim, CoreIdToken, CoreTokenResponse},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::trouble::{Kind, Trouble};
use crate::clock::Moment;

/// What the userinfo endpoint answered.
pub type Details = UserInfoClaims<AnyOther, CoreGenderClaim>;

/// Claims that OpenID Connect has no name for: kept, so that the page can show them.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct AnyOther(BTreeMap<String, Value>);

impl AdditionalClaims for AnyOther {}

impl From<BTreeMap<String, Value>> for AnyOther {
    fn from(claims: BTreeMap<String, Value>) -> Self {
        Self(claims)
    }
}

/// A signed-in visitor.
#[derive(Clone)]
pub struct Member {
    /// The provider's name for this person, here.
    pub subject: SubjectIdentifier,
    /// The ID token, verified.
    pub id_token: CoreIdToken,
    /// Its header and its claims, as they were signed.
    pub signed: Signed,
    /// What the userinfo endpoint said.
    pub details: Map<String, Value>,
    /// What the person agreed to.
    pub scope: Vec<String>,
    /// For the userinfo endpoint.
    pub access_token: AccessToken,
    /// For new tokens.
    pub refresh_token: Option<RefreshToken>,
    /// How long the access token lasts.
    pub lifetime: Option<Duration>,
    /// When it was received.
    pub received_at: Moment,
    /// How often new tokens were fetched since.
    pub refreshes: u32,
    /// For the sample API, once it was called.
    pub api: Option<ApiAccess>,
}

/// What opens the sample API, and nothing else (RFC 8707).
#[derive(Clone)]
pub struct ApiAccess {
    /// For the calls.
    pub access_token: AccessToken,
    /// For new ones.
    pub refresh_token: Option<RefreshToken>,
}

impl From<&CoreTokenResponse> for ApiAccess {
    fn from(tokens: &CoreTokenResponse) -> Self {
        Self {
            access_token: tokens.access_token().clone(),
            refresh_token: tokens.refresh_token().cloned(),
        }
    }
}

/// The two readable parts of an ID token.
#[derive(Clone)]
pub struct Signed {
    /// Which key, which algorithm.
    pub header: Map<String, Value>,
    /// What it says.
    pub claims: Map<String, Value>,
}

impl Member {
    /// Somebody who has just come back with a code.
    pub fn new(
        (id_token, tokens): (CoreIdToken, &CoreTokenResponse),
        details: &Details,
        asked: Vec<String>,
        now: Moment,
    ) -> Result<Self, Trouble> {
        let signed = Signed::read(&id_token.to_string());
        let Some(signed) = signed else {
            return Err(Trouble::because(Kind::NotTrusted, "the ID token has no readable parts"));
        };
        Ok(Self {
            subject: details.subject().clone(),
            id_token,
            signed,
            details: as_map(details),
            scope: scope_of(tokens).unwrap_or(asked),
            access_token: tokens.access_token().clone(),
            refresh_token: tokens.refresh_token().cloned(),
            lifetime: tokens.expires_in(),
            received_at: now,
            refreshes: 0,
            api: None,
        })
    }

    /// The same person with newer tokens. What was not sent again stays as it was.
    #[must_use]
    pub fn renewed(&self, tokens: &CoreTokenResponse, details: &Details, now: Moment) -> Self {
        let id_token = tokens.id_token().unwrap_or(&self.id_token).clone();
        Self {
            subject: self.subject.clone(),
            signed: Signed::read(&id_token.to_string()).unwrap_or_else(|| self.signed.clone()),
            id_token,
            details: as_map(details),
            scope: scope_of(tokens).unwrap_or_else(|| self.scope.clone()),
            access_token: tokens.access_token().clone(),
            refresh_token: tokens.refresh_token().or(self.refresh_token.as_ref()).cloned(),
            lifetime: tokens.expires_in(),
            received_at: now,
            refreshes: self.refreshes.saturating_add(1),
            api: self.api.clone(),
        }
    }

    /// The same person, as the userinfo endpoint describes them now.
    #[must_use]
    pub fn described(mut self, details: &Details) -> Self {
        self.details = as_map(details);
        self
    }

    /// A claim as text: from the userinfo endpoint, or else from the ID token.
    #[must_use]
    pub fn claim(&self, name: &str) -> Option<&Value> {
        self.details.get(name).or_else(|| self.signed.claims.get(name))
    }

    /// What to call this person.
    #[must_use]
    pub fn called(&self) -> &str {
        let named = ["name", "given_name", "nickname", "preferred_username", "email"];
        let mut known = named.iter().filter_map(|name| self.claim(name)?.as_str());
        known.find(|name| !name.trim().is_empty()).unwrap_or("guest")
    }

    /// A letter for the place of a picture.
    #[must_use]
    pub fn initial(&self) -> String {
        self.called()
            .chars()
            .next()
            .map(|first| first.to_uppercase().to_string())
            .unwrap_or_default()
    }

    /// The provider's session this came from, if it said so (Back-Channel Logout §2.1).
    #[must_use]
    pub fn session(&self) -> Option<&str> {
        self.signed.claims.get("sid")?.as_str()
    }

    /// How much longer the access token lasts.
    #[must_use]
    pub fn left(&self, now: Moment) -> Option<Duration> {
        Some((self.received_at + self.lifetime?).since(now))
    }
}

impl Signed {
    fn read(token: &str) -> Option<Self> {
        let mut parts = token.split('.').map(|part| {
            let bytes = BASE64_URL_SAFE_NO_PAD.decode(part).ok()?;
            serde_json::from_slice(&bytes).ok()
        });
        Some(Self { header: parts.next()??, claims: parts.next()?? })
    }
}

/// The scope that was granted; left out means unchanged (RFC 6749 §5.1).
fn scope_of(tokens: &CoreTokenResponse) -> Option<Vec<String>> {
    Some(tokens.scopes()?.iter().map(|scope| scope.to_string()).collect())
}

fn as_map(details: &Details) -> Map<String, Value> {
    match serde_json::to_value(details) {
        Ok(Value::Object(map)) => map.into_iter().filter(|(_, value)| !value.is_null()).collect(),
        _ => Map::new(),
    }
}
