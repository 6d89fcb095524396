//! `cargo xtask`: everything the project does to itself. This file only reads the
//! command line; each command has the file of its name (what is fitted, `training.rs`), and none of them imports a
//! crate of the project: they drive it from outside, as a person would.

mod ablation;
mod bench;
mod demo;
mod fuzz;
mod lighthouse;
mod process;
mod progress;
mod schemathesis;
mod setup;
mod sizes;
mod test;
mod tidy;
mod training;
mod web;
mod workspace;
mod year;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Sets up, builds, tests and shows Guichet",
    after_help = "First time here? `cargo xtask demo` needs nothing else than a clean clone.\n\
                  CARGO_TARGET_DIR is respected; downloaded tools live in its folder `tools`."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make this machine able to build and test; says what it chose, quick to run again
    Setup,
    /// Build everything, serve the demo shop on this machine, and print its addresses
    Demo(demo::Options),
    /// Formatting, lints, every test, documentation, tidiness and sizes, as CI runs them
    Test(test::Options),
    /// Build what a browser downloads into `public/dist`
    BuildWeb(web::Options),
    /// Measure what a shopper downloads; fails above the budget
    Sizes(sizes::Options),
    /// Time a query per keystroke in Chromium
    Bench(bench::Options),
    /// Audit the demo product page with and without the tag; fails where a point is lost
    Lighthouse(lighthouse::Options),
    /// Measure what each ingredient of search adds on a judged collection
    Ablation(ablation::Options),
    /// Fit what words mean to the questions in `index/intents`; run it when these have changed
    Intents,
    /// Fit how sure an answer is to judged queries, and tell how well that does on each set
    Confidence(training::Options),
    /// Read spoilt files and queries for a while, and tell of a panic or a hang
    Fuzz(fuzz::Options),
    /// Send a server what the description of its API allows, and tell of a failure
    Schemathesis(schemathesis::Options),
    /// Import and report a year of a simulated shop; fails above a minute or a gibibyte
    Year(year::Options),
    /// Check who imports whom, and the habits of the tree
    Tidy,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        Err(error) => {
            progress::say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    let workspace = Workspace::find()?;
    match command {
        Command::Setup => setup::setup(&workspace).map(|_| ExitCode::SUCCESS),
        Command::Demo(options) => demo::demo(&workspace, &options).map(|()| ExitCode::SUCCESS),
        Command::Test(options) => Ok(test::test(&workspace, options)),
        Command::BuildWeb(options) => web::command(&workspace, options).map(|()| ExitCode::SUCCESS),
        Command::Sizes(options) => sizes::command(&workspace, &options),
        Command::Bench(options) => bench::command(&workspace, &options),
        Command::Lighthouse(options) => lighthouse::command(&workspace, &options),
        Command::Ablation(options) => ablation::command(&workspace, &options),
        Command::Intents => training::intents(&workspace),
        Command::Confidence(options) => training::confidence(&workspace, &options),
        Command::Fuzz(options) => fuzz::command(&workspace, &options),
        Command::Schemathesis(options) => schemathesis::command(&workspace, &options),
        Command::Year(options) => year::command(&workspace, &options),
        Command::Tidy => tidy::command(&workspace),
    }
}
