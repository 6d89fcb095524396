//! `guichet diff`: what changed between two versions of terms.

use crate::output;
use crate::terms_file::{self, TermsFile};
use clap::Args;
use guichet_content::compare::{Change, Comparison, Op, Run, Whole, compare};
use guichet_domain::civil::Date;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Words shown on each side of a change.
const AROUND: usize = 6;

#[derive(Args)]
#[command(after_help = "Exit codes: 0 nothing changed, 1 something did, 2 a file cannot be read.")]
pub(crate) struct DiffArgs {
    /// The old version
    old: PathBuf,
    /// The new version
    new: PathBuf,
    /// Print the changes as JSON
    #[arg(long)]
    json: bool,
}

#[derive(serde::Serialize)]
struct Told<'a> {
    old: Version<'a>,
    new: Version<'a>,
    #[serde(flatten)]
    comparison: &'a Comparison,
}

#[derive(serde::Serialize)]
struct Version<'a> {
    file: &'a PathBuf,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective: Option<Date>,
}

pub(crate) fn run(args: &DiffArgs) -> anyhow::Result<ExitCode> {
    let [old, new] = [terms_file::read(&args.old)?, terms_file::read(&args.new)?];
    let comparison = compare(&old.cut, &new.cut);
    if args.json {
        let version = |file, terms: &TermsFile| Version {
            file,
            effective: terms.effective,
        };
        output::print_json(&Told {
            old: version(&args.old, &old),
            new: version(&args.new, &new),
            comparison: &comparison,
        })?;
    } else {
        output::print(&text(&comparison))?;
    }
    Ok(if comparison.changes.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn text(comparison: &Comparison) -> String {
    let mut out = String::new();
    let mut counts = [0; 4];
    for change in &comparison.changes {
        let (kind, head, body) = match change {
            Change::Added(whole) => (0, format!("+ {}", head(whole)), indented("+", &whole.text)),
            Change::Removed(whole) => (1, format!("- {}", head(whole)), indented("-", &whole.text)),
            Change::Changed {
                old_address,
                address,
                title,
                words,
            } => {
                let place = place(old_address, address);
                (
                    2,
                    format!("~ {place}  {title}"),
                    format!("    {}\n", marked(words)),
                )
            }
            Change::Moved {
                old_address,
                address,
                title,
            } => (
                3,
                format!("> {}  {title}", place(old_address, address)),
                String::new(),
            ),
        };
        counts[kind] += 1;
        // Writing to a text cannot fail.
        let _ = writeln!(out, "{head}\n{body}");
    }
    let [added, removed, changed, moved] = counts;
    let same = comparison.unchanged;
    let _ = writeln!(
        out,
        "{added} added, {removed} removed, {changed} changed, {moved} moved, {same} unchanged"
    );
    out
}

fn head(whole: &Whole) -> String {
    format!("{}  {}", whole.address, whole.title)
}

fn place(old: &str, new: &str) -> String {
    if old == new {
        new.to_owned()
    } else {
        format!("{old} → {new}")
    }
}

fn indented(sign: &str, text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        // Writing to a text cannot fail.
        let _ = writeln!(out, "    {sign} {line}");
    }
    out
}

/// `… en [-dix-] {+cinq+} jours …`, with a few words around what changed.
fn marked(words: &[Run]) -> String {
    let last = words.len().saturating_sub(1);
    let pieces = words.iter().enumerate().map(|(at, run)| match run.op {
        Op::Removed => format!("[-{}-]", run.text),
        Op::Added => format!("{{+{}+}}", run.text),
        Op::Same => {
            let words: Vec<&str> = run.text.split(' ').collect();
            let before = if at == 0 { 0 } else { AROUND };
            let after = if at == last { 0 } else { AROUND };
            if words.len() <= before + after + 1 {
                return run.text.clone();
            }
            let (begin, end) = (&words[..before], &words[words.len() - after..]);
            let parts = [begin.join(" "), "…".to_owned(), end.join(" ")];
            parts
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        }
    });
    pieces.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use guichet_content::terms::{Format, cut};

    #[test]
    fn every_kind_of_change_is_told_so_that_its_owner_can_check_it() {
        let old = "# CGV\n\n## Article 1 – Prix\nLes prix sont en euros, toutes taxes comprises, et hors frais de livraison, qui s’affichent dans le panier avant le paiement.\n\n\
                   ## Article 2 – Fax\nToute commande peut nous parvenir par télécopie.\n\n\
                   ## Article 3 – Litiges\nLe tribunal compétent est celui de votre domicile.\n";
        let new = "# CGV\n\n## Article 1 – Prix\nLes prix sont en euros, hors taxes, et hors frais de livraison, qui s’affichent dans le panier avant le paiement.\n\n\
                   ## Article 2 – Litiges\nLe tribunal compétent est celui de votre domicile.\n\n\
                   ## Article 3 – Cookies\nAucun témoin n’est déposé sans votre accord.\n";
        let [old, new] = [old, new].map(|text| cut(text, Format::Markdown));
        insta::assert_snapshot!(text(&compare(&old, &new)));
        insta::assert_snapshot!(text(&compare(&new, &new)));
    }
}
