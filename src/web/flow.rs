//! An authorization request on its way through our pages.
//!
//! The whole request rides along, sealed, so each tab carries its own, nothing is stored for
//! strangers, and a step that is reloaded or late starts again at the same app. It is bound to the
//! browser it began in.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use super::{cookies::BrowserId, form::Parameters, urls};
use crate::{
    clock::Moment,
    crypto::seal::Sealer,
    store::{clients::ClientId, sessions::SessionId},
};

/// An authorization request that waits for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// The app that asks.
    pub client_id: ClientId,
    /// All it asked, as it asked it; checked again at every step.
    pub parameters: Parameters,
    /// The browser it began in.
    pub browser: BrowserId,
    /// When: what was proved or allowed since counts as done for this request.
    pub started_at: Moment,
    /// The pushed request it is (RFC 9126): answered once.
    pub pushed: Option<Vec<u8>>,
    /// Whether the client signed it (RFC 9101).
    pub signed: bool,
    /// The session the person chose to go on with (`prompt=select_account`).
    pub chosen: Option<SessionId>,
    /// Whether the account has no further way to make us surer: nothing more is asked of it.
    pub exhausted: bool,
}

impl Flow {
    /// The flow as it travels in addresses and forms.
    #[must_use]
    pub fn seal(&self, sealer: &Sealer) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(sealer.seal(self))
    }

    /// Reads a flow that we sealed; whose browser it is must still be asked.
    #[must_use]
    pub fn open(text: &str, sealer: &Sealer) -> Option<Self> {
        sealer.open(&BASE64_URL_SAFE_NO_PAD.decode(text).ok()?)
    }

    /// Where the same request begins afresh.
    #[must_use]
    pub fn beginning(&self) -> String {
        format!("{}?{}", urls::AUTHORIZE, self.parameters.encode())
    }
}
