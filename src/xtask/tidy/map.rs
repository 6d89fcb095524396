//! `src/ARCHITECTURE.md` is a map, and a map must be true: every path it names in
//! backticks is there. Addresses of pages, globs and things a build makes are no paths.

use std::collections::BTreeSet;
use std::fs;

use anyhow::Result;

use crate::workspace::Workspace;

const MAP: &str = "src/ARCHITECTURE.md";

/// Endings by which a word with a slash in it is taken for a file.
const ENDINGS: [&str; 11] = [
    "rs", "md", "toml", "js", "html", "css", "json", "jsonl", "sql", "svg", "tsv",
];

pub(super) fn findings(workspace: &Workspace, files: &BTreeSet<String>) -> Result<Vec<String>> {
    let path = workspace.path(MAP);
    if !path.is_file() {
        return Ok(vec![format!(
            "{MAP}: missing; it is the map of the project"
        )]);
    }
    Ok(missing(&fs::read_to_string(path)?, files))
}

fn missing(map: &str, files: &BTreeSet<String>) -> Vec<String> {
    let mut findings = Vec::new();
    let mut fenced = false;
    for (number, line) in (1..).zip(map.lines()) {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        // Between the first and second backtick, the third and fourth, …
        for quoted in line.split('`').skip(1).step_by(2) {
            for path in expanded(quoted) {
                if looks_like_path(&path, files) && !exists(&path, files) {
                    findings.push(format!(
                        "{MAP}:{number}: names `{path}`, which does not exist"
                    ));
                }
            }
        }
    }
    findings
}

/// `store/{sqlite,postgres}.rs` as its two paths.
fn expanded(quoted: &str) -> Vec<String> {
    let braces = quoted
        .split_once('{')
        .and_then(|(start, rest)| Some((start, rest.split_once('}')?)));
    match braces {
        Some((start, (choices, end))) => choices
            .split(',')
            .flat_map(|choice| expanded(&format!("{start}{}{end}", choice.trim())))
            .collect(),
        None => vec![quoted.to_owned()],
    }
}

fn looks_like_path(word: &str, files: &BTreeSet<String>) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./".contains(c);
    if word.starts_with('/') || !word.contains('/') || !word.chars().all(plain) || is_built(word) {
        return false;
    }
    let first = word.split('/').next().unwrap_or(word);
    let of_ours = files.iter().any(|file| {
        let mut parts = file.split('/');
        let top = parts.next();
        top == Some(first) && file.contains('/')
            || top == Some("src") && parts.next() == Some(first)
    });
    let extension = word.rsplit('.').next().unwrap_or(word);
    of_ours || ENDINGS.contains(&extension)
}

fn is_built(word: &str) -> bool {
    ["public/dist", "target/"]
        .iter()
        .any(|start| word.starts_with(start))
}

/// As a file, or a folder with a file in it, from the root or from `src`.
fn exists(path: &str, files: &BTreeSet<String>) -> bool {
    let path = path.trim_end_matches('/');
    [path.to_owned(), format!("src/{path}")].iter().any(|path| {
        files.contains(path)
            || files.iter().any(|file| {
                file.strip_prefix(path.as_str())
                    .is_some_and(|rest| rest.starts_with('/'))
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(map: &str, expected: &[&str]) {
        let files = [
            "src/domain/lib.rs",
            "src/server/store/sqlite.rs",
            "public/guichet.js",
            ".ci/run",
        ];
        let files = files.into_iter().map(str::to_owned).collect();
        assert_eq!(missing(map, &files), expected, "{map}");
    }

    #[test]
    fn what_exists_is_fine_from_the_root_or_from_src() {
        check(
            "`src/domain/`, `domain/lib.rs`, `public/guichet.js`, `.ci/run`",
            &[],
        );
    }

    #[test]
    fn a_path_that_does_not_exist_is_found_with_its_line() {
        check(
            "one\n`src/domain/gone.rs` and `store/lost.rs`",
            &[
                "src/ARCHITECTURE.md:2: names `src/domain/gone.rs`, which does not exist",
                "src/ARCHITECTURE.md:2: names `store/lost.rs`, which does not exist",
            ],
        );
    }

    #[test]
    fn braces_stand_for_several_paths() {
        check(
            "`src/server/store/{sqlite,postgres}.rs`",
            &["src/ARCHITECTURE.md:1: names `src/server/store/postgres.rs`, which does not exist"],
        );
    }

    #[test]
    fn addresses_globs_and_built_files_are_no_paths() {
        check(
            "`/demo/produit.html` `text/html` `src/*/lib.rs` `public/dist/guichet.js` `a::b`",
            &[],
        );
    }
}
