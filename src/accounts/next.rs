//! Where to go once somebody is signed in: back to the app's request, to the page they wanted, or
//! to their account.

use actix_web::{HttpResponse, http::header};

use crate::web::{form::Parameters, urls};

/// The address to go on at. A path of ours is believed; anything that could lead to another site is
/// not.
pub(super) fn after(form: &Parameters) -> String {
    if let Some(flow) = form.get("flow") {
        return urls::in_flow(urls::AUTHORIZE, flow);
    }
    ours(form.get("next")).to_owned()
}

/// `path` if it is one of ours, else the account.
pub(super) fn ours(path: Option<&str>) -> &str {
    path.filter(|path| is_ours(path)).unwrap_or(urls::ACCOUNT)
}

fn is_ours(path: &str) -> bool {
    let plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    plain && path.starts_with('/') && !path.starts_with("//")
}

/// Sends the browser on.
pub(super) fn go(location: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, location))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(text: &str) -> String {
        let query = urls::with_query("", &[("next", text)]);
        after(&Parameters::read(query.trim_start_matches('?').as_bytes()).unwrap())
    }

    #[test]
    fn only_a_path_of_ours_is_believed() {
        assert_eq!(next("/account/apps?x=1"), "/account/apps?x=1");
        for elsewhere in
            ["https://evil.example", "//evil.example", "/\\evil.example", "evil", "/a\tb"]
        {
            assert_eq!(next(elsewhere), "/account", "{elsewhere}");
        }
    }
}
