//! How the articles of a document are numbered: `Article 1`, `1.` in bold, `I.` in headings. All other numbers count
//! within an article. What a single line is, is decided in `outline`.

use super::line::{Line, Shape};
use super::number::{Core, Fence, Label, Marker};
use super::runs::{Class, Look, Run, Runs};
use super::words;

/// How the articles of this document are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Main {
    /// `Article 1`
    Label(Label),
    /// `1.`, `I.`, all looking alike.
    Series(Class, Look, Option<Fence>),
    /// There are none.
    None,
}

impl Main {
    /// Looks through the series of a document.
    pub(super) fn of(runs: &Runs) -> Self {
        for label in [Label::Article, Label::Section, Label::Paragraph] {
            let numbers: Vec<u16> = runs
                .markers
                .iter()
                .flatten()
                .filter(|marker| marker.label == Some(label))
                .filter_map(|marker| marker.single().or_else(|| roman(marker)))
                .collect();
            // A lone `Article 5 :` is a quotation; those of the document begin at the beginning.
            if numbers.len() >= 2
                && numbers.iter().any(|number| *number <= 2)
                && numbers.windows(2).any(|pair| pair[0] < pair[1])
            {
                return Self::Label(label);
            }
        }
        let counts = |run: &&Run| run.class != Class::Letters && run.len >= 2;
        let headings = runs
            .series
            .iter()
            .filter(counts)
            .filter(|run| matches!(run.look, Look::Heading(_)));
        if let Some(run) = headings.min_by_key(|run| run.look) {
            return Self::Series(run.class, run.look, None);
        }
        let bold = runs
            .series
            .iter()
            .filter(counts)
            .find(|run| run.look == Look::Bold && run.fence.0 != Fence::Both);
        let titles = || {
            let spaced = |run: &&Run| {
                run.words / (run.len - 1).max(1) >= 10 && run.len >= 3 && !run.announced
            };
            runs.series
                .iter()
                .filter(counts)
                .filter(spaced)
                .find(|run| {
                    run.look == Look::Title && !matches!(run.fence.0, Fence::Bare | Fence::Both)
                })
        };
        bold.or_else(titles).map_or(Self::None, |run| {
            Self::Series(run.class, run.look, Some(run.fence.0))
        })
    }

    /// Whether a number is that of an article.
    pub(super) fn is(self, marker: &Marker, look: Look, class: Option<Class>) -> bool {
        match self {
            Self::Label(label) => marker.label == Some(label),
            Self::Series(main, like, fence) => {
                class == Some(main)
                    && look == like
                    && fence.is_none_or(|fence| fence == marker.fence)
            }
            Self::None => marker.label == Some(Label::Article),
        }
    }
}

/// Whether a number says where it belongs: `7.2`.
pub(super) fn is_dotted(marker: &Marker) -> bool {
    matches!(&marker.core, Core::Digits(parts) if parts.len() > 1)
}

/// For each line, how many words follow before something that may be a heading.
pub(super) fn following(lines: &[Line], runs: &Runs) -> Vec<usize> {
    let mut following = vec![0; lines.len()];
    let mut words = 0;
    for (index, line) in lines.iter().enumerate().rev() {
        following[index] = words;
        let structural = runs.markers[index]
            .as_ref()
            .is_some_and(|marker| marker.label.is_some() || is_dotted(marker));
        let heading = matches!(line.shape, Shape::Heading(_)) || line.is_bold() || structural;
        words = if heading {
            0
        } else {
            words + words::count(&line.text)
        };
    }
    following
}

/// For each line, the article that the next numbered heading below belongs to, if that is `7.2` and not `Article 8`.
pub(super) fn next_dotted(lines: &[Line], runs: &Runs) -> Vec<Option<u16>> {
    let mut next = vec![None; lines.len()];
    let mut article = None;
    for index in (0..lines.len()).rev() {
        next[index] = article;
        let heading = matches!(
            runs.looks[index],
            Look::Heading(_) | Look::Bold | Look::Title
        );
        match runs.markers[index].as_ref().filter(|_| heading) {
            Some(marker) if is_dotted(marker) => {
                article = match &marker.core {
                    Core::Digits(parts) => parts.first().copied(),
                    Core::Letters(_) => None,
                };
            }
            Some(marker) if marker.label.is_some() || marker.single().is_some() => article = None,
            _ => {}
        }
    }
    next
}

/// The number of a marker as it stands in addresses.
pub(super) fn canonical(marker: &Marker) -> String {
    match &marker.core {
        Core::Digits(parts) => parts
            .iter()
            .map(u16::to_string)
            .collect::<Vec<_>>()
            .join("."),
        Core::Letters(letters) => {
            roman(marker).map_or_else(|| letters.clone(), |number| number.to_string())
        }
    }
}

/// The value of a Roman numeral in capitals.
pub(super) fn roman(marker: &Marker) -> Option<u16> {
    match &marker.core {
        Core::Letters(letters) if marker.capital => super::number::from_roman(letters),
        _ => None,
    }
}
