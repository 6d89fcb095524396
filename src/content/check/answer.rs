//! Entries read one by one: answers that are too long or hard to read, and those whose time is over. That the short
//! answer is there, and short, is told when the entry is read (`faq`).

use super::text::{find, quote, sentences, words};
use super::{Finding, Rule};
use crate::sources::{EntryFile, Sources};
use guichet_domain::civil::Date;

/// Most words of an answer: about a minute and a half of reading.
const LONGEST_ANSWER: usize = 300;

/// Most words of a sentence that is understood at the first reading.
const LONGEST_SENTENCE: usize = 40;

/// Highest LIX of an answer (Björnsson 1968: words by sentence, plus the share in percent of words of more than six
/// letters). 40 is a newspaper, 50 a manual, above 60 the text of a law.
const HARDEST_LIX: usize = 60;

/// A text of fewer words has no LIX worth the name.
const FEWEST_WORDS: usize = 30;

pub(super) fn check(sources: &Sources, today: Date, findings: &mut Vec<Finding>) {
    for own in &sources.entries {
        check_reading(own, findings);
        check_time(own, today, findings);
    }
}

fn check_reading(own: &EntryFile, findings: &mut Vec<Finding>) {
    let (source, id) = (own.source(), &own.entry.entry.id);
    let body = source.at(own.body_start() + 1);
    let count = words(&own.entry.text).len();
    if count > LONGEST_ANSWER {
        findings.push(Finding::new(
            Rule::Length,
            &body,
            id,
            format!("the answer has {count} words, expected at most {LONGEST_ANSWER}"),
            "part it into several entries, or leave the detail to the clauses it cites",
        ));
    }
    let remedy = "part the sentence, say who does what, and take shorter words";
    for (text, at) in [
        (&own.entry.entry.short, source.key("short")),
        (&own.entry.text, body),
    ] {
        let longest = sentences(text)
            .into_iter()
            .map(|range| (words(&text[range.clone()]).len(), range))
            .max_by_key(|(count, _)| *count);
        if let Some((count, range)) = longest.filter(|(count, _)| *count > LONGEST_SENTENCE) {
            findings.push(Finding::new(
                Rule::Readability,
                &at,
                id,
                format!(
                    "a sentence has {count} words, expected at most {LONGEST_SENTENCE}: “{}”",
                    quote(&text[range], 60)
                ),
                remedy,
            ));
        }
    }
    let whole = format!("{}\n{}", own.entry.entry.short, own.entry.text);
    if let Some(lix) = lix(&whole).filter(|lix| *lix > HARDEST_LIX) {
        findings.push(Finding::new(
            Rule::Readability,
            &body,
            id,
            format!(
                "the answer reads like the text of a law: LIX {lix}, expected at most {HARDEST_LIX}"
            ),
            remedy,
        ));
    }
}

/// LIX, rounded down; `None` for a short text.
fn lix(text: &str) -> Option<usize> {
    let words = words(text);
    if words.len() < FEWEST_WORDS {
        return None;
    }
    let long = words
        .iter()
        .filter(|word| word.text.chars().count() > 6)
        .count();
    let sentences = sentences(text).len().max(1);
    Some(words.len() / sentences + 100 * long / words.len())
}

fn check_time(own: &EntryFile, today: Date, findings: &mut Vec<Finding>) {
    let (source, entry) = (own.source(), &own.entry.entry);
    if let Some(until) = entry.valid.until.filter(|until| *until < today) {
        findings.push(Finding::new(
            Rule::OutOfDate,
            &source.key("valid_until"),
            &entry.id,
            format!("the entry ended on {until} and is shown to nobody"),
            "renew its dates and its text, or remove it",
        ));
        return;
    }
    for (key, text) in [("question", &entry.question), ("short", &entry.short)] {
        if let Some(found) = past_season(text, today.year()) {
            findings.push(Finding::new(
                Rule::OutOfDate,
                &source.key(key),
                &entry.id,
                format!("`{key}` speaks of “{found}”, which is past"),
                "bring the entry up to date, and give it `valid_until` where it holds for a time only",
            ));
        }
    }
}

/// `Noël 2024`, `soldes d’hiver 2025`, `12 mars 2024`, in a later year; not `depuis mars 2024`.
fn past_season(text: &str, year: i32) -> Option<String> {
    const TIMES: [&str; 30] = [
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
        "noel",
        "hiver",
        "ete",
        "automne",
        "printemps",
        "soldes",
        "rentree",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "christmas",
        "winter",
        "summer",
        "december",
        "november",
    ];
    let words = words(text);
    let at = (1..words.len()).find(|at| {
        let past = words[*at]
            .text
            .parse()
            .is_ok_and(|own| (2000..year).contains(&own));
        past && TIMES.contains(&words[at - 1].text.as_str())
    })?;
    let since = &words[at.saturating_sub(5)..at];
    let lasting = ["depuis", "since", "loi", "version", "decret"];
    if lasting.iter().any(|word| find(since, word).is_some()) {
        return None;
    }
    Some(text[words[at - 1].start..words[at].end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_season_of_an_earlier_year_is_past_and_a_beginning_is_not() {
        for (text, expected) in [
            (
                "Jusqu’à quand commander avant Noël 2024 ?",
                Some("Noël 2024"),
            ),
            ("Jusqu’à quand commander avant Noël 2026 ?", None),
            ("Depuis le 12 mars 2024, le retour est offert.", None),
            ("La norme 2019 s’applique.", None),
        ] {
            assert_eq!(past_season(text, 2026).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_text_of_a_law_is_harder_than_an_answer() {
        let plain = "Vous avez 14 jours pour changer d’avis. Dites-le nous en ligne. Puis renvoyez le colis. \
            Nous vous rendons le prix payé. Le port est à vos frais. Gardez la preuve de l’envoi.";
        let law = "Nonobstant toute stipulation contraire, le consommateur dispose discrétionnairement de la faculté de \
            rétractation relativement aux marchandises régulièrement réceptionnées conformément aux dispositions \
            réglementaires applicables antérieurement énumérées.";
        assert!(lix(plain).is_some_and(|lix| lix < 40));
        assert!(lix(&law.repeat(2)).is_some_and(|lix| lix > HARDEST_LIX));
    }
}
