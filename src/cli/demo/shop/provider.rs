//! The shop's side of OpenID Connect, on the `openidconnect` crate.
//!
//! Knows the provider's issuer and nothing else of it: every address comes from discovery. Owns what
//! a relying party has to check: `iss` (RFC 9207), PKCE (RFC 7636), the ID token (OpenID Connect Core
//! §3.1.3.7), its `at_hash`, and that the details are about the same person (§5.3.2).

use std::time::Duration;

use openidconnect::{
    AccessToken, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret,
    ConfigurationError, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, LogoutRequest,
    Nonce, OAuth2TokenResponse, PkceCodeChallenge, PostLogoutRedirectUrl, RedirectUrl,
    RefreshToken, Scope, SignatureVerificationError, SubjectIdentifier, TokenResponse,
    core::{
        CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreIdTokenVerifier,
        CoreTokenResponse,
    },
    url::Url,
};

use super::{
    Settings,
    http::Http,
    id_token::judge,
    member::{Details, Member},
    metadata::{Discovery, Metadata},
    trouble::{Kind, Trouble},
    visit::{Errand, SignIn},
};
use crate::clock::Clock;

/// The provider, as one worker of the shop knows it.
pub struct Provider {
    /// How the shop speaks HTTP.
    pub http: Http,
    discovery: Discovery,
    /// The time.
    pub clock: Clock,
    client_id: ClientId,
    client_secret: ClientSecret,
    redirect_uri: RedirectUrl,
    after_logout: PostLogoutRedirectUrl,
    api: Url,
}

/// What to ask the person for.
pub struct Ask {
    /// The scope beside `openid`, which is always asked for.
    pub scope: Vec<String>,
    /// The ID token of somebody who must not be shown anything (`prompt=none`).
    pub silently: Option<CoreIdToken>,
    /// How long ago they may have signed in (`max_age`).
    pub max_age: Option<Duration>,
    /// What the answer is for.
    pub errand: Errand,
}

/// The library's client, with what a discovery document gives it.
pub type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

impl Provider {
    /// The provider that `settings` name. Nothing is fetched before it is needed.
    #[must_use]
    pub fn new(settings: &Settings, clock: &Clock) -> Self {
        Self {
            http: Http::new(),
            discovery: Discovery::new(settings.issuer.clone(), clock.clone()),
            clock: clock.clone(),
            client_id: ClientId::new(settings.client_id.clone()),
            client_secret: ClientSecret::new(settings.client_secret.clone()),
            redirect_uri: RedirectUrl::from_url(settings.at("/callback")),
            after_logout: PostLogoutRedirectUrl::from_url(settings.at("/signed-out")),
            api: settings.api(),
        }
    }

    /// Where to send the browser, and what to remember until it comes back.
    pub async fn begin(&self, ask: Ask) -> Result<(Url, SignIn), Trouble> {
        let client = self.client().await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scopes(ask.scope.iter().cloned().map(Scope::new))
            .set_pkce_challenge(challenge);
        if matches!(ask.errand, Errand::Orders(_)) {
            request = request.add_extra_param("resource", self.api.as_str());
        }
        if let Some(max_age) = ask.max_age {
            request = request.set_max_age(max_age);
        }
        if let Some(hint) = &ask.silently {
            request = request.add_prompt(CoreAuthPrompt::None).set_id_token_hint(hint);
        }
        let (url, state, nonce) = request.url();
        let sign_in = SignIn {
            state: state.into_secret(),
            nonce,
            verifier,
            scope: ask.scope,
            max_age: ask.max_age,
            errand: ask.errand,
            begun_at: self.clock.now(),
        };
        Ok((url, sign_in))
    }

    /// Refuses an answer that names another issuer, or none where one was promised (RFC 9207 §2.4).
    pub async fn check_issuer(&self, iss: Option<&str>) -> Result<(), Trouble> {
        let metadata = self.metadata().await?;
        let promised =
            metadata.additional_metadata().authorization_response_iss_parameter_supported;
        match iss {
            Some(iss) if iss == self.discovery.issuer().as_str() => Ok(()),
            None if !promised => Ok(()),
            Some(other) => Err(Trouble::because(Kind::WrongIssuer, format!("iss is `{other}`"))),
            None => Err(Trouble::because(Kind::WrongIssuer, "iss is missing")),
        }
    }

    /// Redeems the code and learns who came.
    pub async fn finish(&self, code: String, sign_in: SignIn) -> Result<Member, Trouble> {
        let asked = sign_in.scope.clone();
        let (subject, tokens) = self.redeem(code, sign_in).await?;
        let Some(id_token) = tokens.id_token() else { return Err(no_id_token()) };
        let details = self.details(tokens.access_token().clone(), subject).await?;
        Member::new((id_token.clone(), &tokens), &details, asked, self.clock.now())
    }

    /// Redeems the code (OpenID Connect Core §3.1.3) and checks whose it was.
    pub async fn redeem(
        &self,
        code: String,
        sign_in: SignIn,
    ) -> Result<(SubjectIdentifier, CoreTokenResponse), Trouble> {
        let client = self.client().await?;
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(not_offered)?
            .set_pkce_verifier(sign_in.verifier)
            .request_async(&self.http)
            .await
            .map_err(|error| Trouble::at_token(error, Kind::CodeSpent))?;
        let Some(id_token) = tokens.id_token() else { return Err(no_id_token()) };
        let subject = self.verify(id_token, &tokens, Some(&sign_in.nonce)).await?;
        Ok((subject, tokens))
    }

    /// New tokens, and the person's details with them.
    pub async fn refresh(&self, member: &Member) -> Result<Member, Trouble> {
        let tokens = self.renew(member.refresh_token.as_ref(), &member.subject).await?;
        let token = tokens.access_token().clone();
        let details = self.details(token, member.subject.clone()).await?;
        Ok(member.renewed(&tokens, &details, self.clock.now()))
    }

    /// New tokens for old ones (RFC 6749 §6). An ID token may come with them and must then be about
    /// the same person (OpenID Connect Core §12.2).
    pub async fn renew(
        &self,
        token: Option<&RefreshToken>,
        subject: &SubjectIdentifier,
    ) -> Result<CoreTokenResponse, Trouble> {
        let Some(token) = token else {
            return Err(Trouble::because(Kind::AccessRemoved, "no refresh token was given"));
        };
        let client = self.client().await?;
        let tokens = client
            .exchange_refresh_token(token)
            .map_err(not_offered)?
            .request_async(&self.http)
            .await
            .map_err(|error| Trouble::at_token(error, Kind::AccessRemoved))?;
        if let Some(id_token) = tokens.id_token()
            && self.verify(id_token, &tokens, None).await? != *subject
        {
            return Err(Trouble::because(Kind::NotTrusted, "the ID token is somebody else's"));
        }
        Ok(tokens)
    }

    /// Where the browser says goodbye (RP-Initiated Logout §2), if the provider has such a place,
    /// and the `state` it will come back with.
    pub async fn goodbye(&self, member: &Member) -> Result<Option<(Url, String)>, Trouble> {
        let metadata = self.metadata().await?;
        let Some(endpoint) = metadata.additional_metadata().end_session_endpoint.clone() else {
            return Ok(None);
        };
        let state = CsrfToken::new_random();
        let url = LogoutRequest::from(endpoint)
            .set_id_token_hint(&member.id_token)
            .set_client_id(self.client_id.clone())
            .set_post_logout_redirect_uri(self.after_logout.clone())
            .set_state(state.clone())
            .http_get_url();
        Ok(Some((url, state.into_secret())))
    }

    /// What the userinfo endpoint says of this person now (OpenID Connect Core §5.3).
    pub async fn details(
        &self,
        token: AccessToken,
        subject: SubjectIdentifier,
    ) -> Result<Details, Trouble> {
        let client = self.client().await?;
        let request = client.user_info(token, Some(subject)).map_err(not_offered)?;
        Ok(request.request_async(&self.http).await?)
    }

    /// Checks an ID token. A key that was never seen is a reason to read the keys again, once.
    async fn verify(
        &self,
        id_token: &CoreIdToken,
        tokens: &CoreTokenResponse,
        nonce: Option<&Nonce>,
    ) -> Result<SubjectIdentifier, Trouble> {
        let judged = judge(id_token, tokens, &self.verifier().await?, nonce);
        let unknown_key = ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::NoMatchingKey,
        );
        if judged.as_ref().is_err_and(|error| *error == unknown_key) {
            self.discovery.forget();
            return Ok(judge(id_token, tokens, &self.verifier().await?, nonce)?);
        }
        Ok(judged?)
    }

    pub async fn verifier(&self) -> Result<CoreIdTokenVerifier<'static>, Trouble> {
        let metadata = self.metadata().await?;
        let clock = self.clock.clone();
        Ok(CoreIdTokenVerifier::new_confidential_client(
            self.client_id.clone(),
            self.client_secret.clone(),
            metadata.issuer().clone(),
            metadata.jwks().clone(),
        )
        .set_allowed_algs(metadata.id_token_signing_alg_values_supported().iter().cloned())
        .set_time_fn(move || clock.now().as_chrono()))
    }

    async fn client(&self) -> Result<Client, Trouble> {
        let metadata = Metadata::clone(&*self.metadata().await?);
        let secret = Some(self.client_secret.clone());
        let client = CoreClient::from_provider_metadata(metadata, self.client_id.clone(), secret);
        Ok(client.set_redirect_uri(self.redirect_uri.clone()))
    }

    /// What the provider says of itself.
    pub async fn metadata(&self) -> Result<std::rc::Rc<Metadata>, Trouble> {
        self.discovery.metadata(&self.http).await
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape `map_err` wants")]
fn not_offered(error: ConfigurationError) -> Trouble {
    Trouble::because(Kind::BadlySetUp, error.to_string())
}

fn no_id_token() -> Trouble {
    Trouble::because(Kind::NotTrusted, "there was no ID token")
}
