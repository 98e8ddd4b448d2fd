//! The members of client metadata, each named once: as a client says them, and as we keep them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    assertion_alg::AssertionAlg,
    words::{AccessTokenFormat, ApplicationType, SubjectType, TokenEndpointAuthMethod},
};
use crate::{
    crypto::jose::{Algorithm, ContentEncryption, KeyManagement},
    protocol::{
        grant_type::GrantType, redirect_uri::RedirectUri, response::ResponseType, scope::Scope,
    },
};

/// Makes three types of one list, so that none can forget a member.
macro_rules! members {
    (
        settled { $($(#[$settled_doc:meta])* $settled:ident: $kept:ty, said as $proposed:ty;)* }
        optional { $($(#[$optional_doc:meta])* $optional:ident: $type:ty,)* }
    ) => {
        /// What a client says of itself: typed, but not yet judged. Unknown members are ignored
        /// (RFC 7591 §2), and so are names in other languages (`client_name#de`); a member of the
        /// wrong type never is.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        pub struct ProposedMetadata {
            $(
                $(#[$settled_doc])*
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $settled: Option<$proposed>,
            )*
            $(
                $(#[$optional_doc])*
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $optional: Option<$type>,
            )*
        }

        /// What we know of a client: judged, with every default filled in. Kept as JSON, and
        /// answered to whoever registers (RFC 7591 §3.2.1).
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub struct ClientMetadata {
            $($(#[$settled_doc])* pub $settled: $kept,)*
            $(
                $(#[$optional_doc])*
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $optional: Option<$type>,
            )*
        }

        /// The members that every client has, whether it said them or not.
        pub(super) struct Settled {
            $(pub(super) $settled: $kept,)*
        }

        impl Settled {
            /// Joins them with what was said.
            pub(super) fn with(self, said: ProposedMetadata) -> ClientMetadata {
                ClientMetadata {
                    $($settled: self.$settled,)*
                    $($optional: said.$optional,)*
                }
            }
        }

        /// Each member, and the refusal for a value of the wrong kind.
        pub(super) const MEMBERS: &[(&str, &str)] = &[
            $((stringify!($settled), concat!(stringify!($settled), " has the wrong type or an unknown value")),)*
            $((stringify!($optional), concat!(stringify!($optional), " has the wrong type or an unknown value")),)*
        ];
    };
}

members! {
    settled {
        /// Where answers may go (RFC 7591 §2).
        redirect_uris: Vec<RedirectUri>, said as Vec<String>;
        /// Which ways to ask (RFC 7591 §2); `authorization_code` unless said.
        grant_types: BTreeSet<GrantType>, said as BTreeSet<GrantType>;
        /// Which answers to expect (RFC 7591 §2); `code` unless said.
        response_types: BTreeSet<ResponseType>, said as BTreeSet<ResponseType>;
        /// Where it runs (OpenID Connect Dynamic Registration §2); `web` unless said.
        application_type: ApplicationType, said as ApplicationType;
        /// How it proves who it is (RFC 7591 §2); `client_secret_basic` unless said.
        token_endpoint_auth_method: TokenEndpointAuthMethod, said as TokenEndpointAuthMethod;
        /// Which kind of `sub` it gets (OpenID Connect Dynamic Registration §2).
        subject_type: SubjectType, said as SubjectType;
        /// How its ID tokens are signed (OpenID Connect Dynamic Registration §2).
        id_token_signed_response_alg: Algorithm, said as Algorithm;
        /// Whether every ID token tells `auth_time` (OpenID Connect Dynamic Registration §2).
        require_auth_time: bool, said as bool;
        /// Whether it always pushes its requests (RFC 9126 §6).
        require_pushed_authorization_requests: bool, said as bool;
        /// Whether it always signs its requests (RFC 9101 §10.5).
        require_signed_request_object: bool, said as bool;
        /// Where a browser may go after signing out (RP-Initiated Logout §3.1).
        post_logout_redirect_uris: Vec<RedirectUri>, said as Vec<String>;
        /// Whether its logout tokens need a `sid` (Back-Channel Logout §2.2).
        backchannel_logout_session_required: bool, said as bool;
        /// Whether its logout page needs `iss` and `sid` (Front-Channel Logout §2).
        frontchannel_logout_session_required: bool, said as bool;
    }
    optional {
        /// Its name, for people (RFC 7591 §2).
        client_name: String,
        /// Its home page (RFC 7591 §2).
        client_uri: String,
        /// Its logo (RFC 7591 §2).
        logo_uri: String,
        /// What it does with personal data (RFC 7591 §2).
        policy_uri: String,
        /// Its terms (RFC 7591 §2).
        tos_uri: String,
        /// Whom to write to (RFC 7591 §2).
        contacts: Vec<String>,
        /// Which software it is (RFC 7591 §2).
        software_id: String,
        /// Which version of it (RFC 7591 §2).
        software_version: String,
        /// What it may ask for (RFC 7591 §2).
        scope: Scope,
        /// What of that people may leave out: an extension of ours.
        optional_scope: Scope,
        /// Why it wants a scope, in its own words, by the scope: an extension of ours.
        scope_reasons: BTreeMap<String, String>,
        /// The domains that it sends mail from, with all below them: only these reach addresses that
        /// were made for it. An extension of ours.
        email_sender_domains: Vec<String>,
        /// Its public keys (RFC 7591 §2).
        jwks: Value,
        /// Where its public keys are (RFC 7591 §2).
        jwks_uri: String,
        /// How its assertions are signed (OpenID Connect Dynamic Registration §2).
        token_endpoint_auth_signing_alg: AssertionAlg,
        /// A list of all redirect URIs that share its `sub` (OpenID Connect Core §8.1).
        sector_identifier_uri: String,
        /// How the key of its ID tokens is encrypted (OpenID Connect Dynamic Registration §2).
        id_token_encrypted_response_alg: KeyManagement,
        /// How its ID tokens are encrypted (OpenID Connect Dynamic Registration §2).
        id_token_encrypted_response_enc: ContentEncryption,
        /// How its userinfo answers are signed (OpenID Connect Dynamic Registration §2).
        userinfo_signed_response_alg: Algorithm,
        /// How the key of its userinfo answers is encrypted (OpenID Connect Dynamic Registration §2).
        userinfo_encrypted_response_alg: KeyManagement,
        /// How its userinfo answers are encrypted (OpenID Connect Dynamic Registration §2).
        userinfo_encrypted_response_enc: ContentEncryption,
        /// How its introspection answers are signed (RFC 9701 §6).
        introspection_signed_response_alg: Algorithm,
        /// How the key of its introspection answers is encrypted (RFC 9701 §6).
        introspection_encrypted_response_alg: KeyManagement,
        /// How its introspection answers are encrypted (RFC 9701 §6).
        introspection_encrypted_response_enc: ContentEncryption,
        /// How its request objects are signed (OpenID Connect Dynamic Registration §2).
        request_object_signing_alg: Algorithm,
        /// How the key of its request objects is encrypted (OpenID Connect Dynamic Registration §2): not
        /// offered.
        request_object_encryption_alg: String,
        /// Where its request objects may be (OpenID Connect Dynamic Registration §2).
        request_uris: Vec<String>,
        /// How old a sign-in may be, in seconds (OpenID Connect Dynamic Registration §2).
        default_max_age: u32,
        /// How sure of a person it wants to be (OpenID Connect Dynamic Registration §2).
        default_acr_values: Vec<String>,
        /// Where others may send people to begin (OpenID Connect Core §4).
        initiate_login_uri: String,
        /// Where its server is told of a sign-out (Back-Channel Logout §2.2).
        backchannel_logout_uri: String,
        /// Where its server is told of events (RFC 8935): an extension of ours.
        event_uri: String,
        /// What a browser loads when signing out (Front-Channel Logout §2).
        frontchannel_logout_uri: String,
        /// Whether its access tokens are bound to a key (RFC 9449 §5.2): not offered.
        dpop_bound_access_tokens: bool,
        /// Whether its tokens are bound to a certificate (RFC 8705 §3.4): not offered.
        tls_client_certificate_bound_access_tokens: bool,
        /// The APIs it is, by the names that tokens are asked for (RFC 8707): it may introspect those.
        resources: Vec<String>,
        /// What access tokens for its APIs are: `jwt` unless said (RFC 9068).
        access_token_format: AccessTokenFormat,
        /// How access tokens for its APIs are signed, if they are JWTs; `ES256` unless said.
        access_token_signed_response_alg: Algorithm,
        /// Whether it must use PKCE: everyone, unless a confidential client says `false` here.
        require_pkce: bool,
    }
}
