//! Authenticator apps: time-based one-time passwords (RFC 6238), as every app supports them: SHA-1,
//! six digits, thirty seconds.

use std::fmt::Write as _;

use openssl::{hash::MessageDigest, pkey::PKey, sign::Signer};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

use super::{random, secret};
use crate::clock::Moment;

const STEP_SECONDS: i64 = 30;
const DIGITS: usize = 6;

/// What an address may keep as it is (RFC 3986 §2.3).
const RESERVED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');

/// What the app and we share.
pub struct TotpSecret(Zeroizing<Vec<u8>>);

impl TotpSecret {
    /// A new secret of 160 bits (RFC 4226 §4, R6).
    #[must_use]
    pub fn random() -> Self {
        Self(Zeroizing::new(random::bytes::<20>().to_vec()))
    }

    /// The secret that these bytes are.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(Zeroizing::new(bytes.to_vec()))
    }

    /// The bytes, to be sealed and kept.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The secret as a person types it into an app: base32 without padding (RFC 4648 §6).
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let mut text = Zeroizing::new(String::with_capacity(self.0.len().div_ceil(5) * 8));
        for chunk in self.0.chunks(5) {
            let mut group = [0; 8];
            group[3..3 + chunk.len()].copy_from_slice(chunk);
            let bits = u64::from_be_bytes(group);
            for letter in 0..(chunk.len() * 8).div_ceil(5) {
                text.push(char::from(ALPHABET[(bits >> (35 - 5 * letter) & 31) as usize]));
            }
        }
        text
    }

    /// What the QR code says: `otpauth://totp/…`.
    #[must_use]
    pub fn uri(&self, issuer: &str, account: &str) -> Zeroizing<String> {
        let issuer = utf8_percent_encode(issuer, RESERVED);
        let account = utf8_percent_encode(account, RESERVED);
        let secret = self.text();
        let mut uri = Zeroizing::new(String::with_capacity(256));
        write!(
            uri,
            "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}\
             &algorithm=SHA1&digits={DIGITS}&period={STEP_SECONDS}",
            *secret
        )
        .expect("a string takes what is written");
        uri
    }

    /// The step whose code this is: the present one, the one before or the one after (RFC 6238
    /// §5.2). The caller accepts a step once, and never one before it.
    #[must_use]
    pub fn matching_step(&self, code: &str, now: Moment) -> Option<i64> {
        let present = now.seconds().div_euclid(STEP_SECONDS);
        [present, present - 1, present + 1]
            .into_iter()
            .find(|step| secret::equal(self.code(*step).as_bytes(), code.as_bytes()))
    }

    /// The code of a step (RFC 4226 §5.3).
    fn code(&self, step: i64) -> String {
        let mac = self.mac(&step.to_be_bytes());
        let offset = usize::from(mac[19] & 15);
        let word = [mac[offset] & 0x7f, mac[offset + 1], mac[offset + 2], mac[offset + 3]];
        format!("{:0DIGITS$}", u32::from_be_bytes(word) % 10_u32.pow(6))
    }

    fn mac(&self, counter: &[u8]) -> [u8; 20] {
        let mut mac = [0; 20];
        PKey::hmac(&self.0)
            .and_then(|key| {
                Signer::new(MessageDigest::sha1(), &key)?.sign_oneshot(&mut mac, counter)
            })
            .expect("OpenSSL computes an HMAC");
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> TotpSecret {
        TotpSecret::from_bytes(b"12345678901234567890")
    }

    /// RFC 6238, appendix B; the last six of its eight digits.
    #[test]
    fn the_examples_of_the_specification_come_out() {
        let examples = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ];
        for (seconds, code) in examples {
            assert_eq!(example().code(seconds / 30), code);
        }
    }

    #[test]
    fn a_code_is_good_one_step_early_and_one_step_late() {
        let at = |seconds| example().matching_step("005924", Moment::from_seconds(seconds));
        let step = 1_234_567_890 / 30;
        assert_eq!(at(1_234_567_890), Some(step));
        assert_eq!(at(1_234_567_890 + 30), Some(step));
        assert_eq!(at(1_234_567_890 - 30), Some(step));
        assert_eq!(at(1_234_567_890 + 60), None);
        assert_eq!(at(1_234_567_890 - 60), None);
    }

    #[test]
    fn what_is_no_code_matches_nothing() {
        for code in ["", "5924", "0059240", " 05924", "००५९२४"] {
            let found = example().matching_step(code, Moment::from_seconds(1_234_567_890));
            assert_eq!(found, None, "{code}");
        }
    }

    /// RFC 4648 §10.
    #[test]
    fn the_text_is_base32() {
        let text = |bytes: &[u8]| TotpSecret::from_bytes(bytes).text().to_string();
        let examples = ["", "MY", "MZXQ", "MZXW6", "MZXW6YQ", "MZXW6YTB", "MZXW6YTBOI"];
        for (length, expected) in examples.iter().enumerate() {
            assert_eq!(text(&b"foobar"[..length]), *expected);
        }
        assert_eq!(TotpSecret::random().text().len(), 32);
    }

    #[test]
    fn the_uri_names_issuer_and_account() {
        assert_eq!(
            *example().uri("Ada & Co", "ada@example.com"),
            "otpauth://totp/Ada%20%26%20Co:ada@example.com\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Ada%20%26%20Co\
             &algorithm=SHA1&digits=6&period=30"
        );
    }
}
