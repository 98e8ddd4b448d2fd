//! The ways out: the first that takes a message has it. Where one does not, the next is tried.

use std::time::Duration;

use super::{Message, Unsent, email::Smtp, sms::Gateway};
use crate::{
    clock::Moment,
    config::{Config, EmailDriver, SmsDriver},
    outbound::Outbound,
    store::{contacts::Channel, outbox::Letter},
};

/// How mail and SMS leave, in the order of trying.
#[derive(Clone)]
pub struct Ways {
    mail: Vec<Smtp>,
    sms: Vec<Gateway>,
    /// Whether SMS that leave by nothing are kept in the inbox page.
    sms_kept: bool,
}

/// A message that left.
#[derive(Debug)]
pub struct Sent {
    /// By what.
    pub by: String,
    /// What the other side said.
    pub reply: String,
    /// What did not take it before, and why.
    pub refused: Vec<(String, String)>,
}

impl Ways {
    /// The ways out that the settings describe.
    ///
    /// # Errors
    /// If a server's or the sender's address cannot be used, by the name of its key.
    pub fn new(config: &Config, outbound: &Outbound) -> Result<Self, String> {
        let (email, sms) = (&config.delivery.email, &config.delivery.sms);
        let fallback = email.falling_back_to(&config.delivery.email_fallback);
        let mail = [Some(email.clone()), fallback].into_iter().flatten();
        let mail = mail.filter(|settings| settings.driver == EmailDriver::Smtp);
        let ways = [sms.clone(), sms.falling_back_to(&config.delivery.sms_fallback)];
        Ok(Self {
            mail: mail.map(|settings| Smtp::new(config, &settings)).collect::<Result<_, _>>()?,
            sms: ways.iter().filter_map(|settings| Gateway::new(settings, outbound)).collect(),
            sms_kept: sms.driver == SmsDriver::Sandbox,
        })
    }

    /// Whether messages of this kind leave at all.
    #[must_use]
    pub fn lead_out(&self, channel: Channel) -> bool {
        match channel {
            Channel::Email => !self.mail.is_empty(),
            Channel::Sms => !self.sms.is_empty(),
        }
    }

    /// The longest that one try takes, with all its ways.
    #[must_use]
    pub fn patience(&self) -> Duration {
        let mail = self.mail.iter().map(Smtp::patience).sum::<Duration>();
        mail.max(self.sms.iter().map(Gateway::patience).sum())
    }

    /// Sends one message, and waits until somebody has taken it.
    ///
    /// # Errors
    /// Why nobody took it.
    pub async fn send(
        &self,
        letter: &Letter,
        message: &Message,
        now: Moment,
    ) -> Result<Sent, Unsent> {
        let count = match letter.channel {
            Channel::Email => self.mail.len(),
            Channel::Sms => self.sms.len(),
        };
        let (mut refused, mut for_good) = (Vec::new(), true);
        for way in 0..count {
            let (by, tried) = match letter.channel {
                Channel::Email => {
                    (self.mail[way].name(), self.mail[way].send(letter, message).await)
                }
                Channel::Sms => {
                    (self.sms[way].name(), self.sms[way].send(letter, message, now).await)
                }
            };
            match tried {
                Ok(reply) => return Ok(Sent { by, reply, refused }),
                Err(unsent) => {
                    for_good &= unsent.for_good;
                    refused.push((by, unsent.why));
                }
            }
        }
        if count > 0 {
            let why = refused.into_iter().map(|(by, why)| format!("{by}: {why}"));
            return Err(Unsent { why: why.collect::<Vec<_>>().join("; "), for_good });
        }
        match letter.channel {
            Channel::Sms if !self.sms_kept => {
                let why = "no SMS are sent: delivery.sms.driver is \"off\"";
                Err(Unsent::for_good(why.to_owned()))
            }
            _ => Ok(Sent {
                by: "the sandbox".to_owned(),
                reply: "kept in the inbox page".to_owned(),
                refused,
            }),
        }
    }
}
