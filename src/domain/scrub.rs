//! Takes personal data out of free text before it leaves the browser: e-mail addresses
//! and every run of digits long enough to be a telephone, order, claim, card or account number.

/// What an e-mail address becomes.
const EMAIL: &str = "[e-mail]";
/// What a long number becomes.
const NUMBER: &str = "[numéro]";
/// Numbers with at least this many digits are taken out; a year, a price, a delay or a
/// size has fewer, a postcode is the shortest that has not.
const MIN_DIGITS: usize = 5;

/// The text without e-mail addresses and long numbers, cut to `max_chars` characters.
///
/// A word with an `@` inside is an e-mail address. Digits that are joined by single spaces,
/// dots, dashes or slashes (`06 12 34 56 78`, `CS-2026-04817`) are one number, and the
/// letters attached to it (`FR76…`) go with it.
pub fn scrub(text: &str, max_chars: usize) -> String {
    let without_emails = text
        .split(' ')
        .map(|word| if is_email(word) { EMAIL } else { word })
        .collect::<Vec<_>>()
        .join(" ");
    scrub_numbers(&without_emails)
        .chars()
        .take(max_chars)
        .collect()
}

fn is_email(word: &str) -> bool {
    word.char_indices()
        .any(|(at, c)| matches!(c, '@' | '＠') && at > 0 && at + c.len_utf8() < word.len())
}

fn scrub_numbers(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let starts_word = at == 0 || !chars[at - 1].is_alphanumeric();
        let end = if starts_word {
            number_end(&chars, at)
        } else {
            at
        };
        let digits = chars[at..end].iter().filter(|c| c.is_numeric()).count();
        if digits >= MIN_DIGITS {
            out.push_str(NUMBER);
            at = end;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

/// Where the number beginning at `start` ends: alphanumeric groups that each hold a digit,
/// but for the first which may be letters attached by a dash, joined by one separator.
fn number_end(chars: &[char], start: usize) -> usize {
    let mut end = start;
    let mut first = true;
    loop {
        let from = if first { end } else { end + 1 };
        let group = chars[from.min(chars.len())..]
            .iter()
            .take_while(|c| c.is_alphanumeric())
            .count();
        let until = from + group;
        let has_digit = chars[from.min(chars.len())..until.min(chars.len())]
            .iter()
            .any(|c| c.is_numeric());
        let attached_prefix = first
            && group <= 4
            && chars
                .get(until)
                .is_some_and(|c| matches!(c, '-' | '/' | '#'))
            && chars.get(until + 1).is_some_and(|c| c.is_numeric());
        if group == 0 || !(has_digit || attached_prefix) {
            return end;
        }
        end = until;
        first = false;
        let joined = chars
            .get(end)
            .is_some_and(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '.' | '-' | '/' | '#'));
        if !joined {
            return end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(scrub(text, 300), expected);
    }

    #[test]
    fn addresses_and_long_numbers_are_taken_out() {
        check(
            "écrivez à jean.dupont@mail.example merci",
            "écrivez à [e-mail] merci",
        );
        check("mon tel 06 12 34 56 78 svp", "mon tel [numéro] svp");
        check("commande CS-2026-04817 perdue", "commande [numéro] perdue");
        check("iban FR76 3000 6000 0112 3456 7890 189", "iban [numéro]");
        check("carte 4111-1111-1111-1111", "carte [numéro]");
        check("+33.6.12.34.56.78", "+[numéro]");
    }

    #[test]
    fn what_a_question_needs_is_kept() {
        for text in [
            "retour sous 14 jours",
            "garantie 2 ans",
            "taille 42 ou 43",
            "livraison 24/48h",
            "acheté en 2025",
            "boréal 2",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn the_length_is_capped_in_characters() {
        assert_eq!(scrub("ééééé", 3), "ééé");
    }

    proptest! {
        #[test]
        fn no_long_run_of_digits_survives_anywhere(text in "\\PC{0,60}", digits in "[0-9]{5,16}") {
            let scrubbed = scrub(&format!("{text} {digits} {text}"), 1000);
            let spaced = format!(" {digits} ");
            prop_assert!(!scrubbed.contains(&spaced));
        }
    }
}
