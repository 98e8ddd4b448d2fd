//! Whether the settings make sense together.

use tracing_subscriber::EnvFilter;

use super::{Config, EmailDriver, Registration, Sms, SmsDriver, safety::OUTSIDE_LOOPBACK};
use crate::{crypto::secret::Secret, identity::email_address::EmailAddress, text::is_one_line};

/// What is wrong with a key, if anything.
pub(super) type Check = fn(&Config) -> Option<&'static str>;

/// What must hold everywhere.
const ALWAYS: &[(&str, Check)] = &[
    ("http.metrics_listen", |config| {
        let clash = config.http.metrics_listen == Some(config.http.listen);
        clash.then_some("is the same address as http.listen: give it one of its own")
    }),
    ("keys.root_secret", |config| {
        let wrong = |secret: &Secret| ![43, 44, 64].contains(&secret.expose().trim().len());
        config.keys.root_secret.as_ref().is_some_and(wrong).then_some(
            "must be 32 bytes as 64 hexadecimal digits or as base64: `openssl rand -hex 32` makes one",
        )
    }),
    ("tokens.refresh_token_idle_lifetime_seconds", |config| {
        let tokens = &config.tokens;
        (tokens.refresh_token_idle_lifetime_seconds > tokens.refresh_token_lifetime_seconds)
            .then_some("is longer than tokens.refresh_token_lifetime_seconds, which ends it first")
    }),
    ("tokens.refresh_token_grace_seconds", |config| {
        let tokens = &config.tokens;
        (tokens.refresh_token_grace_seconds >= tokens.refresh_token_idle_lifetime_seconds)
            .then_some("must be shorter than tokens.refresh_token_idle_lifetime_seconds")
    }),
    ("tokens.key_published_ahead_hours", |config| {
        let tokens = &config.tokens;
        (tokens.key_published_ahead_hours >= tokens.key_active_days * 24)
            .then_some("must be shorter than tokens.key_active_days")
    }),
    ("tokens.key_retired_days", |config| {
        let tokens = &config.tokens;
        let longest = tokens.id_token_lifetime_seconds.max(tokens.access_token_lifetime_seconds);
        (tokens.key_retired_days * 86_400 < longest)
            .then_some("is shorter than a token lives: its signature could not be checked")
    }),
    ("sign_in.argon2_memory_kib", |config| {
        (config.sign_in.argon2_memory_kib < 8 * config.sign_in.argon2_parallelism)
            .then_some("must be at least 8 for each of sign_in.argon2_parallelism")
    }),
    ("sign_in.session_idle_lifetime_seconds", |config| {
        let sign_in = &config.sign_in;
        (sign_in.session_idle_lifetime_seconds > sign_in.session_lifetime_seconds)
            .then_some("is longer than sign_in.session_lifetime_seconds, which ends it first")
    }),
    ("clients.initial_access_token", |config| {
        let missing = config.clients.initial_access_token.is_none();
        (config.clients.registration == Registration::InitialToken && missing)
            .then_some("is needed when clients.registration is \"initial-token\"")
    }),
    ("delivery.email.host", |config| {
        (smtp(config) && config.delivery.email.host.is_none())
            .then_some("is needed when delivery.email.driver is \"smtp\"")
    }),
    ("delivery.email.from_address", |config| {
        (smtp(config) && config.delivery.email.from_address.is_none())
            .then_some("is needed when delivery.email.driver is \"smtp\"")
    }),
    ("delivery.email.password", |config| {
        let email = &config.delivery.email;
        (email.username.is_some() != email.password.is_some())
            .then_some("and delivery.email.username belong together: set both or neither")
    }),
    ("delivery.email_fallback.password", |config| {
        let email = &config.delivery.email_fallback;
        (email.username.is_some() != email.password.is_some())
            .then_some("and delivery.email_fallback.username belong together: set both or neither")
    }),
    ("delivery.email_fallback.host", |config| {
        (!smtp(config) && config.delivery.email_fallback.host.is_some())
            .then_some("is of use only when delivery.email.driver is \"smtp\"")
    }),
    ("delivery.sms.url", |config| lacks_url(&config.delivery.sms)),
    ("delivery.sms.account", |config| lacks_account(&config.delivery.sms)),
    ("delivery.sms.sender", |config| lacks_sender(&config.delivery.sms)),
    ("delivery.sms_fallback.driver", |config| {
        let first = config.delivery.sms.driver;
        match config.delivery.sms_fallback.driver {
            SmsDriver::Off => None,
            SmsDriver::Sandbox => Some("cannot be \"sandbox\": what falls back must leave"),
            _ => matches!(first, SmsDriver::Off | SmsDriver::Sandbox)
                .then_some("is of use only when SMS leave by delivery.sms.driver"),
        }
    }),
    ("delivery.sms_fallback.url", |config| lacks_url(&fallback(config))),
    ("delivery.sms_fallback.account", |config| lacks_account(&fallback(config))),
    ("delivery.sms_fallback.sender", |config| lacks_sender(&fallback(config))),
    ("hide_my_email.domain", |config| {
        config
            .hide_my_email
            .domain
            .as_deref()
            .is_some_and(|domain| !is_domain(domain))
            .then_some("must be a domain in lower case, such as private.example.com")
    }),
    ("hide_my_email.listen", |config| {
        let hiding = &config.hide_my_email;
        (hiding.listen.is_some() && hiding.domain.is_none())
            .then_some("is of use only with hide_my_email.domain")
    }),
    ("hide_my_email.key_file", |config| {
        let hiding = &config.hide_my_email;
        (hiding.certificate_file.is_some() != hiding.key_file.is_some())
            .then_some("and hide_my_email.certificate_file belong together: set both or neither")
    }),
    ("hide_my_email.sender_domains", |config| {
        let domains = &config.hide_my_email.sender_domains;
        (!domains.iter().all(|domain| is_domain(domain)))
            .then_some("must be domains in lower case, such as mail.example.com")
    }),
    ("brand.name", |config| {
        let name = &config.brand.name;
        let fits = !name.trim().is_empty() && name.chars().count() <= 40 && is_one_line(name);
        (!fits).then_some("must be 1 to 40 characters that can be seen")
    }),
    ("telemetry.log_level", |config| {
        EnvFilter::try_new(&config.telemetry.log_level)
            .is_err()
            .then_some("must be error, warn, info, debug or trace, or parts such as info,countersign::oauth=debug")
    }),
];

/// The keys that are wrong, and why.
pub(super) fn refusals(config: &Config) -> Vec<(&'static str, String)> {
    let outside = if config.http.public_url.is_loopback() { &[][..] } else { OUTSIDE_LOOPBACK };
    let checks = ALWAYS.iter().chain(outside);
    checks.filter_map(|(key, check)| Some((*key, check(config)?.to_owned()))).collect()
}

/// What an operator should know though it does not stop the start.
pub(super) fn warnings(config: &Config) -> Vec<String> {
    let mut warnings = Vec::new();
    if config.outbound.allow_loopback {
        warnings.push(
            "outbound.allow_loopback is true: addresses named by strangers may lead into this \
             machine and its network; this is for tests only"
                .to_owned(),
        );
    }
    if config.http.public_url.is_loopback() && !config.http.listen.ip().is_loopback() {
        let inbox = if config.delivery.sandbox() { " and read the inbox page" } else { "" };
        warnings.push(format!(
            "http.listen is {}, so other machines can reach this server{inbox}, though \
             http.public_url is {}",
            config.http.listen,
            config.http.public_url.as_str(),
        ));
    }
    warnings
}

fn is_domain(text: &str) -> bool {
    format!("a@{text}").parse::<EmailAddress>().is_ok_and(|address| address.domain() == text)
}

fn fallback(config: &Config) -> Sms {
    config.delivery.sms.falling_back_to(&config.delivery.sms_fallback)
}

fn lacks_url(sms: &Sms) -> Option<&'static str> {
    (sms.driver == SmsDriver::Webhook && sms.url.is_none())
        .then_some("is needed when the driver beside it is \"webhook\"")
}

fn at_provider(sms: &Sms) -> bool {
    matches!(sms.driver, SmsDriver::Twilio | SmsDriver::Vonage)
}

fn lacks_account(sms: &Sms) -> Option<&'static str> {
    let plain =
        |name: &String| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (at_provider(sms) && !(sms.account.as_ref().is_some_and(plain) && sms.secret.is_some()))
        .then_some("and the secret beside it are needed for this driver: letters and digits only")
}

fn lacks_sender(sms: &Sms) -> Option<&'static str> {
    (at_provider(sms) && sms.sender.is_none()).then_some("is needed for this driver")
}

fn smtp(config: &Config) -> bool {
    config.delivery.email.driver == EmailDriver::Smtp
}

#[cfg(test)]
pub(super) mod tests {
    use crate::config::{Config, Loaded};

    /// Reads variables, given as `KEY=value` without the prefix.
    pub fn read(variables: &[&str]) -> Result<Config, String> {
        let variables = variables.iter().map(|variable| {
            let (name, value) = variable.split_once('=').unwrap();
            (format!("COUNTERSIGN__{name}"), value.to_owned())
        });
        Loaded::read(None, variables).map(|loaded| loaded.config).map_err(|e| e.to_string())
    }

    /// Settings of a server in production that nothing is wrong with.
    pub const SAFE: [&str; 6] = [
        "HTTP__PUBLIC_URL=https://login.example.com",
        "DELIVERY__EMAIL__DRIVER=smtp",
        "DELIVERY__EMAIL__HOST=mail.example.com",
        "DELIVERY__EMAIL__FROM_ADDRESS=login@example.com",
        "DELIVERY__SMS__DRIVER=off",
        "TELEMETRY__LOG_LEVEL=info,countersign::oauth=debug",
    ];

    /// Expects one refusal, which names `key`.
    pub fn refused(base: &[&str], more: &[&str], key: &str) {
        let error = read(&[base, more].concat()).expect_err(key);
        assert!(error.starts_with(&format!("{key} (")), "{more:?}: {error}");
        assert_eq!(error.lines().count(), 1, "{more:?}: {error}");
    }

    #[test]
    fn the_defaults_make_sense() {
        read(&[]).unwrap();
        assert!(Config::default().warnings().is_empty());
    }

    #[test]
    fn a_safe_server_may_start() {
        assert!(!read(&SAFE).unwrap().delivery.sandbox());
    }

    #[test]
    fn what_makes_no_sense_is_refused_by_its_key() {
        let cases: [(&[&str], &str); 17] = [
            (&["SIGN_IN__TRUSTED_BROWSER_DAYS=366"], "sign_in.trusted_browser_days"),
            (&["HTTP__METRICS_LISTEN=127.0.0.1:8080"], "http.metrics_listen"),
            (&["KEYS__ROOT_SECRET=too short"], "keys.root_secret"),
            (
                &["TOKENS__REFRESH_TOKEN_LIFETIME_SECONDS=3600"],
                "tokens.refresh_token_idle_lifetime_seconds",
            ),
            (
                &[
                    "TOKENS__REFRESH_TOKEN_IDLE_LIFETIME_SECONDS=60",
                    "TOKENS__REFRESH_TOKEN_GRACE_SECONDS=60",
                ],
                "tokens.refresh_token_grace_seconds",
            ),
            (
                &["TOKENS__KEY_ACTIVE_DAYS=1", "TOKENS__KEY_PUBLISHED_AHEAD_HOURS=24"],
                "tokens.key_published_ahead_hours",
            ),
            (
                &["SIGN_IN__ARGON2_MEMORY_KIB=8", "SIGN_IN__ARGON2_PARALLELISM=2"],
                "sign_in.argon2_memory_kib",
            ),
            (&["SIGN_IN__SESSION_LIFETIME_SECONDS=60"], "sign_in.session_idle_lifetime_seconds"),
            (&["CLIENTS__REGISTRATION=initial-token"], "clients.initial_access_token"),
            (
                &["DELIVERY__EMAIL__DRIVER=smtp", "DELIVERY__EMAIL__FROM_ADDRESS=a@example.com"],
                "delivery.email.host",
            ),
            (
                &["DELIVERY__EMAIL__DRIVER=smtp", "DELIVERY__EMAIL__HOST=mail"],
                "delivery.email.from_address",
            ),
            (&["DELIVERY__EMAIL__FROM_ADDRESS=nobody"], "delivery.email.from_address"),
            (&["DELIVERY__EMAIL__USERNAME=ada"], "delivery.email.password"),
            (&["DELIVERY__SMS__DRIVER=webhook"], "delivery.sms.url"),
            (&["BRAND__NAME= "], "brand.name"),
            (&["BRAND__SUPPORT_EMAIL=a@b@c"], "brand.support_email"),
            (&["TELEMETRY__LOG_LEVEL=loud=very"], "telemetry.log_level"),
        ];
        for (variables, key) in cases {
            refused(&[], variables, key);
        }
    }

    #[test]
    fn what_a_provider_or_a_second_way_out_lacks_is_refused_by_its_key() {
        let cases: [(&[&str], &str); 6] = [
            (&["DELIVERY__EMAIL_FALLBACK__HOST=mail"], "delivery.email_fallback.host"),
            (&["DELIVERY__EMAIL_FALLBACK__USERNAME=ada"], "delivery.email_fallback.password"),
            (
                &["DELIVERY__SMS__DRIVER=twilio", "DELIVERY__SMS__SENDER=Brand"],
                "delivery.sms.account",
            ),
            (
                &[
                    "DELIVERY__SMS__DRIVER=vonage",
                    "DELIVERY__SMS__ACCOUNT=abcd1234",
                    "DELIVERY__SMS__SECRET=x",
                ],
                "delivery.sms.sender",
            ),
            (&["DELIVERY__SMS_FALLBACK__DRIVER=sandbox"], "delivery.sms_fallback.driver"),
            (
                &[
                    "DELIVERY__SMS__DRIVER=webhook",
                    "DELIVERY__SMS__URL=https://sms.example.com",
                    "DELIVERY__SMS_FALLBACK__DRIVER=webhook",
                ],
                "delivery.sms_fallback.url",
            ),
        ];
        for (variables, key) in cases {
            refused(&[], variables, key);
        }
    }

    #[test]
    fn addresses_that_hide_others_need_a_domain_and_a_whole_certificate() {
        let domain = "HIDE_MY_EMAIL__DOMAIN=private.example.com";
        read(&[domain, "HIDE_MY_EMAIL__LISTEN=127.0.0.1:2525"]).unwrap();
        let cases: [(&[&str], &str); 5] = [
            (&["HIDE_MY_EMAIL__LISTEN=127.0.0.1:2525"], "hide_my_email.listen"),
            (&["HIDE_MY_EMAIL__DOMAIN=Private.example.com"], "hide_my_email.domain"),
            (&["HIDE_MY_EMAIL__DOMAIN=a b"], "hide_my_email.domain"),
            (&[domain, "HIDE_MY_EMAIL__KEY_FILE=key.pem"], "hide_my_email.key_file"),
            (&[domain, "HIDE_MY_EMAIL__SENDER_DOMAINS=@x"], "hide_my_email.sender_domains"),
        ];
        for (variables, key) in cases {
            refused(&[], variables, key);
        }
    }

    #[test]
    fn a_server_for_this_machine_that_others_can_reach_warns() {
        let config = read(&["HTTP__LISTEN=0.0.0.0:8080", "OUTBOUND__ALLOW_LOOPBACK=true"]).unwrap();
        let warnings = config.warnings();
        assert!(warnings[0].starts_with("outbound.allow_loopback"), "{warnings:?}");
        assert!(warnings[1].starts_with("http.listen is 0.0.0.0:8080"), "{warnings:?}");
    }
}
