//! A report as text for a terminal or an e-mail. Only arranges what `summary` says.

use super::input::DatedBy;
use super::summary::{Days, STATEMENT, Summary};
use guichet_domain::deflection::Ladder;
use std::fmt::Write as _;

/// Most unanswered queries shown; the JSON has all.
const MAX_UNANSWERED: usize = 20;
/// Where running text is broken.
const LINE_CHARS: usize = 96;

/// Heading of the row of sums.
const TOTALS: &str = "all questions";

/// A column: its heading on two lines, and its figure.
type Column = (&'static str, &'static str, fn(&Ladder) -> u32);

const COLUMNS: [Column; 7] = [
    ("", "seen", |ladder| ladder.seen),
    ("", "read", |ladder| ladder.read),
    ("", "confirmed", |ladder| ladder.confirmed),
    ("not", "confirmed", |ladder| ladder.not_confirmed),
    ("", "asked", |ladder| ladder.asked),
    ("avoided", "(stated)", |ladder| ladder.avoided_stated),
    ("", "contradicted", |ladder| ladder.contradicted),
];

/// Writes the whole report.
pub(super) fn render(summary: &Summary) -> String {
    let mut out = String::from("Which questions avoided a call\n\n");
    head(&mut out, summary);
    if summary.visits.all == 0 {
        out.push_str("\nThere is nothing to report: no visit was recorded.\n\n");
        wrapped(&mut out, "", STATEMENT);
        return out;
    }
    questions(&mut out, summary);
    contacts(&mut out, summary);
    unanswered(&mut out, summary);
    meanings(&mut out, summary);
    out
}

fn head(out: &mut String, summary: &Summary) {
    let sites: Vec<_> = summary.sites.iter().map(|id| printable(id)).collect();
    match sites.as_slice() {
        [] => {}
        [site] => line(out, &format!("Site    {site}")),
        sites => line(out, &format!("Sites   {}", sites.join(", "))),
    }
    line(out, &format!("Period  {}", period(&summary.period)));
    let clock = match summary.period.dated_by {
        DatedBy::ServerClock => {
            "a visit belongs to the day on which the server received its first event"
        }
        DatedBy::ShopperClock => {
            "a visit belongs to the day of its first event by the shopper's clock"
        }
    };
    line(
        out,
        &format!("        days of {}; {clock}", summary.period.time_zone),
    );
    let visits = &summary.visits;
    if visits.all == 0 {
        return;
    }
    let counts = [
        (
            "Visits",
            visits.all,
            "in which the widget was opened or used; of these",
        ),
        ("", visits.with_search, "with a search"),
        ("", visits.with_contact, "in which a contact was chosen"),
        ("", visits.avoided_stated, "with an avoided (stated) call"),
    ];
    let width = visits.all.to_string().len();
    for (label, count, meaning) in counts {
        line(out, &format!("{label:6}  {count:width$}  {meaning}"));
    }
}

fn period(days: &Days) -> String {
    let asked = match (days.from, days.to) {
        (None, None) => "everything recorded".to_owned(),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("until {to}"),
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
    };
    match (days.first_day, days.last_day) {
        (Some(first), Some(last)) if first == last => format!("{asked} (events of {first})"),
        (Some(first), Some(last)) => format!("{asked} (events of {first} to {last})"),
        _ => asked,
    }
}

fn questions(out: &mut String, summary: &Summary) {
    heading(out, "Questions, in visits, most avoided (stated) first");
    if summary.questions.is_empty() {
        line(out, "  no answer was shown");
        return;
    }
    let names: Vec<_> = summary
        .questions
        .iter()
        .map(|question| printable(&question.document))
        .collect();
    let longest = names.iter().map(|name| name.chars().count()).max();
    let width = longest.unwrap_or(0).max(TOTALS.len());
    let mut row = |name: &str, cells: [String; COLUMNS.len()]| {
        let mut text = format!("  {name:width$}");
        for (cell, (above, below, _)) in cells.iter().zip(COLUMNS) {
            let width = above.len().max(below.len()) + 2;
            // Writing to a string can't fail.
            let _ = write!(text, "{cell:>width$}");
        }
        line(out, text.trim_end());
    };
    row("", COLUMNS.map(|(above, ..)| above.to_owned()));
    row("", COLUMNS.map(|(_, below, _)| below.to_owned()));
    for (name, question) in names.iter().zip(&summary.questions) {
        row(name, figures(&question.ladder));
    }
    row(TOTALS, figures(&summary.totals));
    line(
        out,
        "  A visit counts under every question it concerns, so sums may exceed the visits.",
    );
}

fn figures(ladder: &Ladder) -> [String; COLUMNS.len()] {
    COLUMNS.map(|(_, _, figure)| figure(ladder).to_string())
}

fn contacts(out: &mut String, summary: &Summary) {
    heading(out, "Contacts chosen, in visits");
    let rows = summary.contacts.iter();
    listed(
        out,
        rows.map(|contact| (contact.visits, contact.channel.as_str())),
    );
    if summary.contacts.is_empty() {
        line(out, "  none");
    }
}

fn unanswered(out: &mut String, summary: &Summary) {
    heading(out, "Questions nothing answered, in visits");
    let rows = summary.unanswered.iter().take(MAX_UNANSWERED);
    listed(out, rows.map(|one| (one.visits, one.query.as_str())));
    match summary.unanswered.len() {
        0 => line(out, "  none"),
        all if all > MAX_UNANSWERED => {
            let more = all - MAX_UNANSWERED;
            line(out, &format!("  and {more} more: `--json` lists all"));
        }
        _ => {}
    }
}

fn listed<'a>(out: &mut String, rows: impl Iterator<Item = (u32, &'a str)> + Clone) {
    let width = rows
        .clone()
        .map(|(count, _)| count.to_string().len())
        .max()
        .unwrap_or(0);
    for (count, name) in rows {
        line(out, &format!("  {count:width$}  {}", printable(name)));
    }
}

fn meanings(out: &mut String, summary: &Summary) {
    heading(out, "What the words mean");
    for definition in &summary.definitions {
        wrapped(
            out,
            "  ",
            &format!("{}: {}.", definition.word, definition.meaning),
        );
    }
    out.push('\n');
    wrapped(out, "", STATEMENT);
}

fn heading(out: &mut String, text: &str) {
    out.push('\n');
    line(out, text);
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// Breaks `text` between words; every line begins with `indent`, and all but the first with more.
fn wrapped(out: &mut String, indent: &str, text: &str) {
    let hanging = if indent.is_empty() { "" } else { "    " };
    let mut current = indent.to_owned();
    let mut empty = true;
    for word in text.split(' ') {
        if !empty && current.chars().count() + 1 + word.chars().count() > LINE_CHARS {
            line(out, &current);
            current = format!("{indent}{hanging}");
            empty = true;
        }
        if !empty {
            current.push(' ');
        }
        current.push_str(word);
        empty = false;
    }
    line(out, &current);
}

/// Anybody can post events: what would move the cursor, colour the terminal or turn the
/// direction of writing is shown as its code instead.
fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        {
            // Writing to a string can't fail.
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_cannot_give_orders_to_the_terminal() {
        assert_eq!(
            printable("colis\u{1b}[2J\r\n"),
            "colis<U+001B>[2J<U+000D><U+000A>"
        );
        assert_eq!(printable("\u{202e}silоc"), "<U+202E>silоc");
        assert_eq!(printable("où est l’été ?"), "où est l’été ?");
    }

    #[test]
    fn running_text_is_broken_between_words_and_hangs() {
        let mut out = String::new();
        wrapped(&mut out, "  ", &"mot ".repeat(60));
        assert!(out.lines().count() > 2);
        assert!(out.lines().all(|line| line.chars().count() <= LINE_CHARS));
        assert!(
            out.lines()
                .skip(1)
                .all(|line| line.starts_with("      mot") || line.trim().is_empty())
        );
    }
}
