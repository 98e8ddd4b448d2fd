//! Scopes in words for people.

use super::page::Page;

/// The scopes that people have words for.
const WORDED: &[&str] = &["openid", "profile", "email", "address", "phone", "offline_access"];

/// What a scope allows, in a few words.
#[must_use]
pub fn title(page: &Page, scope: &str) -> String {
    if let Some(claim) = scope.strip_prefix("claim:") {
        page.text(&format!("claim-{}", claim.replace('_', "-"))).to_string()
    } else if WORDED.contains(&scope) {
        page.text(&format!("scope-{}", scope.replace('_', "-"))).to_string()
    } else {
        scope.to_owned()
    }
}

/// What that means, in a sentence.
#[must_use]
pub fn sentence(page: &Page, scope: &str) -> String {
    page.text_with("scope-of-app", "scope", scope).to_string()
}

/// Whether a scope does more than tell claims, which are shown by their values.
#[must_use]
pub fn is_permission(scope: &str) -> bool {
    !WORDED.contains(&scope) && !scope.starts_with("claim:")
}
