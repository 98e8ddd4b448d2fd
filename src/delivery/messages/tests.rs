//! Every message, in every language, by every channel.

use super::*;
use crate::{config::Config, language::Language};

const LINK: &str = "http://localhost:8080/recover/not-me?alarm=x";

fn code(head: &Letterhead, purpose: Purpose, channel: Channel) -> Message {
    let code = OneTimeCode { purpose, name: "Ada <b>", code: "123456", minutes: 10 };
    code.write(head, channel).unwrap()
}

fn all(language: Language, channel: Channel) -> Vec<Message> {
    let head = Letterhead::new(&Config::default(), language);
    let codes = [Purpose::SignUp, Purpose::Recovery, Purpose::Contact, Purpose::SecondFactor];
    let mut messages: Vec<_> =
        codes.into_iter().map(|purpose| code(&head, purpose, channel)).collect();
    messages.extend(
        [Tried::SignUp, Tried::Contact]
            .map(|tried| AddressTaken { tried, link: LINK }.write(&head, channel).unwrap()),
    );
    let times = (Moment::from_seconds(1_795_183_500), Moment::from_seconds(1_795_442_700));
    let (name, device, place, address) = ("Ada <b>", "Firefox", "192.0.2.7", "new@example.org");
    let notice = DelayedRecoveryNotice { name, times, device, place, address, link: LINK };
    messages.push(notice.write(&head, channel).unwrap());
    messages.push(DelayedRecoveryReady { link: LINK, days: 7 }.write(&head, channel).unwrap());
    messages.push(DeliveryTest.write(&head, channel).unwrap());
    let at = Moment::from_seconds(1_795_183_500);
    messages.extend(Alarm::ALL.map(|alarm| {
        let (name, device, place) = ("Ada <b>", "Firefox on Linux", "192.0.2.7");
        let what = "ada@example.org";
        let notice = SecurityNotice { alarm, name, at, device, place, what, link: LINK };
        notice.write(&head, channel).unwrap()
    }));
    messages
}

#[test]
fn every_message_is_written_in_every_language() {
    for language in Language::all() {
        for channel in [Channel::Email, Channel::Sms] {
            for Message { subject, text, .. } in all(language, channel) {
                assert_eq!(subject.is_empty(), channel == Channel::Sms, "{text}");
                for key in [
                    "sign-up-",
                    "recovery-",
                    "recovered-",
                    "second-factor-",
                    "message-",
                    "-text",
                    "not-me-l",
                    "contact-",
                    "delayed-",
                ] {
                    let said = format!("{subject} {text}");
                    assert!(!said.contains(key), "{}: {key} has no words: {said}", language.code());
                }
            }
        }
    }
}

#[test]
fn a_mail_says_the_same_as_text_and_as_html() {
    for message in all(Language::default(), Channel::Email) {
        let html = message.html.expect("a mail has HTML");
        for part in message.code.iter().chain(&message.link) {
            assert!(message.text.contains(part.as_str()) && html.contains(part), "{part}");
        }
        assert!(!html.contains("<b>"), "a name is not markup: {html}");
        let parts = message.text.split("\n\n").count();
        assert!(parts >= 4 && !message.text.contains("\n\n\n"), "{}", message.text);
    }
}

#[test]
fn a_code_by_sms_ends_with_the_line_that_browsers_read() {
    let head = Letterhead::new(&Config::default(), Language::default());
    let text = code(&head, Purpose::Recovery, Channel::Sms).text;
    // WICG "Delivering origin-bound one-time codes over SMS" §2: the last line.
    assert_eq!(text.lines().last(), Some("@localhost #123456"));
    assert!(text.starts_with("123456 "), "{text}");
    assert!(text.chars().count() <= 160, "{text}");
}

#[test]
fn a_warning_never_to_tell_goes_with_every_code() {
    let head = Letterhead::new(&Config::default(), Language::default());
    for purpose in [Purpose::SignUp, Purpose::Recovery, Purpose::Contact, Purpose::SecondFactor] {
        let mail = code(&head, purpose, Channel::Email).text;
        assert!(mail.contains("do not tell it to anyone") && mail.contains("localhost"), "{mail}");
        let sms = code(&head, purpose, Channel::Sms).text;
        assert!(sms.contains("Never tell it"), "{sms}");
    }
}
