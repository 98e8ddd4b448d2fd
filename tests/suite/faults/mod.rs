//! Races, kills and cut wires: what must hold when things go wrong, with real processes.

mod kill;
mod mail;
mod races;
mod second_step_races;
mod unreachable;
