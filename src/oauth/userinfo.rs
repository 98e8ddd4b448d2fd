//! The `UserInfo` endpoint (OpenID Connect Core §5.3).

use actix_web::{HttpRequest, HttpResponse, http::header, web::Data};
use serde_json::{Map, Value, json};

use super::{
    bearer,
    client_keys::ClientKeys,
    encryption::{self, Encryption, sign},
    error::Refusal,
    issue::{claims, subject},
};
use crate::{
    app::App,
    protocol::error::{OAuthError, insufficient_scope, invalid_token},
    store::{
        clients::Client,
        reach::{self, Reach},
    },
    web::{
        asking_client, cors,
        form::{Form, Malformed},
    },
};

/// Tells a client what it may know of the person. The token comes in the header, or in a posted
/// form (RFC 6750 §2.2).
///
/// # Errors
/// By RFC 6750 §3.1.
pub async fn userinfo(
    app: Data<App>,
    keys: Data<ClientKeys>,
    http: HttpRequest,
    form: Result<Form, Malformed>,
) -> Result<HttpResponse, Refusal> {
    let Form(form) = form?;
    let token = bearer::read(&app, &http, form.get("access_token"))?;
    asking_client::note(&http, token.client);
    if token.resource.is_some() {
        return Err(invalid_token("the access token is for another API").into());
    }
    let presented = bearer::present(&app, token).await?;
    cors::allow(&http, &presented.client);
    let lineage = presented.lineage.filter(|_| presented.scope.contains("openid"));
    let lineage = lineage.ok_or_else(|| insufficient_scope("the scope openid is needed"))?;
    let user_id = lineage.user.id;
    let reach = if claims::need_reach(&presented.scope) {
        let choice = lineage.grant.email();
        app.store.read(move |db| reach::find(db, user_id, choice)).await?
    } else {
        Reach::default()
    };
    let asked = lineage.family.claims_request();
    let mut told = claims::for_userinfo(&presented.scope, &asked, &lineage.user, &reach);
    told.insert("sub".into(), json!(subject::of(&app.seals, &presented.client, user_id)));
    let encryption =
        Encryption::of(encryption::Kind::Userinfo, &app, &keys, &presented.client).await?;
    Ok(answer(&app, &presented.client, &encryption, told)?)
}

/// JSON, or a JWT if the client registered that its answers are signed or encrypted (§5.3.2).
fn answer(
    app: &App,
    client: &Client,
    encryption: &Encryption,
    mut told: Map<String, Value>,
) -> Result<HttpResponse, OAuthError> {
    let jwt = match client.metadata.userinfo_signed_response_alg {
        Some(algorithm) => {
            told.insert("iss".into(), json!(app.config.http.public_url.as_str()));
            told.insert("aud".into(), json!(client.id));
            Some(encryption.of_signed(sign(app, algorithm, None, &told)?.into())?)
        }
        None => encryption.of_claims(&told)?,
    };
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CACHE_CONTROL, "no-store"));
    Ok(match jwt {
        Some(jwt) => answer.content_type("application/jwt").body(jwt),
        None => answer.json(told),
    })
}
