//! What may be registered, and what then matches.

use proptest::prelude::*;

use super::*;

fn uri(text: &str) -> RedirectUri {
    text.parse().unwrap()
}

fn return_to(text: &str) -> ReturnTo {
    ReturnTo::among(&[uri(text)], text, None).unwrap()
}

#[test]
fn honest_addresses_may_be_registered() {
    for (good, kind) in [
        ("https://shop.example/callback", Kind::Https),
        ("https://shop.example", Kind::Https),
        ("https://shop.example:8443/cb?tenant=a%20b&x=1", Kind::Https),
        ("https://xn--bcher-kva.example/cb", Kind::Https),
        ("https://192.0.2.7/cb", Kind::Https),
        ("http://127.0.0.1/cb", Kind::Loopback),
        ("http://127.0.0.1:3000/cb", Kind::Loopback),
        ("http://[::1]:3000/cb", Kind::Loopback),
        ("http://localhost:8081/cb", Kind::Loopback),
        ("com.example.app:/oauth2redirect", Kind::PrivateUse),
        ("com.example.app://callback", Kind::PrivateUse),
    ] {
        assert_eq!(good.parse::<RedirectUri>().map(|uri| uri.kind()), Ok(kind), "{good}");
    }
}

#[test]
fn each_refusal_names_the_piece_that_is_wrong() {
    let too_long = format!("https://shop.example/{}", "a".repeat(2_000));
    for (wrong, piece) in [
        ("", "empty"),
        (too_long.as_str(), "2000 characters"),
        ("/callback", "scheme"),
        ("shop.example/callback", "scheme"),
        ("https://shop.example/cb#", "fragment"),
        ("https://shop.example/cb#part", "fragment"),
        ("https://*.shop.example/cb", "wildcard"),
        ("https://shop.example/*", "wildcard"),
        ("https://shop.example/a b", "percent-encoded"),
        ("https://shop.example\\@evil.example/", "percent-encoded"),
        ("https://bücher.example/cb", "percent-encoded"),
        ("https://shop.example/\ncb", "percent-encoded"),
        ("https://shop.example/%zz", "percent sign"),
        ("https://shop.example/%2", "percent sign"),
        ("https://shop.example@evil.example/cb", "user name"),
        ("https://user:word@shop.example/cb", "user name"),
        ("com.example.app://user@host/cb", "user name"),
        ("https://shop.example/a/../cb", ". or .."),
        ("https://shop.example/%2E%2e/cb", ". or .."),
        ("https://shop.example/./cb", ". or .."),
        ("https:///cb", "no host"),
        ("https:/shop.example/cb", "no host"),
        ("https://:443/cb", "no host"),
        ("https://shop.example:/cb", "port"),
        ("https://shop.example:0/cb", "port"),
        ("https://shop.example:65536/cb", "port"),
        ("https://shop.example:+80/cb", "port"),
        ("http://127.0.0.1:99999/cb", "port"),
        ("https://SHOP.example/cb", "lower-case"),
        ("https://sh%6fp.example/cb", "lower-case"),
        ("https://0x7f.1/cb", "lower-case"),
        ("https://2130706433/cb", "lower-case"),
        ("https://[0:0::1]/cb", "lower-case"),
        ("https://[::1]x/cb", "lower-case"),
        ("https://[::1/cb", "port"),
        ("http://shop.example/cb", "https"),
        ("http://127.0.0.2/cb", "https"),
        ("http://localhost.evil.example/cb", "https"),
        ("HTTPS://shop.example/cb", "https"),
        ("javascript:alert(1)", "https"),
        ("data:text/html,hello", "https"),
        ("myapp://callback", "https"),
        ("com..app:/cb", "https"),
        (".com.app:/cb", "https"),
        ("com.example.app:", "slash"),
        ("com.example.app:cb", "slash"),
    ] {
        let refusal = wrong.parse::<RedirectUri>().unwrap_err();
        assert_eq!(refusal.code.as_str(), "invalid_redirect_uri", "{wrong:?}");
        assert!(refusal.description.contains(piece), "{wrong:?}: {}", refusal.description);
        assert!(crate::protocol::error::is_describable(refusal.description));
    }
}

#[test]
fn a_web_address_matches_itself_alone() {
    let registered = uri("https://shop.example/cb?a=1");
    assert!(registered.matches("https://shop.example/cb?a=1"));
    for other in [
        "https://shop.example/cb",
        "https://shop.example/cb?a=1&b=2",
        "https://shop.example/cb?a=2",
        "https://shop.example/cb/?a=1",
        "https://shop.example:443/cb?a=1",
        "https://SHOP.example/cb?a=1",
        "http://shop.example/cb?a=1",
        "https://shop.example/cb?a=1#",
        "https://shop.example.evil.example/cb?a=1",
        "",
    ] {
        assert!(!registered.matches(other), "{other}");
    }
}

#[test]
fn on_loopback_the_port_may_differ_and_nothing_else() {
    let registered = uri("http://127.0.0.1:3000/cb?a=1");
    for same in
        ["http://127.0.0.1:3000/cb?a=1", "http://127.0.0.1/cb?a=1", "http://127.0.0.1:51004/cb?a=1"]
    {
        assert!(registered.matches(same), "{same}");
    }
    for other in [
        "http://127.0.0.1:51004/cb",
        "http://127.0.0.1:51004/cb?a=1&b",
        "http://127.0.0.1:0/cb?a=1",
        "http://127.0.0.1:/cb?a=1",
        "http://127.0.0.1:99999/cb?a=1",
        "http://127.0.0.1:1@evil.example/cb?a=1",
        "http://127.0.0.1:1\\@evil.example/cb?a=1",
        "http://x@127.0.0.1:1/cb?a=1",
        "http://localhost:51004/cb?a=1",
        "http://[::1]:51004/cb?a=1",
        "https://127.0.0.1:3000/cb?a=1",
    ] {
        assert!(!registered.matches(other), "{other}");
    }
    assert!(uri("http://[::1]/cb").matches("http://[::1]:61023/cb"));
    assert!(uri("http://localhost/cb").matches("http://localhost:61023/cb"));
}

#[test]
fn an_apps_own_scheme_matches_itself_alone() {
    let registered = uri("com.example.app://cb");
    assert!(registered.matches("com.example.app://cb"));
    assert!(!registered.matches("com.example.app://cb:80"));
    assert!(!registered.matches("com.example.app:/cb"));
}

#[test]
fn only_a_registered_uri_becomes_a_way_back() {
    let registered = [uri("https://shop.example/a"), uri("http://localhost/b")];
    let state = Some("xyz".to_owned());
    let back = ReturnTo::among(&registered, "http://localhost:9/b", state).unwrap();
    assert_eq!((back.uri(), back.state()), ("http://localhost:9/b", Some("xyz")));
    assert_eq!(ReturnTo::among(&registered, "https://shop.example/", None), None);
    assert_eq!(ReturnTo::among(&[], "https://shop.example/a", None), None);
}

#[test]
fn parameters_join_a_query_that_is_kept_byte_for_byte() {
    let parameters = [("code", "a b&c"), ("state", "ü=")];
    for (before, after) in [
        ("https://shop.example/cb", "https://shop.example/cb?code=a+b%26c&state=%C3%BC%3D"),
        ("https://shop.example/cb?", "https://shop.example/cb?code=a+b%26c&state=%C3%BC%3D"),
        (
            "https://shop.example/cb?x=%7e+y",
            "https://shop.example/cb?x=%7e+y&code=a+b%26c&state=%C3%BC%3D",
        ),
        ("https://shop.example/cb?x&", "https://shop.example/cb?x&code=a+b%26c&state=%C3%BC%3D"),
    ] {
        assert_eq!(return_to(before).with_query(&parameters), after);
    }
    let back = return_to("https://shop.example/cb?x=1");
    assert_eq!(back.with_fragment(&[("code", "1")]), "https://shop.example/cb?x=1#code=1");
    assert_eq!(back.with_query(&[]), "https://shop.example/cb?x=1");
}

#[test]
fn the_consent_page_can_say_where_one_returns() {
    let host = Destination::Host("shop.example".to_owned());
    assert_eq!(return_to("https://shop.example:8443/cb").destination(), host);
    assert_eq!(return_to("http://[::1]/cb").destination(), Destination::ThisComputer);
    assert_eq!(return_to("com.example.app:/cb").destination(), Destination::ThisDevice);
}

#[test]
fn origins_are_those_of_the_web() {
    assert_eq!(uri("https://shop.example:443/cb").origin().unwrap(), "https://shop.example");
    assert_eq!(uri("http://[::1]:81/cb").origin().unwrap(), "http://[::1]:81");
    assert_eq!(uri("com.example.app://cb").origin(), None);
    assert_eq!(uri("com.example.app://cb").host(), None);
    assert_eq!(uri("https://shop.example:8443/cb").host(), Some("shop.example"));
    assert_eq!(return_to("com.example.app://cb").csp_source(), "com.example.app:");
    assert_eq!(return_to("https://shop.example:8443/cb").csp_source(), "https://shop.example:8443");
}

#[test]
fn json_holds_the_uri_and_refuses_a_wrong_one() {
    let json = r#""https://shop.example/cb""#;
    let read: RedirectUri = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), json);
    assert!(serde_json::from_str::<RedirectUri>(r#""http://shop.example/cb""#).is_err());
}

proptest! {
    #[test]
    fn whatever_matches_leads_to_the_same_program(
        host in "(127\\.0\\.0\\.1|\\[::1\\]|localhost)", path in "/[a-z0-9/?=&]{0,12}",
        port in 1u16.., asked in "http://[a-z0-9.:@\\[\\]\\\\/?#]{0,40}",
    ) {
        let registered = uri(&format!("http://{host}{path}"));
        let elsewhere = format!("http://{host}:{port}{path}");
        prop_assert!(registered.matches(&elsewhere));
        for matched in [elsewhere, asked].iter().filter(|asked| registered.matches(asked)) {
            let (here, there) = (Url::parse(registered.as_str()).unwrap(), Url::parse(matched).unwrap());
            prop_assert_eq!(here.host_str(), there.host_str());
            prop_assert_eq!((here.path(), here.query()), (there.path(), there.query()));
            prop_assert_eq!(there.username(), "");
        }
    }

    #[test]
    fn any_text_is_refused_or_kept_whole(text in any::<String>()) {
        if let Ok(uri) = text.parse::<RedirectUri>() {
            prop_assert_eq!(uri.as_str(), text.as_str());
            prop_assert!(uri.matches(&text));
        }
    }

    #[test]
    fn what_is_registered_is_where_a_browser_goes(text in "https?://[a-z0-9.:@%\\\\/?\\[\\]-]{1,30}") {
        if let Ok(uri) = text.parse::<RedirectUri>() {
            let url = Url::parse(&text).unwrap();
            prop_assert_eq!(uri.host(), url.host_str());
            prop_assert!(url.username().is_empty() && url.password().is_none());
        }
    }

    #[test]
    fn what_is_appended_can_be_read_back(value in any::<String>()) {
        let location = return_to("https://shop.example/cb?x=1").with_query(&[("state", &value)]);
        let url = Url::parse(&location).unwrap();
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        prop_assert_eq!(&pairs[1], &("state".to_owned(), value));
    }

    #[test]
    fn a_changed_uri_matches_only_if_a_loopback_port_changed(
        which in 0..REGISTERED.len(), at in proptest::option::of(any::<prop::sample::Index>()),
        gone in prop_oneof![3 => Just(0), 1 => 1usize..3], put in "(|[0-9]{1,5}|:[0-9]{0,6}|:0[0-9]{1,4}|[/.?#@%\\\\a-zA-Z:]{1,2}|%2[Ff]|\\.\\./)",
    ) {
        let registered = uri(REGISTERED[which]);
        let text = registered.as_str();
        // Where a port would stand, more often than anywhere else.
        let host = text.find("://").map_or(0, |scheme| scheme + 3);
        let after_host = host + text[host..].find('/').unwrap_or(0);
        let at = at.map_or(after_host, |at| at.index(text.len()));
        let (head, tail) = text.split_at(at);
        let asked = format!("{head}{put}{}", &tail[gone.min(tail.len())..]);
        let same = asked == registered.as_str() || other_port(registered.as_str(), &asked);
        prop_assert_eq!(registered.matches(&asked), same, "{}", asked);
        let back = ReturnTo::among(std::slice::from_ref(&registered), &asked, None);
        prop_assert_eq!(back.map(|back| back.uri().to_owned()), same.then_some(asked));
    }
}

const REGISTERED: [&str; 7] = [
    "https://shop.example/cb",
    "https://shop.example:8443/cb?x=1",
    "https://shop.example/",
    "com.example.app:/cb",
    "http://localhost/cb",
    "http://127.0.0.1:8080/cb?x=1",
    "http://[::1]/",
];

/// Whether two URIs are the same but for a port on loopback, written another way than the rule is.
fn other_port(registered: &str, asked: &str) -> bool {
    let loopback = ["http://localhost", "http://127.0.0.1", "http://[::1]"];
    let Some(host) = loopback.into_iter().find(|host| registered.starts_with(host)) else {
        return false;
    };
    let rest = |uri: &str| {
        let rest = uri.strip_prefix(host)?;
        let Some(after) = rest.strip_prefix(':') else { return Some(rest.to_owned()) };
        let digits = after.chars().take_while(char::is_ascii_digit).count();
        let port: u16 = after[..digits].parse().ok()?;
        (port.to_string() == after[..digits]).then(|| after[digits..].to_owned())
    };
    rest(asked).is_some_and(|rest_asked| Some(rest_asked) == rest(registered))
}
