//! Form → [`TokenRequest`]: a variant per grant, with what that grant needs and nothing else.

use crate::{
    app::Seals,
    oauth::{
        device,
        issue::{code::AuthorizationCode, refresh_token::RefreshToken},
    },
    protocol::{
        error::{OAuthError, invalid_grant, invalid_request, unsupported_grant_type},
        grant_type::GrantType,
        resource::Resource,
        scope::Scope,
    },
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

impl TokenRequest {
    /// Reads the form. A code or token that we did not make is `invalid_grant` at once.
    ///
    /// # Errors
    /// By RFC 6749 §5.2.
    pub fn read(form: &Parameters, seals: &Seals) -> Result<Self, OAuthError> {
        let grant_type = required(form, "grant_type", "grant_type is missing")?;
        match grant_type.parse()? {
            GrantType::AuthorizationCode => read_code(form, seals).map(Self::AuthorizationCode),
            GrantType::RefreshToken => read_refresh(form, seals).map(Self::RefreshToken),
            GrantType::ClientCredentials => read_machine(form).map(Self::ClientCredentials),
            GrantType::DeviceCode => read_poll(form).map(Self::DeviceCode),
            _ => Err(unsupported_grant_type("grant_type is not supported here")),
        }
    }

    /// The grant type it asks by.
    #[must_use]
    pub const fn grant_type(&self) -> GrantType {
        match self {
            Self::AuthorizationCode(_) => GrantType::AuthorizationCode,
            Self::RefreshToken(_) => GrantType::RefreshToken,
            Self::ClientCredentials(_) => GrantType::ClientCredentials,
            Self::DeviceCode(_) => GrantType::DeviceCode,
        }
    }

    /// Whether it is answered without a row being written.
    #[must_use]
    pub const fn changes_nothing(&self) -> bool {
        matches!(self, Self::ClientCredentials(_))
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
    let scope = form.get("scope").map(str::parse).transpose()?;
    let resource = resource(form)?;
    let token = RefreshToken::open(text, seals)
        .ok_or_else(|| invalid_grant("refresh_token is not valid").because("not one of ours"))?;
    Ok(Refresh { text: text.to_owned(), token, scope, resource })
}

fn read_machine(form: &Parameters) -> Result<Machine, OAuthError> {
    let scope = form.get("scope").map(str::parse).transpose()?.unwrap_or_default();
    Ok(Machine { scope, resource: resource(form)? })
}

fn read_poll(form: &Parameters) -> Result<Poll, OAuthError> {
    let text = required(form, "device_code", "device_code is missing")?;
    let code_digest = device::digest(text)
        .ok_or_else(|| invalid_grant("device_code is not valid").because("not one of ours"))?;
    Ok(Poll { code_digest, resource: resource(form)? })
}

/// The one API that tokens shall be for (RFC 8707 §2). We make no token for several at once: what
/// one of them may do with it, the others could do too.
pub(in crate::oauth) fn resource(form: &Parameters) -> Result<Option<String>, OAuthError> {
    let mut named = form.all("resource");
    let first = named.next().map(str::parse::<Resource>).transpose()?;
    if named.next().is_some() {
        return Err(crate::protocol::error::invalid_target("one resource at a time"));
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
