//! What the desk did with the claims of a period: how many came, how soon and how well they were
//! answered. What counts, and why, is in `guichet_domain::indicator`; here it is arranged and worded.

use crate::figures::Report;
use crate::period::Period;
use crate::words::{Word, count, duration, percent, pick};
use guichet_domain::claim::Claim;
use guichet_domain::indicator::{Case, Indicators, MIN_CASES, Share, of_period};
use guichet_domain::lang::Lang;
use guichet_domain::site::Site;
use guichet_domain::zone::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// The claims a report is told of.
#[derive(Clone, Debug)]
pub struct Claims {
    /// Claims of any day, with what was done to them.
    pub cases: Vec<Case>,
    /// Whose they are: its opening hours, and which of its categories are about a purchase to come.
    pub site: Option<Site>,
    /// How they stand when.
    pub now: Timestamp,
}

/// What the desk did. Claims that were merged into another are not counted beside it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Desk {
    /// Claims opened in the period.
    pub opened: u64,
    /// The same by category, most first.
    pub by_category: Vec<(String, u64)>,
    /// How soon and how well they were answered, as they stand now.
    pub figures: Indicators,
    /// Claims about a purchase to come; `None` where no category is known to be.
    pub wishes: Option<Wishes>,
}

/// Claims about a purchase to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Wishes {
    /// Opened in the period.
    pub caught: u64,
    /// Of these, those the team has written to.
    pub answered: u64,
}

/// A figure in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) word: Word,
    /// Of what: a channel, a part of the rating; empty where there is one figure.
    pub(crate) of: String,
    pub(crate) text: String,
}

impl Desk {
    /// Counts the claims opened in a period; `None` where the shop has no desk.
    pub(crate) fn new(claims: &Claims, period: Period) -> Option<Self> {
        let site = claims.site.as_ref();
        if claims.cases.is_empty() && site.is_none_or(|site| site.claims.is_none()) {
            return None;
        }
        let opened: Vec<&Claim> = claims
            .cases
            .iter()
            .map(|case| &case.claim)
            .filter(|claim| period.contains(claim.opened) && claim.merged_into.is_none())
            .collect();
        let mut by_category: BTreeMap<&str, u64> = BTreeMap::new();
        for claim in &opened {
            *by_category.entry(&claim.category).or_default() += 1;
        }
        let mut by_category: Vec<(String, u64)> = by_category
            .into_iter()
            .map(|(category, claims)| (category.to_owned(), claims))
            .collect();
        by_category.sort_by_key(|(_, claims)| std::cmp::Reverse(*claims));
        // An open period has all claims there are.
        let after = Timestamp(claims.now.0.saturating_add(1));
        let days = period.begin().unwrap_or(Timestamp(0))..period.end().unwrap_or(after);
        Some(Self {
            opened: opened.len() as u64,
            by_category,
            figures: of_period(site, &claims.cases, days, claims.now),
            wishes: site.and_then(|site| wishes(site, &opened)),
        })
    }
}

fn wishes(site: &Site, opened: &[&Claim]) -> Option<Wishes> {
    let is_sales = |id: &str| site.category(id).is_some_and(|category| category.sales);
    if !site.categories.iter().any(|category| category.sales) {
        return None;
    }
    let mut wishes = Wishes::default();
    for claim in opened.iter().filter(|claim| is_sales(&claim.category)) {
        wishes.caught += 1;
        wishes.answered += u64::from(claim.responded.is_some());
    }
    Some(wishes)
}

/// The figures in the order they are read.
pub(crate) fn rows(report: &Report, desk: &Desk) -> Vec<Row> {
    let lang = report.lang;
    let figures = &desk.figures;
    let row = |word: Word, of: &str, text: String| Row {
        word,
        of: of.to_owned(),
        text,
    };
    let mut rows = vec![row(Word::Claim, "", opened(report, desk))];
    if desk.opened == 0 {
        return rows;
    }
    rows.push(row(Word::Kept, "", share(lang, figures.kept)));
    let first = share(lang, figures.first_contact);
    rows.push(row(Word::FirstContact, "", first));
    for delay in &figures.delay {
        let text = match (delay.median_minutes, delay.p90_minutes) {
            (Some(median), Some(p90)) => {
                let (median, p90) = (duration(lang, median.into()), duration(lang, p90.into()));
                let cases = count(lang, delay.cases as u64);
                match lang {
                    Lang::Fr => format!(
                        "{median} d’ouverture ou moins pour la moitié, {p90} ou moins pour neuf sur dix ({cases} demandes)"
                    ),
                    Lang::En => format!(
                        "{median} of opening time or less for half of them, {p90} or less for nine in ten ({cases} claims)"
                    ),
                }
            }
            _ => too_few(lang, delay.cases),
        };
        rows.push(row(Word::Delay, report.names.channel(&delay.channel), text));
    }
    let said = figures.satisfaction;
    let parts = [
        (pick(lang, "délai", "delay"), said.delay),
        (pick(lang, "écoute", "being listened to"), said.listened),
    ];
    for (of, points) in parts {
        let text = match points {
            Some(points) => {
                let answers = count(lang, said.answers as u64);
                let points = format!("{points:.1}");
                match lang {
                    Lang::Fr => format!("{} sur 5 ({answers} avis)", points.replace('.', ",")),
                    Lang::En => format!("{points} of 5 ({answers} answers)"),
                }
            }
            None => too_few(lang, said.answers),
        };
        rows.push(row(Word::Satisfaction, of, text));
    }
    if let Some(Wishes { caught, answered }) = desk.wishes {
        let (caught, answered) = (count(lang, caught), count(lang, answered));
        let text = match lang {
            Lang::Fr => format!("{caught}, dont {answered} ont déjà eu une réponse"),
            Lang::En => format!("{caught}, of which {answered} were answered"),
        };
        rows.push(row(Word::Wish, "", text));
    }
    rows
}

fn opened(report: &Report, desk: &Desk) -> String {
    let lang = report.lang;
    let parts: Vec<String> = desk
        .by_category
        .iter()
        .map(|(id, claims)| format!("{} {}", report.names.category(id), count(lang, *claims)))
        .collect();
    let all = count(lang, desk.opened);
    if parts.is_empty() {
        return all;
    }
    format!("{all} ({})", parts.join(", "))
}

fn share(lang: Lang, share: Share) -> String {
    let Some(good) = share.good() else {
        return too_few(lang, share.cases);
    };
    let of = share.cases as u64;
    let (rate, good, of) = (percent(lang, good, of), count(lang, good), count(lang, of));
    match lang {
        Lang::Fr => format!("{good} sur {of} ({rate})"),
        Lang::En => format!("{good} of {of} ({rate})"),
    }
}

fn too_few(lang: Lang, cases: usize) -> String {
    match lang {
        Lang::Fr => format!("pas encore de chiffre\u{a0}: {cases} cas, il en faut {MIN_CASES}"),
        Lang::En => format!("no figure yet: {cases} cases, it takes {MIN_CASES}"),
    }
}

#[cfg(test)]
mod tests;
