//! "Did you mean gmail.com?": well-known domains and the slips that miss them.

/// Where most people's mail is. Those that are one letter from another are here so that they are
/// never called a slip.
const WELL_KNOWN: &[&str] = &[
    "126.com",
    "163.com",
    "abv.bg",
    "aol.com",
    "bigpond.com",
    "bluewin.ch",
    "btinternet.com",
    "centrum.cz",
    "comcast.net",
    "cox.net",
    "email.com",
    "email.cz",
    "fastmail.com",
    "foxmail.com",
    "free.fr",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hey.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.de",
    "hotmail.es",
    "hotmail.fr",
    "hotmail.it",
    "icloud.com",
    "inbox.com",
    "interia.pl",
    "laposte.net",
    "libero.it",
    "live.ca",
    "live.co.uk",
    "live.com",
    "live.de",
    "live.fr",
    "live.it",
    "live.nl",
    "mac.com",
    "mail.com",
    "mail.ru",
    "mailbox.org",
    "me.com",
    "msn.com",
    "naver.com",
    "o2.pl",
    "online.de",
    "orange.fr",
    "outlook.com",
    "outlook.de",
    "outlook.es",
    "outlook.fr",
    "pm.me",
    "posteo.de",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "rediffmail.com",
    "rocketmail.com",
    "sbcglobal.net",
    "seznam.cz",
    "sfr.fr",
    "sina.com",
    "sky.com",
    "t-online.de",
    "telenet.be",
    "tutanota.com",
    "uol.com.br",
    "verizon.net",
    "virgilio.it",
    "wanadoo.fr",
    "web.de",
    "wp.pl",
    "yahoo.ca",
    "yahoo.co.in",
    "yahoo.co.jp",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.com.au",
    "yahoo.com.br",
    "yahoo.de",
    "yahoo.es",
    "yahoo.fr",
    "yahoo.it",
    "yandex.com",
    "yandex.ru",
    "ymail.com",
    "ziggo.nl",
];

/// Shorter domains are one letter from too many honest ones.
const SHORTEST: usize = 7;

/// The one well-known domain that is a single slip away: a letter missing, doubled, wrong, or two
/// swapped. None for a well-known domain itself, or when two could be meant.
pub(super) fn well_known(domain: &str) -> Option<&'static str> {
    if WELL_KNOWN.contains(&domain) {
        return None;
    }
    let known = WELL_KNOWN.iter().copied().filter(|known| known.len() >= SHORTEST);
    let mut near = known.filter(|known| is_one_slip(domain, known));
    let nearest = near.next()?;
    near.next().is_none().then_some(nearest)
}

fn is_one_slip(typed: &str, known: &str) -> bool {
    typed.len().abs_diff(known.len()) <= 1 && strsim::osa_distance(typed, known) == 1
}
