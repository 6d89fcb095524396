//! Answers: the tree of `rich` as markup.

use super::html::Html;
use guichet_domain::rich::{Block, Inline, is_safe_href};

/// The level of headings within an answer: below the question's own.
const HEADING: usize = 5;

pub(super) fn blocks(html: &mut Html, blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Paragraph(text) => wrapped(html, "p", text),
            Block::Heading(text) => html.heading(HEADING, &[], &flat(text)),
            Block::Bullets(items) => list(html, "ul", items),
            Block::Numbers(items) => list(html, "ol", items),
        }
    }
}

fn list(html: &mut Html, name: &str, items: &[Vec<Block>]) {
    html.open(name, &[]);
    for item in items {
        html.open("li", &[]);
        match &item[..] {
            // A paragraph alone needs no element of its own.
            [Block::Paragraph(text)] => inlines(html, text),
            item => blocks(html, item),
        }
        html.close("li");
    }
    html.close(name);
}

fn wrapped(html: &mut Html, name: &str, text: &[Inline]) {
    html.open(name, &[]);
    inlines(html, text);
    html.close(name);
}

fn inlines(html: &mut Html, text: &[Inline]) {
    for inline in text {
        match inline {
            Inline::Text(text) => html.text(text),
            Inline::Strong(inner) => wrapped(html, "strong", inner),
            Inline::Emphasis(inner) => wrapped(html, "em", inner),
            Inline::Link { href, text } if is_safe_href(href) => {
                html.open("a", &[("href", href)]);
                inlines(html, text);
                html.close("a");
            }
            Inline::Link { text, .. } => inlines(html, text),
            Inline::Break => html.void("br", &[]),
        }
    }
}

fn flat(text: &[Inline]) -> String {
    guichet_domain::rich::plain_text(&[Block::Paragraph(text.to_vec())])
}
