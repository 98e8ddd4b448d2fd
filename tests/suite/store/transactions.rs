//! What a transaction promises, whichever database keeps it.

use std::time::Duration;

use countersign::{
    clock::Moment,
    protocol::error::{ErrorCode, OAuthError},
    store::{Db, Error, Store, leases},
};
use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::BigInt};

use crate::support::databases::{FreshStore, on_every_database};

const NOW: Moment = Moment::from_seconds(1_000);

/// Writes one row: any table would do.
fn write(db: &mut Db<'_>, name: &str) -> Result<bool, Error> {
    leases::take(db, name, "a test", NOW, NOW + Duration::from_mins(1))
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

/// How many rows were written whose names begin like this.
async fn written(store: &Store, begin: &str) -> i64 {
    let query = format!("select count(*) as rows from leases where name like '{begin}%'");
    let count = move |db: &mut Db<'_>| -> Result<Count, Error> {
        Ok(match db {
            Db::Sqlite(connection) => sql_query(&query).get_result(*connection)?,
            Db::Postgres(connection) => sql_query(&query).get_result(*connection)?,
        })
    };
    store.read(count).await.expect("a count").rows
}

on_every_database! {
    async fn a_refusal_keeps_what_was_written(store: FreshStore) {
        let refused: Result<(), _> = store.write(|db| {
            write(db, "evidence")?;
            Err(OAuthError::new(ErrorCode::InvalidGrant, "redeemed before"))
        }).await;
        assert_eq!(refused.unwrap_err().code, ErrorCode::InvalidGrant);
        assert_eq!(written(&store, "evidence").await, 1);
    }

    async fn a_failure_undoes_what_was_written(store: FreshStore) {
        let failed: Result<(), _> = store.write(|db| {
            write(db, "half")?;
            Err(OAuthError::new(ErrorCode::ServerError, "something broke"))
        }).await;
        assert_eq!(failed.unwrap_err().code, ErrorCode::ServerError);
        assert_eq!(written(&store, "half").await, 0);
    }

    async fn a_panic_leaves_nothing_behind_and_the_store_goes_on(store: FreshStore) {
        for round in 0..20 {
            let panicked: Result<(), Error> = store.write(move |db| {
                write(db, &format!("panic {round}"))?;
                panic!("on purpose")
            }).await;
            assert!(matches!(panicked, Err(Error::Broken(_))));
            store.write(move |db| write(db, &format!("good {round}"))).await.expect("a write");
        }
        assert_eq!(written(&store, "panic").await, 0);
        assert_eq!(written(&store, "good").await, 20);
    }

    async fn writes_that_share_a_commit_do_not_share_a_failure(store: FreshStore) {
        let mut tasks = Vec::new();
        for number in 0..120 {
            let store = Store::clone(&store);
            tasks.push(actix_web::rt::spawn(async move {
                store.write(move |db| {
                    write(db, &format!("shared {number}"))?;
                    match number % 3 {
                        0 => Err(Error::Broken("on purpose".into())),
                        1 => panic!("on purpose"),
                        _ => Ok(()),
                    }
                }).await.is_ok()
            }));
        }
        let mut good = 0;
        for task in tasks {
            good += i64::from(task.await.expect("a task"));
        }
        assert_eq!(good, 40);
        assert_eq!(written(&store, "shared").await, 40);
    }

    async fn of_many_who_take_the_same_lease_one_gets_it(store: FreshStore) {
        for round in 0..20 {
            let mut tasks = Vec::new();
            for holder in 0..8 {
                let store = Store::clone(&store);
                tasks.push(actix_web::rt::spawn(store_take(store, round, holder)));
            }
            let mut winners = 0;
            for task in tasks {
                winners += u32::from(task.await.expect("a task"));
            }
            assert_eq!(winners, 1, "round {round}");
        }
    }
}

async fn store_take(store: Store, round: u32, holder: u32) -> bool {
    let (name, holder) = (format!("race {round}"), format!("holder {holder}"));
    let take =
        move |db: &mut Db<'_>| leases::take(db, &name, &holder, NOW, NOW + Duration::from_mins(1));
    store.write(take).await.expect("an answer")
}
