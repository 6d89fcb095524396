//! What lies in the tree: sizes of files, headers of Rust files, and nothing that names
//! a folder of somebody's machine.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result};

use crate::process::Task;
use crate::progress::thousands;
use crate::workspace::Workspace;

/// Larger files are built, fetched or cut up, not committed.
const MOST_BYTES: u64 = 400_000;

/// Questions written for the intents: a line each, and nothing else to cut them by.
const QUESTIONS: &str = "/questions.tsv";
const MOST_BYTES_OF_QUESTIONS: u64 = 2_000_000;

/// Past this, a Rust file holds a second idea.
const MOST_LINES: usize = 500;

/// Folders that are somebody's own. As words, so that this very list is no finding.
const PRIVATE: [&str; 4] = ["home", "Users", "root", "work"];

/// Every file Git knows of or would add, relative to the root.
pub(super) fn listed(workspace: &Workspace) -> Result<BTreeSet<String>> {
    let printed = Task::new("git", "listing the files of the tree")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .within(workspace.root())
        .hint("tidy looks at the files Git knows: run it in a clone, with git installed")
        .read()?;
    let names = printed.split('\0').filter(|name| !name.is_empty());
    // A file deleted but not yet staged is still listed.
    Ok(names
        .filter(|name| workspace.path(name).is_file())
        .map(str::to_owned)
        .collect())
}

pub(super) fn findings(workspace: &Workspace, files: &BTreeSet<String>) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    for name in files {
        let path = workspace.path(name);
        let bytes = fs::read(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
        findings.extend(about(name, &bytes));
    }
    Ok(findings)
}

fn about(name: &str, bytes: &[u8]) -> Vec<String> {
    let mut findings = Vec::new();
    let size = bytes.len() as u64;
    let most = if name.ends_with(QUESTIONS) {
        MOST_BYTES_OF_QUESTIONS
    } else {
        MOST_BYTES
    };
    if size > most {
        findings.push(format!(
            "{name}: {} bytes, at most {}",
            thousands(size),
            thousands(most)
        ));
    }
    let base = name.rsplit('/').next().unwrap_or(name);
    if base == "mod.rs" {
        findings.push(format!(
            "{name}: no mod.rs; name the file after its folder and put it beside"
        ));
    }
    // What is not text is judged by its size alone.
    let Ok(text) = std::str::from_utf8(bytes) else {
        return findings;
    };
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(folder) = private_folder(line) {
            findings.push(format!(
                "{name}:{number}: names `{folder}`, a folder of somebody's machine"
            ));
        }
    }
    if std::path::Path::new(base)
        .extension()
        .is_some_and(|extension| extension == "rs")
    {
        let starts_with_header = text
            .lines()
            .find(|line| !line.trim().is_empty())
            .is_some_and(|line| line.starts_with("//!"));
        if base != "build.rs" && !starts_with_header {
            findings.push(format!(
                "{name}:1: no header; say in `//!` lines what lives here and what does not"
            ));
        }
        let lines = text.lines().count();
        if lines > MOST_LINES {
            findings.push(format!(
                "{name}: {lines} lines, at most {MOST_LINES}; which second idea is in it?"
            ));
        }
    }
    findings
}

/// An absolute path below a private folder: at the start of a word, and going on below it.
fn private_folder(line: &str) -> Option<String> {
    PRIVATE.iter().find_map(|folder| {
        let pattern = format!("/{folder}/");
        line.match_indices(&pattern).find_map(|(at, _)| {
            let starts_word = line[..at]
                .chars()
                .next_back()
                .is_none_or(|c| !(c.is_alphanumeric() || "._-/*})>~".contains(c)));
            let goes_on = line[at + pattern.len()..]
                .chars()
                .next()
                .is_some_and(|c| c.is_alphanumeric() || c == '.' || c == '_');
            (starts_word && goes_on).then(|| pattern.clone())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str, expected: &[&str]) {
        assert_eq!(about(name, text.as_bytes()), expected, "{name}");
    }

    #[test]
    fn a_rust_file_starts_with_its_header() {
        check("src/a.rs", "//! Says what.\n", &[]);
        check("src/a/build.rs", "fn main() {}\n", &[]);
        check(
            "src/a.rs",
            "\nuse std::fs;\n",
            &["src/a.rs:1: no header; say in `//!` lines what lives here and what does not"],
        );
    }

    #[test]
    fn a_long_rust_file_is_asked_for_its_second_idea() {
        let text = format!("//! Long.\n{}", "\n".repeat(MOST_LINES));
        check(
            "src/a.rs",
            &text,
            &["src/a.rs: 501 lines, at most 500; which second idea is in it?"],
        );
    }

    #[test]
    fn a_folder_of_somebodys_machine_is_found_and_a_web_address_is_not() {
        let private = format!("see {}", ["", "home", "ada", "notes"].join("/"));
        check(
            "README.md",
            &private,
            &["README.md:1: names `/home/`, a folder of somebody's machine"],
        );
        check(
            "README.md",
            &["https:", "", "shop.example", "home", "page"].join("/"),
            &[],
        );
        check(
            "README.md",
            &format!("pages = [\"{}\"]", ["", "home", "*"].join("/")),
            &[],
        );
    }

    #[test]
    fn large_files_and_mod_rs_are_found() {
        check(
            "a.txt",
            &"x".repeat(400_001),
            &["a.txt: 400,001 bytes, at most 400,000"],
        );
        check(
            "src/a/mod.rs",
            "//! A.\n",
            &["src/a/mod.rs: no mod.rs; name the file after its folder and put it beside"],
        );
    }
}
