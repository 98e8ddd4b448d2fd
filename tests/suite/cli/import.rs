//! `countersign import users`.

use countersign::{
    crypto::password::{self, Cost, Verdict},
    store::{
        contacts::{self, Channel},
        passwords,
        users::{self, User},
    },
};

use super::{Ended, Machine};

/// "correct horse" by bcrypt at its lowest cost.
const BCRYPT: &str = "$2b$04$pEHlYQWqh5vU.U22jAVMpuThHz/WVQBjo78TaGsA9Z7SefygL/xaO";

fn line(email: &str, hash: &str) -> String {
    let name = email.split('@').next().unwrap();
    format!(
        r#"{{"name": "{name}", "email": "{email}", "email_verified": true, "password_hash": "{hash}"}}"#
    )
}

fn import(machine: &Machine, lines: &[String], more: &str) -> Ended {
    machine.write("users.jsonl", &lines.join("\n"));
    machine.run(&format!("import users --file users.jsonl {more}"))
}

/// Whose proved address this is.
fn owner(machine: &Machine, email: &'static str) -> Option<User> {
    machine.look(move |db| match contacts::find_verified(db, Channel::Email, email)? {
        Some(contact) => users::find(db, contact.user_id),
        None => Ok(None),
    })
}

/// What was printed as JSON, though something was left out.
fn told(ended: &Ended) -> serde_json::Value {
    assert!(ended.code == 1 && ended.err.contains("left out"), "{ended:?}");
    serde_json::from_str(&ended.out).unwrap()
}

#[test]
fn people_come_with_their_passwords() {
    let machine = Machine::new();
    let grace = r#"{"name": "Grace", "phone": "+4915112345678", "phone_verified": true, "profile": {"nickname": "Amazing"}}"#;
    let lines = [line("ada@example.com", BCRYPT), String::new(), grace.to_owned()];
    let said = import(&machine, &lines, "").done();
    assert_eq!(said, "2 of 2 lines imported.\n");
    let id = owner(&machine, "ada@example.com").expect("Ada").id;
    let hash = machine.look(move |db| passwords::find(db, id)).unwrap();
    let verdict = password::verify("correct horse", &hash, &Cost::default());
    assert_eq!(verdict, Verdict::RightButOld);
    let find = |db: &mut countersign::store::Db<'_>| {
        contacts::find_verified(db, Channel::Sms, "+4915112345678")
    };
    let grace = machine.look(find).expect("Grace").user_id;
    let grace = machine.look(move |db| users::find(db, grace)).unwrap();
    assert_eq!(grace.profile().nickname.as_deref(), Some("Amazing"));
}

#[test]
fn a_rehearsal_says_the_same_and_writes_nothing() {
    let machine = Machine::new();
    let lines = [line("ada@example.com", BCRYPT), line("ADA@example.com", BCRYPT)];
    let rehearsed = told(&import(&machine, &lines, "--dry-run --json"));
    assert_eq!((&rehearsed["dry_run"], &rehearsed["imported"]), (&true.into(), &1.into()));
    assert!(owner(&machine, "ada@example.com").is_none());
    let done = told(&import(&machine, &lines, "--json"));
    assert_eq!(done["collisions"], rehearsed["collisions"]);
    assert_eq!(done["collisions"][0]["with"], "line 1");
    assert!(owner(&machine, "ada@example.com").is_some());
}

#[test]
fn whoever_has_an_account_keeps_it_as_it_is() {
    let machine = Machine::new();
    machine.run("users add --email ada@example.com --name Countess --verified").done();
    let lines = [line("Ada@example.com", BCRYPT), line("grace@example.com", BCRYPT)];
    let done = told(&import(&machine, &lines, "--json"));
    assert_eq!(done["collisions"][0]["line"], 1);
    assert_eq!(done["collisions"][0]["with"], "an account");
    assert_eq!(owner(&machine, "ada@example.com").unwrap().name, "Countess");
    assert!(owner(&machine, "grace@example.com").is_some(), "the others are imported");
    let again = told(&import(&machine, &lines, "--json"));
    assert_eq!((&again["imported"], &again["lines"]), (&0.into(), &2.into()));
}

#[test]
fn a_line_that_is_wrong_is_told_by_its_number() {
    let machine = Machine::new();
    let lines = [
        "{".to_owned(),
        r#"{"name": "Ada", "emial": "ada@example.com"}"#.to_owned(),
        line("ada", BCRYPT),
        line("ada@example.com", "5f4dcc3b5aa765d61d8327deb882cf99"),
        r#"{"name": "Ada", "phone": "12", "phone_verified": true}"#.to_owned(),
        r#"{"name": "Ada", "email": "ada@example.com"}"#.to_owned(),
        r#"{"name": " ", "email": "ada@example.com", "email_verified": true}"#.to_owned(),
        line("grace@example.com", BCRYPT),
    ];
    let done = told(&import(&machine, &lines, "--json"));
    let refused = done["refused"].as_array().unwrap();
    let starts = [
        "EOF",
        "unknown field `emial`",
        "email:",
        "password_hash:",
        "phone:",
        "email_verified:",
        "name:",
    ];
    assert_eq!(refused.len(), starts.len(), "{refused:#?}");
    for ((number, refused), start) in (1..).zip(refused).zip(starts) {
        assert_eq!(refused["line"], number);
        assert!(refused["why"].as_str().unwrap().starts_with(start), "{refused}");
        assert!(!refused.to_string().contains("5f4dcc3b"), "a hash is a secret: {refused}");
    }
    assert!(
        owner(&machine, "grace@example.com").is_some()
            && owner(&machine, "ada@example.com").is_none()
    );
    let words = import(&machine, &lines, "");
    assert!(
        words.out.contains("line 2: unknown field")
            && words.out.ends_with("0 of 8 lines imported.\n"),
        "{words:?}"
    );
    assert!(import(&machine, &lines[5..6], "--verified").done().contains("1 of 1"));
}

#[test]
fn more_than_one_batch_is_imported() {
    let machine = Machine::new();
    let lines: Vec<_> =
        (0..450).map(|number| line(&format!("p{number}@example.com"), BCRYPT)).collect();
    assert_eq!(import(&machine, &lines, "").done(), "450 of 450 lines imported.\n");
    assert!(owner(&machine, "p449@example.com").is_some());
    let missing = machine.run("import users --file missing.jsonl").refused();
    assert!(missing.starts_with("--file: reading missing.jsonl"), "{missing}");
}
