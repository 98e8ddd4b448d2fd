//! What the provider says of itself, read over HTTP and believed for a while.

use std::{cell::RefCell, rc::Rc, time::Duration};

use openidconnect::{
    AdditionalProviderMetadata, DeviceAuthorizationUrl, EndSessionUrl, IntrospectionUrl, IssuerUrl,
    ProviderMetadata,
    core::{
        CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType,
        CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
        CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
    },
};
use serde::{Deserialize, Serialize};

use super::{http::Http, trouble::Trouble};
use crate::clock::{Clock, Moment};

/// How long a discovery document is believed before it is read again.
const BELIEVED: Duration = Duration::from_mins(10);

/// The discovery document (OpenID Connect Discovery §3) with its keys.
pub type Metadata = ProviderMetadata<
    Beside,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// What is read of the document beside the fields of Discovery.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Beside {
    /// RP-Initiated Logout §2.1.
    pub end_session_endpoint: Option<EndSessionUrl>,
    /// RFC 8414 §2.
    pub introspection_endpoint: Option<IntrospectionUrl>,
    /// RFC 8628 §4.
    pub device_authorization_endpoint: Option<DeviceAuthorizationUrl>,
    /// RFC 9207 §3.
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Beside {}

/// Reads the document when it is needed and not younger than it should be.
pub struct Discovery {
    issuer: IssuerUrl,
    clock: Clock,
    known: RefCell<Option<(Moment, Rc<Metadata>)>>,
}

impl Discovery {
    /// Nothing is fetched yet.
    #[must_use]
    pub fn new(issuer: IssuerUrl, clock: Clock) -> Self {
        Self { issuer, clock, known: RefCell::default() }
    }

    /// Whose document it is.
    #[must_use]
    pub const fn issuer(&self) -> &IssuerUrl {
        &self.issuer
    }

    /// The document, and the keys that belong to it.
    pub async fn metadata(&self, http: &Http) -> Result<Rc<Metadata>, Trouble> {
        let now = self.clock.now();
        let known = self.known.borrow().clone();
        if let Some((_, metadata)) = known.filter(|known| now.since(known.0) <= BELIEVED) {
            return Ok(metadata);
        }
        let read = Rc::new(Metadata::discover_async(self.issuer.clone(), http).await?);
        self.known.replace(Some((now, Rc::clone(&read))));
        Ok(read)
    }

    /// Forgets what it read: the next caller reads it anew.
    pub fn forget(&self) {
        self.known.take();
    }
}
