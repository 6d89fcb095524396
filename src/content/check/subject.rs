//! What a delay is about: the word for a subject that stands nearest in its sentence. Where no word is near enough a
//! delay has no subject, and no rule speaks of it.

use super::text::{Word, find};
use std::fmt;
use std::ops::Range;

/// What a delay is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Withdrawal,
    Return,
    Refund,
    Delivery,
    Guarantee,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Withdrawal => "the withdrawal period",
            Self::Return => "the return",
            Self::Refund => "the refund",
            Self::Delivery => "the delivery",
            Self::Guarantee => "the legal guarantee",
        })
    }
}

/// A subject and the words that name it.
pub(super) type Named = (Subject, Range<usize>);

/// Acts rather than nouns where the noun is everywhere: `livré` and `retour` stand in sentences about anything.
const SUBJECTS: [(Subject, &[&str]); 5] = [
    (
        Subject::Withdrawal,
        &[
            "retract*",
            "renoncer",
            "renonciation",
            "change* d avis",
            "resilier le contrat",
            "annuler le contrat",
            "withdraw*",
            "change* your mind",
        ],
    ),
    (
        Subject::Return,
        &[
            "renvoye*",
            "retourner",
            "retournez",
            "restituer",
            "restituez",
            "send* * back",
            "to return",
        ],
    ),
    (
        Subject::Refund,
        &["rembours*", "recredit*", "refund*", "reimburs*"],
    ),
    (
        Subject::Delivery,
        &[
            "livraison*",
            "livrer",
            "livrons",
            "livre* sous",
            "livre* en",
            "livre* dans",
            "achemin*",
            "delivery",
            "deliver",
            "delivered within",
            "delivered in",
            "shipping",
        ],
    ),
    (
        Subject::Guarantee,
        &["garantie* legale*", "legal guarantee*"],
    ),
];

/// Words that set a subject aside: `en plus du droit de rétractation`.
const SET_ASIDE: [&str; 6] = [
    "en plus", "outre", "au dela", "addition", "besides", "apart",
];

/// Where subjects are named among the words of a sentence. The refund `en cas de rétractation` is a refund.
pub(super) fn named(words: &[Word]) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for (subject, patterns) in SUBJECTS {
        for pattern in patterns {
            let mut from = 0;
            while let Some(at) = find(&words[from..], pattern) {
                found.push((subject, from + at.start..from + at.end));
                from += at.end;
            }
        }
    }
    let refund = found
        .iter()
        .filter(|(subject, _)| *subject == Subject::Refund)
        .map(|(_, at)| at.start)
        .min();
    found.retain(|(subject, at)| {
        let before = &words[at.start.saturating_sub(5)..at.start];
        let aside = SET_ASIDE.iter().any(|word| find(before, word).is_some());
        let of_a_refund =
            *subject == Subject::Withdrawal && refund.is_some_and(|refund| refund < at.start);
        !aside && !of_a_refund
    });
    found
}

/// The subject of a heading that names one alone.
pub(super) fn only(words: &[Word]) -> Option<Subject> {
    let found = named(words);
    let (first, _) = found.first()?;
    found
        .iter()
        .all(|(subject, _)| subject == first)
        .then_some(*first)
}

/// The subject nearest to a delay, within the words around it that are nearer to no other delay. A word behind the
/// delay counts double, for the subject is mostly named first, unless it follows at once: `14 jours pour renvoyer`.
pub(super) fn nearest(
    words: &[Word],
    named: &[Named],
    delay: &Range<usize>,
    around: &Range<usize>,
) -> Option<Subject> {
    let at_once = words
        .get(delay.end)
        .is_some_and(|word| matches!(word.text.as_str(), "pour" | "to" | "for"));
    let distance = |(subject, at): &Named| {
        let before = at.end <= delay.start;
        let between = if before {
            delay.start - at.end
        } else {
            at.start.saturating_sub(delay.end)
        };
        let distance = match (before, at_once && between <= 4) {
            (true, _) => between,
            (false, true) => 0,
            (false, false) => 2 * between,
        };
        let within = around.start <= at.start && at.end <= around.end;
        (within && distance <= far(*subject)).then_some((distance, *subject))
    };
    let nearest = named.iter().filter_map(distance);
    nearest
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, subject)| subject)
}

/// Words between a delay and what it is about, at most.
fn far(subject: Subject) -> usize {
    match subject {
        Subject::Withdrawal | Subject::Refund | Subject::Return => 15,
        Subject::Guarantee => 10,
        Subject::Delivery => 5,
    }
}
