//! A device code for tokens (RFC 8628 §3.4): the device asks again and again until somebody has
//! answered.

use std::sync::Arc;

use super::{Policy, person, same_resource};
use crate::{
    clock::Moment,
    oauth::{issue::Granted, token::request::Poll},
    protocol::{
        error::{
            OAuthError, access_denied, authorization_pending, expired_token, invalid_grant,
            slow_down,
        },
        grant_type::GrantType,
    },
    store::{
        Db,
        clients::Client,
        device_codes::{self, Approval, DeviceCode, State},
        linked_devices::{self, LinkedDevice},
        token_families::{self, Lineage, TokenFamily},
    },
};

pub(super) fn decide(
    db: &mut Db<'_>,
    client: &Arc<Client>,
    request: &Poll,
    policy: &Policy,
    now: Moment,
) -> Result<Granted, OAuthError> {
    let found = device_codes::find_by_code(db, &request.code_digest)?;
    let code = found.ok_or_else(|| not_valid().because("no such code"))?;
    if code.client_id != client.id {
        return Err(not_valid().because("it was made for another client"));
    }
    let resource = same_resource(code.resource.as_ref(), request.resource.as_ref())?;
    let approval = match code.state(now) {
        State::Allowed(approval) => approval,
        State::Pending => return Err(wait(db, &code, now)?),
        State::Denied => return Err(access_denied("the person did not allow it")),
        State::Expired => return Err(expired_token("device_code has expired")),
        State::Redeemed => return Err(replayed(db, &code, now)?),
    };
    if !device_codes::redeem(db, code.id, now)? {
        return Err(replayed(db, &code, now)?);
    }
    let lineage = link(db, &code, &family(&code, approval, policy, now), now)?;
    let standing = lineage.standing_scope(now);
    let scope = standing.ok_or_else(|| not_valid().because("the consent has ended"))?;
    Ok(Granted {
        client: client.clone(),
        scope,
        resource,
        person: Some(person(db, lineage)?),
        generation: client.may_use(GrantType::RefreshToken).then_some(0),
        nonce: None,
        delegation: None,
    })
}

/// What a device hears while nobody has answered (RFC 8628 §3.5).
fn wait(db: &mut Db<'_>, code: &DeviceCode, now: Moment) -> Result<OAuthError, OAuthError> {
    Ok(if device_codes::poll(db, code, now)? {
        authorization_pending("nobody has answered yet")
    } else {
        slow_down("the interval was not kept, and is 5 seconds longer now")
    })
}

/// Two hold the same code: what came of it ends.
fn replayed(db: &mut Db<'_>, code: &DeviceCode, now: Moment) -> Result<OAuthError, OAuthError> {
    token_families::end(db, code.id, "device_code_replayed", now)?;
    Ok(not_valid().because("redeemed before"))
}

/// Begins the family, and remembers it as a device of this person.
fn link(
    db: &mut Db<'_>,
    code: &DeviceCode,
    family: &TokenFamily,
    now: Moment,
) -> Result<Lineage, OAuthError> {
    if !token_families::begin(db, family)? {
        return Err(replayed(db, code, now)?);
    }
    let device = LinkedDevice {
        id: family.id,
        user_id: family.user_id,
        name: code.device_name.clone(),
        linked_at: now,
    };
    linked_devices::add(db, &device)?;
    token_families::find(db, family.id)?.ok_or_else(not_valid)
}

/// The family that the code begins. It belongs to no session: whoever signs out of the browser in
/// which they typed the code is not thereby signed out on the device.
fn family(code: &DeviceCode, approval: Approval, policy: &Policy, now: Moment) -> TokenFamily {
    TokenFamily {
        id: code.id,
        grant_id: approval.grant_id,
        client_id: code.client_id,
        user_id: approval.user_id,
        session_id: None,
        scope: code.scope.clone(),
        resource: code.resource.clone(),
        claims: None,
        acr: approval.acr,
        amr: approval.amr,
        auth_at: approval.auth_at,
        generation: 0,
        rotated_at: now,
        created_at: now,
        expires_at: now + policy.family_lifetime,
        ended_at: None,
        end_reason: None,
    }
}

fn not_valid() -> OAuthError {
    invalid_grant("device_code is not valid")
}
