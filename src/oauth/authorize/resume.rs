//! A flow that comes back from one of our pages: gone on with, or begun afresh.

use std::time::Duration;

use actix_web::HttpRequest;

use crate::{
    app::App,
    store::clients::Client,
    web::{
        asking_client,
        error::{Kind, PageError},
        flow::Flow,
        visitor::Visitor,
    },
};

/// Opens a flow of this browser. One from another browser, or one too old, begins afresh at the
/// address in `Err`.
///
/// # Errors
/// If we sealed no such flow, or only the app can begin it and does not say where.
pub(super) async fn resume(
    app: &App,
    http: &HttpRequest,
    visitor: &Visitor,
    sealed: &str,
) -> Result<Result<Flow, String>, PageError> {
    let flow = Flow::open(sealed, &app.seals.flow).ok_or(Kind::FlowLost)?;
    let lifetime = Duration::from_secs(app.config.sign_in.journey_lifetime_seconds);
    if flow.browser == visitor.browser && app.clock.now() < flow.started_at + lifetime {
        return Ok(Ok(flow));
    }
    let client = asking_client::find(app, http, flow.client_id).await?;
    if !asks_by_itself(&client) {
        return Ok(Err(flow.beginning()));
    }
    let start = client.initiate_login(app.config.http.public_url.as_str());
    start.map(Err).ok_or_else(|| Kind::Expired.into())
}

/// Whether no browser can repeat the request: it was pushed, or signed for a short while.
fn asks_by_itself(client: &Client) -> bool {
    client.metadata.require_pushed_authorization_requests
        || client.metadata.require_signed_request_object
}
