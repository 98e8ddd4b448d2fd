//! The first sign-in, as the README promises it: shop, sign-up, consent, shop, and the way back.

use crate::support::{demo::Demo, webdriver::Chromium};

const EMAIL: &str = "grace@example.org";
const PASSWORD: &str = "seven tugboats leave at noon";

/// From the shop's button to the shop's greeting, as somebody new.
async fn sign_up_from_the_shop(browser: &Chromium, demo: &Demo) {
    browser.open(&demo.shop).await;
    browser.click("#login").await;
    browser.click("a[href^='/sign-up']").await;
    browser.fill("#sign-up-name", "Grace Example").await;
    browser.fill("#sign-up-email", EMAIL).await;
    browser.fill("#sign-up-password", PASSWORD).await;
    browser.click("#sign-up-submit").await;
    browser.find("#sign-up-code").await;
    let code = demo.code_sent_to(EMAIL).await;
    browser.fill("#sign-up-code", &code).await;
    browser.click("#sign-up-verify-submit").await;
    let consent = browser.find("#consent-allow").await;
    let words = browser.words().await;
    for shown in ["Harbour Street Coffee", "Grace Example", EMAIL, "on this computer"] {
        assert!(words.contains(shown), "{shown} is not on the consent page: {words}");
    }
    consent.click().await;
    browser.find("#member-name").await;
}

in_chromium! {
    async fn somebody_new_connects_the_shop_uses_it_and_takes_it_back(browser: Chromium) {
        let demo = Demo::start().await;
        sign_up_from_the_shop(&browser, &demo).await;
        assert_eq!(browser.url().await.origin(), demo.shop.origin());
        browser.see("member-name", "Grace").await;
        browser.see("member-email", EMAIL).await;
        browser.click("#call-api").await;
        browser.find("#orders").await;
        browser.click("#refresh").await;
        browser.see("refreshes", "1 time").await;

        let apps = demo.server.join("/account/apps").unwrap();
        let shop = browser.open_in_another_tab(&apps).await;
        assert!(browser.words().await.contains("Harbour Street Coffee"));
        browser.click("a[href$='/remove']").await;
        browser.click("form[action$='/remove'] button").await;
        browser.find("[role=status]").await;

        browser.go_to_tab(&shop).await;
        browser.click("#call-api").await;
        // Whichever comes first: the refused call, or the word from server to server that signs out.
        browser.find("#trouble-code").await;
        let told = browser.words().await.to_lowercase();
        assert!(told.contains("access_removed") || told.contains("not_signed_in"), "{told}");
        browser.open(&demo.shop).await;
        browser.click("#login").await;
        browser.find("#consent-allow").await;
    }

    async fn signing_out_at_the_shop_signs_out_here_too(browser: Chromium) {
        let demo = Demo::start().await;
        sign_up_from_the_shop(&browser, &demo).await;
        browser.click("#sign-out").await;
        browser.click("#sign-out-confirm").await;
        browser.find("#signed-out").await;
        assert_eq!(browser.url().await.origin(), demo.shop.origin());
        browser.click("#login").await;
        browser.fill("#sign-in-identifier", EMAIL).await;
        browser.fill("#sign-in-password", PASSWORD).await;
        browser.click("#sign-in-submit").await;
        browser.find("#member-name").await;
    }

    async fn a_no_is_understood_by_the_shop(browser: Chromium) {
        let demo = Demo::start().await;
        sign_up_from_the_shop(&browser, &demo).await;
        browser.open(&demo.server.join("/account/apps").unwrap()).await;
        browser.click("a[href$='/remove']").await;
        browser.click("form[action$='/remove'] button").await;
        browser.find("[role=status]").await;
        browser.open(&demo.shop.join("/login").unwrap()).await;
        browser.click("#consent-deny").await;
        browser.see("trouble-code", "access_denied").await;
    }
}
