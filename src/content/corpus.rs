//! Plain collections: `corpus.jsonl` ({id, kind, lang, title, body, section}) and judged
//! queries (`queries.jsonl`, `qrels.tsv`), for import and for measuring.

use guichet_domain::lang::Lang;
use guichet_search::{Row, RowKind};
use serde::Deserialize;
use std::collections::HashMap;

/// A line of `corpus.jsonl`.
#[derive(Clone, Debug, Deserialize)]
pub struct Record {
    /// Unique.
    pub id: String,
    /// `faq`, `clause` or `article`.
    #[serde(default)]
    pub kind: Kind,
    /// Its language; French where not given.
    #[serde(default = "french")]
    pub lang: Lang,
    /// Question or heading.
    #[serde(default)]
    pub title: String,
    /// The text.
    #[serde(default)]
    pub body: String,
    /// What stands above it.
    #[serde(default)]
    pub section: Option<String>,
}

impl Record {
    /// What is searched of it. A number before a heading (`8.1 Délai`) is left out: it would
    /// answer every query with a number in it.
    pub fn row(&self) -> Row<'_> {
        let section = without_number(self.section.as_deref().unwrap_or_default());
        Row {
            kind: match self.kind {
                Kind::Faq => RowKind::Faq,
                Kind::Clause => RowKind::Clause,
                Kind::Article => RowKind::Article,
            },
            title: without_number(&self.title),
            asked: &[],
            text: [&self.body, section].join("\n"),
        }
    }
}

fn without_number(heading: &str) -> &str {
    let rest = heading.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-');
    if rest.starts_with(' ') {
        rest.trim_start()
    } else {
        heading
    }
}

/// What a record is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An FAQ entry.
    Faq,
    /// A clause of terms.
    Clause,
    /// Any other text.
    #[default]
    #[serde(other)]
    Article,
}

fn french() -> Lang {
    Lang::Fr
}

/// A line of `queries.jsonl`.
#[derive(Clone, Debug, Deserialize)]
pub struct JudgedQuery {
    /// Unique.
    pub id: String,
    /// As typed.
    pub text: String,
    /// What kind of query; `none` for those that nothing answers.
    #[serde(default)]
    pub style: String,
}

/// A line that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct LineError {
    /// From 1.
    pub line: usize,
    /// What was expected.
    pub reason: String,
}

/// Reads JSON lines; empty lines are passed over.
pub fn json_lines<T: serde::de::DeserializeOwned>(text: &str) -> Result<Vec<T>, LineError> {
    (1..)
        .zip(text.trim_start_matches('\u{feff}').lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(line, json)| {
            serde_json::from_str(json).map_err(|error| LineError {
                line,
                reason: error.to_string(),
            })
        })
        .collect()
}

/// Grades by query and document.
pub type Qrels = HashMap<String, HashMap<String, u8>>;

/// Reads `query<TAB>document<TAB>grade` lines; TREC's four columns do too.
pub fn qrels(text: &str) -> Result<Qrels, LineError> {
    let mut qrels = Qrels::new();
    for (line, row) in (1..)
        .zip(text.lines())
        .filter(|(_, row)| !row.trim().is_empty())
    {
        let columns: Vec<&str> = row.split_whitespace().collect();
        let ([query, document, grade] | [query, _, document, grade]) = columns[..] else {
            let reason = format!(
                "expected query, document and grade, found {} columns",
                columns.len()
            );
            return Err(LineError { line, reason });
        };
        let grade = grade.parse().map_err(|_| LineError {
            line,
            reason: format!("`{grade}` is not a grade from 0 to 3"),
        })?;
        qrels
            .entry(query.to_owned())
            .or_default()
            .insert(document.to_owned(), grade);
    }
    Ok(qrels)
}
