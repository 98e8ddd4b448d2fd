//! One browser in the shop, and what the shop remembers of it.

use std::time::Duration;

use openidconnect::{Nonce, PkceCodeVerifier};

use super::{
    member::Member,
    orders::{Call, OrderBook},
    set::Television,
};
use crate::clock::Moment;

/// One browser in the shop.
#[derive(Default)]
pub struct Visit {
    /// The sign-ins it has open, oldest first.
    pub sign_ins: Vec<SignIn>,
    /// The `state` of the goodbye it is on its way to.
    pub leaving: Option<String>,
    /// Who is signed in.
    pub member: Option<Member>,
    /// What the sample API answered last.
    pub orders: Option<OrderBook>,
    /// What stands on the television, if this browser plays it.
    pub television: Option<Television>,
    /// What to say once.
    pub note: Option<Note>,
    /// When its last page was asked for.
    pub seen_at: Option<Moment>,
}

/// A sign-in that was begun and has not come back.
pub struct SignIn {
    /// What must come back with it.
    pub state: String,
    /// What the ID token must carry.
    pub nonce: Nonce,
    /// What only this shop can show (RFC 7636).
    pub verifier: PkceCodeVerifier,
    /// What was asked for: the answer names it only if it differs (RFC 6749 §5.1).
    pub scope: Vec<String>,
    /// How long ago the person may have signed in.
    pub max_age: Option<Duration>,
    /// What it is for.
    pub errand: Errand,
    /// When it was begun.
    pub begun_at: Moment,
}

/// What a browser was sent to the provider for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errand {
    /// To sign in, or to share more.
    SignIn,
    /// To see whether the person is still signed in there.
    StillThere,
    /// To get a token for the sample API (RFC 8707), for this call.
    Orders(Call),
}

/// A sentence for the top of the next page, said once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// Just connected.
    Welcome,
    /// Asked for more and got it.
    SharedMore,
    /// New tokens.
    Refreshed,
    /// The userinfo endpoint was asked again.
    Described,
    /// The silent question was answered with yes.
    StillSignedIn,
    /// The sample API took an order.
    Ordered,
}

/// What a visit finds when its browser comes back with a `state`.
pub enum Returning {
    /// The sign-in it began.
    InTime(SignIn),
    /// The sign-in it began, too long ago.
    TooLate,
    /// None that this browser began.
    Unknown,
}

/// What the home page shows of a visit.
#[derive(Default)]
pub struct Shown {
    /// Who is signed in.
    pub member: Option<Member>,
    /// What the sample API answered last.
    pub orders: Option<OrderBook>,
    /// What to say once.
    pub note: Option<Note>,
}
