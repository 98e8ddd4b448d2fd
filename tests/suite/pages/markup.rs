//! Held against every sample: nothing breaks out, everything has a name, everything can be found.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::sample::Sample;
use super::samples;
use super::tags::{self, Tag};

/// Element ids that programs drive (interface.md), and the page each stands on.
const FIXED: &[(&str, &[&str])] = &[
    ("accounts/sign_in", &["sign-in-identifier", "sign-in-password", "sign-in-submit"]),
    ("accounts/second_factor", &["second-factor-code", "second-factor-submit"]),
    ("accounts/sign_out", &["sign-out-confirm"]),
    ("accounts/signed_out", &["signed-out"]),
    ("oauth/consent", &["consent-allow", "consent-deny"]),
    ("oauth/device", &["device-user-code", "device-submit"]),
    ("oauth/device_confirm", &["device-allow", "device-deny"]),
    ("oauth/error", &["error-title"]),
    ("oauth/logout", &["sign-out-confirm"]),
];

fn each(check: impl Fn(&Sample, &[Tag])) {
    for sample in samples() {
        check(&sample, &tags::read(&sample.html));
    }
}

/// The values of `attribute`, word by word.
fn words<'a>(tags: &'a [Tag], attribute: &'a str) -> impl Iterator<Item = &'a str> {
    tags.iter().filter_map(move |tag| tag.get(attribute)).flat_map(str::split_whitespace)
}

#[test]
fn nothing_in_the_text_breaks_out() {
    for sample in samples() {
        for broken in ["<script>", "<b x=", "</title></p>", "href=\"javascript:"] {
            assert!(!sample.html.contains(broken), "{}: {broken}", sample.name);
        }
    }
}

#[test]
fn no_page_carries_style_or_script_of_its_own() {
    each(|sample, tags| {
        for tag in tags {
            let inline = tag.name == "style" || (tag.name == "script" && tag.get("src").is_none());
            assert!(!inline, "{}: {tag:?}", sample.name);
            let handlers = tag.attributes.keys().any(|key| key == "style" || key.starts_with("on"));
            assert!(!handlers, "{}: {tag:?}", sample.name);
        }
    });
}

#[test]
fn every_field_has_a_label() {
    each(|sample, tags| {
        let labelled: BTreeSet<_> = words(tags, "for").collect();
        for tag in tags.iter().filter(|tag| tag.name == "input") {
            let silent = tag.get("type") == Some("hidden");
            let named = tag.get("id").is_some_and(|id| labelled.contains(id));
            assert!(silent || named, "{}: {tag:?}", sample.name);
        }
    });
}

#[test]
fn every_id_is_there_once_and_what_points_to_one_finds_it() {
    each(|sample, tags| {
        let mut ids = BTreeSet::new();
        for id in words(tags, "id") {
            assert!(ids.insert(id), "{}: {id} twice", sample.name);
        }
        let pointers =
            ["for", "aria-labelledby", "aria-describedby", "popovertarget", "data-copies"];
        for pointer in pointers.iter().flat_map(|attribute| words(tags, attribute)) {
            assert!(ids.contains(pointer), "{}: nothing is called {pointer}", sample.name);
        }
        for target in words(tags, "href").filter_map(|href| href.strip_prefix('#')) {
            assert!(ids.contains(target), "{}: #{target} leads nowhere", sample.name);
        }
    });
}

#[test]
fn every_page_has_a_language_one_heading_and_one_main_part() {
    each(|sample, tags| {
        let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
        assert_eq!(count("h1"), 1, "{}", sample.name);
        assert_eq!(count("main"), 1, "{}", sample.name);
        assert_eq!(tags[0].get("lang").or(tags[1].get("lang")), Some("en"), "{}", sample.name);
    });
}

#[test]
fn every_page_has_a_title_of_its_own() {
    let mut titles = BTreeMap::new();
    for sample in samples().iter().filter(|sample| sample.name.ends_with(" full")) {
        let (_, rest) = sample.html.split_once("<title>").expect("there is a title");
        let (title, _) = rest.split_once("</title>").expect("it ends");
        assert!(title.split('–').next().is_some_and(|own| !own.trim().is_empty()), "{title}");
        let other = titles.insert(title.to_owned(), sample.name.clone());
        assert!(other.is_none(), "{title}: {} and {other:?}", sample.name);
    }
}

#[test]
fn every_form_that_changes_something_sends_back_its_token() {
    for sample in samples().iter().filter(|sample| !sample.name.starts_with("oauth/form_post")) {
        let asking = sample.html.matches("<form method=\"get\"").count();
        let forms = sample.html.matches("<form").count() - asking;
        let tokens = sample.html.matches("name=\"csrf\"").count();
        assert_eq!(forms, tokens, "{}", sample.name);
    }
}

#[test]
fn every_drawing_and_file_exists() {
    let icons = include_str!("../../../templates/assets/icons.svg");
    each(|sample, tags| {
        for href in words(tags, "href").chain(words(tags, "src")) {
            assert!(!href.contains(".0000000000000000."), "{}: {href}", sample.name);
        }
        for tag in tags.iter().filter(|tag| tag.name == "use") {
            let name = tag.get("href").and_then(|href| href.split_once('#')).expect("a drawing").1;
            assert!(icons.contains(&format!("id=\"{name}\"")), "{}: {name}", sample.name);
        }
    });
}

#[test]
fn what_programs_look_for_is_there() {
    for (page, ids) in FIXED {
        for weight in ["empty", "full", "hostile"] {
            let name = format!("{page} {weight}");
            let sample = samples().into_iter().find(|sample| sample.name == name).expect(&name);
            for id in *ids {
                assert!(sample.html.contains(&format!("id=\"{id}\"")), "{name}: {id}");
            }
        }
    }
}

#[test]
fn no_page_is_without_a_sample() {
    let samples = samples();
    for room in ["accounts", "oauth"] {
        let folder = format!("{}/templates/{room}", env!("CARGO_MANIFEST_DIR"));
        for file in fs::read_dir(folder).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            let page = format!("{room}/{} full", name.trim_end_matches(".html"));
            assert!(samples.iter().any(|sample| sample.name == page), "{page}");
        }
    }
}
