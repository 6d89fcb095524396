//! Which lines without a number are headings: bold ones, and plain ones that stand alone before a paragraph.

use super::rank::PARAGRAPH;
use super::{LONGEST_TITLE, Walk};
use crate::terms::line::{Gap, Line, Shape};
use crate::terms::runs::{self, Class, Look};
use crate::terms::words;

/// A plain line without a number is a heading only up to this many words.
const LONGEST_PLAIN_TITLE: usize = 9;

impl Walk {
    /// Whether a line all in bold is a heading.
    pub(super) fn is_bold_title(&self, index: usize, line: &Line, next: Option<&Line>) -> bool {
        let words = &line.text[self.runs.markers[index]
            .as_ref()
            .map_or(0, |marker| marker.end)..];
        let title = line.is_bold()
            && line.bullet.is_none()
            && line.list == 0
            && line.gap != Gap::Soft
            && words::is_title(words, LONGEST_TITLE);
        let headed = next.is_some_and(|next| match next.shape {
            Shape::Heading(_) => false,
            Shape::Row => true,
            Shape::Text => {
                let title = next.is_bold()
                    && next.gap == Gap::Block
                    && words::is_title(&next.text, LONGEST_TITLE);
                self.following[index] >= 5
                    || title
                    || self.runs.markers[index + 1].is_some()
                        && self.runs.looks[index + 1] == Look::Bold
            }
        });
        title && headed && !looks_like_data(&line.text)
    }

    /// Whether a plain line standing alone is a heading: a few words without a full stop, before a paragraph.
    pub(super) fn is_plain_title(
        &self,
        index: usize,
        line: &Line,
        before: Option<&Line>,
        next: Option<&Line>,
    ) -> bool {
        let alone = line.gap == Gap::Block
            && line.shape == Shape::Text
            && line.list == 0
            && line.bullet.is_none()
            && line.links == 0;
        let capitals = words::is_capitals(&line.text) && words::count(&line.text) >= 2;
        let numbered = self.heads_numbers(index + 1);
        let longest = if capitals || numbered {
            LONGEST_TITLE
        } else {
            LONGEST_PLAIN_TITLE
        };
        let title = words::is_title(&line.text, longest)
            && words::starts_big(&line.text)
            && !words::is_finished(&line.text);
        let after_end = capitals
            || before.is_none_or(|before| {
                words::is_finished(&before.text) && !words::announces(&before.text)
                    || matches!(before.shape, Shape::Heading(_))
            });
        let heads = next.is_some_and(|next| {
            let paragraph = !runs::is_item(next)
                && words::is_finished(&next.text)
                && words::count(&next.text) >= 12;
            next.gap == Gap::Block && next.shape == Shape::Text && (paragraph || numbered)
        });
        alone && title && after_end && heads && !looks_like_data(&line.text)
    }

    /// Whether a line begins a series that is more than a list: `1.` with a paragraph, or `A - …` in bold.
    pub(super) fn heads_numbers(&self, index: usize) -> bool {
        let bold =
            self.runs.looks.get(index) == Some(&Look::Bold) && self.runs.markers[index].is_some();
        let member = self
            .runs
            .members
            .get(index)
            .copied()
            .flatten()
            .filter(|member| member.number == 1);
        let run = member.map(|member| &self.runs.series[member.run]);
        bold || run.is_some_and(|run| {
            run.class == Class::Digits && run.len >= 2 && run.words / (run.len - 1) >= PARAGRAPH
        })
    }

    /// Whether a line is the title that a lone `Article 7` above it lacks.
    pub(super) fn is_title_of(&self, index: usize, line: &Line) -> bool {
        self.runs.markers[index].is_none()
            && line.bullet.is_none()
            && line.shape != Shape::Row
            && words::is_title(&line.text, 12)
            && words::starts_big(&line.text)
            && !words::is_finished(&line.text)
            && self.following[index] > 0
    }
}

/// Whether a line is an address, a sum or a field to fill in rather than a title.
fn looks_like_data(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    text.contains('@')
        || text.contains("http")
        || text.contains("www.")
        || text.contains("..")
        || digits * 4 > text.chars().count()
}
