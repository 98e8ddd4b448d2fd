//! Whoever leaves, leaves every table: the end of an account knows all that speak of people.

use super::{sources, top};

#[test]
fn the_end_of_an_account_reaches_every_table_that_speaks_of_people() {
    let erasure = std::fs::read_to_string(top().join("src/store/erasure.rs")).expect("the file");
    let words: Vec<_> = erasure.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let mut wrong = Vec::new();
    let schema = sources("src/store").into_iter().filter(|(file, _)| file.starts_with("schema"));
    for (_, text) in schema {
        for table in text.split("diesel::table! {").skip(1) {
            let name = table.split_whitespace().next().unwrap_or_default();
            let table = table.split("diesel::").next().unwrap_or_default();
            let speaks = ["user_id ->", "owner_id ->"].iter().any(|column| table.contains(column));
            if speaks && !words.contains(&name) {
                wrong.push(name.to_owned());
            }
        }
    }
    assert!(wrong.is_empty(), "src/store/erasure.rs leaves rows in {wrong:?}");
}
