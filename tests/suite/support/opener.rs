//! A client's key pair for what is encrypted to it, opened by a library of its own.

use josekit::{
    jwe::{
        ECDH_ES, ECDH_ES_A128KW, ECDH_ES_A256KW, JweContext, JweDecrypter, RSA_OAEP, RSA_OAEP_256,
    },
    jwk::{Jwk, alg::ec::EcCurve},
};
use serde_json::{Value, json};

/// A key pair that others encrypt to.
pub struct Opener {
    private: Jwk,
    /// Its public half, as a client registers it.
    pub public: Value,
}

impl Opener {
    /// A key that this `alg` can encrypt to; it does not say so itself.
    pub fn of(alg: &str) -> Self {
        let rsa = alg.starts_with("RSA");
        let key =
            if rsa { Jwk::generate_rsa_key(2048) } else { Jwk::generate_ec_key(EcCurve::P256) };
        let mut private = key.expect("a key");
        private.set_key_id("for-my-eyes");
        let public = private.to_public_key().expect("its public half");
        let mut public = Value::Object(public.into());
        public["use"] = json!("enc");
        public["kid"] = json!("for-my-eyes");
        Self { private, public }
    }

    /// Its header and what was in it; complains if it is not for this key in this way.
    pub fn open(&self, jwe: &str, (alg, enc): (&str, &str)) -> (Value, String) {
        let opened = JweContext::new().deserialize_compact(jwe, &*self.decrypter(alg));
        let (content, header) = opened.unwrap_or_else(|error| panic!("{error}: {jwe}"));
        let header = Value::Object(header.claims_set().clone());
        assert_eq!((&header["alg"], &header["enc"]), (&json!(alg), &json!(enc)));
        (header, String::from_utf8(content).expect("text"))
    }

    /// The signed JWT in a nested one.
    pub fn open_nested(&self, jwe: &str, registered: (&str, &str)) -> String {
        let (header, jwt) = self.open(jwe, registered);
        assert_eq!(header["cty"], "JWT");
        assert_eq!(header["kid"], "for-my-eyes");
        jwt
    }

    fn decrypter(&self, alg: &str) -> Box<dyn JweDecrypter> {
        let key = &self.private;
        match alg {
            "RSA-OAEP" => Box::new(RSA_OAEP.decrypter_from_jwk(key).expect("an RSA key")),
            "RSA-OAEP-256" => Box::new(RSA_OAEP_256.decrypter_from_jwk(key).expect("an RSA key")),
            "ECDH-ES" => Box::new(ECDH_ES.decrypter_from_jwk(key).expect("an EC key")),
            "ECDH-ES+A128KW" => {
                Box::new(ECDH_ES_A128KW.decrypter_from_jwk(key).expect("an EC key"))
            }
            "ECDH-ES+A256KW" => {
                Box::new(ECDH_ES_A256KW.decrypter_from_jwk(key).expect("an EC key"))
            }
            _ => panic!("no such alg: {alg}"),
        }
    }
}
