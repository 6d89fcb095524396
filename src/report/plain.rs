//! Plain text: lines, headings, paragraphs, and what strangers typed made harmless.

use std::fmt::Write as _;

/// Where running text is broken.
const LINE_CHARS: usize = 96;

pub(crate) fn heading(out: &mut String, text: &str) {
    out.push('\n');
    line(out, text);
}

pub(crate) fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// Breaks `text` between words; every line begins with `indent`, and all but the first with more.
pub(crate) fn wrapped(out: &mut String, indent: &str, text: &str) {
    let hanging = if indent.is_empty() { "" } else { "    " };
    let mut current = indent.to_owned();
    let mut empty = true;
    for word in text.split(' ') {
        if !empty && current.chars().count() + 1 + word.chars().count() > LINE_CHARS {
            line(out, &current);
            current = format!("{indent}{hanging}");
            empty = true;
        }
        if !empty {
            current.push(' ');
        }
        current.push_str(word);
        empty = false;
    }
    line(out, &current);
}

/// Anybody can post events: what would move the cursor, colour the terminal or turn the
/// direction of writing is shown as its code instead.
pub(crate) fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        {
            // Writing to a string can't fail.
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_cannot_give_orders_to_the_terminal() {
        assert_eq!(
            printable("colis\u{1b}[2J\r\n"),
            "colis<U+001B>[2J<U+000D><U+000A>"
        );
        assert_eq!(printable("\u{202e}silоc"), "<U+202E>silоc");
        assert_eq!(printable("où est l’été ?"), "où est l’été ?");
    }

    #[test]
    fn running_text_is_broken_between_words_and_hangs() {
        let mut out = String::new();
        wrapped(&mut out, "  ", &"mot ".repeat(60));
        assert!(out.lines().count() > 2);
        assert!(out.lines().all(|line| line.chars().count() <= LINE_CHARS));
        assert!(
            out.lines()
                .skip(1)
                .all(|line| line.starts_with("      mot") || line.trim().is_empty())
        );
    }
}
