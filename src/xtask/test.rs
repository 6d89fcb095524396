//! `test`: everything CI checks, in one command that needs only a clean clone. Steps that
//! later ones stand on stop the run when they fail; all others go on, so that one run
//! tells everything that is wrong.

mod steps;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::Args;

use crate::progress::{duration, say};
use crate::workspace::Workspace;
use steps::Context;

#[derive(Args, Clone, Copy)]
pub(crate) struct Options {
    /// Only formatting, native lints, native tests and tidiness: no browser, no documentation
    #[arg(long)]
    quick: bool,
}

/// What became of a step.
enum Outcome {
    Passed(Duration),
    Failed(Duration, String),
    Skipped(&'static str),
}

/// One thing to check.
struct Step {
    name: &'static str,
    /// Whether what follows makes no sense without it.
    needed: bool,
    /// Whether `--quick` does it too.
    quick: bool,
    run: fn(&mut Context) -> Result<()>,
}

const STEPS: [Step; 11] = [
    Step {
        name: "setup",
        needed: true,
        quick: false,
        run: steps::setup,
    },
    Step {
        name: "formatting",
        needed: false,
        quick: true,
        run: steps::formatting,
    },
    Step {
        name: "lints, native",
        needed: false,
        quick: true,
        run: steps::lints_native,
    },
    Step {
        name: "lints, browser",
        needed: false,
        quick: false,
        run: steps::lints_browser,
    },
    Step {
        name: "build for the browser",
        needed: true,
        quick: false,
        run: steps::build_web,
    },
    Step {
        name: "build the demo site",
        needed: true,
        quick: false,
        run: steps::build_site,
    },
    Step {
        name: "tests without a browser",
        needed: false,
        quick: true,
        run: steps::tests_native,
    },
    Step {
        name: "tests in Chromium",
        needed: false,
        quick: false,
        run: steps::tests_browser,
    },
    Step {
        name: "documentation",
        needed: false,
        quick: false,
        run: steps::documentation,
    },
    Step {
        name: "tidiness",
        needed: false,
        quick: true,
        run: steps::tidiness,
    },
    Step {
        name: "sizes",
        needed: false,
        quick: false,
        run: steps::sizes,
    },
];

/// `cargo xtask test`.
pub(crate) fn test(workspace: &Workspace, options: Options) -> ExitCode {
    let mut context = Context::new(workspace);
    let mut outcomes = Vec::new();
    let mut stopped = false;
    for step in &STEPS {
        let outcome = if options.quick && !step.quick {
            Outcome::Skipped("not with --quick")
        } else if stopped {
            Outcome::Skipped("a step before it failed")
        } else {
            run(step, &mut context)
        };
        stopped |= step.needed && matches!(outcome, Outcome::Failed(..));
        outcomes.push((step.name, outcome));
    }
    summary(&outcomes)
}

fn run(step: &Step, context: &mut Context) -> Outcome {
    say(&format!("\n━━ {}", step.name));
    let start = Instant::now();
    match (step.run)(context) {
        Ok(()) => Outcome::Passed(start.elapsed()),
        Err(error) => {
            // At once, and again at the end: it must not be lost above a long output.
            say(&format!("error: {error:#}"));
            Outcome::Failed(start.elapsed(), format!("{error:#}"))
        }
    }
}

/// The last line is the plain form that machines read.
fn summary(outcomes: &[(&str, Outcome)]) -> ExitCode {
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    println!();
    for (name, outcome) in outcomes {
        match outcome {
            Outcome::Passed(time) => {
                passed += 1;
                println!("ok       {name:<26} {:>12}", duration(*time));
            }
            Outcome::Failed(time, error) => {
                failed += 1;
                println!("FAILED   {name:<26} {:>12}", duration(*time));
                for line in error.lines() {
                    println!("           {line}");
                }
            }
            Outcome::Skipped(why) => {
                skipped += 1;
                println!("skipped  {name:<26} {why}");
            }
        }
    }
    println!();
    if skipped == 0 {
        println!("{passed} passed, {failed} failed");
    } else {
        println!("{passed} passed, {failed} failed, {skipped} skipped");
    }
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
