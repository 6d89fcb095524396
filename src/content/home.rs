//! What the panel shows before anything is asked, as `site.toml` says it: notices with their days, and the questions
//! that belong to a page or to the state of an order.

use crate::problem::{Problems, Source};
use crate::settings::Settings;
use crate::site::LocaleContent;
use guichet_bundle::manifest::Suggestion;
use guichet_bundle::{Pack, TopQuestion};
use guichet_domain::civil::Date;
use guichet_domain::document::{Document, FaqEntry};
use guichet_domain::lang::{Lang, Localized};
use guichet_domain::notice::Notice;
use guichet_domain::suggestion::When;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::value::Datetime;

/// A `[[notice]]` of `site.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawNotice {
    text: Spanned<Localized>,
    from: Option<Spanned<Datetime>>,
    until: Spanned<Datetime>,
    entry: Option<Spanned<String>>,
}

/// A `[[suggestion]]` of `site.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSuggestion {
    entries: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    urls: Vec<String>,
    #[serde(default)]
    pages: Vec<String>,
    #[serde(default)]
    orders: Vec<String>,
}

/// A `[[suggestion]]`, checked.
#[derive(Clone, Debug)]
pub struct Suggested {
    when: When,
    /// Ids of entries (`faq/retours`).
    entries: Vec<String>,
}

/// An id that `site.toml` names, with its place in the file.
pub(crate) type Named = (String, usize);

/// What of `site.toml` is about the home of the panel.
pub(crate) struct Home {
    pub(crate) notices: Vec<Notice>,
    pub(crate) suggestions: Vec<Suggested>,
    /// Every entry that either names.
    pub(crate) named: Vec<Named>,
}

/// Reads notices and suggestions; each mistake is told at its place.
pub(crate) fn read(
    notices: &[RawNotice],
    suggestions: &[RawSuggestion],
    source: &Source<'_>,
    problems: &mut Problems,
) -> Home {
    let mut named = Vec::new();
    let mut name = |slug: &Spanned<String>| {
        let id = format!("faq/{}", slug.get_ref());
        named.push((id.clone(), slug.span().start));
        id
    };
    let notices = notices
        .iter()
        .filter_map(|raw| {
            let entry = raw.entry.as_ref().map(&mut name);
            read_notice(raw, entry, source, problems)
        })
        .collect();
    let suggestions = suggestions
        .iter()
        .map(|raw| {
            let when = When {
                urls: raw.urls.clone(),
                pages: raw.pages.clone(),
                orders: raw.orders.clone(),
            };
            let at = source.at(raw.entries.span().start);
            if when.is_empty() {
                problems.error(
                    &at,
                    "a suggestion for no page, expected `urls`, `pages` or `orders`",
                    "write for example `urls = [\"/produits/*\"]`; questions for every page stand in `[top]`",
                );
            }
            if raw.entries.get_ref().is_empty() {
                problems.error(
                    &at,
                    "a suggestion of no entry, expected at least one",
                    "name entries by their id, for example `entries = [\"choisir-sa-taille\"]`",
                );
            }
            Suggested {
                when,
                entries: raw.entries.get_ref().iter().map(&mut name).collect(),
            }
        })
        .collect();
    Home {
        notices,
        suggestions,
        named,
    }
}

fn read_notice(
    raw: &RawNotice,
    entry: Option<String>,
    source: &Source<'_>,
    problems: &mut Problems,
) -> Option<Notice> {
    if raw.text.get_ref().is_empty() {
        problems.error(
            &source.at(raw.text.span().start),
            "a notice without a text",
            "write `text = { fr = \"…\", en = \"…\" }`",
        );
    }
    let from = match &raw.from {
        None => None,
        Some(first) => Some(day(first, source, problems)?),
    };
    let until = day(&raw.until, source, problems)?;
    if let Some(from) = from.filter(|from| until < *from) {
        problems.error(
            &source.at(raw.until.span().start),
            format!("the notice ends on {until}, before it begins on {from}"),
            "exchange the two days",
        );
        return None;
    }
    Some(Notice {
        from,
        until,
        text: raw.text.get_ref().clone(),
        entry,
    })
}

/// Tells of entries that notices and suggestions name and no language has.
pub(crate) fn check(
    settings: &Settings,
    locales: &BTreeMap<Lang, LocaleContent>,
    source: &Source<'_>,
    problems: &mut Problems,
) {
    for (id, at) in &settings.named_entries {
        let has = |content: &LocaleContent| content.entries.iter().any(|own| own.entry.id == *id);
        if !locales.values().any(has) {
            let slug = id.strip_prefix("faq/").unwrap_or(id);
            problems.error(
                &source.at(*at),
                format!("the entry `{slug}` does not exist"),
                "name an entry by the file it stands in, without `.md`",
            );
        }
    }
}

/// The suggestions in a language; entries it does not have are left out.
pub(crate) fn suggestions(all: &[Suggested], pack: &Pack) -> Vec<Suggestion> {
    let entry = |id: &String| match pack.find(id) {
        Some(Document::Faq(entry)) => Some(link(entry)),
        _ => None,
    };
    all.iter()
        .map(|own| Suggestion {
            when: own.when.clone(),
            questions: own.entries.iter().filter_map(entry).collect(),
        })
        .filter(|own| !own.questions.is_empty())
        .collect()
}

/// Only the question: its answer comes with the content.
fn link(entry: &FaqEntry) -> TopQuestion {
    TopQuestion {
        id: entry.id.clone(),
        question: entry.question.clone(),
        short: String::new(),
    }
}

/// Reads a day; one with a time, or that no calendar has, is told at its place.
pub(crate) fn day(
    value: &Spanned<Datetime>,
    source: &Source<'_>,
    problems: &mut Problems,
) -> Option<Date> {
    let parts = value
        .get_ref()
        .date
        .filter(|_| value.get_ref().time.is_none());
    let date = parts.and_then(|day| Date::new(day.year.into(), day.month.into(), day.day.into()));
    if date.is_none() {
        problems.error(
            &source.at(value.span().start),
            format!("`{}` is not a day", value.get_ref()),
            "write it as `2026-12-24`, without quotes or time",
        );
    }
    date
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn problems_of(toml: &str) -> Vec<String> {
        let head = "name = \"x\"\nurl = \"https://x.example\"\nlocales = [\"fr\"]\ntime_zone = \"Europe/Paris\"\n";
        let channel = "[[channel]]\nid = \"e\"\nkind = \"email\"\nname = { fr = \"E\" }\ncontact = \"a@x.example\"\n";
        let text = [head, toml, channel].concat();
        let source = Source {
            file: Path::new("site.toml"),
            text: &text,
        };
        let mut problems = Problems::default();
        crate::settings::read("x", &source, &mut problems);
        let told = problems.sorted().into_iter();
        told.map(|problem| problem.message).collect()
    }

    #[test]
    fn a_notice_and_a_suggestion_as_they_should_be_are_read_without_a_word() {
        let toml = "[[notice]]\nuntil = 2026-12-06\ntext = { fr = \"Grève\" }\n\
                    [[suggestion]]\npages = [\"product\"]\nentries = [\"a\"]\n";
        assert_eq!(problems_of(toml), Vec::<String>::new());
    }

    #[test]
    fn every_mistake_is_told() {
        let toml = "[[notice]]\nfrom = 2026-12-07\nuntil = 2026-12-06\ntext = {}\n\
                    [[notice]]\nuntil = 2026-12-06T10:00:00\ntext = { fr = \"x\" }\n\
                    [[suggestion]]\nentries = []\n";
        assert_eq!(
            problems_of(toml),
            [
                "the notice ends on 2026-12-06, before it begins on 2026-12-07",
                "a notice without a text",
                "`2026-12-06T10:00:00` is not a day",
                "a suggestion for no page, expected `urls`, `pages` or `orders`",
                "a suggestion of no entry, expected at least one",
            ]
        );
    }
}
