//! How the demo's settings differ from the server's: a database of its own, and this machine only.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use openidconnect::{IssuerUrl, url::Url};

use super::{Failure, api, ready::Ready, shop};
use crate::{
    config::{Config, DatabaseUrl, Loaded, PublicUrl},
    crypto::secret::Secret,
};

/// Where the shop listens if nobody says otherwise.
pub const SHOP: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8081);

/// Takes what was set, and the demo's own wishes where nothing was.
pub fn of_the_demo(loaded: Loaded, listen: Option<SocketAddr>) -> Result<Config, Failure> {
    let Loaded { mut config, origins } = loaded;
    let was_set = |key: &str| origins.contains_key(key);
    if let Some(listen) = listen {
        config.http.listen = listen;
    }
    if !was_set("http.public_url") {
        config.http.public_url = PublicUrl::at_home(config.http.listen.port());
    }
    if !was_set("database.url") {
        config.database.url = DatabaseUrl::Sqlite(PathBuf::from("data/demo.db"));
    }
    if !was_set("outbound.allow_loopback") {
        // The shop is told of sign-outs, and it stands on this machine.
        config.outbound.allow_loopback = true;
    }
    if !was_set("hide_my_email.domain") {
        // Offered, for everybody to see; mail comes in once hide_my_email.listen is set.
        config.hide_my_email.domain = Some("private.countersign.example".to_owned());
    }
    if !config.http.public_url.is_loopback() {
        return Err(Failure::new(format_args!(
            "the demo prints passwords that work, so it is for this machine only: http.public_url \
             is {}; leave it out",
            config.http.public_url.as_str()
        )));
    }
    Ok(config)
}

/// Where the shop stands: `localhost`, whatever address it listens on.
pub fn shop_origin(listen: SocketAddr) -> Url {
    PublicUrl::at_home(listen.port()).url().clone()
}

/// What the shop is told, as any site would be told by its developer.
pub fn of_the_shop(config: &Config, ready: &Ready, origin: Url) -> Result<Both, Failure> {
    let issuer =
        IssuerUrl::new(config.http.public_url.as_str().to_owned()).map_err(Failure::new)?;
    let secret = |secret: &Option<Secret>| {
        secret.as_ref().map_or_else(String::new, |secret| secret.expose().to_owned())
    };
    let shop = shop::Settings {
        origin,
        issuer: issuer.clone(),
        brand: config.brand.name.clone(),
        client_id: ready.shop.id.clone(),
        client_secret: secret(&ready.shop.secret),
        television_id: ready.television.id.clone(),
    };
    let api = api::Settings {
        issuer,
        client_id: ready.api.id.clone(),
        client_secret: secret(&ready.api.secret),
        resource: shop.api().to_string(),
    };
    Ok(Both { shop, api })
}

/// The settings of the shop and of the API beside it.
pub struct Both {
    /// The shop's.
    pub shop: shop::Settings,
    /// The API's.
    pub api: api::Settings,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demo(variables: &[(&str, &str)], listen: Option<&str>) -> Result<Config, Failure> {
        let variables = variables.iter().map(|(name, text)| ((*name).into(), (*text).into()));
        let listen = listen.map(|address| address.parse().unwrap());
        of_the_demo(Loaded::read(None, variables).unwrap(), listen)
    }

    #[test]
    fn the_demo_has_a_database_of_its_own_unless_one_is_named() {
        let config = demo(&[], None).unwrap();
        assert_eq!(config.database.url.to_string(), "sqlite:data/demo.db");
        let config = demo(&[("COUNTERSIGN__DATABASE__URL", "sqlite:mine.db")], None).unwrap();
        assert_eq!(config.database.url.to_string(), "sqlite:mine.db");
    }

    #[test]
    fn another_port_moves_the_public_address_with_it() {
        let config = demo(&[], Some("127.0.0.1:9000")).unwrap();
        assert_eq!(config.http.public_url.as_str(), "http://localhost:9000");
        assert_eq!(config.http.listen.port(), 9000);
    }

    #[test]
    fn the_demo_is_not_for_others() {
        let public = [
            ("COUNTERSIGN__HTTP__PUBLIC_URL", "https://login.example.com"),
            ("COUNTERSIGN__DELIVERY__EMAIL__DRIVER", "smtp"),
            ("COUNTERSIGN__DELIVERY__EMAIL__HOST", "mail.example.com"),
            ("COUNTERSIGN__DELIVERY__EMAIL__FROM_ADDRESS", "login@example.com"),
            ("COUNTERSIGN__DELIVERY__SMS__DRIVER", "off"),
        ];
        assert!(demo(&public, None).is_err());
    }
}
