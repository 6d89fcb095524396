//! The text of a document, paragraph by paragraph.

use super::DocxError;
use super::numbering::{Label, Numbering};
use super::style::{ListPlace, Styles, number, outline_level};
use super::xml::{Step, walk};

/// What is not read: deleted and moved text stands elsewhere or nowhere, and a fallback says again what stands before it.
const SKIPPED: [&str; 4] = ["del", "moveFrom", "Fallback", "instrText"];

#[derive(Default)]
struct Paragraph {
    style: String,
    outline: Option<usize>,
    list: ListPlace,
    text: String,
    /// Whether all of the text so far is bold; `None` without text.
    bold: Option<bool>,
}

/// Rows of cells.
type Table = Vec<Vec<String>>;

struct Page<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    html: String,
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    is_bold: bool,
}

/// Writes a document as HTML.
pub(super) fn html(text: &str, styles: &Styles, numbering: Numbering) -> Result<String, DocxError> {
    let mut page = Page {
        styles,
        numbering,
        html: String::new(),
        paragraphs: Vec::new(),
        tables: Vec::new(),
        is_bold: false,
    };
    walk("word/document.xml", text, |path, step| {
        let skipped = |name: &str| SKIPPED.contains(&name);
        if path.iter().any(|above| skipped(above)) {
            return;
        }
        match step {
            Step::Open(name, attributes) => page.open(path, name, attributes),
            Step::Close(name) => page.close(name),
            Step::Text(text) if path.last().is_some_and(|name| name == "t") => page.text(text),
            Step::Text(_) => {}
        }
    })?;
    Ok(page.html)
}

impl Page<'_> {
    fn open(&mut self, path: &[String], name: &str, attributes: &super::xml::Attributes<'_>) {
        match name {
            "p" => self.paragraphs.push(Paragraph::default()),
            "tbl" => self.tables.push(Table::new()),
            "tr" => self
                .tables
                .iter_mut()
                .last()
                .into_iter()
                .for_each(|table| table.push(Vec::new())),
            "tc" => {
                if let Some(row) = self.tables.last_mut().and_then(|table| table.last_mut()) {
                    row.push(String::new());
                }
            }
            "r" => self.is_bold = false,
            "b" if path.iter().rev().nth(1).is_some_and(|above| above == "r") => {
                self.is_bold = attributes.is_on();
            }
            "tab" | "br" | "cr" if path.last().is_some_and(|above| above == "r") => self.text(" "),
            "noBreakHyphen" => self.text("-"),
            _ => {
                // A change of format keeps the old one beside the new.
                let is_old = path.iter().any(|above| above == "pPrChange");
                let Some(paragraph) = self.paragraphs.last_mut().filter(|_| !is_old) else {
                    return;
                };
                match name {
                    "pStyle" => paragraph.style = attributes.val().unwrap_or_default(),
                    "outlineLvl" => paragraph.outline = number(attributes.val()),
                    "numId" => paragraph.list.0 = attributes.val(),
                    "ilvl" => paragraph.list.1 = number(attributes.val()),
                    _ => {}
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
            if !text.trim().is_empty() {
                let before = paragraph.bold.unwrap_or(true);
                paragraph.bold = Some(before && self.is_bold);
            }
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => {
                if let Some(paragraph) = self.paragraphs.pop() {
                    self.write(&paragraph);
                }
            }
            "tbl" => {
                if let Some(table) = self.tables.pop() {
                    self.write_table(&table);
                }
            }
            _ => {}
        }
    }

    fn cell(&mut self) -> Option<&mut String> {
        self.tables.last_mut()?.last_mut()?.last_mut()
    }

    fn write(&mut self, paragraph: &Paragraph) {
        let text = paragraph.text.trim();
        if text.is_empty() {
            return;
        }
        let by_style = self.styles.list(&paragraph.style);
        let list = paragraph.list.0.as_ref().or(by_style.0.as_ref());
        let level = paragraph.list.1.or(by_style.1).unwrap_or(0);
        let label = list.and_then(|list| self.numbering.next(list, level));
        let numbered = match &label {
            Some(Label::Number(number)) => format!("{number} {text}"),
            Some(Label::Bullet) | None => text.to_owned(),
        };
        if let Some(cell) = self.cell() {
            if !cell.is_empty() {
                cell.push(' ');
            }
            cell.push_str(&numbered);
            return;
        }
        let text = escaped(&numbered);
        let heading =
            outline_level(paragraph.outline).or_else(|| self.styles.heading(&paragraph.style));
        let line = if self.styles.is_contents(&paragraph.style) {
            format!("<nav><p>{text}</p></nav>")
        } else if let Some(level) = heading {
            let level = level.min(6);
            format!("<h{level}>{text}</h{level}>")
        } else if matches!(label, Some(Label::Bullet)) {
            format!("<ul><li>{text}</li></ul>")
        } else if paragraph.bold == Some(true) {
            format!("<p><strong>{text}</strong></p>")
        } else {
            format!("<p>{text}</p>")
        };
        self.html.push_str(&line);
        self.html.push('\n');
    }

    /// A table within a table becomes text of the cell it stands in.
    fn write_table(&mut self, table: &Table) {
        if let Some(cell) = self.cell() {
            for text in table.iter().flatten().filter(|text| !text.is_empty()) {
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(text);
            }
            return;
        }
        self.html.push_str("<table>\n");
        for row in table {
            self.html.push_str("<tr>");
            for cell in row {
                self.html.push_str("<td>");
                self.html.push_str(&escaped(cell));
                self.html.push_str("</td>");
            }
            self.html.push_str("</tr>\n");
        }
        self.html.push_str("</table>\n");
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
