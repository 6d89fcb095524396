//! What opens a section of the terms, and the steps a document is handed over in: headings, and the text below them.

use super::line::Line;
use super::number::Fence;
use super::runs::{Class, Look};

/// A step through the document.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A section begins.
    Open(Heading),
    /// A line of the section that is open.
    Text(Line),
    /// The items of a series end; what follows belongs to the text they stand in.
    Close(usize),
}

/// What opens a section: a heading, a numbered paragraph's number, an item's letter.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    /// The heading alone; the text after a paragraph's number is a step of its own.
    pub(super) line: Line,
    /// Where in the line the words after the number begin.
    pub(super) title_at: usize,
    /// The number as written; empty if there is none.
    pub(super) number: String,
    /// Where it stands in the order of the terms.
    pub(super) rank: Rank,
    /// What it looks like.
    pub(super) look: Look,
    /// Whether the number stands in the source; those of HTML lists are made by the browser.
    pub(super) written: bool,
    /// Whether another heading without a number stands right below it.
    pub(super) headed: bool,
    /// The article that the next number below belongs to: between `7.1` and `7.2` stands no heading but of article 7.
    pub(super) within: Option<u16>,
}

/// Where a section stands in the order of the terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Rank {
    /// A part that holds articles: `Titre II`.
    Part {
        /// Its name in addresses.
        name: &'static str,
        /// The smaller, the further out.
        order: u8,
        /// Its number, canonical.
        number: String,
    },
    /// An article, counted through the whole document.
    Article(u16),
    /// A number that says where it belongs: `7.2`.
    Dotted(Vec<u16>),
    /// A number or letter that counts within the section around it.
    Local(Local),
    /// A heading without a number.
    Unnumbered,
}

/// A number or letter that counts within the section around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Local {
    /// The series it belongs to.
    pub(super) run: usize,
    /// How the series is numbered and enclosed: a series of the same kind goes on at the same depth.
    pub(super) kind: (Class, Fence, bool),
    /// Its place in the series.
    pub(super) place: u16,
    /// Its address within the section around it: `a`, `ii`, `3`.
    pub(super) step: String,
    /// Whether it is an item in running text rather than a heading.
    pub(super) item: bool,
}

impl Heading {
    /// What stands for it in a path.
    pub(super) fn text(&self) -> String {
        let bare = self.line.text[self.title_at.min(self.line.text.len())..].trim();
        if bare.is_empty() && !self.number.is_empty() {
            return self.number.clone();
        }
        let text = self
            .line
            .text
            .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '–' | '—' | '-'));
        let bare = text
            .trim_start_matches(['-', '–', '•', '·', '▪', '●'])
            .trim_start();
        if bare.is_empty() {
            text.to_owned()
        } else {
            bare.to_owned()
        }
    }

    /// Whether it names an article of a code that is quoted below it, and that belongs to the clause around it.
    pub(super) fn quotes_a_law(&self) -> bool {
        let small = self.line.text.to_lowercase();
        let small = small.trim_start_matches(|c: char| !c.is_alphabetic());
        let named = ["article", "l'article", "l’article", "art."]
            .iter()
            .find_map(|word| small.strip_prefix(word));
        self.rank == Rank::Unnumbered
            && named.is_some_and(|rest| rest.contains(|c: char| c.is_ascii_digit()))
    }

    /// Whether it is an item in running text.
    pub(super) fn is_item(&self) -> bool {
        matches!(&self.rank, Rank::Local(local) if local.item)
    }
}
