//! `countersign apps`.

use countersign::{
    crypto::secret::{Prefix, digest, undress},
    store::{
        app_reports::{self, AppReport, AppReportId, Reason},
        client_secrets,
        clients::{self, ClientId},
        grants::{self, Consent},
        refusals::{self, Refusal, RefusalId},
    },
};
use serde_json::{Value, json};

use super::Machine;

/// A machine where Ada has an account.
fn machine() -> Machine {
    let machine = Machine::new();
    machine.run("users add --email ada@example.com --name Ada --verified --json").json();
    machine
}

const REGISTER: &str = "apps register --file app.json --owner ada@example.com";

fn register(machine: &Machine, metadata: &Value, more: &str) -> Value {
    machine.write("app.json", &metadata.to_string());
    machine.run(&format!("{REGISTER} --json {more}")).json()
}

fn id(app: &Value) -> ClientId {
    ClientId::parse(app["client_id"].as_str().unwrap()).unwrap()
}

#[test]
fn an_app_gets_an_id_and_once_a_secret() {
    let machine = machine();
    let said = json!({"client_name": "Shop", "redirect_uris": ["https://shop.example/callback"]});
    let app = register(&machine, &said, "--live");
    assert_eq!(app["client_name"], "Shop");
    assert_eq!(app["token_endpoint_auth_method"], "client_secret_basic");
    assert_eq!(app["client_secret_expires_at"], 0);
    let secret = app["client_secret"].as_str().unwrap();
    assert!(undress(Prefix::ClientSecret, secret).is_some(), "{secret}");
    let id = id(&app);
    let client = machine.look(move |db| clients::find(db, id)).unwrap();
    assert!(client.live_at.is_some() && client.owner_id.is_some() && client.name == "Shop");
    let later = client.created_at + std::time::Duration::from_secs(1);
    let secrets = machine.look(move |db| client_secrets::list_live(db, id, later));
    assert_eq!(secrets.len(), 1);
    assert_eq!(secrets[0].secret_digest, digest(secret.as_bytes()));
    assert!(secrets[0].sealed_secret.is_none() && secret.ends_with(&secrets[0].hint));
}

#[test]
fn an_app_that_cannot_keep_a_secret_gets_none() {
    let said = json!({
        "redirect_uris": ["https://spa.example/"],
        "token_endpoint_auth_method": "none",
    });
    let machine = machine();
    let app = register(&machine, &said, "");
    assert!(app.get("client_secret").is_none(), "{app}");
    let id = id(&app);
    assert!(machine.look(move |db| clients::find(db, id)).unwrap().live_at.is_none());
}

#[test]
fn a_secret_that_signs_is_kept_sealed() {
    let said = json!({
        "redirect_uris": ["https://shop.example/"],
        "token_endpoint_auth_method": "client_secret_jwt",
    });
    let machine = machine();
    let app = register(&machine, &said, "");
    let id = id(&app);
    let later = countersign::clock::Moment::from_seconds(99_999_999_999);
    let secrets = machine.look(move |db| client_secrets::list_live(db, id, later));
    let sealed = secrets[0].sealed_secret.as_ref().unwrap();
    let directory = machine.folder.path().join("keys");
    let root = countersign::keys::root::RootSecret::load(&directory, None).unwrap();
    let opened: Option<String> = root.sealer("client-secret").open(sealed);
    assert_eq!(opened.as_deref(), app["client_secret"].as_str());
}

#[test]
fn people_are_shown_the_id_and_the_secret_only() {
    let machine = machine();
    machine.write("app.json", r#"{"redirect_uris":["https://shop.example/"]}"#);
    let lines = machine.run(REGISTER).done();
    let words: Vec<_> = lines.split_whitespace().collect();
    assert!(matches!(words[..], ["client_id", _, "client_secret", _]), "{lines}");
}

#[test]
fn a_file_that_is_no_metadata_is_refused_by_the_member() {
    let machine = machine();
    for (text, word) in [
        ("{", "JSON"),
        (r#"{"redirect_uris":"https://shop.example/"}"#, "redirect_uris"),
        (r#"{"redirect_uris":["http://shop.example/"]}"#, "https"),
        (
            r#"{"redirect_uris":["https://shop.example/"],"grant_types":["password"]}"#,
            "grant_types",
        ),
        (
            r#"{"grant_types":["client_credentials"],"redirect_uris":["https://shop.example/"]}"#,
            "no redirect_uris",
        ),
        (
            r#"{"grant_types":["client_credentials"],"token_endpoint_auth_method":"none"}"#,
            "authenticate",
        ),
        (r#"{"grant_types":["client_credentials"],"resources":["orders"]}"#, "absolute URI"),
    ] {
        machine.write("app.json", text);
        let sentence = machine.run(REGISTER).refused();
        assert!(sentence.starts_with("app.json: ") && sentence.contains(word), "{sentence}");
    }
    let sentence = machine.run(&REGISTER.replace("app.json", "missing.json")).refused();
    assert!(sentence.contains("missing.json"), "{sentence}");
}

#[test]
fn an_app_needs_an_owner_who_has_proved_the_address() {
    let machine = machine();
    machine.run("users add --email bob@example.com --name Bob").done();
    machine.write("app.json", r#"{"redirect_uris":["https://shop.example/"]}"#);
    for owner in ["bob@example.com", "eve@example.com"] {
        let line = format!("apps register --file app.json --owner {owner}");
        let sentence = machine.run(&line).refused();
        assert!(sentence.starts_with("--owner: ") && sentence.contains(owner), "{sentence}");
    }
}

#[test]
fn what_an_app_was_refused_is_listed_with_its_cause_the_newest_first() {
    let machine = machine();
    let app = register(&machine, &json!({"redirect_uris": ["https://shop.example/"]}), "");
    let id = id(&app);
    let refusal = |seconds, cause: Option<&str>, left_out| Refusal {
        id: RefusalId::random(),
        client_id: id,
        endpoint: "/oauth/token".to_owned(),
        error: "invalid_grant".to_owned(),
        description: "code is not valid".to_owned(),
        cause: cause.map(str::to_owned),
        trace_id: format!("trace-{seconds}"),
        left_out,
        refused_at: countersign::clock::Moment::from_seconds(seconds),
    };
    let refused = [refusal(60, Some("expired"), 0), refusal(120, None, 7)];
    machine.change(move |db| refusals::add(db, &refused));
    let lines = machine.run(&format!("apps errors {id}")).done();
    assert_eq!(
        lines,
        "1970-01-01T00:02:00Z  /oauth/token  invalid_grant: code is not valid\n  \
         reference  trace-120\n  and 7 more in the seconds after it\n\
         1970-01-01T00:01:00Z  /oauth/token  invalid_grant: code is not valid\n  \
         because    expired\n  reference  trace-60\n"
    );
    let told = machine.run(&format!("apps errors {id} --most 1 --json")).json();
    assert_eq!(told.as_array().map(Vec::len), Some(1));
    assert_eq!((&told[0]["trace_id"], &told[0]["left_out"]), (&json!("trace-120"), &json!(7)));
    for nobody in
        ["AAAAAAAAAAAAAAAAAAAAAA", "-AAAAAAAAAAAAAAAAAAAAA", "--AAAAAAAAAAAAAAAAAAAA", "x"]
    {
        let sentence = machine.run(&format!("apps errors --json {nobody}")).refused();
        assert!(sentence.contains(&format!("no app `{nobody}`")), "{sentence}");
    }
}

#[test]
fn where_an_app_is_told_of_events_is_set_and_what_it_was_told_is_listed() {
    let machine = machine();
    let app = register(&machine, &json!({"redirect_uris": ["https://shop.example/"]}), "");
    let id = id(&app);
    let wrong = machine.run(&format!("apps events {id} --uri http://shop.example/")).refused();
    assert!(wrong.starts_with("--uri: ") && wrong.contains("event_uri"), "{wrong}");
    machine.run(&format!("apps events {id} --uri https://shop.example/events")).done();
    let client = machine.look(move |db| clients::find(db, id)).unwrap();
    assert_eq!(client.metadata.event_uri.as_deref(), Some("https://shop.example/events"));
    machine.change(move |db| {
        let owner = clients::find(db, id)?.and_then(|client| client.owner_id).expect("an owner");
        let now = countersign::clock::Moment::from_seconds(60);
        let grant = grants::allow(db, owner, id, &Consent::to(&"openid".parse().unwrap()), now)?;
        grants::end(db, grant.id, owner, "removed_by_user", now).map(drop)
    });
    let lines = machine.run(&format!("apps events {id}")).done();
    assert_eq!(lines, "1970-01-01T00:01:00Z  grant_revoked  waiting after 0 tries\n");
    let told = machine.run(&format!("apps events {id} --json")).json();
    assert_eq!(
        (&told[0]["event"], &told[0]["state"]),
        (&json!("grant_revoked"), &json!("waiting"))
    );
    machine.run(&format!("apps events {id} --uri=")).done();
    let client = machine.look(move |db| clients::find(db, id)).unwrap();
    assert_eq!(client.metadata.event_uri, None);
    let nobody = machine.run("apps events AAAAAAAAAAAAAAAAAAAAAA").refused();
    assert!(nobody.contains("no app"), "{nobody}");
}

#[test]
fn what_people_report_of_apps_is_listed() {
    let machine = machine();
    let app = register(
        &machine,
        &json!({"redirect_uris": ["https://shop.example/"], "client_name": "Shop"}),
        "",
    );
    let id = id(&app);
    let report = AppReport {
        id: AppReportId::random(),
        client_id: id,
        user_id: None,
        reason: Reason::Misuses,
        details: "Two\nlines".to_owned(),
        reported_at: countersign::clock::Moment::from_seconds(60),
    };
    machine.change(move |db| app_reports::add(db, &report));
    let lines = machine.run("apps reports").done();
    assert_eq!(lines, format!("1970-01-01T00:01:00Z  Shop ({id})  misuses\n  \"Two\\nlines\"\n"));
    let listed = machine.run(&format!("apps reports {id} --json")).json();
    assert_eq!((&listed[0]["reason"], &listed[0]["by"]), (&json!("misuses"), &Value::Null));
    let other = machine.run("apps reports AAAAAAAAAAAAAAAAAAAAAA --json").json();
    assert_eq!(other.as_array().map(Vec::len), Some(0));
    assert!(machine.run("apps reports x").refused().contains("no app `x`"));
}
