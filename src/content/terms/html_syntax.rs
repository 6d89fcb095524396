//! The written form of HTML: tags, attributes, entities. What tags mean for the text is for `html_tag` to say.

use pulldown_cmark::{Event, Parser};

/// A tag: `name` in small letters, and what stands between the name and `>`.
pub(super) struct Tag<'s> {
    /// Its name, in small letters.
    pub(super) name: String,
    /// Whether it closes the element.
    pub(super) closing: bool,
    /// What stands between the name and `>`.
    pub(super) attributes: &'s str,
}

/// Whether an element is a block, so that text within and around it are apart.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "main"
            | "article"
            | "header"
            | "footer"
            | "nav"
            | "aside"
            | "form"
            | "table"
            | "thead"
            | "tbody"
            | "tfoot"
            | "ul"
            | "ol"
            | "menu"
            | "dl"
            | "dd"
            | "dt"
            | "hr"
            | "blockquote"
            | "pre"
            | "address"
            | "fieldset"
            | "legend"
            | "figure"
            | "figcaption"
            | "caption"
            | "details"
            | "summary"
            | "body"
            | "html"
            | "center"
            | "label"
            | "button"
            | "option"
            | "select"
            | "title"
    )
}

/// Reads `<name attributes>` or `</name>`; `None` for comments and declarations.
pub(super) fn tag(raw: &str) -> Option<Tag<'_>> {
    let inner = raw.strip_prefix('<')?;
    let (closing, inner) = inner
        .strip_prefix('/')
        .map_or((false, inner), |inner| (true, inner));
    let inner = inner.strip_suffix('>').unwrap_or(inner);
    let length = inner
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .unwrap_or(inner.len());
    (length > 0).then(|| Tag {
        name: inner[..length].to_ascii_lowercase(),
        closing,
        attributes: &inner[length..],
    })
}

/// The value of an attribute, quoted or not.
pub(super) fn attribute<'s>(attributes: &'s str, name: &str) -> Option<&'s str> {
    let mut rest = attributes;
    while let Some(at) = rest.find('=') {
        let key = rest[..at].trim_end().rsplit(char::is_whitespace).next()?;
        let value = rest[at + 1..].trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = after;
    }
    None
}

/// Where the element that begins `rest` ends, its closing tag included.
pub(super) fn close_of(rest: &str, name: &str) -> Option<usize> {
    let close = rest.match_indices("</").find(|(at, _)| {
        rest.get(at + 2..at + 2 + name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name))
    })?;
    Some(
        rest[close.0..]
            .find('>')
            .map_or(rest.len(), |end| close.0 + end + 1),
    )
}

/// What an entity such as `&eacute;` or `&#233;` stands for.
pub(super) fn meaning(entity: &str) -> Option<String> {
    // Markdown has the same entities as HTML, so its reader has the whole table.
    let mut meaning = String::new();
    for event in Parser::new(&format!("x{entity}x")) {
        if let Event::Text(text) = event {
            meaning.push_str(&text);
        }
    }
    let meaning = meaning.strip_prefix('x')?.strip_suffix('x')?;
    (meaning != entity && meaning.chars().count() <= 2).then(|| meaning.to_owned())
}
