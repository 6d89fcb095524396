//! What a version of the terms changed, in short and for shoppers: which clauses, and since
//! when. The owner reads it word by word with `guichet diff`.

use super::faq::{Link, links};
use super::html::Html;
use super::phrase::say;
use super::terms::called;
use crate::compare::{Change, Comparison, Whole, compare};
use crate::edition::{Edition, Terms};
use guichet_domain::civil::Date;
use guichet_domain::lang::Lang;
use guichet_domain::say::long_date;

/// What a version changed; nothing where there was none before it.
pub(super) struct History {
    changes: Vec<Change>,
    /// The day it took effect, and that of the version before.
    days: Option<(Date, Date)>,
    /// What addresses of the version before begin with.
    previous: String,
}

impl History {
    pub(super) fn of(terms: &Terms, edition: &Edition, previous: Option<&Edition>) -> Self {
        let compared = previous.map(|previous| compare(&previous.cut, &edition.cut));
        let Comparison { changes, .. } = compared.unwrap_or_default();
        Self {
            changes,
            days: edition
                .effective
                .zip(previous.and_then(|previous| previous.effective)),
            previous: previous.map_or_else(String::new, |previous| previous.address(&terms.name)),
        }
    }

    /// Which clauses were changed, added and removed. Those that only moved are no news to a shopper.
    pub(super) fn write_summary(&self, html: &mut Html, lang: Lang, base: &str) {
        let words = say(lang);
        let of = |pick: &dyn Fn(&Change) -> Option<Link>| {
            self.changes.iter().filter_map(pick).collect::<Vec<_>>()
        };
        let to = |base: &str, address: &str, title: &str| {
            Some(Link {
                href: format!("#{base}/{address}"),
                words: called(address, title),
                lang: None,
            })
        };
        let changed = of(&|change| match change {
            Change::Changed { address, title, .. } => to(base, address, title),
            _ => None,
        });
        let added = of(&|change| match change {
            Change::Added(Whole { address, title, .. }) => to(base, address, title),
            _ => None,
        });
        let removed = of(&|change| match change {
            Change::Removed(Whole { address, title, .. }) => to(&self.previous, address, title),
            _ => None,
        });
        let lists = [
            (words.changed, changed),
            (words.added, added),
            (words.removed, removed),
        ];
        if let Some((_, before)) = self.days
            && lists.iter().any(|(_, list)| !list.is_empty())
        {
            let since = format!(
                "{} {}{}",
                words.changes_since,
                long_date(lang, before),
                words.colon
            );
            html.element("p", &[("class", "changed")], since.trim_end());
        }
        for (name, list) in lists {
            links(
                html,
                &format!("{name}{}", words.colon.trim_end_matches(' ')),
                &list,
            );
        }
    }

    /// "Modifié le 1er juillet 2026.", below a clause that was.
    pub(super) fn write_note(&self, html: &mut Html, lang: Lang, address: &str) {
        let words = say(lang);
        let what = self.changes.iter().find_map(|change| match change {
            Change::Changed { address: own, .. } if own == address => Some(words.changed),
            Change::Added(own) if own.address == address => Some(words.added),
            _ => None,
        });
        if let (Some(what), Some((day, _))) = (what, self.days) {
            let note = format!("{what} {} {}.", words.on, long_date(lang, day));
            html.element("p", &[("class", "changed")], &note);
        }
    }
}
