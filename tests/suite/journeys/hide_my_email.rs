//! "Hide my email" in a real browser: chosen at consent, shown by the shop, stopped in the account.

use crate::support::demo::Demo;

const EMAIL: &str = "mary@example.org";

in_chromium! {
    async fn somebody_hides_their_address_from_the_shop(browser: Chromium) {
        let demo = Demo::start().await;
        browser.open(&demo.shop).await;
        browser.click("#login").await;
        browser.click("a[href^='/sign-up']").await;
        browser.fill("#sign-up-name", "Mary Example").await;
        browser.fill("#sign-up-email", EMAIL).await;
        browser.fill("#sign-up-password", "seven tugboats leave at noon").await;
        browser.click("#sign-up-submit").await;
        browser.find("#sign-up-code").await;
        browser.fill("#sign-up-code", &demo.code_sent_to(EMAIL).await).await;
        browser.click("#sign-up-verify-submit").await;
        browser.click("input[name=email][value=hidden]").await;
        browser.click("#consent-allow").await;
        browser.see("member-email", "@private.countersign.example").await;
        assert!(!browser.words().await.contains(EMAIL), "the shop does not know it");

        browser.open(&demo.server.join("/account/apps").unwrap()).await;
        browser.click(".rows a[href^='/account/apps/']:not([href$='/remove'])").await;
        browser.see("private-address", "@private.countersign.example").await;
        browser.click("#private-stop").await;
        browser.find("#private-resume").await;
    }
}
