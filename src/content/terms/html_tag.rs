//! Tells the scribe what the tags of a piece of HTML mean. Keeps its state between pieces, because HTML within
//! Markdown comes tag by tag.

use super::Dropped;
use super::html_syntax::{Tag, attribute, close_of, is_block, meaning, tag};
use super::line::{Bullet, Gap};
use super::scribe::Scribe;
use std::collections::HashMap;
use std::ops::Range;

/// The open tags that matter.
pub(super) struct Tags {
    /// Scripts and styles, without their text.
    pub(super) dropped: Vec<Dropped>,
    /// Whether text within forms is no part of the terms.
    pub(super) leave_forms_out: bool,
    /// Where each element is closed for the last time: what is never closed is not believed.
    closes: HashMap<String, usize>,
    zone: Option<Zone>,
    lists: Vec<List>,
    made: usize,
    body: usize,
    preformatted: bool,
    ahead: Ahead,
}

/// What is known of the rest of the piece, so that broken HTML is read in linear time.
struct Ahead {
    /// Whether quotes within tags are closed.
    quotes_pair: bool,
    /// Whether a `>` is to come.
    has_end: bool,
}

struct Zone {
    element: String,
    depth: usize,
}

struct List {
    outer: usize,
    numbering: Option<char>,
    next: usize,
}

impl Tags {
    /// A reader for pieces of `source`.
    pub(super) fn new(source: &str) -> Self {
        let mut closes = HashMap::new();
        for (at, _) in source.match_indices("</") {
            let name: String = source[at + 2..]
                .chars()
                .take(12)
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            closes.insert(name.to_ascii_lowercase(), at);
        }
        Self {
            dropped: Vec::new(),
            leave_forms_out: true,
            closes,
            zone: None,
            lists: Vec::new(),
            made: 1 << 32,
            body: 0,
            preformatted: false,
            ahead: Ahead {
                quotes_pair: true,
                has_end: true,
            },
        }
    }

    /// Reads the piece of `source` at `range`.
    pub(super) fn feed(&mut self, source: &str, range: Range<usize>, scribe: &mut Scribe) {
        let mut at = range.start;
        (self.ahead.quotes_pair, self.ahead.has_end) = (true, true);
        while at < range.end {
            let rest = &source[at..range.end];
            let text = rest.find('<').unwrap_or(rest.len());
            self.text(&rest[..text], at, scribe);
            at += text;
            if at >= range.end {
                break;
            }
            let rest = &source[at..range.end];
            let Some(length) = self.tag_length(rest) else {
                scribe.write("<", at);
                at += 1;
                continue;
            };
            if let Some(tag) = tag(&rest[..length]) {
                let raw = matches!(tag.name.as_str(), "script" | "style" | "template" | "svg");
                if raw
                    && !tag.closing
                    && self.closes.get(&tag.name).is_some_and(|close| *close > at)
                {
                    let end = close_of(rest, &tag.name).map_or(range.end, |close| at + close);
                    self.dropped.push(Dropped {
                        text: String::new(),
                        start: at,
                        end,
                        why: tag.name,
                    });
                    at = end;
                    continue;
                }
                self.tag(&tag, at, scribe);
                if is_block(&tag.name) {
                    // A block's text begins with its opening tag, and not with the tag that closed the last one.
                    scribe.stop(Gap::Block, if tag.closing { at + length } else { at });
                }
            }
            at += length;
        }
    }

    /// Length of the tag, comment or declaration at the beginning of `rest`; `None` where it is but a `<`.
    fn tag_length(&mut self, rest: &str) -> Option<usize> {
        if rest.starts_with("<!--") {
            return Some(rest.find("-->").map_or(rest.len(), |end| end + 3));
        }
        let next = rest[1..].chars().next()?;
        if !(next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')) {
            return None;
        }
        if self.ahead.quotes_pair {
            let mut quote = None;
            for (at, c) in rest.char_indices() {
                match quote {
                    Some(open) if open == c => quote = None,
                    None if c == '>' => return Some(at + 1),
                    None if c == '"' || c == '\'' => quote = Some(c),
                    _ => {}
                }
            }
            // A quote that is never closed: from here on only the next `>` ends a tag, so that reading stays linear.
            self.ahead.quotes_pair = false;
        }
        let end = self.ahead.has_end.then(|| rest.find('>')).flatten();
        self.ahead.has_end = end.is_some();
        end.map(|end| end + 1)
    }

    fn text(&self, text: &str, from: usize, scribe: &mut Scribe) {
        let mut done = 0;
        if self.preformatted {
            for line in text.split_inclusive('\n') {
                scribe.write(line, from + done);
                done += line.len();
                if line.ends_with('\n') {
                    scribe.stop(Gap::Hard, from + done);
                }
            }
            return;
        }
        for (at, _) in text.match_indices('&') {
            let name = text.as_bytes()[at + 1..]
                .iter()
                .take(32)
                .take_while(|b| b.is_ascii_alphanumeric() || **b == b'#')
                .count();
            let length = name + 1;
            if text.as_bytes().get(at + length) == Some(&b';')
                && let Some(meaning) = meaning(&text[at..=at + length])
            {
                scribe.write(&text[done..at], from + done);
                scribe.write_for(&meaning, from + at, length + 1);
                done = at + length + 1;
            }
        }
        scribe.write(&text[done..], from + done);
    }

    fn tag(&mut self, tag: &Tag<'_>, at: usize, scribe: &mut Scribe) {
        self.zone(tag, at, scribe);
        match (tag.name.as_str(), tag.closing) {
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => {
                scribe.stop(Gap::Block, at);
                scribe.heading = tag.name[1..].parse().ok(); // A name in this arm always ends in a digit.
            }
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", true) => {
                scribe.stop(Gap::Block, at);
                scribe.heading = None;
            }
            ("b" | "strong" | "dt" | "summary", false) => {
                if tag.name.len() > 1 && tag.name != "strong" {
                    scribe.stop(Gap::Block, at);
                }
                scribe.bold += 1;
            }
            ("b" | "strong" | "dt" | "summary", true) => {
                scribe.bold = scribe.bold.saturating_sub(1);
            }
            ("a", false) => {
                if let Some(target) = attribute(tag.attributes, "href") {
                    scribe.open_link(target.starts_with('#'));
                }
            }
            ("a", true) => scribe.link = None,
            ("br", _) => scribe.stop(Gap::Hard, at),
            ("tr", closing) => {
                scribe.stop(Gap::Block, at);
                scribe.in_table = !closing;
            }
            ("td" | "th", false) => scribe.cell(),
            ("pre", closing) => self.preformatted = !closing,
            ("main" | "article", closing) => {
                self.body = if closing {
                    self.body.saturating_sub(1)
                } else {
                    self.body + 1
                };
            }
            ("ul" | "ol" | "menu" | "li", closing) => self.list(tag, closing, at, scribe),
            _ => {}
        }
    }

    fn list(&mut self, tag: &Tag<'_>, closing: bool, at: usize, scribe: &mut Scribe) {
        match (tag.name.as_str(), closing) {
            ("li", false) => {
                let mark = self
                    .lists
                    .last_mut()
                    .map_or_else(|| "-".to_owned(), List::mark);
                scribe.item(
                    Bullet {
                        mark,
                        written: false,
                    },
                    at,
                );
            }
            ("li", true) => {}
            (name, false) => {
                let numbering = (name == "ol").then(|| {
                    attribute(tag.attributes, "type")
                        .and_then(|kind| kind.chars().next())
                        .unwrap_or('1')
                });
                let next = attribute(tag.attributes, "start")
                    .and_then(|start| start.parse().ok())
                    .unwrap_or(1); // A start that is no number counts as none, as in browsers.
                scribe.stop(Gap::Block, at);
                self.lists.push(List {
                    outer: scribe.list,
                    numbering,
                    next,
                });
                self.made += 1;
                scribe.list = self.made;
            }
            (_, true) => {
                if let Some(list) = self.lists.pop() {
                    scribe.stop(Gap::Block, at);
                    scribe.list = list.outer;
                }
            }
        }
    }

    /// Keeps track of the parts of the page that are no part of the terms.
    fn zone(&mut self, tag: &Tag<'_>, at: usize, scribe: &mut Scribe) {
        if let Some(zone) = self.zone.as_mut() {
            if zone.element == tag.name {
                zone.depth = if tag.closing {
                    zone.depth - 1
                } else {
                    zone.depth + 1
                };
                if zone.depth == 0 {
                    scribe.stop(Gap::Block, at);
                    scribe.zone = None;
                    self.zone = None;
                }
            }
            return;
        }
        if tag.closing || tag.attributes.ends_with('/') {
            return;
        }
        let role = attribute(tag.attributes, "role");
        let why = match (tag.name.as_str(), role) {
            ("nav", _) | (_, Some("navigation" | "menu" | "menubar")) => "menu",
            ("header", _) | (_, Some("banner")) if self.body == 0 => "page header",
            ("footer", _) | (_, Some("contentinfo")) if self.body == 0 => "footer",
            ("aside", _) | (_, Some("complementary")) => "aside",
            ("form", _) if self.leave_forms_out => "form",
            ("select" | "textarea", _) | (_, Some("search")) => "form",
            ("head" | "title", _) => "page head",
            ("noscript", _) => "noscript",
            _ => return,
        };
        if self.closes.get(&tag.name).is_some_and(|close| *close > at) {
            scribe.stop(Gap::Block, at);
            scribe.zone = Some(why);
            self.zone = Some(Zone {
                element: tag.name.clone(),
                depth: 1,
            });
        }
    }
}

impl List {
    /// The marker of the next item, as a browser writes it.
    fn mark(&mut self) -> String {
        let number = self.next;
        self.next = self.next.saturating_add(1);
        let letter = u8::try_from(number)
            .ok()
            .filter(|n| (1..=26).contains(n))
            .map(|n| char::from(b'a' + n - 1)); // Past `z`, numbers.
        match (self.numbering, letter) {
            (None, _) => "-".to_owned(),
            (Some('a'), Some(letter)) => format!("{letter})"),
            (Some('A'), Some(letter)) => format!("{})", letter.to_ascii_uppercase()),
            (Some('i' | 'I'), _) if number < 40 => format!("{})", super::number::roman(number)),
            _ => format!("{number}."),
        }
    }
}
