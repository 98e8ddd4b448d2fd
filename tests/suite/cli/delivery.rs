//! `countersign delivery`.

use countersign::{
    clock::Moment,
    store::{
        contacts::Channel,
        outbox::{self, Letter},
    },
};

use super::Machine;
use crate::support::mail_server::MailServer;

/// The settings of a mail server, as a process is given them.
fn variables(server: &MailServer) -> Vec<(String, String)> {
    let settings = server.settings().into_iter();
    settings.map(|(key, value)| (format!("COUNTERSIGN__{key}"), value)).collect()
}

fn test(machine: &Machine, line: &str, variables: &[(String, String)]) -> super::Ended {
    let variables: Vec<_> = variables.iter().map(|(key, value)| (&**key, &**value)).collect();
    machine.run_with(line, &variables, "")
}

#[actix_web::test]
async fn a_test_message_leaves_at_once_and_the_answer_is_shown() {
    let (machine, server) = (Machine::new(), MailServer::start());
    let settings = variables(&server);
    let (said, told) = actix_web::web::block(move || {
        let line = "delivery test --to ada@example.org";
        let said = test(&machine, line, &settings).done();
        (said, test(&machine, &format!("{line} --json"), &settings).json())
    })
    .await
    .unwrap();
    assert!(said.contains("SMTP at") && said.contains("said: 250"), "{said}");
    assert_eq!((&told["sent"], &told["to"]), (&true.into(), &"ada@example.org".into()));
    assert_eq!(server.mails().len(), 2);
}

#[actix_web::test]
async fn a_refusal_is_shown_and_fails() {
    let (machine, server) = (Machine::new(), MailServer::start());
    server.refuse("ada@example.org", "550 5.1.1 no such mailbox");
    let settings = variables(&server);
    let line = "delivery test --to ada@example.org";
    let refused = actix_web::web::block(move || test(&machine, line, &settings).refused());
    let refused = refused.await.unwrap();
    assert!(refused.contains("550") && refused.contains("no such mailbox"), "{refused}");
}

#[test]
fn where_nothing_leaves_that_is_said() {
    let machine = Machine::new();
    for (to, key) in
        [("ada@example.org", "delivery.email.driver"), ("+4915112345678", "delivery.sms.driver")]
    {
        let refused = machine.run(&format!("delivery test --to {to}")).refused();
        assert!(refused.contains(key), "{refused}");
    }
    assert!(machine.run("delivery test --to ada").refused().starts_with("--to: "));
}

#[test]
fn what_stands_in_the_queue_is_listed_and_can_be_sent_again() {
    let machine = Machine::new();
    machine.run("migrate").done();
    let now = Moment::from_seconds(1_795_176_000);
    let [sent, failed, nobodys] = ["ada@example.org", "bob@example.org", ""]
        .map(|to| Letter::to(Channel::Email, to, vec![1], now));
    let ids = [sent.id, failed.id];
    machine.change(move |db| {
        for letter in [&sent, &failed, &nobodys] {
            outbox::add(db, letter)?;
        }
        outbox::set_sent(db, ids[0], "250 2.0.0 queued", now)?;
        outbox::set_failed(db, ids[1], "550 no such mailbox", None, now)
    });
    let all = machine.run("delivery list --json").json();
    assert_eq!(all.as_array().unwrap().len(), 2, "{all}");
    let unsent = machine.run("delivery list --unsent --json").json();
    assert_eq!(unsent[0]["id"], ids[1].to_string());
    assert_eq!(
        (&unsent[0]["state"], &unsent[0]["reply"]),
        (&"failed".into(), &"550 no such mailbox".into())
    );
    let words = machine.run("delivery list").done();
    assert!(words.contains("250 2.0.0 queued") && words.lines().count() == 2, "{words}");
    machine.run(&format!("delivery retry {}", ids[1])).done();
    let again = machine.look(|db| outbox::list_unsent(db, 9)).remove(0);
    assert!(again.failed_at.is_none() && again.attempts == 0);
    for gone in [ids[0].to_string(), "nonsense".to_owned()] {
        let refused = machine.run(&format!("delivery retry {gone}")).refused();
        assert!(refused.contains("no such message"), "{refused}");
    }
}
