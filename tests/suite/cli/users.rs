//! `countersign users`.

use countersign::{
    crypto::password::{self, Cost, Verdict},
    store::{
        activity::{self, Wanted},
        contacts::{self, Channel},
        passwords,
        users::{self, UserId},
    },
};
use serde_json::json;

use super::Machine;

const ADD_ADA: &str = "users add --email Ada@Example.com --name Ada --verified --json";

#[test]
fn an_account_is_made_on_a_machine_that_has_none() {
    let machine = Machine::new();
    let line = format!("{ADD_ADA} --password-stdin --operator --phone +4915112345678");
    let made = machine.run_with(&line, &[], "tiny plum lantern 7\nignored").json();
    let id = UserId::parse(made["id"].as_str().unwrap()).unwrap();
    assert_eq!(
        made,
        json!({
            "id": id.to_string(),
            "name": "Ada",
            "email": "Ada@Example.com",
            "phone": "+4915112345678",
            "verified": true,
            "operator": true,
        })
    );
    let user = machine.look(move |db| users::find(db, id)).unwrap();
    assert!(user.operator && user.name == "Ada");
    let hash = machine.look(move |db| passwords::find(db, id)).unwrap();
    assert_eq!(password::verify("tiny plum lantern 7", &hash, &Cost::default()), Verdict::Right);
    for (channel, address) in
        [(Channel::Email, "ada@example.com"), (Channel::Sms, "+4915112345678")]
    {
        let found = machine.look(move |db| contacts::find_verified(db, channel, address)).unwrap();
        assert!(found.user_id == id && found.is_primary, "{found:?}");
    }
}

#[test]
fn an_address_has_one_account_however_it_is_written() {
    let machine = Machine::new();
    machine.run(ADD_ADA).json();
    let again = ADD_ADA.replace("Ada@Example.com", "aDA@example.COM");
    let sentence = machine.run(&again).refused();
    assert_eq!(sentence, "an account with this address or number is there already\n");
}

#[test]
fn an_address_nobody_has_proved_takes_it_from_nobody() {
    let machine = Machine::new();
    let made = machine.run("users add --email ada@example.com --name Ada --json").json();
    assert_eq!(made["verified"], false);
    let find = |db: &mut countersign::store::Db<'_>| {
        contacts::find_verified(db, Channel::Email, "ada@example.com")
    };
    assert!(machine.look(find).is_none());
    machine.run(ADD_ADA).json();
    assert!(machine.look(find).is_some());
}

#[test]
fn the_owner_can_see_that_an_operator_made_the_account() {
    let machine = Machine::new();
    let made = machine.run(ADD_ADA).json();
    let id = UserId::parse(made["id"].as_str().unwrap()).unwrap();
    let all = Wanted::everything();
    let events = machine.look(move |db| activity::list_of_user(db, id, &all, 10));
    assert!(events[0].details.contains("operator"), "{events:?}");
}

#[test]
fn what_makes_no_sense_is_refused_by_its_option() {
    let machine = Machine::new();
    for (line, input, option) in [
        ("--email ada --name Ada", "", "--email: "),
        ("--phone 12 --name Ada", "", "--phone: "),
        ("--email ada@example.com --name=---", "", "--name: "),
        ("--email ada@example.com --name Ada --password-stdin", "short\n", "--password-stdin: "),
        ("--email ada@example.com --name Ada --password-stdin", "password\n", "--password-stdin: "),
        ("--email ada@example.com --name Ada --password-stdin", "", "--password-stdin: "),
    ] {
        let sentence = machine.run_with(&format!("users add {line}"), &[], input).refused();
        assert!(sentence.starts_with(option), "{line}: {sentence}");
    }
}

#[test]
fn more_about_a_person_comes_from_a_file() {
    let machine = Machine::new();
    machine.write("ada.json", r#"{"nickname": "Countess", "address": {"country": "GB"}}"#);
    let made = machine.run(&format!("{ADD_ADA} --profile ada.json")).json();
    let id = UserId::parse(made["id"].as_str().unwrap()).unwrap();
    let profile = machine.look(move |db| users::find(db, id)).unwrap().profile();
    assert_eq!(profile.nickname.as_deref(), Some("Countess"));
    assert_eq!(profile.address.unwrap().country.as_deref(), Some("GB"));
    for wrong in [r#"{"nick": "Countess"}"#, "[]", "{"] {
        machine.write("wrong.json", wrong);
        let line = "users add --email grace@example.com --name Grace --profile wrong.json";
        let sentence = machine.run(line).refused();
        assert!(sentence.starts_with("--profile: reading "), "{sentence}");
    }
}
