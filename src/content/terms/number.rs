//! Reads the number a line begins with: `Article 7 –`, `7.2.`, `VII.`, `§ 3`, `a)`, `(ii)`. Whether the number counts
//! is for `runs` and `outline` to say, who see the lines around it.

/// The largest number an article may have; beyond are years, sums and articles of codes.
const LARGEST: u16 = 199;

/// What a number is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// `Article`, `Clause`.
    Article,
    /// `§`: an article in some terms, a paragraph of one in others.
    Paragraph,
    /// `Section`: an article in some terms, a part that holds articles in others.
    Section,
    /// A part that holds articles, with its name in addresses and its order from the outside in.
    Part(&'static str, u8),
}

/// The number itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Core {
    /// `7`, `7.2`.
    Digits(Vec<u16>),
    /// `a`, `ii`, `VII`, in small letters.
    Letters(String),
}

/// What encloses the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Fence {
    /// `a)`
    Paren,
    /// `(a)`
    Both,
    /// `a.`
    Dot,
    /// `a -`, `a :`
    Dash,
    /// `1/`
    Slash,
    /// `1°`
    Degree,
    /// `1 `
    Bare,
}

/// A number at the beginning of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) label: Option<Label>,
    pub(super) core: Core,
    pub(super) fence: Fence,
    /// Whether its letters are capitals.
    pub(super) capital: bool,
    /// As written, without the dot or dash after it.
    pub(super) written: String,
    /// Where in the line the text after it begins.
    pub(super) end: usize,
}

impl Marker {
    /// The single number, if it is one: `7` but not `7.2`.
    pub(super) fn single(&self) -> Option<u16> {
        match &self.core {
            Core::Digits(parts) => <[u16; 1]>::try_from(parts.as_slice())
                .ok()
                .map(|[number]| number), // Several parts are no single number.
            Core::Letters(_) => None,
        }
    }
}

/// Reads the number at the beginning of a line.
pub(super) fn marker(text: &str) -> Option<Marker> {
    labelled(text).or_else(|| plain(text))
}

const LABELS: [(&str, Label); 13] = [
    ("article", Label::Article),
    ("art.", Label::Article),
    ("clause", Label::Article),
    ("§", Label::Paragraph),
    ("section", Label::Section),
    ("partie", Label::Part("partie", 1)),
    ("part", Label::Part("part", 1)),
    ("titre", Label::Part("titre", 2)),
    ("title", Label::Part("title", 2)),
    ("chapitre", Label::Part("chapitre", 3)),
    ("chapter", Label::Part("chapter", 3)),
    ("annexe", Label::Part("annexe", 1)),
    ("appendix", Label::Part("appendix", 1)),
];

fn labelled(text: &str) -> Option<Marker> {
    let (word, label) = LABELS.iter().find(|(word, _)| {
        text.get(..word.len())
            .is_some_and(|start| start.to_lowercase() == *word)
            && !text[word.len()..].starts_with(char::is_alphabetic)
    })?;
    let after = text[word.len()..].trim_start();
    let from = text.len() - after.len();
    let (core, length) = digits(after)
        .map(|(parts, length)| (Core::Digits(parts), length))
        .or_else(|| ordinal_one(after))
        .or_else(|| letters(after).map(|(letters, length)| (Core::Letters(letters), length)))?;
    let end = from + length;
    let rest = &text[end..];
    // `Article 7-1` and `Article 7bis` are articles of a code.
    if rest.starts_with(char::is_alphanumeric)
        || rest
            .trim_start_matches('-')
            .starts_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let separators = rest.len() - rest.trim_start_matches(is_separator).len();
    let title = &rest[separators..];
    let parted = rest[..separators].contains(|c: char| !c.is_whitespace());
    let begins_small =
        text.starts_with(char::is_lowercase) || title.starts_with(char::is_lowercase);
    if begins_small && !parted || is_of_a_law(title) {
        return None;
    }
    let capital =
        matches!(&core, Core::Letters(_)) && text[from..end].starts_with(char::is_uppercase);
    Some(Marker {
        label: Some(*label),
        core,
        fence: Fence::Bare,
        capital,
        written: text[..end].to_owned(),
        end: end + separators,
    })
}

fn plain(text: &str) -> Option<Marker> {
    let (open, inner) = text
        .strip_prefix('(')
        .map_or((false, text), |inner| (true, inner));
    let (core, length, capital) = if let Some((parts, length)) = digits(inner) {
        (Core::Digits(parts), length, false)
    } else {
        let (letters, length) = letters(inner)?;
        (
            Core::Letters(letters),
            length,
            inner.starts_with(char::is_uppercase),
        )
    };
    let number = matches!(core, Core::Digits(_));
    let after = &inner[length..];
    let (fence, width) = if open {
        (Fence::Both, usize::from(after.starts_with(')')))
    } else {
        fence(after, number, capital)?
    };
    if open && width == 0 {
        return None;
    }
    let at = usize::from(open) + length;
    let written = if matches!(fence, Fence::Paren | Fence::Both | Fence::Degree) {
        at + after.chars().next().map_or(0, char::len_utf8)
    } else {
        at
    };
    let rest = &text[at + width..];
    let mut skipped = rest.len() - rest.trim_start().len();
    // A dash after the number's own sign parts it from the title once more: `1. – Objet`.
    let dash = rest.trim_start().trim_start_matches(['-', '–', '—', ':']);
    if number && dash.starts_with(char::is_whitespace) {
        skipped = rest.len() - dash.trim_start().len();
    }
    Some(Marker {
        label: None,
        core,
        fence,
        capital,
        written: text[..written].to_owned(),
        end: at + width + skipped,
    })
}

/// What follows a number that is no part of a sentence, and how long it is.
fn fence(after: &str, number: bool, capital: bool) -> Option<(Fence, usize)> {
    let mut chars = after.chars();
    let first = chars.next();
    let next = chars.next();
    let digit_next = next.is_some_and(|c| c.is_ascii_digit());
    let blank_next = next.is_none_or(char::is_whitespace);
    match first {
        None => number.then_some((Fence::Bare, 0)),
        Some(c) if c.is_uppercase() => Some((Fence::Bare, 0)),
        Some(')') => Some((Fence::Paren, 1)),
        Some('.') if number && !digit_next || blank_next => Some((Fence::Dot, 1)),
        Some('/') if number && !digit_next => Some((Fence::Slash, 1)),
        Some('°') if number => Some((Fence::Degree, 2)),
        Some(':') if number && !digit_next => Some((Fence::Dash, 1)),
        Some('-' | '–' | '—') if number && blank_next => {
            Some((Fence::Dash, first.map_or(0, char::len_utf8)))
        }
        Some(c) if c.is_whitespace() => {
            let rest = after.trim_start();
            let dash = rest.trim_start_matches(['-', '–', '—', ':', '.', '/']);
            let parted = dash.len() < rest.len() && dash.starts_with(char::is_whitespace);
            match (parted, number || capital) {
                (true, true) => Some((Fence::Dash, after.len() - dash.len())),
                (false, _) if number => Some((Fence::Bare, c.len_utf8())),
                _ => None,
            }
        }
        _ => None,
    }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | ':' | '-' | '–' | '—' | '/' | ')' | '|')
}

/// `7`, `7.2`, `10.3.1`, with their length; without a dot at the end.
fn digits(text: &str) -> Option<(Vec<u16>, usize)> {
    let mut parts = Vec::new();
    let mut length = 0;
    loop {
        let rest = &text[length..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let part = &rest[..digits];
        let number = part.parse().ok().filter(|number| *number <= LARGEST); // Too many digits: no number of an article.
        if part.len() > 1 && part.starts_with('0') {
            return None;
        }
        parts.push(number?);
        length += digits;
        let mut next = text[length..].chars();
        if !(next.next() == Some('.') && next.next().is_some_and(|c| c.is_ascii_digit())) {
            break;
        }
        length += 1;
    }
    let after = text[length..].chars().next();
    let stands_alone =
        !after.is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | '%' | '€' | '\'' | '’'));
    // `8.1La durée`: a blank that an export lost.
    let mut glued = text[length..].chars();
    let lost = parts.len() > 1
        && glued.next().is_some_and(char::is_uppercase)
        && glued.next().is_some_and(char::is_lowercase);
    ((stands_alone || lost) && parts.len() <= 5).then_some((parts, length))
}

/// `premier`, `1er`.
fn ordinal_one(text: &str) -> Option<(Core, usize)> {
    let length = text
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(text.len());
    let word = text[..length].to_lowercase();
    matches!(word.as_str(), "premier" | "1er" | "ier" | "unique")
        .then(|| (Core::Digits(vec![1]), length))
}

/// A single letter or a Roman numeral.
fn letters(text: &str) -> Option<(String, usize)> {
    let length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = &text[..length];
    let one_case = word.bytes().all(|b| b.is_ascii_lowercase())
        || word.bytes().all(|b| b.is_ascii_uppercase());
    let small = word.to_ascii_lowercase();
    let fits = one_case && (length == 1 || from_roman(&small).is_some());
    (fits && !text[length..].starts_with(char::is_alphanumeric)).then_some((small, length))
}

/// The value of a Roman numeral in small letters, from 1 to 39.
pub(super) fn from_roman(letters: &str) -> Option<u16> {
    (1..40).find(|number| roman(usize::from(*number)) == letters)
}

/// A Roman numeral in small letters, for numbers from 1 to 39.
pub(super) fn roman(number: usize) -> String {
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    "x".repeat(number / 10) + ONES[number % 10]
}

/// Whether what follows a number shows it to be an article of a code or a law.
pub(super) fn is_of_a_law(after: &str) -> bool {
    let after = after.trim_start().to_lowercase().replace('’', "'");
    let Some(rest) = ["du ", "de la ", "de l'", "des ", "of the ", "of ", "dudit "]
        .iter()
        .find_map(|word| after.strip_prefix(word))
    else {
        return false;
    };
    rest.split_whitespace().take(3).any(|word| {
        const LAWS: [&str; 14] = [
            "code",
            "loi",
            "lois",
            "règlement",
            "directive",
            "décret",
            "ordonnance",
            "rgpd",
            "gdpr",
            "convention",
            "traité",
            "regulation",
            "act",
            "cgi",
        ];
        LAWS.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<(&str, &str)>) {
        let found = marker(line);
        let found = found
            .as_ref()
            .map(|marker| (marker.written.as_str(), &line[marker.end..]));
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        check("Article 7 – Retours", Some(("Article 7", "Retours")));
        check(
            "ARTICLE PREMIER : Objet",
            Some(("ARTICLE PREMIER", "Objet")),
        );
        check("7.2 Exceptions", Some(("7.2", "Exceptions")));
        check("7.2.1. Délai", Some(("7.2.1", "Délai")));
        check("VII. Retours", Some(("VII", "Retours")));
        check("§ 3 Prix", Some(("§ 3", "Prix")));
        check("a) l’usure", Some(("a)", "l’usure")));
        check("(ii) le prix", Some(("(ii)", "le prix")));
        check("1/ Objet", Some(("1", "Objet")));
        check("A - Commande", Some(("A", "Commande")));
        check("11.intégralité", Some(("11", "intégralité")));
        check("8.1La durée", Some(("8.1", "La durée")));
        check("1 – Sélection", Some(("1", "Sélection")));
    }

    #[test]
    fn dates_sums_and_articles_of_codes_are_no_numbers() {
        check("Article L217-4 du Code de la consommation", None);
        check("Article 1641 du Code civil", None);
        check("Article 49 du règlement", None);
        check("article 7 ci-dessus", None);
        check("14/07/2026", None);
        check("9:30 à 12:00", None);
        check("1.000 euros", None);
        check("5,99 €", None);
        check("2-3 jours", None);
        check("01.85.09.79", None);
        check("(ci-après le Client)", None);
    }
}
