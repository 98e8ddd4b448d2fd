//! Reads the paths a Rust file mentions, well enough to keep rooms apart.

use std::iter::Peekable;

/// Every path in a file, with `{…}` groups multiplied out: `a::{b, c::d}` is `a::b` and `a::c::d`.
pub struct Paths(Vec<Vec<String>>);

impl Paths {
    pub fn read(text: &str) -> Self {
        let code = without_comments_and_strings(text);
        let mut tokens = Tokens { rest: &code }.peekable();
        let mut paths = Vec::new();
        while let Some(token) = tokens.next() {
            if let Token::Word(word) = token {
                follow(vec![word], &mut tokens, &mut paths);
            }
        }
        Self(paths)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Vec<String>> {
        self.0.iter()
    }

    /// Do these segments stand in some path, one after the other?
    pub fn mention(&self, segments: &[&str]) -> bool {
        self.0.iter().any(|path| path.windows(segments.len()).any(|window| window == segments))
    }
}

enum Token {
    Word(String),
    Colons,
    Open,
    Close,
    Other,
}

struct Tokens<'a> {
    rest: &'a str,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.rest = self.rest.trim_start();
        let first = self.rest.chars().next()?;
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let (token, length) = match first {
            c if word(c) => {
                let length = self.rest.find(|c| !word(c)).unwrap_or(self.rest.len());
                (Token::Word(self.rest[..length].to_owned()), length)
            }
            ':' if self.rest.starts_with("::") => (Token::Colons, 2),
            '{' => (Token::Open, 1),
            '}' => (Token::Close, 1),
            c => (Token::Other, c.len_utf8()),
        };
        self.rest = &self.rest[length..];
        Some(token)
    }
}

/// Goes on from `so_far` as long as `::` follows; a group branches.
fn follow(mut so_far: Vec<String>, tokens: &mut Peekable<Tokens>, paths: &mut Vec<Vec<String>>) {
    while tokens.next_if(|token| matches!(token, Token::Colons)).is_some() {
        match tokens.peek() {
            Some(Token::Word(_)) => {
                if let Some(Token::Word(word)) = tokens.next() {
                    so_far.push(word);
                }
            }
            Some(Token::Open) => {
                tokens.next();
                return branch(&so_far, tokens, paths);
            }
            _ => break,
        }
    }
    paths.push(so_far);
}

fn branch(trunk: &[String], tokens: &mut Peekable<Tokens>, paths: &mut Vec<Vec<String>>) {
    while let Some(token) = tokens.next() {
        match token {
            Token::Word(word) => {
                follow([trunk, &[word]].concat(), tokens, paths);
            }
            Token::Close => return,
            _ => {}
        }
    }
}

/// What a compiler would still see of a text: strings become empty, comments vanish.
fn without_comments_and_strings(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skip = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            'r' if rest.starts_with("r\"") || rest.starts_with("r#\"") => raw_string(rest),
            '"' => string(rest),
            '\'' if rest.starts_with("'\"'") => 3,
            '\'' if rest.starts_with("'\\") => 2 + rest[2..].find('\'').map_or(0, |end| end + 1),
            _ => 0,
        };
        if skip == 0 {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            code.push(' ');
            rest = &rest[skip..];
        }
    }
    code
}

fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn raw_string(rest: &str) -> usize {
    let end = if rest.starts_with("r#") { "\"#" } else { "\"" };
    let begin = 1 + end.len();
    rest[begin..].find(end).map_or(rest.len(), |at| begin + at + end.len())
}

#[test]
fn groups_are_multiplied_out_and_prose_is_not_code() {
    let paths = Paths::read(
        "// crate::comment\nuse crate::{store::{self, users}, web::Form};\nlet s = \"crate::text\";\n\
         let c = '\"'; crate::id!(X); vec![crate::clock::now()]; r#\"crate::\"raw\"#;",
    );
    let seen: Vec<_> =
        paths.iter().filter(|path| path[0] == "crate").map(|path| path[1..].join("::")).collect();
    assert_eq!(seen, ["store::self", "store::users", "web::Form", "id", "clock::now"]);
    assert!(paths.mention(&["store", "users"]) && !paths.mention(&["comment"]));
}
