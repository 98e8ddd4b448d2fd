//! An authenticator in software (WebAuthn §6): makes ES256 keys, says that it checked its owner, and
//! lies where a test wants it to.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use countersign::crypto::random;
use openssl::{
    bn::BigNumContext,
    ec::{EcGroup, EcKey},
    hash::MessageDigest,
    nid::Nid,
    pkey::{PKey, Private},
    sha::sha256,
    sign::Signer,
};
use serde_json::{Value, json};
use url::Url;

use super::answer::{Answer, css};

/// Windows Hello, so that it has a name.
const AAGUID: u128 = 0x0898_7058_cadc_4b81_b6e1_30de_50dc_be96;

/// A device that keeps keys.
#[derive(Clone)]
pub struct Authenticator {
    /// The origin its browser tells.
    pub origin: String,
    /// Whether it checks its owner.
    pub verifies: bool,
    /// Whether its keys may be copied to other devices.
    pub syncs: bool,
    /// Where its counter stands; it moves with every answer, unless several devices had to agree.
    pub counter: u32,
    /// The keys, the newest last.
    pub keys: Vec<Key>,
}

/// A key that never leaves its device.
#[derive(Clone)]
pub struct Key {
    id: Vec<u8>,
    handle: Vec<u8>,
    private: EcKey<Private>,
}

impl Authenticator {
    /// A new device, in front of a browser at this address.
    pub fn at(url: &Url) -> Self {
        let origin = url.origin().ascii_serialization();
        Self { origin, verifies: true, syncs: false, counter: 0, keys: Vec::new() }
    }

    /// Answers the question of a page, whichever it is, in the words of a browser.
    pub fn answer(&mut self, page: &Answer) -> String {
        let (act, options) = question(page);
        if act == "create" { self.create(&options) } else { self.get(&options) }
    }

    /// Makes a key (WebAuthn §6.3.2).
    pub fn create(&mut self, options: &Value) -> String {
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
        let private = EcKey::generate(&group).unwrap();
        let id = random::bytes::<32>().to_vec();
        let public = cose(&private, &group);
        let length = u16::try_from(id.len()).unwrap().to_be_bytes();
        let attested = [&AAGUID.to_be_bytes()[..], &length, &id, &public].concat();
        let rp_id = options["rp"]["id"].as_str().expect("a relying party");
        let data = self.data(rp_id, Some(&attested));
        let handle = decoded(&options["user"]["id"]);
        self.keys.push(Key { id: id.clone(), handle, private });
        let object = [
            // {"fmt": "none", "attStmt": {}, "authData": data}
            &[0xa3][..],
            &text("fmt"),
            &text("none"),
            &text("attStmt"),
            &[0xa0],
            &text("authData"),
            &bytes(&data),
        ]
        .concat();
        let client = self.client_data("webauthn.create", &options["challenge"]);
        let response = json!({
            "clientDataJSON": BASE64.encode(client),
            "attestationObject": BASE64.encode(object),
            "transports": ["internal", "hybrid"],
        });
        credential(&id, &response)
    }

    /// Proves that it has one of the keys that are asked for (WebAuthn §6.3.3), the newest.
    pub fn get(&mut self, options: &Value) -> String {
        let asked = options["allowCredentials"].as_array().expect("a list").clone();
        let wanted = |key: &&Key| {
            asked.is_empty() || asked.iter().any(|asked| decoded(&asked["id"]) == key.id)
        };
        let key = self.keys.iter().rev().find(wanted).expect("one of the keys is here").clone();
        if !self.syncs {
            self.counter += 1;
        }
        let data = self.data(options["rpId"].as_str().expect("a relying party"), None);
        let client = self.client_data("webauthn.get", &options["challenge"]);
        let message = [&data[..], &sha256(&client)].concat();
        let private = PKey::from_ec_key(key.private).unwrap();
        let mut signer = Signer::new(MessageDigest::sha256(), &private).unwrap();
        let signature = signer.sign_oneshot_to_vec(&message).unwrap();
        let response = json!({
            "clientDataJSON": BASE64.encode(client),
            "authenticatorData": BASE64.encode(data),
            "signature": BASE64.encode(signature),
            "userHandle": BASE64.encode(key.handle),
        });
        credential(&key.id, &response)
    }

    /// Authenticator data (WebAuthn §6.1).
    fn data(&self, rp_id: &str, attested: Option<&[u8]>) -> Vec<u8> {
        let flags = [
            (true, 0x01),
            (self.verifies, 0x04),
            (self.syncs, 0x08 | 0x10),
            (attested.is_some(), 0x40),
        ];
        let flags = flags.iter().filter(|(set, _)| *set).fold(0, |all, (_, flag)| all | flag);
        let counter = self.counter.to_be_bytes();
        [&sha256(rp_id.as_bytes())[..], &[flags], &counter, attested.unwrap_or_default()].concat()
    }

    fn client_data(&self, kind: &str, challenge: &Value) -> Vec<u8> {
        let said = json!({
            "type": kind,
            "challenge": challenge,
            "origin": self.origin,
            "crossOrigin": false,
        });
        said.to_string().into_bytes()
    }
}

/// What a page asks its browser: `create` or `get`, and the options.
pub fn question(page: &Answer) -> (String, Value) {
    let html = page.html();
    let form = html.select(&css("form[data-webauthn]")).next();
    let form = form.unwrap_or_else(|| panic!("no question: {}", page.summary()));
    let options = form.attr("data-options").expect("options");
    let options = serde_json::from_str(options).expect("JSON");
    (form.attr("data-webauthn").unwrap().to_owned(), options)
}

/// The same answer with one member of its response decoded, changed and encoded again.
pub fn tampered(answer: &str, member: &str, change: impl FnOnce(&mut [u8])) -> String {
    let mut answer: Value = serde_json::from_str(answer).unwrap();
    let mut bytes = decoded(&answer["response"][member]);
    change(&mut bytes);
    answer["response"][member] = BASE64.encode(bytes).into();
    answer.to_string()
}

fn credential(id: &[u8], response: &Value) -> String {
    let id = BASE64.encode(id);
    json!({ "id": id, "rawId": id, "type": "public-key", "response": response }).to_string()
}

fn decoded(text: &Value) -> Vec<u8> {
    BASE64.decode(text.as_str().expect("base64url")).expect("base64url")
}

/// A public key as COSE writes it (RFC 9053 §7.1.1): kty EC2, alg ES256, curve P-256, x, y.
fn cose(key: &EcKey<Private>, group: &EcGroup) -> Vec<u8> {
    let mut context = BigNumContext::new().unwrap();
    let (mut x, mut y) = (context_number(), context_number());
    let point = key.public_key();
    point.affine_coordinates_gfp(group, &mut x, &mut y, &mut context).unwrap();
    let (x, y) = (x.to_vec_padded(32).unwrap(), y.to_vec_padded(32).unwrap());
    [&[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21][..], &bytes(&x), &[0x22], &bytes(&y)]
        .concat()
}

fn context_number() -> openssl::bn::BigNum {
    openssl::bn::BigNum::new().unwrap()
}

/// A byte string in CBOR (RFC 8949 §3.1).
fn bytes(value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len()).unwrap().to_be_bytes();
    [&[0x59], &length[..], value].concat()
}

/// A short text string in CBOR.
fn text(value: &str) -> Vec<u8> {
    let head = 0x60 + u8::try_from(value.len()).unwrap();
    [&[head], value.as_bytes()].concat()
}
