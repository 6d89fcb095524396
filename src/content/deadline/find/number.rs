//! Amounts as terms write them: `14`, `quatorze`, `quatorze (14)`, `vingt-quatre`,
//! `quatre-vingt-dix`, `fourteen`. Nothing above 999 is an amount of days.

const WORDS: [(&str, u16); 54] = [
    ("un", 1),
    ("une", 1),
    ("deux", 2),
    ("trois", 3),
    ("quatre", 4),
    ("cinq", 5),
    ("six", 6),
    ("sept", 7),
    ("huit", 8),
    ("neuf", 9),
    ("dix", 10),
    ("onze", 11),
    ("douze", 12),
    ("treize", 13),
    ("quatorze", 14),
    ("quinze", 15),
    ("seize", 16),
    ("vingt", 20),
    ("vingts", 20),
    ("trente", 30),
    ("quarante", 40),
    ("cinquante", 50),
    ("soixante", 60),
    ("cent", 100),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("hundred", 100),
    ("septante", 70),
    ("huitante", 80),
    ("nonante", 90),
];

/// The value of a number word.
fn word(text: &str) -> Option<u16> {
    WORDS
        .iter()
        .find(|(word, _)| *word == text)
        .map(|(_, n)| *n)
}

/// The amount that the last of `words` (small letters, without punctuation) end in, and how
/// many of them it takes. `None` where they end in no amount, or in two that contradict.
pub(super) fn ending(words: &[&str]) -> Option<(u16, usize)> {
    let (mut taken, mut value) = group(words)?;
    // `quatorze (14)`, `(24) vingt-quatre`: the same once more.
    if let Some((more, same)) = group(&words[..words.len() - taken]) {
        if same != value {
            return is_tail(&words[words.len() - taken..]).then_some((value, taken));
        }
        taken += more;
        value = same;
    }
    (1..=999).contains(&value).then_some((value, taken))
}

/// Whether a number that follows another directly is still one to trust: it isn't, `30 000`.
fn is_tail(words: &[&str]) -> bool {
    words
        .iter()
        .all(|text| !text.contains(|c: char| c.is_ascii_digit()))
}

/// One way of writing at the end: digits, or number words.
fn group(words: &[&str]) -> Option<(usize, u16)> {
    let last = *words.last()?;
    if last.bytes().all(|b| b.is_ascii_digit()) {
        return last.parse().ok().map(|value| (1, value));
    }
    let is_number = |text: &&&str| word(text).is_some() || matches!(**text, "et" | "and");
    let mut taken = words.iter().rev().take_while(is_number).count();
    while taken > 0 && matches!(words[words.len() - taken], "et" | "and") {
        taken -= 1;
    }
    let own = &words[words.len() - taken..];
    word(own.last()?)?;
    Some((taken, sum(own)))
}

/// `quatre vingt dix` is 90, `soixante et onze` 71, `cent vingt` 120.
fn sum(words: &[&str]) -> u16 {
    let mut total = 0_u16;
    for text in words {
        let Some(value) = word(text) else { continue };
        let multiplies =
            value == 20 && total % 100 == 4 || value == 100 && (1..10).contains(&total);
        total = if multiplies {
            (total - total % 100 % 20) + total % 100 % 20 * value
        } else {
            total.saturating_add(value)
        };
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<u16>) {
        let words: Vec<_> = text.split([' ', '-', '.']).collect();
        assert_eq!(ending(&words).map(|(value, _)| value), expected, "{text}");
    }

    #[test]
    fn an_amount_is_read_in_words_in_digits_and_in_both() {
        check("un délai de 14", Some(14));
        check("un délai de quatorze", Some(14));
        check("un délai de quatorze 14", Some(14));
        check("les 24 vingt-quatre", Some(24));
        check("sous trente et un", Some(31));
        check("dans les quatre-vingt-dix", Some(90));
        check("dans les cent vingt", Some(120));
        check("within two hundred", Some(200));
        check("within fourteen", Some(14));
        check("le client a quatorze", Some(14));
        check("selon l’article 7.2 quatorze", Some(14));
    }

    #[test]
    fn of_a_range_the_longer_is_read() {
        check("sous deux à quatre", Some(4));
        check("sous 3 à 5", Some(5));
    }

    #[test]
    fn what_is_no_amount_of_days_is_none() {
        check("le dernier", None);
        check("prix de 30 000", None);
        check("depuis 2026", None);
        check("0", None);
    }
}
