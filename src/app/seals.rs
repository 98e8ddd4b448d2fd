//! What is derived from the root secret: one sealer or digest key per purpose, so that a value made
//! for one thing is worth nothing for another.

use crate::{
    crypto::{seal::Sealer, secret::DigestKey},
    keys::root::RootSecret,
};

/// A sealer or digest key for each purpose.
#[derive(Clone, Debug)]
pub struct Seals {
    /// Authorization codes.
    pub authorization_code: Sealer,
    /// Refresh tokens.
    pub refresh_token: Sealer,
    /// Access tokens for our own endpoints.
    pub access_token: Sealer,
    /// Authorization requests on their way through our pages.
    pub flow: Sealer,
    /// What a logout still has to do, while the person is asked.
    pub logout: Sealer,
    /// What a challenge must remember.
    pub challenge: Sealer,
    /// Letters in the outbox.
    pub letter: Sealer,
    /// Mails of others on their way to people.
    pub relayed_mail: Sealer,
    /// Client secrets that must be known again (`client_secret_jwt`).
    pub client_secret: Sealer,
    /// A device's code that a person typed, until they answer.
    pub device: Sealer,
    /// The link that makes the first account.
    pub set_up: Sealer,
    /// Links that operators make to sign in with, once.
    pub sign_in_link: Sealer,
    /// "This wasn't me" links in security messages.
    pub alarm: Sealer,
    /// Ceremonies with passkeys, between question and answer.
    pub ceremony: Sealer,
    /// Links that cancel a delayed recovery, and those that end its wait.
    pub delayed_recovery: Sealer,
    /// Links that take changed contacts back.
    pub contact_change: Sealer,
    /// The secrets of authenticator apps.
    pub totp_secret: Sealer,
    /// An authenticator app that is being set up.
    pub totp_set_up: Sealer,
    /// Recovery codes that wait to be typed back.
    pub recovery_codes: Sealer,
    /// Copies of what is held about somebody.
    pub export: Sealer,
    /// Tickets that take the deletion of an account back.
    pub deletion: Sealer,
    /// One-time codes.
    pub code_digest: DigestKey,
    /// Recovery codes.
    pub recovery_code: DigestKey,
    /// The codes that people read off their devices (RFC 8628 §6.1).
    pub user_code: DigestKey,
    /// Form tokens.
    pub csrf: DigestKey,
    /// Pairwise subjects (OpenID Connect Core §8.1).
    pub subject: DigestKey,
}

impl Seals {
    /// Derives them all.
    #[must_use]
    pub fn derive(root: &RootSecret) -> Self {
        Self {
            authorization_code: root.sealer("authorization-code"),
            refresh_token: root.sealer("refresh-token"),
            access_token: root.sealer("access-token"),
            flow: root.sealer("flow"),
            logout: root.sealer("logout"),
            challenge: root.sealer("challenge"),
            letter: root.sealer("letter"),
            relayed_mail: root.sealer("relayed-mail"),
            client_secret: root.sealer("client-secret"),
            device: root.sealer("device"),
            set_up: root.sealer("set-up"),
            sign_in_link: root.sealer("sign-in-link"),
            alarm: root.sealer("alarm"),
            ceremony: root.sealer("ceremony"),
            delayed_recovery: root.sealer("delayed-recovery"),
            contact_change: root.sealer("contact-change"),
            totp_secret: root.sealer("totp-secret"),
            totp_set_up: root.sealer("totp-set-up"),
            recovery_codes: root.sealer("recovery-codes"),
            export: root.sealer("export"),
            deletion: root.sealer("deletion"),
            code_digest: root.digest_key("one-time-code"),
            recovery_code: root.digest_key("recovery-code"),
            user_code: root.digest_key("user-code"),
            csrf: root.digest_key("csrf"),
            subject: root.digest_key("pairwise-subject"),
        }
    }
}
