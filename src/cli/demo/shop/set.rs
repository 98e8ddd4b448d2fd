//! A television, and how it is linked to somebody: RFC 8628 as a device sees it.

use std::time::Duration;

use openidconnect::{
    AccessToken, AuthType, ClientId, OAuth2TokenResponse, Scope, UserInfoClaims,
    core::{CoreClient, CoreDeviceAuthorizationResponse, CoreGenderClaim, CoreTokenResponse},
    http::{Request, header},
    url::form_urlencoded,
};
use serde_json::Value;

use super::{
    member::AnyOther,
    metadata::Metadata,
    provider::Provider,
    trouble::{Kind, Trouble},
};
use crate::clock::Moment;

const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// So much slower after a `slow_down` (RFC 8628 §3.5).
const SLOWER: Duration = Duration::from_secs(5);

/// What stands on the screen.
#[derive(Clone)]
pub enum Television {
    /// A code that waits for somebody.
    Waiting(Waiting),
    /// Somebody said no, or nobody came in time.
    Over {
        /// Whether somebody said no.
        refused: bool,
    },
    /// It is linked.
    Linked {
        /// To whom.
        name: String,
    },
}

/// A code that waits for somebody.
#[derive(Clone)]
pub struct Waiting {
    device_code: String,
    /// What to type.
    pub user_code: String,
    /// Where to type it.
    pub address: String,
    /// Both at once, for a phone to read.
    pub complete: String,
    interval: Duration,
    ask_at: Moment,
    until: Moment,
}

impl Waiting {
    /// What the provider answered, just now.
    #[must_use]
    pub fn new(told: &CoreDeviceAuthorizationResponse, now: Moment) -> Self {
        let address = told.verification_uri().to_string();
        let complete = told.verification_uri_complete();
        Self {
            device_code: told.device_code().secret().clone(),
            user_code: told.user_code().secret().clone(),
            complete: complete.map_or_else(|| address.clone(), |uri| uri.secret().clone()),
            address,
            interval: told.interval(),
            ask_at: now + told.interval(),
            until: now + told.expires_in(),
        }
    }

    /// Whether it is time to ask again. Of several pages that are loaded at once, one is told so.
    pub fn takes_turn(&mut self, now: Moment) -> bool {
        let due = now >= self.ask_at;
        if due {
            self.ask_at = now + self.interval;
        }
        due
    }

    /// How long until the next look.
    #[must_use]
    pub fn interval(&self) -> u64 {
        self.interval.as_secs().max(1)
    }

    /// Whether nobody can answer any more.
    #[must_use]
    pub fn is_over(&self, now: Moment) -> bool {
        now >= self.until
    }
}

impl Provider {
    /// Asks for a code (RFC 8628 §3.1).
    pub async fn begin_linking(&self, id: &str) -> Result<Television, Trouble> {
        let (metadata, now) = (self.metadata().await?, self.clock.now());
        let endpoint = metadata.additional_metadata().device_authorization_endpoint.clone();
        let endpoint = endpoint
            .ok_or_else(|| Trouble::because(Kind::BadlySetUp, "there is no device endpoint"))?;
        let client = television(&metadata, id).set_device_authorization_url(endpoint);
        let told: CoreDeviceAuthorizationResponse = client
            .exchange_device_code()
            .add_scopes(["profile", "offline_access"].map(|word| Scope::new(word.to_owned())))
            .add_extra_param("device_name", "The television in our window")
            .request_async(&self.http)
            .await
            .map_err(|error| Trouble::at_token(error, Kind::BadlySetUp))?;
        Ok(Television::Waiting(Waiting::new(&told, now)))
    }

    /// Asks once whether somebody has answered (RFC 8628 §3.4).
    pub async fn ask_about(&self, id: &str, waiting: &Waiting) -> Result<Television, Trouble> {
        let fields =
            [("grant_type", DEVICE_CODE), ("device_code", &waiting.device_code), ("client_id", id)];
        let (status, body) = self.post_to_token_endpoint(&fields).await?;
        if status == 200 {
            let tokens: CoreTokenResponse = serde_json::from_slice(&body).map_err(strange)?;
            let name = self.name_of(id, tokens.access_token().clone()).await?;
            return Ok(Television::Linked { name });
        }
        let told: Value = serde_json::from_slice(&body).map_err(strange)?;
        Ok(match told["error"].as_str().unwrap_or_default() {
            "authorization_pending" => Television::Waiting(waiting.clone()),
            "slow_down" => {
                let interval = waiting.interval + SLOWER;
                let ask_at = self.clock.now() + interval;
                Television::Waiting(Waiting { interval, ask_at, ..waiting.clone() })
            }
            "access_denied" => Television::Over { refused: true },
            "expired_token" | "invalid_grant" => Television::Over { refused: false },
            other => return Err(Trouble::because(Kind::BadlySetUp, other.to_owned())),
        })
    }

    async fn post_to_token_endpoint(
        &self,
        fields: &[(&str, &str)],
    ) -> Result<(u16, Vec<u8>), Trouble> {
        let metadata = self.metadata().await?;
        let endpoint = metadata
            .token_endpoint()
            .ok_or_else(|| Trouble::because(Kind::BadlySetUp, "there is no token endpoint"))?;
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(endpoint.as_str())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body.into_bytes())
            .map_err(strange)?;
        let answer = self.http.send(request).await?;
        Ok((answer.status().as_u16(), answer.into_body()))
    }

    /// What to call whoever it is linked to.
    async fn name_of(&self, id: &str, token: AccessToken) -> Result<String, Trouble> {
        let client = television(&*self.metadata().await?, id);
        let request = client.user_info(token, None).map_err(strange)?;
        let told: UserInfoClaims<AnyOther, CoreGenderClaim> =
            request.request_async(&self.http).await?;
        let name = told.name().and_then(|name| name.get(None)).map(|name| name.to_string());
        Ok(name.unwrap_or_else(|| "somebody".to_owned()))
    }
}

/// The television as the library knows it: it has no secret.
fn television(metadata: &Metadata, id: &str) -> super::provider::Client {
    let id = ClientId::new(id.to_owned());
    CoreClient::from_provider_metadata(metadata.clone(), id, None)
        .set_auth_type(AuthType::RequestBody)
}

fn strange(error: impl std::fmt::Display) -> Trouble {
    Trouble::because(Kind::NotTrusted, error.to_string())
}
