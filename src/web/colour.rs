//! Colours that stay readable, whatever an operator picks (WCAG 2.2, 1.4.3 and 1.4.11).

use std::fmt;

use crate::config;

/// A colour of the sRGB space, as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// The lightest.
pub const WHITE: Colour = Colour([255; 3]);
/// The darkest.
pub const BLACK: Colour = Colour([0; 3]);

impl Colour {
    /// A colour by its parts.
    #[must_use]
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue])
    }

    /// This colour with a `share` (0 to 1) of it replaced by `other`.
    #[must_use]
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let part = |at: usize| {
            let (own, new) = (f64::from(self.0[at]), f64::from(other.0[at]));
            byte(own + (new - own) * share)
        };
        Self([part(0), part(1), part(2)])
    }

    /// How far apart two colours are to the eye: 1 (alike) to 21 (WCAG 2.2, "contrast ratio").
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        if one > two { one / two } else { two / one }
    }

    /// The nearest colour of the same hue, darker or lighter, that has at least the contrast `ratio`
    /// on `ground`.
    #[must_use]
    pub fn readable_on(self, ground: Self, ratio: f64) -> Self {
        let end = WHITE.or_better(BLACK, ground);
        (0..=100)
            .map(|step| self.moved(end, f64::from(step) / 100.0))
            .find(|colour| colour.contrast(ground) >= ratio)
            .unwrap_or(end)
    }

    /// A `share` (0 to 1) of the way to black, or to white by way of this hue at its brightest: so
    /// that a colour made lighter does not turn grey.
    fn moved(self, end: Self, share: f64) -> Self {
        let strongest = f64::from(self.0.into_iter().max().unwrap_or(0)).max(1.0);
        let bright = Self(self.0.map(|part| byte(f64::from(part) * 255.0 / strongest)));
        let bright = bright.mixed(WHITE, 0.2); // a lamp, not neon
        match (end == BLACK, share < 0.5) {
            (true, _) => self.mixed(BLACK, share),
            (false, true) => self.mixed(bright, share * 2.0),
            (false, false) => bright.mixed(WHITE, share * 2.0 - 1.0),
        }
    }

    /// This colour, or `other` if that stands out more from `ground`.
    #[must_use]
    pub fn or_better(self, other: Self, ground: Self) -> Self {
        if other.contrast(ground) > self.contrast(ground) { other } else { self }
    }

    /// WCAG 2.2, "relative luminance".
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
fn byte(part: f64) -> u8 {
    part.round().clamp(0.0, 255.0) as u8
}

impl From<config::Colour> for Colour {
    fn from(colour: config::Colour) -> Self {
        Self([colour.red, colour.green, colour.blue])
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(out, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_is_twenty_one_to_one() {
        assert!((WHITE.contrast(BLACK) - 21.0).abs() < 1e-9);
        // #767676 is the lightest grey that passes on white.
        assert!(Colour::new(0x76, 0x76, 0x76).contrast(WHITE) >= 4.5);
        assert!(Colour::new(0x77, 0x77, 0x77).contrast(WHITE) < 4.5);
    }

    #[test]
    fn a_readable_colour_is_left_alone() {
        let pine = Colour::new(13, 92, 77);
        assert_eq!(pine.readable_on(WHITE, 4.5), pine);
    }
}
