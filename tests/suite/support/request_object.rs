//! A request for authorization that its client signed (RFC 9101, OpenID Connect Core §6).

use countersign::crypto::jose::SigningKey;
use serde_json::{Value, json};

use super::{
    assertion::Assertion,
    relying_party::{Asked, RelyingParty},
    world::World,
};

/// What the client signs: every parameter of the request, for this server, for a minute.
pub fn of(asked: &Asked, app: &RelyingParty, world: &World) -> Assertion {
    let said = asked.parameters.iter().map(|(name, value)| (name.clone(), Value::from(&**value)));
    let object = Assertion { header: json!({}), claims: Value::Object(said.collect()) };
    object
        .with("iss", json!(app.id))
        .with("aud", app.metadata["issuer"].clone())
        .with("exp", json!(world.clock.now().seconds() + 60))
}

impl Asked {
    /// What stands in the address beside a request object: no more than OpenID Connect Core §6.1
    /// asks for.
    #[must_use]
    pub fn carrying(&self, parameter: &str, value: &str) -> Self {
        let mut outside = self.clone();
        let kept = ["client_id", "response_type", "scope"];
        outside.parameters.retain(|(name, _)| kept.contains(&name.as_str()));
        outside.with(parameter, value)
    }

    /// The same request, signed.
    #[must_use]
    pub fn signed(&self, app: &RelyingParty, world: &World, key: &SigningKey) -> Self {
        self.carrying("request", &of(self, app, world).signed(key))
    }
}
