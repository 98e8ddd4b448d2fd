//! What people talk to.

mod activity;
mod again;
mod approval;
mod connections;
mod contacts;
mod data;
mod delayed_recovery;
mod deletion;
mod forms;
mod guards;
mod guesses;
mod linked_devices;
mod new_device;
mod not_me;
mod pages;
mod passkeys;
mod recovery;
mod report;
mod second_factor;
mod sessions;
mod set_up;
mod sign_in;
mod sign_in_link;
mod sign_up;
mod trusted_browsers;
mod two_step;
