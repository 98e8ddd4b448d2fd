//! What kind of app a client is, and what that kind may do. To know what we allow, read the table.

use std::collections::BTreeSet;

use super::{ApplicationType, TokenEndpointAuthMethod as Method};
use crate::protocol::{
    error::{OAuthError, invalid_client_metadata, invalid_redirect_uri},
    grant_type::GrantType::{
        self, AuthorizationCode, ClientCredentials, DeviceCode, Implicit, JwtBearer, RefreshToken,
        TokenExchange,
    },
    redirect_uri::{
        Kind::{self, Https, Loopback, PrivateUse},
        RedirectUri,
    },
};

/// What kind of app a client is: it follows from what the client says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientType {
    /// Its server keeps a secret or a key.
    Web,
    /// It runs in the browser and keeps nothing.
    SinglePage,
    /// It runs on the person's own device (RFC 8252).
    Native,
    /// It has no browser of its own (RFC 8628).
    Device,
    /// Nobody sits in front of it.
    Machine,
}

/// What one kind may do, and the refusals for the rest.
struct Row {
    grant_types: &'static [GrantType],
    other_grant_type: &'static str,
    redirect_uris: &'static [Kind],
    other_redirect_uri: &'static str,
}

impl ClientType {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Web, Self::SinglePage, Self::Native, Self::Device, Self::Machine];

    /// The kind of a client that says this of itself.
    #[must_use]
    pub fn of(
        application_type: ApplicationType,
        method: Method,
        grant_types: &BTreeSet<GrantType>,
    ) -> Self {
        if !grant_types.iter().any(|grant_type| grant_type.needs_redirect_uri()) {
            if grant_types.contains(&DeviceCode) { Self::Device } else { Self::Machine }
        } else if application_type == ApplicationType::Native {
            Self::Native
        } else if method == Method::None {
            Self::SinglePage
        } else {
            Self::Web
        }
    }

    /// The table. Which answers a kind may expect follows from its grant types (RFC 7591 §2.1), and
    /// whether it must prove who it is from [`GrantType::needs_authentication`].
    const fn row(self) -> Row {
        const BY_BROWSER: &str = "only a native app may have a scheme of its own";
        const NO_BROWSER: &str = "a client that sends nobody to us has no redirect_uris";
        match self {
            Self::Web => Row {
                grant_types: &[
                    AuthorizationCode,
                    Implicit,
                    RefreshToken,
                    ClientCredentials,
                    TokenExchange,
                    JwtBearer,
                ],
                other_grant_type: "a web app is no device: register a client of its own for device_code",
                redirect_uris: &[Https, Loopback],
                other_redirect_uri: BY_BROWSER,
            },
            Self::SinglePage => Row {
                grant_types: &[AuthorizationCode, Implicit, RefreshToken],
                other_grant_type: "an app in the browser may have authorization_code and refresh_token, nothing else",
                redirect_uris: &[Https, Loopback],
                other_redirect_uri: BY_BROWSER,
            },
            Self::Native => Row {
                grant_types: &[AuthorizationCode, RefreshToken, DeviceCode],
                other_grant_type: "a native app may have authorization_code, device_code and refresh_token, nothing else",
                redirect_uris: &[Https, Loopback, PrivateUse],
                other_redirect_uri: BY_BROWSER,
            },
            Self::Device => Row {
                grant_types: &[DeviceCode, RefreshToken],
                other_grant_type: "a device may have device_code and refresh_token, nothing else",
                redirect_uris: &[],
                other_redirect_uri: NO_BROWSER,
            },
            Self::Machine => Row {
                grant_types: &[ClientCredentials, TokenExchange, JwtBearer, RefreshToken],
                other_grant_type: "a machine has no grant that needs a browser",
                redirect_uris: &[],
                other_redirect_uri: NO_BROWSER,
            },
        }
    }

    /// Judges what a client of this kind wants by the table.
    pub(super) fn judge(
        self,
        grant_types: &BTreeSet<GrantType>,
        redirect_uris: &[RedirectUri],
    ) -> Result<(), OAuthError> {
        let row = self.row();
        if let Some(other) = grant_types.iter().find(|it| !row.grant_types.contains(it)) {
            return Err(invalid_client_metadata(row.other_grant_type).because(other));
        }
        if let Some(other) =
            redirect_uris.iter().find(|uri| !row.redirect_uris.contains(&uri.kind()))
        {
            return Err(invalid_redirect_uri(row.other_redirect_uri).because(other.as_str()));
        }
        Ok(())
    }
}
