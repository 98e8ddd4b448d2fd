//! Settings: a section per file, each with its defaults.
