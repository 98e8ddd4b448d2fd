//! Passkeys and security keys (WebAuthn Level 3): what a browser is asked, and whether its answer
//! holds.
//!
//! The only room that names `webauthn_rs`. A ceremony has two halves: an [`Asked`] goes out, and its
//! `state` must come back once, in the same browser, with the answer. Who sees to that, and who the
//! keys belong to, is not known here.

mod refusal;
#[cfg(test)]
mod tests;

use serde_json::{Value, json};
use url::Url;
use webauthn_rs::prelude::{
    Credential as Inner, CredentialID, DiscoverableAuthentication, DiscoverableKey, Passkey,
    PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, SecurityKey,
    SecurityKeyRegistration, Uuid, Webauthn, WebauthnBuilder,
};

pub use refusal::Refusal;

use super::secret;

/// Where the AAGUID stands in authenticator data: after the relying party's digest, a byte of flags
/// and four of the counter (WebAuthn §6.1, §6.5.1).
const AAGUID_AT: usize = 32 + 1 + 4;

/// No credential ID has more bytes (WebAuthn §7.1, step 25).
const LONGEST_ID: usize = 1023;

/// What a key can be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// To sign in with alone: it finds its owner's account, and verifies its owner.
    Alone,
    /// After something else: it need only be there.
    Second,
}

/// Who a new key will belong to, as the browser shows it (WebAuthn §5.4.3).
pub struct Owner<'a> {
    /// Comes back with every answer of a key that is used alone.
    pub handle: [u8; 16],
    /// The address they are known by.
    pub address: &'a str,
    /// The name they go by.
    pub name: &'a str,
}

/// The first half of a ceremony.
pub struct Asked {
    /// What the browser is asked, as `navigator.credentials` takes it once its base64url is read.
    pub options: Value,
    /// What the second half must know. Holds the challenge, so it counts once.
    pub state: String,
}

/// A public key that somebody proves themselves with, as it is kept.
#[derive(Clone, Debug)]
pub struct Credential(Inner);

/// A key that was just made.
pub struct Created {
    /// The key.
    pub credential: Credential,
    /// The model that holds it, if that says what it is (WebAuthn §6.5.1).
    pub aaguid: Option<[u8; 16]>,
}

/// An answer of a key, read but not yet believed.
pub struct Assertion(PublicKeyCredential);

/// An answer that holds.
pub struct Proved {
    /// The key as it must be kept from now on: its counter has moved.
    pub credential: Credential,
    /// Whether it verified its owner, by a fingerprint, a face or a PIN.
    pub user_verified: bool,
}

/// This server, as browsers and keys know it.
#[derive(Clone, Debug)]
pub struct RelyingParty {
    webauthn: Webauthn,
    id_digest: [u8; 32],
}

impl RelyingParty {
    /// The relying party at this one origin; none where the host is an address and no name, for
    /// which browsers know no keys (WebAuthn §5.1.3, step 8).
    #[must_use]
    pub fn new(origin: &Url, name: &str) -> Option<Self> {
        let id = origin.domain()?;
        let webauthn = WebauthnBuilder::new(id, origin).ok()?.rp_name(name).build().ok()?;
        Some(Self { webauthn, id_digest: secret::digest(id.as_bytes()) })
    }

    /// Asks for a new key. `known` are those the person has: none is made twice in one device.
    #[must_use]
    pub fn ask_to_create(&self, to: Use, owner: &Owner<'_>, known: &[Credential]) -> Option<Asked> {
        let handle = Uuid::from_bytes(owner.handle);
        let known: Vec<CredentialID> = known.iter().map(|key| key.0.cred_id.clone()).collect();
        let (name, known) = (owner.name, Some(known));
        match to {
            Use::Alone => {
                let asked =
                    self.webauthn.start_passkey_registration(handle, owner.address, name, known);
                let (options, state) = asked.ok()?;
                let mut asked = Asked::of(&options, &state)?;
                // The library would rather not have it kept; but only then it finds the account.
                asked.options["authenticatorSelection"]["residentKey"] = json!("required");
                asked.options["authenticatorSelection"]["requireResidentKey"] = json!(true);
                Some(asked)
            }
            Use::Second => {
                let asked = self.webauthn.start_securitykey_registration(
                    handle,
                    owner.address,
                    name,
                    known,
                    None,
                    None,
                );
                let (options, state) = asked.ok()?;
                let mut asked = Asked::of(&options, &state)?;
                // Being there is enough: a key that guards itself would ask for a PIN each time.
                asked.options["authenticatorSelection"]["userVerification"] = json!("discouraged");
                asked.options["extensions"] = json!({});
                Some(asked)
            }
        }
    }

    /// Judges the answer to [`Self::ask_to_create`] (WebAuthn §7.1).
    ///
    /// # Errors
    /// Why it does not hold.
    pub fn created(&self, to: Use, state: &str, answer: &str) -> Result<Created, Refusal> {
        let answer: RegisterPublicKeyCredential = read(answer)?;
        let credential: Inner = match to {
            Use::Alone => {
                let state: PasskeyRegistration = read(state)?;
                self.webauthn.finish_passkey_registration(&answer, &state)?.into()
            }
            Use::Second => {
                let state: SecurityKeyRegistration = read(state)?;
                self.webauthn.finish_securitykey_registration(&answer, &state)?.into()
            }
        };
        if credential.cred_id.as_slice().len() > LONGEST_ID {
            return Err(Refusal::Invalid);
        }
        let aaguid = self.aaguid(answer.response.attestation_object.as_slice());
        Ok(Created { credential: Credential(credential), aaguid })
    }

    /// Asks for any key of anybody's that can be used alone.
    #[must_use]
    pub fn ask_for_any(&self) -> Option<Asked> {
        let (options, state) = self.webauthn.start_discoverable_authentication().ok()?;
        Asked::of(&options, &state)
    }

    /// Asks for one of these keys.
    #[must_use]
    pub fn ask_for(&self, keys: &[Credential]) -> Option<Asked> {
        let known: Vec<_> = keys.iter().map(|key| SecurityKey::from(key.0.clone())).collect();
        let (options, state) = self.webauthn.start_securitykey_authentication(&known).ok()?;
        let mut asked = Asked::of(&options, &state)?;
        if !keys.iter().any(|key| key.0.user_verified) {
            asked.options["userVerification"] = json!("discouraged");
        }
        // The library takes all for keys on a ring; a phone or the device itself may hold some.
        asked.options["hints"] = json!([]);
        Some(asked)
    }

    /// Judges the answer of this key to [`Self::ask_for_any`] or [`Self::ask_for`], its counter
    /// included (WebAuthn §7.2).
    ///
    /// # Errors
    /// Why it does not hold.
    pub fn proved(
        &self,
        state: &str,
        answer: &Assertion,
        key: &Credential,
    ) -> Result<Proved, Refusal> {
        // Both questions leave the same state behind, under two names.
        let state: DiscoverableAuthentication = read(state)?;
        let known = DiscoverableKey::from(Passkey::from(key.0.clone()));
        let proved =
            self.webauthn.finish_discoverable_authentication(&answer.0, state, &[known])?;
        let mut moved = Passkey::from(key.0.clone());
        let _ = moved.update_credential(&proved);
        let credential = Credential(moved.into());
        Ok(Proved { credential, user_verified: proved.user_verified() })
    }

    /// The AAGUID in an attestation object that was found good: authenticator data stands in it
    /// whole, and begins with our digest.
    fn aaguid(&self, attestation: &[u8]) -> Option<[u8; 16]> {
        let at = attestation.windows(32).position(|bytes| bytes == self.id_digest)?;
        let aaguid = attestation.get(at + AAGUID_AT..)?.first_chunk::<16>()?;
        (aaguid != &[0; 16]).then_some(*aaguid)
    }
}

impl Asked {
    fn of(options: &impl serde::Serialize, state: &impl serde::Serialize) -> Option<Self> {
        let mut options = serde_json::to_value(options).ok()?;
        Some(Self {
            options: options["publicKey"].take(),
            state: serde_json::to_string(state).ok()?,
        })
    }
}

impl Assertion {
    /// Reads what a browser sent.
    ///
    /// # Errors
    /// [`Refusal::Unreadable`] if it is no answer of a key.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        read(text).map(Self)
    }

    /// Which key says that it answered.
    #[must_use]
    pub fn credential_id(&self) -> &[u8] {
        self.0.get_credential_id()
    }

    /// Whose key it says it is (WebAuthn §5.1.4, `userHandle`).
    #[must_use]
    pub fn handle(&self) -> Option<[u8; 16]> {
        self.0.get_user_unique_id()?.try_into().ok()
    }
}

impl Credential {
    /// Its name among all keys (WebAuthn §4, credential ID).
    #[must_use]
    pub fn id(&self) -> &[u8] {
        self.0.cred_id.as_slice()
    }

    /// Whether it may leave the device it was made in, as synced passkeys do (WebAuthn §6.1.3).
    #[must_use]
    pub fn may_travel(&self) -> bool {
        self.0.backup_eligible
    }

    /// As it is kept.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    /// Reads what [`Self::to_text`] wrote.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().map(Self)
    }
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(|_| Refusal::Unreadable)
}
