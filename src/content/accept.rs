//! Writes an accepted phrasing into an entry's file, as its owner would: one line of `asked` more,
//! and everything else as it stands.
//!
//! ```text
//! asked = [                          asked = [
//!   "il est où mon colis",       →     "il est où mon colis",
//! ]                                    "colis perdu",
//!                                    ]
//! ```

use crate::sources::EntryFile;
use serde::Deserialize;
use similar::TextDiff;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// What a file becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub file: PathBuf,
    /// Its text as it stands; empty for a new file.
    pub before: String,
    /// Its text with what was accepted.
    pub after: String,
}

/// Why what was accepted cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AcceptError {
    /// The entry has it already.
    #[error(
        "`{file}` has “{phrasing}” among its `asked` already\nhint: `guichet build` takes it in"
    )]
    Known {
        /// The entry's file.
        file: PathBuf,
        /// The words.
        phrasing: String,
    },
    /// Scrubbing left no word of the shopper's.
    #[error("“{0}” holds no words to search by\nhint: write a phrasing of your own into `asked`")]
    Empty(String),
    /// The entry was accepted before.
    #[error("`{0}` is there already\nhint: write its answer; until then the entry is left out")]
    Drafted(PathBuf),
    /// The file changed since it was read.
    #[error("the front matter of `{0}` cannot be read\nhint: `guichet check` says why")]
    FrontMatter(PathBuf),
}

/// No more of the front matter than where things stand in it.
#[derive(Deserialize)]
struct Places {
    question: Spanned<String>,
    asked: Option<Spanned<Vec<Spanned<String>>>>,
}

/// Adds a phrasing, as typed and scrubbed, to the ways an entry is asked.
pub fn accept(entry: &EntryFile, phrasing: &str) -> Result<Edit, AcceptError> {
    let phrasing = words(phrasing);
    if !phrasing.chars().any(char::is_alphabetic) {
        return Err(AcceptError::Empty(phrasing));
    }
    let text = &entry.text;
    let unreadable = || AcceptError::FrontMatter(entry.file.clone());
    let begin = text.find("+++").ok_or_else(unreadable)? + "+++".len();
    let front = text.get(begin..).and_then(|rest| rest.split_once("\n+++"));
    let (front, _) = front.ok_or_else(unreadable)?;
    let places: Places = toml::from_str(front).map_err(|_| unreadable())?;
    let quoted = quoted(&phrasing);
    let (at, insert) = match &places.asked {
        None => {
            let line = places.question.span().end;
            (line, format!("\nasked = [{quoted}]"))
        }
        Some(asked) => {
            let known = |own: &Spanned<String>| own.get_ref().trim() == phrasing;
            if asked.get_ref().iter().any(known) {
                return Err(AcceptError::Known {
                    file: entry.file.clone(),
                    phrasing,
                });
            }
            match asked.get_ref().last() {
                None => (asked.span().start + 1, quoted),
                Some(last) => after(front, last.span().end, asked.span().end, &quoted),
            }
        }
    };
    let mut after = text.clone();
    after.insert_str(begin + at, &insert);
    Ok(Edit {
        file: entry.file.clone(),
        before: text.clone(),
        after,
    })
}

/// Where another value goes behind the last one, and how it is written: on a line of its own where
/// the last one has one.
fn after(front: &str, last: usize, end: usize, quoted: &str) -> (usize, String) {
    let line = front[..last].rfind('\n').map_or(0, |at| at + 1);
    let indent: String = front[line..last]
        .chars()
        .take_while(|c| c.is_whitespace())
        .collect();
    let own_line = !front[line..last].contains('[');
    let rest = &front[last..end];
    let gap = rest.len() - rest.trim_start().len();
    let comma = rest[gap..].starts_with(',').then_some(last + gap + 1);
    match comma {
        // Behind a comment, if the last one has one.
        Some(comma) if own_line => {
            let line_end = front[comma..end].find('\n').unwrap_or(0);
            (comma + line_end, format!("\n{indent}{quoted},"))
        }
        None if own_line => (last, format!(",\n{indent}{quoted},")),
        Some(comma) => (comma, format!(" {quoted}")),
        None => (last, format!(", {quoted}")),
    }
}

/// What was scrubbed is nobody's question: `[numéro]` and its like go, and so does white space.
pub(crate) fn words(phrasing: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_u32;
    for c in phrasing.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A basic string of TOML.
pub(crate) fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

impl Edit {
    /// The change as `patch` and `git apply` read it, with paths from `root` on where it holds the file.
    pub fn diff(&self, root: &Path) -> String {
        let file = self.file.strip_prefix(root).unwrap_or(&self.file);
        let file = file.display();
        let before = if self.before.is_empty() {
            "/dev/null".to_owned()
        } else {
            format!("a/{file}")
        };
        TextDiff::from_lines(&self.before, &self.after)
            .unified_diff()
            .header(&before, &format!("b/{file}"))
            .to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faq;
    use crate::problem::{Problems, Source};
    use guichet_domain::holiday::Region;
    use guichet_domain::lang::Lang;

    fn entry(asked: &str) -> EntryFile {
        let file = PathBuf::from("boutique/faq/fr/suivi.md");
        let text = format!(
            "+++\nid = \"suivi\"\nquestion = \"Où est mon colis ?\"\n{asked}category = \"livraison\"\nshort = \"Suivez-le.\"\n+++\n\nSuivez-le.\n"
        );
        let source = Source {
            file: &file,
            text: &text,
        };
        let entry = faq::read(&source, Region::default(), &mut Problems::default()).unwrap();
        EntryFile {
            lang: Lang::Fr,
            file,
            text,
            entry,
        }
    }

    /// The line or lines of `asked` afterwards; the file must read, and have one phrasing more.
    fn check(asked: &str, phrasing: &str, expected: &str) {
        let before = entry(asked);
        let edit = accept(&before, phrasing).unwrap();
        let from = edit.after.find("asked").unwrap();
        let until = edit.after.find("category").unwrap();
        assert_eq!(&edit.after[from..until], expected);
        let source = Source {
            file: &edit.file,
            text: &edit.after,
        };
        let mut problems = Problems::default();
        let after = faq::read(&source, Region::default(), &mut problems).unwrap();
        assert_eq!(after.asked.len(), before.entry.asked.len() + 1);
        assert_eq!(after.asked.last().unwrap(), &words(phrasing));
        assert_eq!(after.entry, before.entry.entry, "nothing else changed");
    }

    #[test]
    fn a_phrasing_joins_the_others_as_they_are_written() {
        check("", "colis perdu", "asked = [\"colis perdu\"]\n");
        check("asked = []\n", "colis perdu", "asked = [\"colis perdu\"]\n");
        check(
            "asked = [\"suivi\"]\n",
            "colis perdu",
            "asked = [\"suivi\", \"colis perdu\"]\n",
        );
        check(
            "asked = [\n  \"suivi\",\n  \"où\",\n]\n",
            "colis perdu",
            "asked = [\n  \"suivi\",\n  \"où\",\n  \"colis perdu\",\n]\n",
        );
        check(
            "asked = [\n    \"suivi\"\n]\n",
            "colis perdu",
            "asked = [\n    \"suivi\",\n    \"colis perdu\",\n]\n",
        );
        check(
            "asked = [\n  \"suivi\", # souvent, oui\n]\n",
            "colis perdu",
            "asked = [\n  \"suivi\", # souvent, oui\n  \"colis perdu\",\n]\n",
        );
    }

    #[test]
    fn what_was_scrubbed_and_what_would_break_the_file_is_not_written_as_it_is() {
        check(
            "",
            "où est [numéro] \"svp\" \\ \u{7}?",
            "asked = [\"où est \\\"svp\\\" \\\\ ?\"]\n",
        );
        let told = |phrasing: &str| accept(&entry("asked = [\"suivi\"]\n"), phrasing).unwrap_err();
        insta::assert_snapshot!(told("[numéro] 12"));
        insta::assert_snapshot!(told(" suivi "));
    }

    #[test]
    fn the_change_is_told_as_a_patch() {
        let edit = accept(&entry("asked = [\n  \"suivi\",\n]\n"), "colis perdu").unwrap();
        insta::assert_snapshot!(edit.diff(Path::new("boutique")));
    }
}
