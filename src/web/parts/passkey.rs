//! Passkeys on pages, and the question a script puts to the browser.

use crate::clock::Moment;

/// A passkey or security key on its owner's pages.
pub struct Passkey {
    /// Its id in addresses.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Is it good only as a second step?
    pub security_key: bool,
    /// Do several devices hold it?
    pub synced: bool,
    /// Since when it counts.
    pub since: Moment,
    /// When it last proved its owner.
    pub last_used: Option<Moment>,
}

/// What `templates/assets/passkeys.js` asks the browser (WebAuthn §5.1), and what goes back with the
/// answer.
pub struct Ceremony {
    /// What the server must know again; sealed.
    pub sealed: String,
    /// The options, as JSON whose bytes are base64url.
    pub options: String,
}
