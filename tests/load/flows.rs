//! What is asked of the server: one visitor for each kind of thing, each answer looked at.

use std::{cell::RefCell, rc::Rc};

use base64::{Engine as _, prelude::BASE64_STANDARD, prelude::BASE64_URL_SAFE_NO_PAD};

use super::{
    drive::{Step, Visitor},
    http::{Answer, get, post},
    prepare::{Credentials, PASSWORD, REDIRECT_URI, email},
    wrk::Same,
};

/// What only the app knows (RFC 7636 §4.1); one for all, as this is about speed.
const VERIFIER: &str = "a-verifier-of-forty-three-characters-or-more";

/// The header a confidential client proves itself with (RFC 6749 §2.3.1).
pub fn basic(client: &Credentials) -> String {
    format!("Basic {}", BASE64_STANDARD.encode(format!("{}:{}", client.id, client.secret)))
}

/// The address of an authorization request.
pub fn authorization(client: &Credentials, scope: &str) -> String {
    let digest = countersign::crypto::secret::digest(VERIFIER.as_bytes());
    let challenge = BASE64_URL_SAFE_NO_PAD.encode(digest);
    let redirect_uri = escaped(REDIRECT_URI);
    let (id, scope) = (&client.id, escaped(scope));
    format!(
        "/oauth/authorize?response_type=code&client_id={id}&redirect_uri={redirect_uri}\
         &scope={scope}&state=s&nonce=n&code_challenge={challenge}&code_challenge_method=S256"
    )
}

/// The same request again and again, for a fixed rate.
pub struct Again(pub Same);

impl Visitor for Again {
    fn request(&mut self) -> Option<Vec<u8>> {
        Some(self.0.bytes())
    }

    fn answered(&mut self, answer: &Answer<'_>) -> Result<Step, String> {
        expect(answer, 200)
    }
}

/// Codes that wait to be exchanged.
pub type Codes = Rc<RefCell<Vec<String>>>;

/// Somebody signed in whose app asks again: nothing to show, a code at once.
pub struct Authorize {
    /// The authorization request.
    pub address: String,
    /// The browser's cookies.
    pub cookies: String,
    /// Where the codes go.
    pub codes: Codes,
}

impl Visitor for Authorize {
    fn request(&mut self) -> Option<Vec<u8>> {
        Some(get(&self.address, &format!("cookie: {}\r\n", self.cookies)))
    }

    fn answered(&mut self, answer: &Answer<'_>) -> Result<Step, String> {
        let done = expect(answer, 303)?;
        let location = answer.header("location").unwrap_or_default();
        let code = location.split(['?', '&']).find_map(|pair| pair.strip_prefix("code="));
        let code = code.ok_or_else(|| format!("no code came back but {location}"))?;
        self.codes.borrow_mut().push(code.to_owned());
        Ok(done)
    }
}

/// An app that exchanges codes (RFC 6749 §4.1.3).
pub struct Exchange {
    /// Its proof.
    pub basic: String,
    /// The codes.
    pub codes: Codes,
    /// Where the refresh tokens go.
    pub refresh_tokens: Codes,
    /// Where the access tokens go, if anybody wants them.
    pub access_tokens: Option<Codes>,
}

impl Visitor for Exchange {
    fn request(&mut self) -> Option<Vec<u8>> {
        let code = self.codes.borrow_mut().pop()?;
        let redirect_uri = escaped(REDIRECT_URI);
        let body = format!(
            "grant_type=authorization_code&code={code}&redirect_uri={redirect_uri}\
             &code_verifier={VERIFIER}"
        );
        Some(token(&self.basic, &body))
    }

    fn answered(&mut self, answer: &Answer<'_>) -> Result<Step, String> {
        let done = expect(answer, 200)?;
        let token = member(answer.text(), "refresh_token").ok_or("no refresh token came back")?;
        self.refresh_tokens.borrow_mut().push(token.to_owned());
        if let Some(kept) = &self.access_tokens {
            let token = member(answer.text(), "access_token").ok_or("no access token came back")?;
            kept.borrow_mut().push(token.to_owned());
        }
        Ok(done)
    }
}

/// An app that refreshes its tokens, each time with the one it was given last (RFC 6749 §6).
pub struct Refresh {
    /// Its proof.
    pub basic: String,
    /// The token that is live.
    pub token: String,
}

impl Visitor for Refresh {
    fn request(&mut self) -> Option<Vec<u8>> {
        let body = format!("grant_type=refresh_token&refresh_token={}", self.token);
        Some(token(&self.basic, &body))
    }

    fn answered(&mut self, answer: &Answer<'_>) -> Result<Step, String> {
        let done = expect(answer, 200)?;
        let token = member(answer.text(), "refresh_token").ok_or("no refresh token came back")?;
        token.clone_into(&mut self.token);
        Ok(done)
    }
}

/// A person who opens the sign-in page, types a password and is signed in; then the next one.
pub struct SignIn {
    /// Who is next.
    pub nth: u32,
    /// And after them.
    pub step: u32,
    /// How many there are.
    pub accounts: u32,
    /// Whether being turned away is to be expected.
    pub patient: bool,
    /// What the page gave: its hidden fields and its cookies.
    pub page: Option<(String, String)>,
    /// The cookies of whoever was signed in last.
    pub cookies: String,
}

impl SignIn {
    /// The first of `step` lines of people.
    pub fn new(nth: u32, step: u32, accounts: u32) -> Self {
        let (page, cookies, patient) = (None, String::new(), false);
        Self { nth: nth % accounts, step, accounts, patient, page, cookies }
    }

    /// Turned away is not strange.
    pub fn patient(mut self) -> Self {
        self.patient = true;
        self
    }
}

impl Visitor for SignIn {
    fn request(&mut self) -> Option<Vec<u8>> {
        let Some((fields, cookies)) = &self.page else { return Some(get("/sign-in", "")) };
        let (email, password) = (escaped(&email(self.nth)), escaped(PASSWORD));
        let body = format!("{fields}identifier={email}&password={password}");
        Some(post("/sign-in", &format!("cookie: {cookies}\r\n"), &body))
    }

    fn answered(&mut self, answer: &Answer<'_>) -> Result<Step, String> {
        let cookies: Vec<_> = answer.cookies().collect();
        match self.page.take() {
            None => {
                expect(answer, 200)?;
                self.page = Some((hidden_fields(answer.text()), cookies.join("; ")));
                Ok(Step::OnTheWay)
            }
            Some((_, browser)) => {
                self.nth = (self.nth + self.step) % self.accounts;
                if self.patient && matches!(answer.status, 429 | 503) {
                    return Ok(Step::TurnedAway);
                }
                let done = expect(answer, 303)?;
                self.cookies = format!("{browser}; {}", cookies.join("; "));
                Ok(done)
            }
        }
    }
}

fn token(basic: &str, body: &str) -> Vec<u8> {
    post("/oauth/token", &format!("authorization: {basic}\r\n"), body)
}

fn expect(answer: &Answer<'_>, status: u16) -> Result<Step, String> {
    if answer.status == status {
        return Ok(Step::Done);
    }
    let body: String = answer.text().chars().take(200).collect();
    Err(format!("{} instead of {status}: {body}", answer.status))
}

/// A text member of a flat JSON object, read without building one.
fn member<'a>(json: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = json.split_once(&format!("\"{name}\":\""))?;
    rest.split('"').next()
}

/// The hidden fields of the page's first form, ready to be sent back.
fn hidden_fields(page: &str) -> String {
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!("{name}=\""))?;
        Some(rest.split('"').next()?.replace("&#38;", "&").replace("&amp;", "&"))
    };
    let form = page.split("</form>").next().unwrap_or_default();
    let tags = form.split("<input").skip(1).filter_map(|rest| rest.split('>').next());
    let hidden = tags.filter(|tag| tag.contains("type=\"hidden\""));
    hidden
        .filter_map(|tag| {
            let value = attribute(tag, "value").unwrap_or_default();
            Some(format!("{}={}&", attribute(tag, "name")?, escaped(&value)))
        })
        .collect()
}

fn escaped(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
