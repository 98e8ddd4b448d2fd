//! A form that somebody sent: who they are, what they typed, and that the page was ours.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload};

use super::{
    error::PageError,
    form::{Form, Parameters},
    visitor::Visitor,
};

/// A form from a page of ours, in this browser and session: a handler that takes one needs no look at
/// where it came from.
pub struct Submission {
    /// Whoever sent it.
    pub visitor: Visitor,
    /// What they sent.
    pub form: Parameters,
}

impl FromRequest for Submission {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(http: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (http, form) = (http.clone(), Form::from_request(http, payload));
        Box::pin(async move {
            let visitor = Visitor::of(&http).await?;
            let Form(form) = form.await?;
            visitor.check_form(&http, &form)?;
            Ok(Self { visitor, form })
        })
    }
}
