//! What the server says about itself: lines for people to read, figures for programs to watch.
//!
//! Owns the form of the log and the list of all metrics. Does not decide what is logged or counted;
//! that happens where an answer is given.

pub mod logs;
pub mod metrics;

pub use metrics::Metrics;
