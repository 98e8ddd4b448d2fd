//! Whatever matches a registered URI leads to the same program, and parameters stay parameters.
#![no_main]

use countersign::protocol::redirect_uri::{Kind, RedirectUri, ReturnTo};
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|texts: (&str, &str, &str)| {
    let (registered, asked, value) = texts;
    let Ok(uri) = registered.parse::<RedirectUri>() else { return };
    assert!(uri.matches(registered));
    if uri.kind() != Kind::PrivateUse {
        let here = Url::parse(registered).expect("what is registered is a URL");
        assert_eq!(here.host_str(), uri.host());
        assert!(here.username().is_empty() && here.password().is_none());
        if uri.matches(asked) {
            let there = Url::parse(asked).expect("what matches is a URL");
            assert_eq!((here.scheme(), here.host_str()), (there.scheme(), there.host_str()));
            assert_eq!((here.path(), here.query()), (there.path(), there.query()));
        }
    }
    let back = ReturnTo::among(std::slice::from_ref(&uri), registered, None).expect("itself");
    let location = back.with_query(&[("state", value)]);
    assert!(location.starts_with(registered) && !location.contains(['\r', '\n', ' ', '#']));
    assert!(back.with_fragment(&[("state", value)]).starts_with(&format!("{registered}#state=")));
});
