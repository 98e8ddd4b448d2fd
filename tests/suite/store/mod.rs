//! What every database must do.

mod attempts;
mod catalogue;
mod refusals;
mod transactions;
