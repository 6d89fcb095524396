//! What the FAQ leaves open: categories without entries, and clauses no entry points to though they are the first
//! thing shoppers' questions find. What shoppers ask is what entries note in `question` and `asked`, and the questions a check is given.

use super::text::quote;
use super::{Finding, Rule};
use crate::bundle::locale;
use crate::lexicons::lexicon;
use crate::site::SiteContent;
use crate::sources::Sources;
use guichet_domain::document::Document;
use guichet_search::Index;
use std::collections::{BTreeMap, BTreeSet};

/// From so many questions on, shoppers do ask.
const ASKED_OFTEN: usize = 2;

/// A question leads to a clause that says at least this share of it.
const COVER: f32 = 0.6;

pub(super) fn check_categories(sources: &Sources, findings: &mut Vec<Finding>) {
    let Some(settings) = &sources.settings else {
        return;
    };
    for lang in &settings.site.locales {
        for category in &settings.site.categories {
            let mut entries = sources.entries.iter().filter(|own| own.lang == *lang);
            if !entries.any(|own| own.entry.entry.category == category.id) {
                findings.push(Finding::new(
                    Rule::EmptyCategory,
                    &sources.settings_source().quoted(&category.id),
                    format!("category/{}", category.id),
                    format!("category `{}` has no entry in `{lang}`", category.id),
                    "write an entry, or remove the category",
                ));
            }
        }
    }
}

pub(super) fn check_clauses(
    content: &SiteContent,
    sources: &Sources,
    questions: &[String],
    findings: &mut Vec<Finding>,
) {
    let cited: BTreeSet<&str> = sources
        .entries
        .iter()
        .flat_map(|own| &own.entry.entry.clauses)
        .map(String::as_str)
        .collect();
    for (lang, own) in &content.locales {
        // What can't be indexed is told by the build.
        let Ok(lexicon) = lexicon(*lang) else {
            continue;
        };
        let Ok(built) = locale(content, *lang, &lexicon) else {
            continue;
        };
        let Ok(index) = Index::open("index", &built.index) else {
            continue;
        };
        let mut asked: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let noted = own
            .entries
            .iter()
            .flat_map(|entry| std::iter::once(&entry.entry.question).chain(&entry.asked));
        for question in noted.chain(questions) {
            let found = index.search(question, 1);
            let first = found
                .hits
                .first()
                .filter(|hit| !found.declined && hit.cover >= COVER);
            if let Some(hit) = first
                && let Some(Document::Clause(clause)) = built.pack.documents.get(hit.row as usize)
                && !is_cited(&clause.id, &cited)
            {
                asked.entry(&clause.id).or_default().push(question);
            }
        }
        for (id, questions) in asked
            .into_iter()
            .filter(|(_, asked)| asked.len() >= ASKED_OFTEN)
        {
            let place = sources.terms.iter().find_map(|terms| {
                let clause = terms.clauses().find(|clause| terms.id(clause) == id)?;
                Some(terms.source().at(clause.start))
            });
            findings.push(Finding::new(
                Rule::Unreferenced,
                &place.unwrap_or(sources.settings_source().whole()),
                id,
                format!(
                    "{} questions lead to this clause, for example “{}”, and no entry points to it",
                    questions.len(),
                    quote(questions[0], 80)
                ),
                "name it in `clauses` of the entry that answers them, or write that entry",
            ));
        }
    }
}

/// Whether an entry cites the clause, the clause it is an item of, or one of its items.
fn is_cited(id: &str, cited: &BTreeSet<&str>) -> bool {
    let below = |outer: &str, inner: &str| {
        inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.starts_with('.'))
    };
    cited
        .iter()
        .any(|other| *other == id || below(other, id) || below(id, other))
}
