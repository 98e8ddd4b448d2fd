//! The apps of the demo.

use openidconnect::url::Url;
use serde_json::{Value, json};

use super::{Error, Source};
use crate::{
    clock::Moment,
    crypto::secret::{self, Prefix, Secret},
    protocol::client_metadata::{ProposedMetadata, Rules},
    store::{
        Store,
        client_secrets::{self, ClientSecret, ClientSecretId},
        clients::{self, Client, ClientId},
        users::UserId,
    },
};

/// A registered app.
pub struct App {
    /// What people are told it is called.
    pub name: &'static str,
    /// Its `client_id`.
    pub id: String,
    /// Its `client_secret`, if it can keep one.
    pub secret: Option<Secret>,
    /// Where it has people sent back to.
    pub redirect_uris: Vec<String>,
}

/// An app as the demo wants it to be.
pub(super) struct Draft {
    name: &'static str,
    metadata: Value,
    keeps_a_secret: bool,
}

/// The shop: a web server that signs people in.
pub(super) fn shop(origin: &Url) -> Draft {
    let at = |path: &str| origin.join(path).map_or_else(|_| String::new(), String::from);
    Draft {
        name: "Harbour Street Coffee",
        metadata: json!({
            "client_name": "Harbour Street Coffee",
            "client_uri": at("/"),
            "redirect_uris": [at("/callback")],
            "post_logout_redirect_uris": [at("/signed-out")],
            "backchannel_logout_uri": at("/backchannel-logout"),
            "grant_types": ["authorization_code", "refresh_token"],
            "scope": "openid profile email phone address",
        }),
        keeps_a_secret: true,
    }
}

/// The API: asks about tokens, signs nobody in.
pub(super) fn api(origin: &Url) -> Draft {
    let resource = origin.join("/api").map_or_else(|_| String::new(), String::from);
    Draft {
        name: "Harbour Street Orders API",
        metadata: json!({
            "client_name": "Harbour Street Orders API",
            "redirect_uris": [],
            "grant_types": ["client_credentials"],
            "response_types": [],
            "resources": [resource],
            "access_token_format": "opaque",
        }),
        keeps_a_secret: true,
    }
}

/// An app on somebody's own machine, which can keep no secret (RFC 8252). Any loopback port will do.
pub(super) fn native() -> Draft {
    Draft {
        name: "Harbour Street on the desk",
        metadata: json!({
            "client_name": "Harbour Street on the desk",
            "application_type": "native",
            "token_endpoint_auth_method": "none",
            "redirect_uris": ["http://127.0.0.1/callback"],
            "grant_types": ["authorization_code", "refresh_token"],
            "scope": "openid profile email phone address",
        }),
        keeps_a_secret: false,
    }
}

/// A television in the shop's window: no browser, no keyboard, no secret (RFC 8628).
pub(super) fn television() -> Draft {
    Draft {
        name: "Harbour Street TV",
        metadata: json!({
            "client_name": "Harbour Street TV",
            "token_endpoint_auth_method": "none",
            "grant_types": ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"],
            "response_types": [],
            "scope": "openid profile offline_access",
        }),
        keeps_a_secret: false,
    }
}

/// Makes sure that the app is registered as it is wanted.
pub(super) async fn prepare(
    store: &Store,
    source: &Source,
    draft: Draft,
    (owner, rules): (UserId, Rules),
    now: Moment,
) -> Result<App, Error> {
    let proposed = ProposedMetadata::parse(draft.metadata.to_string().as_bytes());
    let metadata = proposed.and_then(|said| said.check(rules)).map_err(Error::Refused)?;
    let mut client = Client::registered(metadata, Some(owner), now);
    let mut id = [0; 16];
    id.copy_from_slice(&source.bytes("client", draft.name)[..16]);
    client.id = ClientId::from_bytes(id);
    client.live_at = Some(now);
    let secret = draft.keeps_a_secret.then(|| {
        let bytes = source.bytes("client secret", draft.name);
        Secret::new(secret::dress(Prefix::ClientSecret, &bytes))
    });
    let told = App {
        name: draft.name,
        id: client.id.to_string(),
        secret: secret.clone(),
        redirect_uris: client.metadata.redirect_uris.iter().map(ToString::to_string).collect(),
    };
    store
        .write(move |db| {
            match clients::find(db, client.id)? {
                // The shop may have moved to another port since.
                Some(known) => {
                    let metadata = client.metadata.clone();
                    clients::set_details(db, &Client { metadata, updated_at: now, ..known })?;
                }
                None => clients::add(db, &client)?,
            }
            match &secret {
                Some(secret) => keep(db, client.id, secret, now),
                None => Ok(()),
            }
        })
        .await?;
    Ok(told)
}

/// Keeps the digest of a secret, unless it is there already.
fn keep(
    db: &mut crate::store::Db<'_>,
    client_id: ClientId,
    secret: &Secret,
    now: Moment,
) -> Result<(), Error> {
    let digest = secret::digest(secret.expose().as_bytes()).to_vec();
    let live = client_secrets::list_live(db, client_id, now)?;
    if live.iter().any(|known| known.secret_digest == digest) {
        return Ok(());
    }
    let text = secret.expose();
    let kept = ClientSecret {
        id: ClientSecretId::random(),
        client_id,
        secret_digest: digest,
        sealed_secret: None,
        hint: text[text.len().saturating_sub(4)..].to_owned(),
        created_at: now,
        expires_at: None,
        revoked_at: None,
        last_used_at: None,
    };
    Ok(client_secrets::add(db, &kept)?)
}
