//! The passwords that are tried first, as a sorted list in the binary.
//!
//! The list was put together from what every published count of leaked passwords has at its top (first
//! names, teams, brands, seasons, oaths of love, in several languages), the endings people give them,
//! and walks over three keyboards. All of at least eight characters, lower case, one to a line, sorted
//! by bytes: shorter ones are refused for their length, and the rest is left to the estimate.

const LIST: &str = include_str!("common_passwords.txt");

/// Whether a password, in lower case, is on the list.
pub(super) fn holds(lower: &str) -> bool {
    if lower.contains('\n') {
        return false;
    }
    let mut rest = LIST;
    while !rest.is_empty() {
        let middle = rest.floor_char_boundary(rest.len() / 2);
        let start = rest[..middle].rfind('\n').map_or(0, |end| end + 1);
        let end = rest[start..].find('\n').map_or(rest.len(), |length| start + length);
        match lower.cmp(&rest[start..end]) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => rest = &rest[..start],
            std::cmp::Ordering::Greater => rest = rest.get(end + 1..).unwrap_or_default(),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_in_lower_case_and_long_enough_to_matter() {
        let lines: Vec<&str> = LIST.lines().collect();
        assert!(lines.len() > 5_000);
        assert!(lines.is_sorted_by(|a, b| a < b));
        assert!(lines.iter().all(|line| line.len() >= 8 && line.to_lowercase() == **line));
    }

    #[test]
    fn every_line_is_found_and_its_neighbours_are_not() {
        for line in LIST.lines() {
            assert!(holds(line), "{line}");
            assert!(!holds(&format!("{line}\u{0}")), "{line}");
        }
        assert!(!holds("") && !holds("a") && !holds("zzzzzzzzzzzzzzzzzzzzzzz") && !holds("\n"));
        assert!(!holds("12345678\n123456789"));
    }
}
