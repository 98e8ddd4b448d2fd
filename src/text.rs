//! What may stand in a line that people read.

/// Whether every character can be seen where it stands: no line breaks, no controls, nothing that
/// turns the direction of reading around, so that a name cannot pretend to be another.
///
/// Joiners stay allowed: Persian names and family emoji need them.
#[must_use]
pub fn is_one_line(text: &str) -> bool {
    !text.chars().any(is_unseen)
}

/// As much of a text as fits into so many characters of one line, without what cannot be seen.
#[must_use]
pub fn one_line(text: &str, most: usize) -> String {
    text.chars().filter(|character| !is_unseen(*character)).take(most).collect()
}

/// An address or a number as far as it may be shown to somebody who may not know it: its owner
/// recognises it, nobody else learns it.
#[must_use]
pub fn masked(address: &str) -> String {
    if let Some((local, domain)) = address.rsplit_once('@') {
        return format!("{}…@{domain}", local.chars().take(1).collect::<String>());
    }
    let kept = address.chars().count().saturating_sub(2);
    format!("…{}", address.chars().skip(kept).collect::<String>())
}

fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{AD}' // soft hyphen
            | '\u{61C}' | '\u{200E}' | '\u{200F}' // direction marks
            | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' // without width
            | '\u{2028}' | '\u{2029}' // line and paragraph separators
            | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' // direction overrides and isolates
            | '\u{206A}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}' // deprecated and interlinear
            | '\u{E0000}'..='\u{E007F}' // tags
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_world_are_lines() {
        for good in ["Ada Lovelace", "محمد‌رضا", "李小龍", "O’Neil-Łęcka", "👨‍👩‍👧", ""]
        {
            assert!(is_one_line(good), "{good:?}");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_no_part_of_a_line() {
        for wrong in [
            "a\nb",
            "a\u{0}",
            "a\u{85}b",
            "\u{202E}gnp.exe",
            "a\u{200B}b",
            "\u{2066}x",
            "a\u{2028}b",
            "\u{E0041}",
        ] {
            assert!(!is_one_line(wrong), "{wrong:?}");
        }
    }

    #[test]
    fn a_masked_address_is_known_to_its_owner_only() {
        for (address, masked_as) in [
            ("ada.lovelace@example.org", "a…@example.org"),
            ("@", "…@"),
            ("+44 7700 900142", "…42"),
            ("7", "…7"),
        ] {
            assert_eq!(masked(address), masked_as);
        }
    }

    #[test]
    fn a_line_is_made_of_what_can_be_seen() {
        assert_eq!(one_line("a\n\u{202E}b\0c", 2), "ab");
        assert_eq!(one_line("éé", 9), "éé");
    }
}
