//! Grant types: the ways to ask for a token.

use super::error::unsupported_grant_type;

wire_names! {
    /// A way to ask for a token (RFC 6749 §1.3 and its extensions).
    GrantType, refused by unsupported_grant_type: "grant_type is not one this server knows" {
        /// RFC 6749 §4.1
        AuthorizationCode => "authorization_code",
        /// RFC 6749 §4.2: no grant at the token endpoint, but a registered one
        Implicit => "implicit",
        /// RFC 6749 §6
        RefreshToken => "refresh_token",
        /// RFC 6749 §4.4
        ClientCredentials => "client_credentials",
        /// RFC 8628 §3.4
        DeviceCode => "urn:ietf:params:oauth:grant-type:device_code",
        /// RFC 8693 §2.1
        TokenExchange => "urn:ietf:params:oauth:grant-type:token-exchange",
        /// RFC 7523 §2.1
        JwtBearer => "urn:ietf:params:oauth:grant-type:jwt-bearer",
    }
}

impl GrantType {
    /// Whether a person stands behind its tokens, so that a refresh token may come with them.
    #[must_use]
    pub const fn may_be_refreshed(self) -> bool {
        matches!(self, Self::AuthorizationCode | Self::DeviceCode)
    }

    /// Whether it begins with a browser that must be sent back.
    #[must_use]
    pub const fn needs_redirect_uri(self) -> bool {
        matches!(self, Self::AuthorizationCode | Self::Implicit)
    }

    /// Whether only a client that proves who it is may use it.
    #[must_use]
    pub const fn needs_authentication(self) -> bool {
        matches!(self, Self::ClientCredentials | Self::TokenExchange | Self::JwtBearer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_read_as_it_is_written() {
        for grant_type in GrantType::ALL {
            assert_eq!(grant_type.as_str().parse(), Ok(*grant_type));
        }
    }

    #[test]
    fn an_unknown_grant_type_is_refused_by_its_code() {
        for wrong in ["password", "", "Authorization_Code", "device_code"] {
            let refusal = wrong.parse::<GrantType>().unwrap_err();
            assert_eq!(refusal.code.as_str(), "unsupported_grant_type", "{wrong:?}");
        }
    }

    #[test]
    fn a_machine_gets_no_refresh_token() {
        assert!(GrantType::DeviceCode.may_be_refreshed());
        assert!(!GrantType::ClientCredentials.may_be_refreshed());
        assert!(!GrantType::Implicit.may_be_refreshed());
    }
}
