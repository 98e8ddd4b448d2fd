//! How long codes, tokens and signing keys live.

use super::{section::section, text::Text};
use crate::crypto::jose::Algorithm;

section! {
    /// How long codes, tokens and signing keys live.
    Tokens {
        /// How long an authorization code may wait to be redeemed (RFC 6749 §4.1.2 allows ten minutes).
        authorization_code_lifetime_seconds: u64 = 60, 5..=600;
        /// How long an access token is good. Revocation does not wait for it where this server is
        /// asked; an API that checks JWTs by itself learns of it this much later.
        access_token_lifetime_seconds: u64 = 600, 30..=86_400;
        /// How long an ID token may be accepted by the app it was made for.
        id_token_lifetime_seconds: u64 = 3_600, 30..=86_400;
        /// How long a refresh token is good without being used: 30 days.
        refresh_token_idle_lifetime_seconds: u64 = 2_592_000, 60..=63_072_000;
        /// How long a refresh token is good however often it is used: 180 days.
        refresh_token_lifetime_seconds: u64 = 15_552_000, 60..=315_360_000;
        /// How long an app that lost our answer may present the same refresh token again and be given
        /// the same successor.
        refresh_token_grace_seconds: u64 = 60, 0..=600;
        /// What signs ID tokens of apps that did not register `id_token_signed_response_alg`. RS256 is
        /// what OpenID Connect Registration §2 lets every client library expect; ES256 is a twelfth
        /// of the work.
        id_token_signing_algorithm: Algorithm = Algorithm::Rs256;
        /// How long a signing key signs before the next takes over.
        key_active_days: u64 = 90, 1..=3_650;
        /// How long the next key is published before it signs, so that caches know it.
        key_published_ahead_hours: u64 = 24, 1..=720;
        /// How long a key is published after its last signature.
        key_retired_days: u64 = 30, 1..=3_650;
    }
}

impl Text for Algorithm {
    fn kind() -> String {
        Self::OURS.map(|known| format!("\"{known}\"")).join(" or ")
    }

    fn parse(text: &str) -> Result<Self, String> {
        let known = Self::OURS.into_iter().find(|known| known.as_str() == text);
        known.ok_or_else(|| format!("must be {}, not \"{text}\"", <Self as Text>::kind()))
    }

    fn text(&self) -> String {
        self.to_string()
    }
}
