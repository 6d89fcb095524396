//! The files of a site as they were read, for rules that point into them: text, place and what was made of it.

use crate::faq::Entry;
use crate::problem::{At, Source};
use crate::settings::Settings;
use crate::terms::{Clause, Cut, cut};
use crate::terms_file::TermsText;
use guichet_domain::lang::Lang;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// What could be read of a site, with its places.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Where `site.toml` is.
    pub settings_file: PathBuf,
    /// Its text.
    pub settings_text: String,
    /// What it says; `None` if it does not read, and for terms alone.
    pub settings: Option<Settings>,
    /// FAQ entries, in order of their paths.
    pub entries: Vec<EntryFile>,
    /// Terms of sale, in order of their paths.
    pub terms: Vec<TermsFile>,
}

/// An FAQ entry and its file.
#[derive(Clone, Debug)]
pub struct EntryFile {
    /// The language of its folder.
    pub lang: Lang,
    /// Where it is.
    pub file: PathBuf,
    /// Front matter and answer, as written.
    pub text: String,
    /// What they say.
    pub entry: Entry,
}

/// Terms of sale and their file.
#[derive(Clone, Debug)]
pub struct TermsFile {
    /// The language of its folder.
    pub lang: Lang,
    /// Name of the file without its ending: the first part of addresses.
    pub stem: String,
    /// Where it is.
    pub file: PathBuf,
    /// As written.
    pub text: String,
    /// As cut into clauses.
    pub cut: Cut,
}

impl Sources {
    /// `site.toml`, for places in it.
    pub fn settings_source(&self) -> Source<'_> {
        Source {
            file: &self.settings_file,
            text: &self.settings_text,
        }
    }
}

impl EntryFile {
    /// The file, for places in it.
    pub fn source(&self) -> Source<'_> {
        Source {
            file: &self.file,
            text: &self.text,
        }
    }

    /// Where the answer begins, behind the front matter, in bytes.
    pub fn body_start(&self) -> usize {
        self.text
            .find("\n+++")
            .map_or(0, |fence| fence + "\n+++".len())
    }
}

impl TermsFile {
    /// Cuts terms that stand in a file by themselves.
    pub fn new(lang: Lang, file: &Path, terms: TermsText) -> Self {
        let stem = file.file_stem().and_then(OsStr::to_str).unwrap_or_default();
        Self {
            lang,
            stem: stem.to_owned(),
            file: file.to_owned(),
            cut: cut(&terms.text, terms.format),
            text: terms.text,
        }
    }

    /// The file, for places in it.
    pub fn source(&self) -> Source<'_> {
        Source {
            file: &self.file,
            text: &self.text,
        }
    }

    /// The clauses that have a text.
    pub fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.cut
            .clauses
            .iter()
            .filter(|clause| !clause.text.trim().is_empty())
    }

    /// The address of a clause within the site, for example `cgv/7.2`.
    pub fn id(&self, clause: &Clause) -> String {
        format!("{}/{}", self.stem, clause.address)
    }

    /// The line where the clause at an address begins, else the whole file.
    pub fn at(&self, address: &str) -> At<'_> {
        let source = self.source();
        let clause = self.cut.clauses.iter().find(|own| own.address == address);
        clause.map_or(source.whole(), |clause| source.at(clause.start))
    }

    /// The first line of a clause that holds `words` as written, else its first line.
    pub fn at_words(&self, clause: &Clause, words: &str) -> At<'_> {
        let own = self.text.get(clause.start..clause.end).unwrap_or_default();
        self.source()
            .at(clause.start + own.find(words).unwrap_or(0))
    }

    /// The clause whose range holds a byte of the source, or ends before it on the same line: behind the last word of
    /// a clause may stand the address of a link.
    pub fn clause_at(&self, offset: usize) -> Option<&Clause> {
        let begins_before = |clause: &&Clause| clause.start <= offset;
        let clause = self.cut.clauses.iter().rfind(begins_before)?;
        let between = self.text.get(clause.end..offset).unwrap_or_default();
        (!between.contains('\n')).then_some(clause)
    }
}
