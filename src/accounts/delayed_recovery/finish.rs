//! The wait is over: a new password. Whoever was in is out, every other proof ends, and the address
//! that was given is listed, so that its owner can be reached. All old contacts are told, and can undo
//! that.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use unicode_normalization::UnicodeNormalization as _;

use super::Link;
use crate::{
    accounts::{
        identifier::Identifier,
        new_session::{self, Proof},
        next,
        notices::Notice,
        strength,
    },
    app::App,
    clock::Moment,
    delivery::messages::Alarm,
    store::{
        self, Db,
        activity::Event,
        contact_changes::{self, ContactChange},
        contacts::{self, Channel, Contact, ContactId},
        delayed_recoveries::{self, DelayedRecovery},
        passwords,
        users::{self, User, UserId},
    },
    web::{
        content_policy::ContentPolicy,
        error::PageError,
        form::{Malformed, Parameters, Query},
        page::{self, Page},
        parts::{Problems, Strength},
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

#[derive(Template)]
#[template(path = "accounts/delayed_finish.html")]
struct FinishPage<'a> {
    page: &'a Page,
    problems: Problems,
    /// The link's own secret; nothing if it is over.
    recovery: Option<&'a str>,
    identifier: &'a str,
    minimum: usize,
    strength: Option<Strength>,
}

/// Asks for the new password.
///
/// # Errors
/// If the store cannot answer.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let found = find(&app, &query).await?;
    render(&app, &visitor, &query, found.as_ref(), (Problems::none(), None))
}

/// Sets it, and signs the person in.
///
/// # Errors
/// If the form is not from our page in this browser, or the store cannot answer.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let found = find(&app, &form).await?;
    let Some((recovery, user)) = &found else {
        return render(&app, &visitor, &form, None, (Problems::none(), None));
    };
    let fresh = form.get("password").unwrap_or_default();
    let about = [&*user.name, &*recovery.address];
    let judged = strength::judge(&app, &visitor.page, fresh, &about).await?;
    let problems = judged.add_to(Problems::none(), "recover-password");
    if !problems.is_empty() {
        return render(&app, &visitor, &form, found.as_ref(), (problems, judged.strength));
    }
    let hash = app.hasher.hash(fresh.nfc().collect()).await.map_err(store::Error::from)?;
    let (user, now) = (user.clone(), app.clock.now());
    let notice = Notice::of(&app, &visitor, Alarm::DelayedRecoveryDone, now);
    let (read, user_id) = (recovery.clone(), user.id);
    let set = app.store.write(move |db| set(db, &read, user_id, (&*hash, &notice), now));
    if !set.await? {
        return render(&app, &visitor, &form, None, (Problems::none(), None));
    }
    let proof = Proof::code(Channel::Email, now);
    let cookie =
        new_session::begin(&app, &visitor, &user, &proof, Event::DelayedRecoveryDone).await?;
    let mut answer = next::go(urls::ACCOUNT_SECURITY);
    let _ = answer.add_cookie(&cookie);
    Ok(answer)
}

/// All of it, or nothing.
fn set(
    db: &mut Db<'_>,
    recovery: &DelayedRecovery,
    user_id: UserId,
    (hash, notice): (&str, &Notice),
    now: Moment,
) -> Result<bool, store::Error> {
    users::hold(db, user_id)?;
    if delayed_recoveries::refuted(db, recovery)?
        || !delayed_recoveries::end(db, recovery.id, "used", now)?
    {
        return Ok(false);
    }
    let before = contacts::list_of_user(db, user_id)?;
    let change = ContactChange::to(user_id, &before, now);
    contact_changes::add(db, &change)?;
    notice.clone().of_change(&change, &recovery.address).send(db, user_id, None)?;
    list(db, user_id, recovery, &before, now)?;
    users::forget_factors(db, user_id)?;
    passwords::reset(db, user_id, hash, now)?;
    Ok(true)
}

/// Lists the address, unless it is listed somewhere.
fn list(
    db: &mut Db<'_>,
    user_id: UserId,
    recovery: &DelayedRecovery,
    before: &[Contact],
    now: Moment,
) -> Result<(), store::Error> {
    let Ok(to) = Identifier::read(&recovery.address) else { return Ok(()) };
    if contacts::find_verified(db, to.channel, &to.canonical)?.is_some() {
        return Ok(());
    }
    let mails = before.iter().any(|it| it.channel == Channel::Email && it.verified_at.is_some());
    contacts::add(
        db,
        &Contact {
            id: ContactId::random(),
            user_id,
            channel: to.channel,
            address: to.typed,
            canonical: to.canonical,
            is_primary: !mails,
            created_at: now,
            verified_at: Some(now),
        },
    )
}

/// What the link ends the wait of, and whose account that opens.
async fn find(app: &App, named: &Parameters) -> Result<Option<(DelayedRecovery, User)>, PageError> {
    let link = Link::read(named, &app.seals.delayed_recovery);
    let Some(link) = link.filter(|link| link.contact_id.is_none()) else { return Ok(None) };
    let found = app.store.read(move |db| {
        let Some(recovery) = delayed_recoveries::find(db, link.id)? else { return Ok(None) };
        let user = recovery.user_id.map_or(Ok(None), |id| users::find(db, id))?;
        Ok::<_, store::Error>(user.map(|user| (recovery, user)))
    });
    let now = app.clock.now();
    let open = |recovery: &DelayedRecovery| {
        recovery.ended_at.is_none() && recovery.sent_at.is_some() && now < recovery.expires_at
    };
    match found.await?.filter(|(recovery, _)| open(recovery)) {
        Some((_, user)) if !user.may_recover() => Err(PageError::suspended(&user)),
        found => Ok(found),
    }
}

fn render(
    app: &App,
    visitor: &Visitor,
    named: &Parameters,
    found: Option<&(DelayedRecovery, User)>,
    (problems, strength): (Problems, Option<Strength>),
) -> Result<HttpResponse, PageError> {
    let good = found.is_some() && problems.is_empty();
    let status = if good { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let template = FinishPage {
        page: &visitor.page,
        problems,
        recovery: found.and_then(|_| named.get("recovery")),
        identifier: found.map(|(recovery, _)| &*recovery.address).unwrap_or_default(),
        minimum: app.config.sign_in.password_minimum_length,
        strength,
    };
    page::show_with(&template, status, &ContentPolicy::default())
}
