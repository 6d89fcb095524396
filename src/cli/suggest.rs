//! `guichet suggest`: other ways entries are asked and questions nothing answers, out of the log.
//! What is accepted is written by `accept`.

mod accept;

use crate::output::{self, parse_lang};
use crate::report::input;
use clap::Args;
use guichet_content::draft::question;
use guichet_content::lexicons::lexicon;
use guichet_content::suggest::{Listener, Phrasing, Sources, Suggestions};
use guichet_domain::lang::Lang;
use guichet_report::Period;
use guichet_server::Database;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct SuggestArgs {
    /// The site folder
    site: PathBuf,
    /// A file with one JSON event per line
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// Else the database file that `guichet serve` writes
    #[arg(
        long,
        value_name = "DATABASE",
        default_value = "guichet.db",
        conflicts_with = "log"
    )]
    db: Database,
    /// The language; the site's first where not given
    #[arg(long, value_parser = parse_lang)]
    lang: Option<Lang>,
    /// Leave out what fewer visits typed
    #[arg(long, value_name = "VISITS", default_value_t = 2)]
    at_least: usize,
    /// Print as JSON
    #[arg(long, conflicts_with = "accept")]
    json: bool,
    /// Take number N of the list into the site: a phrasing into its entry, or a new entry. Prints the change to the
    /// file. May be repeated
    #[arg(long, value_name = "N")]
    accept: Vec<usize>,
    /// Write what was accepted into the files
    #[arg(long, requires = "accept")]
    write: bool,
}

pub(crate) fn run(args: &SuggestArgs) -> anyhow::Result<ExitCode> {
    let content = output::site(&args.site)?;
    let period = Period::always(content.settings.site.time_zone);
    let mut log = match &args.log {
        Some(file) => input::from_file(file)?,
        None => input::from_database(&args.db, None, period)?,
    }
    .log;
    let first = content.settings.site.locales.first().copied();
    let lang = args.lang.or(first).unwrap_or(Lang::Fr);
    let searchable = output::searchable(&args.site, Some(lang))?;
    let lexicon = lexicon(lang)?;
    let empty = guichet_content::site::LocaleContent::default();
    let from = Sources {
        lang,
        content: content.locales.get(&lang).unwrap_or(&empty),
        ids: &searchable.ids,
        index: &searchable.index,
        lexicon: &lexicon,
    };
    let mut listener = Listener::new(lang);
    log.each_visit(|_, events| listener.add(events));
    let found = listener.suggest(&from, args.at_least);
    if !args.accept.is_empty() {
        accept::run(args, lang, &accept::choices(&found))?;
    } else if args.json {
        output::print_json(&found)?;
    } else {
        output::print(&text(&found, log.len()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn text(found: &Suggestions, events: usize) -> String {
    let mut out = format!("{events} events read\n");
    let mut number = 0;
    if !found.asked_as.is_empty() {
        out.push_str("\nOther ways entries are asked. To take one in: `--accept` and its number\n");
    }
    for one in &found.asked_as {
        let _ = writeln!(out, "\n  {}  {}", one.entry, one.question);
        for phrasing in &one.phrasings {
            number += 1;
            numbered(&mut out, &number.to_string(), phrasing);
        }
    }
    if !found.unanswered.is_empty() {
        out.push_str("\nQuestions nothing answers. Each needs a new entry, whose answer you write, or is another way to ask the nearest one: take in the one or the other by its number\n");
    }
    for one in &found.unanswered {
        let nearest = one.nearest.as_deref().unwrap_or("nothing");
        let _ = writeln!(out, "\n  {} visits, nearest: {nearest}", one.visits);
        number += 1;
        let question = question(one).unwrap_or_default();
        let _ = writeln!(out, "    {number:>3}   new  {question:?}");
        for phrasing in &one.phrasings {
            if accept::nearest_entry(one).is_some() {
                number += 1;
                numbered(&mut out, &number.to_string(), phrasing);
            } else {
                numbered(&mut out, "", phrasing);
            }
        }
    }
    if found.asked_as.is_empty() && found.unanswered.is_empty() {
        out.push_str("nothing to suggest yet: no text was typed by enough visits\n");
    }
    out
}

fn numbered(out: &mut String, number: &str, Phrasing { text, visits }: &Phrasing) {
    let _ = writeln!(out, "    {number:>3}  {visits:>4}  {text:?}");
}

#[cfg(test)]
mod tests;
