//! The language people read our pages in, chosen at the foot of any page.

use actix_web::{HttpResponse, web::Data};

use super::next;
use crate::{
    app::App,
    language::Language,
    store::{Db, users},
    web::{
        cookies,
        error::{Kind, PageError},
        flow::Flow,
        form::Parameters,
        submission::Submission,
    },
};

/// Remembers the choice in this browser, and for the messages to whoever is signed in; leads back to where it was made.
///
/// # Errors
/// If the form is not from our page in this browser and session, or there is no such language.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let language = Language::first_of(form.get("language")).ok_or(Kind::Unreadable)?;
    if let Some(signed_in) = &visitor.signed_in {
        let user_id = signed_in.user.id;
        let keep = move |db: &mut Db<'_>| users::set_language(db, user_id, language.code());
        app.store.write(keep).await?;
    }
    let mut answer = next::go(&back(&app, next::ours(form.get("back")), language));
    let _ = answer.add_cookie(&cookies::remember_language(&app.config, language.code()));
    Ok(answer)
}

/// The page on which the choice was made. Where an app asked for a language (`ui_locales`), the
/// person's own wish takes the place of the app's.
fn back(app: &App, path: &str, language: Language) -> String {
    let Some((page, query)) = path.split_once('?') else { return path.to_owned() };
    let query = Parameters::read(query.as_bytes()).unwrap_or_default();
    let flow = query.get("flow").and_then(|sealed| Flow::open(sealed, &app.seals.flow));
    let Some(flow) = flow else { return path.to_owned() };
    let parameters = flow.parameters.clone().with("ui_locales", language.code());
    let flow = Flow { parameters, ..flow }.seal(&app.seals.flow);
    format!("{page}?{}", query.with("flow", &flow).encode())
}
