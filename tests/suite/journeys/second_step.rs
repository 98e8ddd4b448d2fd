//! The second step in a real browser: an authenticator app, a browser that is trusted, a security key.

use std::time::Duration;

use countersign::clock::Clock;
use url::Url;

use crate::support::{demo::Demo, phone::Phone, webdriver::Chromium};

const EMAIL: &str = "edith@example.org";
const PASSWORD: &str = "seven tugboats leave at noon";

fn at(demo: &Demo, path: &str) -> Url {
    demo.server.join(path).expect("a path")
}

async fn sign_up(browser: &Chromium, demo: &Demo) {
    browser.open(&at(demo, "/sign-up")).await;
    browser.fill("#sign-up-name", "Edith Example").await;
    browser.fill("#sign-up-email", EMAIL).await;
    browser.fill("#sign-up-password", PASSWORD).await;
    browser.click("#sign-up-submit").await;
    browser.find("#sign-up-code").await;
    browser.fill("#sign-up-code", &demo.code_sent_to(EMAIL).await).await;
    browser.click("#sign-up-verify-submit").await;
    browser.find("#recent").await;
}

async fn text_of(browser: &Chromium, css: &str) -> String {
    browser.find(css).await;
    let script = format!("return document.querySelector({css:?}).textContent");
    browser.run(&script).await.as_str().expect("words").trim().to_owned()
}

/// Keeps recovery codes, types one back, and switches two-step verification on.
async fn switch_on(browser: &Chromium, demo: &Demo) {
    browser.open(&at(demo, "/account/security/two-step")).await;
    browser.click("#recovery-codes-make").await;
    let code = text_of(browser, "#recovery-codes code").await;
    browser.fill("#recovery-code", &code).await;
    browser.click("#recovery-codes-submit").await;
    browser.click("#two-step-turn-on").await;
    browser.find("#security-two-step").await;
}

async fn sign_out(browser: &Chromium, demo: &Demo) {
    browser.open(&at(demo, "/sign-out")).await;
    browser.click("#sign-out-confirm").await;
    browser.find("#signed-out").await;
}

async fn show_password(browser: &Chromium, demo: &Demo) {
    browser.open(&at(demo, "/sign-in")).await;
    browser.fill("#sign-in-identifier", EMAIL).await;
    browser.fill("#sign-in-password", PASSWORD).await;
    browser.click("#sign-in-submit").await;
}

in_chromium! {
    async fn somebody_sets_an_app_up_types_its_code_and_trusts_the_browser(browser: Chromium) {
        let demo = Demo::start().await;
        sign_up(&browser, &demo).await;
        browser.open(&at(&demo, "/account/security/authenticators/new")).await;
        let phone = Phone::typed(&text_of(&browser, "#authenticator-secret").await);
        browser.fill("#authenticator-name", "My phone").await;
        browser.fill("#authenticator-code", &phone.code_at(Clock::System.now())).await;
        browser.click("#authenticator-submit").await;
        browser.find("#two-step-turn-on").await;
        switch_on(&browser, &demo).await;

        sign_out(&browser, &demo).await;
        show_password(&browser, &demo).await;
        browser.find("#second-factor-code").await;
        // The code typed to set the app up is used: the next one.
        let next = phone.code_at(Clock::System.now() + Duration::from_secs(30));
        browser.fill("#second-factor-code", &next).await;
        browser.click("#second-factor-trust").await;
        browser.click("#second-factor-submit").await;
        browser.find("#recent").await;

        sign_out(&browser, &demo).await;
        show_password(&browser, &demo).await;
        browser.find("#recent").await;
        browser.open(&at(&demo, "/account/devices")).await;
        browser.click("#trust-end-all").await;
        browser.find("#devices-browsers").await;
        sign_out(&browser, &demo).await;
        show_password(&browser, &demo).await;
        browser.find("#second-factor-code").await;
    }

    async fn somebody_shows_a_security_key_after_the_password(browser: Chromium) {
        let demo = Demo::start().await;
        sign_up(&browser, &demo).await;
        browser.plug_in("usb", false).await;
        browser.open(&at(&demo, "/account/security/passkeys")).await;
        browser.click("#security-key-add").await;
        browser.click("#passkey-create").await;
        browser.find("[role=status]").await;
        switch_on(&browser, &demo).await;

        sign_out(&browser, &demo).await;
        show_password(&browser, &demo).await;
        browser.click("#second-factor-key").await;
        browser.find("#recent").await;
        browser.open(&at(&demo, "/account/security/passkeys")).await;
        let words = browser.words().await;
        assert!(words.contains("Used just now"), "{words}");
    }
}
