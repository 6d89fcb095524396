//! Decides for every line whether it opens a section or is text, looking at the number it begins with, the series
//! that number belongs to, how the line looks, and its neighbours. How sections nest is for `tree` to say.

use super::articles::{Main, following, next_dotted};
use super::heading::{Heading, Rank, Step};
use super::line::{Gap, Line, Shape};
use super::number::Marker;
use super::runs::{self, Class, Look, Runs};
use super::words;

mod rank;
mod title;

/// A heading has at most this many words.
const LONGEST_TITLE: usize = 16;

/// Goes through the lines of a document.
pub(super) fn outline(lines: Vec<Line>) -> Vec<Step> {
    let runs = runs::find(&lines);
    let main = Main::of(&runs);
    let following = following(&lines, &runs);
    let next_dotted = next_dotted(&lines, &runs);
    let mut walk = Walk {
        runs,
        main,
        following,
        next_dotted,
        article: None,
        paragraph: None,
        items: Vec::new(),
        steps: Vec::new(),
    };
    let mut lines = lines.into_iter().enumerate().peekable();
    let mut before: Option<Line> = None;
    while let Some((index, line)) = lines.next() {
        let next = lines.peek().map(|(_, next)| next);
        let kept = line.clone();
        if let Some(heading) = walk.heading(index, &line, before.as_ref(), next) {
            let mut heading = heading;
            let lone = heading.title_at >= heading.line.text.len() && !heading.is_item();
            let merges = lone
                && kept.text.len() == heading.line.text.len()
                && next.is_some_and(|next| walk.is_title_of(index + 1, next));
            if merges && let Some((_, title)) = lines.next() {
                heading.title_at = heading.line.text.len() + 1;
                before = Some(title.clone());
                heading.line.append(title);
                walk.open(heading, None);
                continue;
            }
            let body = rest_of(&kept, &heading);
            walk.open(heading, body);
        } else {
            walk.text(index, line, before.as_ref());
        }
        before = Some(kept);
    }
    walk.steps
}

struct Walk {
    runs: Runs,
    main: Main,
    following: Vec<usize>,
    next_dotted: Vec<Option<u16>>,
    /// The article that is open.
    article: Option<u16>,
    /// The numbered paragraph or heading within it that is open.
    paragraph: Option<u16>,
    /// Series of items that are open, with the list they stand in.
    items: Vec<(usize, usize)>,
    steps: Vec<Step>,
}

impl Walk {
    /// The heading a line is or begins with.
    fn heading(
        &self,
        index: usize,
        line: &Line,
        before: Option<&Line>,
        next: Option<&Line>,
    ) -> Option<Heading> {
        if line.shape == Shape::Row {
            return None;
        }
        let look = self.runs.looks[index];
        let numbered = self.runs.markers[index].as_ref().and_then(|marker| {
            let rank = self.rank(index, line, marker)?;
            Some(numbered(line, marker, rank, look))
        });
        numbered.or_else(|| {
            let whole = matches!(line.shape, Shape::Heading(_)) && !is_sentence(&line.text)
                || self.is_bold_title(index, line, next)
                || self.is_plain_title(index, line, before, next);
            let headed = next
                .is_some_and(|next| next.is_bold() || matches!(next.shape, Shape::Heading(_)))
                && self
                    .runs
                    .markers
                    .get(index + 1)
                    .is_some_and(Option::is_none);
            let within = self.next_dotted[index];
            whole.then(|| Heading {
                line: line.clone(),
                title_at: 0,
                number: String::new(),
                rank: Rank::Unnumbered,
                look,
                written: true,
                headed,
                within,
            })
        })
    }

    fn open(&mut self, heading: Heading, body: Option<Line>) {
        match &heading.rank {
            Rank::Article(number) => (self.article, self.paragraph) = (Some(*number), None),
            Rank::Dotted(parts) if self.paragraph != parts.first().copied() => {
                (self.article, self.paragraph) = (parts.first().copied(), None);
            }
            Rank::Local(local) if local.kind.0 == Class::Digits => {
                self.paragraph = Some(local.place);
            }
            _ => {}
        }
        match &heading.rank {
            Rank::Local(local) if local.item => {
                let depth = self
                    .items
                    .iter()
                    .position(|(run, _)| *run == local.run)
                    .unwrap_or(self.items.len());
                self.items.truncate(depth);
                self.items.push((local.run, heading.line.list));
            }
            _ => self.items.clear(),
        }
        self.steps.push(Step::Open(heading));
        self.steps.extend(body.map(Step::Text));
    }

    fn text(&mut self, index: usize, line: Line, before: Option<&Line>) {
        while let Some(&(run, list)) = self.items.last() {
            let of_run = self.runs.series.get(run);
            let more = of_run.is_some_and(|run| index < run.last_line);
            let left_list = list != 0 && line.list == 0;
            let paragraphs = of_run.is_some_and(|run| run.class == Class::Digits && !run.announced)
                && !left_list;
            let goes_on = line.gap != Gap::Block
                || runs::is_item(&line)
                || list != 0 && line.list >= list
                || before.is_some_and(|before| words::announces(&before.text));
            if more || paragraphs || goes_on {
                break;
            }
            self.items.pop();
            self.steps.push(Step::Close(run));
        }
        self.steps.push(Step::Text(line));
    }
}

/// The heading of a numbered line: the line, or what of it is a title.
fn numbered(line: &Line, marker: &Marker, rank: Rank, look: Look) -> Heading {
    let text = &line.text;
    let item = matches!(&rank, Rank::Local(local) if local.item);
    let listed = line.bullet.as_ref().filter(|bullet| bullet.mark != "-");
    let title = &text[marker.end..];
    let mut end = marker.end;
    if matches!(line.shape, Shape::Heading(_)) || look == Look::Bold && line.is_bold() {
        if !is_sentence(title) {
            end = text.len();
        }
    } else if let Some(bold) = line.bold_through(marker.end) {
        let rest = &text[bold..];
        let parted =
            words::announces(&text[..bold]) || rest.trim_start().starts_with([':', '–', '—', '-']);
        let fits = words::is_title(
            text[marker.end..bold].trim_end_matches(['.', ' ']),
            LONGEST_TITLE,
        ) || words::announces(&text[..bold]);
        if fits && (parted || !item) && !(look == Look::Bold && line.is_bold()) {
            end = bold
                + (rest.len()
                    - rest
                        .trim_start_matches(|c: char| {
                            c.is_whitespace() || matches!(c, ':' | '–' | '—' | '-')
                        })
                        .len());
        }
    } else if !item
        && (look == Look::Title || marker.label.is_some() && words::is_title(title, LONGEST_TITLE))
    {
        end = text.len();
    }
    let mut heading = line.clone();
    if end < text.len() {
        heading.split_off(end);
    }
    let mut title_at = marker.end;
    let (number, written) = match listed {
        Some(bullet) => (bullet.mark.trim_end_matches('.').to_owned(), bullet.written),
        None => (marker.written.clone(), true),
    };
    if listed.is_some() {
        // The number stands before the text of the line.
        title_at = 0;
    }
    Heading {
        line: heading,
        title_at,
        number,
        rank,
        look,
        written,
        headed: false,
        within: None,
    }
}

/// What of a line is not its heading.
fn rest_of(line: &Line, heading: &Heading) -> Option<Line> {
    let mut whole = line.clone();
    whole.split_off(heading.line.text.len())
}

/// Whether a heading is a sentence after all.
fn is_sentence(text: &str) -> bool {
    let words = words::count(text);
    let ended = matches!(words::last_char(text), Some('.' | ';'));
    words > 40 || ended && words > 8
}
