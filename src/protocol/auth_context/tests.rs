//! What counts as one proof, as two, and as one that no look-alike can collect.

use super::*;

fn acr(amr: &str) -> Option<Acr> {
    amr.parse::<Methods>().unwrap().acr()
}

#[test]
fn two_proofs_of_one_kind_are_one_factor() {
    assert_eq!(acr(""), None);
    for single in ["pwd", "otp", "sms", "otp sms", "pwd pin", "hwk", "swk", "user", "otp hwk"] {
        assert_eq!(acr(single), Some(Acr::OneFactor), "{single}");
    }
}

#[test]
fn two_proofs_of_two_kinds_are_two_factors() {
    for double in ["pwd otp", "pwd sms", "mca pin", "pwd otp sms"] {
        assert_eq!(acr(double), Some(Acr::TwoFactors), "{double}");
    }
}

#[test]
fn a_key_with_a_second_proof_resists_phishing() {
    for strong in ["hwk user", "swk user", "pwd hwk", "pwd otp swk"] {
        assert_eq!(acr(strong), Some(Acr::PhishingResistant), "{strong}");
    }
}

#[test]
fn mfa_is_concluded_and_never_believed() {
    assert_eq!(acr("pwd mfa"), Some(Acr::OneFactor));
    assert_eq!("pwd mfa".parse::<Methods>().unwrap().as_str(), "pwd");
    let both = Methods::of([Method::OneTimeCode]).and(Method::Password);
    assert_eq!(both.as_str(), "pwd otp mfa");
    assert_eq!(serde_json::to_string(&both).unwrap(), r#""pwd otp mfa""#);
    assert_eq!(serde_json::from_str::<Methods>(r#""otp pwd""#).unwrap(), both);
}

#[test]
fn a_method_we_cannot_ask_for_is_refused() {
    assert!("face".parse::<Methods>().is_err() && "PWD".parse::<Method>().is_err());
}

#[test]
fn a_higher_level_is_enough_for_a_lower_one() {
    assert!(Acr::PhishingResistant.satisfies(Acr::TwoFactors));
    assert!(Acr::TwoFactors.satisfies(Acr::TwoFactors));
    assert!(!Acr::OneFactor.satisfies(Acr::TwoFactors));
}

#[test]
fn a_client_hears_the_word_it_asked_for() {
    let asked = AcrValues::read("gold phr urn:countersign:acr:1fa phr");
    assert_eq!(asked.best(), Some(Acr::PhishingResistant));
    assert_eq!(asked.told(Acr::PhishingResistant), Acr::PhishingResistant);
    assert_eq!(asked.told(Acr::TwoFactors), Acr::OneFactor);
    assert!(asked.are_met_by(Acr::OneFactor));
    assert!(!AcrValues::read("phr").are_met_by(Acr::TwoFactors));
    assert_eq!(AcrValues::read("phr").told(Acr::TwoFactors), Acr::TwoFactors);
}

#[test]
fn unknown_wishes_are_passed_over() {
    let asked = AcrValues::read("1 2");
    assert_eq!((asked.best(), asked.told(Acr::OneFactor)), (None, Acr::OneFactor));
    assert!(asked.are_met_by(Acr::OneFactor));
}

#[test]
fn max_age_counts_whole_seconds() {
    let signed_in =
        AuthContext { auth_time: Moment::from_seconds(100), methods: Methods::default() };
    let after = |seconds: i64| Moment::from_seconds(100 + seconds);
    let max_age = Duration::from_secs(10);
    assert!(signed_in.is_fresh(max_age, after(10)));
    assert!(!signed_in.is_fresh(max_age, after(11)));
    assert!(signed_in.is_fresh(Duration::ZERO, after(0)));
    assert!(!signed_in.is_fresh(Duration::ZERO, after(1)));
    assert!(signed_in.is_fresh(max_age, after(-60)), "another node's clock may run ahead");
}
