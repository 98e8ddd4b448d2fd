//! Mail and SMS.
