//! What is too dangerous outside this machine.

use super::{EmailDriver, Link, MailTls, Registration, SmsDriver, check::Check};
use crate::crypto::secret::Secret;

/// What must hold unless only this machine can reach the server.
pub(super) const OUTSIDE_LOOPBACK: &[(&str, Check)] = &[
    ("delivery.email.driver", |config| {
        (config.delivery.email.driver == EmailDriver::Sandbox).then_some(
            "is \"sandbox\", which shows every mail to everybody: \
             set it to \"smtp\", or http.public_url to a loopback host",
        )
    }),
    ("delivery.sms.driver", |config| {
        (config.delivery.sms.driver == SmsDriver::Sandbox).then_some(
            "is \"sandbox\", which shows every SMS to everybody: \
             set it to \"webhook\", \"twilio\" or \"vonage\", or to \"off\" if you send none",
        )
    }),
    ("delivery.email.tls", |config| {
        let email = &config.delivery.email;
        let near = email
            .host
            .as_deref()
            .is_none_or(|host| ["localhost", "127.0.0.1", "::1"].contains(&host));
        (email.tls == MailTls::None && email.password.is_some() && !near)
            .then_some("is \"none\", which would send delivery.email.password in clear")
    }),
    ("delivery.email_fallback.tls", |config| {
        let email = &config.delivery.email_fallback;
        (email.tls == MailTls::None && email.password.is_some())
            .then_some("is \"none\", which would send the password beside it in clear")
    }),
    ("delivery.sms.secret", |config| {
        let sms = &config.delivery.sms;
        unsigned(sms.driver, sms.secret.as_ref())
    }),
    ("delivery.sms.url", |config| insecure(config.delivery.sms.url.as_ref())),
    ("delivery.sms_fallback.secret", |config| {
        let sms = &config.delivery.sms_fallback;
        unsigned(sms.driver, sms.secret.as_ref())
    }),
    ("delivery.sms_fallback.url", |config| insecure(config.delivery.sms_fallback.url.as_ref())),
    ("keys.root_secret", |config| {
        config
            .keys
            .root_secret
            .as_ref()
            .is_some_and(guessable)
            .then_some("is easy to guess: `openssl rand -base64 32` makes one that is not")
    }),
    ("clients.initial_access_token", |config| {
        config
            .clients
            .initial_access_token
            .as_ref()
            .is_some_and(guessable)
            .then_some("is easy to guess: `openssl rand -base64 32` makes one that is not")
    }),
    ("clients.registrations_per_hour", |config| {
        let clients = &config.clients;
        (clients.registration == Registration::Open && clients.registrations_per_hour == 0)
            .then_some("must limit what clients.registration = \"open\" lets anybody do")
    }),
    ("sign_in.argon2_memory_kib", |config| {
        let sign_in = &config.sign_in;
        (u64::from(sign_in.argon2_memory_kib) * u64::from(sign_in.argon2_iterations) < 35_000)
            .then_some(
                "times sign_in.argon2_iterations is too little: stolen hashes would be guessed",
            )
    }),
];

fn unsigned(driver: SmsDriver, secret: Option<&Secret>) -> Option<&'static str> {
    (driver == SmsDriver::Webhook && secret.is_none_or(guessable))
        .then_some("is missing or easy to guess: the gateway could not tell our posts from others'")
}

fn insecure(url: Option<&Link>) -> Option<&'static str> {
    url.is_some_and(|url| url.url().scheme() != "https")
        .then_some("must be https: over http, one-time codes would travel in clear")
}

/// Whether a secret is short, made of few letters, or from an example.
fn guessable(secret: &Secret) -> bool {
    const EXAMPLES: [&str; 5] = ["change", "secret", "password", "example", "default"];
    let text = secret.expose().to_ascii_lowercase();
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    text.len() < 16 || letters.len() < 8 || EXAMPLES.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::config::check::tests::{SAFE, read, refused};

    #[test]
    fn what_is_unsafe_is_refused_outside_loopback_only() {
        let webhook = [
            "DELIVERY__SMS__DRIVER=webhook",
            "DELIVERY__SMS__URL=https://sms.example.com",
            "DELIVERY__SMS__SECRET=qX7mB2vR9kL4wZ8t",
        ];
        read(&[&SAFE[..], &webhook].concat()).unwrap();
        let sms = |more: &'static str| [&webhook[..], &[more]].concat();
        let cases: [(Vec<&str>, &str); 9] = [
            (vec!["DELIVERY__EMAIL__DRIVER=sandbox"], "delivery.email.driver"),
            (vec!["DELIVERY__SMS__DRIVER=sandbox"], "delivery.sms.driver"),
            (
                vec![
                    "DELIVERY__EMAIL__TLS=none",
                    "DELIVERY__EMAIL__USERNAME=ada",
                    "DELIVERY__EMAIL__PASSWORD=x",
                ],
                "delivery.email.tls",
            ),
            (sms("DELIVERY__SMS__SECRET=changeme-changeme"), "delivery.sms.secret"),
            (sms("DELIVERY__SMS__URL=http://sms.example.com"), "delivery.sms.url"),
            (
                vec!["KEYS__ROOT_SECRET=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
                "keys.root_secret",
            ),
            (
                vec![
                    "CLIENTS__REGISTRATION=initial-token",
                    "CLIENTS__INITIAL_ACCESS_TOKEN=my-secret-token-1234",
                ],
                "clients.initial_access_token",
            ),
            (
                vec!["CLIENTS__REGISTRATION=open", "CLIENTS__REGISTRATIONS_PER_HOUR=0"],
                "clients.registrations_per_hour",
            ),
            (vec!["SIGN_IN__ARGON2_MEMORY_KIB=1024"], "sign_in.argon2_memory_kib"),
        ];
        for (variables, key) in cases {
            refused(&SAFE, &variables, key);
            read(&variables).unwrap_or_else(|error| panic!("on loopback: {error}"));
        }
    }
}
