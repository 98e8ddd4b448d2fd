//! Whatever is sent, it is understood whole or refused.

use proptest::prelude::*;

use super::*;

fn read(line: &str) -> Result<Command, Reply> {
    parse(line.as_bytes())
}

fn email(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

#[test]
fn a_conversation_is_understood() {
    let ada = || Some(email("ada@shop.example"));
    for (line, command) in [
        ("EHLO mail.shop.example", Command::Ehlo("mail.shop.example".into())),
        ("ehlo [192.0.2.1]", Command::Ehlo("[192.0.2.1]".into())),
        ("HELO x", Command::Helo("x".into())),
        ("MAIL FROM:<ada@shop.example>", Command::Mail { sender: ada(), size: None }),
        ("mail from:<> SIZE=12", Command::Mail { sender: None, size: Some(12) }),
        (
            "MAIL FROM: <ada@shop.example> BODY=8BITMIME",
            Command::Mail { sender: ada(), size: None },
        ),
        ("RCPT TO:<Ada@Shop.example>", Command::Rcpt(email("ada@shop.example"))),
        ("DATA", Command::Data),
        ("RSET ", Command::Rset),
        ("NOOP anything", Command::Noop),
        ("VRFY ada", Command::Vrfy),
        ("STARTTLS", Command::StartTls),
        ("quit", Command::Quit),
    ] {
        assert_eq!(read(line), Ok(command), "{line}");
    }
}

#[test]
fn what_is_not_understood_whole_is_refused() {
    for (line, reply) in [
        ("", Reply::UNKNOWN),
        ("GET / HTTP/1.1", Reply::UNKNOWN),
        ("MAIL", Reply::ARGUMENT),
        ("EHLO", Reply::ARGUMENT),
        ("EHLO a b", Reply::ARGUMENT),
        ("EHLO a\u{e9}", Reply::UNKNOWN),
        ("MAIL FROM:ada@shop.example", Reply::ARGUMENT),
        ("MAIL FROM:<ada@shop.example>SIZE=1", Reply::ARGUMENT),
        ("MAIL FROM:<ada@shop.example> SIZE=x", Reply::ARGUMENT),
        ("MAIL FROM:<ada@shop.example> SIZE=1 SIZE=2", Reply::PARAMETER),
        ("MAIL FROM:<ada@shop.example> SMTPUTF8", Reply::PARAMETER),
        ("MAIL FROM:<a b@shop.example>", Reply::ADDRESS),
        ("RCPT TO:<@relay.example:ada@shop.example>", Reply::ADDRESS),
        ("RCPT TO:<\"ada\"@shop.example>", Reply::ADDRESS),
        ("RCPT TO:<ada@[192.0.2.1]>", Reply::ADDRESS),
        ("RCPT TO:<>", Reply::ADDRESS),
        ("RCPT TO:<ada@shop.example> NOTIFY=NEVER", Reply::PARAMETER),
        ("DATA now", Reply::ARGUMENT),
        ("AUTH PLAIN x", Reply::NOT_OFFERED),
        ("BDAT 10", Reply::NOT_OFFERED),
    ] {
        assert_eq!(read(line), Err(reply), "{line}");
    }
}

proptest! {
    #[test]
    fn nothing_makes_it_stumble(line in proptest::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(Command::Ehlo(name) | Command::Helo(name)) = parse(&line) {
            prop_assert!(name.bytes().all(|byte| byte.is_ascii_graphic()));
        }
    }

    #[test]
    fn an_address_is_what_stood_in_the_brackets(
        verb in "(RCPT TO:|MAIL FROM:)", inside in "[ -~]{0,40}", after in "[ -~]{0,12}",
    ) {
        let read = read(&format!("{verb}<{inside}>{after}"));
        if let Ok(Command::Rcpt(address) | Command::Mail { sender: Some(address), .. }) = read {
            // Nothing is taken out of the address, and nothing comes in.
            prop_assert_eq!(address.as_str(), inside.split('>').next().unwrap());
        }
    }
}
