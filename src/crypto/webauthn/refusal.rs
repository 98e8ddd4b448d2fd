//! Why the answer of a key does not hold.

use std::fmt;

use webauthn_rs::prelude::WebauthnError;

/// Declares the refusals with the words they are logged and told under.
macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// Why the answer of a key does not hold.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Refusal {
            $($(#[$doc])* $name,)*
        }

        impl Refusal {
            /// The word for it; fixed for ever.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

refusals! {
    /// It is no answer of a key at all.
    Unreadable = "answer_unreadable",
    /// The ceremony is over: too late, a second time, or in another place than it began.
    Over = "ceremony_over",
    /// It answers another question (§7.2, steps 11 and 12).
    Challenge = "challenge_mismatch",
    /// It was given to another site (§7.2, steps 13 to 15).
    Origin = "origin_mismatch",
    /// Nobody touched the key, or it did not verify its owner (§7.2, steps 16 and 17).
    Unverified = "user_not_verified",
    /// The signature is not the key's (§7.2, step 21).
    Signature = "signature_invalid",
    /// The counter did not move on: there may be a copy of the key (§7.2, step 22).
    Counter = "counter_not_advanced",
    /// Nobody here has this key, or not any more.
    Unknown = "credential_unknown",
    /// Somebody has this key already.
    Taken = "credential_taken",
    /// Anything else that the specification does not let pass.
    Invalid = "answer_invalid",
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl From<WebauthnError> for Refusal {
    fn from(error: WebauthnError) -> Self {
        match error {
            WebauthnError::InvalidClientDataType | WebauthnError::MismatchedChallenge => {
                Self::Challenge
            }
            WebauthnError::InvalidRPOrigin
            | WebauthnError::InvalidRPIDHash
            | WebauthnError::CredentialCrossOrigin => Self::Origin,
            WebauthnError::UserNotPresent | WebauthnError::UserNotVerified => Self::Unverified,
            WebauthnError::AuthenticationFailure => Self::Signature,
            WebauthnError::CredentialPossibleCompromise => Self::Counter,
            WebauthnError::CredentialNotFound => Self::Unknown,
            WebauthnError::ParseBase64Failure(_)
            | WebauthnError::ParseCBORFailure(_)
            | WebauthnError::ParseJSONFailure(_)
            | WebauthnError::ParseNOMFailure => Self::Unreadable,
            _ => Self::Invalid,
        }
    }
}
