//! What each step of `test` does. A test target whose name starts with `browser` drives
//! Chromium; all others are native.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use cargo_metadata::{Package, TargetKind};

use crate::process::Task;
use crate::setup::{self, Machine};
use crate::workspace::Workspace;
use crate::{demo, sizes, tidy, web};

/// What earlier steps found out and later ones need.
pub(super) struct Context<'a> {
    workspace: &'a Workspace,
    found: Option<(Machine, PathBuf)>,
}

impl<'a> Context<'a> {
    pub(super) fn new(workspace: &'a Workspace) -> Self {
        Self {
            workspace,
            found: None,
        }
    }

    fn machine(&self) -> Result<&Machine> {
        let (machine, _) = self.found.as_ref().context("the machine was not set up")?;
        Ok(machine)
    }

    fn cargo(&self, verb: &str, doing: &str) -> Task {
        Task::new("cargo", doing)
            .within(self.workspace.root())
            .arg(verb)
    }
}

pub(super) fn setup(context: &mut Context) -> Result<()> {
    context.found = Some(setup::setup(context.workspace)?);
    Ok(())
}

pub(super) fn formatting(context: &mut Context) -> Result<()> {
    context
        .cargo("fmt", "checking the formatting")
        .args(["--all", "--check"])
        .hint("run `cargo fmt --all`")
        .run()
}

pub(super) fn lints_native(context: &mut Context) -> Result<()> {
    context
        .cargo("clippy", "linting")
        .args(["--workspace", "--all-targets", "--", "-Dwarnings"])
        .hint("mend what clippy says above")
        .run()
}

pub(super) fn lints_browser(context: &mut Context) -> Result<()> {
    let packages = web::PACKAGES
        .iter()
        .flat_map(|package| ["--package", package]);
    context
        .machine()?
        .wasm
        .clippy(context.workspace, "linting the browser modules")
        .args(packages)
        .args(["--lib", "--", "-Dwarnings"])
        .run()
}

pub(super) fn build_web(context: &mut Context) -> Result<()> {
    web::build(
        context.workspace,
        context.machine()?,
        web::Options::default(),
    )
}

pub(super) fn build_site(context: &mut Context) -> Result<()> {
    demo::build_site(context.workspace)
}

pub(super) fn tests_native(context: &mut Context) -> Result<()> {
    let mut task =
        context
            .cargo("test", "running the tests")
            .args(["--workspace", "--lib", "--bins"]);
    for (_, name) in test_targets(context.workspace).filter(|(_, name)| !drives_browser(name)) {
        task = task.args(["--test", name]);
    }
    if let Some((_, chromium)) = &context.found {
        task = task.env("GUICHET_CHROMIUM", chromium);
    }
    task.arg("--no-fail-fast").run()?;
    context
        .cargo("test", "running the examples in the documentation")
        .args(["--workspace", "--doc"])
        .run()
}

pub(super) fn tests_browser(context: &mut Context) -> Result<()> {
    let (_, chromium) = context
        .found
        .as_ref()
        .context("the machine was not set up")?;
    for (_, name) in test_targets(context.workspace).filter(|(_, name)| drives_browser(name)) {
        // The whole workspace, as in the step before: one package alone would have its
        // dependencies compiled once more, with other features.
        context
            .cargo("test", "running the tests in Chromium")
            .args(["--workspace", "--test", name, "--no-fail-fast"])
            .env("GUICHET_CHROMIUM", chromium)
            .run()?;
    }
    Ok(())
}

pub(super) fn documentation(context: &mut Context) -> Result<()> {
    context
        .cargo("doc", "building the documentation")
        .args(["--workspace", "--no-deps", "--document-private-items"])
        .env("RUSTDOCFLAGS", "-Dwarnings")
        .run()
}

pub(super) fn tidiness(context: &mut Context) -> Result<()> {
    tidy::check(context.workspace)
}

pub(super) fn sizes(context: &mut Context) -> Result<()> {
    sizes::check(context.workspace)
}

fn test_targets(workspace: &Workspace) -> impl Iterator<Item = (&Package, &str)> {
    workspace.packages().iter().flat_map(|package| {
        let tests = package
            .targets
            .iter()
            .filter(|target| target.kind.contains(&TargetKind::Test));
        tests.map(move |target| (package, target.name.as_str()))
    })
}

fn drives_browser(test: &str) -> bool {
    test.starts_with("browser")
}
