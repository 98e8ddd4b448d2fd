//! Parameters → [`AuthorizationRequest`]. Reads and types; whether it is allowed is `checks`' matter.

use std::time::Duration;

use crate::{
    oauth::{issue::claims, token::request::resource},
    protocol::{
        auth_context::{Acr, AcrValues},
        claims_request::ClaimsRequest,
        client_metadata::Offer,
        error::{OAuthError, invalid_request, unsupported_response_type},
        pkce::CodeChallenge,
        prompt::Prompt,
        response::{ResponseMode, ResponseType},
        scope::Scope,
    },
    store::clients::Client,
    web::form::Parameters,
};

/// A request for authorization, read (OpenID Connect Core §3.1.2.1).
pub struct AuthorizationRequest {
    /// What shall come back.
    pub response_type: ResponseType,
    /// What is asked for.
    pub scope: Scope,
    /// What the ID token must repeat.
    pub nonce: Option<String>,
    /// RFC 7636 §4.3
    pub code_challenge: Option<CodeChallenge>,
    /// How much of the person's attention is wanted.
    pub prompt: Prompt,
    /// How old the last proof may be.
    pub max_age: Option<Duration>,
    /// An earlier ID token of the person that is expected.
    pub id_token_hint: Option<String>,
    /// The API the tokens shall be for (RFC 8707 §2.1).
    pub resource: Option<String>,
    /// Single claims (OpenID Connect Core §5.5).
    pub claims: ClaimsRequest,
    /// How sure of the person the client would like to be.
    pub acr_values: AcrValues,
    /// Whether the answer is for all that the person allows the client, not only for what is asked
    /// now.
    pub include_granted: bool,
}

impl AuthorizationRequest {
    /// All that consent is needed for: the scope, and the single claims.
    #[must_use]
    pub fn wanted(&self) -> Scope {
        claims::widened(&self.scope, &self.claims)
    }

    /// What the client cannot go on without: an `acr` it called essential (OpenID Connect Core
    /// §5.5.1.1).
    #[must_use]
    pub fn required_acr(&self) -> Option<AcrValues> {
        let acr = self.claims.id_token().find("acr").filter(|acr| acr.essential)?;
        let values = acr.value.iter().chain(&acr.values).filter_map(serde_json::Value::as_str);
        Some(AcrValues::among(values)).filter(|values| values.best().is_some())
    }
}

impl AuthorizationRequest {
    /// The `sub` that the `claims` parameter demands (OpenID Connect Core §5.5.1).
    #[must_use]
    pub fn wanted_subject(&self) -> Option<String> {
        let sub = self.claims.id_token().find("sub")?;
        sub.value.as_ref().and_then(serde_json::Value::as_str).map(str::to_owned)
    }

    /// The `claims` parameter as it is kept with the tokens.
    #[must_use]
    pub fn claims_text(&self) -> Option<String> {
        let empty = self.claims.userinfo().is_empty() && self.claims.id_token().is_empty();
        (!empty).then(|| self.claims.to_string())
    }

    /// What the client is told of how sure we are: in its own words, where they fit.
    #[must_use]
    pub fn told_acr(&self, reached: &str) -> String {
        let reached: Result<Acr, _> = reached.parse();
        reached.map(|reached| self.acr_values.told(reached).to_string()).unwrap_or_default()
    }
}

/// Longer values are no client's honest nonce.
const LONGEST_NONCE: usize = 1024;

/// How the answer travels, read before anything else, so that every later refusal travels so too.
/// What cannot be read is the default: there must be some way.
#[must_use]
pub fn response_mode(parameters: &Parameters) -> ResponseMode {
    let response_type = parameters.get("response_type").and_then(|text| text.parse().ok());
    let response_type = response_type.unwrap_or(ResponseType::Code);
    let asked = parameters.get("response_mode").and_then(|text| text.parse().ok());
    response_type.mode(asked).unwrap_or_else(|_| response_type.default_mode())
}

/// Reads the request of a client whose way back is known.
///
/// # Errors
/// By RFC 6749 §4.1.2.1 and OpenID Connect Core §3.1.2.6.
pub fn read(
    parameters: &Parameters,
    client: &Client,
    offer: Offer,
) -> Result<AuthorizationRequest, OAuthError> {
    let response_type = response_type(parameters, offer)?;
    let mode = parameters.get("response_mode").map(str::parse).transpose()?;
    response_type.mode(mode)?;
    Ok(AuthorizationRequest {
        response_type,
        scope: scope(parameters, response_type)?,
        nonce: nonce(parameters)?,
        code_challenge: code_challenge(parameters)?,
        prompt: parameters.get("prompt").map(str::parse).transpose()?.unwrap_or_default(),
        max_age: max_age(parameters, client)?,
        id_token_hint: parameters.get("id_token_hint").map(str::to_owned),
        resource: resource(parameters)?,
        claims: parameters.get("claims").map(str::parse).transpose()?.unwrap_or_default(),
        acr_values: acr_values(parameters, client),
        include_granted: parameters.get("include_granted_scopes") == Some("true"),
    })
}

/// Reads what a device asks for (RFC 8628 §3.1). Nothing goes back through a browser, so it says
/// only what for.
///
/// # Errors
/// By RFC 6749 §5.2.
pub fn read_device(parameters: &Parameters) -> Result<AuthorizationRequest, OAuthError> {
    Ok(AuthorizationRequest {
        response_type: ResponseType::Code,
        scope: scope(parameters, ResponseType::Code)?,
        nonce: None,
        code_challenge: None,
        prompt: Prompt::default(),
        max_age: None,
        id_token_hint: None,
        resource: resource(parameters)?,
        claims: ClaimsRequest::default(),
        acr_values: AcrValues::default(),
        include_granted: false,
    })
}

fn response_type(parameters: &Parameters, offer: Offer) -> Result<ResponseType, OAuthError> {
    let named = parameters.get("response_type");
    let asked = named.ok_or_else(|| invalid_request("response_type is missing"))?.parse()?;
    if offer.response_types().contains(&asked) {
        Ok(asked)
    } else {
        Err(unsupported_response_type("this server does not answer this response_type"))
    }
}

/// What is asked for. Lasting access comes of a code or not at all (OpenID Connect Core §11).
fn scope(parameters: &Parameters, response_type: ResponseType) -> Result<Scope, OAuthError> {
    let asked: Scope = parameters.get("scope").map(str::parse).transpose()?.unwrap_or_default();
    Ok(if response_type.has_code() { asked } else { asked.online() })
}

fn nonce(parameters: &Parameters) -> Result<Option<String>, OAuthError> {
    match parameters.get("nonce") {
        Some(nonce) if nonce.len() > LONGEST_NONCE => Err(invalid_request("nonce is too long")),
        nonce => Ok(nonce.map(str::to_owned)),
    }
}

fn code_challenge(parameters: &Parameters) -> Result<Option<CodeChallenge>, OAuthError> {
    let method = parameters.get("code_challenge_method");
    match parameters.get("code_challenge") {
        Some(challenge) => CodeChallenge::read(challenge, method).map(Some),
        None if method.is_some() => Err(invalid_request("code_challenge is missing")),
        None => Ok(None),
    }
}

fn acr_values(parameters: &Parameters, client: &Client) -> AcrValues {
    match (parameters.get("acr_values"), &client.metadata.default_acr_values) {
        (Some(asked), _) => AcrValues::read(asked),
        (None, Some(usual)) => AcrValues::among(usual.iter().map(String::as_str)),
        (None, None) => AcrValues::default(),
    }
}

fn max_age(parameters: &Parameters, client: &Client) -> Result<Option<Duration>, OAuthError> {
    let asked = parameters.get("max_age").map(str::parse::<u64>).transpose();
    let asked = asked.map_err(|_| invalid_request("max_age is not a number of seconds"))?;
    let seconds = asked.or(client.metadata.default_max_age.map(u64::from));
    Ok(seconds.map(Duration::from_secs))
}
