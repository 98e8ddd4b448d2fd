//! What a browser loads so that clients sign their person out too (OpenID Connect Front-Channel
//! Logout): a hidden frame for each, and then the way back.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;

use crate::{
    store::{Db, Error, clients, sessions::SessionId, token_families},
    web::{
        content_policy::ContentPolicy,
        error::PageError,
        page::{self, Page},
    },
};

#[derive(Template)]
#[template(path = "oauth/logout_frames.html")]
struct FramesPage<'a> {
    page: &'a Page,
    frames: &'a [String],
    /// Where the browser goes when they have been loaded.
    return_to: Option<&'a str>,
}

/// The addresses to load when this session ends, with `iss` and `sid` where the client wants them
/// (§2).
///
/// # Errors
/// If the store cannot answer.
pub fn frames(db: &mut Db<'_>, issuer: &str, session_id: SessionId) -> Result<Vec<String>, Error> {
    let families = token_families::list_of_session(db, session_id)?;
    let mut ids: Vec<_> = families.into_iter().map(|family| family.client_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let clients = clients::list(db, &ids)?;
    let frames = clients.iter().filter_map(|client| {
        let mut url: url::Url = client.metadata.frontchannel_logout_uri.as_deref()?.parse().ok()?;
        if client.metadata.frontchannel_logout_session_required {
            let sid = session_id.to_string();
            url.query_pairs_mut().append_pair("iss", issuer).append_pair("sid", &sid);
        }
        Some(url.to_string())
    });
    Ok(frames.collect())
}

/// The page that loads them, and then goes on.
///
/// # Errors
/// If the page cannot be rendered.
pub fn show(
    page: &Page,
    frames: &[String],
    return_to: Option<&str>,
) -> Result<HttpResponse, PageError> {
    let policy =
        frames.iter().fold(ContentPolicy::default(), |policy, frame| policy.frames_from(frame));
    page::show_with(&FramesPage { page, frames, return_to }, StatusCode::OK, &policy)
}
