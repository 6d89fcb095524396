//! A report as CSV: one figure a line, with what it is out of and what it means, for a spreadsheet.

use crate::desk::Desk;
use crate::figures::Report;
use crate::words::Word;
use guichet_domain::deflection::Ladder;
use guichet_domain::lang::Lang;

/// Why no table could be written.
#[derive(Debug, thiserror::Error)]
#[error("the table cannot be written: {0}")]
pub struct TableError(String);

/// Writes the figures, with a heading.
pub fn render(report: &Report) -> Result<String, TableError> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| TableError(error.to_string());
    out.write_record([
        "section", "id", "name", "figure", "value", "out_of", "meaning",
    ])
    .map_err(failed)?;
    for line in lines(report) {
        out.write_record(line.map(harmless)).map_err(failed)?;
    }
    let bytes = out
        .into_inner()
        .map_err(|error| TableError(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| TableError(error.to_string()))
}

type Line = [String; 7];

/// A figure of the report; without a value where it rests on too few cases.
fn line(
    lang: Lang,
    (section, id, name): (&str, &str, &str),
    word: Word,
    value: Option<String>,
    of: Option<u64>,
) -> Line {
    let definition = word.definition(lang);
    [
        section.to_owned(),
        id.to_owned(),
        name.to_owned(),
        definition.word.to_owned(),
        value.unwrap_or_default(),
        of.map(|of| of.to_string()).unwrap_or_default(),
        definition.meaning.to_owned(),
    ]
}

fn lines(report: &Report) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut add = |section: &str, id: &str, name: &str, word: Word, value: u64, of: Option<u64>| {
        let value = Some(value.to_string());
        lines.push(line(report.lang, (section, id, name), word, value, of));
    };
    let visits = report.visits;
    let all = Some(visits.all);
    add("total", "", "", Word::Visit, visits.all, None);
    add("total", "", "", Word::Unanswered, visits.unanswered, all);
    add("total", "", "", Word::Contact, visits.with_contact, all);
    let (stated, unknown) = (report.avoided.stated, report.avoided.unknown);
    add("total", "", "", Word::AvoidedStated, stated, all);
    add("total", "", "", Word::Unknown, unknown, Some(stated));
    for question in &report.questions {
        for (word, figure, of) in LADDER {
            let of = of.map(|of| u64::from(of(&question.ladder)));
            let value = u64::from(figure(&question.ladder));
            add(
                "question",
                &question.document,
                &question.title,
                word,
                value,
                of,
            );
        }
        let (unknown, stated) = (question.call_log.unknown(), question.ladder.avoided_stated);
        add(
            "question",
            &question.document,
            &question.title,
            Word::Unknown,
            unknown.into(),
            Some(stated.into()),
        );
    }
    for contact in &report.contacts {
        let name = report.names.channel(&contact.channel);
        add(
            "channel",
            &contact.channel,
            name,
            Word::Contact,
            contact.visits,
            all,
        );
    }
    for category in &report.categories {
        let name = report.names.category(&category.category);
        add(
            "category",
            &category.category,
            name,
            Word::Call,
            category.calls,
            None,
        );
        add(
            "category",
            &category.category,
            name,
            Word::ContactAfter,
            category.after_answers,
            None,
        );
    }
    for unanswered in &report.unanswered {
        add(
            "unanswered",
            "",
            &unanswered.query,
            Word::Unanswered,
            unanswered.visits.into(),
            all,
        );
    }
    for one in &report.phrased {
        for (section, (led, typed)) in [("asked", one.now), ("asked_before", one.before)] {
            let (id, name) = (&one.document, &one.phrasing);
            add(section, id, name, Word::Led, led, Some(typed));
        }
    }
    if let Some(desk) = &report.desk {
        lines.extend(desk_lines(report, desk));
    }
    lines
}

/// Claims and what became of them. What rests on too few cases stands without a value.
fn desk_lines(report: &Report, desk: &Desk) -> Vec<Line> {
    let line = |id: &str, name: &str, word: Word, value: Option<String>, of: Option<u64>| {
        line(report.lang, ("claims", id, name), word, value, of)
    };
    let number = |value: u64| Some(value.to_string());
    let figures = &desk.figures;
    let mut lines = vec![line("", "", Word::Claim, number(desk.opened), None)];
    for (id, claims) in &desk.by_category {
        let name = report.names.category(id);
        let of = Some(desk.opened);
        lines.push(line(id, name, Word::Claim, number(*claims), of));
    }
    for (word, share) in [
        (Word::Kept, figures.kept),
        (Word::FirstContact, figures.first_contact),
    ] {
        let value = share.good().and_then(number);
        lines.push(line("", "", word, value, Some(share.cases as u64)));
    }
    for delay in &figures.delay {
        let name = report.names.channel(&delay.channel);
        let of = Some(delay.cases as u64);
        for (part, minutes) in [
            ("median_minutes", delay.median_minutes),
            ("p90_minutes", delay.p90_minutes),
        ] {
            let value = minutes.map(|minutes| minutes.to_string());
            let name = format!("{name}, {part}");
            lines.push(line(&delay.channel, &name, Word::Delay, value, of));
        }
    }
    let said = figures.satisfaction;
    for (part, points) in [("delay", said.delay), ("listened", said.listened)] {
        let value = points.map(|points| format!("{points:.2}"));
        let of = Some(said.answers as u64);
        lines.push(line("", part, Word::Satisfaction, value, of));
    }
    if let Some(wishes) = desk.wishes {
        lines.push(line("", "", Word::Wish, number(wishes.caught), None));
        let of = Some(wishes.caught);
        let value = number(wishes.answered);
        lines.push(line("", "answered", Word::Wish, value, of));
    }
    lines
}

/// A figure of the ladder.
type Figure = fn(&Ladder) -> u32;

/// The figures of a question, each with its denominator.
const LADDER: [(Word, Figure, Option<Figure>); 9] = [
    (Word::Seen, |ladder| ladder.seen, None),
    (Word::Read, |ladder| ladder.read, Some(|ladder| ladder.seen)),
    (
        Word::ReadOnly,
        |ladder| ladder.read_only,
        Some(|ladder| ladder.read),
    ),
    (
        Word::Confirmed,
        |ladder| ladder.confirmed,
        Some(|ladder| ladder.seen),
    ),
    (
        Word::NotConfirmed,
        |ladder| ladder.not_confirmed,
        Some(|ladder| ladder.seen),
    ),
    (
        Word::Asked,
        |ladder| ladder.asked,
        Some(|ladder| ladder.confirmed),
    ),
    (
        Word::AvoidedStated,
        |ladder| ladder.avoided_stated,
        Some(|ladder| ladder.asked),
    ),
    (
        Word::Contradicted,
        |ladder| ladder.contradicted,
        Some(|ladder| ladder.asked),
    ),
    (
        Word::ContactAfter,
        |ladder| ladder.contact_after,
        Some(|ladder| ladder.seen),
    ),
];

/// A spreadsheet takes a cell for a formula by its first character; a shopper may have typed one.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        return format!("'{cell}");
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shopper_typed_is_no_formula() {
        assert_eq!(harmless("=cmd|' /C calc'!A0".into()), "'=cmd|' /C calc'!A0");
        assert_eq!(harmless("où est mon colis".into()), "où est mon colis");
    }
}
