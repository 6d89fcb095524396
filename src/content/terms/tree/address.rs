//! The addresses of sections: what a heading asks for, made unique.

use super::Tree;
use crate::terms::heading::{Heading, Rank};
use crate::terms::slug::slug;

impl Tree {
    /// The address the heading asks for.
    pub(super) fn base(&self, heading: &Heading) -> String {
        let parent = self
            .stack
            .iter()
            .rev()
            .map(|at| &self.sections[*at])
            .find(|section| !section.is_title);
        let inside = |step: &str| {
            parent.map_or_else(
                || step.to_owned(),
                |parent| format!("{}.{step}", parent.base),
            )
        };
        match &heading.rank {
            Rank::Part { name, number, .. } => format!("{name}-{number}"),
            Rank::Article(number) => number.to_string(),
            Rank::Dotted(parts) => match self
                .holder(parts)
                .map(|depth| &self.sections[self.stack[depth]])
            {
                // `3.1` within `23.3`, where numbers begin anew.
                Some(holder) if matches!(holder.heading.rank, Rank::Local(_)) => {
                    format!("{}.{}", holder.base, dotted(&parts[1..]))
                }
                Some(holder) if matches!(&holder.heading.rank, Rank::Dotted(open) if holder.base != dotted(open)) =>
                {
                    let known = if let Rank::Dotted(open) = &holder.heading.rank {
                        open.len()
                    } else {
                        0
                    };
                    format!("{}.{}", holder.base, dotted(&parts[known..]))
                }
                _ => dotted(parts),
            },
            Rank::Local(local) => inside(&local.step),
            Rank::Unnumbered => {
                let numbered =
                    self.stack
                        .iter()
                        .rev()
                        .map(|at| &self.sections[*at])
                        .find(|section| {
                            matches!(
                                section.heading.rank,
                                Rank::Article(_) | Rank::Dotted(_) | Rank::Local(_)
                            )
                        });
                let slug = slug(&heading.text());
                numbered.map_or_else(
                    || slug.clone(),
                    |numbered| format!("{}.{slug}", numbered.base),
                )
            }
        }
    }

    pub(super) fn unique(&mut self, base: &str, wanted: String) -> String {
        let mut address = wanted;
        while !self.taken.insert(address.clone()) {
            let count = self.copies.entry(base.to_owned()).or_insert(1);
            *count += 1;
            address = format!("{base}-{count}");
        }
        address
    }
}

/// `7.2` of 7 and 2.
pub(super) fn dotted(parts: &[u16]) -> String {
    parts
        .iter()
        .map(u16::to_string)
        .collect::<Vec<_>>()
        .join(".")
}
