//! Every path has one name: handlers, redirects, messages and discovery use it.

/// Discovery (OpenID Connect Discovery §4).
pub const OPENID_CONFIGURATION: &str = "/.well-known/openid-configuration";
/// Discovery (RFC 8414 §3).
pub const AUTHORIZATION_SERVER_METADATA: &str = "/.well-known/oauth-authorization-server";
/// Leads password managers to the password page.
pub const CHANGE_PASSWORD: &str = "/.well-known/change-password";

/// The public keys.
pub const JWKS: &str = "/oauth/jwks";
/// The authorization endpoint.
pub const AUTHORIZE: &str = "/oauth/authorize";
/// Pushed authorization requests (RFC 9126).
pub const PAR: &str = "/oauth/par";
/// The token endpoint.
pub const TOKEN: &str = "/oauth/token";
/// Device authorization (RFC 8628 §3.1).
pub const DEVICE_AUTHORIZATION: &str = "/oauth/device_authorization";
/// Introspection (RFC 7662).
pub const INTROSPECT: &str = "/oauth/introspect";
/// Revocation (RFC 7009).
pub const REVOKE: &str = "/oauth/revoke";
/// Dynamic client registration (RFC 7591).
pub const REGISTER: &str = "/oauth/register";
/// A client's own registration (RFC 7592).
pub const REGISTRATION: &str = "/oauth/register/{client}";
/// The `UserInfo` endpoint.
pub const USERINFO: &str = "/oauth/userinfo";
/// RP-initiated logout.
pub const LOGOUT: &str = "/oauth/logout";
/// The person's yes to it.
pub const LOGOUT_CONFIRM: &str = "/oauth/logout/confirm";

/// Consent.
pub const CONSENT: &str = "/consent";
/// Which account? (`prompt=select_account`)
pub const SELECT_ACCOUNT: &str = "/sign-in/choose";
/// Sign in.
pub const SIGN_IN: &str = "/sign-in";
/// Sign in by a link that an operator made.
pub const SIGN_IN_LINK: &str = "/sign-in/link";
/// One more proof, after the first.
pub const SECOND_FACTOR: &str = "/sign-in/second-factor";
/// Another way to show it, or another code.
pub const SECOND_FACTOR_START: &str = "/sign-in/second-factor/start";
/// "Is it still you?"
pub const SIGN_IN_AGAIN: &str = "/sign-in/again";
/// Sign in with a passkey.
pub const SIGN_IN_PASSKEY: &str = "/sign-in/passkey";
/// Sign up.
pub const SIGN_UP: &str = "/sign-up";
/// The code that proves the address.
pub const SIGN_UP_VERIFY: &str = "/sign-up/verify";
/// Another code.
pub const SIGN_UP_RESEND: &str = "/sign-up/resend";
/// A passkey in the place of a password.
pub const SIGN_UP_PASSKEY: &str = "/sign-up/passkey";
/// The first account, by the link that the first start prints.
pub const SET_UP: &str = "/set-up";
/// A forgotten password.
pub const RECOVER: &str = "/recover";
/// The code that proves a contact.
pub const RECOVER_CODE: &str = "/recover/code";
/// Another code.
pub const RECOVER_RESEND: &str = "/recover/resend";
/// The new password.
pub const RECOVER_PASSWORD: &str = "/recover/password";
/// Every way in is lost.
pub const RECOVER_DELAYED: &str = "/recover/delayed";
/// The wait cancelled, from a message.
pub const RECOVER_DELAYED_CANCEL: &str = "/recover/delayed/cancel";
/// The new password after the wait, from a message.
pub const RECOVER_DELAYED_FINISH: &str = "/recover/delayed/finish";
/// Changed contacts taken back, from a message.
pub const UNDO_CONTACTS: &str = "/recover/undo";
/// "This wasn't me", from a message.
pub const NOT_ME: &str = "/recover/not-me";
/// Where a person types a device's code (RFC 8628 §3.3).
pub const DEVICE: &str = "/device";
/// What the device asks for.
pub const DEVICE_CONFIRM: &str = "/device/confirm";
/// The person's answer.
pub const DEVICE_ANSWER: &str = "/device/answer";

/// Sign out.
pub const SIGN_OUT: &str = "/sign-out";

/// The choice of a language.
pub const LANGUAGE: &str = "/language";

/// One's own account.
pub const ACCOUNT: &str = "/account";
/// Sign-ins that wait for a yes.
pub const ACCOUNT_APPROVE: &str = "/account/approve";
/// The answer to one of them.
pub const ACCOUNT_APPROVE_ANSWER: &str = "/account/approve/{approval}";
/// Connected apps.
pub const ACCOUNT_APPS: &str = "/account/apps";
/// One connected app.
pub const ACCOUNT_APP: &str = "/account/apps/{grant}";
/// Connected apps that nobody uses.
pub const ACCOUNT_APPS_UNUSED: &str = "/account/apps/unused";
/// One thing less that it may do.
pub const ACCOUNT_APP_NARROW: &str = "/account/apps/{grant}/narrow";
/// The mail address that it is told.
pub const ACCOUNT_APP_EMAIL: &str = "/account/apps/{grant}/email";
/// The address that was made for it.
pub const ACCOUNT_APP_PRIVATE_EMAIL: &str = "/account/apps/{grant}/private-email";
/// The wish to be asked again.
pub const ACCOUNT_APP_ASK_AGAIN: &str = "/account/apps/{grant}/ask-again";
/// The end of its access in one place.
pub const ACCOUNT_APP_DISCONNECT: &str = "/account/apps/{grant}/disconnect";
/// The end of its access.
pub const ACCOUNT_APP_REMOVE: &str = "/account/apps/{grant}/remove";
/// Something wrong with an app, reported.
pub const ACCOUNT_REPORT: &str = "/account/report/{client}";
/// Devices.
pub const ACCOUNT_DEVICES: &str = "/account/devices";
/// The end of one session.
pub const ACCOUNT_DEVICE_END: &str = "/account/devices/{session}/end";
/// The end of all sessions but this one.
pub const ACCOUNT_DEVICES_END: &str = "/account/devices/end-others";
/// The end of the trust in one browser.
pub const ACCOUNT_TRUST_END: &str = "/account/devices/trusted/{trust}/end";
/// The end of the trust in all of them.
pub const ACCOUNT_TRUST_END_ALL: &str = "/account/devices/trusted/end-all";
/// A linked device's name.
pub const ACCOUNT_LINKED_DEVICE: &str = "/account/devices/linked/{device}";
/// The end of a linked device's access.
pub const ACCOUNT_LINKED_DEVICE_REMOVE: &str = "/account/devices/linked/{device}/remove";
/// Security: password and sessions.
pub const ACCOUNT_SECURITY: &str = "/account/security";
/// Passkeys and security keys.
pub const ACCOUNT_PASSKEYS: &str = "/account/security/passkeys";
/// A new one.
pub const ACCOUNT_PASSKEY_ADD: &str = "/account/security/passkeys/add";
/// One of them, and its name.
pub const ACCOUNT_PASSKEY: &str = "/account/security/passkeys/{passkey}";
/// Its end.
pub const ACCOUNT_PASSKEY_REMOVE: &str = "/account/security/passkeys/{passkey}/remove";
/// Mail addresses and mobile numbers.
pub const ACCOUNT_CONTACTS: &str = "/account/security/contacts";
/// The code that proves a new one.
pub const ACCOUNT_CONTACTS_VERIFY: &str = "/account/security/contacts/verify";
/// Another code.
pub const ACCOUNT_CONTACTS_RESEND: &str = "/account/security/contacts/resend";
/// The end of one.
pub const ACCOUNT_CONTACT_REMOVE: &str = "/account/security/contacts/{contact}/remove";
/// Another primary one.
pub const ACCOUNT_CONTACT_PRIMARY: &str = "/account/security/contacts/{contact}/primary";
/// Two-step verification.
pub const ACCOUNT_TWO_STEP: &str = "/account/security/two-step";
/// Another authenticator app.
pub const ACCOUNT_AUTHENTICATOR_ADD: &str = "/account/security/authenticators/new";
/// The end of one.
pub const ACCOUNT_AUTHENTICATOR_REMOVE: &str =
    "/account/security/authenticators/{authenticator}/remove";
/// New recovery codes.
pub const ACCOUNT_RECOVERY_CODES: &str = "/account/security/recovery-codes";
/// One of them, typed back.
pub const ACCOUNT_RECOVERY_CODES_CONFIRM: &str = "/account/security/recovery-codes/confirm";
/// All of them, as a file.
pub const ACCOUNT_RECOVERY_CODES_FILE: &str = "/account/security/recovery-codes/file";
/// What happened.
pub const ACCOUNT_ACTIVITY: &str = "/account/activity";
/// The same as a file.
pub const ACCOUNT_ACTIVITY_FILE: &str = "/account/activity/file";
/// What is held.
pub const ACCOUNT_DATA: &str = "/account/data";
/// A copy of it.
pub const ACCOUNT_DATA_COPY: &str = "/account/data/copy";
/// The copy's file.
pub const ACCOUNT_DATA_COPY_FILE: &str = "/account/data/copy/file";

/// The end of the account.
pub const ACCOUNT_DELETE: &str = "/account/data/delete";
/// The same taken back, from a message or at sign-in.
pub const KEEP_ACCOUNT: &str = "/recover/keep";

/// Messages kept for developers.
pub const INBOX: &str = "/inbox";
/// The front page.
pub const HOME: &str = "/";

/// Where this app is reported.
#[must_use]
pub fn report(client: impl std::fmt::Display) -> String {
    ACCOUNT_REPORT.replace("{client}", &client.to_string())
}

/// `path` with the flow it is a step of.
#[must_use]
pub fn in_flow(path: &str, flow: &str) -> String {
    with_query(path, &[("flow", flow)])
}

/// `path` with a query.
#[must_use]
pub fn with_query(path: &str, parameters: &[(&str, &str)]) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters.iter().copied())
        .finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
