//! Nests sections into one another and gives each its address; hands over the text below them in chunks, in the order
//! of the source. Numbers say where a section belongs; where there are none, levels and looks do.

use super::Dropped;
use super::heading::{Heading, Rank, Step};
use super::line::Line;
use super::runs::Look;
use super::words;
use std::collections::{HashMap, HashSet};

mod address;
mod depth;
mod lead;
mod numbers;

/// Address of the text above the first heading.
const ABOVE: &str = "en-tete";
/// With more sections open than this, headings without text below them no longer nest.
const DEEPEST: usize = 8;
/// A sentence of more bytes says too much to be repeated with every item.
const LONGEST_LEAD: usize = 1500;
/// Fewer words than this after the items of a series go with the last item.
const TOO_FEW: usize = 5;

/// Text of one section that nothing interrupts.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    /// The section's address, and which chunk of the section this is, from 0.
    pub(super) address: String,
    /// Index of the section; parts are counted by section.
    pub(super) section: usize,
    /// The number as written.
    pub(super) number: String,
    /// Headings from the outermost to the section's own.
    pub(super) path: Vec<String>,
    /// How many of the last headings begin here.
    pub(super) opens: usize,
    /// Whether it goes on with a section that has text already.
    pub(super) goes_on: bool,
    /// Where the headings that begin here begin, in the source.
    pub(super) start: usize,
    /// Where they end, if there is no text.
    pub(super) end: usize,
    /// The sentence that the section completes.
    pub(super) lead: Option<String>,
    /// The text.
    pub(super) lines: Vec<Line>,
}

/// The document, nested.
pub(super) struct Grown {
    /// Its text, in the order of the source.
    pub(super) chunks: Vec<Chunk>,
    /// Headings with nothing below them.
    pub(super) dropped: Vec<Dropped>,
    /// Numbers that restart, repeat or are missing.
    pub(super) warnings: Vec<String>,
}

/// Nests the steps of a document.
pub(super) fn grow(steps: Vec<Step>) -> Grown {
    let mut tree = Tree::default();
    for step in steps {
        match step {
            Step::Open(heading) => tree.open(heading),
            Step::Text(line) => tree.text(line),
            Step::Close(run) => tree.close(run),
        }
    }
    tree.cut(0);
    let mut chunks: Vec<Chunk> = Vec::new();
    for chunk in tree.chunks {
        let count: usize = chunk
            .lines
            .iter()
            .map(|line| words::count(&line.text))
            .sum();
        match chunks.last_mut() {
            Some(before)
                if chunk.goes_on
                    && count < TOO_FEW
                    && !chunk.lines.iter().any(|line| line.apart) =>
            {
                before.lines.extend(chunk.lines);
            }
            _ => chunks.push(chunk),
        }
    }
    Grown {
        chunks,
        dropped: tree.dropped,
        warnings: tree.warnings,
    }
}

struct Section {
    heading: Heading,
    /// Address without the `-2` of a restart.
    base: String,
    address: String,
    lead: Option<String>,
    /// Whether it or a section in it has text.
    has_text: bool,
    /// Whether its heading still waits for the first text below it.
    waits: bool,
    is_title: bool,
}

#[derive(Default)]
struct Tree {
    sections: Vec<Section>,
    /// Open sections, the outermost first.
    stack: Vec<usize>,
    chunks: Vec<Chunk>,
    dropped: Vec<Dropped>,
    warnings: Vec<String>,
    taken: HashSet<String>,
    /// How often each address was asked for again.
    copies: HashMap<String, usize>,
    /// The last section that is an article.
    last_article: Option<usize>,
    /// How many times articles began anew, counted from 1.
    edition: usize,
    /// Last article, and all articles of this edition.
    article: Option<u16>,
    articles: HashSet<u16>,
    /// The last number below each number: `7` → 2 after `7.2`.
    below: HashMap<(usize, Vec<u16>), u16>,
    leads: HashMap<usize, Option<String>>,
    places: HashMap<usize, u16>,
}

impl Tree {
    fn open(&mut self, heading: Heading) {
        let depth = self.depth(&heading);
        self.cut(depth);
        self.check_number(&heading);
        let lead = self.lead(&heading);
        let base = self.base(&heading);
        let numbered = matches!(
            heading.rank,
            Rank::Article(_) | Rank::Dotted(_) | Rank::Local(_)
        );
        let wanted = if numbered
            && self.edition > 1
            && !self.stack.iter().any(|at| {
                self.sections[*at]
                    .base
                    .starts_with(|c: char| c.is_alphabetic())
                    && base.starts_with(&self.sections[*at].base)
            }) {
            format!("{base}-{}", self.edition)
        } else {
            base.clone()
        };
        let address = self.unique(&base, wanted);
        let is_title = self.sections.is_empty() && self.chunks.is_empty() && is_title(&heading)
            || self.stack.is_empty()
                && self.sections.is_empty()
                && matches!(heading.look, Look::Heading(1));
        if matches!(heading.rank, Rank::Article(_)) {
            self.last_article = Some(self.sections.len());
        }
        self.stack.push(self.sections.len());
        self.sections.push(Section {
            heading,
            base,
            address,
            lead,
            has_text: false,
            waits: true,
            is_title,
        });
    }

    fn text(&mut self, line: Line) {
        let section = self.stack.last().copied();
        match self.chunks.last_mut() {
            Some(chunk)
                if !line.apart
                    && section.is_none_or(|section| {
                        chunk.section == section && !self.sections[section].waits
                    }) =>
            {
                chunk.lines.push(line);
            }
            _ => {
                let chunk = self.chunk(line.start, line.end);
                self.chunks.push(Chunk {
                    lines: vec![line],
                    ..chunk
                });
            }
        }
    }

    /// Ends the items of a series.
    fn close(&mut self, run: usize) {
        let of_run = |at: &usize| matches!(&self.sections[*at].heading.rank, Rank::Local(local) if local.run == run);
        if let Some(depth) = self.stack.iter().position(of_run) {
            self.cut(depth);
        }
    }

    /// A chunk of the innermost open section, without text yet.
    fn chunk(&mut self, start: usize, end: usize) -> Chunk {
        let opens: Vec<usize> = self
            .stack
            .iter()
            .copied()
            .filter(|at| self.sections[*at].waits)
            .collect();
        let shown = opens
            .iter()
            .filter(|at| self.sections[**at].heading.written)
            .count();
        let start = opens
            .first()
            .map_or(start, |at| self.sections[*at].heading.line.start.min(start));
        let goes_on = self.stack.last().is_none_or(|at| !self.sections[*at].waits);
        for at in &self.stack {
            self.sections[*at].has_text = true;
            self.sections[*at].waits = false;
        }
        let path = self
            .stack
            .iter()
            .filter(|at| self.sections[**at].heading.written)
            .map(|at| self.sections[*at].heading.text())
            .collect();
        let own = self.stack.last().map(|at| (*at, &self.sections[*at]));
        if own.is_none() {
            self.taken.insert(ABOVE.to_owned());
        }
        Chunk {
            address: own.map_or_else(|| ABOVE.to_owned(), |(_, own)| own.address.clone()),
            section: own.map_or(usize::MAX, |(at, _)| at),
            number: own.map_or_else(String::new, |(_, own)| own.heading.number.clone()),
            path,
            opens: shown,
            goes_on,
            start,
            end,
            lead: own.and_then(|(_, own)| own.lead.clone()),
            lines: Vec::new(),
        }
    }

    /// Closes sections until `depth` are open.
    fn cut(&mut self, depth: usize) {
        while self.stack.len() > depth {
            let Some(&at) = self.stack.last() else { return };
            if !self.sections[at].has_text {
                self.close_empty(at);
            }
            self.stack.pop();
        }
    }

    /// A section without text: a numbered one is a clause whose words are its title; a sentence is text of the
    /// section around it; a bare heading says nothing.
    fn close_empty(&mut self, at: usize) {
        let heading = self.sections[at].heading.clone();
        let mut line = heading.line.clone();
        if heading.number.is_empty() {
            if words::count(&line.text) >= 8 || line.text.ends_with(['.', '!', '?']) {
                self.stack.pop();
                self.text(line);
                self.stack.push(at);
                self.sections[at].has_text = true;
            } else {
                let why = "heading without text".to_owned();
                self.dropped.push(Dropped {
                    text: line.text,
                    start: line.start,
                    end: line.end,
                    why,
                });
            }
            return;
        }
        let title = line.split_off(heading.title_at);
        if title.is_none() && heading.line.text.is_empty() {
            return;
        }
        let mut chunk = self.chunk(heading.line.start, heading.line.end);
        if heading.written
            && let Some(last) = chunk.path.last_mut()
        {
            last.clone_from(&heading.number);
        }
        chunk.lines.extend(title);
        self.chunks.push(chunk);
    }
}

/// Whether a heading is the title of a document of terms.
fn is_title(heading: &Heading) -> bool {
    let small = heading.line.text.to_lowercase();
    let named = ["conditions", "cgv", "cgu", "terms", "mentions légales"]
        .iter()
        .any(|word| small.contains(word));
    heading.rank == Rank::Unnumbered && named && words::count(&small) <= 14
}
