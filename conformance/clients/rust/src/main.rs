//! Logs in with the `openidconnect` crate. Start it through `conformance/clients/run`.

mod person;

use std::env;
use std::process::ExitCode;
use std::thread;

use anyhow::{Context, Result, ensure};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClaimName, CoreClaimType,
    CoreClient, CoreClientAuthMethod, CoreDeviceAuthorizationResponse, CoreGrantType,
    CoreIdTokenClaims, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
    CoreTokenResponse, CoreUserInfoClaims,
};
use openidconnect::{
    AccessToken, AdditionalProviderMetadata, AuthorizationCode, ClientId, ClientSecret, CsrfToken,
    DeviceAuthorizationUrl, EndpointMaybeSet, EndpointNotSet, EndpointSet, IntrospectionUrl,
    IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, ProviderMetadata, RedirectUrl, Scope,
    TokenIntrospectionResponse, TokenResponse,
};
use person::Person;
use url::Url;

/// The endpoints that OpenID Connect Discovery itself does not name.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
struct Endpoints {
    introspection_endpoint: Option<IntrospectionUrl>,
    device_authorization_endpoint: Option<DeviceAuthorizationUrl>,
}

impl AdditionalProviderMetadata for Endpoints {}

type Provider = ProviderMetadata<
    Endpoints,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What every flow needs: the server as it describes itself, and the way there.
struct World {
    http: openidconnect::reqwest::blocking::Client,
    provider: Provider,
}

fn given(name: &str) -> Result<String> {
    env::var(name)
        .with_context(|| format!("{name} is not set: start this through conformance/clients/run"))
}

impl World {
    fn new() -> Result<Self> {
        let http = openidconnect::reqwest::blocking::Client::builder();
        let http = http.redirect(openidconnect::reqwest::redirect::Policy::none()).build()?;
        let provider = Provider::discover(&IssuerUrl::new(given("ISSUER")?)?, &http)?;
        Ok(Self { http, provider })
    }

    fn offers(&self, grant: &CoreGrantType) -> bool {
        self.provider.grant_types_supported().is_some_and(|offered| offered.contains(grant))
    }

    /// One of our apps, by the name of its environment variables.
    fn client(&self, name: &str) -> Result<Client> {
        let id = ClientId::new(given(&format!("{name}_CLIENT_ID"))?);
        let secret = env::var(format!("{name}_CLIENT_SECRET")).ok().map(ClientSecret::new);
        let client = CoreClient::from_provider_metadata(self.provider.clone(), id, secret);
        Ok(client.set_redirect_uri(RedirectUrl::new(given("REDIRECT_URI")?)?))
    }

    /// Signs somebody in; the claims of the ID token are checked: issuer, audience, signature, nonce.
    fn sign_in(&self, client: &Client) -> Result<(CoreTokenResponse, CoreIdTokenClaims)> {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let (address, state, nonce) = client
            .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
            .add_scopes(["profile", "email", "offline_access"].map(|s| Scope::new(s.to_owned())))
            .add_prompt(CoreAuthPrompt::Consent)
            .set_pkce_challenge(challenge)
            .url();
        let answer = newcomer()?
            .visit(&address, &given("REDIRECT_URI")?)?
            .context("the app was not called")?;
        let told =
            |name: &str| answer.query_pairs().find(|(n, _)| n == name).map(|(_, v)| v.into_owned());
        ensure!(told("state").as_ref() == Some(state.secret()), "the state is not ours: {answer}");
        ensure!(
            told("iss").as_deref() == Some(self.provider.issuer().as_str()),
            "no issuer: {answer}"
        );
        let code = AuthorizationCode::new(told("code").context("no code")?);
        let tokens = client.exchange_code(code)?.set_pkce_verifier(verifier).request(&self.http)?;
        let claims = self.claims(client, &tokens, &nonce)?;
        Ok((tokens, claims))
    }

    fn claims(
        &self,
        client: &Client,
        tokens: &CoreTokenResponse,
        nonce: &Nonce,
    ) -> Result<CoreIdTokenClaims> {
        let id_token = tokens.id_token().context("no ID token")?;
        Ok(id_token.claims(&client.id_token_verifier(), nonce)?.clone())
    }

    fn code_and_userinfo(&self) -> Result<()> {
        let client = self.client("WEB")?;
        let (tokens, claims) = self.sign_in(&client)?;
        let subject = Some(claims.subject().clone());
        let told: CoreUserInfoClaims =
            client.user_info(tokens.access_token().clone(), subject)?.request(&self.http)?;
        ensure!(
            told.email().map(|email| email.as_str()) == Some(&*given("PERSON_IDENTIFIER")?),
            "another email"
        );
        Ok(())
    }

    fn code_of_a_public_client(&self) -> Result<()> {
        self.sign_in(&self.client("NATIVE")?).map(drop)
    }

    fn refresh(&self) -> Result<()> {
        let client = self.client("WEB")?;
        let (first, _) = self.sign_in(&client)?;
        let token = first.refresh_token().context("no refresh token")?;
        let second = client.exchange_refresh_token(token)?.request(&self.http)?;
        ensure!(
            second.access_token().secret() != first.access_token().secret(),
            "the old access token"
        );
        Ok(())
    }

    /// Introspection alone: the crate revokes over https only, and this server speaks http here.
    fn introspection(&self) -> Result<()> {
        let endpoint = self.provider.additional_metadata().introspection_endpoint.clone();
        let client = self.client("WEB")?;
        let (tokens, _) = self.sign_in(&client)?;
        let asking = client.set_introspection_url(endpoint.context("no introspection")?);
        let active = |token: &AccessToken| -> Result<bool> {
            Ok(asking.introspect(token).request(&self.http)?.active())
        };
        ensure!(active(tokens.access_token())?, "our own token is not active");
        ensure!(!active(&AccessToken::new("made up".to_owned()))?, "a made-up token is active");
        Ok(())
    }

    fn device(&self) -> Result<()> {
        let endpoint = self.provider.additional_metadata().device_authorization_endpoint.clone();
        let client = self
            .client("DEVICE")?
            .set_device_authorization_url(endpoint.context("no device endpoint")?);
        let request = client.exchange_device_code().add_scope(Scope::new("profile".to_owned()));
        let started: CoreDeviceAuthorizationResponse = request.request(&self.http)?;
        let person = newcomer()?.holding(started.user_code().secret());
        person.visit(started.verification_uri().url(), &given("REDIRECT_URI")?)?;
        let tokens = client.exchange_device_access_token(&started)?.request(
            &self.http,
            thread::sleep,
            None,
        )?;
        ensure!(!tokens.access_token().secret().is_empty(), "no access token");
        Ok(())
    }

    fn client_credentials(&self) -> Result<()> {
        let tokens = self.client("MACHINE")?.exchange_client_credentials()?.request(&self.http)?;
        ensure!(tokens.refresh_token().is_none(), "a refresh token for a machine");
        Ok(())
    }
}

fn newcomer() -> Result<Person> {
    Person::new(
        given("ISSUER")?.parse::<Url>()?,
        given("PERSON_IDENTIFIER")?,
        given("PERSON_PASSWORD")?,
    )
}

type Flow = (&'static str, bool, fn(&World) -> Result<()>);

fn main() -> ExitCode {
    match World::new().map(|world| run(&world)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("FAIL  openidconnect: discovery: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs every flow that the server offers; says whether none failed.
fn run(world: &World) -> bool {
    let endpoints = world.provider.additional_metadata();
    let introspects = endpoints.introspection_endpoint.is_some();
    let device = endpoints.device_authorization_endpoint.is_some();
    let flows: [Flow; 6] = [
        ("code with PKCE, secret, userinfo", true, World::code_and_userinfo),
        ("code with PKCE, public client", true, World::code_of_a_public_client),
        ("refresh", world.offers(&CoreGrantType::RefreshToken), World::refresh),
        ("introspection", introspects, World::introspection),
        ("device", device, World::device),
        (
            "client credentials",
            world.offers(&CoreGrantType::ClientCredentials),
            World::client_credentials,
        ),
    ];
    let mut failed = false;
    for (name, offered, work) in flows {
        if !offered {
            println!("SKIP  openidconnect: {name} (not offered in discovery)");
            continue;
        }
        match work(world) {
            Ok(()) => println!("PASS  openidconnect: {name}"),
            Err(error) => {
                failed = true;
                println!("FAIL  openidconnect: {name}: {error:#}");
            }
        }
    }
    !failed
}
