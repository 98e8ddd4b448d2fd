//! Addresses people have, addresses they mistype, and what is none.

use proptest::prelude::*;

use super::*;

fn address(typed: &str) -> EmailAddress {
    typed.parse().unwrap()
}

#[test]
fn addresses_people_have_are_taken() {
    for (typed, canonical) in [
        ("ada@example.org", "ada@example.org"),
        ("  Ada.Lovelace+shop@Example.ORG ", "ada.lovelace+shop@example.org"),
        ("o'neil_1@mail.example.co.uk", "o'neil_1@mail.example.co.uk"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("ada@例え.テスト", "ada@xn--r8jz45g.xn--zckzah"),
        ("a@b.museum", "a@b.museum"),
        ("ada@1and1.example", "ada@1and1.example"),
    ] {
        assert_eq!(address(typed).canonical(), canonical);
    }
}

#[test]
fn each_refusal_says_what_is_wrong() {
    let long_name = format!("{}@example.org", "a".repeat(65));
    let long = format!("a@{}.org", "a.".repeat(126));
    let long_label = format!("a@{}.org", "a".repeat(64));
    for (wrong, problem) in [
        ("", EmailProblem::Empty),
        ("  ", EmailProblem::Empty),
        ("ada", EmailProblem::NoAt),
        ("@example.org", EmailProblem::NoAt),
        ("ada@", EmailProblem::NoAt),
        ("ada lovelace@example.org", EmailProblem::Local),
        ("ada@home@example.org", EmailProblem::Local),
        (".ada@example.org", EmailProblem::Local),
        ("ada.@example.org", EmailProblem::Local),
        ("a..da@example.org", EmailProblem::Local),
        ("\"ada\"@example.org", EmailProblem::Local),
        ("Ada <ada@example.org", EmailProblem::Local),
        ("zoë@example.org", EmailProblem::Local),
        ("ada\r\nBcc: all@example.org", EmailProblem::Local),
        ("ada@example", EmailProblem::Domain),
        ("ada@localhost", EmailProblem::Domain),
        ("ada@example..org", EmailProblem::Domain),
        ("ada@.example.org", EmailProblem::Domain),
        ("ada@example.org.", EmailProblem::Domain),
        ("ada@-example.org", EmailProblem::Domain),
        ("ada@example-.org", EmailProblem::Domain),
        ("ada@exam_ple.org", EmailProblem::Domain),
        ("ada@exam ple.org", EmailProblem::Domain),
        ("ada@exam%70le.org", EmailProblem::Domain),
        ("ada@example.org>", EmailProblem::Domain),
        ("ada@192.0.2.1", EmailProblem::Domain),
        ("ada@[192.0.2.1]", EmailProblem::Domain),
        ("ada@example.123", EmailProblem::Domain),
        (&long_label, EmailProblem::Domain),
        (&long_name, EmailProblem::TooLong),
        (&long, EmailProblem::TooLong),
    ] {
        assert_eq!(wrong.parse::<EmailAddress>(), Err(problem), "{wrong:?}");
    }
}

#[test]
fn one_address_written_twice_is_one_address() {
    assert_eq!(address("Ada@Example.org"), address("ada@EXAMPLE.org"));
    assert_eq!(address("ada@BÜCHER.example"), address("ada@xn--bcher-kva.example"));
    assert_ne!(address("ada@example.org"), address("ada@example.com"));
}

#[test]
fn what_was_typed_is_kept_for_the_person_and_the_mail_server() {
    let ada = address(" Ada@Bücher.example ");
    assert_eq!(ada.as_str(), "Ada@Bücher.example");
    assert_eq!(ada.deliverable(), "Ada@xn--bcher-kva.example");
    assert_eq!(ada.domain(), "xn--bcher-kva.example");
}

#[test]
fn a_masked_address_tells_its_owner_alone() {
    assert_eq!(address("ada@example.org").masked(), "a…@example.org");
    assert_eq!(address("a@example.org").masked(), "a…@example.org");
    assert_eq!(address("Ada@Bücher.example").masked(), "A…@bücher.example");
}

#[test]
fn slips_are_noticed() {
    for (typed, meant) in [
        ("ada@gmil.com", "ada@gmail.com"),
        ("Ada@gmial.com", "Ada@gmail.com"),
        ("ada@gmail.con", "ada@gmail.com"),
        ("ada@gmaill.com", "ada@gmail.com"),
        ("ada@gnail.com", "ada@gmail.com"),
        ("ada@hotmial.com", "ada@hotmail.com"),
        ("ada@outlok.com", "ada@outlook.com"),
        ("ada@yaho.com", "ada@yahoo.com"),
        ("ada@iclod.com", "ada@icloud.com"),
        ("ada@t-onlin.de", "ada@t-online.de"),
    ] {
        assert_eq!(address(typed).suggestion().as_deref(), Some(meant));
    }
}

#[test]
fn honest_domains_are_left_in_peace() {
    for honest in [
        "gmail.com",
        "ymail.com",
        "mail.com",
        "email.com",
        "example.org",
        "gmx.de",
        "we.de",
        "company.com",
    ] {
        assert_eq!(address(&format!("ada@{honest}")).suggestion(), None, "{honest}");
    }
}

proptest! {
    #[test]
    fn reading_an_address_again_changes_nothing(typed in "\\PC{0,40}@\\PC{0,40}") {
        if let Ok(address) = typed.parse::<EmailAddress>() {
            for again in [address.as_str(), address.canonical(), &address.deliverable()] {
                prop_assert_eq!(&again.parse::<EmailAddress>().unwrap(), &address);
            }
            prop_assert!(address.canonical().is_ascii());
        }
    }

    #[test]
    fn no_address_breaks_a_mail_header(typed in any::<String>()) {
        if let Ok(address) = typed.parse::<EmailAddress>() {
            prop_assert!(!address.as_str().contains(['\r', '\n', '<', '>', ',', ' ', '"']));
        }
    }
}
