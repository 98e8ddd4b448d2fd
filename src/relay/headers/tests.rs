//! Whom a mail is from, however it is written, or nobody.

use proptest::prelude::*;

use super::*;

fn from(value: &str) -> Result<String, Reply> {
    let mail = format!("Subject: Hello\r\nFrom: {value}\r\nTo: x@y.example\r\n\r\nFrom: no\r\n");
    read(mail.as_bytes()).map(|headers| headers.from.as_str().to_owned())
}

#[test]
fn the_sender_is_found() {
    for written in [
        "ada@shop.example",
        "<ada@shop.example>",
        "Ada <ada@shop.example>",
        "\"Shop, Ltd\" <ada@shop.example>",
        "\"eve@evil.example\" <ada@shop.example>",
        "Ada (eve@evil.example, <eve@evil.example>) <ada@shop.example> (x)",
        "Ada\r\n\t<ada@shop.example>",
        "=?utf-8?q?Caf=C3=A9?= <ada@shop.example>",
        "Caf\u{e9} <ada@shop.example>",
        "\"a \\\" <eve@evil.example>\" <ada@shop.example>",
    ] {
        assert_eq!(from(written).as_deref(), Ok("ada@shop.example"), "{written}");
    }
}

#[test]
fn whoever_is_not_one_sender_is_none() {
    for written in [
        "",
        "Ada",
        "ada@shop.example, eve@evil.example",
        "<ada@shop.example> <eve@evil.example>",
        "ada@shop.example <eve@evil.example>",
        "<ada@shop.example> eve@evil.example",
        "team: ada@shop.example;",
        "ada@shop.example eve@evil.example",
        "\"ada <ada@shop.example>",
        "(ada <ada@shop.example>",
        "<ada@shop.example",
        "<@x.example:ada@shop.example>",
        "ada@shop.example\r\nFrom: eve@evil.example",
    ] {
        assert_eq!(from(written), Err(Reply::MALFORMED), "{written}");
    }
}

#[test]
fn a_head_is_a_head() {
    for mail in [
        "",
        "\r\nFrom: ada@shop.example\r\n",
        " folded\r\nFrom: ada@shop.example\r\n\r\n",
        "From ada\r\n\r\n",
    ] {
        assert_eq!(read(mail.as_bytes()), Err(Reply::MALFORMED), "{mail:?}");
    }
}

#[test]
fn what_goes_round_in_circles_is_known() {
    let mail = |hops: usize, more: &str| {
        let hops = "Received: by x\r\n".repeat(hops);
        read(format!("{hops}{more}From: ada@shop.example\r\n\r\n").as_bytes()).map(drop)
    };
    assert_eq!(mail(30, ""), Ok(()));
    assert_eq!(mail(31, ""), Err(Reply::LOOP));
    assert_eq!(mail(0, "countersign-relayed: private.example\r\n"), Err(Reply::LOOP));
}

proptest! {
    #[test]
    fn nothing_makes_it_stumble(mail in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&mail);
    }

    #[test]
    fn no_name_takes_the_place_of_the_address(name in "[ -~&&[^\\\\]]{0,30}") {
        let quoted = name.replace('"', "");
        let read = from(&format!("\"{quoted}\" <ada@shop.example>"));
        prop_assert_eq!(read.as_deref(), Ok("ada@shop.example"));
        // Unquoted it may spoil the field, but never change whom the mail is from.
        let read = from(&format!("{name} <ada@shop.example>"));
        prop_assert!(read.is_err() || read.as_deref() == Ok("ada@shop.example"), "{read:?}");
    }
}
