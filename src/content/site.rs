//! Reads a site folder: settings, FAQ entries and terms of every language, checked together.

use crate::check::Rule;
use crate::faq::{self, Entry};
use crate::problem::{At, Problem, Problems, Source};
use crate::settings::{self, Settings};
use crate::sources::{EntryFile, Sources, TermsFile, read_text};
use crate::terms::Dangling;
use guichet_domain::document::Clause;
use guichet_domain::lang::Lang;
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
}

/// What is written in one language.
#[derive(Clone, Debug, Default)]
pub struct LocaleContent {
    /// FAQ entries, by category in the order of `site.toml`, then by id.
    pub entries: Vec<Entry>,
    /// Clauses of all terms, in their order.
    pub clauses: Vec<Clause>,
}

/// Reads a site folder. The site is given only without errors; problems come in either case.
pub fn read(folder: &Path) -> (Option<SiteContent>, Vec<Problem>) {
    let (content, _, problems) = read_with_sources(folder);
    (content, problems)
}

/// As [`read`], with the files as far as they could be read: for rules that point into them.
pub fn read_with_sources(folder: &Path) -> (Option<SiteContent>, Sources, Vec<Problem>) {
    let mut problems = Problems::default();
    let mut sources = Sources::default();
    let content = read_all(folder, &mut sources, &mut problems);
    let content = content.filter(|_| !problems.any_error());
    (content, sources, problems.sorted())
}

fn read_all(folder: &Path, sources: &mut Sources, problems: &mut Problems) -> Option<SiteContent> {
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
        let Some(entry) = faq::read(&source, problems) else {
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
    for (lang, path) in files(folder, "terms", &["md", "html", "htm"], problems) {
        let Some(text) = read_text(&path, problems) else {
            continue;
        };
        let terms = TermsFile::read(lang, &path, text);
        let clauses = read_terms(&terms, problems);
        locales.entry(lang).or_default().clauses.extend(clauses);
        sources.terms.push(terms);
    }
    let settings = settings?;
    check(&settings, &locales, &places, &source, problems);
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
    Some(SiteContent { settings, locales })
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

/// The files below `<folder>/<kind>/<lang>/` with one of the endings, in order of their paths.
fn files(
    folder: &Path,
    kind: &str,
    endings: &[&str],
    problems: &mut Problems,
) -> Vec<(Lang, PathBuf)> {
    let mut found = Vec::new();
    for language in list(&folder.join(kind)) {
        let name = language
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        match Lang::from_tag(name).filter(|lang| lang.code() == name) {
            Some(lang) => walk(&language, &mut |path| {
                let ending = path
                    .extension()
                    .and_then(|ending| ending.to_str())
                    .unwrap_or_default();
                if endings.contains(&ending) {
                    found.push((lang, path));
                }
            }),
            None => problems.warning(
                &At {
                    file: &language,
                    line: 0,
                },
                format!("`{name}` is not a language; what is in it is not read"),
                format!("put it below `{kind}/fr/` or `{kind}/en/`"),
            ),
        }
    }
    found
}

fn list(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn walk(folder: &Path, visit: &mut impl FnMut(PathBuf)) {
    for path in list(folder) {
        if path.is_dir() {
            walk(&path, visit);
        } else {
            visit(path);
        }
    }
}

/// What is to be said of terms as they were cut.
pub(crate) fn tell_of_terms(terms: &TermsFile, problems: &mut Problems) {
    let at = terms.source().whole();
    for dangling in &terms.cut.dangling {
        problems.warning_by(
            Rule::Reference,
            &terms.at(&dangling.clause),
            dangling.warning(),
            "name a clause that exists; see `guichet clauses` for how the file is read",
        );
    }
    let others = terms.cut.warnings.iter().filter(|warning| {
        let is_reference = |dangling: &Dangling| dangling.warning() == **warning;
        !terms.cut.dangling.iter().any(is_reference)
    });
    for warning in others {
        problems.warning_by(
            Rule::Structure,
            &at,
            warning,
            "see `guichet clauses` for how the file is read",
        );
    }
    if terms.cut.clauses.is_empty() {
        problems.error(
            &at,
            "no clause was found",
            "write headings such as `## Article 1 – Objet` above the text",
        );
    }
}

fn read_terms(terms: &TermsFile, problems: &mut Problems) -> Vec<Clause> {
    tell_of_terms(terms, problems);
    if !faq::is_id(&terms.stem) {
        problems.error(
            &terms.source().whole(),
            format!("`{}` is not a name for terms", terms.stem),
            "name the file with small letters, digits and dashes, for example `cgv.md`",
        );
    }
    terms
        .clauses()
        .map(|clause| Clause {
            id: terms.id(clause),
            number: clause.number.clone(),
            path: clause.path.clone(),
            lead: clause.lead.clone(),
            text: clause.text.clone(),
            lang: None,
        })
        .collect()
}
