//! Small questions about running text: how many words, does a sentence end here, which sentence is the last.
//! Text analysis for searching is not here.

/// How many words a text has: runs without white space that hold a letter or a digit.
pub(super) fn count(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count()
}

/// The last character that is no closing quote, bracket or white space.
pub(super) fn last_char(text: &str) -> Option<char> {
    text.chars()
        .rev()
        .find(|c| !c.is_whitespace() && !matches!(c, '»' | '"' | '”' | '’' | ')' | ']' | '*' | '_'))
}

/// Whether a sentence, or a member of an enumeration, ends where the text ends.
pub(super) fn is_finished(text: &str) -> bool {
    last_char(text).is_none_or(|c| matches!(c, '.' | '!' | '?' | ':' | ';' | '…'))
}

/// Whether the text announces what comes next.
pub(super) fn announces(text: &str) -> bool {
    text.trim_end().ends_with(':')
}

/// Whether the first letter is a small one.
pub(super) fn starts_small(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase)
}

/// Whether the first letter is a capital, or there is none.
pub(super) fn starts_big(text: &str) -> bool {
    text.chars()
        .find(|c| c.is_alphanumeric())
        .is_none_or(|c| !c.is_lowercase())
}

/// Whether all letters are capitals, and there are at least three.
pub(super) fn is_capitals(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    letters().count() >= 3 && !letters().any(char::is_lowercase)
}

/// Whether a text of at most `limit` words reads as a title: no sentence's end, a capital or a digit first.
pub(super) fn is_title(text: &str, limit: usize) -> bool {
    let text = text.trim();
    let words = count(text);
    let first = text.chars().find(|c| c.is_alphanumeric());
    (1..=limit).contains(&words)
        && first.is_some_and(|c| !c.is_lowercase() || words <= 6)
        && !matches!(text.chars().last(), Some('.' | ';' | ',' | '…'))
        && !text.contains(". ")
}

/// The last sentence of a text.
pub(super) fn last_sentence(text: &str) -> &str {
    let text = text.trim();
    let mut from = 0;
    let mut ending: Option<usize> = None;
    for (at, c) in text.char_indices() {
        if matches!(c, '.' | '!' | '?' | '…' | '\n') {
            ending = Some(at);
        } else if c.is_whitespace() || matches!(c, '»' | ')' | '"') {
            // Still between two sentences, perhaps.
        } else if let Some(end) = ending.take()
            && (c.is_uppercase() || c == '«' || c == '-' || c.is_ascii_digit())
            && !is_abbreviation(&text[from..end])
            && text[end..at].contains(char::is_whitespace)
        {
            from = at;
        }
    }
    &text[from..]
}

/// Whether the text stops at an abbreviation (`art`, `M`, `L`, `n`), so that the dot after it ends no sentence.
fn is_abbreviation(text: &str) -> bool {
    let word = text
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    word.chars().count() == 1 && !word.contains(|c: char| c.is_ascii_digit())
        || matches!(word, "art" | "Art" | "al" | "cf" | "etc" | "Co")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_or_a_row_of_dots_is_no_word() {
        assert_eq!(count("Nom – prénom : ........"), 2);
    }

    #[test]
    fn the_last_sentence_begins_after_the_last_full_stop() {
        assert_eq!(
            last_sentence("Un mot. Vous pouvez payer :"),
            "Vous pouvez payer :"
        );
        assert_eq!(
            last_sentence("Selon l'art. L. 221-18 du Code :"),
            "Selon l'art. L. 221-18 du Code :"
        );
        assert_eq!(last_sentence(""), "");
    }

    #[test]
    fn a_title_does_not_end_like_a_sentence() {
        assert!(is_title("Droit de rétractation", 8));
        assert!(!is_title("Vous disposez de quatorze jours.", 8));
        assert!(!is_title("de la réception du colis par le client final", 8));
    }
}
