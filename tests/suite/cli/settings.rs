//! `countersign config`.

use super::Machine;

#[test]
fn the_reference_is_a_file_to_start_from() {
    let machine = Machine::new();
    let reference = machine.run("config reference").done();
    machine.write("countersign.toml", &reference);
    let checked = machine.run("config check").done();
    assert_eq!(checked, "The settings make sense.\n");
}

#[test]
fn the_reference_for_programs_names_every_key_with_its_kind_and_default() {
    let parts = Machine::new().run("config reference --json").json();
    let keys = parts.as_array().unwrap().iter().flat_map(|part| part["keys"].as_array().unwrap());
    let lifetime = keys
        .into_iter()
        .find(|key| key["key"] == "tokens.access_token_lifetime_seconds")
        .expect("the key is listed");
    assert_eq!(lifetime["value"], "600");
    assert_eq!(lifetime["kind"], "a whole number of seconds, 30 to 86400");
}

#[test]
fn the_usual_file_is_read_and_the_environment_wins() {
    let machine = Machine::new();
    machine.write("countersign.toml", "[http]\nworkers = 3\nlisten = \"127.0.0.1:1\"\n");
    let ended =
        machine.run_with("config check --json", &[("COUNTERSIGN__HTTP__WORKERS", "4")], "").json();
    assert_eq!(
        ended["settings"],
        serde_json::json!([
            {"key": "http.listen", "value": "\"127.0.0.1:1\"", "origin": "in countersign.toml"},
            {
                "key": "http.workers",
                "value": "4",
                "origin": "COUNTERSIGN__HTTP__WORKERS in the environment"
            },
        ])
    );
}

#[test]
fn a_misspelt_key_stops_every_command_that_needs_the_settings() {
    let machine = Machine::new();
    let variables = [("COUNTERSIGN__HTTP__PUBLIC_ULR", "https://login.example.com")];
    for line in ["config check", "migrate", "migrate --check"] {
        let sentence = machine.run_with(line, &variables, "").refused();
        assert!(sentence.contains("COUNTERSIGN__HTTP__PUBLIC_ULR"), "{sentence}");
        assert!(sentence.contains("did you mean http.public_url?"), "{sentence}");
    }
}

#[test]
fn a_server_for_the_world_must_not_be_unsafe() {
    let variables = [("COUNTERSIGN__HTTP__PUBLIC_URL", "http://login.example.com")];
    let sentence = Machine::new().run_with("config check", &variables, "").refused();
    assert!(sentence.starts_with("http.public_url"), "{sentence}");
    let variables = [
        ("COUNTERSIGN__HTTP__PUBLIC_URL", "https://login.example.com"),
        ("COUNTERSIGN__DELIVERY__SMS__DRIVER", "off"),
    ];
    let sentence = Machine::new().run_with("config check", &variables, "").refused();
    assert!(sentence.starts_with("delivery.email.driver (by default)"), "{sentence}");
}
