//! Who may register apps, and with what.

use super::{section::section, words::words};
use crate::crypto::secret::Secret;

section! {
    /// Who may register apps, and with what.
    Clients {
        /// Who may register an app at `/oauth/register` (RFC 7591): nobody, whoever holds
        /// `initial_access_token`, or anybody. The console is open to accounts either way.
        registration: Registration = Registration::Closed;
        /// The token that admits to registration, sent as a bearer token.
        initial_access_token: Option<Secret> = None;
        /// How many apps one address may register in an hour; 0 for no limit.
        registrations_per_hour: u32 = 60, 0..=100_000;
        /// How many apps one account may own.
        apps_per_account: u32 = 50, 1..=10_000;
        /// How many accounts may use an app while it is in test.
        test_accounts_per_app: u32 = 100, 1..=10_000;
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
