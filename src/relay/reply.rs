//! Every reply on one page (RFC 5321 §4.2, RFC 3463).

/// What is said to a mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply(pub &'static str);

impl Reply {
    pub const FINE: Self = Self("250 2.0.0 Fine");
    pub const TAKEN: Self = Self("250 2.0.0 Taken");
    pub const GO_ON: Self = Self("354 Go on, and end with a dot on a line of its own");
    pub const BYE: Self = Self("221 2.0.0 Bye");
    pub const ENCRYPT: Self = Self("220 2.0.0 Go on, encrypted");
    pub const WHO_KNOWS: Self = Self("252 2.5.2 Send mail, and see");

    pub const TOO_MANY_CONNECTIONS: Self = Self("421 4.7.0 Too many connections, try again later");
    pub const TOO_SLOW: Self = Self("421 4.4.2 Nothing came for too long");
    pub const TOO_MANY_MISTAKES: Self = Self("421 4.7.0 Too many mistakes");
    pub const OUR_TROUBLE: Self = Self("451 4.3.0 Trouble here, try again later");
    pub const TOO_OFTEN: Self = Self("450 4.7.1 Too much mail for this address, try again later");
    pub const TOO_MANY_RECIPIENTS: Self = Self("452 4.5.3 Too many recipients");

    pub const UNKNOWN: Self = Self("500 5.5.2 There is no such command");
    pub const LINE_TOO_LONG: Self = Self("500 5.5.2 The line is too long");
    pub const NOT_OFFERED: Self = Self("502 5.5.1 Not offered");
    pub const ARGUMENT: Self = Self("501 5.5.4 The argument makes no sense");
    pub const ADDRESS: Self = Self("501 5.1.7 This is no mail address that can be used here");
    pub const PARAMETER: Self = Self("555 5.5.4 This parameter is not offered");
    pub const ORDER: Self = Self("503 5.5.1 Not in this order");
    /// Nothing may be sent before the answer to what went before it (RFC 2920 is not offered).
    pub const AHEAD: Self = Self("503 5.5.1 Wait for each answer");
    /// A line ends with both and neither stands alone (RFC 5321 §2.3.8): whoever counts lines otherwise
    /// would see other mails than we do.
    pub const BARE: Self = Self("550 5.5.2 A CR or LF stood alone");
    pub const NO_MAILBOX: Self = Self("550 5.1.1 No such address here");
    pub const NOT_HERE: Self = Self("550 5.7.1 Mail for this domain is not taken here");
    pub const SENDER: Self = Self(
        "550 5.7.1 Only the app may write here: register your sending domain (email_sender_domains)",
    );
    pub const TOO_LARGE: Self = Self("552 5.3.4 The mail is too large");
    pub const MALFORMED: Self = Self("554 5.6.0 The mail is malformed");
    pub const LOOP: Self = Self("554 5.4.6 The mail goes round in circles");
    pub const NOBODY: Self = Self("554 5.5.1 No recipients");
}
