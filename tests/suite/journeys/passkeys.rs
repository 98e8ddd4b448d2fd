//! Passkeys in a real browser, with an authenticator that WebDriver plugs in (WebAuthn §11).

use url::Url;

use crate::support::{demo::Demo, webdriver::Chromium};

const EMAIL: &str = "edith@example.org";

fn at(demo: &Demo, path: &str) -> Url {
    demo.server.join(path).expect("a path")
}

async fn sign_up(browser: &Chromium, demo: &Demo) {
    browser.open(&at(demo, "/sign-up")).await;
    browser.fill("#sign-up-name", "Edith Example").await;
    browser.fill("#sign-up-email", EMAIL).await;
    browser.fill("#sign-up-password", "seven tugboats leave at noon").await;
    browser.click("#sign-up-submit").await;
    browser.find("#sign-up-code").await;
    browser.fill("#sign-up-code", &demo.code_sent_to(EMAIL).await).await;
    browser.click("#sign-up-verify-submit").await;
    browser.find("#recent").await;
}

async fn sign_out(browser: &Chromium, demo: &Demo) {
    browser.open(&at(demo, "/sign-out")).await;
    browser.click("#sign-out-confirm").await;
    browser.find("#signed-out").await;
}

async fn add(browser: &Chromium, demo: &Demo, button: &str) {
    browser.open(&at(demo, "/account/security/passkeys")).await;
    browser.click(button).await;
    browser.click("#passkey-create").await;
    browser.find("[role=status]").await;
}

in_chromium! {
    async fn somebody_creates_a_passkey_signs_in_with_it_and_removes_it(browser: Chromium) {
        let demo = Demo::start().await;
        sign_up(&browser, &demo).await;
        browser.plug_in("internal", true).await;
        add(&browser, &demo, "#passkey-add").await;
        let words = browser.words().await;
        assert!(words.contains("Passkey, ") && words.contains("Not used yet"), "{words}");

        browser.open(&at(&demo, "/account/security/passkeys/add?kind=passkey")).await;
        browser.click("#passkey-create").await;
        browser.find("[data-webauthn-failed]:not([hidden])").await;
        let words = browser.words().await;
        assert!(words.contains("This device holds a passkey of your account already."), "{words}");
        assert!(!words.contains("or it was cancelled"), "{words}");

        sign_out(&browser, &demo).await;
        browser.open(&demo.shop).await;
        browser.click("#login").await;
        // With one passkey at hand, this browser fills it in by itself.
        browser.click("#consent-allow").await;
        browser.see("member-name", "Edith").await;

        browser.open(&at(&demo, "/account/security/passkeys")).await;
        let words = browser.words().await;
        assert!(words.contains("Used just now"), "{words}");
        browser.click(".row-ends a").await;
        browser.click("#passkey-remove").await;
        browser.find("[role=status]").await;
        sign_out(&browser, &demo).await;

        browser.open(&at(&demo, "/sign-in")).await;
        browser.see("problems", "credential_unknown").await;
        browser.find("#sign-in-passkey").await;
        browser.find("a[href='#sign-in-identifier']").await;
        browser.find("#sign-in-submit").await;
    }
}
