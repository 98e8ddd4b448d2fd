//! What this machine alone can tell: settings, database, keys.

use std::{fs, os::unix::fs::PermissionsExt as _};

use super::{super::outcome::on_one_line, Finding};
use crate::{
    config::{Config, DatabaseUrl, EmailDriver, SmsDriver},
    keys::root::RootSecret,
    store::migrations::{self, Standing},
};

/// Examines all of it.
pub fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = vec![Finding::good("settings", "they make sense together")];
    findings.extend(config.warnings().into_iter().map(|says| Finding::doubtful("settings", says)));
    findings.push(database(config));
    findings.extend(keys(config));
    findings.push(delivery(config));
    findings
}

fn database(config: &Config) -> Finding {
    let (part, url) = ("database", &config.database.url);
    if let DatabaseUrl::Sqlite(path) = url
        && !path.exists()
    {
        return Finding::good(part, format!("{url} is not there yet; the first start makes it"));
    }
    match migrations::standing(&config.database) {
        Err(error) => {
            let error = on_one_line(&error);
            Finding::bad(part, format!("{url}: {error} Look at database.url."))
        }
        Ok(Standing { unknown, .. }) if !unknown.is_empty() => Finding::bad(
            part,
            format!("{url} is ahead of this version: run the newer one, or restore a backup"),
        ),
        Ok(Standing { pending, .. }) if pending.is_empty() => {
            Finding::good(part, format!("{url} answers and is up to date"))
        }
        Ok(Standing { pending, .. }) => {
            let says = format!("{url} lacks {} of our migrations", pending.len());
            if config.database.migrate_on_start {
                Finding::good(part, format!("{says}; the next start runs them"))
            } else {
                Finding::bad(part, format!("{says}: run `countersign migrate`"))
            }
        }
    }
}

fn keys(config: &Config) -> Vec<Finding> {
    let (part, keys) = ("keys", &config.keys);
    let folder = keys.directory.display();
    let secret = match RootSecret::find(&keys.directory, keys.root_secret.as_ref()) {
        Err(error) => Finding::bad(part, error.to_string()),
        Ok(None) => Finding::good(part, format!("{folder}/root.key will be made on first start")),
        Ok(Some(_)) if keys.root_secret.is_some() => {
            Finding::good(part, "the root secret comes from keys.root_secret")
        }
        Ok(Some(_)) => Finding::good(
            part,
            format!("{folder}/root.key is readable by its owner only; is it in your backup?"),
        ),
    };
    let mode = fs::metadata(&keys.directory).map(|found| found.permissions().mode() & 0o7777);
    let open = mode.ok().filter(|mode| mode & 0o022 != 0).map(|mode| {
        let says = format!("others may write into {folder} (mode {mode:04o}): chmod 700 {folder}");
        Finding::bad(part, says)
    });
    [Some(secret), open].into_iter().flatten().collect()
}

fn delivery(config: &Config) -> Finding {
    let (part, delivery) = ("delivery", &config.delivery);
    let email = match delivery.email.driver {
        EmailDriver::Sandbox => "mail stays in the inbox page".to_owned(),
        EmailDriver::Smtp => {
            let host = delivery.email.host.as_deref().unwrap_or_default();
            format!("mail goes to {host}:{}", delivery.email.port)
        }
    };
    let sms = match delivery.sms.driver {
        SmsDriver::Sandbox => "SMS stay in the inbox page",
        SmsDriver::Webhook => "SMS go to delivery.sms.url",
        SmsDriver::Twilio => "SMS go to Twilio",
        SmsDriver::Vonage => "SMS go to Vonage",
        SmsDriver::Off => "there are no SMS",
    };
    Finding::good(part, format!("{email}; {sms}"))
}
