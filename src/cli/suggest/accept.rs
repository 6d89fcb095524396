//! `guichet suggest --accept`: a phrasing of the list becomes a line of its entry's file. The change
//! is shown first; `--write` makes it. How it is written is in `guichet_content::accept`.

use super::SuggestArgs;
use crate::output;
use anyhow::{Context as _, anyhow, bail};
use guichet_content::accept::{Edit, accept};
use guichet_content::sources::EntryFile;
use guichet_content::suggest::{Phrasing, Suggestions};
use guichet_domain::lang::Lang;

/// A phrasing of the list, and the entry it can be taken into.
pub(super) type Choice<'a> = (&'a str, &'a Phrasing);

/// Whether a document is one that can be asked in other ways.
pub(super) fn is_entry(document: Option<&str>) -> bool {
    document.is_some_and(|id| id.starts_with("faq/"))
}

/// What can be accepted, in the order of its numbers, from 1.
pub(super) fn choices(found: &Suggestions) -> Vec<Choice<'_>> {
    let asked = found.asked_as.iter().flat_map(|one| {
        let entry = one.entry.as_str();
        one.phrasings.iter().map(move |phrasing| (entry, phrasing))
    });
    let unanswered = found.unanswered.iter().flat_map(|one| {
        let nearest = one.nearest.as_deref().filter(|id| is_entry(Some(id)));
        nearest
            .into_iter()
            .flat_map(|entry| one.phrasings.iter().map(move |phrasing| (entry, phrasing)))
    });
    asked.chain(unanswered).collect()
}

/// Shows what becomes of the files, and writes them where asked to.
pub(super) fn run(args: &SuggestArgs, lang: Lang, choices: &[Choice<'_>]) -> anyhow::Result<()> {
    let mut sources = output::sources(&args.site);
    let mut edits: Vec<Edit> = Vec::new();
    for number in &args.accept {
        let chosen = number.checked_sub(1).and_then(|at| choices.get(at));
        let (id, phrasing) = chosen.ok_or_else(|| no_such(*number, choices.len()))?;
        let of_entry = |own: &&mut EntryFile| own.lang == lang && own.entry.entry.id == **id;
        let Some(own) = sources.entries.iter_mut().find(of_entry) else {
            bail!("no file holds the entry `{id}`\nhint: the log may be older than the site");
        };
        let edit = accept(own, &phrasing.text)?;
        own.text.clone_from(&edit.after);
        match edits.iter_mut().find(|one| one.file == edit.file) {
            Some(same) => same.after = edit.after,
            None => edits.push(edit),
        }
    }
    for edit in &edits {
        output::print(&edit.diff(&args.site))?;
    }
    if !args.write {
        return output::print("nothing was written: add `--write` to change the files\n");
    }
    for Edit { file, after, .. } in &edits {
        let shown = file.display();
        std::fs::write(file, after)
            .with_context(|| format!("cannot write `{shown}`\nhint: it must be writable"))?;
    }
    let site = args.site.display();
    output::print(&format!("written: `guichet build {site}` takes it in\n"))
}

fn no_such(number: usize, all: usize) -> anyhow::Error {
    match all {
        0 => anyhow!(
            "`--accept {number}`: nothing can be accepted yet\nhint: no text was typed by enough visits"
        ),
        _ => anyhow!(
            "`--accept {number}`: expected a number of the list, 1 to {all}\nhint: `guichet suggest` without `--accept` shows the list"
        ),
    }
}
