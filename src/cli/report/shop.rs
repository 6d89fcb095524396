//! What a site's folder adds to a report: names for ids, and proposals for what was not answered.

use crate::output;
use guichet_content::asked::Watch;
use guichet_content::experiment::Experiment;
use guichet_content::lexicons::lexicon;
use guichet_content::site::{LocaleContent, SiteContent};
use guichet_content::suggest::{Listener, Phrasing, Sources};
use guichet_domain::document::Document;
use guichet_domain::experiment::Plan;
use guichet_domain::lang::Lang;
use guichet_domain::site::Site;
use guichet_domain::zone::Zone;
use guichet_report::figures::{AskedAs, Group, Heard, Phrased};
use guichet_report::{Log, Names, Period};
use std::collections::BTreeMap;
use std::path::Path;

/// Texts of fewer visits are nobody's habit.
const AT_LEAST: usize = 2;

/// A site's folder, read.
pub(crate) struct Shop {
    content: SiteContent,
}

impl Shop {
    /// Reads it; its errors end the command.
    pub(crate) fn open(folder: &Path) -> anyhow::Result<Self> {
        Ok(Self {
            content: output::site(folder)?,
        })
    }

    /// Where its hours are counted.
    pub(crate) fn zone(&self) -> Zone {
        self.content.settings.site.time_zone
    }

    /// Its first language.
    pub(crate) fn lang(&self) -> Lang {
        let locales = &self.content.settings.site.locales;
        locales.first().copied().unwrap_or(Lang::Fr)
    }

    /// What else is known of it.
    pub(crate) fn site(&self) -> &Site {
        &self.content.settings.site
    }

    /// How the arms of its experiment are compared.
    pub(crate) fn plan(&self) -> Plan {
        let experiment = self.content.settings.experiment.as_ref();
        experiment.map(Experiment::plan).unwrap_or_default()
    }

    /// Its entries and clauses, those in force.
    pub(crate) fn documents(&self) -> BTreeMap<Lang, Vec<Document>> {
        let documents = self.content.locales.iter().map(|(lang, own)| {
            let entries = own.entries.iter();
            let entries = entries.map(|entry| Document::Faq(entry.entry.clone()));
            let clauses = own.clauses.iter().cloned().map(Document::Clause);
            (*lang, entries.chain(clauses).collect())
        });
        documents.collect()
    }

    /// Names in a language; in another where it has none.
    pub(crate) fn names(&self, lang: Lang) -> Names {
        Names::of(self.site(), &self.documents(), lang)
    }

    /// Questions nothing answered in the period, by meaning, other ways entries are asked, and what
    /// became of those they have.
    pub(crate) fn heard(&self, log: &mut Log, period: Period, lang: Lang) -> anyhow::Result<Heard> {
        let lang = if self.content.locales.contains_key(&lang) {
            lang
        } else {
            self.lang()
        };
        let empty = LocaleContent::default();
        let content = self.content.locales.get(&lang).unwrap_or(&empty);
        let mut listener = Listener::new(lang);
        let mut watch = Watch::new(content);
        let before = period.before();
        log.each_visit(|first, events| {
            if period.contains(first) {
                listener.add(events);
                watch.add(events, false);
            } else if before.is_some_and(|before| before.contains(first)) {
                watch.add(events, true);
            }
        });
        let searchable = output::searchable_of(&self.content, lang)?;
        let lexicon = lexicon(lang)?;
        let from = Sources {
            lang,
            content,
            ids: &searchable.ids,
            index: &searchable.index,
            lexicon: &lexicon,
        };
        let found = listener.suggest(&from, AT_LEAST);
        let groups = found.unanswered.into_iter().map(|group| Group {
            phrasings: phrasings(group.phrasings),
            visits: group.visits as u64,
            nearest: group.nearest,
        });
        let asked_as = found.asked_as.into_iter().map(|asked| AskedAs {
            document: asked.entry,
            phrasings: phrasings(asked.phrasings),
        });
        let phrased = watch.changed().into_iter().map(|asked| Phrased {
            document: asked.entry,
            phrasing: asked.phrasing,
            now: (asked.now.led, asked.now.typed),
            before: (asked.before.led, asked.before.typed),
        });
        Ok(Heard {
            groups: groups.collect(),
            asked_as: asked_as.collect(),
            phrased: phrased.collect(),
        })
    }
}

fn phrasings(phrasings: Vec<Phrasing>) -> Vec<(String, u64)> {
    phrasings
        .into_iter()
        .map(|phrasing| (phrasing.text, phrasing.visits as u64))
        .collect()
}
