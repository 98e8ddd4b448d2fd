//! "Report this app": what somebody finds wrong with it, for whoever runs this installation.

use std::time::Duration;

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path, ServiceConfig, get, post, resource},
};
use askama::Template;

use crate::{
    app::App,
    clock::Moment,
    delivery::{Letterhead, messages::AppReported},
    language::Language,
    store::{
        self,
        activity::{self, Activity, Event},
        app_reports::{self, AppReport, AppReportId, Reason},
        attempts::{self, Counted, Limit},
        clients::{self, Client, ClientId},
        contacts::Channel,
        outbox::{self, Letter},
    },
    web::{
        app_card,
        error::{Kind, PageError},
        page::{self, Page},
        parts::{AppCard, Choice, Problems},
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

/// As many somebody may write.
const LIMIT: Limit = Limit { most: 10, within: Duration::from_hours(24) };

/// As long their words may be.
const MOST_CHARACTERS: usize = 1_000;

/// Mounts the page.
pub(super) fn routes(to: &mut ServiceConfig) {
    to.service(resource(urls::ACCOUNT_REPORT).route(get().to(show)).route(post().to(submit)));
}

#[derive(Template)]
#[template(path = "accounts/report.html")]
struct ReportPage<'a> {
    page: &'a Page,
    problems: Problems,
    /// The app, and its id in the address.
    app: AppCard,
    id: String,
    reasons: Vec<Choice>,
    details: &'a str,
    /// Whether it was sent.
    sent: bool,
}

/// Asks what is wrong.
///
/// # Errors
/// If nobody is signed in, or there is no such app.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    visitor.signed_in()?;
    let client = find(&app, &path).await?;
    render(&visitor.page, &client, (None, ""), Problems::none())
}

/// Writes it down, and tells whoever runs this installation.
///
/// # Errors
/// If the form is not from our page in this browser and session, nobody is signed in, there is no such
/// app, or there were too many today.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let (user_id, now) = (visitor.signed_in()?.user.id, app.clock.now());
    let client = find(&app, &path).await?;
    let details = form.get("details").unwrap_or_default().trim();
    let reason = form.get("reason").and_then(|reason| reason.parse::<Reason>().ok());
    let page = &visitor.page;
    let Some(known) = reason else {
        let problems = Problems::none().with("report-reason", &page.text("report-no-reason"));
        return render(page, &client, (None, details), problems);
    };
    if details.chars().count() > MOST_CHARACTERS {
        let problems = Problems::none().with("report-details", &page.text("report-too-long"));
        return render(page, &client, (reason, details), problems);
    }
    let report = AppReport {
        id: AppReportId::random(),
        client_id: client.id,
        user_id: Some(user_id),
        reason: known,
        details: details.to_owned(),
        reported_at: now,
    };
    let letter = letter(&app, &client, &report, now)?;
    let happened =
        Activity { client_id: Some(client.id), ..visitor.activity(Event::AppReported, now) };
    let limited = attempts::key("reports by", user_id.as_bytes());
    let counted = app.store.write(move |db| {
        let counted = attempts::count(db, &limited, LIMIT, now)?;
        if counted == Counted::Within {
            app_reports::add(db, &report)?;
            activity::add(db, &happened)?;
            letter.iter().try_for_each(|letter| outbox::add(db, letter))?;
        }
        Ok::<_, store::Error>(counted)
    });
    if let Counted::TooMany { until } = counted.await? {
        return Err(Kind::wait(until.since(now)).into());
    }
    let template =
        ReportPage { sent: true, ..template(page, &client, (None, ""), Problems::none()) };
    page::show_with(&template, StatusCode::OK, &app_card::policy(&template.app))
}

/// The app of this address; also one that is suspended.
async fn find(app: &App, path: &str) -> Result<Client, PageError> {
    let id = ClientId::parse(path).ok_or(Kind::NotFound)?;
    let found: Result<_, store::Error> = app.store.read(move |db| clients::find(db, id)).await;
    found?.filter(|client| client.deleted_at.is_none()).ok_or_else(|| Kind::NotFound.into())
}

fn render(
    page: &Page,
    client: &Client,
    typed: (Option<Reason>, &str),
    problems: Problems,
) -> Result<HttpResponse, PageError> {
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let template = template(page, client, typed, problems);
    page::show_with(&template, status, &app_card::policy(&template.app))
}

fn template<'a>(
    page: &'a Page,
    client: &Client,
    (chosen, details): (Option<Reason>, &'a str),
    problems: Problems,
) -> ReportPage<'a> {
    let reason = |reason: Reason| Choice {
        value: reason.as_str().to_owned(),
        text: page.text(&format!("report-{}", reason.as_str().replace('_', "-"))).to_string(),
        chosen: chosen == Some(reason),
    };
    ReportPage {
        page,
        problems,
        app: app_card::of(client),
        id: client.id.to_string(),
        reasons: Reason::ALL.map(reason).into(),
        details,
        sent: false,
    }
}

/// What whoever runs this installation is told, if they can be written to.
fn letter(
    app: &App,
    client: &Client,
    report: &AppReport,
    now: Moment,
) -> Result<Option<Letter>, PageError> {
    let Some(address) = &app.config.brand.support_email else { return Ok(None) };
    let message = AppReported {
        app: &client.name,
        client_id: &client.id.to_string(),
        reason: report.reason.as_str(),
        details: &report.details,
    };
    let message = message.write(&Letterhead::new(&app.config, Language::default()));
    let message = message.map_err(|error| PageError::internal(error.to_string()))?;
    Ok(Some(app.courier.letter(Channel::Email, &address.deliverable(), &message, now)))
}
