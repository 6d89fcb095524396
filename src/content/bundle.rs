//! From a site's content to its bundle: rows, index, pack and manifest, written so that a
//! folder holds either the old bundle or the new one, whole.

use crate::deadline;
use crate::faq::Entry;
use crate::home;
use crate::lexicons::OwnError;
use crate::lexicons::lexicon;
use crate::page;
use crate::site::{LocaleContent, SiteContent};
use guichet_bundle::manifest::MANIFEST_FILE;
use guichet_bundle::{
    BundleError, DeskFile, FileRef, LocaleFiles, Manifest, Pack, TopQuestion, Trial, Versions,
    page_file,
};
use guichet_domain::document::{Clause, Document};
use guichet_domain::experiment::Unit;
use guichet_domain::lang::Lang;
use guichet_search::{Lexicon, Row, RowKind, write};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Questions shown before anything is typed, where `site.toml` names none.
const DEFAULT_TOP: usize = 6;

/// Why a bundle cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A lexicon of ours does not read.
    #[error(transparent)]
    Lexicon(#[from] OwnError),
    /// The index cannot be written.
    #[error("the search index cannot be made: {0}")]
    Index(String),
    /// A file cannot be encoded.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A file cannot be written.
    #[error(
        "`{path}` cannot be written: {error}\nhint: check that the folder exists and may be written to"
    )]
    Write {
        /// Where.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A page of ours would overwrite one that is not.
    #[error(
        "`{path}` is not a page made by `guichet build`, and is not overwritten\nhint: choose a folder for the bundle alone, or move that page"
    )]
    Foreign {
        /// The page.
        path: PathBuf,
    },
}

/// The files of a bundle, by name.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// What opens the panel.
    pub manifest: Manifest,
    /// Names and bytes; the manifest last.
    pub files: Vec<(String, Vec<u8>)>,
}

/// One language's index and pack.
#[derive(Clone, Debug)]
pub struct Locale {
    /// The index file.
    pub index: Vec<u8>,
    /// The documents.
    pub pack: Pack,
    /// Names and bytes of earlier versions of the terms, which the pack names.
    pub editions: Vec<(String, Vec<u8>)>,
}

/// Makes the index and pack of one language, with what is known of that language.
pub fn locale(content: &SiteContent, lang: Lang, lexicon: &Lexicon) -> Result<Locale, BuildError> {
    let empty = LocaleContent::default();
    let own = content.locales.get(&lang).unwrap_or(&empty);
    let category = |id: &str| {
        let mut all = content.settings.site.categories.iter();
        let found = all.find(|category| category.id == id);
        found.map_or("", |category| category.name.get(lang))
    };
    let faq = own.entries.iter();
    let faq = faq.map(|entry| faq_row(entry, category(&entry.entry.category)));
    let rows: Vec<Row<'_>> = faq.chain(own.clauses.iter().map(clause_row)).collect();
    let index =
        write(lang, &rows, lexicon).map_err(|error| BuildError::Index(error.to_string()))?;
    let mut documents: Vec<Document> = own
        .entries
        .iter()
        .map(|entry| Document::Faq(entry.entry.clone()))
        .chain(own.clauses.iter().cloned().map(Document::Clause))
        .collect();
    let searched = u32::try_from(documents.len()).unwrap_or(u32::MAX);
    documents.extend(quoted(content, lang, own).map(Document::Clause));
    let (versions, editions) = versions(content)?;
    Ok(Locale {
        index,
        pack: Pack {
            versions,
            ..Pack::new(lang, searched, documents)
        },
        editions,
    })
}

/// The versions of all terms, with the files of those before: an answer may quote those of another language.
#[expect(clippy::type_complexity, reason = "named by the fields they fill")]
fn versions(content: &SiteContent) -> Result<(Vec<Versions>, Vec<(String, Vec<u8>)>), BuildError> {
    let (mut versions, mut files) = (Vec::new(), Vec::new());
    for (lang, own) in &content.locales {
        for terms in &own.terms {
            let (mut older, mut editions) = (Vec::new(), Vec::new());
            for edition in &terms.older {
                // Only terms that have one version have no date.
                let Some(day) = edition.effective else {
                    continue;
                };
                let bytes = terms.as_it_was(edition).encode()?;
                let stem = format!("edition.{lang}.{}.{day}", terms.name);
                let file = FileRef::of(&stem, "json", &bytes);
                files.push((file.name.clone(), bytes));
                older.push(day);
                editions.push(file);
            }
            versions.push(Versions {
                name: terms.name.clone(),
                lang: *lang,
                effective: terms.in_force.effective,
                older,
                editions,
            });
        }
    }
    Ok((versions, files))
}

/// Clauses that entries rest on but that are written in another language only.
fn quoted<'a>(
    content: &'a SiteContent,
    lang: Lang,
    own: &'a LocaleContent,
) -> impl Iterator<Item = Clause> + 'a {
    let cited: BTreeSet<&str> = own
        .entries
        .iter()
        .flat_map(|entry| &entry.entry.clauses)
        .map(String::as_str)
        .collect();
    let written: BTreeSet<&str> = own
        .clauses
        .iter()
        .map(|clause| clause.id.as_str())
        .collect();
    content
        .locales
        .iter()
        .filter(move |(other, _)| **other != lang)
        .flat_map(|(other, content)| content.clauses.iter().map(move |clause| (*other, clause)))
        .filter(move |(_, clause)| {
            cited.contains(clause.id.as_str()) && !written.contains(clause.id.as_str())
        })
        .map(move |(other, clause)| Clause {
            lang: Some(other),
            // The words around a quoted clause are the reader's.
            deadlines: deadline::of_clause(&content.settings.deadlines, &clause.id, lang),
            ..clause.clone()
        })
}

fn parents(clause: &Clause) -> &[String] {
    clause.path.split_last().map_or(&[], |(_, parents)| parents)
}

fn faq_row<'a>(Entry { entry, asked, text }: &'a Entry, category: &str) -> Row<'a> {
    Row {
        kind: RowKind::Faq,
        title: &entry.question,
        asked,
        text: [&entry.short, text, category].join("\n"),
    }
}

fn clause_row(clause: &Clause) -> Row<'_> {
    let lead = clause.lead.as_deref().unwrap_or_default();
    Row {
        kind: RowKind::Clause,
        title: clause.title(),
        asked: &[],
        text: [lead, &clause.text, &parents(clause).join("\n")].join("\n"),
    }
}

/// Makes a whole bundle. `progress` is told what is being made.
pub fn bundle(content: &SiteContent, mut progress: impl FnMut(&str)) -> Result<Bundle, BuildError> {
    let mut files = Vec::new();
    let mut locales = Vec::new();
    for lang in &content.settings.site.locales {
        progress(&format!("index and content in `{lang}`"));
        let Locale {
            index,
            pack,
            editions,
        } = locale(content, *lang, &lexicon(*lang)?)?;
        // Each language lists those of all.
        files.retain(|(name, _)| editions.iter().all(|(other, _)| name != other));
        files.extend(editions);
        let content_bytes = pack.encode()?;
        let index_file = FileRef::of(&format!("index.{lang}"), "bin", &index);
        let content_file = FileRef::of(&format!("content.{lang}"), "json", &content_bytes);
        let top = top(content, *lang, &pack);
        files.push((index_file.name.clone(), index));
        files.push((content_file.name.clone(), content_bytes));
        locales.push(LocaleFiles {
            lang: *lang,
            index: index_file,
            content: content_file,
            documents: pack.searched,
            top,
            suggestions: home::suggestions(&content.settings.suggestions, &pack),
        });
    }
    let sheet = FileRef::of("page", "css", page::SHEET.as_bytes()).name;
    for lang in &content.settings.site.locales {
        progress(&format!("the page in `{lang}`"));
        let page = page::page(content, *lang, &sheet);
        files.push((page_file(*lang).to_owned(), page.into_bytes()));
    }
    files.push((sheet, page::SHEET.into()));
    let site = content.settings.site.clone();
    let desk = match site.claims.clone() {
        Some(desk) => {
            let bytes = DeskFile::new(desk).encode()?;
            let file = FileRef::of("desk", "json", &bytes);
            files.push((file.name.clone(), bytes));
            Some(file)
        }
        None => None,
    };
    let experiment = content.settings.experiment.as_ref();
    let manifest = Manifest {
        experiment: experiment.map(|own| Trial {
            id: own.id.clone(),
            by_day: own.by == Unit::Day,
            wordings: own.compares_wordings(),
        }),
        ..Manifest::new(site, locales, desk)
    };
    files.push((MANIFEST_FILE.to_owned(), manifest.encode()?));
    Ok(Bundle { manifest, files })
}

fn top(content: &SiteContent, lang: Lang, pack: &Pack) -> Vec<TopQuestion> {
    let entries = pack.documents.iter().filter_map(|document| match document {
        Document::Faq(entry) => Some(entry),
        Document::Clause(_) => None,
    });
    let question = |entry: &guichet_domain::document::FaqEntry| TopQuestion {
        id: entry.id.clone(),
        question: entry.question.clone(),
        // Which of two wordings is shown is known when the content is there.
        short: match entry.tried {
            None => entry.short.clone(),
            Some(_) => String::new(),
        },
    };
    match content.settings.top.get(&lang) {
        Some(slugs) => slugs
            .iter()
            .filter_map(|slug| {
                entries
                    .clone()
                    .find(|entry| entry.id == format!("faq/{slug}"))
            })
            .map(question)
            .collect(),
        None => entries.take(DEFAULT_TOP).map(question).collect(),
    }
}

/// Writes a bundle into `folder`: new files beside the old ones, then the manifest that
/// names them, then files of ours that it no longer names are removed.
pub fn write_bundle(bundle: &Bundle, folder: &Path) -> Result<(), BuildError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| BuildError::Write { path, error }
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    for path in Lang::ALL.map(|lang| folder.join(page_file(lang))) {
        let is_written = bundle.files.iter().any(|(name, _)| path.ends_with(name));
        if is_written && path.exists() && !is_own_page(&path) {
            return Err(BuildError::Foreign { path });
        }
    }
    for (name, bytes) in &bundle.files {
        // A reader never sees half a file: it appears under its name when it is whole.
        let partial = folder.join(format!(".{name}.partial"));
        let path = folder.join(name);
        fs::write(&partial, bytes).map_err(failed(&partial))?;
        fs::rename(&partial, &path).map_err(failed(&path))?;
    }
    let current: BTreeSet<&str> = bundle.files.iter().map(|(name, _)| name.as_str()).collect();
    for entry in fs::read_dir(folder).map_err(failed(folder))?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is = |start: &str, ending: &str| {
            name.starts_with(start)
                && Path::new(&name)
                    .extension()
                    .is_some_and(|own| own == ending)
        };
        let is_page = || Lang::ALL.iter().any(|lang| page_file(*lang) == name);
        let ours = is("index.", "bin")
            || is("content.", "json")
            || is("edition.", "json")
            || is("desk.", "json")
            || is("page.", "css")
            || is_page() && is_own_page(&entry.path());
        if ours && !current.contains(name.as_str()) {
            fs::remove_file(entry.path()).map_err(failed(&entry.path()))?;
        }
    }
    Ok(())
}

/// Whether a build wrote it: a shop may have a page of that name, too.
fn is_own_page(path: &Path) -> bool {
    fs::read(path).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains(page::MARK))
}
