//! Commands that open the store.

use super::Machine;

#[test]
fn a_database_is_brought_up_to_date_once() {
    let machine = Machine::new();
    assert!(machine.run("migrate --check").refused().contains("countersign migrate"));
    let done = machine.run("migrate --json").json();
    assert!(done["done"].as_array().unwrap().len() >= 4, "{done}");
    assert_eq!(machine.run("migrate").done(), "sqlite:data/countersign.db is up to date.\n");
    machine.run("migrate --check").done();
}

#[test]
fn the_newest_step_can_be_taken_back_and_done_again() {
    let machine = Machine::new();
    let done = machine.run("migrate --json").json();
    let back = machine.run("migrate --back --json").json();
    assert_eq!(back["taken_back"][0], *done["done"].as_array().unwrap().last().unwrap());
    machine.run("migrate --check").refused();
    assert_eq!(machine.run("migrate --json").json()["done"], back["taken_back"]);
}

#[test]
fn a_database_that_cannot_be_reached_is_named() {
    let variables = [("COUNTERSIGN__DATABASE__URL", "postgres://ada:hidden@127.0.0.1:1/login")];
    let sentence = Machine::new().run_with("migrate", &variables, "").refused();
    assert!(sentence.contains("127.0.0.1") && !sentence.contains("hidden"), "{sentence}");
}

#[test]
fn a_database_that_is_not_up_to_date_is_left_alone_when_the_settings_say_so() {
    let variables = [("COUNTERSIGN__DATABASE__MIGRATE_ON_START", "false")];
    let machine = Machine::new();
    let add = "users add --email ada@example.com --name Ada";
    let sentence = machine.run_with(add, &variables, "").refused();
    assert!(sentence.contains("`countersign migrate`"), "{sentence}");
    machine.run("migrate").done();
    machine.run_with(add, &variables, "").done();
}
