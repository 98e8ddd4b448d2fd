//! The message files say the same things in every language, and every key that is used exists.
