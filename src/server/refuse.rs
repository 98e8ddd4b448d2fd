//! Refusals in their final form: the page in the visitor's language, or the JSON with the id to ask
//! about. What can be put to a client is noted for whoever develops it.

use actix_web::{
    HttpRequest, HttpResponse, body::BoxBody, dev::ServiceResponse, http::header, web::Data,
};

use crate::{
    app::App,
    oauth::{CarriedBack, Refusal},
    protocol::error::{ErrorCode, OAuthError},
    store::refusals::{self, RefusalId},
    text,
    web::{
        asking_client,
        error::{Kind, PageError},
        request_id, urls, visitor,
    },
};

/// A cause is cut to so many characters: a stranger's words may be in it.
const LONGEST_CAUSE: usize = 300;

/// Finishes an answer: refusals travel as errors until here, where the request is known.
pub fn finish(answer: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let http = answer.request();
    if let Some(CarriedBack(error)) = answer.response().extensions().get() {
        log(http, urls::AUTHORIZE, error);
    }
    let Some(error) = answer.response().error() else { return answer };
    let finished = if let Some(refusal) = error.as_error::<PageError>() {
        show(http, refusal)
    } else if let Some(refusal) = error.as_error::<Refusal>() {
        tell(http, refusal)
    } else {
        return answer;
    };
    answer.into_response(finished)
}

fn show(http: &HttpRequest, refusal: &PageError) -> HttpResponse {
    let elsewhere = match refusal.kind() {
        Kind::SignInFirst => Some(visitor::sign_in_first(http)),
        Kind::ProveAgain => Some(visitor::prove_again(http)),
        _ => None,
    };
    if let Some(location) = elsewhere {
        return HttpResponse::SeeOther().insert_header((header::LOCATION, location)).finish();
    }
    if let Some((code, description)) = refusal.for_developers() {
        let endpoint = http.match_pattern().unwrap_or_default();
        note(http, &endpoint, code, description, refusal.detail());
    }
    refusal.answer(&visitor::blank_page(http))
}

fn tell(http: &HttpRequest, refusal: &Refusal) -> HttpResponse {
    let endpoint = http.match_pattern().unwrap_or_default();
    log(http, &endpoint, &refusal.0);
    refusal.answer(&request_id::of(http))
}

/// One line, one figure, and a note for the client's developers.
fn log(http: &HttpRequest, endpoint: &str, error: &OAuthError) {
    let trace = request_id::of(http);
    if let Some(app) = http.app_data::<Data<App>>() {
        app.metrics.refused(endpoint, error.code.as_str());
    }
    if error.code.status() >= 500 {
        tracing::error!(trace.id = trace, "Failed at {endpoint}: {error}");
    } else {
        tracing::info!(trace.id = trace, "Refused at {endpoint}: {error}");
    }
    // That nobody has answered yet is no fault of anybody (RFC 8628 §3.5).
    if error.code != ErrorCode::AuthorizationPending {
        note(http, endpoint, error.code.as_str(), error.description, error.for_developers());
    }
}

/// Notes a refusal for the developers of the client it is about, if that is known.
fn note(http: &HttpRequest, endpoint: &str, code: &str, description: &str, cause: Option<&str>) {
    let Some(client_id) = asking_client::of(http) else { return };
    let Some(app) = http.app_data::<Data<App>>() else { return };
    app.refusals.note(refusals::Refusal {
        id: RefusalId::random(),
        client_id,
        endpoint: endpoint.to_owned(),
        error: code.to_owned(),
        description: description.to_owned(),
        cause: cause.map(|cause| text::one_line(cause, LONGEST_CAUSE)),
        trace_id: request_id::of(http),
        left_out: 0,
        refused_at: app.clock.now(),
    });
}
