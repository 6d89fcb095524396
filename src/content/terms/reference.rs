//! Finds where clauses refer to one another: `conformément à l'article 5.1`, `articles 5 et 6`, `(cf. 7.2)`. Articles
//! of codes, laws and regulations are left alone.

use super::{Clause, Dangling, number};
use std::collections::HashSet;

/// Fills in the references of all clauses; returns those that lead nowhere.
pub(super) fn link(clauses: &mut [Clause]) -> Vec<Dangling> {
    let mut known = HashSet::new();
    for clause in clauses.iter() {
        known.insert(clause.address.clone());
        let (mut address, run) = super::slug::split_run(&clause.address);
        while let Some((above, _)) = address.rsplit_once('.') {
            known.insert(format!("{above}{run}"));
            address = above;
        }
    }
    let mut dangling = Vec::new();
    for clause in clauses.iter_mut() {
        let mut references: Vec<String> = Vec::new();
        for mention in mentions(&clause.text) {
            match resolve(&mention, &clause.address, &known) {
                Some(address) if address != clause.address && !references.contains(&address) => {
                    references.push(address);
                }
                None if mention.is_certain => {
                    let leads_nowhere = Dangling {
                        clause: clause.address.clone(),
                        number: mention.number,
                    };
                    if !dangling.contains(&leads_nowhere) {
                        dangling.push(leads_nowhere);
                    }
                }
                _ => {}
            }
        }
        clause.references = references;
    }
    dangling
}

/// A number that a text mentions.
#[derive(Debug, PartialEq, Eq)]
struct Mention {
    number: String,
    /// Whether it can only be a clause: `article 5`, and not `paragraphe 2`, which may be one of the clause itself.
    is_certain: bool,
}

/// The address a mention means, seen from a clause.
fn resolve(mention: &Mention, from: &str, known: &HashSet<String>) -> Option<String> {
    let article = from.split(['.', '-']).next().unwrap_or_default();
    let certain = mention.is_certain || mention.number.contains('.');
    // Where articles restart, those of the same run come first.
    let (_, run) = super::slug::split_run(from);
    let edition = (!run.is_empty() && certain).then(|| format!("{}{run}", mention.number));
    let within = (!mention.is_certain && !mention.number.contains('.'))
        .then(|| format!("{article}.{}", mention.number));
    let above = mention
        .number
        .rsplit_once('.')
        .filter(|(_, item)| item.contains(|c: char| c.is_ascii_alphabetic()))
        .map(|(above, _)| above.to_owned());
    let plain = certain.then(|| mention.number.clone());
    [within, edition, plain, above]
        .into_iter()
        .flatten()
        .find(|address| known.contains(address))
}

const NAMES: [(&str, bool); 13] = [
    ("article", true),
    ("articles", true),
    ("art.", true),
    ("clause", true),
    ("clauses", true),
    ("section", true),
    ("sections", true),
    ("§", false),
    ("paragraphe", false),
    ("paragraphes", false),
    ("paragraph", false),
    ("point", false),
    ("cf.", false),
];

/// The clauses a text mentions.
fn mentions(text: &str) -> Vec<Mention> {
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let mut mentions = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        let word = token
            .trim_start_matches(['(', '«', '[', '"', '“'])
            .to_lowercase()
            .replace('’', "'");
        let word = word.rsplit('\'').next().unwrap_or_default();
        let Some((name, is_certain)) = NAMES
            .iter()
            .find(|(name, _)| word == *name || *name == "§" && word.starts_with('§'))
        else {
            continue;
        };
        let mut numbers = Vec::new();
        if *name == "§" && word.len() > name.len() {
            numbers.extend(numeral(&word[name.len()..]));
        }
        at = read_numbers(&tokens, at, &mut numbers);
        let rest = tokens[at..tokens.len().min(at + 9)].join(" ");
        let ended = at
            .checked_sub(1)
            .is_some_and(|last| tokens[last].ends_with(['.', ';', ':']));
        let elsewhere = is_of_a_law(&rest) || is_of_another_text(&rest);
        if !ended && (elsewhere || is_amount(&rest)) {
            continue;
        }
        mentions.extend(numbers.into_iter().map(|number| Mention {
            number,
            is_certain: *is_certain,
        }));
    }
    mentions
}

/// Reads `5.1`, `5 et 6`, `7.2 b)` from the tokens at `at`; returns where it stopped.
fn read_numbers(tokens: &[&str], mut at: usize, numbers: &mut Vec<String>) -> usize {
    while let Some(token) = tokens.get(at) {
        let joins = matches!(
            token.to_lowercase().as_str(),
            "et" | "ou" | "à" | "and" | "or" | "to" | "&" | "n°"
        );
        if joins && tokens.get(at + 1).and_then(|next| numeral(next)).is_some() {
            at += 1;
            continue;
        }
        let bare = token.trim_end_matches([',', '.', ';', ')', ':', '»', ']']);
        let item = numbers.last().is_some()
            && token.contains(')')
            && bare.trim_start_matches('(').len() == 1
            && bare.ends_with(|c: char| c.is_ascii_lowercase());
        if item && let Some(last) = numbers.last_mut() {
            last.push('.');
            last.push_str(bare.trim_start_matches('('));
        } else if let Some(number) = numeral(token) {
            numbers.push(number);
        } else {
            break;
        }
        at += 1;
        if token.ends_with(['.', ';', ':', '»', ']'])
            || token.ends_with(')') && !item && !token.contains('(')
        {
            break;
        }
    }
    at
}

/// A number of a clause in its canonical form: `5.1`, `5.1(b)` → `5.1.b`, `VII` → `7`.
fn numeral(token: &str) -> Option<String> {
    let bare = token.trim_end_matches([',', '.', ';', ')', ':', '»', ']', '"', '”']);
    let end = bare
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(bare.len());
    let (digits, tail) = bare.split_at(end);
    if digits.is_empty() {
        let small = bare.to_ascii_lowercase();
        let roman = bare
            .bytes()
            .all(|b| b.is_ascii_uppercase())
            .then(|| number::from_roman(&small))
            .flatten();
        return roman.map(|number| number.to_string());
    }
    let digits = digits.trim_end_matches('.');
    let fits = digits
        .split('.')
        .all(|part| !part.is_empty() && part.len() <= 2 && (part == "0" || !part.starts_with('0')));
    let tail = tail.trim_start_matches(['(', '.']);
    let item = tail.is_empty() || tail.len() == 1 && tail.bytes().all(|b| b.is_ascii_lowercase());
    (fits && item).then(|| {
        if tail.is_empty() {
            digits.to_owned()
        } else {
            format!("{digits}.{tail}")
        }
    })
}

/// Whether what follows a number shows it to belong to a law; words such as `et suivants` may come between.
fn is_of_a_law(rest: &str) -> bool {
    let mut rest = rest;
    loop {
        let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
        let plain = word
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        let skipped = matches!(
            plain.as_str(),
            "et" | "suivants"
                | "suivant"
                | "s"
                | "ss"
                | "alinéa"
                | "alinéas"
                | "tiret"
                | "al"
                | "1er"
                | "paragraphe"
                | "point"
                | "i"
                | "ii"
                | "iii"
        ) || plain.len() <= 2 && plain.bytes().all(|b| b.is_ascii_digit());
        if number::is_of_a_law(rest) {
            return true;
        }
        if !skipped || after.is_empty() {
            return false;
        }
        rest = after;
    }
}

/// Whether what follows a number shows it to belong to another text of the shop: its terms of use, a policy.
fn is_of_another_text(rest: &str) -> bool {
    let words: Vec<String> = rest
        .split_whitespace()
        .take(2)
        .map(str::to_lowercase)
        .collect();
    let bare = |at: usize| {
        words
            .get(at)
            .map_or("", |word| word.trim_end_matches([',', '.', ';', ')']))
    };
    matches!((bare(0), bare(1)), ("des" | "de", "cgu"))
}

/// Whether the number counted articles of clothing, days or euros.
fn is_amount(rest: &str) -> bool {
    let word = rest
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_lowercase();
    matches!(
        word.trim_end_matches([',', '.']),
        "€" | "euros" | "%" | "jours" | "jour" | "heures" | "mois" | "ans" | "fois" | "kg" | "cm"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = mentions(text)
            .into_iter()
            .map(|mention| mention.number)
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn clauses_are_found_as_people_mention_them() {
        check("conformément à l’article 5.1.", &["5.1"]);
        check("les articles 5 et 6 s’appliquent", &["5", "6"]);
        check("les articles 8, 9 et 13, qui", &["8", "9", "13"]);
        check("voir § 3 et clause 4.2", &["3", "4.2"]);
        check("(cf. 7.2)", &["7.2"]);
        check("prévues à l’article 7.2 b).", &["7.2.b"]);
        check("l'article 7.2.b ci-dessus", &["7.2.b"]);
        check("Article VII des présentes", &["7"]);
        check("(article 6.3).", &["6.3"]);
    }

    #[test]
    fn articles_of_laws_are_no_clauses() {
        check("l’article L. 221-18 du Code de la consommation", &[]);
        check("article L221-14", &[]);
        check("articles 1641 à 1649 du Code civil", &[]);
        check("l'article 49 du règlement (UE)", &[]);
        check("l’article 6, paragraphe 1 du RGPD", &[]);
        check("les articles 38 et suivants de la loi Informatique", &[]);
        check("les articles 15 jours après", &[]);
        check("l’art. 51 tiret 1 du Décret Législatif 206/2005", &[]);
    }

    #[test]
    fn articles_of_other_texts_of_the_shop_are_no_clauses() {
        check("à l’Article 8.2 des CGU.", &[]);
        check("à l’article 8.2 des présentes CGV", &["8.2"]);
    }
}
