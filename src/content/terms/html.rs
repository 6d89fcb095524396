//! Reads HTML into lines. A small reader of its own, because the tree of a full parser no longer knows where in the
//! source a text stood; it needs no tree: blocks, lists, bold, links and the parts of a page are enough.

use super::Dropped;
use super::html_tag::Tags;
use super::line::{Gap, Line};
use super::scribe::Scribe;
use super::words;

/// What a reader hands on.
pub(super) struct Page {
    /// The lines, in the order of the source.
    pub(super) lines: Vec<Line>,
    /// What never became a line: scripts, styles, images.
    pub(super) dropped: Vec<Dropped>,
}

/// Reads a document. Some shop systems put the whole page into one form: where leaving forms out would leave less
/// than half of the words, their text is kept.
pub(super) fn read(source: &str) -> Page {
    let page = read_once(source, true);
    let count = |kept: fn(&&Line) -> bool| -> usize {
        page.lines
            .iter()
            .filter(kept)
            .map(|line| words::count(&line.text))
            .sum()
    };
    let in_forms = count(|line| line.zone == Some("form"));
    if in_forms > count(|line| line.zone.is_none()) {
        read_once(source, false)
    } else {
        page
    }
}

fn read_once(source: &str, forms: bool) -> Page {
    let mut scribe = Scribe::default();
    let mut tags = Tags::new(source);
    tags.leave_forms_out = forms;
    tags.feed(source, 0..source.len(), &mut scribe);
    scribe.stop(Gap::Block, source.len());
    Page {
        lines: scribe.lines,
        dropped: tags.dropped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, lines: &[&str]) {
        let read: Vec<String> = read(source)
            .lines
            .into_iter()
            .map(|line| line.text)
            .collect();
        assert_eq!(read, lines);
    }

    #[test]
    fn blocks_and_breaks_part_lines_and_inline_tags_do_not() {
        check(
            "<p>Un <em>mot</em>.<br>Deux</p><div>Trois\n quatre</div>",
            &["Un mot.", "Deux", "Trois quatre"],
        );
    }

    #[test]
    fn entities_are_read_and_broken_ones_stay() {
        check(
            "<p>l&rsquo;article &amp; co &nonsense; &</p>",
            &["l’article & co &nonsense; &"],
        );
    }

    #[test]
    fn a_less_than_sign_in_text_is_text() {
        check(
            "<p>moins de < 30 jours et a<b sans fin",
            &["moins de < 30 jours et a<b sans fin"],
        );
    }

    #[test]
    fn cells_of_a_row_are_one_line() {
        check(
            "<table><tr><td>Corse</td><td> 5 €</td></tr><tr><td>Suisse</td></tr></table>",
            &["Corse | 5 €", "Suisse"],
        );
    }

    #[test]
    fn every_line_knows_its_place() {
        let source = "<p>l&rsquo;été</p> <ul><li>un</li></ul>";
        let page = read(source);
        let places: Vec<&str> = page
            .lines
            .iter()
            .map(|line| &source[line.start..line.end])
            .collect();
        assert_eq!(places, ["<p>l&rsquo;été", "<li>un"]);
    }

    #[test]
    fn a_page_within_a_form_is_not_a_form() {
        let page = read("<form><h1>CGV</h1><p>Les prix sont en euros.</p></form>");
        assert!(page.lines.iter().all(|line| line.zone.is_none()));
    }
}
