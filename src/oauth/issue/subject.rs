//! Who a person is to an app (OpenID Connect Core §8): by default somebody else to every team.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};

use crate::{
    app::Seals,
    protocol::client_metadata::SubjectType,
    store::{clients::Client, users::UserId},
};

/// The `sub` of this person for this client.
///
/// Pairwise (§8.1): a keyed digest of sector and person, so two teams cannot compare notes. The
/// sector is the registered sector identifier's host, or the team that publishes the app.
#[must_use]
pub fn of(seals: &Seals, client: &Client, user: UserId) -> String {
    let sector = match client.metadata.subject_type {
        SubjectType::Public => return user.to_string(),
        SubjectType::Pairwise => sector(client),
    };
    BASE64_URL_SAFE_NO_PAD.encode(seals.subject.digest(&[&sector, user.as_bytes()]))
}

fn sector(client: &Client) -> Vec<u8> {
    let registered = client.metadata.sector_identifier_uri.as_ref();
    let host = registered.and_then(|uri| uri.parse::<url::Url>().ok());
    match host.as_ref().and_then(url::Url::host_str) {
        Some(host) => host.as_bytes().to_vec(),
        None => client.team_id.as_bytes().to_vec(),
    }
}
