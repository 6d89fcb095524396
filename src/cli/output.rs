//! What the subcommands share: printing that survives a closed pipe, problems, an index from a site or corpus.

use anyhow::{Context, bail};
use guichet_content::bundle::locale;
use guichet_content::corpus::{Record, json_lines};
use guichet_content::lexicons::lexicon;
use guichet_content::problem::{Problem, Severity};
use guichet_content::site::{self, Day, SiteContent};
use guichet_content::sources::Sources;
use guichet_domain::civil::Date;
use guichet_domain::document::Document;
use guichet_domain::lang::Lang;
use guichet_search::{Index, Row, write};
use guichet_server::Clock;
use std::io::{self, Write};
use std::path::Path;

/// Prints to standard output; a closed pipe is an error to be passed on, not a panic.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}

/// Prints a value as indented JSON.
pub(crate) fn print_json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    print(&(serde_json::to_string_pretty(value)? + "\n"))
}

/// Whether an error is a reader that went away.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// An error on standard error: what failed and why on one line, the remedies after it.
pub(crate) fn tell_error(error: &anyhow::Error) {
    let (mut causes, mut hints) = (Vec::new(), Vec::new());
    for cause in error.chain().map(ToString::to_string) {
        match cause.split_once("\nhint: ") {
            Some((cause, hint)) => {
                causes.push(cause.to_owned());
                hints.push(hint.to_owned());
            }
            None => causes.push(cause),
        }
    }
    eprintln!("error: {}", causes.join(": "));
    for hint in hints {
        eprintln!("hint: {hint}");
    }
}

/// Problems as text on standard error, with a closing count.
pub(crate) fn tell(problems: &[Problem]) {
    for problem in problems {
        eprintln!("{problem}\n");
    }
    let errors = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .count();
    let warnings = problems.len() - errors;
    if !problems.is_empty() {
        eprintln!("{errors} error(s), {warnings} warning(s)");
    }
}

/// The day a site is read for: the one given, else today by the machine's clock.
pub(crate) fn day(date: Option<Date>) -> Day {
    date.map_or_else(|| Day::Now(Clock::system().now()), Day::On)
}

/// Reads a site folder as it stands today; its problems are told, and errors end the command.
pub(crate) fn site(folder: &Path) -> anyhow::Result<SiteContent> {
    let (content, problems) = site::read(folder, day(None));
    tell(&problems);
    match content {
        Some(content) => Ok(content),
        None => bail!(
            "`{}` has errors\nhint: mend what is listed above and run the command again",
            folder.display()
        ),
    }
}

/// The files of a site, as far as they can be read.
pub(crate) fn sources(folder: &Path) -> Sources {
    site::read_with_sources(folder, day(None)).1
}

/// An index opened for searching, with ids and titles of its rows.
pub(crate) struct Searchable {
    pub(crate) index: Index,
    pub(crate) ids: Vec<String>,
    pub(crate) titles: Vec<String>,
}

/// The index a browser would get of a site that was read.
pub(crate) fn searchable_of(content: &SiteContent, lang: Lang) -> anyhow::Result<Searchable> {
    let built = locale(content, lang, &lexicon(lang)?)?;
    let documents = &built.pack.documents[..built.pack.searched as usize];
    Ok(Searchable {
        index: Index::open("index", &built.index)?,
        ids: documents
            .iter()
            .map(|document| document.id().to_owned())
            .collect(),
        titles: documents
            .iter()
            .map(|document| Document::title(document).to_owned())
            .collect(),
    })
}

/// The index a browser would get, from a site folder or a `corpus.jsonl`.
pub(crate) fn searchable(path: &Path, lang: Option<Lang>) -> anyhow::Result<Searchable> {
    if path.is_dir() {
        let content = site(path)?;
        let default = content
            .settings
            .site
            .locales
            .first()
            .copied()
            .unwrap_or(Lang::Fr);
        searchable_of(&content, lang.unwrap_or(default))
    } else {
        corpus(path, lang)
    }
}

fn corpus(path: &Path, lang: Option<Lang>) -> anyhow::Result<Searchable> {
    let records: Vec<Record> = read_json_lines(path)?;
    let lang = lang
        .or(records.first().map(|record| record.lang))
        .unwrap_or(Lang::Fr);
    if records.is_empty() {
        bail!(
            "`{}` has no document\nhint: write one JSON object a line: id, kind, lang, title, body, section",
            path.display()
        );
    }
    let mut known = std::collections::HashSet::new();
    for (line, record) in (1..).zip(&records) {
        if !known.insert(record.id.as_str()) {
            bail!(
                "`{}` line {line}: two documents have the id `{}`\nhint: give each its own id",
                path.display(),
                record.id
            );
        }
    }
    let rows: Vec<Row<'_>> = records.iter().map(Record::row).collect();
    let bytes = write(lang, &rows, &lexicon(lang)?)?;
    Ok(Searchable {
        index: Index::open("index", &bytes)?,
        ids: records.iter().map(|record| record.id.clone()).collect(),
        titles: records.iter().map(|record| record.title.clone()).collect(),
    })
}

/// Reads a file of JSON lines; errors name file and line.
pub(crate) fn read_json_lines<T: serde::de::DeserializeOwned>(
    path: &Path,
) -> anyhow::Result<Vec<T>> {
    let text = read(path)?;
    json_lines(&text).with_context(|| {
        format!(
            "`{}` is not JSON lines\nhint: write one JSON object a line, without commas between",
            path.display()
        )
    })
}

/// Reads a text file; errors name it.
pub(crate) fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| {
        format!(
            "`{}` cannot be read\nhint: check the path and that the file is UTF-8",
            path.display()
        )
    })
}

/// A language given on the command line.
pub(crate) fn parse_lang(tag: &str) -> Result<Lang, String> {
    Lang::from_tag(tag).ok_or_else(|| format!("unknown language `{tag}`, expected `fr` or `en`"))
}
