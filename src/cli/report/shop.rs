//! What a site's folder adds to a report: names for ids, and proposals for what was not answered.

use crate::output;
use guichet_content::lexicons::lexicon;
use guichet_content::site::{LocaleContent, SiteContent};
use guichet_content::suggest::{Listener, Phrasing, Sources};
use guichet_domain::experiment::Unit;
use guichet_domain::lang::Lang;
use guichet_domain::zone::Zone;
use guichet_report::figures::{AskedAs, Group};
use guichet_report::names::Named;
use guichet_report::{Log, Names, Period};
use std::path::{Path, PathBuf};

/// Texts of fewer visits are nobody's habit.
const AT_LEAST: usize = 2;

/// A site's folder, read.
pub(crate) struct Shop {
    folder: PathBuf,
    content: SiteContent,
}

impl Shop {
    /// Reads it; its errors end the command.
    pub(crate) fn open(folder: &Path) -> anyhow::Result<Self> {
        Ok(Self {
            folder: folder.to_owned(),
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

    /// How its experiment is analysed.
    pub(crate) fn experiment(&self) -> Option<(Unit, f64)> {
        let experiment = self.content.settings.experiment.as_ref()?;
        Some((experiment.by, experiment.effect))
    }

    /// Names in a language; in another where it has none.
    pub(crate) fn names(&self, lang: Lang) -> Names {
        let site = &self.content.settings.site;
        let mut names = Names {
            shop: Some(site.name.clone()),
            ..Names::default()
        };
        for category in &site.categories {
            let name = category.name.get(lang).to_owned();
            names.categories.insert(category.id.clone(), name);
        }
        for channel in &site.channels {
            let name = channel.name.get(lang).to_owned();
            names.channels.insert(channel.id.clone(), name);
        }
        // The language asked for comes last and so wins.
        let others = Lang::ALL.into_iter().filter(|other| *other != lang);
        for locale in others.chain([lang]) {
            let Some(content) = self.content.locales.get(&locale) else {
                continue;
            };
            for entry in &content.entries {
                let own = Named {
                    title: entry.entry.question.clone(),
                    category: Some(entry.entry.category.clone()),
                };
                names.documents.insert(entry.entry.id.clone(), own);
            }
            for clause in &content.clauses {
                let own = Named {
                    title: format!("{} {}", clause.id, clause.title()),
                    category: None,
                };
                names.documents.insert(clause.id.clone(), own);
            }
        }
        names
    }

    /// Questions nothing answered in the period, by meaning, and other ways entries are asked.
    pub(crate) fn proposals(
        &self,
        log: &mut Log,
        period: Period,
        lang: Lang,
    ) -> anyhow::Result<(Vec<Group>, Vec<AskedAs>)> {
        let lang = if self.content.locales.contains_key(&lang) {
            lang
        } else {
            self.lang()
        };
        let mut listener = Listener::new(lang);
        log.each_visit(|first, events| {
            if period.contains(first) {
                listener.add(events);
            }
        });
        let searchable = output::searchable(&self.folder, Some(lang))?;
        let lexicon = lexicon(lang)?;
        let empty = LocaleContent::default();
        let from = Sources {
            lang,
            content: self.content.locales.get(&lang).unwrap_or(&empty),
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
        Ok((groups.collect(), asked_as.collect()))
    }
}

fn phrasings(phrasings: Vec<Phrasing>) -> Vec<(String, u64)> {
    phrasings
        .into_iter()
        .map(|phrasing| (phrasing.text, phrasing.visits as u64))
        .collect()
}
