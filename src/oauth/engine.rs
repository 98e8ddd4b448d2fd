//! Where oxide-auth meets our types.
//!
//! Its state machines walk the flows of RFC 6749 and ask; we answer. All rules of ours stand
//! outside its traits, which cannot say why something was refused. Its clock is never asked: it is
//! handed a far `until`, because expiry has been judged by then.

use std::borrow::Cow;

use oxide_auth::{
    code_grant::{accesstoken, authorization, client_credentials, refresh},
    endpoint::Scope as OxideScope,
    primitives::{
        grant::{Extensions, Grant},
        registrar::{BoundClient, ExactUrl, PreGrant, RegisteredUrl},
    },
};

use crate::protocol::{
    error::{
        OAuthError, access_denied, invalid_client, invalid_grant, invalid_request, invalid_scope,
        server_error, unauthorized_client, unsupported_grant_type, unsupported_response_type,
    },
    scope::Scope,
};

/// A request at the authorization endpoint, as the machine reads it.
pub struct Asking<'a> {
    /// The client, found already.
    pub client_id: &'a str,
    /// The redirect URI, matched already.
    pub redirect_uri: &'a str,
    /// What is asked for.
    pub scope: &'a Scope,
    /// What the client wants to hear again.
    pub state: Option<&'a str>,
}

impl authorization::Request for Asking<'_> {
    fn valid(&self) -> bool {
        true
    }

    fn client_id(&self) -> Option<Cow<'_, str>> {
        Some(self.client_id.into())
    }

    fn scope(&self) -> Option<Cow<'_, str>> {
        (!self.scope.is_empty()).then(|| self.scope.as_str().into())
    }

    fn redirect_uri(&self) -> Option<Cow<'_, str>> {
        Some(self.redirect_uri.into())
    }

    fn state(&self) -> Option<Cow<'_, str>> {
        self.state.map(Into::into)
    }

    fn response_type(&self) -> Option<Cow<'_, str>> {
        Some("code".into())
    }

    fn extension(&self, _: &str) -> Option<Cow<'_, str>> {
        None
    }
}

/// A code presented at the token endpoint, by a client authenticated already.
pub struct Exchanging<'a> {
    /// The client.
    pub client_id: &'a str,
    /// The code.
    pub code: &'a str,
    /// The redirect URI, compared already.
    pub redirect_uri: &'a str,
}

impl accesstoken::Request for Exchanging<'_> {
    fn valid(&self) -> bool {
        true
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some(self.code.into())
    }

    fn authorization(&self) -> accesstoken::Authorization<'_> {
        accesstoken::Authorization::None
    }

    fn client_id(&self) -> Option<Cow<'_, str>> {
        Some(self.client_id.into())
    }

    fn redirect_uri(&self) -> Option<Cow<'_, str>> {
        Some(self.redirect_uri.into())
    }

    fn grant_type(&self) -> Option<Cow<'_, str>> {
        Some("authorization_code".into())
    }

    fn extension(&self, _: &str) -> Option<Cow<'_, str>> {
        None
    }
}

/// A refresh token presented by a client authenticated already.
pub struct Refreshing<'a> {
    /// The client.
    pub client_id: &'a str,
    /// The token.
    pub refresh_token: &'a str,
    /// A narrower scope, if one is asked for.
    pub scope: Option<&'a str>,
}

impl refresh::Request for Refreshing<'_> {
    fn valid(&self) -> bool {
        true
    }

    fn refresh_token(&self) -> Option<Cow<'_, str>> {
        Some(self.refresh_token.into())
    }

    fn scope(&self) -> Option<Cow<'_, str>> {
        self.scope.map(Into::into)
    }

    fn grant_type(&self) -> Option<Cow<'_, str>> {
        Some("refresh_token".into())
    }

    fn authorization(&self) -> Option<(Cow<'_, str>, Cow<'_, [u8]>)> {
        // The machine wants credentials where we hand it a client: they were checked before.
        Some((self.client_id.into(), b"".as_slice().into()))
    }

    fn extension(&self, _: &str) -> Option<Cow<'_, str>> {
        None
    }
}

/// A client that asks for itself, authenticated already.
pub struct Machine<'a> {
    /// The client.
    pub client_id: &'a str,
    /// What it asks for.
    pub scope: &'a Scope,
}

impl client_credentials::Request for Machine<'_> {
    fn valid(&self) -> bool {
        true
    }

    fn authorization(&self) -> Option<(Cow<'_, str>, Cow<'_, [u8]>)> {
        Some((self.client_id.into(), b"".as_slice().into()))
    }

    fn scope(&self) -> Option<Cow<'_, str>> {
        (!self.scope.is_empty()).then(|| self.scope.as_str().into())
    }

    fn grant_type(&self) -> Option<Cow<'_, str>> {
        Some("client_credentials".into())
    }

    fn extension(&self, _: &str) -> Option<Cow<'_, str>> {
        None
    }
}

/// A grant as the machines know one: whose, for whom, for what.
///
/// # Errors
/// If the redirect URI is none, which registration does not let happen.
pub fn grant(
    owner_id: String,
    client_id: &str,
    redirect_uri: &str,
    granted: &Scope,
) -> Result<Grant, OAuthError> {
    Ok(Grant {
        owner_id,
        client_id: client_id.to_owned(),
        scope: scope(granted)?,
        redirect_uri: redirect_uri.parse().map_err(broken)?,
        until: chrono::DateTime::<chrono::Utc>::MAX_UTC,
        extensions: Extensions::new(),
    })
}

/// A client bound to its redirect URI.
///
/// # Errors
/// As [`grant`].
pub fn bound(client_id: &str, redirect_uri: &str) -> Result<BoundClient<'static>, OAuthError> {
    Ok(BoundClient {
        client_id: Cow::Owned(client_id.to_owned()),
        redirect_uri: Cow::Owned(url(redirect_uri)?),
    })
}

/// What was negotiated with a client.
///
/// # Errors
/// As [`grant`].
pub fn negotiated(client: &BoundClient<'_>, granted: &Scope) -> Result<PreGrant, OAuthError> {
    Ok(PreGrant {
        client_id: client.client_id.clone().into_owned(),
        redirect_uri: client.redirect_uri.clone().into_owned(),
        scope: scope(granted)?,
    })
}

fn url(text: &str) -> Result<RegisteredUrl, OAuthError> {
    ExactUrl::new(text.to_owned()).map(RegisteredUrl::Exact).map_err(broken)
}

/// Our scope in its type. An empty one has no word there, so it is called by a word no client may ask for.
fn scope(ours: &Scope) -> Result<OxideScope, OAuthError> {
    let words = if ours.is_empty() { "-" } else { ours.as_str() };
    words.parse().map_err(broken)
}

fn broken(error: impl std::fmt::Display) -> OAuthError {
    server_error("the request cannot be walked").because(error)
}

/// What the machine at the authorization endpoint refused, by its code.
#[must_use]
pub fn authorization_refusal(error: authorization::Error) -> OAuthError {
    use oxide_auth::code_grant::error::AuthorizationErrorType as Kind;
    let authorization::Error::Redirect(mut url) = error else {
        return server_error("the request cannot be walked");
    };
    match url.description().kind() {
        Kind::InvalidRequest => invalid_request("the authorization request is not valid"),
        Kind::UnauthorizedClient => unauthorized_client("the client may not ask this way"),
        Kind::AccessDenied => access_denied("access was denied"),
        Kind::UnsupportedResponseType => {
            unsupported_response_type("this response type is not supported")
        }
        Kind::InvalidScope => invalid_scope("the scope is not valid"),
        _ => server_error("the request cannot be walked"),
    }
}

/// What a machine at the token endpoint refused, by its code.
#[must_use]
pub fn token_refusal(kind: oxide_auth::code_grant::error::AccessTokenErrorType) -> OAuthError {
    use oxide_auth::code_grant::error::AccessTokenErrorType as Kind;
    match kind {
        Kind::InvalidRequest => invalid_request("the token request is not valid"),
        Kind::InvalidClient => invalid_client("the client is not authenticated"),
        Kind::InvalidGrant => invalid_grant("the grant is not valid"),
        Kind::UnauthorizedClient => unauthorized_client("the client may not ask this way"),
        Kind::UnsupportedGrantType => unsupported_grant_type("this grant type is not supported"),
        Kind::InvalidScope => invalid_scope("the scope is not valid"),
    }
}
