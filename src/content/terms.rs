//! Cuts terms of sale into clauses that can be found, read and cited one by one.
//!
//! Terms come as Markdown or HTML, often with a page's menus and footers around them, and every word of them is
//! kept: in exactly one clause, or in [`Cut::dropped`] with the reason. Here is the interface; the way of a text is
//! `markdown` or `html` → `line` → `furniture` → `join` → `outline` → `tree` → `pack` → `reference`.
//! Nothing here knows files, sites or the bundle.

use serde::Serialize;

mod articles;
mod define;
mod furniture;
mod heading;
mod html;
mod html_syntax;
mod html_tag;
mod join;
mod line;
mod markdown;
mod number;
mod outline;
mod pack;
mod reference;
mod runs;
mod scribe;
pub(crate) mod slug;
mod tree;
mod words;

#[cfg(test)]
mod conservation;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod findings;
#[cfg(test)]
mod made_up;

/// How terms are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `CommonMark` with tables; HTML within it is read as HTML.
    Markdown,
    /// A whole page or a part of one.
    Html,
}

/// Terms of sale, cut into clauses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cut {
    /// The clauses, in the order of the source; their ranges do not overlap.
    pub clauses: Vec<Clause>,
    /// What belongs to the page rather than to the terms: menus, tables of contents, version lists, footers.
    pub dropped: Vec<Dropped>,
    /// What the merchant should look at: numbers that restart or are missing, references that lead nowhere.
    pub warnings: Vec<String>,
    /// The references among the warnings.
    #[serde(skip)]
    pub dangling: Vec<Dangling>,
}

/// A reference that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dangling {
    /// Address of the clause that refers.
    pub clause: String,
    /// The number it refers to, as in an address.
    pub number: String,
}

impl Dangling {
    /// As the merchant is told.
    pub fn warning(&self) -> String {
        format!(
            "clause `{}` refers to article `{}`, which does not exist",
            self.clause, self.number
        )
    }
}

/// The smallest part of the terms that is shown and cited on its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Clause {
    /// The number as written, without the dot or dash after it: `Article 7`, `7.2`, `VII`, `§ 3`, `a)`, `(ii)`.
    /// Empty for an unnumbered heading or a preamble.
    pub number: String,
    /// Headings from the outermost to the clause's own. A numbered paragraph without a heading, such as
    /// `2.1. All prices…`, has its number there.
    pub path: Vec<String>,
    /// How many of the last headings of `path` stand within this clause's own range. The words of a heading live in
    /// `path`, never in `text`; so `path[path.len() - opens..]` and `text`, read for all clauses in order, give the
    /// terms back word by word. `0` for a later part of a long clause.
    pub opens: usize,
    /// The exact text, without the syntax of Markdown or HTML, one paragraph, list item or table row a line. A list
    /// item begins with `- ` or its number; cells of a row are parted by ` | `.
    pub text: String,
    /// Where it begins in the source, in bytes, its heading included.
    pub start: usize,
    /// Where it ends in the source, in bytes (exclusive).
    pub end: usize,
    /// Canonical numbers of the clauses it refers to (`conformément à l'article 5.1`); [`Cut::find`] leads to them.
    /// Articles of codes and laws are no references.
    pub references: Vec<String>,
    /// Terms it defines, as written between quotation marks: `ci-après « le Client »`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub defines: Vec<String>,
    /// The stable address within the document: `7`, `7.2`, `7.2.a`; a slug for an unnumbered heading; `7.2.p2` for
    /// the second part of a clause that is long or goes on after its items. Unique: where numbers restart, those of
    /// the second run end in `-2`.
    #[serde(skip)]
    pub address: String,
    /// For an item, and for a part that begins with one: the sentence it completes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
}

/// Words of the page that are not words of the terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// Its text; empty for scripts and styles.
    pub text: String,
    /// Where it begins in the source, in bytes.
    pub start: usize,
    /// Where it ends in the source, in bytes (exclusive).
    pub end: usize,
    /// What it was taken for, for example `table of contents`.
    pub why: String,
}

/// Cuts terms into clauses. Any text is accepted: what has no structure becomes one clause, or several when long.
pub fn cut(source: &str, format: Format) -> Cut {
    let page = match format {
        Format::Markdown => markdown::read(source),
        Format::Html => html::read(source),
    };
    let sifted = furniture::sift(page.lines);
    let steps = outline::outline(join::join(sifted.kept));
    let grown = tree::grow(steps);

    let mut clauses = pack::pack(grown.chunks);
    let mut warnings = grown.warnings;
    warnings.extend(pack::overlong(&clauses));
    define::link(&mut clauses);
    let dangling = reference::link(&mut clauses);
    warnings.extend(dangling.iter().map(Dangling::warning));

    let mut dropped = page.dropped;
    dropped.extend(sifted.dropped);
    dropped.extend(grown.dropped);
    dropped.sort_by_key(|dropped| (dropped.start, dropped.end));
    Cut {
        clauses,
        dropped,
        warnings,
        dangling,
    }
}

impl Cut {
    /// The clause at an address. An article that has no text of its own is found as its first clause, so `7` leads
    /// to `7.1` where `Article 7` is but a heading.
    pub fn find(&self, address: &str) -> Option<&Clause> {
        let (wanted, wanted_run) = slug::split_run(address);
        let below = |clause: &&Clause| {
            let (base, run) = slug::split_run(&clause.address);
            run == wanted_run
                && base
                    .strip_prefix(wanted)
                    .is_some_and(|rest| rest.starts_with('.'))
        };
        let exact = self.clauses.iter().find(|clause| clause.address == address);
        exact.or_else(|| self.clauses.iter().find(below))
    }
}
