//! Tells the terms from the page around them: menus, tables of contents, version lists, page numbers, footers. Only
//! lines that say nothing by themselves are taken away, and each with the reason.

use super::Dropped;
use super::line::{Line, Shape};
use super::{number, words};
use std::collections::HashMap;

/// How many lines of links in a row are no longer a part of the text.
const RUN: usize = 3;
/// How many numbered titles in a row, each found again below, are a table of contents.
const CONTENTS: usize = 4;

/// The lines of a page, sifted.
pub(super) struct Sifted {
    /// The lines of the terms.
    pub(super) kept: Vec<Line>,
    /// The others.
    pub(super) dropped: Vec<Dropped>,
}

/// Sifts the lines of a page.
pub(super) fn sift(lines: Vec<Line>) -> Sifted {
    let mut why: Vec<Option<&'static str>> = lines
        .iter()
        .map(|line| line.zone.or_else(|| alone(line)))
        .collect();
    link_runs(&lines, &mut why);
    tables_of_contents(&lines, &mut why);
    titles_of_contents(&lines, &mut why);
    edges(&lines, &mut why);

    let mut sifted = Sifted {
        kept: Vec::new(),
        dropped: Vec::new(),
    };
    let mut last = None;
    let mut apart = false;
    for (index, (mut line, why)) in lines.into_iter().zip(why).enumerate() {
        let Some(why) = why else {
            line.apart = std::mem::take(&mut apart);
            sifted.kept.push(line);
            continue;
        };
        // A page may end in the middle of a sentence.
        apart |= !matches!(why, "page number" | "separator");
        match sifted.dropped.last_mut() {
            Some(before) if last == Some((index, why)) => {
                before.text.push('\n');
                before.text.push_str(&line.reading());
                before.end = line.end;
            }
            _ => sifted.dropped.push(Dropped {
                text: line.reading(),
                start: line.start,
                end: line.end,
                why: why.to_owned(),
            }),
        }
        last = Some((index + 1, why));
    }
    sifted
}

/// What a line is by itself.
fn alone(line: &Line) -> Option<&'static str> {
    let text = line.text.as_str();
    if !text.contains(char::is_alphanumeric) {
        let drawn = text.chars().all(|c| {
            matches!(
                c,
                '-' | '_' | '=' | '*' | '~' | '•' | '·' | '|' | '>' | '<' | '─' | ' '
            )
        });
        return drawn.then_some("separator");
    }
    if line.shape != Shape::Text || line.bullet.is_some() {
        return None;
    }
    let small = text.to_lowercase();
    let number = small.strip_prefix("page").unwrap_or(&small).trim();
    let is_page = number.len() <= 9
        && number.split(['/', ' ']).all(|part| {
            matches!(part, "sur" | "of" | "-" | "")
                || part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit())
        });
    if is_page && line.list == 0 {
        return Some("page number");
    }
    let of_links = line.links >= RUN && is_linked(line) && !small.ends_with('.');
    of_links.then_some("menu")
}

/// Whether nearly all of a line leads elsewhere, and it is no sentence, address or number to be read.
fn is_linked(line: &Line) -> bool {
    let letters = line.text.chars().filter(|c| c.is_alphanumeric()).count();
    let mostly = line.linked * 10 >= letters * 8;
    let sentence = line.text.ends_with('.') && words::count(&line.text) >= 6;
    let contact = ["@", "www.", "http", "e-mail]", "[email", "téléphone]"]
        .iter()
        .any(|mark| line.text.contains(mark));
    line.shape != Shape::Row && letters > 0 && mostly && !sentence && !contact
}

/// Runs of lines that are but links, with a few short words between them.
fn link_runs(lines: &[Line], why: &mut [Option<&'static str>]) {
    let mut at = 0;
    while at < lines.len() {
        if !(why[at].is_none() && is_linked(&lines[at])) {
            at += 1;
            continue;
        }
        let (mut end, mut count, mut between, mut next) = (at + 1, 1, 0, at + 1);
        while let Some(line) = lines.get(next) {
            if is_linked(line) {
                count += 1;
                end = next + 1;
                between = 0;
            } else if between < 2 && is_fragment(line) {
                between += 1;
            } else {
                break;
            }
            next += 1;
        }
        let run = &lines[at..end];
        let versions = run.iter().filter(|line| is_version(&line.text)).count();
        let total: usize = run.iter().map(|line| words::count(&line.text)).sum();
        if (count >= RUN || count >= 2 && versions == count) && total <= count * 20 {
            let numbered = run
                .iter()
                .filter(|line| number::marker(&line.text).is_some() || line.inward)
                .count();
            let kind = if versions * 2 >= count {
                "version list"
            } else if numbered * 2 >= count || before_is_contents(lines, at) {
                "table of contents"
            } else {
                "menu"
            };
            why[at..end]
                .iter_mut()
                .for_each(|why| *why = why.or(Some(kind)));
        }
        at = end;
    }
}

fn before_is_contents(lines: &[Line], at: usize) -> bool {
    at.checked_sub(1)
        .is_some_and(|before| is_contents_title(&lines[before].text))
}

/// A few words that are no sentence, such as the name of a menu.
fn is_fragment(line: &Line) -> bool {
    !matches!(line.shape, Shape::Heading(_))
        && words::count(&line.text) <= 6
        && !words::is_finished(&line.text)
}

fn is_version(text: &str) -> bool {
    let small = text.to_lowercase();
    let dated = small.bytes().any(|b| b.is_ascii_digit());
    dated
        && ["version", "conditions générales", "cgv", "archive"]
            .iter()
            .any(|word| small.starts_with(word))
        && words::count(text) <= 14
}

fn is_contents_title(text: &str) -> bool {
    let small = text.trim_end_matches([':', ' ', '\u{a0}']).to_lowercase();
    let small = small.trim_matches('*').trim();
    matches!(
        small,
        "sommaire"
            | "table des matières"
            | "table des matieres"
            | "contents"
            | "table of contents"
            | "sommaire des cgv"
            | "plan"
            | "index"
    ) || small.starts_with("accès rapide") && words::count(text) <= 8
}

/// Runs of numbered titles that stand again further down.
fn tables_of_contents(lines: &[Line], why: &mut [Option<&'static str>]) {
    let keys: Vec<Option<String>> = lines
        .iter()
        .zip(why.iter())
        .map(|(line, why)| if why.is_none() { entry(line) } else { None })
        .collect();
    let mut last: HashMap<&str, usize> = HashMap::new();
    for (index, key) in keys.iter().enumerate() {
        if let Some(key) = key {
            last.insert(key, index);
        }
    }
    let mut at = 0;
    while at < lines.len() {
        let end = at + keys[at..].iter().take_while(|key| key.is_some()).count();
        let run = &keys[at..end];
        let again = run
            .iter()
            .flatten()
            .filter(|key| last.get(key.as_str()).is_some_and(|index| *index >= end))
            .count();
        // The run may go on into the first article of the text itself: it ends at the last entry found again.
        let found = |key: &Option<String>| {
            key.as_ref()
                .is_some_and(|key| last.get(key.as_str()).is_some_and(|index| *index >= end))
        };
        let stop = at + run.iter().rposition(found).map_or(0, |last| last + 1);
        if stop - at >= CONTENTS && again * 10 >= (stop - at) * 6 {
            why[at..stop]
                .iter_mut()
                .for_each(|why| *why = Some("table of contents"));
        }
        at = end.max(at + 1);
    }
}

/// A line as an entry of a table of contents: its words, without the number of the page.
fn entry(line: &Line) -> Option<String> {
    let text = line
        .text
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .trim_end_matches(['.', ' ', '…', '\t']);
    let text = if text.is_empty() {
        line.text.as_str()
    } else {
        text
    };
    let listed = line
        .bullet
        .as_ref()
        .is_some_and(|bullet| bullet.mark != "-");
    if !(listed || number::marker(text).is_some())
        || words::count(text) > 20
        || matches!(text.chars().last(), Some(';' | ',' | ':'))
    {
        return None;
    }
    let title = number::marker(text).map_or(text, |marker| &text[marker.end..]);
    let key: String = title
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    (key.len() > 2).then_some(key)
}

/// The title above a table of contents goes with it.
fn titles_of_contents(lines: &[Line], why: &mut [Option<&'static str>]) {
    for at in 1..lines.len() {
        if why[at] == Some("table of contents")
            && why[at - 1].is_none()
            && is_contents_title(&lines[at - 1].text)
        {
            why[at - 1] = Some("table of contents");
        }
    }
}

/// Lone links and short notices before the first heading and after the last sentence.
fn edges(lines: &[Line], why: &mut [Option<&'static str>]) {
    let heading = |line: &Line| {
        matches!(line.shape, Shape::Heading(_))
            || line.is_bold()
            || number::marker(&line.text).is_some()
    };
    let head = (0..lines.len())
        .find(|at| why[*at].is_none() && heading(&lines[*at]))
        .unwrap_or(0);
    for at in 0..head {
        let short = words::count(&lines[at].text) <= 8 && !words::is_finished(&lines[at].text);
        if why[at].is_none()
            && short
            && (lines[at].links > 0 && lines[at].linked > 0
                || at > 0 && why[at - 1] == Some("menu") && why.get(at + 1) == Some(&Some("menu")))
        {
            why[at] = Some("menu");
        }
    }
    for at in 0..head {
        if why[at].is_none() && lines[at].text.to_lowercase().contains("javascript") {
            why[at] = Some("noscript");
        }
    }
    for at in (0..lines.len()).rev() {
        if why[at].is_some() {
            continue;
        }
        let small = lines[at].text.to_lowercase();
        let notice = (small.contains('©')
            || small.contains("tous droits réservés")
            || small.contains("all rights reserved"))
            && words::count(&small) <= 15;
        if !(notice || is_linked(&lines[at])) {
            break;
        }
        why[at] = Some("footer");
    }
    // A lone link is no sentence, wherever it stands alone right below a heading: "Print this page".
    for at in 1..lines.len() {
        let titled = matches!(lines[at - 1].shape, Shape::Heading(1 | 2)) && at <= head + 2;
        let line = &lines[at];
        let is_lone = line.shape == Shape::Text
            && line.bullet.is_none()
            && is_linked(line)
            && !words::is_finished(&line.text);
        if why[at].is_none() && titled && is_lone && words::count(&line.text) <= 8 {
            why[at] = Some("menu");
        }
    }
}
