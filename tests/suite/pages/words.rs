//! Held against every sample: nothing breaks out, everything has a name.

use super::samples;

#[test]
fn nothing_in_the_text_breaks_out() {
    for sample in samples() {
        for broken in ["<script>alert", "<b x=", "</title></p>", "javascript:"] {
            assert!(!sample.html.contains(broken), "{}: {broken}", sample.name);
        }
    }
}

#[test]
fn no_page_carries_style_or_script_of_its_own() {
    for sample in samples() {
        for inline in [" style=", "<style", " onclick=", " onload=", "<script>"] {
            assert!(!sample.html.contains(inline), "{}: {inline}", sample.name);
        }
    }
}
