//! Where a request came from, through proxies that the operator trusts and no others.

use std::net::{IpAddr, Ipv6Addr};

use actix_web::HttpRequest;

use crate::config::Config;

/// The address of whoever called, in text; empty if it is not known.
///
/// `X-Forwarded-For` is read from its end, and only as far as each hop is a trusted proxy: what a
/// stranger wrote into it further left is never believed.
#[must_use]
pub fn of(http: &HttpRequest, config: &Config) -> String {
    let Some(peer) = http.peer_addr() else { return String::new() };
    let forwarded = http
        .headers()
        .get_all("x-forwarded-for")
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|hop| hop.trim().parse::<IpAddr>());
    let mut caller = peer.ip().to_canonical();
    for hop in forwarded.collect::<Vec<_>>().into_iter().rev() {
        if !config.http.trusts(caller) {
            break;
        }
        let Ok(hop) = hop else { break };
        caller = hop.to_canonical();
    }
    caller.to_string()
}

/// What is counted as one caller: an address of IPv4, or the /64 of IPv6 that any one household has
/// for itself.
#[must_use]
pub fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_household_is_one_caller() {
        for (address, counted) in [
            ("203.0.113.5", "203.0.113.5"),
            ("2001:db8:1:2::3", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
            ("2001:db8:1:3::3", "2001:db8:1:3::/64"),
            ("::1", "::/64"),
            ("", ""),
        ] {
            assert_eq!(network(address), counted);
        }
    }
}
