//! What leaves: mail by SMTP, SMS by a gateway.

mod fallback;
mod mail;
mod providers;
mod sms;

use countersign::{
    jobs::{Job as _, deliver::Deliver},
    store::outbox::{self, Letter},
};

use crate::support::world::World;

/// One run of the job that sends what waits.
async fn deliver(world: &World) {
    Deliver.run(&world.app).await.expect("a run that ends");
}

/// The newest letter in the outbox.
async fn newest(world: &World) -> Letter {
    let mut letters = world.app.store.read(|db| outbox::list_latest(db, 1)).await.expect("letters");
    letters.pop().expect("a letter")
}

fn borrowed<'a>(settings: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    settings.iter().map(|(key, value)| (*key, &**value)).collect()
}
