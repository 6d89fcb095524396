//! A delay in the FAQ that contradicts the terms. Compared are only delays about the same subject, of an entry and of
//! the clauses it cites; and where the cited clauses hold the entry's delay under any subject, the entry is believed.

use super::delay::{Delay, Unit, delays};
use super::text::quote;
use super::{Finding, Rule};
use crate::sources::{EntryFile, Sources, TermsFile};
use crate::terms::Clause;
use guichet_domain::rich::plain_text;

/// A delay with the clause that states it.
struct Stated<'a> {
    terms: &'a TermsFile,
    clause: &'a Clause,
    said: &'a str,
    delay: Delay,
}

pub(super) fn check(sources: &Sources, findings: &mut Vec<Finding>) {
    for own in &sources.entries {
        let stated: Vec<Stated<'_>> = sources
            .terms
            .iter()
            .flat_map(|terms| stated(own, terms))
            .collect();
        if !stated.is_empty() {
            check_entry(own, &stated, findings);
        }
    }
}

fn check_entry(own: &EntryFile, stated: &[Stated<'_>], findings: &mut Vec<Finding>) {
    let entry = &own.entry.entry;
    let mut told: Vec<Delay> = Vec::new();
    // The short answer speaks of what is asked; the whole one of much besides.
    let (tried, tried_body) = entry.answer(true);
    let tried_text = plain_text(tried_body);
    let texts = [
        (entry.short.as_str(), "short", entry.question.as_str()),
        (own.entry.text.as_str(), "answer", ""),
        (tried, "answer", entry.question.as_str()),
        (tried_text.as_str(), "answer", ""),
    ];
    for (text, key, heading) in texts {
        for delay in delays(heading, text) {
            let Some(subject) = delay.subject else {
                continue;
            };
            let comparable = |stated: &&Stated<'_>| {
                let alike = (stated.delay.unit == Unit::Months) == (delay.unit == Unit::Months);
                stated.delay.subject == Some(subject) && alike
            };
            // Of several the one that is meant is the nearest: `2 à 4 jours` is no contradiction of `24 h`.
            let nearest = |stated: &&Stated<'_>| delay.distance(&stated.delay);
            let Some(other) = stated.iter().filter(comparable).min_by_key(nearest) else {
                continue;
            };
            let same = |told: &Delay| {
                (told.subject, told.amount, told.unit) == (delay.subject, delay.amount, delay.unit)
            };
            if stated.iter().any(|stated| delay.agrees(&stated.delay)) || told.iter().any(same) {
                continue;
            }
            let (said, promised) = (&text[delay.range.clone()], other.said);
            let at = if key == "short" {
                own.source().key(key)
            } else {
                let body = own.text.get(own.body_start()..).unwrap_or_default();
                own.source()
                    .at(own.body_start() + body.find(said).unwrap_or(1))
            };
            let there = other.terms.at_words(other.clause, promised);
            findings.push(Finding::new(
                Rule::ContradictsTerms,
                &at,
                &entry.id,
                format!(
                    "for {subject} the {key} says `{}`, but clause `{}` says `{}` ({}:{})",
                    quote(said, 60),
                    other.terms.id(other.clause),
                    quote(promised, 60),
                    there.file.display(),
                    there.line
                ),
                "write the same delay in both, or cite the clause the entry's delay comes from",
            ));
            told.push(delay);
        }
    }
}

/// What the clauses of one file that an entry cites say of delays, their items and the sentence that announces them
/// included.
fn stated<'a>(own: &EntryFile, terms: &'a TermsFile) -> Vec<Stated<'a>> {
    let is_cited = |clause: &&Clause| {
        let id = terms.id(clause);
        own.entry.entry.clauses.iter().any(|cited| {
            let rest = id.strip_prefix(cited.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    };
    let mut found = Vec::new();
    for clause in terms.clauses().filter(is_cited) {
        let heading = clause.path.join("\n");
        let texts = [
            clause.text.as_str(),
            clause.lead.as_deref().unwrap_or_default(),
        ];
        for text in texts {
            found.extend(delays(&heading, text).into_iter().map(|delay| Stated {
                terms,
                clause,
                said: &text[delay.range.clone()],
                delay,
            }));
        }
    }
    found
}
