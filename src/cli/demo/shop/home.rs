//! The front page: for strangers a shop window, for members everything the shop was given.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use serde_json::{Map, Value};

use super::{
    Shop,
    member::Member,
    orders::OrderBook,
    page,
    visit::{Note, Shown},
};
use crate::clock::Moment;

#[derive(Template)]
#[template(path = "demo/home.html")]
struct HomePage<'a> {
    shop: &'a Shop,
}

#[derive(Template)]
#[template(path = "demo/member.html")]
struct MemberPage<'a> {
    shop: &'a Shop,
    member: &'a Member,
    note: Option<String>,
    orders: Option<&'a OrderBook>,
    shared: Vec<Line>,
    signed: Vec<Line>,
    details: Vec<Line>,
    left: String,
    may_ask: Vec<&'static str>,
}

/// A claim for the page: its name, its value as text, and what it is for.
struct Line {
    name: String,
    value: String,
    meaning: &'static str,
}

/// `GET /`
pub async fn show(shop: web::Data<Shop>, http: HttpRequest) -> HttpResponse {
    let Shown { member, orders, note } = shop.visits.show(&http);
    match member {
        None => page::answer(StatusCode::OK, &HomePage { shop: &shop }),
        Some(member) => {
            let page = member_page(&shop, &member, orders.as_ref(), note);
            page::answer(StatusCode::OK, &page)
        }
    }
}

fn member_page<'a>(
    shop: &'a Shop,
    member: &'a Member,
    orders: Option<&'a OrderBook>,
    note: Option<Note>,
) -> MemberPage<'a> {
    let granted = |word: &str| member.scope.iter().any(|scope| scope == word);
    let may_ask = ["phone", "address"].into_iter().filter(|word| !granted(word)).collect();
    MemberPage {
        shop,
        member,
        note: note.map(|note| sentence(note, shop.brand())),
        orders,
        shared: shared(member),
        signed: lines(&member.signed.claims),
        details: lines(&member.details),
        left: member.left(shop.clock.now()).map_or_else(|| "not said".to_owned(), in_words),
        may_ask,
    }
}

fn sentence(note: Note, brand: &str) -> String {
    match note {
        Note::Welcome => format!("You are signed in with {brand}."),
        Note::SharedMore => "Thank you: what you agreed to share has arrived.".to_owned(),
        Note::Refreshed => "New tokens have arrived, and your details with them.".to_owned(),
        Note::Described => "We asked again who you are; this is what we were told now.".to_owned(),
        Note::StillSignedIn => {
            format!("We asked {brand} quietly: yes, you are still signed in there.")
        }
        Note::Ordered => "Ordered again: you signed in lately, so the API took it.".to_owned(),
    }
}

/// What a person would call "my details", in the order they would look for them.
fn shared(member: &Member) -> Vec<Line> {
    let line = |name: &str, claim: &str| {
        let value = plain(member.claim(claim)?);
        let verified = member.claim(&format!("{claim}_verified")).and_then(Value::as_bool);
        let meaning = if verified == Some(true) { "confirmed" } else { "" };
        Some(Line { name: name.to_owned(), value, meaning })
    };
    let wanted =
        [("Name", "name"), ("Email", "email"), ("Phone", "phone_number"), ("Address", "address")];
    wanted.into_iter().filter_map(|(name, claim)| line(name, claim)).collect()
}

fn lines(claims: &Map<String, Value>) -> Vec<Line> {
    let line = |(name, value): (&String, &Value)| Line {
        name: name.clone(),
        value: told(name, value),
        meaning: meaning(name),
    };
    claims.iter().map(line).collect()
}

/// A value as text; a moment also as a date (RFC 7519 §2, `NumericDate`).
fn told(name: &str, value: &Value) -> String {
    let moments = ["exp", "iat", "nbf", "auth_time", "updated_at"];
    match value.as_i64() {
        Some(seconds) if moments.contains(&name) => {
            format!("{seconds} ({})", Moment::from_seconds(seconds))
        }
        _ => plain(value),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(parts) => parts
            .get("formatted")
            .map_or_else(|| parts.values().map(plain).collect::<Vec<_>>().join(", "), plain),
        other => other.to_string(),
    }
}

/// What a claim is for (OpenID Connect Core §2 and §5.1, RFC 9068 §2.2).
fn meaning(claim: &str) -> &'static str {
    match claim {
        "iss" => "who says all this",
        "sub" => "who you are here; it stays when your name or email changes",
        "aud" => "whom it is meant for: this shop",
        "azp" => "who asked for it",
        "exp" => "not to be believed after",
        "iat" => "said at",
        "auth_time" => "when you last proved that it is you",
        "nonce" => "ties this to the sign-in that began in this browser",
        "acr" => "how sure the sign-in was",
        "amr" => "by what means you proved it",
        "at_hash" => "ties this to the access token that came with it",
        "sid" => "the sign-in it came from, so that signing out can reach us",
        "jti" => "its own number",
        "name" => "what to call you",
        "given_name" | "family_name" | "middle_name" | "nickname" => "part of your name",
        "preferred_username" => "what you like to be called",
        "email" => "where to write to you",
        "email_verified" | "phone_number_verified" => "whether you have proved that it is yours",
        "phone_number" => "where to call you",
        "address" => "where to deliver",
        "locale" => "your language",
        "birthdate" => "your date of birth",
        "gender" => "what you call yourself",
        "profile" | "website" => "your page",
        "zoneinfo" => "your time zone",
        "picture" => "your picture",
        "updated_at" => "when these details last changed",
        _ => "",
    }
}

fn in_words(left: Duration) -> String {
    let seconds = left.as_secs();
    match (seconds / 60, seconds % 60) {
        (0, 0) => "over: the next call fetches a new one".to_owned(),
        (0, seconds) => format!("{seconds} s left"),
        (minutes, 0) => format!("{minutes} min left"),
        (minutes, seconds) => format!("{minutes} min {seconds} s left"),
    }
}

impl MemberPage<'_> {
    /// JSON as a developer wants to read it.
    fn indented(claims: &Map<String, Value>) -> String {
        serde_json::to_string_pretty(claims).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_shown_as_a_date_too() {
        assert_eq!(told("exp", &Value::from(0)), "0 (1970-01-01T00:00:00Z)");
        assert_eq!(told("floor", &Value::from(3)), "3");
    }

    #[test]
    fn a_lifetime_is_counted_down_in_words() {
        assert_eq!(in_words(Duration::from_secs(599)), "9 min 59 s left");
        assert_eq!(in_words(Duration::from_mins(10)), "10 min left");
        assert_eq!(in_words(Duration::from_secs(5)), "5 s left");
        assert!(in_words(Duration::ZERO).starts_with("over"));
    }

    #[test]
    fn an_address_is_shown_as_it_would_be_written() {
        let address = serde_json::json!({"formatted": "1 Quay\nPort", "country": "SC"});
        assert_eq!(plain(&address), "1 Quay\nPort");
        assert_eq!(plain(&serde_json::json!(["pwd", "otp"])), "pwd, otp");
    }
}
