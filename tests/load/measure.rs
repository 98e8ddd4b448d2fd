//! Every figure of `performance.md` that this server has an endpoint for, in order.

use std::time::Duration;

use super::{
    figures::Ground,
    flows,
    limits::Limits,
    report::{Limit, Row},
    wrk::Same,
};

/// Figures that are measured together because one needs what another leaves.
type Group = fn(&Ground<'_>, &Limits) -> Result<Vec<Row>, String>;

/// All of them, by the name that `--only` knows them by.
const GROUPS: &[(&str, Group)] = &[
    ("documents", documents),
    ("exchange", exchange),
    ("refresh", refresh),
    ("access-tokens", access_tokens),
    ("client-credentials", client_credentials),
    ("passwords", passwords),
];

/// Their names.
pub fn names() -> impl Iterator<Item = &'static str> {
    GROUPS.iter().map(|(name, _)| *name)
}

/// Measures what is wanted, or all if nothing is named.
pub fn all(ground: &Ground<'_>, limits: &Limits, only: &[String]) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    for (name, group) in GROUPS {
        if only.is_empty() || only.iter().any(|wanted| wanted == name) {
            for row in group(ground, limits)? {
                eprintln!("  {}: {:.2} {}", row.name, row.value, row.unit);
                rows.push(row);
            }
        }
    }
    Ok(rows)
}

fn documents(ground: &Ground<'_>, _: &Limits) -> Result<Vec<Row>, String> {
    Ok(vec![
        ground.same("discovery", &Same::get("/.well-known/openid-configuration"), 0.8)?,
        ground.same("JWKS", &Same::get("/oauth/jwks"), 0.8)?,
    ])
}

fn exchange(ground: &Ground<'_>, limits: &Limits) -> Result<Vec<Row>, String> {
    let (stored, codes) = ground.authorize("openid profile email", ground.span())?;
    let (exchanged, tokens) = ground.exchange(&codes);
    let row = ground.row("code exchange, ES256 ID token", &exchanged, None);
    let mut rows = vec![
        ground.row("silent authorization", &stored, None),
        row.held_to(Limit::at_least("commits", limits.commits, 0.5)),
        beside(exchanged.rate(), limits.signed_commits_over_http()),
    ];
    let limit = Limit::at_least("commits", limits.commits, 0.5);
    let refreshed = ground.refresh("refresh with ES256 ID token", &tokens, limit);
    let rate = refreshed[0].value;
    rows.extend(refreshed);
    rows.push(beside(rate, limits.signed_commits_over_http()));
    Ok(rows)
}

fn refresh(ground: &Ground<'_>, limits: &Limits) -> Result<Vec<Row>, String> {
    let (_, codes) = ground.authorize("profile", Duration::from_millis(300))?;
    let (_, tokens) = ground.exchange(&codes);
    let limit = Limit::at_least("commits", limits.commits, 0.6);
    let mut rows = ground.refresh("refresh without ID token", &tokens, limit);
    let (rate, idle) = (rows[0].value, rows[1].value);
    rows.push(beside(rate, limits.commits_over_http()));
    let fresh = tokens.get(2 * ground.connections as usize..).unwrap_or_default();
    rows.push(ground.refresh_beside_sign_ins(fresh, rate * 0.7, idle));
    Ok(rows)
}

/// The same figure as a part of what an empty answer and a bare commit (and a signature) cost together:
/// for orientation, because a server cannot answer without HTTP.
fn beside(rate: f64, limit: f64) -> Row {
    Row::plain("  as a part of HTTP and the work", rate / limit, "×")
}

/// What an access token is shown to.
fn access_tokens(ground: &Ground<'_>, _: &Limits) -> Result<Vec<Row>, String> {
    let access = ground.access_token()?;
    let bearer = Same::get("/oauth/userinfo").with("authorization", &format!("Bearer {access}"));
    let ask = Same::post("/oauth/introspect", &format!("token={access}"));
    let ask = ask.with("authorization", &flows::basic(&ground.prepared.web));
    Ok(vec![ground.same("userinfo", &bearer, 0.35)?, ground.same("introspection", &ask, 0.35)?])
}

fn client_credentials(ground: &Ground<'_>, _: &Limits) -> Result<Vec<Row>, String> {
    let ask = Same::post("/oauth/token", "grant_type=client_credentials");
    let ask = ask.with("authorization", &flows::basic(&ground.prepared.machine));
    Ok(vec![ground.same("client credentials", &ask, 0.4)?])
}

#[expect(clippy::unnecessary_wraps, reason = "a group like the others")]
fn passwords(ground: &Ground<'_>, limits: &Limits) -> Result<Vec<Row>, String> {
    Ok(vec![ground.passwords(limits.hashes)])
}
