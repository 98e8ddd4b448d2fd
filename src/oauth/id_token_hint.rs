//! An ID token handed back to us as a hint (OpenID Connect Core §3.1.2.1, RP-Initiated Logout §2).

use crate::{app::App, crypto::jose::Typ};

/// What an earlier ID token of ours said.
pub struct IdTokenHint {
    /// Who the person is to that client.
    pub sub: String,
    /// The client it was made for.
    pub client_id: String,
}

/// Reads a hint. One that is expired, or signed by a key since retired, still says who; one that we
/// did not sign, or that is another kind of token, says nothing.
#[must_use]
pub fn read(app: &App, hint: &str) -> Option<IdTokenHint> {
    let claims = app.keys.verify(hint, Typ::OrPlain("jwt")).ok()?;
    // A signed userinfo answer names neither a time nor a type.
    claims.seconds("exp").ok()??;
    if claims.required_text("iss").ok()? != app.config.http.public_url.as_str() {
        return None;
    }
    Some(IdTokenHint {
        sub: claims.required_text("sub").ok()?.to_owned(),
        client_id: claims.texts("aud").ok()?.first().map(|audience| (*audience).to_owned())?,
    })
}
