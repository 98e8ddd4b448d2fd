//! The figures as a table for people and as JSON for programs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{drive::Run, wrk::Seen};

/// One figure beside the limit it is measured against.
pub struct Row {
    /// What was done.
    pub name: &'static str,
    /// How often in a second, or how much of what.
    pub value: f64,
    /// What is counted.
    pub unit: &'static str,
    /// What it is measured against.
    pub limit: Option<Limit>,
    /// The times in the closed loop.
    pub closed: Option<Times>,
    /// The times at a fixed rate.
    pub fixed: Option<Times>,
    /// What came that nobody asked for.
    pub strange: Vec<String>,
    /// The server's memory afterwards, in megabytes.
    pub memory: f64,
}

/// What a figure is held to.
pub struct Limit {
    /// Its name.
    pub name: &'static str,
    /// How much that is on this machine, now.
    pub value: f64,
    /// Which part of it must be reached; or, where less is better, must not be passed.
    pub target: f64,
    /// Whether less is better.
    pub at_most: bool,
}

/// How long answers took.
pub struct Times {
    /// At which rate.
    pub rate: f64,
    /// Half took at most this, in milliseconds.
    pub p50: f64,
    /// All but a hundredth took at most this.
    pub p99: f64,
    /// How long the cores worked for one answer, in microseconds: steadier than any rate.
    pub worked: f64,
}

impl Limit {
    /// At least this part of `value`.
    pub fn at_least(name: &'static str, value: f64, target: f64) -> Self {
        Self { name, value, target, at_most: false }
    }

    /// No more than `value`.
    pub fn at_most(name: &'static str, value: f64) -> Self {
        Self { name, value, target: 1.0, at_most: true }
    }

    fn holds(&self, figure: f64) -> bool {
        let ratio = figure / self.value;
        if self.at_most { ratio <= self.target } else { ratio >= self.target }
    }
}

impl Row {
    /// A size or a time.
    pub fn plain(name: &'static str, value: f64, unit: &'static str) -> Self {
        let (limit, closed, fixed) = (None, None, None);
        Self { name, value, unit, limit, closed, fixed, strange: Vec::new(), memory: 0.0 }
    }

    /// The same, held to a limit.
    pub fn held_to(mut self, limit: Limit) -> Self {
        self.limit = Some(limit);
        self
    }

    fn verdict(&self) -> &'static str {
        match &self.limit {
            _ if !self.strange.is_empty() => "INVALID",
            Some(limit) if limit.holds(self.value) => "ok",
            Some(_) => "MISSED",
            None => "",
        }
    }

    fn json(&self) -> Value {
        let times = |times: &Option<Times>| {
            times.as_ref().map(|it| {
                json!({
                    "rate": it.rate, "p50_ms": it.p50, "p99_ms": it.p99, "worked_micros": it.worked,
                })
            })
        };
        json!({
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "limit": self.limit.as_ref().map(|limit| json!({
                "name": limit.name,
                "value": limit.value,
                "target": limit.target,
                "at_most": limit.at_most,
                "ratio": self.value / limit.value,
            })),
            "closed_loop": times(&self.closed),
            "fixed_rate": times(&self.fixed),
            "strange": self.strange,
            "memory_mb": self.memory,
            "verdict": self.verdict(),
        })
    }
}

impl From<&Run> for Times {
    fn from(run: &Run) -> Self {
        Self {
            rate: run.rate(),
            p50: run.millis(500),
            p99: run.millis(990),
            worked: run.worked.as_secs_f64() * 1e6 / f64::from(run.done.max(1)),
        }
    }
}

impl From<&Seen> for Times {
    fn from(seen: &Seen) -> Self {
        Self {
            rate: seen.rate,
            p50: seen.p50,
            p99: seen.p99,
            worked: seen.worked.as_secs_f64() * 1e6 / f64::from(seen.answers.max(1)),
        }
    }
}

/// The table.
pub fn table(rows: &[Row]) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{:<36} {:>10} {:<5} {:>26} {:>6} {:>6} {:>7} {:>8} {:>8} {:>9} {:>8} {:>8} {:>7}  verdict",
        "figure",
        "value",
        "unit",
        "limit",
        "ratio",
        "target",
        "CPU µs",
        "p50 ms",
        "p99 ms",
        "at rate",
        "p50 ms",
        "p99 ms",
        "RSS MB",
    );
    for row in rows {
        let number =
            |value: f64| if value < 100.0 { format!("{value:.2}") } else { format!("{value:.0}") };
        let (limit, ratio, target) = row.limit.as_ref().map_or_else(Default::default, |limit| {
            let sign = if limit.at_most { "≤" } else { "≥" };
            (
                format!("{} {}", limit.name, number(limit.value)),
                format!("{:.2}", row.value / limit.value),
                format!("{sign}{:.2}", limit.target),
            )
        });
        let times = |times: &Option<Times>| {
            times.as_ref().map_or_else(Default::default, |it| (number(it.p50), number(it.p99)))
        };
        let (p50, p99) = times(&row.closed);
        let (fixed_p50, fixed_p99) = times(&row.fixed);
        let rate = row.fixed.as_ref().map_or_else(String::new, |it| number(it.rate));
        let worked = row.closed.as_ref().filter(|it| it.worked > 0.0);
        let worked = worked.map_or_else(String::new, |it| format!("{:.1}", it.worked));
        let memory = if row.memory > 0.0 { number(row.memory) } else { String::new() };
        let _ = writeln!(
            text,
            "{:<36} {:>10} {:<5} {limit:>26} {ratio:>6} {target:>6} {worked:>7} {p50:>8} {p99:>8} {rate:>9} \
             {fixed_p50:>8} {fixed_p99:>8} {memory:>7}  {}",
            row.name,
            number(row.value),
            row.unit,
            row.verdict(),
        );
        for strange in &row.strange {
            let _ = writeln!(text, "    not asked for: {strange}");
        }
    }
    text
}

/// The same for programs.
pub fn json(rows: &[Row], about: &Value) -> Value {
    json!({"about": about, "rows": rows.iter().map(Row::json).collect::<Vec<_>>()})
}
