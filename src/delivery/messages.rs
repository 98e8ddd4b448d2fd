//! Every message we send, typed: a folder of templates each.

use askama::Template;

use super::Message;

/// The code that proves an address before an account is made.
pub struct SignUpCode<'a> {
    /// Whose service this is.
    pub brand: &'a str,
    /// The host the code may be typed on.
    pub host: &'a str,
    /// The name the person gave.
    pub name: &'a str,
    /// The code.
    pub code: &'a str,
    /// How long it is good.
    pub minutes: u64,
}

#[derive(Template)]
#[template(path = "messages/sign_up_code/subject.txt")]
struct SignUpCodeSubject<'a> {
    brand: &'a str,
    code: &'a str,
}

#[derive(Template)]
#[template(path = "messages/sign_up_code/body.txt")]
struct SignUpCodeBody<'a> {
    brand: &'a str,
    host: &'a str,
    name: &'a str,
    code: &'a str,
    minutes: u64,
}

impl SignUpCode<'_> {
    /// The words of it.
    ///
    /// # Errors
    /// If a template cannot be rendered.
    pub fn write(&self) -> askama::Result<Message> {
        let &Self { brand, host, name, code, minutes } = self;
        Ok(Message {
            subject: SignUpCodeSubject { brand, code }.render()?,
            text: SignUpCodeBody { brand, host, name, code, minutes }.render()?,
            code: Some(code.to_owned()),
            link: None,
        })
    }
}

/// What the owner of an address hears when somebody tries to make an account with it.
pub struct SignUpRepeated<'a> {
    /// Whose service this is.
    pub brand: &'a str,
    /// Where to sign in.
    pub link: &'a str,
}

#[derive(Template)]
#[template(path = "messages/sign_up_repeated/subject.txt")]
struct SignUpRepeatedSubject<'a> {
    brand: &'a str,
}

#[derive(Template)]
#[template(path = "messages/sign_up_repeated/body.txt")]
struct SignUpRepeatedBody<'a> {
    brand: &'a str,
    link: &'a str,
}

impl SignUpRepeated<'_> {
    /// The words of it.
    ///
    /// # Errors
    /// If a template cannot be rendered.
    pub fn write(&self) -> askama::Result<Message> {
        let &Self { brand, link } = self;
        Ok(Message {
            subject: SignUpRepeatedSubject { brand }.render()?,
            text: SignUpRepeatedBody { brand, link }.render()?,
            code: None,
            link: Some(link.to_owned()),
        })
    }
}
