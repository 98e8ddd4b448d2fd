//! From what a client says to what we know: every rule once, then the defaults.

use url::Host;

use super::{
    ApplicationType, ClientMetadata, ClientType, ProposedMetadata, SubjectType,
    TokenEndpointAuthMethod, addresses, apis, grants, keys, members::Settled,
};
use crate::{
    crypto::jose::Algorithm,
    protocol::{
        error::{OAuthError, invalid_client_metadata},
        response::ResponseType,
    },
};

const MOST_IN_A_LIST: usize = 20;
const MOST_CHARACTERS: usize = 200;

/// What the operator decided about registrations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Whether addresses on this machine may be fetched, called or shown.
    pub loopback: Loopback,
    /// Which answers the authorization endpoint gives.
    pub offer: Offer,
    /// The `subject_type` of a client that names none.
    pub default_subject_type: SubjectType,
    /// The `id_token_signed_response_alg` of a client that names none.
    pub default_id_token_alg: Algorithm,
    /// Whether confidential clients may leave PKCE out.
    pub pkce: Pkce,
}

/// Whether confidential clients may register that they do not use PKCE (RFC 7636).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pkce {
    /// They may.
    Waivable,
    /// Those that say nothing of it do: OpenID certification registers clients that know no PKCE.
    Waived,
    /// Everybody uses it.
    Always,
}

/// Whether http on this machine is good enough, as it is for development.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loopback {
    /// `http://localhost…` is as good as https.
    Allowed,
    /// Only https will do.
    Refused,
}

/// Which answers the authorization endpoint gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Codes, as OAuth 2.1 has it.
    CodeOnly,
    /// Everything the OpenID certification asks for: implicit, hybrid, requests by reference.
    Certification,
}

impl Offer {
    /// The response types that the authorization endpoint answers. An access token alone is never
    /// one: what certification calls implicit always comes with an ID token that it is bound to.
    #[must_use]
    pub const fn response_types(self) -> &'static [ResponseType] {
        match self {
            Self::CodeOnly => &[ResponseType::Code],
            Self::Certification => &[
                ResponseType::Code,
                ResponseType::IdToken,
                ResponseType::IdTokenToken,
                ResponseType::CodeIdToken,
                ResponseType::CodeToken,
                ResponseType::CodeIdTokenToken,
            ],
        }
    }
}

impl ProposedMetadata {
    /// Judges what a client says of itself, and fills in what it left out (RFC 7591 §2, §2.1).
    pub fn check(mut self, rules: Rules) -> Result<ClientMetadata, OAuthError> {
        judge_texts(&self)?;
        judge_scope(&self)?;
        judge_offer(&self, rules)?;
        addresses::judge(&self, rules)?;
        apis::judge(&self)?;

        let method = self.token_endpoint_auth_method;
        let method = method.unwrap_or(TokenEndpointAuthMethod::ClientSecretBasic);
        let application_type = self.application_type.unwrap_or(ApplicationType::Web);
        let grant_types = grants::grant_types(&self);
        let response_types = grants::response_types(&self, &grant_types);
        grants::judge(&grant_types, &response_types, rules)?;
        grants::judge_authentication(&self, method, &grant_types)?;
        keys::judge(&self, method)?;
        keys::fill_in(&mut self);
        if rules.pkce == Pkce::Waived && method != TokenEndpointAuthMethod::None {
            self.require_pkce.get_or_insert(false);
        }

        let redirect_uris = addresses::redirect_uris(self.redirect_uris.as_deref())?;
        let after_logout = addresses::redirect_uris(self.post_logout_redirect_uris.as_deref())?;
        addresses::judge_redirect_uris(&redirect_uris, application_type, &grant_types)?;
        let client_type = ClientType::of(application_type, method, &grant_types);
        client_type.judge(&grant_types, &redirect_uris)?;
        addresses::judge_frontchannel(&self, &redirect_uris)?;

        let said = |flag: Option<bool>| flag.unwrap_or(false);
        let settled = Settled {
            redirect_uris,
            grant_types,
            response_types,
            application_type,
            token_endpoint_auth_method: method,
            subject_type: self.subject_type.unwrap_or(rules.default_subject_type),
            id_token_signed_response_alg: self
                .id_token_signed_response_alg
                .unwrap_or(rules.default_id_token_alg),
            require_auth_time: said(self.require_auth_time),
            require_pushed_authorization_requests: said(self.require_pushed_authorization_requests),
            require_signed_request_object: said(self.require_signed_request_object),
            post_logout_redirect_uris: after_logout,
            backchannel_logout_session_required: said(self.backchannel_logout_session_required),
            frontchannel_logout_session_required: said(self.frontchannel_logout_session_required),
        };
        Ok(settled.with(self))
    }
}

/// What is asked for must be something we do.
fn judge_offer(said: &ProposedMetadata, rules: Rules) -> Result<(), OAuthError> {
    let bound = [said.tls_client_certificate_bound_access_tokens, said.dpop_bound_access_tokens];
    if bound.contains(&Some(true)) {
        return Err(invalid_client_metadata("tokens bound to a key are not offered"));
    }
    if said.request_object_encryption_alg.is_some() {
        return Err(invalid_client_metadata(
            "request objects are not decrypted: leave request_object_encryption_alg out",
        ));
    }
    let by_reference = said.request_uris.as_ref().is_some_and(|uris| !uris.is_empty());
    if by_reference && rules.offer == Offer::CodeOnly {
        return Err(invalid_client_metadata("request_uris are not offered; push the request"));
    }
    if said.require_pkce == Some(false) && rules.pkce == Pkce::Always {
        return Err(invalid_client_metadata("require_pkce cannot be false at this server"));
    }
    Ok(())
}

/// Texts that people read are one line of what can be seen; lists are short.
fn judge_texts(said: &ProposedMetadata) -> Result<(), OAuthError> {
    let texts = [
        (&said.client_name, "client_name must be one line of 1 to 200 visible characters"),
        (&said.software_id, "software_id must be one line of 1 to 200 visible characters"),
        (
            &said.software_version,
            "software_version must be one line of 1 to 200 visible characters",
        ),
    ];
    for (text, sentence) in texts {
        if text.as_deref().is_some_and(|text| !is_line(text)) {
            return Err(invalid_client_metadata(sentence));
        }
    }
    let lists = [
        (&said.contacts, "contacts must be at most 20 short lines"),
        (&said.default_acr_values, "default_acr_values must be at most 20 short words"),
    ];
    for (list, sentence) in lists {
        let short =
            |list: &Vec<String>| list.len() <= MOST_IN_A_LIST && list.iter().all(|it| is_line(it));
        if !list.as_ref().is_none_or(short) {
            return Err(invalid_client_metadata(sentence));
        }
    }
    let domains = said.email_sender_domains.as_deref().unwrap_or_default();
    if domains.len() > MOST_IN_A_LIST || !domains.iter().all(|domain| is_domain(domain)) {
        return Err(invalid_client_metadata(
            "email_sender_domains must be at most 20 domains in lower case, such as shop.example",
        ));
    }
    Ok(())
}

/// What people may leave out, and why the rest is wanted.
fn judge_scope(said: &ProposedMetadata) -> Result<(), OAuthError> {
    let optional = said.optional_scope.clone().unwrap_or_default();
    if optional.contains("openid") {
        return Err(invalid_client_metadata("optional_scope cannot hold openid"));
    }
    if said.scope.as_ref().is_some_and(|scope| !optional.is_subset_of(scope)) {
        return Err(invalid_client_metadata("optional_scope must be a part of scope"));
    }
    let reasons = said.scope_reasons.as_ref();
    let short = reasons.is_none_or(|reasons| {
        reasons.len() <= MOST_IN_A_LIST && reasons.values().all(|reason| is_line(reason))
    });
    if !short {
        return Err(invalid_client_metadata("scope_reasons must be at most 20 short lines"));
    }
    Ok(())
}

fn is_domain(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
    let parsed = matches!(Host::parse(text), Ok(Host::Domain(domain)) if domain == text);
    plain && parsed && text.split('.').count() > 1 && text.split('.').all(|label| !label.is_empty())
}

fn is_line(text: &str) -> bool {
    !text.trim().is_empty()
        && text.chars().count() <= MOST_CHARACTERS
        && crate::text::is_one_line(text)
}
