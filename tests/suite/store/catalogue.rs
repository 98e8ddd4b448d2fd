//! Migrations in step: both databases hold what `schema.rs` says, and every step can be taken back.

use std::{collections::BTreeSet, fs};

use countersign::store::{Db, Error, Store, migrations};
use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};

use crate::support::databases::{FreshStore, on_every_database};

/// One thing a catalogue lists: `users.name Text`, or `index contacts_of_user`.
#[derive(QueryableByName)]
struct Entry {
    #[diesel(sql_type = Text)]
    entry: String,
}

const SQLITE: &str = "
    select m.name || '.' || p.name || ' ' || lower(p.type)
        || case p.\"notnull\" when 0 then '?' else '' end as entry
    from sqlite_master m join pragma_table_info(m.name) p
    where m.type = 'table' and m.name not like 'sqlite%' and m.name not like '#_#_%' escape '#'
    union all
    select 'index ' || name from sqlite_master where type = 'index' and sql is not null";

const POSTGRES: &str = "
    select table_name || '.' || column_name || ' ' || data_type
        || case is_nullable when 'YES' then '?' else '' end as entry
    from information_schema.columns
    where table_schema = 'public' and table_name not like '#_#_%' escape '#'
    union all
    select 'index ' || indexname from pg_indexes
    where schemaname = 'public' and indexname not like '%_pkey'";

/// What a database says it holds, in the words of `schema.rs`.
async fn catalogue(store: &Store) -> BTreeSet<String> {
    let read = |db: &mut Db<'_>| -> Result<Vec<Entry>, Error> {
        Ok(match db {
            Db::Sqlite(connection) => sql_query(SQLITE).load(*connection)?,
            Db::Postgres(connection) => sql_query(POSTGRES).load(*connection)?,
        })
    };
    let entries = store.read(read).await.expect("a catalogue");
    entries.into_iter().map(|Entry { entry }| in_schema_words(&entry)).collect()
}

fn in_schema_words(entry: &str) -> String {
    let Some((column, kind)) = entry.split_once(' ').filter(|(first, _)| *first != "index") else {
        return entry.to_owned();
    };
    let (kind, nullable) = match kind.strip_suffix('?') {
        Some(kind) => (kind, true),
        None => (kind, false),
    };
    let kind = match kind {
        "text" => "Text",
        "bigint" => "BigInt",
        "integer" => "Integer",
        "boolean" => "Bool",
        "blob" | "bytea" => "Binary",
        other => panic!("{column} is {other}: not a type both databases have"),
    };
    if nullable { format!("{column} Nullable<{kind}>") } else { format!("{column} {kind}") }
}

/// What `schema.rs` says there is.
fn schema() -> BTreeSet<String> {
    let files = ["", "/privacy", "/proofs"].map(|part| format!("/src/store/schema{part}.rs"));
    let text = files.map(|file| {
        let file = format!("{}{file}", env!("CARGO_MANIFEST_DIR"));
        fs::read_to_string(file).expect("the schema")
    });
    let text = text.concat();
    let mut columns = BTreeSet::new();
    for table in text.split("diesel::table! {").skip(1) {
        let mut lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
        let name = lines.next().and_then(|line| line.split(' ').next()).expect("a table's name");
        for line in lines.take_while(|line| *line != "}") {
            if let Some((column, kind)) = line.trim_end_matches(',').split_once(" -> ") {
                columns.insert(format!("{name}.{column} {kind}"));
            }
        }
    }
    assert!(columns.len() > 50, "schema.rs is not written as this test reads it");
    columns
}

/// The indexes that one folder of migrations makes.
fn indexes(folder: &str) -> BTreeSet<String> {
    let folder = format!("{}/migrations/{folder}", env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeSet::new();
    for step in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(step.unwrap().path().join("up.sql")).unwrap();
        let code: Vec<_> = text.lines().filter(|line| !line.trim().starts_with("--")).collect();
        for statement in code.join(" ").split(';') {
            let words: Vec<_> = statement.split_whitespace().collect();
            if let ["create", "index" | "unique", ..] = &words[..] {
                found.insert(words.join(" "));
            }
        }
    }
    found
}

#[test]
fn both_databases_have_the_same_indexes() {
    assert!(!indexes("sqlite").is_empty());
    assert_eq!(indexes("sqlite"), indexes("postgres"));
}

on_every_database! {
    async fn the_catalogue_is_the_schema(store: FreshStore) {
        let columns: BTreeSet<_> = catalogue(&store).await;
        let columns = columns.into_iter().filter(|entry| !entry.starts_with("index ")).collect();
        assert_eq!(schema(), columns);
    }

    async fn up_down_and_up_again_is_where_it_was(store: FreshStore) {
        let settings = &store.database.settings;
        let before = catalogue(&store).await;
        let steps = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/sqlite")).unwrap();
        for _ in steps {
            migrations::undo_last(settings).expect("a step back");
        }
        assert_eq!(catalogue(&store).await, BTreeSet::new(), "something was left behind");
        migrations::run(settings).expect("all steps again");
        assert_eq!(catalogue(&store).await, before);
        assert_eq!(migrations::run(settings).expect("nothing to do"), Vec::<String>::new());
    }
}
