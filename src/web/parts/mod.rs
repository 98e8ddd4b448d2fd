//! What pages are made of besides their own words: the shapes that `templates/parts` draw.

mod app;
mod code;
mod form;
mod held;
mod own;
mod passkey;
mod proof;
mod sharing;

pub use app::{AppCard, Destination, Trust};
pub use code::{CodeJourney, SentCode};
pub use form::{Problem, Problems, Strength};
pub use held::{Copy, HeldSection, Occurrence};
pub use own::{
    AllowedScope, BrowserTrust, Choice, ConnectedApp, ConnectedPlace, Happening, Linked,
    ListedContact, Mood, PrivateAddress, Session, TrustedBrowser, Way,
};
pub use passkey::{Ceremony, Passkey};
pub use proof::{Authenticator, CodeChannel, OtherWay, ProofStep, SignInRequest};
pub use sharing::{AddressChoice, Lasting, Permission, SharedValue};
