//! Whether anything in a store speaks of somebody: every text and every byte string of every table.

use std::collections::BTreeSet;

use countersign::store::{Db, Error, Store};
use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};

#[derive(QueryableByName)]
struct Entry {
    #[diesel(sql_type = Text)]
    entry: String,
}

const SQLITE_COLUMNS: &str = "
    select m.name || '.' || p.name || '.' || lower(p.type) as entry
    from sqlite_master m join pragma_table_info(m.name) p
    where m.type = 'table' and m.name not like 'sqlite%' and m.name not like '#_#_%' escape '#'";

const POSTGRES_COLUMNS: &str = "
    select table_name || '.' || column_name || '.' || data_type as entry
    from information_schema.columns
    where table_schema = 'public' and table_name not like '#_#_%' escape '#'";

fn run(db: &mut Db<'_>, query: &str) -> Result<Vec<String>, Error> {
    let found: Vec<Entry> = match db {
        Db::Sqlite(connection) => sql_query(query).load(*connection)?,
        Db::Postgres(connection) => sql_query(query).load(*connection)?,
    };
    Ok(found.into_iter().map(|Entry { entry }| entry).collect())
}

/// The columns, as `table.column`, in which one of these byte strings occurs.
pub async fn find(store: &Store, wanted: &[Vec<u8>]) -> BTreeSet<String> {
    let wanted: Vec<String> = wanted.iter().map(|bytes| hex(bytes)).collect();
    let look = move |db: &mut Db<'_>| {
        let columns = match db {
            Db::Sqlite(_) => SQLITE_COLUMNS,
            Db::Postgres(_) => POSTGRES_COLUMNS,
        };
        let mut found = BTreeSet::new();
        for column in run(db, columns)? {
            let [table, name, kind] = column.split('.').collect::<Vec<_>>()[..] else { continue };
            let in_hex = match (&*db, kind) {
                (Db::Sqlite(_), "text" | "blob") => format!("lower(hex({name}))"),
                (Db::Postgres(_), "text") => format!("encode(convert_to({name}, 'UTF8'), 'hex')"),
                (Db::Postgres(_), "bytea") => format!("encode({name}, 'hex')"),
                _ => continue,
            };
            let all = format!("select {in_hex} as entry from {table} where {name} is not null");
            let values = run(db, &all)?;
            if values.iter().any(|value| wanted.iter().any(|wanted| value.contains(wanted))) {
                found.insert(format!("{table}.{name}"));
            }
        }
        Ok::<_, Error>(found)
    };
    store.read(look).await.expect("every table")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}
