//! The `guichet` command. Each subcommand is a file: arguments, one call, what is printed.

mod build;
mod check;
mod clauses;
mod deadlines;
mod diff;
mod digest;
mod eval;
mod events;
mod explain;
mod import;
mod init;
mod output;
mod privacy;
mod report;
mod search;
mod serve;
mod simulate;
mod suggest;
mod terms_file;
mod users;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A help desk that runs inside the shopper's browser.
#[derive(Parser)]
#[command(name = "guichet", version, about, max_term_width = 100)]
#[command(
    after_help = "Begin with `guichet init mon-site`, then `guichet build mon-site --out public/aide`.\n\nExit codes: 0 done, 1 the input has errors, 2 the command line is wrong or something failed."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a new site folder that builds at once
    Init(init::InitArgs),
    /// Build the files a browser downloads from a site folder
    Build(build::BuildArgs),
    /// Read a site folder and list everything that is wrong in it
    Check(check::CheckArgs),
    /// Print how terms of sale are cut into clauses
    Clauses(clauses::ClausesArgs),
    /// Print the delays found in the terms, and which of them the content confirms
    Deadlines(deadlines::DeadlinesArgs),
    /// Compare two versions of terms of sale, clause by clause
    Diff(diff::DiffArgs),
    /// Search a site folder or corpus as the browser would
    Search(search::SearchArgs),
    /// Search, and say why each hit stands where it does
    Explain(explain::ExplainArgs),
    /// Measure search on judged queries
    Eval(eval::EvalArgs),
    /// Serve the widget's events and static files
    Serve(serve::ServeArgs),
    /// Let people in to the console, or out
    Users(users::UsersArgs),
    /// Bring call logs, and events from elsewhere, into the log
    Import(import::ImportArgs),
    /// Make up a shop's visits and calls, with what really happened
    Simulate(simulate::SimulateArgs),
    /// Delete what is too old
    Events(events::EventsArgs),
    /// Print everything kept under an e-mail address
    Export(privacy::ExportArgs),
    /// Erase what is kept under an e-mail address
    Erase(privacy::EraseArgs),
    /// Delete claims that ended long ago
    Purge(privacy::PurgeArgs),
    /// Propose other ways entries are asked, and entries that are missing, out of the log
    Suggest(suggest::SuggestArgs),
    /// Print which questions were confirmed and which avoided a call
    Report(report::ReportArgs),
    /// Print what customers said last week and what to change, in one page
    Digest(digest::DigestArgs),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Init(args) => init::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Clauses(args) => clauses::run(&args),
        Command::Deadlines(args) => deadlines::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Search(args) => search::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Serve(args) => serve::run(args),
        Command::Users(args) => users::run(args),
        Command::Export(args) => privacy::export(&args),
        Command::Erase(args) => privacy::erase(&args),
        Command::Purge(args) => privacy::purge(&args),
        Command::Suggest(args) => suggest::run(&args),
        Command::Simulate(args) => simulate::run(&args),
        Command::Events(args) => events::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Report(args) => report::run(args),
        Command::Digest(args) => digest::run(&args),
    };
    done.unwrap_or_else(|error| {
        // A reader that closed the pipe (`| head`) has seen enough.
        if output::is_broken_pipe(&error) {
            return ExitCode::SUCCESS;
        }
        output::tell_error(&error);
        ExitCode::from(2)
    })
}
