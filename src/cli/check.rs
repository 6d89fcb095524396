//! `guichet check`: everything that is wrong in a site folder, or in terms alone.

use crate::output;
use anyhow::{Context, bail};
use clap::Args;
use guichet_content::check::{self, Circumstances, Finding, Report, Severity};
use guichet_domain::civil::Date;
use guichet_domain::lang::Lang;
use serde::Deserialize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

#[derive(Args)]
#[command(
    after_help = "Rules are explained in docs/checks.md. A finding that does not hold is silenced in site.toml:\n\n  [[check.silence]]\n  rule = \"faq/readability\"\n  place = \"faq/garantie-legale\"\n  reason = \"the words are the law's own\""
)]
pub(crate) struct CheckArgs {
    /// The site folder
    #[arg(required_unless_present = "terms")]
    site: Option<PathBuf>,
    /// Check terms of sale alone (.md, .html, .htm), by the rules that need nothing else
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
    /// The day to check for, instead of today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    today: Option<Date>,
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

fn terms(file: &std::path::Path, lang: Lang) -> anyhow::Result<Report> {
    let ending = file.extension().and_then(|ending| ending.to_str());
    let ending = ending.unwrap_or_default().to_ascii_lowercase();
    if !["md", "markdown", "txt", "html", "htm"].contains(&ending.as_str()) {
        bail!(
            "`.{ending}` is not a format of terms Guichet reads\nhint: export the terms as HTML or Markdown"
        );
    }
    let findings = check::terms(lang, file, output::read(file)?);
    Ok(Report {
        findings,
        silenced: 0,
        sizes: None,
    })
}

fn circumstances(args: &CheckArgs) -> anyhow::Result<Circumstances> {
    let questions: Vec<Question> = match &args.questions {
        Some(file) => output::read_json_lines(file)?,
        None => Vec::new(),
    };
    Ok(Circumstances {
        today: match args.today {
            Some(day) => day,
            None => today()?,
        },
        pages: args.pages.clone(),
        questions: questions.into_iter().map(|asked| asked.text).collect(),
    })
}

/// Today by UTC: entries end at the end of a day, and an hour or two decide nothing here.
fn today() -> anyhow::Result<Date> {
    let since_1970 = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .context("the machine's clock is set before 1970\nhint: give the day with `--today`")?;
    Ok(Date(i32::try_from(since_1970.as_secs() / 86_400)?))
}

fn parse_day(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|error: guichet_domain::civil::CivilError| error.to_string())
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
    let sizes = report.sizes.iter().flatten();
    lines.extend(
        sizes.map(|(lang, entries, clauses)| {
            format!("{lang}: {entries} entries, {clauses} clauses")
        }),
    );
    let silenced = match report.silenced {
        0 => String::new(),
        silenced => format!(", {silenced} silenced with a reason"),
    };
    let (errors, advice) = (of(Severity::Error).count(), of(Severity::Advice).count());
    lines.push(format!("{errors} error(s), {advice} advice{silenced}\n"));
    lines.join("\n")
}
