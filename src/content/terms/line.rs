//! A line of reading text that knows where each of its characters stands in the source. `scribe` writes them; what a
//! line means is decided elsewhere.

/// What parts a line from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// The source goes on in a new line, but the paragraph does not.
    Soft,
    /// A line break the writer asked for.
    Hard,
    /// A new paragraph, heading, item or row.
    Block,
}

/// What kind of block a line stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A paragraph or a list item.
    Text,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A row of a table.
    Row,
}

/// The marker of a list item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bullet {
    /// `-` for a plain list, else the number: `1.`, `a)`.
    pub(super) mark: String,
    /// Whether the number stands in the source; browsers number the items of HTML lists themselves.
    pub(super) written: bool,
}

/// Ties a position of the text to a position of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    /// Where in the text.
    pub(super) text: usize,
    /// Where in the source.
    pub(super) source: usize,
    /// Length in the source of what stands here for something else (an entity); 0 where text and source agree.
    pub(super) width: usize,
}

/// A line of reading text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The text, white space collapsed; never empty.
    pub(super) text: String,
    /// Where its characters stand in the source.
    pub(super) anchors: Vec<Anchor>,
    /// Where it begins in the source, with the syntax before it.
    pub(super) start: usize,
    /// Where it ends in the source.
    pub(super) end: usize,
    /// What parts it from the line before.
    pub(super) gap: Gap,
    /// What block it stands in.
    pub(super) shape: Shape,
    /// Set on the first line of a list item.
    pub(super) bullet: Option<Bullet>,
    /// The list it stands in; 0 outside of lists. Lists are numbered in the order of the source.
    pub(super) list: usize,
    /// Where in the text the first bold words begin.
    pub(super) bold_from: usize,
    /// Where they end; 0 where nothing is bold.
    pub(super) bold: usize,
    /// How many letters and digits stand in links.
    pub(super) linked: usize,
    /// How many links it has.
    pub(super) links: usize,
    /// Whether its links lead to places on the same page.
    pub(super) inward: bool,
    /// The part of the page it stands in, where that is no part of the terms.
    pub(super) zone: Option<&'static str>,
    /// Whether a menu or the like was taken away before it, so that no clause goes across.
    pub(super) apart: bool,
}

impl Line {
    /// Where in the source the character at `at` stands; the end of the line for a position past it.
    pub(super) fn source_at(&self, at: usize) -> usize {
        let after = self.anchors.partition_point(|anchor| anchor.text <= at);
        match after
            .checked_sub(1)
            .and_then(|index| self.anchors.get(index))
        {
            Some(anchor) if anchor.width == 0 => anchor.source + (at - anchor.text),
            Some(anchor) => anchor.source,
            None => self.start,
        }
    }

    /// Where in the source the text before `at` ends.
    pub(super) fn source_before(&self, at: usize) -> usize {
        let Some((last, c)) = self.text[..at].char_indices().next_back() else {
            return self.start;
        };
        let after = self.anchors.partition_point(|anchor| anchor.text <= last);
        match after
            .checked_sub(1)
            .and_then(|index| self.anchors.get(index))
        {
            Some(anchor) if anchor.width == 0 => {
                anchor.source + (last - anchor.text) + c.len_utf8()
            }
            Some(anchor) => anchor.source + anchor.width,
            None => self.end,
        }
    }

    /// Parts the line at a byte position; the right part is `None` where nothing but white space stands there.
    pub(super) fn split_off(&mut self, at: usize) -> Option<Line> {
        let at = at + (self.text[at..].len() - self.text[at..].trim_start().len());
        if at >= self.text.len() {
            return None;
        }
        let start = self.source_at(at);
        let mut right = self.clone();
        self.text[at..].clone_into(&mut right.text);
        right.start = start;
        right.bullet = None;
        right.gap = Gap::Soft;
        right.apart = false;
        right.bold = self.bold.saturating_sub(at);
        right.bold_from = self.bold_from.saturating_sub(at);
        right.anchors = vec![Anchor {
            text: 0,
            source: start,
            width: 0,
        }];
        for anchor in &self.anchors {
            if anchor.text == at {
                right.anchors.clear();
            }
            if anchor.text >= at {
                right.anchors.push(Anchor {
                    text: anchor.text - at,
                    ..*anchor
                });
            }
        }
        let left = self.text[..at].trim_end().len();
        self.end = self.source_before(left);
        self.text.truncate(left);
        self.bold = if self.bold_from < left {
            self.bold.min(left)
        } else {
            0
        };
        Some(right)
    }

    /// Adds a line that goes on with this one's sentence.
    pub(super) fn append(&mut self, next: Line) {
        let offset = self.text.len() + 1;
        if next.bold > 0 && self.bold == 0 {
            (self.bold_from, self.bold) = (offset + next.bold_from, offset + next.bold);
        } else if next.bold > 0 && self.bold + 1 == offset && next.bold_from == 0 {
            self.bold = offset + next.bold;
        }
        self.text.push(' ');
        self.text.push_str(&next.text);
        self.anchors
            .extend(next.anchors.into_iter().map(|anchor| Anchor {
                text: anchor.text + offset,
                ..anchor
            }));
        self.end = next.end;
        self.linked += next.linked;
        self.links += next.links;
    }

    /// Puts the marker of the list item into the text.
    pub(super) fn take_bullet_in(&mut self) {
        let Some(bullet) = self.bullet.take() else {
            return;
        };
        let offset = bullet.mark.len() + 1;
        self.text.insert(0, ' ');
        self.text.insert_str(0, &bullet.mark);
        for anchor in &mut self.anchors {
            anchor.text += offset;
        }
        self.anchors.insert(
            0,
            Anchor {
                text: 0,
                source: self.start,
                width: bullet.mark.len(),
            },
        );
        if self.bold > 0 {
            self.bold += offset;
            self.bold_from += offset;
        }
    }

    /// The text with the marker of its list item.
    pub(super) fn reading(&self) -> String {
        self.bullet.as_ref().map_or_else(
            || self.text.clone(),
            |bullet| format!("{} {}", bullet.mark, self.text),
        )
    }

    /// Whether all of it is bold, punctuation aside.
    pub(super) fn is_bold(&self) -> bool {
        let says = |text: &str| text.contains(char::is_alphanumeric);
        self.bold > 0 && !says(&self.text[..self.bold_from]) && !says(&self.text[self.bold..])
    }

    /// Where the bold words end that stand at `from` or go through it.
    pub(super) fn bold_through(&self, from: usize) -> Option<usize> {
        (self.bold_from <= from && from < self.bold).then_some(self.bold)
    }
}
