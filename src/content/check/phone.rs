//! Premium-rate telephone numbers for after-sales: 081…, 082…, 089… and 32xx to 39xx, or a price by the minute. Calls
//! to 080… are free, to 0806 to 0809 and to 30xx and 31xx too or at the price of a local call.

use super::text::{Word, mentions, quote, sentences, words};
use super::{Finding, Rule};
use crate::sources::{Sources, TermsFile};
use guichet_domain::channel::ChannelKind;
use std::ops::Range;

const REMEDY: &str =
    "give a number at the price of a local call for orders under way, complaints and guarantees";

/// Words that announce a telephone number, so that `3 000 €` and the year 3210 are none.
const CALLING: [&str; 14] = [
    "appel*",
    "telephon*",
    "tel",
    "numero*",
    "compos*",
    "joindre",
    "joign*",
    "au",
    "le",
    "call",
    "calling",
    "phone",
    "number",
    "dial",
];

/// Words that say a four-digit number costs nothing more.
const NORMAL_PRICE: [&str; 8] = [
    "gratuit*",
    "non surtaxe*",
    "appel local",
    "appel normal",
    "prix d un appel",
    "free",
    "local call",
    "standard rate",
];

/// Words of a number to order by, which may cost.
const ORDERING: [&str; 7] = [
    "commander par telephone",
    "commande* par telephone",
    "paiement par telephone",
    "passer * commande",
    "passer commande",
    "to order",
    "order by phone",
];
const AFTER_SALES: [&str; 9] = [
    "service* client*",
    "service* consommateur*",
    "relation* client*",
    "apres vente",
    "sav",
    "reclam*",
    "retour*",
    "suivi",
    "customer service*",
];

pub(super) fn check_terms(terms: &TermsFile, findings: &mut Vec<Finding>) {
    for clause in terms.clauses() {
        for found in premium(&clause.text) {
            let words = &clause.text[found];
            findings.push(Finding::new(
                Rule::PremiumNumber,
                &terms.at_words(clause, words),
                terms.id(clause),
                message(words),
                REMEDY,
            ));
        }
    }
}

pub(super) fn check_site(sources: &Sources, findings: &mut Vec<Finding>) {
    for own in &sources.entries {
        for found in premium(&own.text) {
            let (at, id) = (own.source().at(found.start), &own.entry.entry.id);
            findings.push(Finding::new(
                Rule::PremiumNumber,
                &at,
                id,
                message(&own.text[found]),
                REMEDY,
            ));
        }
    }
    let source = sources.settings_source();
    let channels = sources
        .settings
        .iter()
        .flat_map(|settings| &settings.site.channels);
    for channel in channels.filter(|channel| channel.kind == ChannelKind::Phone) {
        let costs = [&channel.cost.fr, &channel.cost.en];
        let mut texts = costs
            .into_iter()
            .flatten()
            .map(String::as_str)
            .chain([channel.contact.as_str()]);
        let short = short_number(&channel.contact);
        if let Some(text) =
            texts.find(|text| !premium(text).is_empty() || short && *text == channel.contact)
        {
            findings.push(Finding::new(
                Rule::PremiumNumber,
                &source.quoted(text),
                format!("channel/{}", channel.id),
                message(text),
                REMEDY,
            ));
        }
    }
}

fn message(words: &str) -> String {
    format!(
        "`{}` costs more than a local call; for after-sales no premium-rate number may be asked (L121-16)",
        quote(words, 40)
    )
}

fn short_number(contact: &str) -> bool {
    let digits: String = contact.chars().filter(char::is_ascii_digit).collect();
    is_short(&digits)
}

fn is_short(digits: &str) -> bool {
    digits.len() == 4 && digits.starts_with('3') && matches!(digits.as_bytes()[1], b'2'..=b'9')
}

/// Where premium-rate numbers, or prices by the minute, stand in a text; one a sentence.
fn premium(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for sentence in sentences(text) {
        let own = &text[sentence.clone()];
        let words = words(own);
        let for_orders = mentions(&words, &ORDERING) && !mentions(&words, &AFTER_SALES);
        if for_orders {
            continue;
        }
        let long = numbers(own, &words)
            .into_iter()
            .find(|range| is_premium(&own[range.clone()]));
        let range = long
            .or_else(|| called_short(own, &words))
            .or_else(|| by_the_minute(own, &words));
        found.extend(range.map(|range| sentence.start + range.start..sentence.start + range.end));
    }
    found
}

/// Runs of digits that may be telephone numbers: `0 825 12 34 56`, `+33 (0)825 123456`.
fn numbers(text: &str, words: &[Word]) -> Vec<Range<usize>> {
    let is_digits = |word: &Word| word.text.bytes().all(|b| b.is_ascii_digit());
    let mut runs: Vec<Range<usize>> = Vec::new();
    for word in words.iter().filter(|word| is_digits(word)) {
        let joins = |last: &Range<usize>| {
            let gap = &text[last.end..word.start];
            gap.chars().count() <= 3
                && gap
                    .chars()
                    .all(|c| " .-()\u{a0}\u{202f}\u{2009}".contains(c))
        };
        match runs.last_mut() {
            Some(last) if joins(last) => last.end = word.end,
            _ => runs.push(word.start..word.end),
        }
    }
    runs
}

fn is_premium(written: &str) -> bool {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let national = digits
        .strip_prefix("0033")
        .or_else(|| digits.strip_prefix("33").filter(|rest| rest.len() >= 9))
        .unwrap_or(&digits);
    let significant = national.strip_prefix('0').unwrap_or(national);
    significant.len() == 9
        && ["81", "82", "89"]
            .iter()
            .any(|start| significant.starts_with(start))
        && digits.len() >= 10
}

/// `au 3234`, unless its sentence says that the call is free or at the normal price.
fn called_short(text: &str, words: &[Word]) -> Option<Range<usize>> {
    if mentions(words, &NORMAL_PRICE) {
        return None;
    }
    let at = (1..words.len()).find(|at| {
        let (before, word) = (&words[at - 1], &words[*at]);
        let rest = text[word.end..].trim_start();
        let is_amount = rest.starts_with(['€', '%', '$'])
            || words.get(at + 1).is_some_and(|next| {
                matches!(
                    next.text.as_str(),
                    "euros" | "eur" | "points" | "g" | "km" | "kg"
                )
            });
        let is_called = mentions(std::slice::from_ref(before), &CALLING)
            && mentions(&words[at.saturating_sub(8)..*at], &CALLING[..7]);
        is_short(&word.text) && is_called && !is_amount
    })?;
    Some(words[at].start..words[at].end)
}

/// `0,34 € / min`, `15 centimes la minute`.
fn by_the_minute(text: &str, words: &[Word]) -> Option<Range<usize>> {
    (0..words.len()).find_map(|at| {
        let word = &words[at];
        if !matches!(word.text.as_str(), "min" | "mn" | "minute") {
            return None;
        }
        let from = words[at.saturating_sub(5)..at]
            .iter()
            .rev()
            .find(|word| word.text.starts_with(|c: char| c.is_ascii_digit()))?;
        let from = words[..at]
            .iter()
            .rev()
            .skip_while(|word| word.start > from.start)
            .take_while(|word| word.text.starts_with(|c: char| c.is_ascii_digit()))
            .last()
            .unwrap_or(from);
        let between = text[from.end..word.start].to_lowercase();
        let priced = ["€", "eur", "cts", "cent", "ct "]
            .iter()
            .any(|sign| between.contains(sign));
        let by = between.trim_end().ends_with(['/'])
            || ["la", "par", "per", "a"].contains(&words[at - 1].text.as_str());
        (priced && by).then_some(from.start..word.end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = premium(text)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn numbers_that_cost_more_than_a_local_call_are_found() {
        check("Service client : 0 825 12 34 56.", &["0 825 12 34 56"]);
        check("Appelez le +33 (0)892 123 456.", &["33 (0)892 123 456"]);
        check("Joignez-nous au 08.10.12.34.56.", &["08.10.12.34.56"]);
        check("Appelez le 3234.", &["3234"]);
        check(
            "Le service est au [téléphone] (0,34 € TTC / min).",
            &["0,34 € TTC / min"],
        );
    }

    #[test]
    fn free_numbers_amounts_and_other_runs_of_digits_are_not() {
        check("Appelez le 0 805 10 99 46, gratuit.", &[]);
        check("Composez le 3011 depuis la France.", &[]);
        check("Appelez le 3975 (service gratuit + prix d’un appel).", &[]);
        check("Une commande de 60 € à 3500 € par téléphone.", &[]);
        check("RCS Paris 825 123 456, SIRET 825 123 456 00012.", &[]);
        check("Pour passer une commande : 0 825 12 34 56.", &[]);
        check("La réponse arrive en 5 minutes.", &[]);
    }
}
