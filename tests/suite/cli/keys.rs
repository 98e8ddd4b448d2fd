//! `countersign keys`.

use serde_json::Value;

use super::Machine;

fn listed(machine: &Machine) -> Vec<(String, String, String)> {
    let list = machine.run("keys list --json").json();
    let text = |key: &Value, name: &str| key[name].as_str().unwrap().to_owned();
    let list = list.as_array().unwrap().iter();
    list.map(|key| (text(key, "kid"), text(key, "algorithm"), text(key, "state"))).collect()
}

fn kid_of(machine: &Machine, algorithm: &str, state: &str) -> String {
    let mut listed = listed(machine).into_iter();
    listed.find(|key| key.1 == algorithm && key.2 == state).expect("such a key").0
}

#[test]
fn a_database_that_is_not_up_to_date_is_refused_where_migrating_is_a_step_of_its_own() {
    let variables = [("COUNTERSIGN__DATABASE__MIGRATE_ON_START", "false")];
    let sentence = Machine::new().run_with("keys list", &variables, "").refused();
    assert!(sentence.contains("countersign migrate"), "{sentence}");
}

#[test]
fn the_first_rotation_makes_a_key_of_each_kind_and_the_next_does_nothing() {
    let machine = Machine::new();
    assert!(machine.run("keys list").done().contains("no keys yet"));
    let made = machine.run("keys rotate").done();
    assert_eq!(made.lines().filter(|line| line.ends_with("was made and signs")).count(), 4);
    assert_eq!(machine.run("keys rotate").done(), "Nothing is due.\n");
    let kinds: Vec<_> = listed(&machine).into_iter().map(|key| (key.1, key.2)).collect();
    let active = ["ES256", "EdDSA", "PS256", "RS256"].map(|name| (name.into(), "active".into()));
    assert_eq!(kinds, active);
    let shown = machine.run("keys list").done();
    assert_eq!(shown.matches("active since").count(), 4, "{shown}");
}

#[test]
fn a_list_for_programs_has_the_public_keys_and_no_more() {
    let machine = Machine::new();
    machine.run("keys rotate").done();
    let list = machine.run("keys list --json").json();
    for key in list.as_array().unwrap() {
        assert_eq!(key["public_jwk"]["kid"], key["kid"]);
        assert!(key["public_jwk"].get("d").is_none());
    }
}

#[test]
fn a_rotation_now_replaces_the_active_key() {
    let machine = Machine::new();
    machine.run("keys rotate").done();
    let (old, other) = (kid_of(&machine, "ES256", "active"), kid_of(&machine, "RS256", "active"));
    let changes = machine.run("keys rotate --now --algorithm ES256 --json").json();
    let new = kid_of(&machine, "ES256", "active");
    assert_ne!(old, new);
    assert_eq!(
        changes,
        serde_json::json!({"changes": [
            {"change": "retired", "key": old},
            {"change": "promoted", "key": new},
        ]})
    );
    assert_eq!(kid_of(&machine, "RS256", "active"), other);
    machine.run("keys rotate --now").done();
    assert_ne!(kid_of(&machine, "RS256", "active"), other);
}

#[test]
fn a_key_is_brought_along_in_a_file() {
    let machine = Machine::new();
    machine.run("keys rotate").done();
    let pem = openssl::pkey::PKey::generate_ed25519().unwrap().private_key_to_pem_pkcs8().unwrap();
    machine.write("old.pem", &String::from_utf8(pem).unwrap());
    let said = machine.run("keys import old.pem").done();
    let kid = kid_of(&machine, "EdDSA", "next");
    assert_eq!(said, format!("{kid} is published and will sign next\n"));
    assert!(machine.run("keys import --now old.pem").refused().contains("is there already"));
    machine.run("keys rotate --now --algorithm EdDSA").done();
    assert_eq!(kid_of(&machine, "EdDSA", "active"), kid);

    machine.write("weak.pem", "-----BEGIN PRIVATE KEY-----\nAA\n-----END PRIVATE KEY-----\n");
    for file in ["weak.pem", "missing.pem"] {
        assert!(machine.run(&format!("keys import {file}")).refused().contains(file));
    }
    let ended = machine.run("keys import old.pem --algorithm HS256");
    assert!(ended.code == 2 && ended.err.contains("RS256, PS256, ES256, EdDSA"), "{ended:?}");
}

#[test]
fn a_key_is_put_away_or_made_void() {
    let machine = Machine::new();
    machine.run("keys rotate").done();
    let old = kid_of(&machine, "PS256", "active");
    machine.run(&format!("keys retire {old}")).done();
    assert_eq!(kid_of(&machine, "PS256", "retired"), old);
    machine.run(&format!("keys retire --void {old}")).done();
    assert!(listed(&machine).iter().all(|key| key.0 != old));
    assert!(machine.run(&format!("keys retire {old}")).refused().contains(&old));
}

#[test]
fn another_root_secret_is_refused_and_leaves_the_keys_alone() {
    let machine = Machine::new();
    machine.run("keys rotate").done();
    let before = listed(&machine);
    let other =
        [("COUNTERSIGN__KEYS__ROOT_SECRET", &*"0123456789abcdef0f1e2d3c4b5a6978".repeat(2))];
    let sentence = machine.run_with("keys rotate --now", &other, "").refused();
    assert!(sentence.contains("another root secret"), "{sentence}");
    assert_eq!(listed(&machine), before);
}
