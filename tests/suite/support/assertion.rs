//! A client assertion (RFC 7523 §3) as a careful client writes it, or with something wrong in it.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use countersign::crypto::jose::SigningKey;
use openssl::{hash::MessageDigest, pkey::PKey, sign::Signer};
use serde_json::{Value, json};

use super::{
    http::Request,
    key_page::set,
    relying_party::{RelyingParty, word},
    world::World,
};

/// What goes beside an assertion (RFC 7523 §2.2).
pub const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What an assertion says, before it is signed.
#[derive(Clone, Debug)]
pub struct Assertion {
    pub header: Value,
    pub claims: Value,
}

impl Assertion {
    /// Good for a minute, and for the issuer.
    pub fn of(app: &RelyingParty, world: &World) -> Self {
        let now = world.clock.now().seconds();
        let claims = json!({
            "iss": app.id, "sub": app.id, "aud": app.metadata["issuer"],
            "jti": word(), "iat": now, "exp": now + 60,
        });
        Self { header: json!({}), claims }
    }

    /// With this claim instead of what was there; null leaves it out.
    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        let claims = self.claims.as_object_mut().expect("an object");
        claims.insert(name.to_owned(), value);
        claims.retain(|_, value| !value.is_null());
        self
    }

    /// With this in the header.
    #[must_use]
    pub fn headed(mut self, name: &str, value: Value) -> Self {
        self.header[name] = value;
        self
    }

    /// Signed with a key pair, whose name and algorithm stand in the header unless it says others.
    pub fn signed(&self, key: &SigningKey) -> String {
        let mut header = json!({ "alg": key.algorithm().as_str(), "kid": key.kid() });
        self.overwrite(&mut header);
        let signed = self.unsigned(&header);
        let signature = key.sign(signed.as_bytes()).expect("a signature");
        format!("{signed}.{}", BASE64.encode(signature))
    }

    /// Signed with a secret, by the algorithm of this name.
    pub fn signed_with(&self, secret: &str, algorithm: &str) -> String {
        let mut header = json!({ "alg": algorithm });
        self.overwrite(&mut header);
        let digest = match algorithm {
            "HS256" => MessageDigest::sha256(),
            "HS384" => MessageDigest::sha384(),
            _ => MessageDigest::sha512(),
        };
        let signed = self.unsigned(&header);
        let key = PKey::hmac(secret.as_bytes()).expect("a key");
        let mac = Signer::new(digest, &key).unwrap().sign_oneshot_to_vec(signed.as_bytes());
        format!("{signed}.{}", BASE64.encode(mac.expect("a MAC")))
    }

    fn overwrite(&self, header: &mut Value) {
        for (name, value) in self.header.as_object().expect("an object") {
            header[name] = value.clone();
        }
    }

    /// Header and claims, encoded, as a signature is made over them.
    fn unsigned(&self, header: &Value) -> String {
        let part = |value: &Value| BASE64.encode(value.to_string());
        format!("{}.{}", part(header), part(&self.claims))
    }
}

impl RelyingParty {
    /// A request to an endpoint by a client that proves with this assertion alone who it is.
    pub fn asserting(&self, endpoint: &str, jwt: &str, fields: &[(&str, &str)]) -> Request {
        let mut fields = fields.to_vec();
        fields.extend([("client_assertion", jwt), ("client_assertion_type", TYPE)]);
        Request::post(&self.endpoint(endpoint)).form(&fields)
    }

    /// Asks for a token of its own (RFC 6749 §4.4), proving with this assertion who it is.
    pub fn asking_for_itself(&self, jwt: &str) -> Request {
        self.asserting("token_endpoint", jwt, &[("grant_type", "client_credentials")])
    }
}

impl World {
    /// An app that may ask for itself, and proves by this method who it is, with these members
    /// beside.
    pub async fn machine(&self, method: &str, more: Value) -> RelyingParty {
        let mut metadata = json!({
            "client_name": "Machine",
            "redirect_uris": ["https://machine.example/cb"],
            "grant_types": ["authorization_code", "client_credentials"],
            "scope": "openid read",
            "token_endpoint_auth_method": method,
        });
        let members = metadata.as_object_mut().expect("an object");
        members.extend(more.as_object().expect("an object").clone());
        self.register(metadata).await
    }

    /// The same with this key.
    pub async fn machine_with(&self, key: &SigningKey) -> RelyingParty {
        self.machine("private_key_jwt", json!({ "jwks": set(&[key]) })).await
    }
}
