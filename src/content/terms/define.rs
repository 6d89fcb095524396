//! Finds the terms that clauses define: words in quotation marks that the text introduces as a
//! name (`ci-après « le Client »`, `on entend par « Produit »`, `« Site » désigne …`).

use super::Clause;
use std::ops::Range;

/// What stands before a term's quotation mark, within [`REACH`] characters of the same sentence.
const BEFORE: [&str; 10] = [
    "ci-après",
    "ci après",
    "ci-dessous désigné",
    "dénommé",
    "entend par",
    "entendu par",
    "désigné par",
    "hereinafter",
    "hereafter",
    "referred to as",
];
/// What stands right behind it, where it begins a line or a sentence.
const BEHIND: [&str; 7] = [
    "désigne",
    "signifie",
    "s’entend",
    "s'entend",
    "means",
    ":",
    "\u{a0}:",
];
const MARKS: [(char, char); 3] = [('«', '»'), ('“', '”'), ('"', '"')];
const REACH: usize = 48;
/// Longer quotations are sentences, not names.
const MOST_CHARS: usize = 60;

/// Fills in the terms that each clause defines.
pub(super) fn link(clauses: &mut [Clause]) {
    for clause in clauses {
        clause.defines = defined(&clause.text);
    }
}

fn defined(text: &str) -> Vec<String> {
    let mut terms: Vec<String> = Vec::new();
    for quoted in quotations(text) {
        let term = text[quoted.clone()].trim_matches(|c: char| {
            c.is_whitespace() || MARKS.iter().any(|(a, b)| c == *a || c == *b)
        });
        let is_name = !term.is_empty() && term.chars().count() <= MOST_CHARS;
        if is_name && is_defined(text, &quoted) && !terms.iter().any(|own| own == term) {
            terms.push(term.to_owned());
        }
    }
    terms
}

/// Ranges of quotations, their marks included; none goes over the end of a line.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match open {
            Some((from, close)) if c == close => {
                found.push(from..at + c.len_utf8());
                open = None;
            }
            Some(_) if c == '\n' => open = None,
            Some(_) => {}
            None => {
                let mark = MARKS.iter().find(|(begin, _)| *begin == c);
                open = mark.map(|(_, close)| (at, *close));
            }
        }
    }
    found
}

fn is_defined(text: &str, quoted: &Range<usize>) -> bool {
    let sentence = text[..quoted.start]
        .rfind(['\n', '.', ';'])
        .map_or(0, |at| at + 1);
    let before = text[sentence..quoted.start].to_lowercase();
    let reach = before
        .char_indices()
        .rev()
        .nth(REACH)
        .map_or(0, |(at, _)| at);
    let near = &before[reach..];
    if BEFORE.iter().any(|cue| near.contains(cue)) {
        return true;
    }
    let begins = before
        .trim_matches([' ', '-', '•', '–', '\u{a0}'])
        .is_empty();
    let behind = text[quoted.end..].trim_start_matches(' ');
    begins && BEHIND.iter().any(|cue| behind.starts_with(cue))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(defined(text), expected, "{text}");
    }

    #[test]
    fn names_that_the_text_introduces_are_found() {
        check(
            "La société Cap (ci-après « Cap » ou « le Vendeur ») vend.",
            &["Cap", "le Vendeur"],
        );
        check("On entend par « Produit » toute marchandise.", &["Produit"]);
        check("- « Site » : la boutique en ligne.", &["Site"]);
        check("“Goods” means what you order.", &["Goods"]);
    }

    #[test]
    fn other_quotations_are_no_definitions() {
        check("Cliquez sur « Renoncer au contrat ici ».", &[]);
        check(
            "Elle est ci-après décrite. La case « Je refuse » reste vide.",
            &[],
        );
        check("Une marque ouverte « sans fin", &[]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[a-zé«»“”\"\n .;:-]{0,120}") {
            for term in defined(&text) {
                prop_assert!(text.contains(&term));
            }
        }
    }
}
