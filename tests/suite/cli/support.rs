//! `countersign users`: what operators do for the people who have an account.

use countersign::{
    clock::Moment,
    store::{
        activity::{self, Activity, Event},
        attempts::{self, Limit},
        passwords,
        sessions::{self, Session, SessionId},
        users::{self, UserId},
    },
};

use super::Machine;

/// A machine on which Ada has an account.
fn machine() -> (Machine, UserId) {
    let machine = Machine::new();
    let line =
        "users add --email ada@example.com --phone +4915112345678 --name Ada --verified --json";
    let made = machine.run(line).json();
    let id = UserId::parse(made["id"].as_str().unwrap()).unwrap();
    (machine, id)
}

/// What happened last.
fn latest(machine: &Machine, id: UserId) -> Activity {
    let all = activity::Wanted::everything();
    machine.look(move |db| activity::list_of_user(db, id, &all, 1)).remove(0)
}

#[test]
fn an_account_is_shown_by_any_of_its_contacts_or_its_id() {
    let (machine, id) = machine();
    for who in ["ada@example.com", "ADA@example.com", "+4915112345678", &id.to_string()] {
        let shown = machine.run(&format!("users show {who} --json")).json();
        assert_eq!(shown["id"], id.to_string(), "{who}");
        assert_eq!((&shown["state"], &shown["sessions"]), (&"active".into(), &0.into()));
        assert_eq!(shown["contacts"].as_array().unwrap().len(), 2);
    }
    let words = machine.run("users show ada@example.com").done();
    assert!(words.contains("ada@example.com  primary  verified"), "{words}");
    let sentence = machine.run("users show grace@example.com").refused();
    assert!(sentence.contains("no account") && sentence.contains("grace@example.com"));
}

#[test]
fn a_suspension_has_a_reason_and_can_be_taken_back() {
    let (machine, id) = machine();
    for reason in ["", "x".repeat(301).as_str()] {
        let sentence = machine.run(&format!("users suspend ada@example.com --reason={reason}"));
        assert!(sentence.refused().starts_with("--reason: "));
    }
    machine.run("users suspend ada@example.com --reason=Spam").done();
    let user = machine.look(move |db| users::find(db, id)).unwrap();
    assert_eq!(user.suspended_reason.as_deref(), Some("Spam"));
    let written = latest(&machine, id);
    assert_eq!(written.event, Event::Suspended);
    assert!(written.details.contains("operator") && written.details.contains("Spam"));
    assert_eq!(machine.run("users show ada@example.com --json").json()["state"], "suspended");
    machine.run("users link ada@example.com").refused();
    let told = machine.run("users unsuspend ada@example.com --json").json();
    assert_eq!(told["did"], "unsuspended");
    let user = machine.look(move |db| users::find(db, id)).unwrap();
    assert!(user.in_good_standing() && user.suspended_reason.is_none());
    assert_eq!(latest(&machine, id).event, Event::Unsuspended);
}

#[test]
fn unlocking_forgets_the_tries_and_the_freezing() {
    let (machine, id) = machine();
    let now = Moment::from_seconds(4_000_000_000);
    let counters = [attempts::codes_to("email", "ada@example.com"), passwords::guesses_at(id)];
    let limit = Limit { most: 1, within: std::time::Duration::from_hours(1) };
    let again = counters.clone();
    machine.change(move |db| {
        counters.iter().try_for_each(|key| attempts::count(db, key, limit, now).map(drop))?;
        users::freeze(db, id, now)
    });
    machine.run("users unlock ada@example.com").done();
    assert!(machine.look(move |db| users::find(db, id)).unwrap().in_good_standing());
    for counter in again {
        let counted = machine.change(move |db| attempts::count(db, &counter, limit, now));
        assert_eq!(counted, attempts::Counted::Within);
    }
    assert_eq!(latest(&machine, id).event, Event::Unlocked);
}

#[test]
fn a_reset_signs_everybody_out() {
    let (machine, id) = machine();
    let now = Moment::from_seconds(4_000_000_000);
    let session = Session {
        id: SessionId::random(),
        secret_digest: vec![1; 32],
        user_id: id,
        acr: "urn:x".into(),
        amr: "pwd".into(),
        user_agent: String::new(),
        address: String::new(),
        created_at: now,
        auth_at: now,
        last_seen_at: now,
        expires_at: now + std::time::Duration::from_hours(1),
        ended_at: None,
        browser_digest: None,
    };
    machine.change(move |db| sessions::add(db, &session));
    assert_eq!(machine.run("users show ada@example.com --json").json()["sessions"], 1);
    machine.run("users reset ada@example.com").done();
    assert_eq!(machine.run("users show ada@example.com --json").json()["sessions"], 0);
    assert_eq!(latest(&machine, id).event, Event::SignInReset);
}

#[test]
fn a_link_is_printed_once_and_written_down() {
    let (machine, id) = machine();
    let told = machine.run("users link ada@example.com --json").json();
    let link = told["link"].as_str().unwrap();
    assert!(link.starts_with("http://localhost:8080/sign-in/link?key="), "{link}");
    assert_eq!(told["expires_in"], 900);
    assert_eq!(latest(&machine, id).event, Event::SignInLinkMade);
    let other = machine.run("users link ada@example.com").done();
    assert!(other.starts_with("http") && other.trim() != link);
    machine.run("users link grace@example.com").refused();
}
