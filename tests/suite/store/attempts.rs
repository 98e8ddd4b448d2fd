//! Counted tries: of any number at once, on any number of nodes, as many count as may.

use std::{sync::Arc, thread, time::Duration};

use countersign::{
    clock::Moment,
    store::{
        Db, Error, Store,
        attempts::{self, Counted, Delays},
    },
};

use crate::support::{
    databases::{FreshDatabase, FreshStore, on_every_database},
    world::NOON,
};

const DELAYS: Delays = Delays {
    free: 5,
    first: Duration::from_secs(1),
    longest: Duration::from_mins(15),
    within: Duration::from_hours(1),
};

fn count(store: &Store, now: Moment) -> Counted {
    let work = move |db: &mut Db<'_>| -> Result<Counted, Error> {
        attempts::count_slowly(db, b"one secret", DELAYS, now)
    };
    actix_web::rt::System::new().block_on(store.write(work)).expect("a count")
}

async fn tried(store: &Store, now: Moment) -> Counted {
    let work = move |db: &mut Db<'_>| attempts::count_slowly(db, b"one secret", DELAYS, now);
    store.write(work).await.expect("a count")
}

/// Tries 32 times at once, in threads, over two stores; how many may be made.
fn race(nodes: &[Arc<Store>; 2], now: Moment) -> usize {
    let racers: Vec<_> = (0..32)
        .map(|number| {
            let node = nodes[number % 2].clone();
            thread::spawn(move || count(&node, now))
        })
        .collect();
    let counted = racers.into_iter().map(|racer| racer.join().expect("a racer"));
    counted.filter(|counted| *counted == Counted::Within).count()
}

on_every_database! {
    async fn of_many_tries_at_once_as_many_are_made_as_are_free(database: FreshDatabase) {
        let open = || Arc::new(Store::open(&database.settings).expect("a store"));
        let nodes = [open(), open()];
        assert_eq!(race(&nodes, NOON), 5);
        assert_eq!(race(&nodes, NOON), 0);
        let mut now = NOON;
        for wait in [1, 2, 4] {
            now = now + Duration::from_secs(wait);
            assert_eq!(race(&nodes, now), 1, "after {wait} seconds one more");
        }
    }

    async fn each_try_waits_twice_as_long_as_the_one_before_up_to_the_longest(store: FreshStore) {
        let mut now = NOON;
        let mut waits = Vec::new();
        for _ in 0..15 {
            assert_eq!(tried(&store, now).await, Counted::Within);
            if let Counted::TooMany { until } = tried(&store, now).await {
                waits.push(until.since(now).as_secs());
                now = until;
            }
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
        now = now + Duration::from_hours(1);
        for _ in 0..5 {
            assert_eq!(tried(&store, now).await, Counted::Within, "all is forgotten");
        }
    }

    async fn a_try_that_was_right_leaves_no_wait(store: FreshStore) {
        for _ in 0..30 {
            assert_eq!(tried(&store, NOON).await, Counted::Within);
            store.write(|db| attempts::forgive(db, b"one secret")).await.expect("forgiveness");
        }
    }
}
