//! What is wrong in a merchant's files: where, what was expected, and what to do. All
//! problems of a site are gathered in one run; errors stop the build, warnings don't.

use crate::check::Rule;
use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};

/// Whether a problem stops the build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is built.
    Error,
    /// Built all the same.
    Warning,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// The file, as given on the command line.
    pub file: PathBuf,
    /// Line from 1; 0 where the whole file is meant.
    pub line: usize,
    /// Whether it stops the build.
    pub severity: Severity,
    /// What was found and what was expected.
    pub message: String,
    /// The next step.
    pub hint: String,
    /// The rule of `guichet check` it is told under.
    pub rule: Rule,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(
            f,
            "{severity}: {}\n  --> {}",
            self.message,
            self.file.display()
        )?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        write!(f, "\n  hint: {}", self.hint)
    }
}

/// Problems gathered while reading.
#[derive(Clone, Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Adds an error.
    pub fn error(&mut self, at: &At<'_>, message: impl Into<String>, hint: impl Into<String>) {
        self.error_by(Rule::Files, at, message, hint);
    }

    /// Adds a warning.
    pub fn warning(&mut self, at: &At<'_>, message: impl Into<String>, hint: impl Into<String>) {
        self.warning_by(Rule::Files, at, message, hint);
    }

    /// Adds an error that a rule of its own names.
    pub fn error_by(
        &mut self,
        rule: Rule,
        at: &At<'_>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.push(rule, at, Severity::Error, message.into(), hint.into());
    }

    /// Adds a warning that a rule of its own names.
    pub fn warning_by(
        &mut self,
        rule: Rule,
        at: &At<'_>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.push(rule, at, Severity::Warning, message.into(), hint.into());
    }

    fn push(&mut self, rule: Rule, at: &At<'_>, severity: Severity, message: String, hint: String) {
        let file = at.file.to_owned();
        self.0.push(Problem {
            file,
            line: at.line,
            severity,
            message,
            hint,
            rule,
        });
    }

    /// Whether any of them stops the build.
    pub fn any_error(&self) -> bool {
        self.0
            .iter()
            .any(|problem| problem.severity == Severity::Error)
    }

    /// All, ordered by file and line.
    pub fn sorted(mut self) -> Vec<Problem> {
        self.0.sort();
        self.0.dedup();
        self.0
    }
}

/// A place in a file.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// The file.
    pub file: &'a Path,
    /// Line from 1; 0 for the whole file.
    pub line: usize,
}

/// A file being read, which turns byte offsets and words into places.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The file.
    pub file: &'a Path,
    /// Its text.
    pub text: &'a str,
}

impl<'a> Source<'a> {
    /// The whole file.
    pub fn whole(&self) -> At<'a> {
        At {
            file: self.file,
            line: 0,
        }
    }

    /// The line of a byte offset.
    pub fn at(&self, offset: usize) -> At<'a> {
        let before = self.text.as_bytes().iter().take(offset);
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        At {
            file: self.file,
            line,
        }
    }

    /// The first line that begins with a key of front matter or settings, else the whole file.
    pub fn key(&self, key: &str) -> At<'a> {
        let is_key = |line: &str| {
            let rest = line.trim_start().strip_prefix(key);
            rest.is_some_and(|rest| rest.trim_start().starts_with('='))
        };
        let line = self.text.lines().position(is_key).map_or(0, |at| at + 1);
        At {
            file: self.file,
            line,
        }
    }

    /// The first line that holds `words` in quotes, else the whole file.
    pub fn quoted(&self, words: &str) -> At<'a> {
        let quoted = format!("\"{words}\"");
        let line = self
            .text
            .lines()
            .position(|line| line.contains(&quoted))
            .map_or(0, |at| at + 1);
        At {
            file: self.file,
            line,
        }
    }
}

/// Message and remedy of an error that carries the latter behind `hint:`.
pub(crate) fn split_hint(message: &str) -> (String, String) {
    message
        .split_once("\nhint: ")
        .map_or((message.to_owned(), String::new()), |(message, hint)| {
            (message.to_owned(), hint.to_owned())
        })
}
