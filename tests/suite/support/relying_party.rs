//! An app: builds requests with PKCE, redeems codes, checks tokens with the published keys.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use countersign::{clock::Moment, crypto::random};
use openidconnect::{
    ClientId, IssuerUrl, Nonce,
    core::{CoreIdToken, CoreIdTokenVerifier, CoreJsonWebKeySet},
};
use serde_json::Value;
use url::{Url, form_urlencoded};

use super::{answer::Answer, http::Request};

/// How an app says who it is at the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proves {
    Nothing,
    Basic,
    Post,
}

/// An app that knows the server only by its issuer and its own registration.
#[derive(Clone, Debug)]
pub struct RelyingParty {
    pub id: String,
    pub secret: Option<String>,
    pub proves: Proves,
    pub redirect_uri: String,
    /// The discovery document.
    pub metadata: Value,
}

impl RelyingParty {
    /// Reads the issuer's discovery document; a confidential client uses Basic until told otherwise.
    pub async fn discover(issuer: &Url, id: &str, secret: Option<&str>, back: &str) -> Self {
        let url = issuer.join("/.well-known/openid-configuration").expect("a URL");
        let metadata = Request::get(&url).send().await.expect(200).json();
        Self {
            id: id.to_owned(),
            secret: secret.map(str::to_owned),
            proves: if secret.is_some() { Proves::Basic } else { Proves::Nothing },
            redirect_uri: back.to_owned(),
            metadata,
        }
    }

    /// The address of an endpoint, as discovery tells it.
    pub fn endpoint(&self, name: &str) -> Url {
        let url = self.metadata[name].as_str();
        url.unwrap_or_else(|| panic!("no {name} in discovery")).parse().expect("a URL")
    }

    /// The same app, speaking to another node: every endpoint at another address.
    #[must_use]
    pub fn at(&self, node: &Url) -> Self {
        let mut other = self.clone();
        let members = other.metadata.as_object_mut().expect("an object");
        for (name, value) in members {
            if name.ends_with("_endpoint") || name == "jwks_uri" {
                let path = value.as_str().expect("a URL").parse::<Url>().expect("a URL");
                *value = node.join(path.path()).expect("a URL").as_str().into();
            }
        }
        other
    }

    /// A request for authorization with everything a careful app sends.
    pub fn ask(&self, scope: &str) -> Asked {
        let verifier = word();
        let challenge = openssl::sha::sha256(verifier.as_bytes());
        let (state, nonce) = (word(), word());
        let parameters = [
            ("response_type", "code"),
            ("client_id", &self.id),
            ("redirect_uri", &self.redirect_uri),
            ("scope", scope),
            ("state", &state),
            ("nonce", &nonce),
            ("code_challenge", &BASE64.encode(challenge)),
            ("code_challenge_method", "S256"),
        ];
        let parameters = parameters.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let endpoint = self.endpoint("authorization_endpoint");
        Asked { endpoint, parameters: parameters.to_vec(), state, nonce, verifier }
    }

    /// Exchanges a code (RFC 6749 §4.1.3).
    pub async fn redeem(&self, code: &str, verifier: &str) -> Answer {
        self.redemption(code, verifier).send().await
    }

    /// The request that exchanges a code.
    pub fn redemption(&self, code: &str, verifier: &str) -> Request {
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &self.redirect_uri),
            ("code_verifier", verifier),
        ];
        self.call("token_endpoint", &fields)
    }

    /// Asks for new tokens (RFC 6749 §6).
    pub async fn refresh(&self, token: &str) -> Answer {
        self.refreshing(token).send().await
    }

    /// The request that asks for new tokens.
    pub fn refreshing(&self, token: &str) -> Request {
        let fields = [("grant_type", "refresh_token"), ("refresh_token", token)];
        self.call("token_endpoint", &fields)
    }

    /// Says exactly this to the token endpoint, and who it is.
    pub async fn token(&self, fields: &[(&str, &str)]) -> Answer {
        self.call("token_endpoint", fields).send().await
    }

    /// Asks what a token is worth (RFC 7662).
    pub async fn introspect(&self, token: &str) -> Answer {
        self.call("introspection_endpoint", &[("token", token)]).send().await
    }

    /// Gives a token back (RFC 7009).
    pub async fn revoke(&self, token: &str) -> Answer {
        self.call("revocation_endpoint", &[("token", token)]).send().await
    }

    /// Asks who the person is.
    pub async fn userinfo(&self, access_token: &str) -> Answer {
        let url = self.endpoint("userinfo_endpoint");
        Request::get(&url).bearer(access_token).send().await
    }

    /// A request to an endpoint that wants to know the client.
    pub fn call(&self, endpoint: &str, fields: &[(&str, &str)]) -> Request {
        let mut fields = fields.to_vec();
        let secret = self.secret.as_deref().unwrap_or_default();
        match self.proves {
            Proves::Nothing => fields.push(("client_id", &self.id)),
            Proves::Post => fields.extend([("client_id", &*self.id), ("client_secret", secret)]),
            Proves::Basic => {}
        }
        let request = Request::post(&self.endpoint(endpoint)).form(&fields);
        if self.proves != Proves::Basic {
            return request;
        }
        // RFC 6749 §2.3.1: both halves are form-encoded before they are joined.
        let encoded =
            |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let pair = format!("{}:{}", encoded(&self.id), encoded(secret));
        let pair = base64::prelude::BASE64_STANDARD.encode(pair);
        request.header("authorization", &format!("Basic {pair}"))
    }

    /// Checks an ID token as a foreign library does, and returns its claims.
    pub async fn check_id_token(&self, token: &str, nonce: &str, now: Moment) -> Value {
        let keys = Request::get(&self.endpoint("jwks_uri")).send().await.expect(200);
        let keys: CoreJsonWebKeySet = serde_json::from_value(keys.json()).expect("keys");
        let issuer = self.metadata["issuer"].as_str().expect("an issuer").to_owned();
        let (id, issuer) = (ClientId::new(self.id.clone()), IssuerUrl::new(issuer).expect("a URL"));
        let verifier = CoreIdTokenVerifier::new_public_client(id, issuer, keys)
            .set_time_fn(move || now.as_chrono());
        let parsed: CoreIdToken = token.parse().expect("a JWT");
        if let Err(trouble) = parsed.claims(&verifier, &Nonce::new(nonce.to_owned())) {
            panic!("an ID token that a client refuses: {trouble:?}: {}", claims(token));
        }
        claims(token)
    }
}

/// What a JWT says, unchecked.
pub fn claims(jwt: &str) -> Value {
    part(jwt, 1)
}

/// A JWT's header, unchecked.
pub fn header(jwt: &str) -> Value {
    part(jwt, 0)
}

fn part(jwt: &str, at: usize) -> Value {
    let part = jwt.split('.').nth(at).expect("three parts");
    serde_json::from_slice(&BASE64.decode(part).expect("base64url")).expect("JSON")
}

/// 256 bits nobody guesses.
pub fn word() -> String {
    BASE64.encode(random::bytes::<32>())
}

/// A request for authorization, and what only the app knows about it.
#[derive(Clone, Debug)]
pub struct Asked {
    endpoint: Url,
    pub parameters: Vec<(String, String)>,
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

impl Asked {
    /// With this parameter instead of what was there.
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        self.without(name).and(name, value)
    }

    /// With this parameter, even if it is there already.
    #[must_use]
    pub fn and(mut self, name: &str, value: &str) -> Self {
        self.parameters.push((name.to_owned(), value.to_owned()));
        self
    }

    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.parameters.retain(|(parameter, _)| parameter != name);
        self
    }

    /// Where to send the browser.
    pub fn url(&self) -> Url {
        let mut url = self.endpoint.clone();
        url.query_pairs_mut().extend_pairs(&self.parameters);
        url
    }

    /// The same request as a form (OpenID Connect Core §3.1.2.1).
    pub fn post(&self) -> Request {
        Request::post(&self.endpoint).form(&self.parameters)
    }

    /// Reads the answer that came back: in the query or, where nothing stands there, the fragment.
    pub fn answer(&self, back: &Url) -> Returned {
        let fields = back.query().or(back.fragment()).unwrap_or_default();
        let returned = Returned(form_urlencoded::parse(fields.as_bytes()).into_owned().collect());
        if self.parameters.iter().any(|(name, value)| name == "state" && *value == self.state) {
            assert_eq!(returned.get("state"), Some(&*self.state), "state at {back}");
        }
        returned
    }
}

/// What the authorization endpoint sent back to the app.
#[derive(Clone, Debug)]
pub struct Returned(pub Vec<(String, String)>);

impl Returned {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    pub fn code(&self) -> String {
        self.get("code").unwrap_or_else(|| panic!("no code: {self:?}")).to_owned()
    }

    pub fn error(&self) -> String {
        assert_eq!(self.get("code"), None, "an error and a code");
        self.get("error").unwrap_or_else(|| panic!("no error: {self:?}")).to_owned()
    }
}
