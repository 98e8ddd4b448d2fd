//! Sector identifiers: several hosts that know a person by one `sub` (OpenID Connect Core §8.1).

use crate::{
    app::App,
    protocol::{
        client_metadata::ClientMetadata,
        error::{OAuthError, invalid_client_metadata},
    },
};

/// Fetches the list that a client names as its sector, and checks that the client is on it: else
/// anybody could learn what another sector calls a person (OpenID Connect Dynamic Registration §5).
pub(super) async fn check(app: &App, metadata: &ClientMetadata) -> Result<(), OAuthError> {
    let Some(address) = &metadata.sector_identifier_uri else { return Ok(()) };
    let unreadable =
        || invalid_client_metadata("sector_identifier_uri does not hold a list of URIs");
    let url = address.parse().map_err(|_| unreadable())?;
    let listed = app.outbound.get_json::<Vec<String>>(&url).await;
    let listed = listed.map_err(|error| unreadable().because(error))?;
    let on_it = |uri: &str| listed.iter().any(|listed| listed == uri);
    match metadata.redirect_uris.iter().find(|uri| !on_it(uri.as_str())) {
        Some(missing) => Err(invalid_client_metadata(
            "sector_identifier_uri does not list each of redirect_uris",
        )
        .because(missing)),
        None => Ok(()),
    }
}
