//! HTTP, put together.
