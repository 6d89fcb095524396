//! Writes lines from the events of a Markdown or HTML reader: gathers letters into lines, white space into blanks, and
//! notes where in the source each letter stands, what is bold and what leads elsewhere.

use super::line::{Anchor, Bullet, Gap, Line, Shape};

/// Writes lines from the events of a reader.
#[derive(Default)]
pub(super) struct Scribe {
    /// The lines written so far.
    pub(super) lines: Vec<Line>,
    current: Option<Line>,
    gap: Option<Gap>,
    start: Option<usize>,
    bullet: Option<Bullet>,
    blank: Option<(char, usize)>,
    between: bool,
    /// The block being written.
    pub(super) heading: Option<u8>,
    /// Whether rows of a table are being written.
    pub(super) in_table: bool,
    /// How many bold elements are open.
    pub(super) bold: usize,
    /// Whether a link is open, and whether it leads inward.
    pub(super) link: Option<bool>,
    /// The list being written; 0 outside of lists.
    pub(super) list: usize,
    /// The part of the page being written, where it is no part of the terms.
    pub(super) zone: Option<&'static str>,
}

impl Scribe {
    /// Ends the line, if one is open; `at` is where the next one begins, with the syntax before it.
    pub(super) fn stop(&mut self, gap: Gap, at: usize) {
        self.gap = Some(self.gap.map_or(gap, |earlier| earlier.max(gap)));
        self.blank = None;
        self.between = false;
        self.start = Some(at);
        if let Some(mut line) = self.current.take() {
            line.end = line.end.max(line.source_before(line.text.len()));
            self.lines.push(line);
        }
    }

    /// Ends the line of a heading, whose syntax goes on up to `end`.
    pub(super) fn stop_heading(&mut self, end: usize) {
        if let Some(line) = self.current.as_mut() {
            line.end = end;
        }
        self.stop(Gap::Block, end);
    }

    /// Begins a list item.
    pub(super) fn item(&mut self, bullet: Bullet, at: usize) {
        self.stop(Gap::Block, at);
        self.bullet = Some(bullet);
    }

    /// Begins a cell; the first one of a row is parted from nothing.
    pub(super) fn cell(&mut self) {
        self.between = self.current.is_some();
    }

    /// Counts a link.
    pub(super) fn open_link(&mut self, inward: bool) {
        self.link = Some(inward);
        if let Some(line) = self.current.as_mut() {
            line.links += 1;
        }
    }

    /// Writes text that stands in the source at `source`, letter by letter.
    pub(super) fn write(&mut self, text: &str, source: usize) {
        for (at, c) in text.char_indices() {
            self.put(c, source + at, 0);
        }
    }

    /// Writes text that stands in the source as something else, `width` bytes long.
    pub(super) fn write_for(&mut self, text: &str, source: usize, width: usize) {
        for c in text.chars() {
            self.put(c, source, width.max(1));
        }
    }

    fn put(&mut self, c: char, source: usize, width: usize) {
        // Marks that no reader sees: byte order mark, zero-width space, word joiner.
        if matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}') || c.is_control() && !c.is_whitespace()
        {
            return;
        }
        if c.is_whitespace() {
            self.blank = Some(
                self.blank
                    .map_or((c, 1), |(first, count)| (first, count + 1)),
            );
            return;
        }
        let line = self.current.get_or_insert_with(|| Line {
            text: String::new(),
            anchors: Vec::new(),
            start: self.start.take().unwrap_or(source),
            end: source,
            gap: self.gap.take().unwrap_or(Gap::Block),
            shape: match self.heading {
                Some(level) => Shape::Heading(level),
                None if self.in_table => Shape::Row,
                None => Shape::Text,
            },
            bullet: self.bullet.take(),
            list: self.list,
            bold_from: 0,
            bold: 0,
            linked: 0,
            links: usize::from(self.link.is_some()),
            inward: self.link.unwrap_or(false),
            zone: self.zone,
            apart: false,
        });
        let goes_on_bold = line.bold == line.text.len();
        if std::mem::take(&mut self.between) {
            line.text.push_str(" | ");
            self.blank = None;
        }
        if let Some((first, count)) = self.blank.take()
            && !line.text.is_empty()
        {
            // A no-break space is typography worth keeping; a run of blanks is layout.
            line.text
                .push(if count == 1 && matches!(first, '\u{a0}' | '\u{202f}') {
                    first
                } else {
                    ' '
                });
        }
        let at = line.text.len();
        let agrees = line.anchors.last().is_some_and(|last| {
            last.width == 0 && width == 0 && last.source + (at - last.text) == source
        });
        if !agrees {
            line.anchors.push(Anchor {
                text: at,
                source,
                width,
            });
        }
        line.text.push(c);
        if self.bold > 0 && (line.bold == 0 || goes_on_bold) {
            if line.bold == 0 {
                line.bold_from = at;
            }
            line.bold = line.text.len();
        }
        if let Some(inward) = self.link {
            line.linked += usize::from(c.is_alphanumeric());
            line.inward |= inward;
        }
        line.end = source + width.max(c.len_utf8());
    }
}
