//! Finds delays in the text of a clause ("dans un délai de quatorze (14) jours à compter de la
//! réception"), for the owner to confirm. What the words leave open stays open: a proposal
//! never becomes a deadline by itself.

use guichet_domain::deadline::{Start, Unit};
use serde::Serialize;

mod number;

#[cfg(test)]
mod tests;

/// How many words before the amount can say that it is a delay.
const CUE_BEFORE: usize = 8;
/// How many words after the unit can begin to say what it runs from.
const CUE_AFTER: usize = 6;
/// How many words after that can name the event.
const EVENT_AFTER: usize = 14;

/// A delay that a text seems to give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// The words it was read from.
    pub words: String,
    /// Where they begin in the text, in bytes.
    pub from: usize,
    /// Where they end in the text, in bytes (exclusive).
    pub to: usize,
    /// How many units; of a range ("3 à 5 jours") the longer.
    pub within: u16,
    /// What is counted.
    pub unit: Unit,
    /// What it runs from; `None` where the words don't say.
    pub start: Option<Start>,
    /// Whether the clause puts off a last day that falls on a weekend or holiday; `None` where it doesn't say.
    pub prolonged: Option<bool>,
    /// Keys whose value is not in the words, and which the owner must decide.
    pub undecided: Vec<&'static str>,
}

/// A word of a sentence.
struct Word {
    /// In small letters.
    text: String,
    from: usize,
    to: usize,
}

/// Finds delays, in the order of the text.
pub fn find(text: &str) -> Vec<Proposal> {
    let prolonged = prolongs(text).then_some(true);
    sentences(text)
        .into_iter()
        .flat_map(|(from, to)| {
            let words = words(&text[from..to], from);
            let found: Vec<_> = (0..words.len())
                .filter_map(|at| proposal(text, &words, at, prolonged))
                .collect();
            found
        })
        .collect()
}

/// The delay whose unit is the word at `at`.
fn proposal(text: &str, words: &[Word], at: usize, prolonged: Option<bool>) -> Option<Proposal> {
    let word = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    let (plain, times) = match word(at) {
        "jour" | "jours" | "day" | "days" => (Unit::CalendarDays, 1),
        "semaine" | "semaines" | "week" | "weeks" => (Unit::CalendarDays, 7),
        "mois" | "month" | "months" => (Unit::Months, 1),
        "an" | "ans" | "année" | "années" | "year" | "years" => (Unit::Years, 1),
        _ => return None,
    };
    // "calendar days", "jours ouvrables".
    let before = at.checked_sub(1).map_or("", word);
    let adjective = matches!(before, "calendar" | "working" | "business" | "full");
    let amount_end = if adjective { at - 1 } else { at };
    let after = word(at + 1);
    // No delays: "un jour férié", "7 jours sur 7", "un week-end".
    if after.starts_with("féri") || after.starts_with("chôm") || matches!(after, "sur" | "end") {
        return None;
    }
    let said = |stem: &str| after.starts_with(stem);
    let (unit, is_said) = match plain {
        Unit::CalendarDays if said("ouvrable") => (Unit::JoursOuvrables, true),
        Unit::CalendarDays if said("ouvré") || said("ouvre") => (Unit::JoursOuvres, true),
        // Which days an English text works on is not said by the word.
        Unit::CalendarDays if matches!(before, "working" | "business") => {
            (Unit::JoursOuvres, false)
        }
        Unit::CalendarDays => {
            let all = said("calendaire") || before == "calendar" || times == 7;
            (Unit::CalendarDays, all)
        }
        other => (other, true),
    };
    let texts: Vec<&str> = words[..amount_end]
        .iter()
        .map(|w| w.text.as_str())
        .collect();
    let (amount, taken) = number::ending(&texts)?;
    let within = amount.checked_mul(times)?;
    if within > unit.most() {
        return None;
    }
    let first = amount_end - taken;
    let cue = (first.saturating_sub(CUE_BEFORE)..first).find(|at| is_cue(word(*at)));
    let unit_end = if is_said && unit != plain || said("calendaire") || said("franc") {
        at + 1
    } else {
        at
    };
    let from_cue = (unit_end + 1..=unit_end + CUE_AFTER).find(|at| is_start_cue(word(*at)));
    if cue.is_none() && from_cue.is_none() {
        return None;
    }
    let event = from_cue.and_then(|cue| {
        (cue + 1..=cue + EVENT_AFTER).find_map(|at| start(words, at).map(|start| (at, start)))
    });
    let quoted = cue.map_or(first, |at| {
        if word(at) == "tard" {
            at.saturating_sub(2)
        } else {
            at
        }
    });
    let (from, to) = (
        words[quoted].from,
        words[event.map_or(unit_end, |(at, _)| at)].to,
    );
    let mut undecided = Vec::new();
    if !is_said {
        undecided.push("unit");
    }
    if event.is_none() {
        undecided.push("start");
    }
    if prolonged.is_none() {
        undecided.push("prolonged");
    }
    Some(Proposal {
        words: text[from..to].to_owned(),
        from,
        to,
        within,
        unit,
        start: event.map(|(_, start)| start),
        prolonged,
        undecided,
    })
}

/// Whether a word before an amount says that it is a delay.
fn is_cue(word: &str) -> bool {
    let stems = ["délai", "dispos", "bénéfici", "period"];
    matches!(
        word,
        "dans" | "sous" | "pendant" | "durant" | "tard" | "within" | "during" | "latest" | "have"
    ) || stems.iter().any(|stem| word.starts_with(stem))
}

/// Whether a word after a delay says from when it runs.
fn is_start_cue(word: &str) -> bool {
    matches!(
        word,
        "compter"
            | "partir"
            | "suivant"
            | "suivants"
            | "suivent"
            | "suit"
            | "après"
            | "dès"
            | "from"
            | "after"
            | "following"
            | "of"
    )
}

/// The event a word names.
fn start(words: &[Word], at: usize) -> Option<Start> {
    const STEMS: [(Start, &[&str]); 8] = [
        (
            Start::Receipt,
            &[
                "récepti",
                "livraison",
                "délivrance",
                "reçu",
                "remise",
                "retrait",
                "receipt",
                "receiv",
                "deliver",
            ],
        ),
        (Start::Order, &["commande", "achat", "order", "purchase"]),
        (Start::Dispatch, &["expédi", "dispatch", "shipment"]),
        (
            Start::Withdrawal,
            &["rétract", "décision", "renonc", "withdraw", "decision"],
        ),
        (Start::Discovery, &["découv", "discover"]),
        (
            Start::Complaint,
            &["réclamation", "demande", "complaint", "request"],
        ),
        (
            Start::Agreement,
            &[
                "conclusion",
                "signature",
                "souscri",
                "accept",
                "accord",
                "adhésion",
                "agreement",
            ],
        ),
        (
            Start::EndOfService,
            &["fin", "résili", "exécution", "prestation", "end", "expir"],
        ),
    ];
    let named = |text: &str| {
        let is = |stem: &&str| text.starts_with(stem) && (stem.len() > 3 || text == *stem);
        STEMS
            .iter()
            .find(|(_, stems)| stems.iter().any(is))
            .map(|(start, _)| *start)
    };
    let found = named(&words.get(at)?.text)?;
    // "réception de votre rétractation" is no receipt of goods.
    if found == Start::Receipt {
        let letter = words[at + 1..]
            .iter()
            .take(5)
            .find_map(|word| match named(&word.text) {
                Some(of @ (Start::Withdrawal | Start::Complaint)) => Some(of),
                _ => None,
            });
        return Some(letter.unwrap_or(found));
    }
    Some(found)
}

/// Whether the clause puts off a last day that falls on a weekend or holiday.
fn prolongs(text: &str) -> bool {
    sentences(text).into_iter().any(|(from, to)| {
        let small = text[from..to].to_lowercase();
        let has = |stems: &[&str]| stems.iter().any(|stem| small.contains(stem));
        has(&["prolong", "prorog", "reporté", "extended", "put off"])
            && has(&[
                "samedi", "dimanche", "férié", "week-end", "saturday", "sunday", "holiday",
            ])
    })
}

/// Sentences and lines, as byte ranges.
fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut from = 0;
    let mut ended = false;
    for (at, c) in text.char_indices() {
        let ends = c == '\n' || ended && c.is_whitespace();
        if ends {
            ranges.push((from, at));
            from = at;
        }
        ended = matches!(c, '.' | '!' | '?' | ';');
    }
    ranges.push((from, text.len()));
    ranges
}

/// The words of a sentence that begins at `offset`.
fn words(sentence: &str, offset: usize) -> Vec<Word> {
    let mut words = Vec::new();
    let mut from = None;
    for (at, c) in sentence.char_indices().chain([(sentence.len(), ' ')]) {
        match (c.is_alphanumeric(), from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                words.push(Word {
                    text: sentence[start..at].to_lowercase(),
                    from: offset + start,
                    to: offset + at,
                });
                from = None;
            }
            _ => {}
        }
    }
    words
}
