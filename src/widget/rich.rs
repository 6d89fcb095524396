//! Renders the small tree of an answer (`guichet_domain::rich`) as nodes.

use crate::dom::{El, el, text};
use crate::prelude::AnyView;
use guichet_domain::rich::{Block, Inline, is_safe_href};

/// The blocks of an answer.
pub(crate) fn blocks(blocks: &[Block]) -> Vec<AnyView> {
    blocks.iter().map(block).collect()
}

/// A link as the merchant wrote it. Other sites open beside the shop, not in its place.
pub(crate) fn link(href: &str) -> El {
    let link = el("a").attr("href", href.to_owned());
    if href.starts_with("http") {
        link.attr("target", "_blank").attr("rel", "noopener")
    } else {
        link
    }
}

fn block(block: &Block) -> AnyView {
    match block {
        Block::Paragraph(content) => el("p").children(inlines(content)),
        // Under the question, which is the panel's second level.
        Block::Heading(content) => el("h3").children(inlines(content)),
        Block::Bullets(items) => el("ul").children(items.iter().map(|it| item(it))),
        Block::Numbers(items) => el("ol").children(items.iter().map(|it| item(it))),
    }
    .into()
}

fn item(content: &[Block]) -> El {
    match content {
        // A list of single lines stays tight.
        [Block::Paragraph(line)] => el("li").children(inlines(line)),
        _ => el("li").children(blocks(content)),
    }
}

fn inlines(content: &[Inline]) -> Vec<AnyView> {
    content.iter().map(inline).collect()
}

fn inline(content: &Inline) -> AnyView {
    match content {
        Inline::Text(words) => text(words.clone()),
        Inline::Strong(inner) => el("strong").children(inlines(inner)).into(),
        Inline::Emphasis(inner) => el("em").children(inlines(inner)).into(),
        Inline::Link { href, text } if is_safe_href(href) => {
            link(href).children(inlines(text)).into()
        }
        Inline::Link { text, .. } => el("span").children(inlines(text)).into(),
        Inline::Break => el("br").into(),
    }
}
