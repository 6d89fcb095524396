//! `lighthouse`: what the tag costs a page, as Lighthouse sees it. The demo shop's product page is audited as it is
//! and as it would be without our tag, by turns and several times, since a single score depends on what else the
//! machine does. A point lost in any category, or a layout that shifts more, fails the command. It takes minutes and
//! wants a machine to itself, so it is no part of `test`.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, ExitCode};
use std::sync::atomic::AtomicBool;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::Value;

use crate::process::Task;
use crate::progress::say;
use crate::workspace::Workspace;
use crate::{demo, setup, web};

/// What is audited, below the folder that is served.
const PAGE: &str = "demo/produit.html";

const CATEGORIES: [&str; 4] = ["performance", "accessibility", "best-practices", "seo"];
const SHIFT: &str = "cumulative-layout-shift";

/// How Lighthouse emulates each device.
const DEVICES: [(&str, &[&str]); 2] = [("telephone", &[]), ("computer", &["--preset=desktop"])];

#[derive(Args)]
pub(crate) struct Options {
    /// How often each page is audited; the middle one counts
    #[arg(long, default_value_t = 3)]
    runs: usize,
}

/// Scores of 100, in the order of `CATEGORIES`, and how far the layout shifted.
struct Audit {
    scores: Vec<u32>,
    shift: f64,
}

/// `cargo xtask lighthouse`.
pub(crate) fn command(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let (machine, chromium) = setup::setup(workspace)?;
    let program = setup::lighthouse(workspace)?;
    web::build(workspace, &machine, web::Options::default())?;
    demo::build_site(workspace)?;
    let folder = workspace.target("lighthouse");
    let without = without_tag(workspace, &folder)?;
    let with = Site::start(
        workspace,
        &workspace.path("public"),
        &folder.join("with.db"),
    )?;
    let without = Site::start(workspace, &without, &folder.join("without.db"))?;
    let mut lost = Vec::new();
    println!(
        "{:<10} {:<16} {:>12} {:>12}",
        "", "", "without tag", "with tag"
    );
    for (device, args) in DEVICES {
        let mut audits = [Vec::new(), Vec::new()];
        for _ in 0..options.runs.max(1) {
            for (site, audits) in [&without, &with].into_iter().zip(&mut audits) {
                audits.push(audit(&program, &chromium, site, args)?);
            }
        }
        let [before, after] = audits.map(|audits| middle(&audits));
        for (place, category) in CATEGORIES.iter().enumerate() {
            let (before, after) = (before.scores[place], after.scores[place]);
            println!("{device:<10} {category:<16} {before:>12} {after:>12}");
            if after < before {
                lost.push(format!("{category} on a {device}: {before} became {after}"));
            }
        }
        println!(
            "{device:<10} {:<16} {:>12.3} {:>12.3}",
            "layout shift", before.shift, after.shift
        );
        // Lighthouse prints thousandths; less is nobody's to see.
        if after.shift > before.shift + 0.0005 {
            lost.push(format!("the layout shifts more on a {device}"));
        }
    }
    for one in &lost {
        say(&format!("lost with the tag: {one}"));
    }
    Ok(if lost.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// A copy of the demo shop whose product page has no tag of ours.
fn without_tag(workspace: &Workspace, folder: &Path) -> Result<PathBuf> {
    let copy = folder.join("without");
    copy_folder(&workspace.path("public/demo"), &copy.join("demo"))?;
    let page = copy.join(PAGE);
    let html =
        fs::read_to_string(&page).with_context(|| format!("cannot read `{}`", page.display()))?;
    fs::write(&page, remove_tag(&html)?)
        .with_context(|| format!("cannot write `{}`", page.display()))?;
    Ok(copy)
}

fn remove_tag(html: &str) -> Result<String> {
    let (kept, tags): (Vec<&str>, Vec<&str>) = html
        .split_inclusive('\n')
        .partition(|line| !line.contains("/dist/guichet.js"));
    if tags.len() != 1 {
        bail!(
            "`public/{PAGE}` has {} lines with our tag, expected one",
            tags.len()
        );
    }
    Ok(kept.concat())
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot create `{}`", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot list `{}`", from.display()))? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), &to)
                .with_context(|| format!("cannot write `{}`", to.display()))?;
        }
    }
    Ok(())
}

/// A folder that is served until this is dropped.
struct Site {
    server: Child,
    address: SocketAddr,
}

impl Site {
    fn start(workspace: &Workspace, folder: &Path, database: &Path) -> Result<Self> {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?;
        let address = free.local_addr()?;
        drop(free);
        let server = demo::start(workspace, folder, database, address)?;
        let mut site = Self { server, address };
        demo::wait_for(&mut site.server, address, &AtomicBool::new(false))?;
        Ok(site)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if let Err(error) = demo::end(&mut self.server) {
            say(&format!("{error:#}"));
        }
    }
}

fn audit(program: &Path, chromium: &Path, site: &Site, args: &[&str]) -> Result<Audit> {
    let printed = Task::new(program, "auditing a page")
        .arg(format!("http://{}/{PAGE}", site.address))
        .args(args)
        .arg(format!("--only-categories={}", CATEGORIES.join(",")))
        .args([
            "--output=json",
            "--quiet",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage",
        ])
        .env("CHROME_PATH", chromium)
        .hint("does Chromium start on this machine?")
        .read()?;
    read(&printed)
}

fn read(printed: &str) -> Result<Audit> {
    let told: Value = serde_json::from_str(printed).context("Lighthouse printed no JSON")?;
    let number = |place: &str| {
        told.pointer(place)
            .and_then(Value::as_f64)
            .with_context(|| format!("Lighthouse tells no `{place}`"))
    };
    let scores = CATEGORIES.iter().map(|category| {
        let score = number(&format!("/categories/{category}/score"))?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a score is in 0..=1"
        )]
        let points = (score * 100.0).round() as u32;
        Ok(points)
    });
    Ok(Audit {
        scores: scores.collect::<Result<_>>()?,
        shift: number(&format!("/audits/{SHIFT}/numericValue"))?,
    })
}

/// The middle of each figure by itself.
fn middle(audits: &[Audit]) -> Audit {
    let scores = (0..CATEGORIES.len()).map(|place| {
        let mut all: Vec<u32> = audits.iter().map(|audit| audit.scores[place]).collect();
        all.sort_unstable();
        all[all.len() / 2]
    });
    let mut shifts: Vec<f64> = audits.iter().map(|audit| audit.shift).collect();
    shifts.sort_by(f64::total_cmp);
    Audit {
        scores: scores.collect(),
        shift: shifts[shifts.len() / 2],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_and_nothing_else_is_taken_out() -> Result<()> {
        let tag = "<script async src=\"/dist/guichet.js\" data-site=\"x\"></script>\n";
        assert_eq!(
            remove_tag(&format!("<p>a</p>\n{tag}</body>\n"))?,
            "<p>a</p>\n</body>\n"
        );
        assert!(remove_tag("<p>a</p>\n").is_err());
        Ok(())
    }

    #[test]
    fn a_report_is_read_and_the_middle_counts() -> Result<()> {
        let report = |performance: f64| {
            read(&format!(
                r#"{{"categories": {{"performance": {{"score": {performance}}}, "accessibility": {{"score": 1}},
                "best-practices": {{"score": 0.96}}, "seo": {{"score": 0.5}}}},
                "audits": {{"{SHIFT}": {{"numericValue": 0.01}}}}}}"#
            ))
        };
        let middle = middle(&[report(1.0)?, report(0.29)?, report(0.97)?]);
        assert_eq!(middle.scores, [97, 100, 96, 50]);
        assert!((middle.shift - 0.01).abs() < 1e-9);
        assert!(read("{}").is_err());
        Ok(())
    }
}
