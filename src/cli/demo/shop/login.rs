//! To the provider and back: the authorization code flow with PKCE (OpenID Connect Core §3.1).

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::{
    Shop,
    member::Member,
    orders, page,
    provider::Ask,
    trouble::{Kind, Trouble},
    visit::{Errand, Note, Returning, SignIn},
};

/// What the shop asks of everybody.
const BASIC: &[&str] = &["profile", "email"];
/// What it may ask for later.
const MORE: &[&str] = &["phone", "address"];

/// What a link to `/login` may say.
#[derive(Deserialize)]
pub struct Wish {
    /// A scope of [`MORE`].
    more: Option<String>,
    /// Ask without showing anything: am I still signed in?
    silently: Option<String>,
}

/// What comes back to the redirect URI (RFC 6749 §4.1.2, §4.1.2.1; RFC 9207 §2).
#[derive(Deserialize)]
pub struct Returned {
    state: Option<String>,
    code: Option<String>,
    iss: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

/// `GET /login`: sends the browser to the provider.
pub async fn begin(
    shop: web::Data<Shop>,
    http: HttpRequest,
    wish: web::Query<Wish>,
) -> HttpResponse {
    let member = shop.visits.member(&http);
    let ask = ask_for(&wish, member.as_ref());
    let sent = send(&shop, &http, ask).await;
    shop.answer(&http, sent)
}

/// Sends the browser to the provider, and remembers why.
pub async fn send(shop: &Shop, http: &HttpRequest, ask: Ask) -> Result<HttpResponse, Trouble> {
    let (url, sign_in) = shop.provider.begin(ask).await?;
    let cookie = shop.visits.begin(http, sign_in);
    Ok(page::see(url.as_str()).cookie(cookie).finish())
}

/// `GET /callback`: the browser is back.
pub async fn finish(
    shop: web::Data<Shop>,
    http: HttpRequest,
    returned: web::Query<Returned>,
) -> HttpResponse {
    let came = welcome(&shop, &http, returned.into_inner()).await;
    shop.answer(&http, came)
}

/// The state first: nothing else of the answer is looked at before it is known to be ours.
async fn welcome(
    shop: &Shop,
    http: &HttpRequest,
    returned: Returned,
) -> Result<HttpResponse, Trouble> {
    let sign_in = match shop.visits.take(http, returned.state.as_deref().unwrap_or_default()) {
        Returning::InTime(sign_in) => sign_in,
        Returning::TooLate => return Err(Trouble::plain(Kind::TookTooLong)),
        Returning::Unknown => {
            return Err(Trouble::because(Kind::NotYours, "state is not one of this browser's"));
        }
    };
    shop.provider.check_issuer(returned.iss.as_deref()).await?;
    if let Some(error) = returned.error {
        return Err(Trouble::returned(&error, returned.error_description.as_deref()));
    }
    let Some(code) = returned.code else {
        return Err(Trouble::because(Kind::NotTrusted, "neither a code nor an error came back"));
    };
    if let Errand::Orders(call) = sign_in.errand {
        return orders::with_code(shop, http, code, (sign_in, call)).await;
    }
    let note = note_for(&sign_in, shop.visits.member(http).as_ref());
    let member = shop.provider.finish(code, sign_in).await?;
    let cookie = shop.visits.enter(http, member, note);
    Ok(page::see("/").cookie(cookie).finish())
}

/// What to ask for: never less than the person shares already, so that nothing is lost by asking.
fn ask_for(wish: &Wish, member: Option<&Member>) -> Ask {
    let mut scope: Vec<String> = BASIC.iter().map(|&word| word.to_owned()).collect();
    let shared = member.iter().flat_map(|member| &member.scope).cloned();
    let more = wish.more.clone().filter(|more| MORE.contains(&more.as_str()));
    for word in shared.chain(more) {
        if word != "openid" && !scope.contains(&word) {
            scope.push(word);
        }
    }
    let silently = wish.silently.as_ref().and(member).map(|member| member.id_token.clone());
    let errand = if silently.is_some() { Errand::StillThere } else { Errand::SignIn };
    Ask { scope, silently, max_age: None, errand }
}

fn note_for(sign_in: &SignIn, before: Option<&Member>) -> Note {
    match before {
        Some(_) if sign_in.errand == Errand::StillThere => Note::StillSignedIn,
        Some(before) if sign_in.scope.iter().any(|word| !before.scope.contains(word)) => {
            Note::SharedMore
        }
        _ => Note::Welcome,
    }
}
