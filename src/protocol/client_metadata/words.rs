//! The words of fixed lists in client metadata.

use crate::protocol::error::invalid_client_metadata;

wire_names! {
    /// How a client proves who it is (RFC 7591 §2, OpenID Connect Core §9).
    TokenEndpointAuthMethod, refused by invalid_client_metadata: "token_endpoint_auth_method is not one this server knows" {
        /// It does not: a public client.
        None => "none",
        /// Its secret in the `Authorization` header.
        ClientSecretBasic => "client_secret_basic",
        /// Its secret in the form.
        ClientSecretPost => "client_secret_post",
        /// A JWT under its secret.
        ClientSecretJwt => "client_secret_jwt",
        /// A JWT under its private key.
        PrivateKeyJwt => "private_key_jwt",
    }
}

impl TokenEndpointAuthMethod {
    /// Whether a secret must be made for the client.
    #[must_use]
    pub const fn needs_secret(self) -> bool {
        matches!(self, Self::ClientSecretBasic | Self::ClientSecretPost | Self::ClientSecretJwt)
    }
}

wire_names! {
    /// Where a client runs (OpenID Connect Dynamic Registration §2).
    ApplicationType, refused by invalid_client_metadata: "application_type is not one this server knows" {
        /// On a web server or in a browser.
        Web => "web",
        /// On the person's own device.
        Native => "native",
    }
}

wire_names! {
    /// Whether clients can compare notes about a person (OpenID Connect Core §8).
    SubjectType, refused by invalid_client_metadata: "subject_type is not one this server knows" {
        /// The same `sub` for everyone.
        Public => "public",
        /// Another `sub` in each sector.
        Pairwise => "pairwise",
    }
}

wire_names! {
    /// What access tokens for an API are.
    AccessTokenFormat, refused by invalid_client_metadata: "access_token_format is not one this server knows" {
        /// JWTs that the API can check by itself (RFC 9068).
        Jwt => "jwt",
        /// Texts that only this server can read: the API asks it (RFC 7662).
        Opaque => "opaque",
    }
}
