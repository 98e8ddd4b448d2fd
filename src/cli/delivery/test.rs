//! `countersign delivery test`: one message, sent at once, and what the other side said to it.

use clap::Args;
use serde_json::json;

use crate::{
    cli::{
        Surroundings,
        outcome::{Failure, Outcome, print, print_json},
        wait,
    },
    clock::Clock,
    config::Config,
    delivery::{Letterhead, Sent, Ways, messages},
    identity::{email_address::EmailAddress, phone_number::PhoneNumber},
    language::Language,
    outbound::Outbound,
    store::{contacts::Channel, outbox::Letter},
};

/// Send a test message at once, and show what the other side said
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign delivery test --to ada@example.com
  countersign delivery test --to +4915112345678 --json

Nothing is put in the queue. It exits with 0 if somebody took the message, and with 1 if nobody did.")]
pub struct Arguments {
    /// A mail address, or a mobile number with +
    #[arg(long, value_name = "ADDRESS")]
    to: String,

    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments, surroundings: &Surroundings) -> Outcome {
    let config = surroundings.config()?;
    let (channel, recipient) = read(&arguments.to)?;
    let outbound = Outbound::new(&config.outbound).map_err(Failure::new)?;
    let ways = Ways::new(&config, &outbound).map_err(Failure::new)?;
    if !ways.lead_out(channel) {
        let key = match channel {
            Channel::Email => "delivery.email.driver",
            Channel::Sms => "delivery.sms.driver",
        };
        return Err(Failure::new(format_args!(
            "nothing leaves by this channel: {key} is a driver that sends nothing"
        )));
    }
    let now = Clock::System.now();
    let message = message(&config, channel)?;
    let letter = Letter::to(channel, &recipient, Vec::new(), now);
    let sent = wait(ways.send(&letter, &message, now))?;
    let told = match &sent {
        Ok(Sent { by, reply, refused }) => {
            json!({ "to": recipient, "sent": true, "by": by, "reply": reply, "refused": refused })
        }
        Err(unsent) => json!({ "to": recipient, "sent": false, "why": unsent.why }),
    };
    if arguments.json {
        print_json(&told)?;
    }
    let failed = |why: &str| Failure::new(format_args!("{recipient}: nobody took it: {why}"));
    let sent = sent.map_err(|unsent| failed(&unsent.why))?;
    if arguments.json {
        return Ok(());
    }
    for (by, why) in &sent.refused {
        print(format_args!("{by} did not take it: {why}"))?;
    }
    print(format_args!("{} took it, and said: {}", sent.by, sent.reply))
}

fn read(to: &str) -> Result<(Channel, String), Failure> {
    let refused = |problem: &dyn std::fmt::Display| Failure::new(format_args!("--to: {problem}"));
    if to.contains('@') {
        let email: EmailAddress = to.parse().map_err(|problem| refused(&problem))?;
        return Ok((Channel::Email, email.deliverable()));
    }
    let number = PhoneNumber::read(to, None).map_err(|problem| refused(&problem))?;
    Ok((Channel::Sms, number.as_str().to_owned()))
}

fn message(config: &Config, channel: Channel) -> Result<crate::delivery::Message, Failure> {
    let head = Letterhead::new(config, Language::default());
    messages::DeliveryTest.write(&head, channel).map_err(Failure::new)
}
