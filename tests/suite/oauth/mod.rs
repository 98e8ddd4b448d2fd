//! What programs talk to: a file per endpoint, its clients standing in it.

mod authorize;
mod authorize_modes;
mod authorize_prompt;
mod authorize_refusals;
mod certified;
mod client_assertions;
mod client_credentials;
mod client_keys;
pub mod device;
mod discovery;
mod encryption;
mod introspection;
mod jwt_access_tokens;
mod jwt_bearer;
mod key_rotation;
mod logout;
mod par;
mod refresh;
mod refusals;
mod registration;
mod revocation;
mod signed_introspection;
mod step_up;
mod token;
mod token_exchange;
mod token_refusals;
mod userinfo;
