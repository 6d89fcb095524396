//! Walks through XML without building a tree, so that nothing nested can exhaust the stack.

use super::DocxError;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// Deepest nesting; Word's own documents stay below fifty.
const MAX_DEPTH: usize = 500;

/// What is met on the way.
pub(super) enum Step<'a> {
    /// An element begins, below those of the path.
    Open(&'a str, &'a Attributes<'a>),
    /// An element ends.
    Close(&'a str),
    /// Text within it.
    Text(&'a str),
}

/// The attributes of an element, by local name.
pub(super) struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// The value of an attribute; broken ones are as good as absent.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let found = self.0.attributes().flatten();
        found
            .filter(|attribute| attribute.key.local_name().as_ref() == name)
            .map(|attribute| attribute.value.into_owned())
            .next()
    }

    /// `w:val`, the one most elements have.
    pub(super) fn val(&self) -> Option<String> {
        self.get("val")
    }

    /// Whether an element that switches something on does: `<w:b/>`, but not `<w:b w:val="0"/>`.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// Walks through a part; `visit` is given the local names of the elements above, outermost first, and the step.
pub(super) fn walk(
    part: &'static str,
    text: &str,
    mut visit: impl FnMut(&[String], Step<'_>),
) -> Result<(), DocxError> {
    let damaged = |reason: String| DocxError::Damaged { part, reason };
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut path: Vec<String> = Vec::new();
    loop {
        match reader
            .read_event()
            .map_err(|error| damaged(error.to_string()))?
        {
            Event::Start(start) => {
                let name = start.local_name().as_ref().to_owned();
                visit(&path, Step::Open(&name, &Attributes(&start)));
                if path.len() >= MAX_DEPTH {
                    return Err(damaged(format!(
                        "elements are nested more than {MAX_DEPTH} deep"
                    )));
                }
                path.push(name);
            }
            Event::Empty(start) => {
                let name = start.local_name().as_ref().to_owned();
                visit(&path, Step::Open(&name, &Attributes(&start)));
                visit(&path, Step::Close(&name));
            }
            Event::End(_) => {
                if let Some(name) = path.pop() {
                    visit(&path, Step::Close(&name));
                }
            }
            Event::Text(text) => visit(&path, Step::Text(&text)),
            Event::CData(text) => visit(&path, Step::Text(&text)),
            Event::GeneralRef(name) => {
                let char = name.resolve_char_ref().ok().flatten();
                let mut buffer = [0; 4];
                let text = match char {
                    Some(char) => Some(&*char.encode_utf8(&mut buffer)),
                    // Entities a document defines itself are not followed.
                    None => resolve_predefined_entity(&name),
                };
                if let Some(text) = text {
                    visit(&path, Step::Text(text));
                }
            }
            Event::Eof if path.is_empty() => return Ok(()),
            Event::Eof => return Err(damaged("it ends too soon".to_owned())),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}
