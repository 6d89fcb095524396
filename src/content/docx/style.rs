//! Paragraph styles: which are headings, and which carry a numbering.

use super::DocxError;
use super::xml::{Step, walk};
use std::collections::HashMap;

/// Styles that a style may rest on, one on another; a circle ends here.
const MAX_BASES: usize = 20;

/// Number list and level of a paragraph.
pub(super) type ListPlace = (Option<String>, Option<usize>);

/// The styles of a document, by id.
#[derive(Default)]
pub(super) struct Styles(HashMap<String, Style>);

#[derive(Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<usize>,
    list: ListPlace,
}

impl Styles {
    pub(super) fn read(text: &str) -> Result<Self, DocxError> {
        let mut styles = Self::default();
        let mut id = String::new();
        walk("word/styles.xml", text, |_, step| {
            let Step::Open(name, attributes) = step else {
                return;
            };
            if name == "style" {
                id = attributes.get("styleId").unwrap_or_default();
            }
            let style = styles.0.entry(id.clone()).or_default();
            match name {
                "name" => style.name = attributes.val().unwrap_or_default().to_lowercase(),
                "basedOn" => style.based_on = attributes.val(),
                "outlineLvl" => style.outline = number(attributes.val()),
                "numId" => style.list.0 = attributes.val(),
                "ilvl" => style.list.1 = number(attributes.val()),
                _ => {}
            }
        })?;
        Ok(styles)
    }

    fn chain(&self, id: &str) -> impl Iterator<Item = &Style> {
        let first = self.0.get(id);
        let next = |style: &&Style| style.based_on.as_ref().and_then(|id| self.0.get(id));
        std::iter::successors(first, next).take(MAX_BASES)
    }

    /// The level of a heading from 1; `None` for body text.
    pub(super) fn heading(&self, id: &str) -> Option<usize> {
        self.chain(id).find_map(|style| {
            if style.name == "title" || style.name == "titre" {
                return Some(1);
            }
            let by_name = ["heading ", "titre "]
                .iter()
                .find_map(|begin| style.name.strip_prefix(begin)?.trim().parse().ok());
            by_name.or(outline_level(style.outline))
        })
    }

    /// Whether it is a line of a table of contents.
    pub(super) fn is_contents(&self, id: &str) -> bool {
        self.chain(id)
            .any(|style| style.name.starts_with("toc ") || style.name.starts_with("tm "))
    }

    /// The list a style puts its paragraphs in.
    pub(super) fn list(&self, id: &str) -> ListPlace {
        let lists = || self.chain(id).map(|style| &style.list);
        (
            lists().find_map(|list| list.0.clone()),
            lists().find_map(|list| list.1),
        )
    }
}

/// The level of a heading from 1, from Word's from 0; 9 is body text.
pub(super) fn outline_level(outline: Option<usize>) -> Option<usize> {
    outline.filter(|level| *level < 9).map(|level| level + 1)
}

pub(super) fn number(text: Option<String>) -> Option<usize> {
    text?.parse().ok()
}
