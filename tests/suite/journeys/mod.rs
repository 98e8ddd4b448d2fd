//! Whole stories, in a real Chromium, against the program as people start it.

/// Runs a story where `tests/run` (or you) set `TEST_CHROMEDRIVER` and asked for what is otherwise
/// listed as ignored.
macro_rules! in_chromium {
    ($( async fn $name:ident($browser:ident: Chromium) $body:block )*) => {$(
        mod $name {
            use super::*;

            #[actix_web::test]
            #[ignore = "needs TEST_CHROMEDRIVER; tests/run brings it"]
            async fn in_chromium() {
                let $browser = $crate::support::webdriver::Chromium::start().await;
                $body;
                let complaints = $browser.complaints().await;
                assert!(complaints.is_empty(), "the browser complained: {complaints:#?}");
            }
        }
    )*};
}
mod first_sign_in;
mod hide_my_email;
mod passkeys;
mod second_step;
