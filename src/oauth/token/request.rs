//! Form → [`TokenRequest`]: a variant per grant, with what that grant needs and nothing else.

use super::grants;
use crate::{
    app::{App, Seals},
    clock::Moment,
    oauth::{
        assertion::{self, Once},
        client_keys::ClientKeys,
        device,
        issue::{
            access_token::{self, AccessToken},
            code::AuthorizationCode,
            refresh_token::RefreshToken,
        },
    },
    protocol::{
        error::{
            OAuthError, invalid_grant, invalid_request, invalid_target, unsupported_grant_type,
        },
        grant_type::GrantType,
        resource::Resource,
        scope::Scope,
    },
    store::clients::Client,
    web::form::Parameters,
};

/// What a client asks of the token endpoint.
pub enum TokenRequest {
    /// RFC 6749 §4.1.3
    AuthorizationCode(Box<CodeExchange>),
    /// RFC 6749 §6
    RefreshToken(Refresh),
    /// RFC 6749 §4.4.2
    ClientCredentials(Machine),
    /// RFC 8628 §3.4
    DeviceCode(Poll),
    /// RFC 8693 §2.1
    TokenExchange(Box<Exchange>),
    /// RFC 7523 §2.1
    JwtBearer(Asserted),
}

/// A code to be exchanged.
pub struct CodeExchange {
    /// The code as it was sent.
    pub text: String,
    /// What it says.
    pub code: AuthorizationCode,
    /// The redirect URI of the authorization request, again.
    pub redirect_uri: String,
    /// RFC 7636 §4.5
    pub code_verifier: Option<String>,
    /// The API the token shall be for (RFC 8707 §2.2).
    pub resource: Option<String>,
}

/// A refresh token to be used.
pub struct Refresh {
    /// The token as it was sent.
    pub text: String,
    /// What it says.
    pub token: RefreshToken,
    /// A narrower scope, if one is asked for.
    pub scope: Option<Scope>,
    /// The API the token shall be for.
    pub resource: Option<String>,
}

/// A client that asks for itself.
pub struct Machine {
    /// What it asks for.
    pub scope: Scope,
    /// The API the token shall be for.
    pub resource: Option<String>,
}

/// A device that asks whether somebody has answered.
pub struct Poll {
    /// The digest of its device code.
    pub code_digest: Vec<u8>,
    /// The API the token shall be for.
    pub resource: Option<String>,
}

/// A token to be exchanged for another.
pub struct Exchange {
    /// What the token says that was handed to the client.
    pub subject: AccessToken,
    /// The API the new one shall be for.
    pub target: Target,
    /// A narrower scope, if one is asked for.
    pub scope: Option<Scope>,
}

/// How the API of an exchange is named.
pub enum Target {
    /// By its URI (RFC 8707).
    Resource(String),
    /// By its URI or its `client_id`.
    Audience(String),
}

/// An assertion that the client has signed.
pub struct Asserted {
    /// Of whom it speaks.
    pub subject: String,
    /// Its name among everything that counts once.
    pub id: Vec<u8>,
    /// As long it must be remembered.
    pub until: Moment,
    /// What is asked for, if anything is named.
    pub scope: Option<Scope>,
    /// The API the token shall be for.
    pub resource: Option<String>,
}

/// The grant type that a form asks by, if it is one that is offered.
///
/// # Errors
/// `invalid_request` if it says none, else `unsupported_grant_type`.
pub fn grant_type(form: &Parameters) -> Result<GrantType, OAuthError> {
    let said = required(form, "grant_type", "grant_type is missing")?.parse()?;
    let offered = grants::OFFERED.contains(&said).then_some(said);
    offered.ok_or(unsupported_grant_type("grant_type is not supported here"))
}

impl TokenRequest {
    /// Reads the form. A code or token that we did not make is `invalid_grant` at once, and so is an
    /// assertion that the client did not sign.
    ///
    /// # Errors
    /// By RFC 6749 §5.2.
    pub async fn read(
        app: &App,
        keys: &ClientKeys,
        client: &Client,
        form: &Parameters,
    ) -> Result<Self, OAuthError> {
        let seals = &app.seals;
        match grant_type(form)? {
            GrantType::AuthorizationCode => read_code(form, seals).map(Self::AuthorizationCode),
            GrantType::RefreshToken => read_refresh(form, seals).map(Self::RefreshToken),
            GrantType::ClientCredentials => read_machine(form).map(Self::ClientCredentials),
            GrantType::DeviceCode => read_poll(form).map(Self::DeviceCode),
            GrantType::TokenExchange => read_exchange(form, app).map(Self::TokenExchange),
            GrantType::JwtBearer => {
                read_assertion(app, keys, client, form).await.map(Self::JwtBearer)
            }
            GrantType::Implicit => Err(unsupported_grant_type("grant_type is not supported here")),
        }
    }

    /// Whether it is answered without a row being written.
    #[must_use]
    pub const fn changes_nothing(&self) -> bool {
        matches!(self, Self::ClientCredentials(_) | Self::TokenExchange(_))
    }
}

fn read_code(form: &Parameters, seals: &Seals) -> Result<Box<CodeExchange>, OAuthError> {
    let text = required(form, "code", "code is missing")?;
    let redirect_uri = required(form, "redirect_uri", "redirect_uri is missing")?;
    let code = AuthorizationCode::open(text, seals)
        .ok_or_else(|| invalid_grant("code is not valid").because("not one of ours"))?;
    Ok(Box::new(CodeExchange {
        text: text.to_owned(),
        code,
        redirect_uri: redirect_uri.to_owned(),
        code_verifier: form.get("code_verifier").map(str::to_owned),
        resource: resource(form)?,
    }))
}

fn read_refresh(form: &Parameters, seals: &Seals) -> Result<Refresh, OAuthError> {
    let text = required(form, "refresh_token", "refresh_token is missing")?;
    let (scope, resource) = (scope(form)?, resource(form)?);
    let token = RefreshToken::open(text, seals)
        .ok_or_else(|| invalid_grant("refresh_token is not valid").because("not one of ours"))?;
    Ok(Refresh { text: text.to_owned(), token, scope, resource })
}

fn read_machine(form: &Parameters) -> Result<Machine, OAuthError> {
    Ok(Machine { scope: scope(form)?.unwrap_or_default(), resource: resource(form)? })
}

fn read_poll(form: &Parameters) -> Result<Poll, OAuthError> {
    let text = required(form, "device_code", "device_code is missing")?;
    let code_digest = device::digest(text)
        .ok_or_else(|| invalid_grant("device_code is not valid").because("not one of ours"))?;
    Ok(Poll { code_digest, resource: resource(form)? })
}

fn read_exchange(form: &Parameters, app: &App) -> Result<Box<Exchange>, OAuthError> {
    let text = required(form, "subject_token", "subject_token is missing")?;
    let kind = required(form, "subject_token_type", "subject_token_type is missing")?;
    if kind != access_token::TYPE {
        return Err(invalid_request("subject_token_type must be that of an access token"));
    }
    if form.get("requested_token_type").is_some_and(|wanted| wanted != access_token::TYPE) {
        return Err(invalid_request("requested_token_type must be that of an access token"));
    }
    if form.get("actor_token").is_some() || form.get("actor_token_type").is_some() {
        return Err(invalid_request("actor_token is not needed: who acts is the client that asks"));
    }
    let (target, scope) = (target(form)?, scope(form)?);
    let subject = AccessToken::read(text, app).ok_or_else(|| {
        invalid_request("subject_token is not valid, or not meant for the API that presents it")
            .because("not one of ours")
    })?;
    Ok(Box::new(Exchange { subject, target, scope }))
}

/// The one API that the token of an exchange shall be for (RFC 8693 §2.1).
fn target(form: &Parameters) -> Result<Target, OAuthError> {
    let resource = resource(form)?;
    let mut audiences = form.all("audience");
    match (resource, audiences.next(), audiences.next()) {
        (Some(resource), None, _) => Ok(Target::Resource(resource)),
        (None, Some(audience), None) => Ok(Target::Audience(audience.to_owned())),
        (None, None, _) => Err(invalid_request("resource or audience must name an API")),
        _ => Err(invalid_target("one resource or audience at a time")),
    }
}

async fn read_assertion(
    app: &App,
    keys: &ClientKeys,
    client: &Client,
    form: &Parameters,
) -> Result<Asserted, OAuthError> {
    let jwt = required(form, "assertion", "assertion is missing")?;
    let (scope, resource) = (scope(form)?, resource(form)?);
    let Once { subject, id, until } = assertion::granting(app, keys, client, jwt).await?;
    Ok(Asserted { subject, id, until, scope, resource })
}

fn scope(form: &Parameters) -> Result<Option<Scope>, OAuthError> {
    form.get("scope").map(str::parse).transpose()
}

/// The one API that tokens shall be for (RFC 8707 §2). We make no token for several at once: what
/// one of them may do with it, the others could do too.
pub(in crate::oauth) fn resource(form: &Parameters) -> Result<Option<String>, OAuthError> {
    let mut named = form.all("resource");
    let first = named.next().map(str::parse::<Resource>).transpose()?;
    if named.next().is_some() {
        return Err(invalid_target("one resource at a time"));
    }
    Ok(first.map(|resource| resource.as_str().to_owned()))
}

fn required<'a>(
    form: &'a Parameters,
    name: &str,
    missing: &'static str,
) -> Result<&'a str, OAuthError> {
    form.get(name).ok_or_else(|| invalid_request(missing))
}
