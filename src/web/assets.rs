//! Files in `templates/assets`, compiled in and served under a name that holds their content's hash.
//!
//! A name never changes its content, so browsers keep it for a year. What follows from the brand
//! (its colours, its icon) is served the same way by [`crate::web::brand`].

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};

/// A file and its kind.
struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
    hash: u64,
}

macro_rules! assets {
    ($($name:literal as $kind:literal),* $(,)?) => {
        &[$(Asset {
            name: $name,
            kind: $kind,
            bytes: include_bytes!(concat!("../../templates/assets/", $name)),
            hash: hash(include_bytes!(concat!("../../templates/assets/", $name))),
        }),*]
    };
}

const ASSETS: &[Asset] = assets![
    "app.css" as "text/css; charset=utf-8",
    "icons.svg" as "image/svg+xml",
    "forms.js" as "text/javascript; charset=utf-8",
    "passkeys.js" as "text/javascript; charset=utf-8",
    "form_post.js" as "text/javascript; charset=utf-8",
    "logout_frames.js" as "text/javascript; charset=utf-8",
];

/// Tells versions of a file apart (FNV-1a). Not a proof of anything.
pub(super) const fn hash(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

/// The path of `name` with `hash` in it: `app.css` becomes `/assets/app.0123456789abcdef.css`.
pub(super) fn path(name: &str, hash: u64) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("/assets/{stem}.{hash:016x}.{extension}")
}

/// Where the file `name` is served; a name nobody has leads to a path that answers 404.
#[must_use]
pub fn url(name: &str) -> String {
    let hash = ASSETS.iter().find(|asset| asset.name == name).map_or(0, |asset| asset.hash);
    path(name, hash)
}

/// The file served at `path`, if there is one.
#[must_use]
pub fn find(http: &HttpRequest) -> Option<HttpResponse> {
    let asset = ASSETS.iter().find(|asset| path(asset.name, asset.hash) == http.path())?;
    Some(answer(http, asset.kind, asset.hash, asset.bytes))
}

/// Serves `bytes` for a year, or says that the browser's copy is still good (RFC 9110 §13.1.2).
pub(super) fn answer(
    http: &HttpRequest,
    kind: &'static str,
    hash: u64,
    bytes: impl Into<Bytes>,
) -> HttpResponse {
    let tag = format!("\"{hash:016x}\"");
    let known = http.headers().get(header::IF_NONE_MATCH).is_some_and(|known| known == &tag);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::ETAG, tag));
    if known {
        return response.finish();
    }
    response.insert_header((header::CONTENT_TYPE, kind)).body(bytes.into())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_file_is_served_under_its_hash_and_kept_for_a_year() {
        let request = TestRequest::with_uri(&url("app.css")).to_http_request();
        let response = find(&request).unwrap();
        assert_eq!(response.status(), 200);
        let cached = response.headers().get(header::CACHE_CONTROL).unwrap();
        assert_eq!(cached, "public, max-age=31536000, immutable");
        assert_eq!(
            response.headers().get(header::CONTENT_TYPE).unwrap(),
            "text/css; charset=utf-8"
        );
    }

    #[test]
    fn a_known_tag_is_answered_without_the_file() {
        let first = TestRequest::with_uri(&url("app.css")).to_http_request();
        let tag = find(&first).unwrap().headers().get(header::ETAG).unwrap().clone();
        let again =
            TestRequest::with_uri(&url("app.css")).insert_header((header::IF_NONE_MATCH, tag));
        assert_eq!(find(&again.to_http_request()).unwrap().status(), 304);
    }

    #[test]
    fn another_hash_is_not_found() {
        let request = TestRequest::with_uri("/assets/app.0000000000000000.css").to_http_request();
        assert!(find(&request).is_none());
    }
}
