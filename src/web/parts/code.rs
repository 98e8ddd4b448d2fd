//! A code that was sent, on the page that asks for it.

use crate::web::urls;

/// A journey on which a code is asked for: its page is the same but for words and paths.
pub struct CodeJourney {
    /// The key of the page's title.
    pub title: &'static str,
    /// The key of the sentence before the address.
    pub lead: &'static str,
    /// The element id of the code.
    pub field: &'static str,
    /// The element id of the button.
    pub button: &'static str,
    /// The element id of the button that asks for another code.
    pub resend_button: &'static str,
    /// Where the code is judged.
    pub here: &'static str,
    /// Where another one is asked for.
    pub resend: &'static str,
    /// Where the address can be changed.
    pub begin: &'static str,
}

impl CodeJourney {
    /// The address of a new account.
    pub const SIGN_UP: Self = Self {
        title: "verify-title",
        lead: "verify-sent",
        field: "sign-up-code",
        button: "sign-up-verify-submit",
        resend_button: "sign-up-resend",
        here: urls::SIGN_UP_VERIFY,
        resend: urls::SIGN_UP_RESEND,
        begin: urls::SIGN_UP,
    };

    /// The same, a mobile number.
    pub const SIGN_UP_BY_PHONE: Self = Self { title: "verify-title-phone", ..Self::SIGN_UP };

    /// A contact of somebody who forgot their password.
    pub const RECOVERY: Self = Self {
        title: "recover-code-title",
        lead: "recover-code-lead",
        field: "recover-code",
        button: "recover-code-submit",
        resend_button: "recover-resend",
        here: urls::RECOVER_CODE,
        resend: urls::RECOVER_RESEND,
        begin: urls::RECOVER,
    };

    /// Another contact of an account.
    pub const CONTACT: Self = Self {
        title: "contact-code-title",
        lead: "verify-sent",
        field: "contact-code",
        button: "contact-code-submit",
        resend_button: "contact-resend",
        here: urls::ACCOUNT_CONTACTS_VERIFY,
        resend: urls::ACCOUNT_CONTACTS_RESEND,
        begin: urls::ACCOUNT_CONTACTS,
    };
}

/// The code that is waited for.
pub struct SentCode {
    /// The challenge it answers.
    pub challenge: String,
    /// Where it was sent.
    pub address: String,
    /// The address that was probably meant.
    pub suggestion: Option<String>,
    /// Seconds until another may be asked for.
    pub wait: u64,
}
