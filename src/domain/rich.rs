//! Formatted text as a small tree of what an answer may contain. It is made at build time,
//! holds no HTML, and the widget renders it as nodes: nothing a merchant writes can run.

use serde::{Deserialize, Serialize};

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inline {
    /// Plain text.
    #[serde(rename = "t")]
    Text(String),
    /// Emphasised strongly.
    #[serde(rename = "b")]
    Strong(Vec<Inline>),
    /// Emphasised.
    #[serde(rename = "i")]
    Emphasis(Vec<Inline>),
    /// A link; `href` is relative or begins with `http:`, `https:`, `mailto:` or `tel:`.
    #[serde(rename = "a")]
    Link {
        /// Where it leads.
        href: String,
        /// What is read.
        text: Vec<Inline>,
    },
    /// A line break.
    #[serde(rename = "br")]
    Break,
}

/// A block of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A paragraph.
    #[serde(rename = "p")]
    Paragraph(Vec<Inline>),
    /// A heading within the answer.
    #[serde(rename = "h")]
    Heading(Vec<Inline>),
    /// A bulleted list.
    #[serde(rename = "ul")]
    Bullets(Vec<Vec<Block>>),
    /// A numbered list.
    #[serde(rename = "ol")]
    Numbers(Vec<Vec<Block>>),
}

/// Whether a link target is one that cannot run script.
pub fn is_safe_href(href: &str) -> bool {
    let lower = href.trim_start().to_ascii_lowercase();
    let scheme = lower.split(['/', '?', '#']).next().unwrap_or("");
    match scheme.split_once(':') {
        Some((scheme, _)) => matches!(scheme, "http" | "https" | "mailto" | "tel"),
        None => !lower.is_empty() && !lower.contains(['\t', '\n', '\r']),
    }
}

/// The text of blocks, a line each.
pub fn plain_text(blocks: &[Block]) -> String {
    let mut out = String::new();
    push_blocks(blocks, &mut out);
    out.truncate(out.trim_end().len());
    out
}

fn push_blocks(blocks: &[Block], out: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Heading(inlines) => {
                push_inlines(inlines, out);
                out.push('\n');
            }
            Block::Bullets(items) | Block::Numbers(items) => {
                for item in items {
                    push_blocks(item, out);
                }
            }
        }
    }
}

fn push_inlines(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.push_str(text),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link { text: inner, .. } => {
                push_inlines(inner, out);
            }
            Inline::Break => out.push('\n'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_could_run_script_are_refused() {
        for href in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "",
            "java\tscript:x",
        ] {
            assert!(!is_safe_href(href), "{href}");
        }
        for href in [
            "https://a.example/x:y",
            "/retours",
            "retours.html?a=b:c",
            "#faq",
            "mailto:a@b.example",
            "tel:+33",
        ] {
            assert!(is_safe_href(href), "{href}");
        }
    }
}
