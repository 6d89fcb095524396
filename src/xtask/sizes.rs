//! `sizes`: what a shopper downloads, raw and as a server would send it, by file and by
//! step of his visit. A step above its budget fails the command, and so CI.

mod measure;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::Serialize;

use crate::progress::{say, thousands};
use crate::web;
use crate::workspace::Workspace;
use measure::{Bytes, File};

#[derive(Args)]
pub(crate) struct Options {
    /// Print JSON for a program to read
    #[arg(long)]
    json: bool,
    /// The site whose bundle is counted, as built into `public/dist/<SITE>`
    #[arg(long, default_value = "cap-sentier")]
    site: String,
    /// The language the shopper reads
    #[arg(long, default_value = "fr")]
    language: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            json: false,
            site: "cap-sentier".to_owned(),
            language: "fr".to_owned(),
        }
    }
}

/// A moment of the visit, and all that was downloaded by then.
#[derive(Serialize)]
struct Step {
    name: &'static str,
    files: Vec<String>,
    #[serde(flatten)]
    bytes: Bytes,
    /// The most brotli bytes it may take.
    budget: u64,
    within_budget: bool,
}

#[derive(Serialize)]
struct Report {
    site: String,
    language: String,
    files: Vec<File>,
    steps: Vec<Step>,
}

/// `cargo xtask sizes`.
pub(crate) fn command(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let report = report(&workspace.path(web::FOLDER), options)?;
    if options.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print!("{}", table(&report));
    }
    let above: Vec<_> = report
        .steps
        .iter()
        .filter(|step| !step.within_budget)
        .collect();
    for step in &above {
        say(&format!(
            "above budget: `{}` takes {} bytes of brotli, {} more than its {}",
            step.name,
            thousands(step.bytes.brotli),
            thousands(step.bytes.brotli - step.budget),
            thousands(step.budget)
        ));
    }
    Ok(if above.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn report(dist: &Path, options: &Options) -> Result<Report> {
    let Options { site, language, .. } = options;
    let files = measure::files(dist, site)?;
    // The steps follow one another: each takes all that the one before took.
    let before = [part("guichet.js", "", "")];
    let useful = [
        part("panel", "", "js"),
        part("widget", "", "js"),
        part("widget", "", "wasm"),
        part(site, "manifest", "json"),
    ];
    let answer = [
        part("later", "", "wasm"),
        part("shared", "", "bin"),
        part("engine", "", "js"),
        part("engine", "", "wasm"),
        part(site, &format!("index.{language}"), "bin"),
        part(site, &format!("content.{language}"), "json"),
    ];
    let mut steps = Vec::new();
    let mut so_far: Vec<&File> = Vec::new();
    for (name, budget, parts) in [
        ("before interaction", 3_000, before.as_slice()),
        ("panel useful", 90_000, useful.as_slice()),
        ("first answer", 280_000, answer.as_slice()),
    ] {
        for part in parts {
            so_far.extend(find(&files, part)?);
        }
        let bytes: Bytes = so_far.iter().map(|file| file.bytes).sum();
        steps.push(Step {
            name,
            files: so_far.iter().map(|file| file.name.clone()).collect(),
            bytes,
            budget,
            within_budget: bytes.brotli <= budget,
        });
    }
    Ok(Report {
        site: site.clone(),
        language: language.clone(),
        files,
        steps,
    })
}

/// How a file of a step is recognised: `<start>…<end>`, the hash in between.
struct Part {
    start: String,
    end: String,
}

fn part(name: &str, below: &str, extension: &str) -> Part {
    let start = if below.is_empty() {
        name.to_owned()
    } else {
        format!("{name}/{below}")
    };
    let end = if extension.is_empty() {
        String::new()
    } else {
        format!(".{extension}")
    };
    Part { start, end }
}

/// The file of that part: one, or the step would be counted wrongly.
fn find<'a>(files: &'a [File], part: &Part) -> Result<Vec<&'a File>> {
    let is_part = |file: &&File| {
        file.name.strip_prefix(&part.start).is_some_and(|rest| {
            rest.strip_suffix(&part.end)
                .is_some_and(|hash| hash.is_empty() || hash.starts_with('.'))
        })
    };
    let found: Vec<_> = files.iter().filter(is_part).collect();
    let wanted = format!("{}…{}", part.start, part.end);
    match found.len() {
        0 => bail!(
            "`{}` has no `{wanted}`\n  hint: `cargo xtask build-web` makes the modules, `guichet build` the site's files",
            web::FOLDER
        ),
        1 => Ok(found),
        more => bail!(
            "`{}` has {more} files `{wanted}`, expected one\n  hint: remove it and build again",
            web::FOLDER
        ),
    }
}

fn table(report: &Report) -> String {
    let width = report
        .files
        .iter()
        .map(|file| file.name.chars().count())
        .max()
        .unwrap_or(0)
        .max(20);
    let mut text = String::new();
    let mut row = |name: &str, cells: [String; 3], note: &str| {
        let [raw, gzip, brotli] = cells;
        text.push_str(
            format!("{name:<width$} {raw:>12} {gzip:>12} {brotli:>12}  {note}").trim_end(),
        );
        text.push('\n');
    };
    let head = ["raw", "gzip", "brotli"].map(str::to_owned);
    row("file", head.clone(), "");
    for file in &report.files {
        row(&file.name, file.bytes.cells(), "");
    }
    row("", ["", "", ""].map(str::to_owned), "");
    row("step (all so far)", head, "budget");
    for step in &report.steps {
        let verdict = if step.within_budget { "" } else { "  ABOVE" };
        row(
            step.name,
            step.bytes.cells(),
            &format!("{}{verdict}", thousands(step.budget)),
        );
    }
    text
}

/// As a step of `cargo xtask test`.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let code = command(workspace, &Options::default()).context("cannot measure")?;
    if code == ExitCode::SUCCESS {
        Ok(())
    } else {
        bail!("a step is above its budget")
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn dist(widget_bytes: usize) -> Result<tempfile::TempDir> {
        let folder = tempfile::tempdir()?;
        fs::create_dir(folder.path().join("shop"))?;
        // What does not repeat does not compress: the size stays about what it is.
        let mut seed = 1_u32;
        let noise: Vec<u8> = (0..widget_bytes)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                seed.to_be_bytes()[0]
            })
            .collect();
        fs::write(folder.path().join("widget.0000000000.wasm"), noise)?;
        for name in [
            "guichet.js",
            "panel.0000000000.js",
            "widget.0000000000.js",
            "later.0000000000.wasm",
            "shared.0000000000.bin",
            "engine.0000000000.js",
            "engine.0000000000.wasm",
            "shop/manifest.json",
            "shop/index.fr.00.bin",
            "shop/index.en.00.bin",
            "shop/content.fr.00.json",
        ] {
            fs::write(folder.path().join(name), "x")?;
        }
        Ok(folder)
    }

    fn options() -> Options {
        Options {
            site: "shop".to_owned(),
            ..Options::default()
        }
    }

    #[test]
    fn each_step_counts_all_that_came_before_and_only_the_shoppers_language() -> Result<()> {
        let report = report(dist(10)?.path(), &options())?;
        let counts: Vec<_> = report
            .steps
            .iter()
            .map(|step| (step.name, step.files.len()))
            .collect();
        assert_eq!(
            counts,
            [
                ("before interaction", 1),
                ("panel useful", 5),
                ("first answer", 11)
            ]
        );
        assert!(
            !report.steps[2]
                .files
                .iter()
                .any(|name| name.contains(".en."))
        );
        assert!(report.steps.iter().all(|step| step.within_budget));
        Ok(())
    }

    #[test]
    fn a_step_above_its_budget_is_named() -> Result<()> {
        let report = report(dist(100_000)?.path(), &options())?;
        let above: Vec<_> = report
            .steps
            .iter()
            .filter(|step| !step.within_budget)
            .collect();
        assert_eq!(
            above.iter().map(|step| step.name).collect::<Vec<_>>(),
            ["panel useful"]
        );
        assert!(table(&report).contains("90,000  ABOVE"));
        Ok(())
    }

    #[test]
    fn a_missing_file_is_an_error_not_a_zero() -> Result<()> {
        let folder = dist(10)?;
        fs::remove_file(folder.path().join("engine.0000000000.wasm"))?;
        let error = report(folder.path(), &options())
            .err()
            .map(|error| error.to_string());
        assert!(error.is_some_and(|text| text.starts_with("`public/dist` has no `engine….wasm`")));
        Ok(())
    }
}
