//! Deadlines as the owner confirms them: `[[deadline]]` in an entry's front matter, for that
//! entry, or in `site.toml`, for clauses and entries of every language. Every value stands in
//! the content; [`find`] only proposes.

use crate::problem::{Problems, Source};
use crate::site::LocaleContent;
use guichet_domain::deadline::{Deadline, Delay, Law, Start, Unit};
use guichet_domain::holiday::Region;
use guichet_domain::lang::{Lang, Localized};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

pub mod find;

#[cfg(test)]
mod tests;

/// A deadline of an entry's front matter.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawOfEntry {
    title: String,
    start: Spanned<String>,
    within: Spanned<i64>,
    unit: Spanned<String>,
    prolonged: bool,
    holidays: Option<Spanned<String>>,
    law: Option<RawLaw>,
}

/// A deadline of `site.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawOfSite {
    title: Spanned<Localized>,
    #[serde(default)]
    clauses: Vec<Spanned<String>>,
    #[serde(default)]
    entries: Vec<Spanned<String>>,
    start: Spanned<String>,
    within: Spanned<i64>,
    unit: Spanned<String>,
    prolonged: bool,
    holidays: Option<Spanned<String>>,
    law: Option<RawLaw>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLaw {
    within: Spanned<i64>,
    unit: Spanned<String>,
    prolonged: bool,
    source: Spanned<String>,
}

/// A deadline of `site.toml`, checked.
#[derive(Clone, Debug)]
pub struct Attached {
    title: Localized,
    title_at: usize,
    /// Addresses of clauses, each with its place in the file.
    clauses: Vec<(String, usize)>,
    /// Slugs of entries, each with its place in the file.
    entries: Vec<(String, usize)>,
    start: Start,
    delay: Delay,
    law: Option<Law>,
}

impl Attached {
    fn deadline(&self, lang: Lang) -> Deadline {
        Deadline {
            title: self.title.get(lang).to_owned(),
            start: self.start,
            delay: self.delay,
            law: self.law.clone(),
        }
    }
}

/// The deadlines of a clause, in the words of a language.
pub fn of_clause(attached: &[Attached], address: &str, lang: Lang) -> Vec<Deadline> {
    let has = |own: &&Attached| own.clauses.iter().any(|(id, _)| id == address);
    attached
        .iter()
        .filter(has)
        .map(|own| own.deadline(lang))
        .collect()
}

/// What a mistake in one deadline is told with.
struct Reader<'a, 'p> {
    source: &'a Source<'a>,
    /// Where the text that was parsed begins in the file.
    offset: usize,
    problems: &'p mut Problems,
}

/// Reads the deadlines of an entry, whose front matter begins at `offset`.
pub(crate) fn of_entry(
    raw: Vec<RawOfEntry>,
    holidays: Region,
    source: &Source<'_>,
    offset: usize,
    problems: &mut Problems,
) -> Vec<Deadline> {
    let mut reader = Reader {
        source,
        offset,
        problems,
    };
    raw.into_iter()
        .filter_map(|raw| {
            let holidays = reader.holidays(raw.holidays.as_ref(), holidays);
            let start = reader.start(&raw.start);
            let delay = reader.delay(&raw.within, &raw.unit, raw.prolonged, holidays);
            let law = raw.law.map(|law| reader.law(law, holidays));
            if raw.title.trim().is_empty() {
                reader.error(
                    raw.start.span().start,
                    "the deadline has an empty title".to_owned(),
                    "say what is to be done in time: `title = \"Renoncer à votre achat\"`",
                );
            }
            Some(Deadline {
                title: raw.title,
                start: start?,
                delay: delay?,
                law: all(law)?,
            })
        })
        .collect()
}

/// Reads the deadlines of `site.toml`.
pub(crate) fn of_site(
    raw: Vec<RawOfSite>,
    holidays: Region,
    source: &Source<'_>,
    problems: &mut Problems,
) -> Vec<Attached> {
    let mut reader = Reader {
        source,
        offset: 0,
        problems,
    };
    raw.into_iter()
        .filter_map(|raw| {
            let holidays = reader.holidays(raw.holidays.as_ref(), holidays);
            let start = reader.start(&raw.start);
            let delay = reader.delay(&raw.within, &raw.unit, raw.prolonged, holidays);
            let law = raw.law.map(|law| reader.law(law, holidays));
            let title_at = raw.title.span().start;
            if raw.clauses.is_empty() && raw.entries.is_empty() {
                reader.error(
                    title_at,
                    "the deadline belongs to nothing".to_owned(),
                    "name what it belongs to: `clauses = [\"cgv/7.1\"]` or `entries = [\"droit-de-retractation\"]`",
                );
            }
            let places = |names: Vec<Spanned<String>>| {
                let place = |name: Spanned<String>| {
                    let at = name.span().start;
                    (name.into_inner(), at)
                };
                names.into_iter().map(place).collect()
            };
            Some(Attached {
                title: raw.title.into_inner(),
                title_at,
                clauses: places(raw.clauses),
                entries: places(raw.entries),
                start: start?,
                delay: delay?,
                law: all(law)?,
            })
        })
        .collect()
}

/// `None` where there is a law but it cannot be used.
#[expect(
    clippy::option_option,
    reason = "outside: whether it can be used; inside: whether it is there"
)]
fn all(law: Option<Option<Law>>) -> Option<Option<Law>> {
    match law {
        Some(law) => law.map(Some),
        None => Some(None),
    }
}

impl Reader<'_, '_> {
    fn error(&mut self, at: usize, message: String, hint: &str) {
        let at = self.source.at(self.offset + at);
        self.problems.error(&at, message, hint);
    }

    fn start(&mut self, name: &Spanned<String>) -> Option<Start> {
        self.named(
            name,
            "event",
            "use `receipt`, `order`, `dispatch`, `agreement`, `end_of_service`, `withdrawal`, `discovery` or `complaint`",
        )
    }

    fn holidays(&mut self, name: Option<&Spanned<String>>, default: Region) -> Region {
        let Some(name) = name else { return default };
        let hint = "use `fr`, `fr-alsace-moselle` or `none`";
        self.named(name, "calendar of holidays", hint)
            .unwrap_or(default)
    }

    fn delay(
        &mut self,
        within: &Spanned<i64>,
        unit: &Spanned<String>,
        prolonged: bool,
        holidays: Region,
    ) -> Option<Delay> {
        let hint = "use `calendar_days`, `jours_ouvrables` (Monday to Saturday), `jours_ouvres` (Monday to Friday), `months` or `years`";
        let unit: Unit = self.named(unit, "unit", hint)?;
        let amount = u16::try_from(*within.get_ref())
            .ok()
            .filter(|amount| (1..=unit.most()).contains(amount));
        if amount.is_none() {
            self.error(
                within.span().start,
                format!(
                    "a delay of {}, expected 1 to {} of its unit",
                    within.get_ref(),
                    unit.most()
                ),
                "write for example `within = 14` and `unit = \"calendar_days\"`",
            );
        }
        Some(Delay {
            within: amount?,
            unit,
            prolonged,
            holidays,
        })
    }

    fn law(&mut self, raw: RawLaw, holidays: Region) -> Option<Law> {
        let delay = self.delay(&raw.within, &raw.unit, raw.prolonged, holidays);
        if raw.source.get_ref().trim().is_empty() {
            self.error(
                raw.source.span().start,
                "the law’s delay has no source".to_owned(),
                "say where it is written: `source = \"article L221-18 du Code de la consommation\"`",
            );
        }
        Some(Law {
            delay: delay?,
            source: raw.source.into_inner(),
        })
    }

    /// A value by the name that files and bundles give it.
    fn named<T: DeserializeOwned>(
        &mut self,
        name: &Spanned<String>,
        what: &str,
        hint: &str,
    ) -> Option<T> {
        let value = serde_json::from_value(name.get_ref().as_str().into()).ok();
        if value.is_none() {
            let message = format!("unknown {what} `{}`", name.get_ref());
            self.error(name.span().start, message, hint);
        }
        value
    }
}

/// Gives the deadlines of `site.toml` to the clauses and entries they name, behind their own.
pub(crate) fn attach(
    attached: &[Attached],
    locales: &mut BTreeMap<Lang, LocaleContent>,
    source: &Source<'_>,
    problems: &mut Problems,
) {
    let mut known: BTreeSet<String> = BTreeSet::new();
    for (lang, content) in locales.iter_mut() {
        for clause in &mut content.clauses {
            clause
                .deadlines
                .extend(of_clause(attached, &clause.id, *lang));
            known.insert(clause.id.clone());
        }
        for entry in &mut content.entries {
            let entry = &mut entry.entry;
            let has = |own: &&Attached| {
                let mut ids = own.entries.iter();
                ids.any(|(slug, _)| entry.id.strip_prefix("faq/") == Some(slug))
            };
            let own: Vec<_> = attached.iter().filter(has).collect();
            entry
                .deadlines
                .extend(own.into_iter().map(|own| own.deadline(*lang)));
            known.insert(entry.id.clone());
        }
    }
    for own in attached {
        for (lang, text) in [(Lang::Fr, &own.title.fr), (Lang::En, &own.title.en)] {
            let is_empty = text.as_ref().is_none_or(|text| text.trim().is_empty());
            if locales.contains_key(&lang) && is_empty {
                problems.error(
                    &source.at(own.title_at),
                    format!("the deadline has no title in `{lang}`"),
                    "say what is to be done in time, in every language of the site",
                );
            }
        }
        let clauses = own.clauses.iter().map(|(id, at)| (id, id.clone(), at));
        let entries = own
            .entries
            .iter()
            .map(|(id, at)| (id, format!("faq/{id}"), at));
        for (name, id, at) in clauses.chain(entries) {
            if !known.contains(&id) {
                problems.error(
                    &source.at(*at),
                    format!("the deadline belongs to `{name}`, which does not exist"),
                    "name the address of a clause (see `guichet clauses`) in `clauses`, the id of an entry in `entries`",
                );
            }
        }
    }
}

/// Warns of entries whose deadlines differ from one language to another.
pub(crate) fn check_languages<'a>(
    locales: &BTreeMap<Lang, LocaleContent>,
    mut place: impl FnMut(Lang, &str) -> Option<crate::problem::At<'a>>,
    problems: &mut Problems,
) {
    let rules = |deadlines: &[Deadline]| -> Vec<_> {
        let rule = |own: &Deadline| (own.start, own.delay, own.law.as_ref().map(|law| law.delay));
        deadlines.iter().map(rule).collect()
    };
    let mut first: BTreeMap<&str, (Lang, &[Deadline])> = BTreeMap::new();
    for (lang, content) in locales {
        for entry in &content.entries {
            let own = (*lang, entry.entry.deadlines.as_slice());
            let (other, theirs) = *first.entry(&entry.entry.id).or_insert(own);
            if rules(theirs) != rules(own.1)
                && let Some(at) = place(*lang, &entry.entry.id)
            {
                problems.warning(
                    &at,
                    format!("the entry’s deadlines in `{lang}` differ from those in `{other}`"),
                    "give both languages the same, or write them once as `[[deadline]]` with `entries` in site.toml",
                );
            }
        }
    }
}
