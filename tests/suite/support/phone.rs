//! A phone with an authenticator app: RFC 6238 as its makers read it, not as our server does.

use countersign::clock::Moment;
use openssl::{hash::MessageDigest, pkey::PKey, sign::Signer};

/// The app, with the secret that its owner typed into it.
#[derive(Clone)]
pub struct Phone {
    pub secret: Vec<u8>,
}

impl Phone {
    /// Takes the secret as a page shows it: base32 in groups (RFC 4648 §6).
    pub fn typed(text: &str) -> Self {
        let digits =
            text.chars().filter(|letter| !letter.is_whitespace()).map(|letter| match letter {
                'A'..='Z' => u32::from(letter) - u32::from('A'),
                '2'..='7' => u32::from(letter) - u32::from('2') + 26,
                other => panic!("{other} is no base32"),
            });
        let (mut secret, mut bits, mut held) = (Vec::new(), 0_u32, 0);
        for digit in digits {
            bits = (bits << 5 | digit) & 0xfff;
            held += 5;
            if held >= 8 {
                held -= 8;
                secret.push(u8::try_from(bits >> held & 0xff).expect("a byte"));
            }
        }
        Self { secret }
    }

    /// The six digits that it shows at this moment.
    pub fn code_at(&self, now: Moment) -> String {
        let key = PKey::hmac(&self.secret).expect("a key");
        let mut signer = Signer::new(MessageDigest::sha1(), &key).expect("HMAC-SHA-1");
        let step = now.seconds().div_euclid(30).to_be_bytes();
        let mac = signer.sign_oneshot_to_vec(&step).expect("a code");
        let at = usize::from(mac[19] & 15);
        let word = u32::from_be_bytes([mac[at] & 0x7f, mac[at + 1], mac[at + 2], mac[at + 3]]);
        format!("{:06}", word % 1_000_000)
    }
}
