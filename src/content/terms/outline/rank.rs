//! Where the number of a line belongs in the order of the terms, or that it is none of theirs.

use super::Walk;
use crate::terms::articles::{Main, canonical, roman};
use crate::terms::heading::{Local, Rank};
use crate::terms::line::Line;
use crate::terms::number::{Core, Fence, Label, Marker};
use crate::terms::runs::{Class, Look};
use crate::terms::words;

/// From this many words on, on average, the members of a numbered series are paragraphs and not list items.
pub(super) const PARAGRAPH: usize = 25;

impl Walk {
    /// Where the number a line begins with belongs; `None` where it is no number of the terms.
    pub(super) fn rank(&self, index: usize, line: &Line, marker: &Marker) -> Option<Rank> {
        let look = self.runs.looks[index];
        let member = self.runs.members[index];
        let run = member.map(|member| &self.runs.series[member.run]);
        match marker.label {
            Some(Label::Part(name, order)) => {
                return Some(Rank::Part {
                    name,
                    order,
                    number: canonical(marker),
                });
            }
            Some(Label::Section) if self.main != Main::Label(Label::Section) => {
                return Some(Rank::Part {
                    name: "section",
                    order: 4,
                    number: canonical(marker),
                });
            }
            _ => {}
        }
        if let Core::Digits(parts) = &marker.core
            && parts.len() > 1
        {
            return self
                .is_plausible(parts, line, marker, look)
                .then(|| Rank::Dotted(parts.clone()));
        }
        if self.main.is(marker, look, run.map(|run| run.class)) {
            let number = marker
                .single()
                .or(member.map(|member| member.number))
                .or_else(|| roman(marker))?;
            return Some(Rank::Article(number));
        }
        if self.is_next_article(marker, look) && member.is_none() {
            return marker.single().map(Rank::Article);
        }
        if marker.label.is_some() {
            let number = marker.single()?;
            return Some(Rank::Local(Local {
                run: usize::MAX,
                kind: (Class::Digits, Fence::Bare, true),
                place: number,
                step: number.to_string(),
                item: false,
            }));
        }
        let member = member?;
        let run = run.filter(|run| run.len >= 2)?;
        let item =
            matches!(look, Look::Text(..)) || run.class != Class::Digits && look == Look::Title;
        let space = run.words / (run.len - 1).max(1);
        let counts = match (run.class, look) {
            (Class::Digits, Look::Heading(_)) | (Class::Letters | Class::Roman, _) => true,
            (Class::Digits, Look::Bold) => !(run.announced && words::is_finished(&line.text)),
            (Class::Digits, _) if marker.fence == Fence::Bare => false,
            (Class::Digits, Look::Title) => !run.announced && space >= 10,
            (Class::Digits, Look::Text(..)) => !run.announced && space >= PARAGRAPH,
        };
        let step = match &marker.core {
            Core::Digits(_) => member.number.to_string(),
            Core::Letters(letters) => letters.clone(),
        };
        let kind = (run.class, marker.fence, marker.capital);
        counts.then_some(Rank::Local(Local {
            run: member.run,
            kind,
            place: member.number,
            step,
            item,
        }))
    }

    /// Whether a line that looks otherwise goes on with the numbers of the articles: one that was not set in bold.
    pub(super) fn is_next_article(&self, marker: &Marker, look: Look) -> bool {
        let series = matches!(self.main, Main::Series(Class::Digits, ..));
        let title = matches!(look, Look::Heading(_) | Look::Bold | Look::Title)
            && !matches!(marker.fence, Fence::Bare | Fence::Both);
        series
            && title
            && self.article.is_some()
            && marker.single() == self.article.map(|article| article + 1)
    }

    /// Whether a dotted number may stand here and is no amount.
    pub(super) fn is_plausible(
        &self,
        parts: &[u16],
        line: &Line,
        marker: &Marker,
        look: Look,
    ) -> bool {
        const UNITS: [&str; 16] = [
            "€", "euros", "euro", "eur", "%", "kg", "g", "h", "heures", "jours", "mois", "ans",
            "cm", "m", "mm", "litres",
        ];
        let after = line.text[marker.end..]
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_lowercase();
        if marker.fence == Fence::Bare && UNITS.contains(&after.trim_matches([',', '.', ';']))
            || parts.contains(&0) && parts.len() > 2
        {
            return false;
        }
        let clear = marker.label.is_some() || matches!(look, Look::Heading(_) | Look::Bold);
        let near = self
            .article
            .is_none_or(|article| parts[0] == article || parts[0] == article + 1)
            || self.paragraph == Some(parts[0]);
        let small = words::starts_small(&line.text[marker.end..]) && marker.fence == Fence::Bare;
        clear || near && !small || look == Look::Title
    }
}
