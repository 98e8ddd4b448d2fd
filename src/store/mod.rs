//! Every row, every query, two databases.
