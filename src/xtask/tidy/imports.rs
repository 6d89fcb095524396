//! Who may import whom. A crate is known by its folder below `src`, and a dependency of
//! any kind counts, tests' own too: what a crate's tests need, the crate leans on.

use cargo_metadata::Package;

use crate::workspace::Workspace;

/// What a crate may import of ours. The package `tests` is free to import any.
const MAY_IMPORT: [(&str, &[&str]); 11] = [
    ("domain", &[]),
    ("bundle", &["domain"]),
    ("search", &["bundle", "domain"]),
    ("content", &["bundle", "domain", "search"]),
    ("training", &["bundle", "content", "domain", "search"]),
    ("engine", &["search"]),
    ("widget", &["bundle", "domain"]),
    ("report", &["domain"]),
    ("server", &["domain", "report"]),
    (
        "cli",
        &["bundle", "content", "domain", "report", "search", "server"],
    ),
    ("xtask", &[]),
];

/// Libraries that have one home, so that it can be read, and replaced, in one place.
const HOMES: [(&str, &str); 7] = [
    ("leptos", "widget"),
    ("reactive_graph", "widget"),
    ("tachys", "widget"),
    ("web-sys", "widget"),
    ("axum", "server"),
    ("sqlx", "server"),
    ("tantivy", "search"),
];

/// One dependency of one crate.
struct Import<'a> {
    crate_: &'a str,
    dependency: &'a str,
    /// The folder below `src`, if the dependency is ours.
    ours: Option<&'a str>,
}

pub(super) fn findings(workspace: &Workspace) -> Vec<String> {
    let mut findings = Vec::new();
    for package in workspace.packages() {
        let Some(crate_) = folder(workspace, package) else {
            continue;
        };
        for dependency in &package.dependencies {
            let ours = workspace
                .packages()
                .iter()
                .find(|other| other.name.as_str() == dependency.name)
                .and_then(|other| folder(workspace, other));
            let import = Import {
                crate_,
                dependency: &dependency.name,
                ours,
            };
            findings.extend(fault(&import));
        }
    }
    findings
}

/// `search` for the package in `src/search`; nothing for `tests`.
fn folder<'a>(workspace: &Workspace, package: &'a Package) -> Option<&'a str> {
    let manifest = package.manifest_path.as_std_path();
    let inside = manifest
        .parent()?
        .strip_prefix(workspace.path("src"))
        .ok()?;
    // Borrowed from the manifest's path, whose text is Cargo's and so UTF-8.
    inside.to_str()
}

fn fault(import: &Import) -> Option<String> {
    let Import {
        crate_,
        dependency,
        ours,
    } = import;
    let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| name == crate_) else {
        return Some(format!(
            "src/{crate_}/Cargo.toml: no rule says what this crate may import\n  \
             hint: add it to MAY_IMPORT in src/xtask/tidy/imports.rs and to src/ARCHITECTURE.md"
        ));
    };
    if let Some(ours) = ours {
        return (!allowed.contains(ours)).then(|| {
            let may = if allowed.is_empty() {
                "none of ours".to_owned()
            } else {
                format!("`{}`", allowed.join("`, `"))
            };
            format!("src/{crate_}/Cargo.toml: `{crate_}` imports `{ours}`, but may import {may}")
        });
    }
    let (_, home) = HOMES.iter().find(|(library, _)| {
        dependency == library
            || dependency
                .strip_prefix(library)
                .is_some_and(|rest| rest.starts_with(['_', '-']))
    })?;
    (home != crate_).then(|| {
        format!("src/{crate_}/Cargo.toml: `{crate_}` imports `{dependency}`, whose only home is `{home}`")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(crate_: &str, dependency: &str, ours: Option<&str>, expected: Option<&str>) {
        let found = fault(&Import {
            crate_,
            dependency,
            ours,
        });
        assert_eq!(
            found.as_deref(),
            expected,
            "{crate_} importing {dependency}"
        );
    }

    #[test]
    fn a_crate_imports_only_what_lies_below_it() {
        check("search", "guichet-domain", Some("domain"), None);
        check(
            "domain",
            "guichet-search",
            Some("search"),
            Some("src/domain/Cargo.toml: `domain` imports `search`, but may import none of ours"),
        );
        check(
            "widget",
            "guichet-search",
            Some("search"),
            Some(
                "src/widget/Cargo.toml: `widget` imports `search`, but may import `bundle`, `domain`",
            ),
        );
    }

    #[test]
    fn a_library_stays_in_its_home() {
        check("widget", "leptos", None, None);
        check("widget", "leptos_dom", None, None);
        check("engine", "serde", None, None);
        check(
            "engine",
            "web-sys",
            None,
            Some("src/engine/Cargo.toml: `engine` imports `web-sys`, whose only home is `widget`"),
        );
    }
}
