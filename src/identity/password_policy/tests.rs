//! Passwords that are taken, and why others are not.

use proptest::prelude::*;

use super::*;

const POLICY: PasswordPolicy = PasswordPolicy::of_at_least(8);
const ADA: [&str; 2] = ["Ada Lovelace", "lovelace.ada@example.org"];

fn judged(typed: &str) -> Result<Strength, PasswordProblem> {
    POLICY.judge(typed, &ADA)
}

#[test]
fn long_is_good_whatever_it_is_made_of() {
    for good in [
        "tidal wombat inventory",
        "mauve-otter-lantern",
        "qmxkvzjwpd",
        "ünïcødé šálâd bøwl",
        "пароль для моей бабушки",
        "馬が好きです、とても大好き",
        "🐙🦑🐌🦀🐋🦞🐚🦐",
        "                 x  y  z   k",
    ] {
        assert!(judged(good).is_ok(), "{good}: {:?}", judged(good));
    }
    assert_eq!(judged("correct otter lantern inventory").unwrap().score(), 4);
}

#[test]
fn each_refusal_says_what_is_wrong() {
    let long = "wombat lantern ".repeat(18);
    let endless = "a".repeat(1_000_000);
    for (wrong, problem) in [
        ("", PasswordProblem::TooShort),
        ("qmxkvzj", PasswordProblem::TooShort),
        ("🐙🦑🐌🦀🐋🦞🐚", PasswordProblem::TooShort),
        (long.as_str(), PasswordProblem::TooLong),
        (endless.as_str(), PasswordProblem::TooLong),
        ("wombat\nlantern", PasswordProblem::Unseen),
        ("wombat\u{0}lantern", PasswordProblem::Unseen),
        ("password", PasswordProblem::Common),
        ("PassWord123", PasswordProblem::Common),
        ("1qaz2wsx3edc", PasswordProblem::Common),
        ("iloveyou", PasswordProblem::Common),
        ("Lovelace", PasswordProblem::Personal),
        ("wombat-LOVELACE-lantern", PasswordProblem::Personal),
        ("P4ssw0rd99", PasswordProblem::Guessable),
        ("abababababab", PasswordProblem::Guessable),
        ("ada12345", PasswordProblem::Guessable),
    ] {
        assert_eq!(judged(wrong), Err(problem), "{wrong:.40}");
    }
}

#[test]
fn composed_and_decomposed_letters_count_the_same() {
    let decomposed = "e\u{301}".repeat(7);
    assert_eq!(judged(&decomposed), Err(PasswordProblem::TooShort));
    let most = "é".repeat(256);
    assert_ne!(judged(&most), Err(PasswordProblem::TooLong));
    assert_ne!(judged(&"e\u{301}".repeat(256)), Err(PasswordProblem::TooLong));
}

#[test]
fn an_operator_may_ask_for_more_but_not_for_less() {
    assert_eq!(PasswordPolicy::of_at_least(1).fewest_characters(), 8);
    let strict = PasswordPolicy::of_at_least(15);
    assert_eq!(strict.judge("wombat lantern", &[]), Err(PasswordProblem::TooShort));
    assert!(strict.judge("wombat lantern 7", &[]).is_ok());
}

#[test]
fn short_names_are_found_in_honest_passwords_and_do_no_harm() {
    assert!(POLICY.judge("canada wombat lantern", &["Ada Li"]).is_ok());
}

#[test]
fn weak_passwords_come_with_hints() {
    let strength = Strength::of("Summer2024", &[]);
    assert!(strength.score() < 3 && !strength.hints().is_empty());
    assert!(Strength::of("qwertyuiop", &[]).hints().contains(&Hint::Common));
    assert!(Strength::of("aaaaaaaaaaa", &[]).hints().contains(&Hint::Repeats));
    assert!(Strength::of("tidal wombat inventory", &[]).hints().is_empty());
}

#[test]
fn what_is_known_of_a_person_weakens_their_password() {
    let (alone, known) = (Strength::of("zqxwkjvb1", &[]), Strength::of("zqxwkjvb1", &["zqxwkjvb"]));
    assert!(known.score() < alone.score(), "{known:?} {alone:?}");
}

proptest! {
    #[test]
    fn no_text_breaks_the_judgement(typed in "\\PC{0,80}", about in "\\PC{0,40}") {
        let _ = POLICY.judge(&typed, &[&about]);
    }
}
