//! Writes markup. All text and every value is escaped here and nowhere else, an id is given
//! once, and each heading is at most one step below the one before it. What comes out reads
//! as HTML and as XML alike.

use std::collections::HashSet;

/// A page being written.
pub(super) struct Html {
    out: String,
    ids: HashSet<String>,
    level: usize,
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

impl Html {
    /// Begins a page in a language.
    pub(super) fn page(lang: &str) -> Self {
        let mut html = Self {
            out: "<!doctype html>\n".to_owned(),
            ids: HashSet::new(),
            level: 0,
        };
        html.open("html", &[("lang", lang)]);
        html
    }

    /// Ends it.
    pub(super) fn finish(mut self) -> String {
        self.close("html");
        self.out
    }

    /// Whether an id is still free.
    pub(super) fn is_free(&self, id: &str) -> bool {
        !self.ids.contains(id)
    }

    /// Opens an element; an id that is taken is left out, as two of one name would leave it to the browser which is meant.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        if is_block(name) {
            self.new_line();
        }
        self.tag(name, attributes);
        self.out.push('>');
    }

    /// Closes it.
    pub(super) fn close(&mut self, name: &str) {
        if is_container(name) {
            self.new_line();
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        if is_block(name) {
            self.new_line();
        }
    }

    /// An element that holds text alone.
    pub(super) fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close(name);
    }

    /// An element that holds nothing.
    pub(super) fn void(&mut self, name: &str, attributes: &[(&str, &str)]) {
        if is_block(name) {
            self.new_line();
        }
        self.tag(name, attributes);
        self.out.push_str(" />");
    }

    /// A heading of a level from 1 to 6, or of the next one where levels would be skipped.
    pub(super) fn heading(&mut self, level: usize, attributes: &[(&str, &str)], text: &str) {
        self.level = level.min(self.level + 1).clamp(1, HEADINGS.len());
        self.element(HEADINGS[self.level - 1], attributes, text);
    }

    /// Text.
    pub(super) fn text(&mut self, text: &str) {
        self.escape(text);
    }

    /// Data for programs. In JSON the signs that HTML gives a meaning stand in texts only, where JSON can write them
    /// otherwise; so nothing in it ends the element.
    pub(super) fn json(&mut self, json: &str) {
        self.new_line();
        self.out.push_str("<script type=\"application/ld+json\">");
        for c in json.chars() {
            match c {
                '<' => self.out.push_str("\\u003c"),
                '>' => self.out.push_str("\\u003e"),
                '&' => self.out.push_str("\\u0026"),
                '\u{2028}' => self.out.push_str("\\u2028"),
                '\u{2029}' => self.out.push_str("\\u2029"),
                c => self.out.push(c),
            }
        }
        self.out.push_str("</script>\n");
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            if *key == "id" && !self.ids.insert((*value).to_owned()) {
                continue;
            }
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            self.escape(value);
            self.out.push('"');
        }
    }

    fn escape(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                // No page may hold these, and none of them can be read.
                c if c.is_control() && !matches!(c, '\n' | '\t') => self.out.push('\u{fffd}'),
                c => self.out.push(c),
            }
        }
    }

    fn new_line(&mut self) {
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }
}

/// Elements that begin a line of the source.
fn is_block(name: &str) -> bool {
    !matches!(
        name,
        "a" | "b" | "i" | "strong" | "em" | "br" | "span" | "td"
    )
}

/// Elements whose end stands on a line of its own.
fn is_container(name: &str) -> bool {
    matches!(
        name,
        "html"
            | "head"
            | "body"
            | "header"
            | "main"
            | "nav"
            | "section"
            | "article"
            | "ul"
            | "ol"
            | "table"
            | "div"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_written_becomes_markup() {
        let mut html = Html::page("fr");
        html.element("p", &[("title", "\"><script>")], "<b>&\u{0}</b>");
        html.json("{\"text\":\"</script><!--\"}");
        let page = html.finish();
        assert!(
            page.contains(
                "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;\u{fffd}&lt;/b&gt;</p>"
            ),
            "{page}"
        );
        assert!(
            page.contains("{\"text\":\"\\u003c/script\\u003e\\u003c!--\"}"),
            "{page}"
        );
    }

    #[test]
    fn an_id_is_given_once_and_no_heading_level_is_skipped() {
        let mut html = Html::page("fr");
        html.heading(1, &[("id", "a")], "Un");
        html.heading(4, &[("id", "a")], "Deux");
        let page = html.finish();
        assert!(
            page.contains("<h1 id=\"a\">Un</h1>\n<h2>Deux</h2>"),
            "{page}"
        );
    }
}
