//! `guichet check`: everything that is wrong in a site folder, or in terms alone.

use crate::output;
use crate::terms_file;
use anyhow::bail;
use clap::Args;
use guichet_content::check::{self, Circumstances, Finding, Report, Severity};
use guichet_content::edition::Terms;
use guichet_domain::civil::Date;
use guichet_domain::lang::Lang;
use serde::Deserialize;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
#[command(
    after_help = "Rules are explained in docs/checks.md. A finding that does not hold is silenced in site.toml:\n\n  [[check.silence]]\n  rule = \"faq/readability\"\n  place = \"faq/garantie-legale\"\n  reason = \"the words are the law's own\""
)]
pub(crate) struct CheckArgs {
    /// The site folder
    #[arg(required_unless_present = "terms")]
    site: Option<PathBuf>,
    /// Check terms of sale alone (.md, .html, .docx), by the rules that need nothing else
    #[arg(long, value_name = "FILE", conflicts_with_all = ["site", "pages", "questions"])]
    terms: Option<PathBuf>,
    /// The language of the terms alone
    #[arg(long, default_value = "fr", value_parser = output::parse_lang, requires = "terms")]
    lang: Lang,
    /// Print findings as JSON
    #[arg(long)]
    json: bool,
    /// The folder served as `/`, to follow links to the shop's own pages
    #[arg(long, value_name = "FOLDER")]
    pages: Option<PathBuf>,
    /// What shoppers asked, as JSON lines with `text`, to find clauses no entry points to
    #[arg(long, value_name = "FILE")]
    questions: Option<PathBuf>,
    /// The day to check for, as YYYY-MM-DD; today where not given
    #[arg(long)]
    date: Option<Date>,
}

#[derive(Deserialize)]
struct Question {
    text: String,
}

pub(crate) fn run(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    let report = match (&args.terms, &args.site) {
        (Some(file), _) => terms(file, args.lang)?,
        (None, Some(site)) => check::site(site, &circumstances(args)?),
        (None, None) => {
            bail!("nothing to check\nhint: name a site folder, or terms with `--terms`")
        }
    };
    if args.json {
        output::print_json(&report.findings)?;
    } else {
        output::print(&text(&report))?;
    }
    let is_error = |finding: &Finding| finding.severity == Severity::Error;
    Ok(if report.findings.iter().any(is_error) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// The version of terms in force, and which others there are.
fn versions(terms: &Terms) -> String {
    let in_force = match terms.in_force.effective {
        Some(day) => format!("{}: in force since {day}", terms.name),
        None => format!("{}: one version, without a date", terms.name),
    };
    let older = match terms.older.len() {
        0 => None,
        count => Some(format!("{count} older")),
    };
    let next = terms.upcoming.iter().filter_map(|next| next.effective);
    let parts = std::iter::once(in_force)
        .chain(older)
        .chain(next.map(|day| format!("from {day} another")));
    parts.collect::<Vec<_>>().join(", ")
}

fn terms(file: &std::path::Path, lang: Lang) -> anyhow::Result<Report> {
    let findings = check::terms(lang, file, terms_file::text(file)?);
    Ok(Report {
        findings,
        silenced: 0,
        content: None,
    })
}

fn circumstances(args: &CheckArgs) -> anyhow::Result<Circumstances> {
    let questions: Vec<Question> = match &args.questions {
        Some(file) => output::read_json_lines(file)?,
        None => Vec::new(),
    };
    Ok(Circumstances {
        day: output::day(args.date),
        pages: args.pages.clone(),
        questions: questions.into_iter().map(|asked| asked.text).collect(),
    })
}

/// Errors, then advice, then the count.
fn text(report: &Report) -> String {
    let of = |severity: Severity| {
        let findings = report.findings.iter();
        findings.filter(move |finding| finding.severity == severity)
    };
    let mut lines: Vec<String> = of(Severity::Error)
        .chain(of(Severity::Advice))
        .map(|finding| format!("{finding}\n"))
        .collect();
    for (lang, own) in report.content.iter().flat_map(|content| &content.locales) {
        let (entries, clauses) = (own.entries.len(), own.clauses.len());
        lines.push(format!("{lang}: {entries} entries, {clauses} clauses"));
        lines.extend(
            own.terms
                .iter()
                .map(|terms| format!("  {}", versions(terms))),
        );
    }
    let silenced = match report.silenced {
        0 => String::new(),
        silenced => format!(", {silenced} silenced with a reason"),
    };
    let (errors, advice) = (of(Severity::Error).count(), of(Severity::Advice).count());
    lines.push(format!("{errors} error(s), {advice} advice{silenced}\n"));
    lines.join("\n")
}
