//! Reads a site folder: settings, FAQ entries and terms of every language, checked together.

use crate::check::Rule;
use crate::deadline;
use crate::edition::{self, Terms};
use crate::experiment;
use crate::faq::{self, Entry};
use crate::files::{files, read_text};
use crate::home;
use crate::problem::{At, Problem, Problems, Source};
use crate::settings::{self, Settings};
use crate::sources::{EntryFile, Sources, TermsFile};
use crate::terms::{Cut, Dangling};
use crate::terms_file;
use guichet_domain::civil::Date;
use guichet_domain::document::Clause;
use guichet_domain::holiday::Region;
use guichet_domain::lang::Lang;
use guichet_domain::zone::{Timestamp, Zone};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A site, read.
#[derive(Clone, Debug)]
pub struct SiteContent {
    /// From `site.toml`.
    pub settings: Settings,
    /// Content by language.
    pub locales: BTreeMap<Lang, LocaleContent>,
    /// The day it was read for: what is in force is in force then.
    pub today: Date,
}

/// What is written in one language.
#[derive(Clone, Debug, Default)]
pub struct LocaleContent {
    /// FAQ entries, by category in the order of `site.toml`, then by id.
    pub entries: Vec<Entry>,
    /// Terms of sale, every version of them, by name.
    pub terms: Vec<Terms>,
    /// Clauses of all terms in force, in their order.
    pub clauses: Vec<Clause>,
}

/// The day a site is read for.
#[derive(Clone, Copy, Debug)]
pub enum Day {
    /// A given one.
    On(Date),
    /// The day it is at this moment where the shop counts its hours.
    Now(Timestamp),
}

impl Day {
    /// Without a zone, where the settings are wrong, the day is UTC's.
    pub(crate) fn date(self, zone: Option<Zone>) -> Date {
        match (self, zone.or_else(|| Zone::named("UTC").ok())) {
            (Self::On(date), _) => date,
            (Self::Now(at), Some(zone)) => zone.local(at).date,
            (Self::Now(_), None) => Date(0),
        }
    }
}

/// Reads a site folder as it stands on a day. The site is given only without errors; problems come in either case.
pub fn read(folder: &Path, day: Day) -> (Option<SiteContent>, Vec<Problem>) {
    let (content, _, problems) = read_with_sources(folder, day);
    (content, problems)
}

/// As [`read`], with the files as far as they could be read: for rules that point into them.
pub fn read_with_sources(folder: &Path, day: Day) -> (Option<SiteContent>, Sources, Vec<Problem>) {
    let mut problems = Problems::default();
    let mut sources = Sources::default();
    let content = read_all(folder, day, &mut sources, &mut problems);
    let content = content.filter(|_| !problems.any_error());
    (content, sources, problems.sorted())
}

fn read_all(
    folder: &Path,
    day: Day,
    sources: &mut Sources,
    problems: &mut Problems,
) -> Option<SiteContent> {
    let file = folder.join("site.toml");
    let text = read_text(&file, problems)?;
    let source = Source {
        file: &file,
        text: &text,
    };
    let id = fs::canonicalize(folder)
        .ok()
        .and_then(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .unwrap_or_default();
    // Entries and terms are read even if the settings are wrong: all problems in one run.
    let settings = settings::read(&id, &source, problems);
    let holidays = settings
        .as_ref()
        .map_or(Region::default(), |settings| settings.site.holidays);
    sources.settings_file.clone_from(&file);
    sources.settings_text.clone_from(&text);
    sources.settings.clone_from(&settings);
    let mut locales: BTreeMap<Lang, LocaleContent> = BTreeMap::new();
    let mut places: BTreeMap<(Lang, String), PathBuf> = BTreeMap::new();
    for (lang, path) in files(folder, "faq", &["md"], problems) {
        let Some(text) = read_text(&path, problems) else {
            continue;
        };
        let source = Source {
            file: &path,
            text: &text,
        };
        let Some(entry) = faq::read(&source, holidays, problems) else {
            continue;
        };
        if let Some(first) = places.insert((lang, entry.entry.id.clone()), path.clone()) {
            let message = format!(
                "two entries have the id `{}`; the other is {}",
                slug(&entry.entry.id),
                first.display()
            );
            problems.error(&source.key("id"), message, "give each entry its own id");
        }
        sources.entries.push(EntryFile {
            lang,
            file: path,
            entry: entry.clone(),
            text,
        });
        locales.entry(lang).or_default().entries.push(entry);
    }
    let zone = settings.as_ref().map(|settings| settings.site.time_zone);
    let today = day.date(zone);
    let mut found: BTreeMap<Lang, Vec<PathBuf>> = BTreeMap::new();
    for (lang, path) in files(folder, "terms", &terms_file::ENDINGS, problems) {
        found.entry(lang).or_default().push(path);
    }
    for (lang, paths) in found {
        let terms = edition::read(&paths, today, problems);
        let own = locales.entry(lang).or_default();
        let in_force = |terms: &Terms| TermsFile {
            lang,
            stem: terms.name.clone(),
            file: terms.in_force.file.clone(),
            text: terms.in_force.text.clone(),
            cut: terms.in_force.cut.clone(),
        };
        sources.terms.extend(terms.iter().map(in_force));
        own.clauses = terms.iter().flat_map(Terms::clauses).collect();
        own.terms = terms;
    }
    let settings = settings?;
    check(&settings, &locales, &places, &source, problems);
    home::check(&settings, &locales, &source, problems);
    let file = |lang, id: &str| places.get(&(lang, id.to_owned())).map(PathBuf::as_path);
    experiment::check(settings.experiment.as_ref(), &mut locales, file, problems);
    deadline::attach(&settings.deadlines, &mut locales, &source, problems);
    let place = |lang, id: &str| {
        Some(At {
            file: file(lang, id)?,
            line: 0,
        })
    };
    deadline::check_languages(&locales, place, problems);
    for content in locales.values_mut() {
        let rank = |category: &str| {
            settings
                .site
                .categories
                .iter()
                .position(|own| own.id == category)
        };
        content.entries.sort_by(|a, b| {
            rank(&a.entry.category)
                .cmp(&rank(&b.entry.category))
                .then(a.entry.id.cmp(&b.entry.id))
        });
    }
    locales.retain(|lang, _| settings.site.locales.contains(lang));
    Some(SiteContent {
        settings,
        locales,
        today,
    })
}

fn slug(id: &str) -> &str {
    id.strip_prefix("faq/").unwrap_or(id)
}

/// What only the whole site shows: names that must exist elsewhere.
fn check(
    settings: &Settings,
    locales: &BTreeMap<Lang, LocaleContent>,
    places: &BTreeMap<(Lang, String), PathBuf>,
    settings_source: &Source<'_>,
    problems: &mut Problems,
) {
    let clauses: BTreeSet<&str> = locales
        .values()
        .flat_map(|content| &content.clauses)
        .map(|clause| clause.id.as_str())
        .collect();
    for (lang, content) in locales {
        let ids: BTreeSet<&str> = content
            .entries
            .iter()
            .map(|entry| entry.entry.id.as_str())
            .collect();
        for Entry { entry, .. } in &content.entries {
            let Some(path) = places.get(&(*lang, entry.id.clone())) else {
                continue;
            };
            let text = fs::read_to_string(path).unwrap_or_default();
            let source = Source {
                file: path,
                text: &text,
            };
            if !settings
                .site
                .categories
                .iter()
                .any(|own| own.id == entry.category)
            {
                problems.error(
                    &source.key("category"),
                    format!("unknown category `{}`", entry.category),
                    "name the id of a `[[category]]` of site.toml, or add it there",
                );
            }
            for clause in entry
                .clauses
                .iter()
                .filter(|id| !clauses.contains(id.as_str()))
            {
                problems.error_by(
                    Rule::Reference,
                    &source.quoted(clause),
                    format!("related clause `{clause}` does not exist"),
                    nearest_hint(clause, &clauses),
                );
            }
            for related in entry.related.iter().filter(|id| !ids.contains(id.as_str())) {
                problems.error_by(
                    Rule::DeadLink,
                    &source.quoted(slug(related)),
                    format!(
                        "related entry `{}` does not exist in `{lang}`",
                        slug(related)
                    ),
                    nearest_hint(related, &ids),
                );
            }
        }
        if let Some(top) = settings.top.get(lang) {
            for id in top
                .iter()
                .filter(|id| !ids.contains(format!("faq/{id}").as_str()))
            {
                problems.error_by(
                    Rule::DeadLink,
                    &settings_source.quoted(id),
                    format!("top question `{id}` does not exist in `{lang}`"),
                    "name the id of an entry of that language",
                );
            }
        }
    }
    for lang in &settings.site.locales {
        if locales
            .get(lang)
            .is_none_or(|content| content.entries.is_empty() && content.clauses.is_empty())
        {
            problems.error(
                &settings_source.key("locales"),
                format!("language `{lang}` has no entry and no terms"),
                format!("add entries below `faq/{lang}/`, or remove `{lang}` from `locales`"),
            );
        }
    }
    for lang in locales
        .keys()
        .filter(|lang| !settings.site.locales.contains(lang))
    {
        problems.warning(
            &settings_source.key("locales"),
            format!("the content in `{lang}` is not used"),
            format!("add `{lang}` to `locales`"),
        );
    }
}

/// "did you mean", by the longest common beginning.
fn nearest_hint(id: &str, known: &BTreeSet<&str>) -> String {
    let common = |other: &str| {
        id.bytes()
            .zip(other.bytes())
            .take_while(|(a, b)| a == b)
            .count()
    };
    match known.iter().max_by_key(|other| common(other)) {
        Some(nearest) => format!("did you mean `{}`?", slug(nearest)),
        None => "there is none yet".to_owned(),
    }
}
/// What is to be said of terms as they were cut.
pub(crate) fn tell_of_terms(source: &Source<'_>, cut: &Cut, problems: &mut Problems) {
    let at = source.whole();
    for dangling in &cut.dangling {
        let clause = cut
            .clauses
            .iter()
            .find(|own| own.address == dangling.clause);
        problems.warning_by(
            Rule::Reference,
            &clause.map_or(source.whole(), |clause| source.at(clause.start)),
            dangling.warning(),
            "name a clause that exists; see `guichet clauses` for how the file is read",
        );
    }
    let others = cut.warnings.iter().filter(|warning| {
        let is_reference = |dangling: &Dangling| dangling.warning() == **warning;
        !cut.dangling.iter().any(is_reference)
    });
    for warning in others {
        problems.warning_by(
            Rule::Structure,
            &at,
            warning,
            "see `guichet clauses` for how the file is read",
        );
    }
    if cut.clauses.is_empty() {
        problems.error(
            &at,
            "no clause was found",
            "write headings such as `## Article 1 – Objet` above the text",
        );
    }
}
