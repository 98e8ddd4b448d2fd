//! What this server says about itself.

use super::{section::section, words::words};

section! {
    /// What this server says about itself.
    Telemetry {
        /// How a line of the log looks.
        log_format: LogFormat = LogFormat::Text;
        /// What is logged: error, warn, info, debug or trace, also by part, such as
        /// `info,countersign::oauth=debug`.
        log_level: String = "info".to_owned();
    }
}

words! {
    /// How a line of the log looks.
    LogFormat {
        /// For people.
        Text = "text",
        /// For programs: one JSON object a line.
        Json = "json",
    }
}
