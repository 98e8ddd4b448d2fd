//! The brand as pages wear it: a name, a mark, and colours that stay readable.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};

use super::assets;
use super::colour::{BLACK, Colour, WHITE};
use crate::config;

/// Whose pages these are, read once at the start.
#[derive(Debug)]
pub struct Brand {
    /// The name on every page.
    pub name: String,
    /// Where people find help: a web or mail address.
    pub support: Option<String>,
    /// The operator's privacy notice.
    pub privacy: Option<String>,
    /// The operator's terms of use.
    pub terms: Option<String>,
    accent: Colour,
    mark: Served,
    stylesheet: Served,
}

/// A file of the brand's, under the name it is served by.
#[derive(Debug)]
struct Served {
    url: String,
    kind: &'static str,
    hash: u64,
    bytes: Bytes,
}

impl Served {
    fn new(name: &str, kind: &'static str, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let hash = assets::hash(&bytes);
        Self { url: assets::path(name, hash), kind, hash, bytes }
    }
}

/// What stands behind the accent in light pages, and in dark ones (`--surface` in `app.css`).
const SURFACES: [Colour; 2] = [WHITE, Colour::new(22, 32, 29)];
/// The page around the cards before the brand tints it (`--ground` in `app.css`).
const GROUNDS: [Colour; 2] = [Colour::new(242, 244, 243), Colour::new(13, 19, 17)];
/// The faintest text we write (`--ink-soft` in `app.css`).
const FAINT: [Colour; 2] = [Colour::new(77, 91, 86), Colour::new(160, 177, 171)];
/// The contrast that text keeps at least (WCAG 2.2, 1.4.3), with a little to spare.
const READABLE: f64 = 4.6;
/// Bright lines on dark ground need more of it to look as strong.
const ACCENTED: [f64; 2] = [READABLE, 6.5];

impl Brand {
    /// The brand of the settings, with the logo file read.
    pub fn load(settings: &config::Brand) -> io::Result<Self> {
        let mut brand = Self::plain(&settings.name, settings.accent.into());
        if let Some(file) = &settings.logo_file {
            brand.mark = logo(file)?;
        }
        let address = settings.support_email.as_ref().map(|address| format!("mailto:{address}"));
        brand.support = settings.support_url.as_ref().map(link).or(address);
        brand.privacy = settings.privacy_url.as_ref().map(link);
        brand.terms = settings.terms_url.as_ref().map(link);
        Ok(brand)
    }

    /// A brand with a letter for a logo and no links.
    #[must_use]
    pub fn plain(name: &str, accent: Colour) -> Self {
        let [light, dark] = [Shades::on(accent, 0), Shades::on(accent, 1)];
        let stylesheet = format!(
            ":root{{{}}}@media (prefers-color-scheme:dark){{:root{{{}}}}}",
            light.tokens(),
            dark.tokens()
        );
        Self {
            name: name.to_owned(),
            support: None,
            privacy: None,
            terms: None,
            accent,
            mark: Served::new("brand.svg", "image/svg+xml", light.mark(&initial(name))),
            stylesheet: Served::new("brand.css", "text/css; charset=utf-8", stylesheet),
        }
    }

    /// Where the brand's colours are served.
    #[must_use]
    pub fn stylesheet_url(&self) -> &str {
        &self.stylesheet.url
    }

    /// Where the brand's mark is served.
    #[must_use]
    pub fn mark_url(&self) -> &str {
        &self.mark.url
    }

    /// The accent as the operator picked it.
    #[must_use]
    pub fn accent(&self) -> Colour {
        self.accent
    }

    /// The brand's file at the path of `http`, if it is one.
    #[must_use]
    pub fn find(&self, http: &HttpRequest) -> Option<HttpResponse> {
        let file =
            [&self.mark, &self.stylesheet].into_iter().find(|file| file.url == http.path())?;
        Some(assets::answer(http, file.kind, file.hash, file.bytes.clone()))
    }
}

fn link(link: &config::Link) -> String {
    link.as_str().to_owned()
}

/// Reads the operator's logo.
fn logo(file: &Path) -> io::Result<Served> {
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let kind = match extension.to_ascii_lowercase().as_str() {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        _ => return Err(io::Error::other("a logo is an SVG, PNG or WebP file")),
    };
    Ok(Served::new(&format!("brand.{extension}"), kind, fs::read(file)?))
}

/// The first letter or digit of a name as a capital; a dot if there is none.
#[must_use]
pub fn initial(name: &str) -> String {
    let first = name.chars().find(|letter| letter.is_alphanumeric());
    first.map_or_else(|| "·".to_owned(), |letter| letter.to_uppercase().collect())
}

/// The accent and its kin, fit for one scheme.
struct Shades {
    accent: Colour,
    strong: Colour,
    on_accent: Colour,
    soft: Colour,
    line: Colour,
    ground: Colour,
}

impl Shades {
    /// `scheme` 0 is light, 1 is dark.
    fn on(accent: Colour, scheme: usize) -> Self {
        let surface = SURFACES[scheme];
        let soft = tinted(surface, accent, scheme);
        let ground = GROUNDS[scheme].mixed(accent, 0.04);
        let accent = accent
            .readable_on(surface, ACCENTED[scheme])
            .readable_on(soft, READABLE)
            .readable_on(ground, READABLE);
        let on_accent = WHITE.or_better(BLACK.mixed(accent, 0.12), accent);
        Self {
            accent,
            strong: accent.mixed(if scheme == 0 { BLACK } else { WHITE }, 0.2),
            on_accent,
            soft,
            line: surface.mixed(accent, 0.32),
            ground,
        }
    }

    /// A tile in the accent with the brand's first letter.
    fn mark(&self, initial: &str) -> String {
        let (accent, on_accent) = (self.accent, self.on_accent);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\">\
             <rect width=\"64\" height=\"64\" rx=\"18\" fill=\"{accent}\"/>\
             <path d=\"M11 48h42\" stroke=\"{on_accent}\" stroke-width=\"3\" \
             stroke-dasharray=\".1 6\" stroke-linecap=\"round\"/>\
             <text x=\"32\" y=\"39\" text-anchor=\"middle\" font-size=\"32\" font-weight=\"700\" \
             font-family=\"system-ui,Segoe UI,Roboto,Liberation Sans,Arial,sans-serif\" \
             fill=\"{on_accent}\">{initial}</text></svg>"
        )
    }

    fn tokens(&self) -> String {
        let named = [
            ("accent", self.accent),
            ("accent-strong", self.strong),
            ("on-accent", self.on_accent),
            ("accent-soft", self.soft),
            ("accent-line", self.line),
            ("ground", self.ground),
        ];
        named.iter().fold(String::new(), |mut css, (name, colour)| {
            let _ = write!(css, "--{name}:{colour};");
            css
        })
    }
}

/// `surface` with as much of the accent as leaves the faintest text readable.
fn tinted(surface: Colour, accent: Colour, scheme: usize) -> Colour {
    let most = if scheme == 0 { 9 } else { 20 };
    (0..=most)
        .rev()
        .map(|share| surface.mixed(accent, f64::from(share) / 100.0))
        .find(|soft| FAINT[scheme].contrast(*soft) >= READABLE)
        .unwrap_or(surface)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_the_accent_everything_can_be_read(red: u8, green: u8, blue: u8) {
            for scheme in 0..2 {
                let shades = Shades::on(Colour::new(red, green, blue), scheme);
                for ground in [SURFACES[scheme], shades.soft, shades.ground] {
                    prop_assert!(shades.accent.contrast(ground) >= 4.5);
                    prop_assert!(FAINT[scheme].contrast(ground) >= 4.5);
                }
                prop_assert!(shades.on_accent.contrast(shades.accent) >= 4.5);
                prop_assert!(shades.on_accent.contrast(shades.strong) >= 4.5);
            }
        }
    }

    #[test]
    fn the_brands_files_are_found_under_their_names() {
        let brand = Brand::load(&config::Brand::default()).unwrap();
        for url in [brand.stylesheet_url(), brand.mark_url()] {
            let request = TestRequest::with_uri(url).to_http_request();
            assert_eq!(brand.find(&request).unwrap().status(), 200, "{url}");
        }
        let other = TestRequest::with_uri("/assets/brand.0000000000000000.css");
        assert!(brand.find(&other.to_http_request()).is_none());
    }

    #[test]
    fn a_mark_holds_no_markup_of_the_name() {
        let brand = Brand::plain("<&\"'>", WHITE);
        let mark = String::from_utf8(brand.mark.bytes.to_vec()).unwrap();
        assert!(mark.contains(">·</text>"), "{mark}");
    }

    #[test]
    fn a_logo_is_a_picture() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("logo.html");
        fs::write(&file, "<script>").unwrap();
        let settings = config::Brand { logo_file: Some(file), ..config::Brand::default() };
        assert!(Brand::load(&settings).is_err());
    }
}
