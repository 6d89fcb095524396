//! How deep in the open sections a new one stands.

use super::{DEEPEST, Section, Tree, is_title};
use crate::terms::heading::{Heading, Rank};
use crate::terms::runs::{Class, Look};
use crate::terms::words;

impl Tree {
    /// How many of the open sections the new one stands in.
    pub(super) fn depth(&self, heading: &Heading) -> usize {
        let first = |closes: &dyn Fn(&Section) -> bool| {
            self.stack
                .iter()
                .position(|at| closes(&self.sections[*at]))
                .unwrap_or(self.stack.len())
        };
        let level = self.level(heading);
        let by_level = |section: &Section| {
            self.level(&section.heading) >= level && (!section.is_title || is_title(heading))
        };
        match &heading.rank {
            Rank::Part { order, .. } => first(&|section| match &section.heading.rank {
                Rank::Part { order: open, .. } => open >= order,
                Rank::Unnumbered => by_level(section),
                _ => true,
            }),
            Rank::Article(_) => first(&|section| match &section.heading.rank {
                Rank::Part { .. } => false,
                Rank::Unnumbered => by_level(section),
                _ => true,
            }),
            Rank::Dotted(parts) => {
                let Some(holder) = self.holder(parts) else {
                    // Its article has no number or another one: it stays with its siblings, or below the heading
                    // that waits for text.
                    let above = parts.len() - 1;
                    let sibling = self.stack.iter().position(|at| {
                        matches!(&self.sections[*at].heading.rank, Rank::Dotted(open) if open.len() == parts.len() && open[..above] == parts[..above])
                    });
                    return sibling.unwrap_or_else(|| {
                        first(&|section| match &section.heading.rank {
                            Rank::Part { .. } | Rank::Article(_) => false,
                            Rank::Unnumbered => !section.waits && by_level(section),
                            _ => true,
                        })
                    });
                };
                let inner = self.stack[holder + 1..].iter().position(|at| {
                    let section = &self.sections[*at];
                    section.heading.rank != Rank::Unnumbered
                        || !matches!(section.heading.look, Look::Heading(_))
                        || by_level(section)
                });
                inner.map_or(self.stack.len(), |inner| holder + 1 + inner)
            }
            Rank::Local(local) => first(&|section| match &section.heading.rank {
                Rank::Local(open) => {
                    open.run == local.run
                        || open.kind == local.kind && open.item == local.item
                        || open.item && !local.item
                }
                Rank::Unnumbered => !local.item && by_level(section),
                _ => false,
            }),
            Rank::Unnumbered if heading.quotes_a_law() => first(&|section| {
                section.heading.is_item()
                    || section.heading.rank == Rank::Unnumbered
                        && (section.heading.quotes_a_law() || by_level(section))
            }),
            Rank::Unnumbered if matches!(heading.look, Look::Heading(_)) => {
                let within = heading.within.and_then(|article| {
                    self.stack
                        .iter()
                        .position(|at| self.sections[*at].heading.rank == Rank::Article(article))
                });
                let outer = within.map_or(0, |within| within + 1);
                let inner = self.stack[outer..]
                    .iter()
                    .position(|at| by_level(&self.sections[*at]));
                inner.map_or(self.stack.len(), |inner| outer + inner)
            }
            Rank::Unnumbered if self.is_like_articles(heading) => first(&|section| {
                !section.is_title && !matches!(section.heading.rank, Rank::Part { .. })
            }),
            Rank::Unnumbered => first(&|section| {
                let alike = section.heading.rank == Rank::Unnumbered
                    && section.heading.look == heading.look;
                // `France` above `Home delivery` holds it and all that look like it, up to `Belgium`.
                let closes = (!section.waits || self.stack.len() > DEEPEST)
                    && (heading.headed || !section.heading.headed);
                alike && closes && !section.is_title || section.heading.is_item()
            }),
        }
    }

    /// Whether an unnumbered bold or plain heading stands beside the articles and not in one.
    pub(super) fn is_like_articles(&self, heading: &Heading) -> bool {
        let small = heading.text().to_lowercase();
        let known = ["annexe", "appendix"];
        let article = self.last_article.map(|at| &self.sections[at]);
        let like = article.is_some_and(|article| {
            let capitals = |heading: &Heading| words::is_capitals(&heading.line.text);
            article.heading.look == heading.look && capitals(&article.heading) && capitals(heading)
        });
        let marked =
            article.is_none_or(|article| !matches!(article.heading.look, Look::Heading(_)));
        like || marked && known.iter().any(|word| small.starts_with(word))
    }

    /// The depth of the open section whose number a dotted number goes on with.
    pub(super) fn holder(&self, parts: &[u16]) -> Option<usize> {
        (1..parts.len()).rev().find_map(|length| {
            self.stack
                .iter()
                .rposition(|at| match &self.sections[*at].heading.rank {
                    Rank::Article(number) => length == 1 && *number == parts[0],
                    Rank::Dotted(open) => open[..] == parts[..length],
                    Rank::Local(local) => {
                        length == 1 && local.kind.0 == Class::Digits && local.place == parts[0]
                    }
                    _ => false,
                })
        })
    }

    /// How deep a heading's look puts it, twice its level; articles without a level of their own stand right below
    /// the document's title.
    pub(super) fn level(&self, heading: &Heading) -> usize {
        let title = self
            .sections
            .first()
            .filter(|section| section.is_title)
            .map_or(0, |section| match section.heading.look {
                Look::Heading(level) => usize::from(level),
                _ => 0,
            });
        match (heading.look, &heading.rank) {
            (Look::Heading(level), _) => 2 * usize::from(level),
            (_, Rank::Part { .. } | Rank::Article(_) | Rank::Dotted(_)) => 2 * title + 1,
            (Look::Bold, _) => 20,
            (Look::Title, _) => 21,
            (Look::Text(..), _) => 22,
        }
    }
}
