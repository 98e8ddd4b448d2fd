//! From the code to the answer: what a person typed rides along sealed, so that nobody answers a
//! request whose code they have not typed in this browser and session (security rule 4).

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{
    app::Seals,
    protocol::user_code::UserCode,
    store::{sessions::SessionId, token_families::FamilyId},
    web::{
        cookies::BrowserId,
        error::{Kind, PageError},
        form::Parameters,
        visitor::{SignedIn, Visitor},
    },
};

/// The name it travels under, in addresses and forms.
pub const PARAMETER: &str = "request";

/// A request of a device, whose code somebody typed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ticket {
    /// The request.
    pub id: FamilyId,
    /// The code they typed, to be shown again.
    pub user_code: String,
    browser: BrowserId,
    session: SessionId,
}

impl Ticket {
    /// The ticket of somebody who typed the code of this request.
    #[must_use]
    pub fn of(visitor: &Visitor, who: &SignedIn, id: FamilyId, user_code: &UserCode) -> Self {
        let (browser, session) = (visitor.browser, who.session.id);
        Self { id, user_code: user_code.to_string(), browser, session }
    }

    /// The ticket as it travels.
    #[must_use]
    pub fn seal(&self, seals: &Seals) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(seals.device.seal(self))
    }

    /// The ticket named in a query or form.
    ///
    /// # Errors
    /// If it is none of ours, or was given in another browser or session.
    pub fn read(named: &Parameters, visitor: &Visitor, seals: &Seals) -> Result<Self, PageError> {
        let session = visitor.signed_in()?.session.id;
        let bytes = named.get(PARAMETER).and_then(|it| BASE64_URL_SAFE_NO_PAD.decode(it).ok());
        let ticket: Option<Self> = bytes.and_then(|bytes| seals.device.open(&bytes));
        ticket
            .filter(|ticket| ticket.browser == visitor.browser && ticket.session == session)
            .ok_or_else(|| Kind::FlowLost.into())
    }
}
