//! Puts sentences together again: lines wrapped in the source, paragraphs broken at the end of a printed page's line;
//! and parts lines that hold several numbered paragraphs. After it a line is a paragraph, an item, a row or a title.

use super::line::{Gap, Line, Shape};
use super::{number, words};
use std::collections::HashMap;

/// How many lines must stop in mid-sentence before a document counts as taken from a printed page.
const PRINTED: usize = 20;

/// Joins and parts lines.
pub(super) fn join(mut lines: Vec<Line>) -> Vec<Line> {
    unlist(&mut lines);
    let width = printed_width(&lines);
    let mut joined: Vec<Line> = Vec::new();
    // Length of the last printed line of the paragraph so far.
    let mut printed = 0;
    for line in lines {
        let length = line.text.chars().count();
        match joined.last_mut() {
            Some(before)
                if goes_on(before, &line, width.map(|width| printed * 10 >= width * 7)) =>
            {
                before.append(line);
            }
            _ => joined.push(line),
        }
        printed = length;
    }
    joined.into_iter().flat_map(part).collect()
}

/// A numbered list of one item is a numbered paragraph or title: `2. Our details`, with text below it.
fn unlist(lines: &mut [Line]) {
    let mut items: HashMap<usize, usize> = HashMap::new();
    for line in lines.iter() {
        let numbered = line
            .bullet
            .as_ref()
            .is_some_and(|bullet| bullet.mark != "-");
        *items.entry(line.list).or_insert(0) += if line.bullet.is_none() {
            0
        } else if numbered {
            1
        } else {
            2
        };
    }
    for line in lines.iter_mut().filter(|line| line.list != 0) {
        if items.get(&line.list) == Some(&1) {
            line.list = 0;
            line.take_bullet_in();
        }
    }
}

/// Where every printed line became a paragraph of its own: the usual length of a full line, in characters.
fn printed_width(lines: &[Line]) -> Option<usize> {
    let is_text =
        |line: &&Line| line.shape == Shape::Text && line.gap == Gap::Block && line.bullet.is_none();
    let mut lengths: Vec<usize> = lines
        .iter()
        .filter(is_text)
        .map(|line| line.text.chars().count())
        .collect();
    let broken = lines.windows(2).filter(|pair| {
        pair.iter().all(|line| is_text(&line))
            && !words::is_finished(&pair[0].text)
            && words::starts_small(&pair[1].text)
    });
    let broken = broken.count();
    if broken < PRINTED || broken * 4 < lengths.len() {
        return None;
    }
    lengths.sort_unstable();
    lengths.get(lengths.len() * 4 / 5).copied()
}

/// Whether a line goes on with the sentence of the line before.
///
/// `full` tells, for text taken from a printed page, whether the line before goes up to the margin.
fn goes_on(before: &Line, line: &Line, full: Option<bool>) -> bool {
    if line.apart || line.bullet.is_some() || line.shape != before.shape || line.shape == Shape::Row
    {
        return false;
    }
    let finished = words::is_finished(&before.text);
    let fenced =
        number::marker(&line.text).is_some_and(|marker| marker.fence != number::Fence::Bare);
    let enumerates = before.text.ends_with([';', ','])
        || [" et", " ou", " and", " or"]
            .iter()
            .any(|word| before.text.ends_with(word));
    if fenced && enumerates {
        return false;
    }
    if line.gap == Gap::Soft {
        let begins = fenced || dashed(&line.text);
        return !(begins && finished);
    }
    if matches!(line.shape, Shape::Heading(_)) {
        return line.gap == Gap::Hard;
    }
    if line.gap == Gap::Hard
        || finished
        || line.list != before.list
        || dashed(&line.text)
        || before.is_bold()
        || line.bold_through(0).is_some()
    {
        return false;
    }
    // A numbered title on a line of its own; one in capitals may be long.
    let title = before.text.len() <= 200
        && number::marker(&before.text).is_some_and(|marker| {
            marker.fence != number::Fence::Bare || before.text[..marker.end].contains('.')
        })
        && words::is_title(&before.text, 16)
        && words::starts_big(&line.text);
    if title && !(words::is_capitals(&before.text) && words::is_capitals(&line.text)) {
        return false;
    }
    let sentence = words::starts_small(&line.text) && before.text.len() > 30;
    match full {
        Some(full) => full || sentence,
        None => sentence && number::marker(&line.text).is_none(),
    }
}

/// Whether a line is the item of a list that is written out: `- …`, `• …`.
pub(super) fn dashed(text: &str) -> bool {
    let rest = text.trim_start_matches([
        '-', '–', '—', '•', '·', '▪', '●', 'o', '*', '§', '✓', '➢', '\u{f0b7}', '\u{f0a7}',
    ]);
    rest.len() < text.len() && rest.starts_with(char::is_whitespace)
        || text.starts_with(['•', '●', '▪', '➢'])
}

/// Parts a line that runs through several numbered paragraphs: `1. … 2. … 3. …`.
fn part(mut line: Line) -> Vec<Line> {
    let mut parts = Vec::new();
    if line.shape != Shape::Text {
        return vec![line];
    }
    // The numbers may begin after a bold title.
    let title = if line.is_bold() {
        0
    } else {
        line.bold_through(0).unwrap_or(0)
    };
    let first = line.text[title..].trim_start();
    let from = line.text.len() - first.len();
    let cuts = if first.starts_with("1. ") {
        cuts(&line.text, from)
    } else {
        Vec::new()
    };
    if cuts.is_empty() {
        return vec![line];
    }
    for at in cuts.into_iter().rev().chain((from > 0).then_some(from)) {
        if let Some(mut right) = line.split_off(at) {
            right.gap = Gap::Block;
            parts.push(right);
        }
    }
    parts.push(line);
    parts.reverse();
    parts
}

/// Where ` 2. `, ` 3. ` and so on begin, each after the end of a sentence and before a capital.
fn cuts(text: &str, from: usize) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut at = from;
    for number in 2..100 {
        let mark = format!(" {number}. ");
        let found = text[at..]
            .match_indices(&mark)
            .map(|(found, _)| at + found)
            .find(|found| {
                let capital = text[found + mark.len()..]
                    .chars()
                    .find(|c| !c.is_whitespace());
                words::is_finished(&text[..*found])
                    && capital.is_some_and(|c| c.is_uppercase() || c == '«')
            });
        let Some(found) = found else { break };
        cuts.push(found + 1);
        at = found + 1;
    }
    cuts
}
