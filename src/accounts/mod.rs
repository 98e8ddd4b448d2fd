//! what people talk to.
