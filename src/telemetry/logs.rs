//! The log: one line per event on standard error, as text or JSON.

use std::io::{self, IsTerminal};

use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::{FilterExt, filter_fn},
    fmt::{self, MakeWriter},
    layer::SubscriberExt,
    registry,
};

use crate::config::{LogFormat, Telemetry};

/// Starts the log. A process has one: a second start changes nothing.
pub fn start(settings: &Telemetry) {
    let subscriber = subscriber(settings, io::stderr, io::stderr().is_terminal());
    // Only tests that start two servers in one process come here twice.
    let _ = tracing::subscriber::set_global_default(subscriber);
}

/// What turns events into lines.
fn subscriber<W>(settings: &Telemetry, writer: W, colours: bool) -> impl Subscriber + Send + Sync
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let level = EnvFilter::try_new(&settings.log_level).unwrap_or_else(|_| EnvFilter::new("info"));
    let filter = level.and(filter_fn(is_ours_or_harmless));
    let layer = fmt::layer().with_writer(writer).with_ansi(colours);
    registry().with(match settings.log_format {
        LogFormat::Text => layer.with_filter(filter).boxed(),
        LogFormat::Json => layer.json().flatten_event(true).with_filter(filter).boxed(),
    })
}

/// Libraries print headers and bodies, with the secrets in them, when asked for details: whatever
/// the settings say, they are never asked.
fn is_ours_or_harmless(event: &Metadata<'_>) -> bool {
    let target = event.target();
    target == "countersign" || target.starts_with("countersign::") || *event.level() <= Level::INFO
}

#[cfg(test)]
mod tests {
    use std::{
        io::Write,
        sync::{Arc, Mutex},
    };

    use super::*;

    /// Keeps what is written.
    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn written(format: LogFormat, level: &str, events: impl FnOnce()) -> String {
        let paper = Paper::default();
        let settings = Telemetry { log_format: format, log_level: level.to_owned() };
        let pen = paper.clone();
        let subscriber = subscriber(&settings, move || pen.clone(), false);
        tracing::subscriber::with_default(subscriber, events);
        String::from_utf8(paper.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn a_line_of_json_holds_the_sentence_and_its_fields() {
        let line = written(LogFormat::Json, "info", || {
            tracing::info!(client.id = "shop", "Issued tokens");
        });
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["message"], "Issued tokens");
        assert_eq!(value["client.id"], "shop");
        assert_eq!(value["level"], "INFO");
    }

    #[test]
    fn only_what_was_asked_for_is_written() {
        let lines = written(LogFormat::Text, "warn,countersign::telemetry=debug", || {
            tracing::debug!("near");
            tracing::info!(target: "countersign::store", "far");
        });
        assert!(lines.contains("near") && !lines.contains("far"), "{lines}");
    }

    #[test]
    fn a_library_never_tells_details() {
        let lines = written(LogFormat::Text, "trace", || {
            tracing::trace!(target: "h2::codec", "authorization: Bearer abc");
            tracing::debug!(target: "countersignature", "authorization: Bearer abc");
            tracing::warn!(target: "h2", "connection lost");
        });
        assert!(!lines.contains("Bearer") && lines.contains("connection lost"), "{lines}");
    }
}
