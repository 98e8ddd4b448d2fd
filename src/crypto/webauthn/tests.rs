//! Who we are to browsers, and what we ask of them. Whether answers hold is told through HTTP, with
//! an authenticator in software.

use super::*;

fn party(origin: &str) -> Option<RelyingParty> {
    RelyingParty::new(&origin.parse().unwrap(), "Countersign")
}

fn ask(to: Use) -> Value {
    let owner = Owner { handle: [7; 16], address: "ada@example.org", name: "Ada" };
    party("https://login.example.com").unwrap().ask_to_create(to, &owner, &[]).unwrap().options
}

#[test]
fn the_relying_party_is_the_host_of_the_one_origin() {
    let asked = party("https://login.example.com:8443").unwrap().ask_for_any().unwrap();
    assert_eq!(asked.options["rpId"], "login.example.com");
    assert_eq!(asked.options["allowCredentials"], json!([]));
    assert!(party("http://localhost:8080").is_some());
}

#[test]
fn a_host_without_a_name_has_no_keys() {
    assert!(party("http://127.0.0.1:8080").is_none());
    assert!(party("http://[::1]:8080").is_none());
}

#[test]
fn a_key_for_use_alone_is_kept_by_its_device_and_verifies_its_owner() {
    let options = ask(Use::Alone);
    let chosen = &options["authenticatorSelection"];
    assert_eq!(chosen["residentKey"], "required");
    assert_eq!(chosen["userVerification"], "required");
    assert_eq!(options["attestation"], "none");
    assert_eq!(options["user"]["id"], "BwcHBwcHBwcHBwcHBwcHBw");
}

#[test]
fn a_key_for_use_as_second_need_only_be_there() {
    let options = ask(Use::Second);
    let chosen = &options["authenticatorSelection"];
    assert_eq!(chosen["residentKey"], "discouraged");
    assert_eq!(chosen["userVerification"], "discouraged");
}

#[test]
fn every_question_is_another() {
    let party = party("https://login.example.com").unwrap();
    let challenge = || party.ask_for_any().unwrap().options["challenge"].clone();
    assert_ne!(challenge(), challenge());
}
