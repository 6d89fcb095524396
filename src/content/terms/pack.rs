//! Makes clauses of chunks: parts what is too long to be read at a glance, between paragraphs or items and never
//! within a sentence, and writes the reading form.

use super::line::{Gap, Line};
use super::tree::Chunk;
use super::{Clause, runs, words};
use std::collections::HashMap;

/// A clause of more words is parted where the source offers a cut.
const LONGEST: usize = 250;
/// A part of fewer words is not worth its own address.
const SHORTEST: usize = 5;

/// Makes clauses, in the order of the source.
pub(super) fn pack(chunks: Vec<Chunk>) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut parts: HashMap<usize, usize> = HashMap::new();
    for chunk in chunks {
        let count = parts.entry(chunk.section).or_insert(0);
        let cuts = cuts(&chunk.lines);
        let mut from = 0;
        for to in cuts.into_iter().chain([chunk.lines.len()]) {
            *count += 1;
            clauses.push(clause(&chunk, from, to, *count));
            from = to;
        }
    }
    clauses
}

/// What to tell the merchant about clauses that offered no cut.
pub(super) fn overlong(clauses: &[Clause]) -> Vec<String> {
    let long = clauses
        .iter()
        .map(|clause| (clause, words::count(&clause.text)))
        .filter(|(_, words)| *words > LONGEST);
    long.map(|(clause, words)| {
        format!("clause `{}` holds {words} words without a cut; hint: part it into paragraphs of at most {LONGEST}", clause.address)
    })
    .collect()
}

fn clause(chunk: &Chunk, from: usize, to: usize, part: usize) -> Clause {
    let lines = &chunk.lines[from..to];
    let mut text = String::new();
    for line in lines {
        if !text.is_empty() {
            text.push(if line.gap == Gap::Soft { ' ' } else { '\n' });
        }
        text.push_str(&line.reading());
    }
    let first = from == 0;
    let own_start = lines.first().map_or(chunk.start, |line| line.start);
    let lead = if first {
        chunk.lead.clone()
    } else {
        lead(&chunk.lines[..from], lines)
    };
    Clause {
        number: chunk.number.clone(),
        path: chunk.path.clone(),
        opens: if first { chunk.opens } else { 0 },
        text,
        start: if first { chunk.start } else { own_start },
        end: lines.last().map_or(chunk.end, |line| line.end),
        references: Vec::new(),
        defines: Vec::new(),
        address: if part == 1 {
            chunk.address.clone()
        } else {
            format!("{}.p{part}", chunk.address)
        },
        lead,
    }
}

/// For a part that begins in the middle of a list: what announced the list.
fn lead(before: &[Line], lines: &[Line]) -> Option<String> {
    if !lines.first().is_some_and(runs::is_item) {
        return None;
    }
    let announcing = before.iter().rev().find(|line| !runs::is_item(line))?;
    Some(words::last_sentence(&announcing.text).to_owned())
}

/// Before which lines to cut, so that no part is longer than it has to be and none begins in mid-sentence.
fn cuts(lines: &[Line]) -> Vec<usize> {
    let counts: Vec<usize> = lines
        .iter()
        .map(|line| words::count(&line.reading()))
        .collect();
    let mut rests = counts.clone();
    for at in (1..rests.len()).rev() {
        rests[at - 1] += rests[at];
    }
    let total = rests.first().copied().unwrap_or(0);
    if total <= LONGEST {
        return Vec::new();
    }
    // Equal parts read better than full ones and a rest.
    let aim = total / total.div_ceil(LONGEST);
    let allowed = |at: usize| {
        let (before, line) = (&lines[at - 1], &lines[at]);
        line.gap != Gap::Soft && words::is_finished(&before.text) && !words::announces(&before.text)
    };
    let mut cuts = Vec::new();
    let (mut from, mut size) = (0, 0);
    // The last places to cut since `from`: before a paragraph, and before anything.
    let (mut paragraph, mut any): (Option<usize>, Option<usize>) = (None, None);
    for at in 0..lines.len() {
        let fits_a_part = at > from && size >= SHORTEST && rests[at] >= SHORTEST;
        if fits_a_part && allowed(at) {
            any = Some(at);
            if !runs::is_item(&lines[at]) && size * 2 >= aim {
                paragraph = Some(at);
                if size >= aim {
                    cuts.push(at);
                    (from, size, paragraph, any) = (at, 0, None, None);
                }
            }
        }
        while at > from && size + counts[at] > LONGEST {
            // Rather within a list, or after what announces one, than beyond the limit.
            let forced = (size >= SHORTEST && rests[at] >= SHORTEST && lines[at].gap != Gap::Soft)
                .then_some(at);
            let Some(cut) = paragraph.or(any).or(forced) else {
                break;
            };
            cuts.push(cut);
            size = counts[cut..at].iter().sum();
            (from, paragraph, any) = (cut, None, None);
        }
        size += counts[at];
    }
    cuts
}
