//! Delays as texts state them: `quatorze (14) jours ouvrables`, `2 à 4 jours`, `two years`. What each is about is found
//! by `subject`.

use super::subject::{self, Subject};
use super::text::{self, Word, sentences};
use std::ops::Range;

/// How its days are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    /// `jours`, without more.
    Unsaid,
    Calendar,
    /// `ouvrables`: Monday to Saturday.
    Ouvrables,
    /// `ouvrés`: days worked, mostly Monday to Friday.
    Ouvres,
    /// `working days` or `business days`, which English says for both.
    Working,
}

/// A delay of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Delay {
    /// The least and the most it says, in hours, days or months.
    pub(super) amount: (u32, u32),
    pub(super) unit: Unit,
    pub(super) count: Count,
    pub(super) subject: Option<Subject>,
    /// Where it stands, in bytes.
    pub(super) range: Range<usize>,
}

/// The unit it is counted in; weeks are seven days, years twelve months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Hours,
    Days,
    Months,
}

impl Count {
    fn agrees(self, other: Self) -> bool {
        let is_worked = |count| matches!(count, Self::Ouvrables | Self::Ouvres);
        self == other
            || [self, other].contains(&Self::Unsaid)
            || self == Self::Working && is_worked(other)
            || other == Self::Working && is_worked(self)
    }
}

impl Delay {
    /// Whether both can be true of one thing: the same amount, or one within what the other spans, and days counted
    /// alike or not said how.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        let (a, b) = (self.in_hours(), other.in_hours());
        let within = |a: (u32, u32), b: (u32, u32)| b.0 <= a.0 && a.1 <= b.1;
        let counted_alike =
            self.unit != Unit::Days || other.unit != Unit::Days || self.count.agrees(other.count);
        (self.unit == Unit::Months) == (other.unit == Unit::Months)
            && (within(a, b) || within(b, a))
            && counted_alike
    }

    /// How far two delays of one unit are apart.
    pub(super) fn distance(&self, other: &Self) -> u32 {
        let (a, b) = (self.in_hours(), other.in_hours());
        a.0.abs_diff(b.0).saturating_add(a.1.abs_diff(b.1))
    }

    fn in_hours(&self) -> (u32, u32) {
        let hours = match self.unit {
            Unit::Days => 24,
            Unit::Hours | Unit::Months => 1,
        };
        (
            self.amount.0.saturating_mul(hours),
            self.amount.1.saturating_mul(hours),
        )
    }
}

/// The delays of a text; `heading` names the subject of sentences that name none.
pub(super) fn delays(heading: &str, source: &str) -> Vec<Delay> {
    let above = subject::only(&text::words(heading));
    let mut delays = Vec::new();
    for sentence in sentences(source) {
        let words = text::words(&source[sentence.clone()]);
        let found = amounts(&words);
        let subjects = subject::named(&words);
        for (at, (span, amount, unit, count)) in found.iter().enumerate() {
            let from = at.checked_sub(1).map_or(0, |before| found[before].0.end);
            let to = found.get(at + 1).map_or(words.len(), |next| next.0.start);
            let subject = if subjects.is_empty() {
                above
            } else {
                subject::nearest(&words, &subjects, span, &(from..to))
            };
            let (first, last) = (&words[span.start], &words[span.end - 1]);
            delays.push(Delay {
                amount: *amount,
                unit: *unit,
                count: *count,
                subject,
                range: sentence.start + first.start..sentence.start + last.end,
            });
        }
    }
    delays
}

type Amount = (Range<usize>, (u32, u32), Unit, Count);

/// Amounts of time among words.
fn amounts(words: &[Word]) -> Vec<Amount> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((amount, end)) = amount(words, at) else {
            at += 1;
            continue;
        };
        found.extend(amount);
        at = end;
    }
    found
}

/// The amount that begins at a word, and where the next may begin; the amount is `None` where it is no delay.
fn amount(words: &[Word], start: usize) -> Option<(Option<Amount>, usize)> {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    let (mut at, mut numbers) = (start, Vec::new());
    let (unit, factor) = if let Some((number, unit)) = glued(text(at)) {
        numbers.push(number);
        unit
    } else {
        while let Some(number) = number(text(at)) {
            numbers.push(number);
            let joins = matches!(text(at + 1), "a" | "ou" | "et" | "to" | "or")
                && self::number(text(at + 2)).is_some();
            at += if joins { 2 } else { 1 };
        }
        if numbers.is_empty() {
            return None;
        }
        if matches!(text(at), "working" | "business" | "calendar" | "full") {
            at += 1;
        }
        unit(text(at))?
    };
    at += 1;
    let count = count(text(at.saturating_sub(2)), text(at));
    if matches!(count, Count::Ouvrables | Count::Ouvres)
        || count == Count::Calendar && text(at).starts_with(['c', 'f'])
    {
        at += 1;
    }
    let low = numbers.iter().min().copied().unwrap_or_default();
    let high = numbers.iter().max().copied().unwrap_or_default();
    let is_article = matches!(text(start), "un" | "une" | "one") && unit != Unit::Months;
    let is_added = matches!((text(at), text(at + 1)), ("de", "plus"))
        || ["supplementaire", "more", "extra"]
            .iter()
            .any(|word| text(at).starts_with(word));
    let is_delay = (1..=1000).contains(&low)
        && !is_article
        && !is_added
        && !is_clock(words, start, at, unit, low);
    let amount = (low.saturating_mul(factor), high.saturating_mul(factor));
    Some((is_delay.then_some((start..at, amount, unit, count)), at))
}

/// `de 9 h à 18 h`, `lundi 13 h`: an hour of the day.
fn is_clock(words: &[Word], start: usize, end: usize, unit: Unit, hours: u32) -> bool {
    let before = start
        .checked_sub(1)
        .map_or("", |at| words[at].text.as_str());
    let minutes = words
        .get(end)
        .is_some_and(|word| word.text.len() == 2 && word.text.parse::<u8>().is_ok());
    let lasts = matches!(before, "sous" | "en" | "dans" | "within" | "in" | "les");
    unit == Unit::Hours && (minutes || hours < 24 && !lasts)
}

fn glued(word: &str) -> Option<(u32, (Unit, u32))> {
    let digits = word.find(|c: char| !c.is_ascii_digit())?;
    let (number, rest) = word.split_at(digits);
    Some((number.parse().ok()?, unit(rest)?))
}

fn unit(word: &str) -> Option<(Unit, u32)> {
    Some(match word {
        "h" | "heure" | "heures" | "hour" | "hours" => (Unit::Hours, 1),
        "j" | "jour" | "jours" | "day" | "days" => (Unit::Days, 1),
        "semaine" | "semaines" | "week" | "weeks" => (Unit::Days, 7),
        "mois" | "month" | "months" => (Unit::Months, 1),
        "an" | "ans" | "annee" | "annees" | "year" | "years" => (Unit::Months, 12),
        _ => return None,
    })
}

/// How the days are counted, by the words before and behind the unit.
fn count(before: &str, behind: &str) -> Count {
    match (before, behind) {
        ("working" | "business", _) => Count::Working,
        (_, "ouvrable" | "ouvrables") => Count::Ouvrables,
        (_, "ouvre" | "ouvres" | "ouvree" | "ouvrees") => Count::Ouvres,
        ("calendar", _) | (_, "calendaire" | "calendaires" | "francs") => Count::Calendar,
        _ => Count::Unsaid,
    }
}

fn number(word: &str) -> Option<u32> {
    if word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit()) {
        return word.parse().ok();
    }
    Some(match word {
        "un" | "une" | "one" => 1,
        "deux" | "two" => 2,
        "trois" | "three" => 3,
        "quatre" | "four" => 4,
        "cinq" | "five" => 5,
        "six" => 6,
        "sept" | "seven" => 7,
        "huit" | "eight" => 8,
        "neuf" | "nine" => 9,
        "dix" | "ten" => 10,
        "douze" | "twelve" => 12,
        "quatorze" | "fourteen" => 14,
        "quinze" | "fifteen" => 15,
        "vingt" | "twenty" => 20,
        "trente" | "thirty" => 30,
        "quarante" | "forty" => 40,
        "soixante" | "sixty" => 60,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    type Expected = ((u32, u32), Unit, Count, Option<Subject>);

    fn check(text: &str, expected: &[Expected]) {
        let found: Vec<Expected> = delays("", text)
            .into_iter()
            .map(|delay| (delay.amount, delay.unit, delay.count, delay.subject))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_delay_is_read_with_its_unit_and_what_it_is_about() {
        use Count::{Calendar, Ouvrables, Ouvres, Unsaid};
        use Subject::{Delivery, Guarantee, Refund, Return, Withdrawal};
        use Unit::{Days, Hours, Months};
        check(
            "Vous disposez d’un délai de rétractation de quatorze (14) jours calendaires.",
            &[((14, 14), Days, Calendar, Some(Withdrawal))],
        );
        check(
            "La livraison prend 2 à 4 jours ouvrés. L’express arrive sous 24h.",
            &[
                ((2, 4), Days, Ouvres, Some(Delivery)),
                ((24, 24), Hours, Unsaid, None),
            ],
        );
        check(
            "Vous pouvez vous rétracter sous 14 jours ouvrables, puis avez 14 jours pour renvoyer l’article.",
            &[
                ((14, 14), Days, Ouvrables, Some(Withdrawal)),
                ((14, 14), Days, Unsaid, Some(Return)),
            ],
        );
        check(
            "We refund you within two weeks. The legal guarantee lasts two years.",
            &[
                ((14, 14), Days, Unsaid, Some(Refund)),
                ((24, 24), Months, Unsaid, Some(Guarantee)),
            ],
        );
    }

    #[test]
    fn an_hour_of_the_day_or_a_bare_number_is_no_delay() {
        check(
            "Nous livrons de 9 h à 12 h 30, le 3e jour, 12 rue du Lac.",
            &[],
        );
        check(
            "Le délai est prolongé jusqu’au premier jour ouvrable suivant.",
            &[],
        );
    }

    #[test]
    fn the_heading_names_the_subject_where_the_sentence_does_not() {
        let found = delays("Rétractation", "Vous avez 14 jours après réception.");
        assert_eq!(found[0].subject, Some(Subject::Withdrawal));
    }
}
