//! Markdown of an answer to the safe tree of `domain::rich`. HTML, images and unsafe links
//! are left out and reported: the tree cannot hold them.

use guichet_domain::rich::{Block, Inline, is_safe_href};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// What could not be kept, with its byte offset in the Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Where.
    pub offset: usize,
    /// What it was.
    pub what: String,
}

/// Reads Markdown (`CommonMark` without HTML, images, tables and code blocks).
pub fn read(markdown: &str) -> (Vec<Block>, Vec<LeftOut>) {
    let mut reader = Reader::default();
    for (event, range) in Parser::new(markdown).into_offset_iter() {
        reader.event(event, range.start);
    }
    (reader.blocks, reader.left_out)
}

/// What is open around the text being read.
enum Open {
    Paragraph(Vec<Inline>),
    Heading(Vec<Inline>),
    List {
        numbered: bool,
        items: Vec<Vec<Block>>,
    },
    Item(Vec<Block>),
    Strong(Vec<Inline>),
    Emphasis(Vec<Inline>),
    Link {
        href: String,
        text: Vec<Inline>,
    },
}

#[derive(Default)]
struct Reader {
    open: Vec<Open>,
    blocks: Vec<Block>,
    left_out: Vec<LeftOut>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>, offset: usize) {
        match event {
            Event::Start(tag) => self.start(tag, offset),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.inline(Inline::Text(text.into_string())),
            Event::SoftBreak => self.inline(Inline::Text(" ".to_owned())),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Html(html) | Event::InlineHtml(html) => {
                self.left_out.push(LeftOut {
                    offset,
                    what: format!("HTML `{}`", html.trim()),
                });
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, offset: usize) {
        match tag {
            Tag::Paragraph => self.open.push(Open::Paragraph(Vec::new())),
            Tag::Heading { .. } => self.open.push(Open::Heading(Vec::new())),
            Tag::List(start) => {
                self.open.push(Open::List {
                    numbered: start.is_some(),
                    items: Vec::new(),
                });
            }
            Tag::Item => self.open.push(Open::Item(Vec::new())),
            Tag::Strong => self.open.push(Open::Strong(Vec::new())),
            Tag::Emphasis => self.open.push(Open::Emphasis(Vec::new())),
            Tag::Link { dest_url, .. } => {
                let href = dest_url.into_string();
                if !is_safe_href(&href) {
                    self.left_out.push(LeftOut {
                        offset,
                        what: format!("the link to `{href}`"),
                    });
                }
                self.open.push(Open::Link {
                    href,
                    text: Vec::new(),
                });
            }
            Tag::Image { dest_url, .. } => {
                self.left_out.push(LeftOut {
                    offset,
                    what: format!("the image `{dest_url}`"),
                });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        let closes = matches!(
            tag,
            TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::List(_)
                | TagEnd::Item
                | TagEnd::Strong
                | TagEnd::Emphasis
                | TagEnd::Link
        );
        if !closes {
            return;
        }
        match self.open.pop() {
            Some(Open::Paragraph(inlines)) => self.block(Block::Paragraph(inlines)),
            Some(Open::Heading(inlines)) => self.block(Block::Heading(inlines)),
            Some(Open::List {
                numbered: true,
                items,
            }) => self.block(Block::Numbers(items)),
            Some(Open::List {
                numbered: false,
                items,
            }) => self.block(Block::Bullets(items)),
            Some(Open::Item(blocks)) => {
                if let Some(Open::List { items, .. }) = self.open.last_mut() {
                    items.push(blocks);
                }
            }
            Some(Open::Strong(inlines)) => self.inline(Inline::Strong(inlines)),
            Some(Open::Emphasis(inlines)) => self.inline(Inline::Emphasis(inlines)),
            // The words of an unsafe link are kept, the link is not.
            Some(Open::Link { href, text }) if is_safe_href(&href) => {
                self.inline(Inline::Link { href, text });
            }
            Some(Open::Link { text, .. }) => {
                for inline in text {
                    self.inline(inline);
                }
            }
            None => {}
        }
    }

    fn inline(&mut self, inline: Inline) {
        let inlines = match self.open.last_mut() {
            Some(
                Open::Paragraph(inlines)
                | Open::Heading(inlines)
                | Open::Strong(inlines)
                | Open::Emphasis(inlines)
                | Open::Link { text: inlines, .. },
            ) => inlines,
            // The text of a tight list item has no paragraph of its own.
            Some(Open::Item(blocks)) => {
                if !matches!(blocks.last(), Some(Block::Paragraph(_))) {
                    blocks.push(Block::Paragraph(Vec::new()));
                }
                let Some(Block::Paragraph(inlines)) = blocks.last_mut() else {
                    return;
                };
                inlines
            }
            _ => {
                self.blocks.push(Block::Paragraph(vec![inline]));
                return;
            }
        };
        match (inlines.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, inline) => inlines.push(inline),
        }
    }

    fn block(&mut self, block: Block) {
        match self.open.last_mut() {
            Some(Open::Item(blocks)) => blocks.push(block),
            _ => self.blocks.push(block),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use guichet_domain::rich::plain_text;
    use proptest::prelude::*;

    #[test]
    fn paragraphs_lists_and_links_become_a_tree() {
        let (blocks, left_out) = read("Bonjour **vous**.\n\n- un\n- [deux](/retours)\n");
        assert!(left_out.is_empty());
        assert_eq!(plain_text(&blocks), "Bonjour vous.\nun\ndeux");
        assert!(matches!(&blocks[1], Block::Bullets(items) if items.len() == 2));
    }

    #[test]
    fn what_could_run_is_left_out_and_told() {
        let (blocks, left_out) =
            read("a <script>alert(1)</script> [b](javascript:alert(1)) ![c](x.png)");
        assert_eq!(left_out.len(), 4);
        assert!(!format!("{blocks:?}").contains("Link"));
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,80}|([-*_\\[\\]()#>` \n]|a){0,60}") {
            read(&text);
        }
    }
}
