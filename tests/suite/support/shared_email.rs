//! The choice of an address on a page, and the page of a connected app.

use url::Url;

use super::{
    answer::{Answer, css, folded},
    person::Person,
    world::World,
};

/// The addresses offered, with what each sends and whether it is chosen.
pub fn offered(page: &Answer) -> Vec<(String, String, bool)> {
    let html = page.html();
    let radios = css("input[type=radio][name=email]");
    let labels = html.select(&radios).map(|radio| {
        let label = scraper::ElementRef::wrap(radio.parent().expect("a label")).expect("a label");
        let id = radio.attr("value").expect("a value").to_owned();
        (folded(&label), id, radio.attr("checked").is_some())
    });
    labels.collect()
}

/// What the form sends for the address with this label.
pub fn id_of(page: &Answer, address: &str) -> String {
    let found = offered(page).into_iter().find(|(label, ..)| label == address);
    found.unwrap_or_else(|| panic!("no {address}: {}", page.summary())).1
}

/// What is chosen, by its label.
pub fn chosen(page: &Answer) -> Vec<String> {
    offered(page).into_iter().filter(|(.., chosen)| *chosen).map(|(label, ..)| label).collect()
}

/// The page of the app that is connected.
pub async fn page_of_app(person: &mut Person, world: &World) -> Answer {
    let url = path_of_app(person, world).await;
    person.browser.open(&url).await.expect(200)
}

/// Its address.
pub async fn path_of_app(person: &mut Person, world: &World) -> Url {
    let list = person.browser.open(&world.at("/account/apps")).await.expect(200);
    let html = list.html();
    let links = css("a[href^=\"/account/apps/\"]");
    let mut paths = html.select(&links).filter_map(|link| link.attr("href"));
    let path = paths.find(|path| path.matches('/').count() == 3).expect("an app").to_owned();
    world.at(&path)
}
