//! Addresses made for one app each, which forward to a person.

use std::{net::SocketAddr, path::PathBuf};

use super::section::section;

section! {
    /// Addresses that hide a person's own ("hide my email"): each is made for one app, and forwards
    /// what the app writes.
    HideMyEmail {
        /// The domain of these addresses, such as `private.example.com`. Its MX record leads to
        /// `listen`, or to a mail server of yours that passes everything on to it. Without it nobody
        /// is offered such an address. Those that were made keep the domain that they were made at.
        domain: Option<String> = None;
        /// Where mail to these addresses comes in, by SMTP. Without it none does. Who really sent a
        /// mail (SPF, DKIM) is not looked at here: let a mail server of yours do so in front.
        listen: Option<SocketAddr> = None;
        /// The certificate, with its chain, as PEM: mail may then come in encrypted (STARTTLS).
        certificate_file: Option<PathBuf> = None;
        /// The private key of that certificate, as PEM.
        key_file: Option<PathBuf> = None;
        /// Domains that may write to every such address, whatever app it was made for; those below
        /// them may too. An app registers its own as `email_sender_domains`.
        sender_domains: Vec<String> = Vec::new();
        /// The largest mail that is taken.
        message_limit_bytes: u64 = 5_242_880, 65_536..=52_428_800;
        /// As many recipients may one mail have.
        recipients_limit: u32 = 10, 1..=1_000;
        /// As many mails may come in for one address in an hour; more are to be sent again later.
        per_address_hour: u32 = 60, 1..=100_000;
        /// As many connections may be open.
        connections_limit: u32 = 200, 1..=10_000;
        /// As many of them may be open from one network (an address, or a /64 of IPv6).
        connections_per_network: u32 = 10, 1..=10_000;
        /// How long the other side may take over one line.
        timeout_seconds: u64 = 60, 1..=600;
    }
}
