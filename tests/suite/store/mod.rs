//! What every database must do.

mod catalogue;
mod transactions;
