//! What apps were refused is bounded: by the app, and by time.

use std::time::Duration;

use countersign::{
    clock::Moment,
    config::Config,
    protocol::client_metadata::{ClientMetadata, ProposedMetadata},
    store::{
        Error,
        clients::{self, Client, ClientId},
        refusals::{self, MOST_OF_CLIENT, Refusal, RefusalId},
    },
};

use crate::support::databases::{FreshStore, on_every_database};

const NOW: Moment = Moment::from_seconds(1_000_000);

fn client() -> Client {
    let metadata = ProposedMetadata::parse(br#"{"redirect_uris":["https://shop.example/cb"]}"#);
    let metadata: Result<ClientMetadata, _> =
        metadata.and_then(|said| said.check(Config::default().client_rules()));
    Client::registered(metadata.expect("metadata"), None, NOW)
}

fn refusal(client_id: ClientId, seconds: u64) -> Refusal {
    Refusal {
        id: RefusalId::random(),
        client_id,
        endpoint: "/oauth/token".to_owned(),
        error: "invalid_grant".to_owned(),
        description: "code is not valid".to_owned(),
        cause: Some("expired".to_owned()),
        trace_id: seconds.to_string(),
        left_out: 0,
        refused_at: NOW + Duration::from_secs(seconds),
    }
}

on_every_database! {
    async fn of_one_app_the_newest_are_kept_and_of_others_all(store: FreshStore) {
        let (loud, quiet) = (client(), client());
        let (loud_id, quiet_id) = (loud.id, quiet.id);
        let add = move |db: &mut countersign::store::Db<'_>| -> Result<(), Error> {
            clients::add(db, &loud)?;
            clients::add(db, &quiet)?;
            refusals::add(db, &[refusal(quiet_id, 0), refusal(quiet_id, 1)])?;
            let many: Vec<_> = (0..1_100).map(|second| refusal(loud_id, second)).collect();
            many.chunks(100).try_for_each(|some| refusals::add(db, some))
        };
        store.write(add).await.expect("room");
        let list = async |id| store.read(move |db| refusals::list_of_client(db, id, 5_000)).await;
        let of_loud = list(loud_id).await.expect("a list");
        assert_eq!(i64::try_from(of_loud.len()), Ok(MOST_OF_CLIENT));
        assert_eq!((&*of_loud[0].trace_id, &*of_loud[999].trace_id), ("1099", "100"));
        assert_eq!(list(quiet_id).await.expect("a list").len(), 2);
    }

    async fn what_is_old_is_pruned_a_few_at_a_time(store: FreshStore) {
        let shop = client();
        let id = shop.id;
        let before = NOW + Duration::from_secs(5);
        let left = store.write(move |db| -> Result<Vec<Refusal>, Error> {
            clients::add(db, &shop)?;
            let many: Vec<_> = (0..9).map(|second| refusal(id, second)).collect();
            refusals::add(db, &many)?;
            assert_eq!(refusals::prune(db, before, 3)?, 3);
            assert_eq!(refusals::prune(db, before, 3)?, 2);
            assert_eq!(refusals::prune(db, before, 3)?, 0);
            refusals::list_of_client(db, id, 100)
        });
        let left = left.await.expect("rows");
        assert_eq!(left.iter().map(|it| &*it.trace_id).collect::<Vec<_>>(), ["8", "7", "6", "5"]);
    }
}
