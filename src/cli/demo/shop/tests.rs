//! The shop's pages as a browser gets them, without a provider behind them.

use std::{collections::BTreeMap, str::FromStr as _};

use actix_web::{
    body::to_bytes,
    cookie::Cookie,
    dev::{Service as _, ServiceResponse},
    http::StatusCode,
    test::{TestRequest, init_service},
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use openidconnect::{
    AccessToken, EmptyExtraTokenFields, IdTokenFields, StandardClaims, SubjectIdentifier,
    core::{CoreIdToken, CoreTokenResponse, CoreTokenType},
};
use serde_json::{Value, json};

use super::{
    member::{AnyOther, Details, Member},
    page, refuse,
    set::{Television, Waiting},
    visit::Note,
    *,
};
use crate::clock::Moment;

const HOSTILE: &str = "<script>alert('x')</script>\"&";

fn settings() -> Settings {
    Settings {
        origin: "http://shop.test".parse().unwrap(),
        // Nobody listens here: whatever the shop wants of its provider, it gets no answer.
        issuer: IssuerUrl::new("http://127.0.0.1:9".to_owned()).unwrap(),
        brand: "Acme & Sons".to_owned(),
        client_id: "shop".to_owned(),
        client_secret: "secret".to_owned(),
        television_id: "television".to_owned(),
    }
}

fn clock() -> Clock {
    Clock::fixed(Moment::from_seconds(1_800_000_000))
}

fn member(claims: &Value, details: BTreeMap<String, Value>) -> Member {
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let token = format!("{}.{}.c2ln", part(&json!({"alg": "ES256", "kid": "k"})), part(claims));
    let id_token = CoreIdToken::from_str(&token).unwrap();
    let fields = IdTokenFields::new(Some(id_token.clone()), EmptyExtraTokenFields {});
    let access_token = AccessToken::new("the-access-token".to_owned());
    let tokens = CoreTokenResponse::new(access_token, CoreTokenType::Bearer, fields);
    let subject = SubjectIdentifier::new("sub".to_owned());
    let details = Details::new(StandardClaims::new(subject), AnyOther::from(details));
    let asked = vec!["openid".to_owned(), "email".to_owned()];
    Member::new((id_token, &tokens), &details, asked, clock().now()).unwrap()
}

fn claims() -> Value {
    json!({"iss": "http://127.0.0.1:9", "sub": "sub", "aud": ["shop"], "exp": 1, "iat": 0})
}

/// Asks the shop, as somebody who is signed in if `member` is given.
async fn ask(request: TestRequest, member: Option<Member>) -> (StatusCode, String, String) {
    ask_as(request, |visits, nobody| {
        member.map(|member| visits.enter(nobody, member, Note::Welcome))
    })
    .await
}

/// Asks the shop, as somebody who was there before.
async fn ask_as(
    request: TestRequest,
    before: impl FnOnce(&Visits, &HttpRequest) -> Option<Cookie<'static>>,
) -> (StatusCode, String, String) {
    let shop =
        web::Data::new(Shop::new(&settings(), &clock(), Arc::new(Visits::new(clock(), false))));
    let cookie = before(&shop.visits, &TestRequest::default().to_http_request());
    let app = App::new()
        .wrap(page::headers(&settings().issuer))
        .app_data(shop)
        .app_data(web::QueryConfig::default().error_handler(strange_query))
        .configure(routes);
    let app = init_service(app).await;
    let request = cookie.into_iter().fold(request, TestRequest::cookie);
    let answer: ServiceResponse = app.call(request.to_request()).await.unwrap();
    let policy = answer.headers().get("content-security-policy").unwrap().to_str().unwrap();
    let (status, policy) = (answer.status(), policy.to_owned());
    let body = to_bytes(answer.into_body()).await.unwrap();
    (status, policy, String::from_utf8(body.to_vec()).unwrap())
}

#[actix_web::test]
async fn a_stranger_finds_the_button_with_the_brand_on_it() {
    let (status, policy, page) = ask(TestRequest::get().uri("/"), None).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Login with Acme &#38; Sons"), "{page}");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
    assert!(!page.contains("<script") && !page.contains("style="));
}

#[actix_web::test]
async fn a_member_sees_what_was_shared_and_never_a_token() {
    let details = BTreeMap::from([
        ("favourite".to_owned(), json!("flat white")),
        ("floor".to_owned(), json!(3)),
    ]);
    let (_, _, page) = ask(TestRequest::get().uri("/"), Some(member(&claims(), details))).await;
    assert!(page.contains("flat white"));
    assert!(page.contains("1970-01-01T00:00:01Z"), "a moment is shown as a date");
    assert!(!page.contains("the-access-token"));
}

#[actix_web::test]
async fn what_a_provider_says_is_text_and_never_markup() {
    let mut hostile = claims();
    hostile["nickname"] = json!(HOSTILE);
    let details = BTreeMap::from([(HOSTILE.to_owned(), json!({ HOSTILE: [HOSTILE] }))]);
    let (status, _, page) = ask(TestRequest::get().uri("/"), Some(member(&hostile, details))).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("alert(") && !page.contains("<script"), "{page}");
}

#[actix_web::test]
async fn an_answer_without_a_state_of_this_browser_is_not_used() {
    let address = "/callback?code=c&state=s&error_description=%3Cscript%3E";
    let (status, _, page) = ask(TestRequest::get().uri(address), None).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("state_mismatch") && !page.contains("<script"));
}

#[actix_web::test]
async fn a_parameter_sent_twice_is_not_used() {
    let (status, _, page) = ask(TestRequest::get().uri("/callback?state=a&state=b"), None).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("state_mismatch"));
}

#[actix_web::test]
async fn a_form_from_elsewhere_changes_nothing() {
    let members = ["/orders", "/orders/again", "/refresh", "/details", "/sign-out"];
    for path in members.into_iter().chain(["/tv", "/tv/forget"]) {
        for origin in [None, Some("http://shop.test:1"), Some("null"), Some("https://shop.test")] {
            let request = TestRequest::post().uri(path);
            let request = origin.into_iter().fold(request, |r, o| r.insert_header(("origin", o)));
            let visitor = member(&claims(), BTreeMap::new());
            let (status, _, page) = ask(request, Some(visitor)).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{path} from {origin:?}");
            assert!(page.contains("foreign_form"));
        }
    }
}

#[actix_web::test]
async fn a_provider_that_does_not_answer_is_said_so_in_words() {
    let (status, _, page) = ask(TestRequest::get().uri("/login"), None).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.contains("no_answer") && page.contains("cannot be reached"));
}

#[actix_web::test]
async fn signing_out_works_though_the_provider_does_not_answer() {
    let request =
        TestRequest::post().uri("/sign-out").insert_header(("origin", "http://shop.test"));
    let (status, ..) = ask(request, Some(member(&claims(), BTreeMap::new()))).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
}

/// The television with a code on it, as its provider gave it.
fn waiting() -> Television {
    let told = json!({
        "device_code": "the-device-code",
        "user_code": "BCDF-GHJK",
        "verification_uri": "http://127.0.0.1:9/device",
        "verification_uri_complete": "http://127.0.0.1:9/device?user_code=BCDF-GHJK",
        "expires_in": 600,
    });
    Television::Waiting(Waiting::new(&serde_json::from_value(told).unwrap(), clock().now()))
}

#[actix_web::test]
async fn the_television_shows_its_code_in_letters_and_as_a_picture() {
    let (_, _, off) = ask(TestRequest::get().uri("/tv"), None).await;
    assert!(off.contains("id=\"tv-connect\"") && !off.contains("http-equiv"), "{off}");
    let on = |path| {
        ask_as(TestRequest::get().uri(path), |visits, nobody| Some(visits.tune(nobody, waiting())))
    };
    let (status, _, page) = on("/tv").await;
    assert_eq!(status, StatusCode::OK);
    for piece in ["BCDF-GHJK", "/tv/code.svg", "http-equiv=\"refresh\" content=\"5\""] {
        assert!(page.contains(piece), "no {piece}: {page}");
    }
    assert!(!page.contains("the-device-code") && !page.contains("style="));
    let (status, _, picture) = on("/tv/code.svg").await;
    assert_eq!(status, StatusCode::OK);
    assert!(picture.contains("<svg") && !picture.contains("<script"));
    let (status, ..) = ask(TestRequest::get().uri("/tv/code.svg"), None).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn the_television_says_what_became_of_its_code() {
    let linked = Television::Linked { name: HOSTILE.to_owned() };
    let refused = Television::Over { refused: true };
    let expired = Television::Over { refused: false };
    for (screen, piece) in
        [(linked, "tv-forget"), (refused, "chose not to"), (expired, "has expired")]
    {
        let before = |visits: &Visits, nobody: &HttpRequest| Some(visits.tune(nobody, screen));
        let (_, _, page) = ask_as(TestRequest::get().uri("/tv"), before).await;
        assert!(page.contains(piece) && !page.contains("<script"), "{page}");
        assert!(!page.contains("http-equiv"), "nothing to wait for");
    }
}

#[test]
fn of_pages_loaded_at_once_one_asks() {
    let Television::Waiting(mut waiting) = waiting() else { panic!("it waits") };
    let now = clock().now();
    assert!(!waiting.takes_turn(now), "not before the interval has passed");
    let due = now + std::time::Duration::from_secs(5);
    assert!(waiting.takes_turn(due) && !waiting.takes_turn(due));
    assert!(!waiting.is_over(due) && waiting.is_over(now + std::time::Duration::from_mins(10)));
}

#[actix_web::test]
async fn every_trouble_has_a_page_with_its_code_and_a_way_on() {
    use Kind as K;
    let all = [
        K::Refused,
        K::NotSignedIn,
        K::NotYours,
        K::TookTooLong,
        K::WrongIssuer,
        K::CodeSpent,
        K::AccessRemoved,
        K::SomebodyElse,
        K::BadlySetUp,
        K::NotTrusted,
        K::ProviderBusy,
        K::ProviderSilent,
        K::ForeignForm,
        K::NobodyHere,
        K::NoSuchPage,
    ];
    for kind in all {
        let shop = Shop::new(&settings(), &clock(), Arc::new(Visits::new(clock(), false)));
        let http = TestRequest::default().app_data(web::Data::new(shop)).to_http_request();
        let answer = refuse(&http, &Trouble::because(kind, HOSTILE)).error_response();
        let page = to_bytes(answer.into_body()).await.unwrap();
        let page = String::from_utf8(page.to_vec()).unwrap();
        assert!(page.contains(kind.words().code) && page.contains("href=\"/\""), "{kind:?}");
        assert!(!page.contains("<script"), "{kind:?}");
    }
}
