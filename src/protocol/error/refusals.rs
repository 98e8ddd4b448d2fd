//! One constructor for each refusal that rules speak of, so that refusing reads as a sentence:
//! `return Err(invalid_grant("code is not valid").because("expired"))`.

use super::{ErrorCode, OAuthError};

macro_rules! refusals {
    ($($name:ident => $code:ident,)*) => {
        $(
            #[doc = concat!("Refuses with `", stringify!($name), "` and a sentence for the client's developer.")]
            #[must_use]
            pub const fn $name(description: &'static str) -> OAuthError {
                OAuthError::new(ErrorCode::$code, description)
            }
        )*
    };
}

refusals! {
    invalid_request => InvalidRequest,
    invalid_client => InvalidClient,
    invalid_grant => InvalidGrant,
    unauthorized_client => UnauthorizedClient,
    unsupported_grant_type => UnsupportedGrantType,
    invalid_scope => InvalidScope,
    access_denied => AccessDenied,
    unsupported_response_type => UnsupportedResponseType,
    server_error => ServerError,
    temporarily_unavailable => TemporarilyUnavailable,
    invalid_token => InvalidToken,
    insufficient_scope => InsufficientScope,
    interaction_required => InteractionRequired,
    login_required => LoginRequired,
    account_selection_required => AccountSelectionRequired,
    consent_required => ConsentRequired,
    invalid_request_uri => InvalidRequestUri,
    invalid_request_object => InvalidRequestObject,
    request_uri_not_supported => RequestUriNotSupported,
    registration_not_supported => RegistrationNotSupported,
    unmet_authentication_requirements => UnmetAuthenticationRequirements,
    invalid_redirect_uri => InvalidRedirectUri,
    invalid_client_metadata => InvalidClientMetadata,
    authorization_pending => AuthorizationPending,
    slow_down => SlowDown,
    expired_token => ExpiredToken,
    invalid_target => InvalidTarget,
    insufficient_user_authentication => InsufficientUserAuthentication,
    too_many_requests => TooManyRequests,
}
