//! Where a request came from, through proxies that the operator trusts and no others.

use std::net::IpAddr;

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
