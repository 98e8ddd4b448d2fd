//! "Firefox on Linux": what a browser says of itself, in words its owner knows.

use std::fmt;

use woothee::{parser::Parser, woothee::VALUE_UNKNOWN};

/// What is longer tells nothing more.
const MOST_BYTES: usize = 512;

/// A browser or program, as far as it can be told. Anybody can claim anything: for showing only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserAgent {
    /// `Firefox`.
    pub browser: Option<String>,
    /// `Linux`.
    pub system: Option<String>,
    /// What it runs on.
    pub device: Device,
}

/// A kind of device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// A desktop or a laptop.
    Computer,
    /// A phone.
    Phone,
    /// A tablet.
    Tablet,
    /// A television, a console, a reader.
    Appliance,
    /// No browser at all, or nothing that we know.
    Unknown,
}

impl Device {
    /// Each of them.
    pub const ALL: [Self; 5] =
        [Self::Computer, Self::Phone, Self::Tablet, Self::Appliance, Self::Unknown];

    /// The key of its name in the message files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Computer => "device-computer",
            Self::Phone => "device-phone",
            Self::Tablet => "device-tablet",
            Self::Appliance => "device-appliance",
            Self::Unknown => "device-unknown",
        }
    }
}

impl UserAgent {
    /// Reads the header.
    #[must_use]
    pub fn read(header: &str) -> Self {
        let header = &header[..header.floor_char_boundary(MOST_BYTES)];
        let Some(found) = Parser::new().parse(header) else {
            return Self { browser: None, system: None, device: Device::Unknown };
        };
        let known =
            |name: &str| (name != VALUE_UNKNOWN && !name.is_empty()).then(|| name.to_owned());
        Self {
            browser: known(browser_name(found.name)),
            system: known(system_name(found.os)),
            device: device(found.category, found.os, header),
        }
    }
}

/// As its maker writes it.
fn browser_name(name: &str) -> &str {
    match name {
        "SamsungBrowser" => "Samsung Internet",
        "YandexBrowser" => "Yandex Browser",
        "HTTP Library" => VALUE_UNKNOWN,
        name => name,
    }
}

fn system_name(os: &str) -> &str {
    match os {
        "Mac OSX" => "macOS",
        "ChromeOS" => "Chrome OS",
        // Versions of Windows in the header have been frozen for years.
        os if os.starts_with("Windows") && !os.contains("Phone") => "Windows",
        os => os,
    }
}

fn device(category: &str, os: &str, header: &str) -> Device {
    // An Android browser leaves "Mobile" out when it runs on a tablet; a television says so.
    let android = os == "Android";
    match category {
        _ if header.contains("SMART-TV") || header.contains(" TV") => Device::Appliance,
        _ if os == "iPad" || header.contains("Tablet") => Device::Tablet,
        _ if android && !header.contains("Mobile") => Device::Tablet,
        "pc" => Device::Computer,
        "smartphone" | "mobilephone" => Device::Phone,
        "appliance" => Device::Appliance,
        _ => Device::Unknown,
    }
}

/// In English, for logs and mails in English: pages say it from the fields.
impl fmt::Display for UserAgent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.browser, &self.system) {
            (Some(browser), Some(system)) if browser != system => {
                write!(out, "{browser} on {system}")
            }
            (Some(only), _) | (None, Some(only)) => out.write_str(only),
            (None, None) => out.write_str("an unknown browser"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BROWSERS: &[(&str, &str, Device)] = &[
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Firefox on Linux",
            Device::Computer,
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
            "Chrome on Windows",
            Device::Computer,
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
            "Edge on Windows",
            Device::Computer,
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
            "Safari on macOS",
            Device::Computer,
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
            Device::Phone,
        ),
        (
            "Mozilla/5.0 (iPad; CPU OS 15_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.6 Mobile/15E148 Safari/604.1",
            "Safari on iPad",
            Device::Tablet,
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
            "Chrome on Android",
            Device::Phone,
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
            "Chrome on Android",
            Device::Tablet,
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
            Device::Phone,
        ),
        (
            "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
            "Chrome on Chrome OS",
            Device::Computer,
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36 OPR/115.0.0.0",
            "Opera on Windows",
            Device::Computer,
        ),
        (
            "Mozilla/5.0 (PlayStation 4 11.00) AppleWebKit/605.1.15 (KHTML, like Gecko)",
            "PlayStation 4",
            Device::Appliance,
        ),
        (
            "Mozilla/5.0 (SMART-TV; Linux; Tizen 7.0) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/4.0 Chrome/94 TV Safari/537.36",
            "Samsung Internet on Linux",
            Device::Appliance,
        ),
    ];

    #[test]
    fn browsers_people_use_are_known_by_name() {
        for (header, words, device) in BROWSERS {
            let agent = UserAgent::read(header);
            assert_eq!((agent.to_string().as_str(), agent.device), (*words, *device), "{header}");
        }
    }

    #[test]
    fn what_is_unknown_is_said_so() {
        for header in ["", "-", "curl/8.5.0", "\u{1F984}", "<script>alert(1)</script>"] {
            let agent = UserAgent::read(header);
            assert_eq!(agent.to_string(), "an unknown browser", "{header}");
            assert_eq!(agent.device, Device::Unknown);
        }
    }

    proptest! {
        #[test]
        fn no_header_breaks_the_reader(header in "\\PC{0,600}") {
            let _ = UserAgent::read(&header).to_string();
        }
    }
}
