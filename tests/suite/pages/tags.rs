//! Reads the tags of a page: enough to ask what stands where.

use std::collections::BTreeMap;

/// An opening tag.
#[derive(Debug)]
pub struct Tag {
    /// The element's name.
    pub name: String,
    /// Its attributes as they are written.
    pub attributes: BTreeMap<String, String>,
}

impl Tag {
    /// The value of an attribute.
    pub fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }
}

/// Every opening tag in order. The pages quote every value and escape every `<`.
pub fn read(html: &str) -> Vec<Tag> {
    html.split('<').skip(1).filter(|rest| rest.starts_with(char::is_alphabetic)).map(tag).collect()
}

fn tag(text: &str) -> Tag {
    let name = text.split(|letter: char| letter.is_whitespace() || letter == '>').next();
    let name = name.unwrap_or_default().to_owned();
    let mut attributes = BTreeMap::new();
    let mut rest = &text[name.len()..];
    loop {
        rest = rest.trim_start();
        let end = rest.find(|letter: char| letter.is_whitespace() || "=>".contains(letter));
        let (key, after) = rest.split_at(end.unwrap_or(rest.len()));
        if key.is_empty() || key == "/" {
            return Tag { name, attributes };
        }
        let Some(quoted) = after.strip_prefix("=\"") else {
            attributes.insert(key.to_owned(), String::new());
            rest = after;
            continue;
        };
        let (value, after) = quoted.split_once('"').expect("a value ends");
        attributes.insert(key.to_owned(), value.to_owned());
        rest = after;
    }
}
