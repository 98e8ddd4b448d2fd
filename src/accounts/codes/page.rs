//! The page that asks for a code: one for every journey.

use std::time::Duration;

use actix_web::{HttpResponse, http::StatusCode, http::header};
use askama::Template;

use super::{Missed, wait};
use crate::{
    app::App,
    identity::email_address::EmailAddress,
    store::challenges::Challenge,
    web::{
        content_policy::ContentPolicy,
        error::{Kind, PageError},
        form::Parameters,
        page::{self, Page},
        parts::{CodeJourney, Problems, SentCode},
        visitor::Visitor,
    },
};

#[derive(Template)]
#[template(path = "accounts/code.html")]
struct CodePage<'a> {
    page: &'a Page,
    problems: Problems,
    journey: &'a CodeJourney,
    sent: SentCode,
}

/// Asks for the code of this challenge. `named` says which flow the page is a step of.
pub(in crate::accounts) struct Ask<'a> {
    pub app: &'a App,
    pub visitor: &'a Visitor,
    pub journey: &'static CodeJourney,
    pub named: &'a Parameters,
    pub challenge: &'a Challenge,
}

impl Ask<'_> {
    /// For the first time.
    pub fn show(&self) -> Result<HttpResponse, PageError> {
        self.render(Problems::none(), StatusCode::OK)
    }

    /// Again: the guess was not right.
    pub fn missed(&self, missed: &Missed) -> Result<HttpResponse, PageError> {
        let page = &self.visitor.page;
        let text = match missed {
            Missed::Wrong { left } => page.text_with("code-wrong", "left", *left),
            Missed::Gone => page.text("code-gone"),
        };
        let problems = Problems::none().with(self.journey.field, &text);
        self.render(problems, StatusCode::BAD_REQUEST)
    }

    /// Again: it is too soon for another code.
    pub fn too_soon(&self, left: Duration) -> Result<HttpResponse, PageError> {
        let text = self.visitor.page.text_with("code-wait", "seconds", left.as_secs().max(1));
        let problems = Problems::none().with(self.journey.field, &text);
        let mut answer = self.render(problems, StatusCode::TOO_MANY_REQUESTS)?;
        let seconds = Kind::wait(left).retry_after().unwrap_or(1);
        answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        Ok(answer)
    }

    fn render(&self, problems: Problems, status: StatusCode) -> Result<HttpResponse, PageError> {
        let mut page = self.visitor.page.clone();
        page.flow = self.named.get("flow").map(str::to_owned);
        let address = self.challenge.address.clone();
        let mail = address.parse::<EmailAddress>().ok();
        let sent = SentCode {
            challenge: self.challenge.id.to_string(),
            suggestion: mail.and_then(|mail| mail.suggestion()),
            address,
            wait: wait(self.app, self.challenge).as_secs(),
        };
        let template = CodePage { page: &page, problems, journey: self.journey, sent };
        page::show_with(&template, status, &ContentPolicy::default())
    }
}
