//! Every form that changes something: from our page, in this browser, in this session, or not at
//! all (security rule 14).

use awc::http::Method;

use crate::support::{
    answer::{Answer, css},
    databases::on_every_database,
    form::Form,
    http::Request,
    world::World,
};

/// Every form that posts, on every page a person with one app meets.
async fn forms(world: &World, browser: &mut crate::support::browser::Browser) -> Vec<Form> {
    let pages = [
        "/account",
        "/account/apps",
        "/account/devices",
        "/account/security",
        "/account/security/contacts",
        "/account/activity",
        "/account/data",
        "/sign-out",
    ];
    let mut found: Vec<Form> = Vec::new();
    for path in pages {
        let page = browser.open(&world.at(path)).await.expect(200);
        found.extend(posting(&page));
    }
    let apps = browser.open(&world.at("/account/apps")).await;
    let html = apps.html();
    let link = css("a[href^=\"/account/apps/\"]");
    let links: Vec<_> = html.select(&link).filter_map(|a| a.attr("href")).collect();
    assert!(!links.is_empty(), "{}", apps.summary());
    for path in links {
        let page = browser.open(&world.at(path)).await.expect(200);
        found.extend(posting(&page));
    }
    found
}

fn posting(page: &Answer) -> Vec<Form> {
    Form::all(page).into_iter().filter(|form| form.method == "post").collect()
}

on_every_database! {
    async fn without_its_token_no_form_does_anything(world: World) {
        let (mut ada, mut eve) = (world.person("Ada").await, world.person("Eve").await);
        let shop = world.app("Shop").await;
        let tokens = ada.connect(&shop, "openid").await;
        ada.elsewhere().sign_in(&world.url).await;
        eve.sign_in(&world.url).await;
        let eves = eve.browser.open(&world.at("/sign-out")).await;
        let eves = Form::of_button(&eves, "sign-out-confirm").value("csrf").unwrap().to_owned();
        let forms = forms(&world, &mut ada.browser).await;
        assert!(forms.len() >= 4, "{forms:#?}");
        for form in forms {
            let attacks = [
                form.clone().without("csrf"),
                form.clone().fill("csrf", "x"),
                form.clone().fill("csrf", &eves),
                Form { page: "https://evil.example/".parse().unwrap(), ..form.clone() },
            ];
            for attack in attacks {
                let answer = ada.browser.clone().submit(&attack).await;
                assert_eq!(answer.status, 403, "{}: {}", form.action, answer.summary());
            }
            let get = ada.browser.clone().visit(&form.action).await;
            assert!(get.status < 500);
        }
        shop.userinfo(tokens.access()).await.expect(200);
        assert_eq!(ada.browser.open(&world.at("/account")).await.url.path(), "/account");
    }

    async fn a_field_sent_twice_is_refused(world: World) {
        let mut ada = world.person("Ada").await;
        let page = ada.browser.open(&world.at("/sign-in")).await;
        let form = Form::of_button(&page, "sign-in-submit")
            .fill("identifier", &ada.email)
            .fill("password", &ada.password)
            .with("identifier", "eve@example.org");
        let answer = ada.browser.submit(&form).await;
        assert_eq!(answer.status, 400, "{}", answer.summary());
    }

    async fn odd_requests_are_refused_and_never_break_the_server(world: World) {
        let urls = ["/sign-in", "/sign-up", "/sign-up/verify", "/sign-up/resend", "/sign-out", "/consent",
            "/account", "/account/apps", "/account/apps/x", "/account/apps/x/remove", "/account/devices/x/end",
            "/account/security", "/account/security/contacts", "/account/security/contacts/verify",
            "/account/security/contacts/x/remove", "/recover/undo", "/oauth/logout", "/oauth/logout/confirm", "/nowhere", "/assets/nothing.css"];
        for path in urls {
            let url = world.at(path);
            let requests = [
                Request::get(&url),
                Request::post(&url),
                Request::post(&url).form(&[("x", "x".repeat(300_000))]),
                Request::post(&url).body("application/json", b"{".to_vec()),
                Request::post(&url).body("application/x-www-form-urlencoded", vec![0xff; 100]),
                Request::new(Method::DELETE, &url),
                Request::get(&world.at(&format!("{path}?flow=x&challenge=x&next=x"))),
                Request::get(&world.at(&format!("{path}?flow=%ff"))),
            ];
            for (number, request) in requests.into_iter().enumerate() {
                let answer = request.send().await;
                assert!(answer.status < 500, "{number}: {}", answer.summary());
                assert!(answer.header("x-request-id").is_some(), "{number}: {}", answer.summary());
            }
        }
    }
}
