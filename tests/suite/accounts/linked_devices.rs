//! Linked devices: what they are called.

use crate::{
    oauth::device::{films, link},
    support::{
        answer::{Answer, css},
        databases::on_every_database,
        form::Form,
        person::Person,
        world::World,
    },
};

/// The page where the one linked device gets another name.
async fn rename_page(person: &mut Person, world: &World) -> Answer {
    let page = person.browser.open(&world.at("/account/devices")).await.expect(200);
    let html = page.html();
    let link = css("a[href^=\"/account/devices/linked/\"]");
    let path = html.select(&link).next().and_then(|link| link.attr("href")).expect("a way there");
    person.browser.open(&world.at(path)).await
}

async fn devices(person: &mut Person, world: &World) -> String {
    person.browser.open(&world.at("/account/devices")).await.expect(200).words_but("…")
}

on_every_database! {
    async fn a_linked_device_gets_another_name(world: World) {
        let (mut ada, films) = (world.person("Ada").await, films(&world).await);
        let tokens = link(&mut ada, &world, &films, "openid").await;
        let longest = "e".repeat(100);
        for (typed, shown) in [
            ("  Living   room ", "Living room"),
            ("\u{41a}\u{443}\u{445}\u{43d}\u{44f} <b>2</b>", "\u{41a}\u{443}\u{445}\u{43d}\u{44f} <b>2</b>"),
            (&longest, &longest),
        ] {
            let page = rename_page(&mut ada, &world).await.expect(200);
            let answer = ada.browser.press(&page, "device-rename", &[("name", typed)]).await;
            let after = ada.browser.follow(answer).await.expect(200).words();
            assert!(after.contains(&format!("{shown} Films")), "{after}");
        }
        let page = rename_page(&mut ada, &world).await;
        assert_eq!(Form::of_button(&page, "device-rename").value("name"), Some(&*longest));
        let happened = ada.browser.open(&world.at("/account/activity")).await.words();
        assert!(happened.contains("You renamed a device with Films"), "{happened}");
        films.userinfo(tokens.access()).await.expect(200);
    }

    async fn what_is_no_name_is_refused_with_a_sentence(world: World) {
        let (mut ada, films) = (world.person("Ada").await, films(&world).await);
        link(&mut ada, &world, &films, "openid").await;
        let before = devices(&mut ada, &world).await;
        let long = "x".repeat(101);
        for (typed, sentence) in [
            ("", "A name needs at least one letter or digit."),
            ("   ", "A name needs at least one letter or digit."),
            (&*long, "A name has at most 100 characters."),
            ("TV\u{202e}VT", "The name holds a character that cannot be seen."),
            ("www.evil.example", "A name cannot hold a web address."),
        ] {
            let page = rename_page(&mut ada, &world).await.expect(200);
            let refused = ada.browser.press(&page, "device-rename", &[("name", typed)]).await;
            let words = refused.expect(400).words();
            assert!(words.contains(sentence), "{typed:?}: {words}");
        }
        assert_eq!(devices(&mut ada, &world).await, before);
    }

    async fn only_its_owner_names_a_device_and_only_while_it_is_linked(world: World) {
        let (mut ada, mut eve) = (world.person("Ada").await, world.person("Eve").await);
        let films = films(&world).await;
        link(&mut ada, &world, &films, "openid").await;
        let page = rename_page(&mut ada, &world).await.expect(200);
        let form = Form::of_button(&page, "device-rename").fill("name", "Mine");
        ada.browser.submit(&form.clone().without("csrf")).await.expect(403);

        eve.sign_in(&world.url).await;
        eve.browser.open(&page.url).await.expect(404);
        let own = eve.browser.open(&world.at("/sign-out")).await;
        let csrf = Form::of_button(&own, "sign-out-confirm").value("csrf").unwrap().to_owned();
        eve.browser.submit(&form.clone().fill("csrf", &csrf)).await.expect(404);
        assert!(!devices(&mut ada, &world).await.contains("Mine"));

        ada.remove_access(&world.url, "Films").await;
        ada.browser.open(&page.url).await.expect(404);
        ada.browser.submit(&form).await.expect(404);
    }
}
