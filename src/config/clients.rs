//! Who may register apps, and with what.

use super::{Compatibility, Config, section::section, text::Text, words::words};
use crate::{
    crypto::secret::Secret,
    protocol::client_metadata::{Loopback, Offer, Pkce, Rules, SubjectType},
};

section! {
    /// Who may register apps, and with what; how often apps may ask.
    Clients {
        /// Who may register an app at `/oauth/register` (RFC 7591): nobody, whoever holds
        /// `initial_access_token`, or anybody. The console is open to accounts either way.
        registration: Registration = Registration::Closed;
        /// The token that admits to registration, sent as a bearer token.
        initial_access_token: Option<Secret> = None;
        /// How many apps one address (of IPv6: one /64) may register in an hour; 0 for no limit.
        registrations_per_hour: u32 = 60, 0..=100_000;
        /// How many device codes (RFC 8628) one address (of IPv6: one /64) may ask for in ten minutes; 0 for no limit.
        device_codes_per_address: u32 = 60, 0..=100_000;
        /// How many device codes one app may ask for in ten minutes, wherever its devices are; 0 for no
        /// limit.
        device_codes_per_app: u32 = 10_000, 0..=10_000_000;
        /// How many accounts may use an app while it is in test.
        test_accounts_per_app: u32 = 100, 1..=10_000;
        /// What an app that registers no `subject_type` calls a person: `pairwise` is a name of its own
        /// for each developer, so that apps cannot compare notes; `public` is the same for all.
        subject_type: SubjectType = SubjectType::Pairwise;
        /// Let an app that keeps a secret register that it does not use PKCE (RFC 7636). Apps without
        /// a secret always use it.
        pkce_waiver: bool = true;
    }
}

words! {
    /// Who may register an app without the console (RFC 7591 §3).
    Registration {
        /// Nobody.
        Closed = "closed",
        /// Whoever holds the initial access token.
        InitialToken = "initial-token",
        /// Anybody.
        Open = "open",
    }
}

impl Config {
    /// What the operator decided about the metadata of clients, wherever they are registered.
    #[must_use]
    pub fn client_rules(&self) -> Rules {
        let here = self.http.public_url.is_loopback();
        Rules {
            loopback: if here { Loopback::Allowed } else { Loopback::Refused },
            offer: match self.compatibility {
                Compatibility::Strict => Offer::CodeOnly,
                Compatibility::OpenidCertification => Offer::Certification,
            },
            default_subject_type: self.clients.subject_type,
            default_id_token_alg: self.tokens.id_token_signing_algorithm,
            pkce: match self.compatibility {
                _ if !self.clients.pkce_waiver => Pkce::Always,
                Compatibility::Strict => Pkce::Waivable,
                Compatibility::OpenidCertification => Pkce::Waived,
            },
        }
    }
}

impl Text for SubjectType {
    fn kind() -> String {
        let words: Vec<_> = Self::ALL.iter().map(|word| format!("\"{word}\"")).collect();
        words.join(" or ")
    }

    fn parse(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| format!("must be {}, not \"{text}\"", <Self as Text>::kind()))
    }

    fn text(&self) -> String {
        self.to_string()
    }
}
