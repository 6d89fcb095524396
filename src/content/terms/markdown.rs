//! Reads Markdown into lines, with pulldown-cmark's offsets. HTML within it goes through `html_tag`'s reader, and
//! indented code, which in pasted terms is but indented text, is read again as Markdown.

use super::Dropped;
use super::html::Page;
use super::html_tag::Tags;
use super::line::{Bullet, Gap};
use super::scribe::Scribe;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// How often indented text may be indented again; deeper, it is taken as it stands.
const DEEPEST: usize = 3;

/// Reads a document.
pub(super) fn read(source: &str) -> Page {
    let mut reader = Reader {
        source,
        scribe: Scribe::default(),
        tags: Tags::new(source),
        lists: Vec::new(),
        made: 0,
        depth: 0,
        images: Vec::new(),
    };
    reader.read(0..source.len());
    reader.scribe.stop(Gap::Block, source.len());
    let mut dropped = reader.tags.dropped;
    dropped.extend(reader.images);
    Page {
        lines: reader.scribe.lines,
        dropped,
    }
}

struct Reader<'s> {
    source: &'s str,
    scribe: Scribe,
    tags: Tags,
    lists: Vec<usize>,
    made: usize,
    depth: usize,
    images: Vec<Dropped>,
}

impl Reader<'_> {
    fn read(&mut self, range: Range<usize>) {
        let base = range.start;
        let mut code: Option<bool> = None;
        let mut image: Option<(usize, String)> = None;
        for (event, at) in
            Parser::new_ext(&self.source[range], Options::ENABLE_TABLES).into_offset_iter()
        {
            let at = base + at.start..base + at.end;
            if let Some((depth, alt)) = image.as_mut() {
                match event {
                    Event::Start(_) => *depth += 1,
                    Event::End(_) if *depth == 0 => {
                        let text = std::mem::take(alt);
                        self.images.push(Dropped {
                            text,
                            start: at.start,
                            end: at.end,
                            why: "image".to_owned(),
                        });
                        image = None;
                    }
                    Event::End(_) => *depth -= 1,
                    Event::Text(text) | Event::Code(text) => alt.push_str(&text),
                    _ => {}
                }
                continue;
            }
            match event {
                Event::Start(Tag::Image { .. }) => image = Some((0, String::new())),
                Event::Start(Tag::CodeBlock(kind)) => {
                    self.scribe.stop(Gap::Block, at.start);
                    code = Some(matches!(kind, CodeBlockKind::Indented));
                }
                Event::End(TagEnd::CodeBlock) => {
                    self.scribe.stop(Gap::Block, at.end);
                    code = None;
                }
                Event::Text(text) if code.is_some() => self.code(code == Some(true), &text, at),
                Event::Start(tag) => self.start(&tag, at),
                Event::End(tag) => self.end(tag, at),
                Event::Text(text) | Event::Code(text) => self.text(&text, at),
                Event::SoftBreak => self.scribe.stop(Gap::Soft, at.end),
                Event::HardBreak => self.scribe.stop(Gap::Hard, at.end),
                Event::Rule => self.scribe.stop(Gap::Block, at.end),
                Event::InlineHtml(_) => self.tags.feed(self.source, at, &mut self.scribe),
                _ => {}
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>, at: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.scribe.stop(Gap::Block, at.start);
                self.scribe.heading = Some(rank(*level));
            }
            Tag::List(_) => {
                self.scribe.stop(Gap::Block, at.start);
                self.made += 1;
                self.lists.push(self.scribe.list);
                self.scribe.list = self.made;
            }
            Tag::Item => {
                let mark = self.mark(at.clone());
                self.scribe.item(
                    Bullet {
                        mark,
                        written: true,
                    },
                    at.start,
                );
            }
            Tag::Table(_) => self.scribe.in_table = true,
            Tag::TableHead | Tag::TableRow | Tag::Paragraph | Tag::BlockQuote(_) => {
                self.scribe.stop(Gap::Block, at.start);
            }
            // Its events come line by line, but a tag may go over several.
            Tag::HtmlBlock => {
                self.scribe.stop(Gap::Block, at.start);
                self.tags.feed(self.source, at, &mut self.scribe);
            }
            Tag::TableCell => self.scribe.cell(),
            Tag::Strong => self.scribe.bold += 1,
            // An address or URL written out is content, not a way to another page.
            Tag::Link {
                dest_url,
                link_type,
                ..
            } if !matches!(link_type, LinkType::Autolink | LinkType::Email) => {
                self.scribe.open_link(dest_url.starts_with('#'));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, at: Range<usize>) {
        match tag {
            TagEnd::Heading(_) => {
                let end = at.start + self.source[at.clone()].trim_end().len();
                self.scribe.stop_heading(end);
                self.scribe.heading = None;
            }
            TagEnd::List(_) => {
                self.scribe.stop(Gap::Block, at.end);
                self.scribe.list = self.lists.pop().unwrap_or(0);
            }
            TagEnd::Table => {
                self.scribe.stop(Gap::Block, at.end);
                self.scribe.in_table = false;
            }
            TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::HtmlBlock => {
                self.scribe.stop(Gap::Block, at.end);
            }
            TagEnd::Strong => self.scribe.bold = self.scribe.bold.saturating_sub(1),
            TagEnd::Link => self.scribe.link = None,
            _ => {}
        }
    }

    /// Writes text, which stands in the source as it is, within back-ticks, or as an entity.
    fn text(&mut self, text: &str, at: Range<usize>) {
        if text.bytes().all(|b| b == b'*') && self.is_stray(at.clone())
            || text == "_" && self.is_lone(at.clone())
        {
            return;
        }
        match self.source[at.clone()].find(text) {
            Some(offset) => self.scribe.write(text, at.start + offset),
            None => self.scribe.write_for(text, at.start, at.len()),
        }
    }

    /// Whether stars are bold marks that open or close nothing, as broken exports leave them behind; escaped ones and
    /// the marks of notes, `(**)`, are text.
    fn is_stray(&self, at: Range<usize>) -> bool {
        let bytes = self.source.as_bytes();
        let before = bytes[..at.start].iter().rev().take(4).find(|b| **b != b'*');
        let doubled = bytes[..at.start].ends_with(b"*") || bytes[at.end..].starts_with(b"*");
        doubled && !matches!(before, Some(b'(' | b'\\'))
    }

    /// Whether an underscore stands at the beginning or the end of a word: emphasis that was never closed.
    fn is_lone(&self, at: Range<usize>) -> bool {
        let before = self.source[..at.start].chars().next_back().unwrap_or(' ');
        let after = self.source[at.end..].chars().next().unwrap_or(' ');
        before != '\\'
            && before != '_'
            && after != '_'
            && before.is_whitespace() != after.is_whitespace()
    }

    fn code(&mut self, indented: bool, text: &str, at: Range<usize>) {
        let source = &self.source[at.clone()];
        if source.trim_end() != text.trim_end() {
            return self.scribe.write_for(text, at.start, at.len());
        }
        let mut from = at.start;
        for line in source.split_inclusive('\n') {
            let start = from + (line.len() - line.trim_start().len());
            let end = start + line.trim().len();
            from += line.len();
            if indented && self.depth < DEEPEST {
                self.depth += 1;
                self.read(start..end);
                self.depth -= 1;
            } else {
                self.scribe.write(&self.source[start..end], start);
            }
            self.scribe.stop(Gap::Hard, from);
        }
    }

    /// The marker of an item as written, without the blank after it.
    fn mark(&self, at: Range<usize>) -> String {
        let item = self.source[at].trim_start();
        let digits = item.len() - item.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 {
            "-".to_owned()
        } else {
            item.chars().take(digits + 1).collect()
        }
    }
}

fn rank(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
