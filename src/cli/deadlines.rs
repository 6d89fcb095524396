//! `guichet deadlines`: delays found in the terms, for the owner to confirm or leave.

use crate::output;
use clap::Args;
use guichet_content::deadline::find::{Proposal, find};
use guichet_content::site::LocaleContent;
use guichet_domain::deadline::{Deadline, Delay, Law, Start, Unit};
use guichet_domain::document::Clause;
use guichet_domain::lang::Lang;
use serde::Serialize;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[cfg(test)]
mod tests;

#[derive(Args)]
pub(crate) struct DeadlinesArgs {
    /// The site folder
    site: PathBuf,
    /// Print them as JSON
    #[arg(long)]
    json: bool,
}

/// Whether the content has a deadline for what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    /// The clause, or an entry that rests on it, has a deadline of this amount and unit.
    Confirmed,
    /// They have deadlines, but none of this amount and unit.
    Other,
    /// They have none.
    Open,
}

/// A delay found in a clause.
#[derive(Serialize)]
struct Found<'a> {
    lang: Lang,
    /// Address of the clause.
    clause: &'a str,
    /// Its heading.
    title: &'a str,
    state: State,
    #[serde(flatten)]
    proposal: Proposal,
}

pub(crate) fn run(args: &DeadlinesArgs) -> anyhow::Result<ExitCode> {
    let content = output::site(&args.site)?;
    let mut found = Vec::new();
    for (lang, own) in &content.locales {
        for clause in &own.clauses {
            found.extend(in_clause(*lang, clause, own));
        }
    }
    if args.json {
        output::print_json(&found)?;
        return Ok(ExitCode::SUCCESS);
    }
    for one in &found {
        output::print(&text(one))?;
    }
    let count = |state| found.iter().filter(|one| one.state == state).count();
    output::print(&format!(
        "{} delays found: {} confirmed, {} beside another deadline, {} open\n",
        found.len(),
        count(State::Confirmed),
        count(State::Other),
        count(State::Open)
    ))?;
    if count(State::Open) + count(State::Other) > 0 {
        output::print(
            "To confirm one, write it as `[[deadline]]` in site.toml, or in an entry that rests on the clause.\n",
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

fn in_clause<'a>(
    lang: Lang,
    clause: &'a Clause,
    content: &LocaleContent,
) -> impl Iterator<Item = Found<'a>> {
    let resting = content
        .entries
        .iter()
        .filter(|entry| entry.entry.clauses.contains(&clause.id))
        .flat_map(|entry| &entry.entry.deadlines);
    let delays: Vec<Delay> = clause
        .deadlines
        .iter()
        .chain(resting)
        .flat_map(|Deadline { delay, law, .. }| {
            [*delay]
                .into_iter()
                .chain(law.as_ref().map(|Law { delay, .. }| *delay))
        })
        .collect();
    find(&clause.text).into_iter().map(move |proposal| Found {
        lang,
        clause: &clause.id,
        title: clause.title(),
        state: state(&proposal, &delays),
        proposal,
    })
}

fn state(proposal: &Proposal, delays: &[Delay]) -> State {
    let same = |delay: &Delay| delay.within == proposal.within && delay.unit == proposal.unit;
    if delays.is_empty() {
        State::Open
    } else if delays.iter().any(same) {
        State::Confirmed
    } else {
        State::Other
    }
}

/// A delay with its clause and words; one that is not confirmed as the lines that would confirm it.
fn text(found: &Found<'_>) -> String {
    let proposal = &found.proposal;
    let state = match found.state {
        State::Confirmed => "confirmed",
        State::Other => "beside another deadline",
        State::Open => "open",
    };
    let mut text = format!(
        "{} {}  {}  ({state})\n    “{}”\n",
        found.lang, found.clause, found.title, proposal.words
    );
    if found.state == State::Confirmed {
        text.push('\n');
        return text;
    }
    let decide = |key| {
        if proposal.undecided.contains(&key) {
            "    # not in the words: yours to decide"
        } else {
            ""
        }
    };
    let start = proposal.start.map_or_else(|| "…".to_owned(), name::<Start>);
    let prolonged = proposal
        .prolonged
        .map_or("…".to_owned(), |prolonged| prolonged.to_string());
    let lines = [
        "[[deadline]]".to_owned(),
        format!("title = {{ {} = \"…\" }}", found.lang),
        format!("clauses = [\"{}\"]", found.clause),
        format!("start = \"{start}\"{}", decide("start")),
        format!("within = {}", proposal.within),
        format!(
            "unit = \"{}\"{}",
            name::<Unit>(proposal.unit),
            decide("unit")
        ),
        format!("prolonged = {prolonged}{}", decide("prolonged")),
    ];
    for line in lines {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "    {line}");
    }
    text.push('\n');
    text
}

/// The name that content and bundles give a value.
fn name<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
