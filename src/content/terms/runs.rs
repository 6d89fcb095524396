//! Finds the series that numbers form: `a) b) c)`, `1. 2. 3.`, `I. II.`. A number counts only in a series, which is
//! what tells `a)` from a stray letter and `(i)` the numeral from `(i)` the letter.

use super::join::dashed;
use super::line::{Line, Shape};
use super::number::{self, Core, Fence, Marker};
use super::words;
use std::collections::HashMap;

/// Members of a series may be missing, up to this many.
const MISSING: u16 = 2;

/// What a line looks like; members of a series look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Look {
    /// A heading of the format, with its level.
    Heading(u8),
    /// A line all in bold.
    Bold,
    /// A plain line that reads as a title.
    Title,
    /// Running text; the number of its list, and of the stretch of text that no heading interrupts.
    Text(usize, usize),
}

/// How the members of a series are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// `1`, `2`
    Digits,
    /// `a`, `b`
    Letters,
    /// `i`, `ii`
    Roman,
}

/// A series.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// How its members are numbered.
    pub(super) class: Class,
    /// What they look like.
    pub(super) look: Look,
    /// What encloses the numbers, and whether they are capitals.
    pub(super) fence: (Fence, bool),
    /// How many members it has.
    pub(super) len: usize,
    /// The number of the last member.
    pub(super) last: u16,
    /// The line of the last member.
    pub(super) last_line: usize,
    /// Words from the first member to before the last.
    pub(super) words: usize,
    /// Whether the line before the first member announces it, ending in a colon.
    pub(super) announced: bool,
}

/// A line's place in a series.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    /// Index of the run.
    pub(super) run: usize,
    /// Its number.
    pub(super) number: u16,
}

/// All series of a document.
pub(super) struct Runs {
    /// The series.
    pub(super) series: Vec<Run>,
    /// For each line, its marker.
    pub(super) markers: Vec<Option<Marker>>,
    /// For each line, its place.
    pub(super) members: Vec<Option<Member>>,
    /// For each line, its look.
    pub(super) looks: Vec<Look>,
}

type Key = (Look, Fence, bool, Class);

/// The marker of a line; that of a numbered list where it stands in one.
fn marker(line: &Line) -> Option<Marker> {
    if line.shape == Shape::Row {
        return None;
    }
    let own = number::marker(&line.text);
    match &line.bullet {
        Some(bullet) if bullet.mark != "-" => {
            let mut marker = number::marker(&bullet.mark)?;
            marker.end = 0;
            Some(marker)
        }
        // A number without a sign after it is an amount more often than a place in a list.
        Some(_) => own.filter(|marker| marker.fence != Fence::Bare || marker.label.is_some()),
        None => own,
    }
}

fn look(line: &Line, marker: Option<&Marker>, stretch: usize) -> Look {
    let title = marker.map_or(line.text.as_str(), |marker| &line.text[marker.end..]);
    let is_parted =
        marker.is_some_and(|marker| marker.single().is_some() && marker.fence != Fence::Bare);
    match line.shape {
        Shape::Heading(level) => Look::Heading(level),
        _ if line.bullet.is_some() || line.list != 0 => Look::Text(line.list, stretch),
        _ if line.is_bold() => Look::Bold,
        // A letter opens an item, even one whose first words are bold.
        _ if marker
            .is_some_and(|marker| !marker.capital && matches!(marker.core, Core::Letters(_))) =>
        {
            Look::Text(line.list, stretch)
        }
        _ if marker.is_some_and(|marker| line.bold_through(marker.end).is_some()) => Look::Bold,
        _ if words::is_title(title, if words::is_capitals(title) { 20 } else { 16 })
            && !words::announces(title)
            && (words::starts_big(title) || is_parted) =>
        {
            Look::Title
        }
        _ => Look::Text(line.list, stretch),
    }
}

/// Finds the series.
pub(super) fn find(lines: &[Line]) -> Runs {
    let mut found = Runs {
        series: Vec::new(),
        markers: Vec::new(),
        members: Vec::new(),
        looks: Vec::new(),
    };
    let mut open: HashMap<Key, usize> = HashMap::new();
    let (mut stretch, mut total) = (0, 0);
    let mut starts: Vec<usize> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let marker = marker(line);
        let structural = marker.as_ref().is_some_and(|marker| {
            marker.label.is_some()
                || marker.single().is_none() && matches!(marker.core, Core::Digits(_))
        });
        if structural || matches!(line.shape, Shape::Heading(_)) {
            stretch += 1;
        }
        let look = look(line, marker.as_ref(), stretch);
        let announced = index
            .checked_sub(1)
            .is_some_and(|before| words::announces(&lines[before].text));
        let member = marker.as_ref().filter(|_| !structural).and_then(|marker| {
            let place = place(marker, look, &open, &found.series)?;
            let run = match place {
                Place::Next(run, number) => {
                    let next = &mut found.series[run];
                    next.len += 1;
                    next.last = number;
                    next.last_line = index;
                    next.words = total - starts[run];
                    run
                }
                Place::First(class, _) => {
                    let run = found.series.len();
                    let fence = (marker.fence, marker.capital);
                    found.series.push(Run {
                        class,
                        look,
                        fence,
                        len: 1,
                        last: place.number(),
                        last_line: index,
                        words: 0,
                        announced,
                    });
                    starts.push(total);
                    open.insert((look, key_fence(marker, look), marker.capital, class), run);
                    run
                }
            };
            Some(Member {
                run,
                number: place.number(),
            })
        });
        total += words::count(&line.text);
        found.markers.push(marker);
        found.members.push(member);
        found.looks.push(look);
    }
    found
}

enum Place {
    /// The next member of a run.
    Next(usize, u16),
    /// The first member of a new run.
    First(Class, u16),
}

impl Place {
    fn number(&self) -> u16 {
        match self {
            Self::Next(_, number) | Self::First(_, number) => *number,
        }
    }
}

/// Headings of one level may write `9.` and `10 -`: what encloses their numbers does not matter.
fn key_fence(marker: &Marker, look: Look) -> Fence {
    if matches!(look, Look::Heading(_)) && marker.fence != Fence::Both {
        Fence::Bare
    } else {
        marker.fence
    }
}

/// The largest number a series may begin with: the first titles may look different, list items may not.
fn first(class: Class, look: Look) -> u16 {
    if class == Class::Digits && !matches!(look, Look::Text(..)) {
        3
    } else {
        1
    }
}

fn place(marker: &Marker, look: Look, open: &HashMap<Key, usize>, runs: &[Run]) -> Option<Place> {
    let readings: Vec<(Class, u16)> = match &marker.core {
        Core::Digits(parts) => parts
            .first()
            .map(|number| (Class::Digits, *number))
            .into_iter()
            .collect(),
        Core::Letters(letters) => {
            let letter = Some(letters)
                .filter(|letters| letters.len() == 1)
                .and_then(|letters| letters.bytes().next());
            let alphabetic = letter.map(|letter| (Class::Letters, u16::from(letter - b'a') + 1));
            let roman = number::from_roman(letters).map(|number| (Class::Roman, number));
            alphabetic.into_iter().chain(roman).collect()
        }
    };
    let fence = key_fence(marker, look);
    for missing in 0..=MISSING {
        for (class, number) in &readings {
            if let Some(run) = open.get(&(look, fence, marker.capital, *class))
                && runs[*run].last + 1 + missing == *number
            {
                return Some(Place::Next(*run, *number));
            }
        }
        if missing == 0
            && let Some((class, number)) = readings
                .iter()
                .find(|(class, number)| *number <= first(*class, look))
        {
            return Some(Place::First(*class, *number));
        }
    }
    // A letter that stands twice is a slip of the pen; a number that does is no list.
    readings
        .iter()
        .filter(|(class, _)| *class != Class::Digits)
        .find_map(|(class, number)| {
            let run = open.get(&(look, fence, marker.capital, *class))?;
            (runs[*run].last == *number).then_some(Place::Next(*run, *number))
        })
}

/// Whether a line of a written-out list or of a list of the format is a plain item.
pub(super) fn is_item(line: &Line) -> bool {
    line.bullet.is_some() || dashed(&line.text)
}
