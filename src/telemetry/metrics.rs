//! Every figure the server keeps about itself, named once.
//!
//! Labels are words of ours (a route, a grant type, an error code), never what a caller sent: a
//! stranger must not be able to make new time series.

use std::time::Duration;

use prometheus::{
    Gauge, GaugeVec, Histogram, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, Opts,
    Registry, TextEncoder, core::Collector,
};

use crate::clock::Moment;

/// Seconds; the finest steps lie where most answers do.
const LATENCIES: &[f64] =
    &[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// Declares the figures: meaning, field, type, name and labels of each in one place.
macro_rules! figures {
    ($( #[doc = $help:literal] $field:ident: $kind:ty = $name:literal $(by $($label:literal),+)?; )+) => {
        /// All figures: made once, held by `App`.
        #[derive(Clone, Debug)]
        pub struct Metrics {
            registry: Registry,
            $( #[doc = $help] $field: $kind, )+
        }

        impl Default for Metrics {
            fn default() -> Self {
                let registry = Registry::new();
                $( let $field: $kind = register(&registry, $name, $help, &[$($($label),+)?]); )+
                Self { registry, $($field),+ }
            }
        }
    };
}

figures! {
    /// Requests answered, by route and class of status.
    requests: IntCounterVec = "http_requests_total" by "route", "status";
    /// Time from the head of a request to the end of its answer, by route.
    latencies: HistogramVec = "http_request_seconds" by "route";
    /// Answers of the token endpoint that held tokens, by grant type.
    tokens: IntCounterVec = "tokens_issued_total" by "grant_type";
    /// Refusals that a program was told, by endpoint and error code.
    refusals: IntCounterVec = "refusals_total" by "endpoint", "error";
    /// Attempts to sign in, by method and outcome.
    sign_ins: IntCounterVec = "sign_ins_total" by "method", "outcome";
    /// Calls to addresses that others named, by purpose and outcome.
    outbound_calls: IntCounterVec = "outbound_calls_total" by "purpose", "outcome";
    /// Messages that wait to be sent.
    outbox_waiting: IntGauge = "outbox_waiting";
    /// Age of the oldest message that waits to be sent.
    outbox_age: Gauge = "outbox_oldest_seconds";
    /// Passwords that wait to be hashed.
    hashes_waiting: IntGauge = "password_hashes_waiting";
    /// Time that work waited for a connection to the database.
    database_waits: Histogram = "database_wait_seconds";
    /// Runs of background jobs, by job and outcome.
    job_runs: IntCounterVec = "job_runs_total" by "job", "outcome";
    /// When a job last ended well.
    job_last_good: GaugeVec = "job_last_good_timestamp_seconds" by "job";
}

impl Metrics {
    /// Every figure at zero.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A request was answered. `route` is its pattern, never the path that was asked for.
    pub fn request(&self, route: &str, status: u16, took: Duration) {
        self.requests.with_label_values(&[route, class(status)]).inc();
        self.latencies.with_label_values(&[route]).observe(took.as_secs_f64());
    }

    /// Tokens were issued for this grant type (RFC 6749 §5.1).
    pub fn issued(&self, grant_type: &str) {
        self.tokens.with_label_values(&[grant_type]).inc();
    }

    /// A program was told an error code (RFC 6749 §5.2 and its kin).
    pub fn refused(&self, endpoint: &str, error: &str) {
        self.refusals.with_label_values(&[endpoint, error]).inc();
    }

    /// Somebody tried to sign in, for example by `password` with outcome `wrong`.
    pub fn sign_in(&self, method: &str, outcome: &str) {
        self.sign_ins.with_label_values(&[method, outcome]).inc();
    }

    /// A call to an address that others named ended.
    pub fn called(&self, purpose: &str, outcome: &str) {
        self.outbound_calls.with_label_values(&[purpose, outcome]).inc();
    }

    /// How many messages wait to be sent, and since when the oldest does.
    pub fn outbox(&self, waiting: usize, oldest: Duration) {
        self.outbox_waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
        self.outbox_age.set(oldest.as_secs_f64());
    }

    /// How many passwords wait to be hashed.
    pub fn hashes_waiting(&self, waiting: usize) {
        self.hashes_waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
    }

    /// Work had to wait this long for a connection to the database.
    pub fn database_wait(&self, waited: Duration) {
        self.database_waits.observe(waited.as_secs_f64());
    }

    /// A job ended well.
    pub fn job_done(&self, job: &str, now: Moment) {
        self.job_runs.with_label_values(&[job, "done"]).inc();
        let seconds = Duration::from_micros(u64::try_from(now.micros()).unwrap_or(0)).as_secs_f64();
        self.job_last_good.with_label_values(&[job]).set(seconds);
    }

    /// A job failed.
    pub fn job_failed(&self, job: &str) {
        self.job_runs.with_label_values(&[job, "failed"]).inc();
    }

    /// All figures as Prometheus reads them (text format 0.0.4).
    #[must_use]
    pub fn render(&self) -> String {
        TextEncoder::new().encode_to_string(&self.registry.gather()).unwrap_or_default()
    }
}

const fn class(status: u16) -> &'static str {
    match status {
        100..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    }
}

/// A kind of figure.
trait Figure: Collector + Clone + Sized + 'static {
    fn make(options: Opts, labels: &[&str]) -> prometheus::Result<Self>;
}

impl Figure for IntCounterVec {
    fn make(options: Opts, labels: &[&str]) -> prometheus::Result<Self> {
        Self::new(options, labels)
    }
}

impl Figure for HistogramVec {
    fn make(options: Opts, labels: &[&str]) -> prometheus::Result<Self> {
        Self::new(HistogramOpts::from(options).buckets(LATENCIES.to_vec()), labels)
    }
}

impl Figure for Histogram {
    fn make(options: Opts, _: &[&str]) -> prometheus::Result<Self> {
        Self::with_opts(HistogramOpts::from(options).buckets(LATENCIES.to_vec()))
    }
}

impl Figure for GaugeVec {
    fn make(options: Opts, labels: &[&str]) -> prometheus::Result<Self> {
        Self::new(options, labels)
    }
}

impl Figure for Gauge {
    fn make(options: Opts, _: &[&str]) -> prometheus::Result<Self> {
        Self::with_opts(options)
    }
}

impl Figure for IntGauge {
    fn make(options: Opts, _: &[&str]) -> prometheus::Result<Self> {
        Self::with_opts(options)
    }
}

fn register<F: Figure>(registry: &Registry, name: &str, help: &str, labels: &[&str]) -> F {
    let options = Opts::new(name, help.trim()).namespace("countersign");
    let figure = F::make(options, labels).expect("a figure's name and labels are well formed");
    registry.register(Box::new(figure.clone())).expect("no two figures share a name");
    figure
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_is_rendered_with_its_name_and_labels() {
        let metrics = Metrics::new();
        metrics.request("/oauth/token", 400, Duration::from_millis(3));
        metrics.issued("refresh_token");
        metrics.refused("token", "invalid_grant");
        metrics.sign_in("password", "wrong");
        metrics.called("webhook", "refused");
        metrics.outbox(7, Duration::from_millis(1_500));
        metrics.hashes_waiting(3);
        metrics.database_wait(Duration::from_millis(2));
        metrics.job_done("prune", Moment::from_micros(1_800_000_000_500_000));
        metrics.job_failed("deliver");
        let text = metrics.render();
        for line in [
            r#"countersign_http_requests_total{route="/oauth/token",status="4xx"} 1"#,
            r#"countersign_http_request_seconds_bucket{route="/oauth/token",le="0.005"} 1"#,
            r#"countersign_http_request_seconds_bucket{route="/oauth/token",le="0.0025"} 0"#,
            r#"countersign_tokens_issued_total{grant_type="refresh_token"} 1"#,
            r#"countersign_refusals_total{endpoint="token",error="invalid_grant"} 1"#,
            r#"countersign_sign_ins_total{method="password",outcome="wrong"} 1"#,
            r#"countersign_outbound_calls_total{outcome="refused",purpose="webhook"} 1"#,
            "countersign_outbox_waiting 7",
            "countersign_outbox_oldest_seconds 1.5",
            "countersign_password_hashes_waiting 3",
            "countersign_database_wait_seconds_count 1",
            r#"countersign_job_runs_total{job="prune",outcome="done"} 1"#,
            r#"countersign_job_runs_total{job="deliver",outcome="failed"} 1"#,
            r#"countersign_job_last_good_timestamp_seconds{job="prune"} 1800000000.5"#,
        ] {
            assert!(text.lines().any(|has| has == line), "{line}\nis not in\n{text}");
        }
    }

    #[test]
    fn two_servers_in_one_process_count_apart() {
        let (one, other) = (Metrics::new(), Metrics::new());
        one.issued("refresh_token");
        assert!(!other.render().contains("refresh_token"));
    }
}
