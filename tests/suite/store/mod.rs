//! What every database must do.

mod catalogue;
mod refusals;
mod transactions;
