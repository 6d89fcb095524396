//! `guichet suggest --accept`: a phrasing of the list becomes a line of its entry's file, a group of
//! them a new entry. The change is shown first; `--write` makes it. How it is written is in
//! `guichet_content::accept` and `guichet_content::draft`.

use super::SuggestArgs;
use crate::output;
use anyhow::{Context as _, anyhow, bail};
use guichet_content::accept::{Edit, accept};
use guichet_content::draft::draft;
use guichet_content::sources::{EntryFile, Sources};
use guichet_content::suggest::{Phrasing, Suggestions, Unanswered};
use guichet_domain::lang::Lang;

/// A line of the list that can be accepted.
pub(super) enum Choice<'a> {
    /// Another way to ask the entry with this id.
    Asked(&'a str, &'a Phrasing),
    /// A new entry.
    New(&'a Unanswered),
}

/// The entry that a group may be another way to ask.
pub(super) fn nearest_entry(group: &Unanswered) -> Option<&str> {
    group.nearest.as_deref().filter(|id| id.starts_with("faq/"))
}

/// What can be accepted, in the order of its numbers, from 1.
pub(super) fn choices(found: &Suggestions) -> Vec<Choice<'_>> {
    let asked = found.asked_as.iter().flat_map(|one| {
        let phrasings = one.phrasings.iter();
        phrasings.map(|phrasing| Choice::Asked(&one.entry, phrasing))
    });
    let unanswered = found.unanswered.iter().flat_map(|one| {
        let phrasings = nearest_entry(one).into_iter().flat_map(|entry| {
            let phrasings = one.phrasings.iter();
            phrasings.map(move |phrasing| Choice::Asked(entry, phrasing))
        });
        std::iter::once(Choice::New(one)).chain(phrasings)
    });
    asked.chain(unanswered).collect()
}

/// Shows what becomes of the files, and writes them where asked to.
pub(super) fn run(args: &SuggestArgs, lang: Lang, choices: &[Choice<'_>]) -> anyhow::Result<()> {
    let mut sources = output::sources(&args.site);
    let mut edits: Vec<Edit> = Vec::new();
    for number in &args.accept {
        let chosen = number.checked_sub(1).and_then(|at| choices.get(at));
        let edit = match chosen.ok_or_else(|| no_such(*number, choices.len()))? {
            Choice::Asked(id, phrasing) => add(&mut sources, lang, id, phrasing)?,
            Choice::New(group) => draft(&args.site, &sources, lang, group)?,
        };
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
        file.parent()
            .map_or(Ok(()), std::fs::create_dir_all)
            .and_then(|()| std::fs::write(file, after))
            .with_context(|| format!("cannot write `{shown}`\nhint: it must be writable"))?;
    }
    let site = args.site.display();
    let first = if edits.iter().any(|edit| edit.before.is_empty()) {
        "write the answer of what is new, then "
    } else {
        ""
    };
    output::print(&format!(
        "written: {first}`guichet build {site}` takes it in\n"
    ))
}

/// Adds a phrasing to an entry, on top of what was accepted before.
fn add(sources: &mut Sources, lang: Lang, id: &str, phrasing: &Phrasing) -> anyhow::Result<Edit> {
    let of_entry = |own: &&mut EntryFile| own.lang == lang && own.entry.entry.id == id;
    let Some(own) = sources.entries.iter_mut().find(of_entry) else {
        bail!("no file holds the entry `{id}`\nhint: the log may be older than the site");
    };
    let edit = accept(own, &phrasing.text)?;
    own.text.clone_from(&edit.after);
    Ok(edit)
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
