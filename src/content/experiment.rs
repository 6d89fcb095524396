//! `[experiment]` of `site.toml`: what is compared, and how. What a comparison says is in
//! `guichet_domain::experiment`.

use crate::faq::is_id;
use crate::home::Named;
use crate::problem::{At, Problems, Source};
use crate::site::LocaleContent;
use guichet_domain::experiment::{DEFAULT_EFFECT, Plan, Unit, Wordings};
use guichet_domain::lang::Lang;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use toml::Spanned;

/// What an experiment compares, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// Names it in events.
    pub id: String,
    /// What is given an arm.
    pub by: Unit,
    /// The relative change of contacts worth knowing, above 0 and below 1.
    pub effect: f64,
    /// Id of the entry (`faq/retours`) whose two wordings are compared, with its place in `site.toml`. `None`: the
    /// way to a person stands above the answers, or below them.
    pub(crate) entry: Option<Named>,
}

impl Experiment {
    /// Whether its arms are two wordings of an entry.
    pub fn compares_wordings(&self) -> bool {
        self.entry.is_some()
    }

    /// How a report compares its arms.
    pub fn plan(&self) -> Plan {
        Plan {
            unit: self.by,
            effect: self.effect,
            wordings: self.entry.as_ref().map(|(entry, _)| Wordings {
                experiment: self.id.clone(),
                entry: entry.clone(),
            }),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Raw {
    id: Spanned<String>,
    entry: Option<Spanned<String>>,
    #[serde(default)]
    by: Unit,
    effect_percent: Option<Spanned<f64>>,
}

/// Checks what was written, if anything was.
pub(crate) fn read(
    raw: Option<&Raw>,
    source: &Source<'_>,
    problems: &mut Problems,
) -> Option<Experiment> {
    let raw = raw?;
    let id = raw.id.get_ref();
    if !is_id(id) {
        problems.error(
            &source.at(raw.id.span().start),
            format!("`{id}` is not an id"),
            "use 1 to 64 small letters, digits and dashes",
        );
        return None;
    }
    let effect = match &raw.effect_percent {
        None => DEFAULT_EFFECT,
        Some(percent) if (0.1..=99.9).contains(percent.get_ref()) => percent.get_ref() / 100.0,
        Some(percent) => {
            problems.error(
                &source.at(percent.span().start),
                format!("an effect of {} percent, expected 0.1 to 99.9", percent.get_ref()),
                "write 15 to look for contacts that go down by 15 %; smaller effects take more visits",
            );
            return None;
        }
    };
    Some(Experiment {
        id: id.clone(),
        by: raw.by,
        effect,
        entry: raw.entry.as_ref().map(|slug| {
            let id = format!("faq/{}", slug.get_ref());
            (id, slug.span().start)
        }),
    })
}

/// Holds second wordings to the experiment: its entry has one in every language it is written in, and
/// no other entry keeps one. `file` finds the file of an entry.
pub(crate) fn check<'a>(
    experiment: Option<&Experiment>,
    locales: &mut BTreeMap<Lang, LocaleContent>,
    file: impl Fn(Lang, &str) -> Option<&'a Path>,
    problems: &mut Problems,
) {
    let compared = experiment.and_then(|own| Some((own, own.entry.as_ref()?.0.as_str())));
    for (lang, content) in locales {
        for entry in content.entries.iter_mut().map(|own| &mut own.entry) {
            let Some(file) = file(*lang, &entry.id) else {
                continue;
            };
            let at = At { file, line: 0 };
            match compared.filter(|(_, id)| *id == entry.id) {
                Some((own, _)) if entry.tried.is_none() => problems.error(
                    &at,
                    format!("the experiment `{}` compares two wordings of this answer, found one", own.id),
                    "write the new one below the answer: a line `+++`, `short = \"…\"`, another line `+++`, then the whole answer",
                ),
                None if entry.tried.take().is_some() => problems.warning(
                    &at,
                    "no experiment shows the second wording of this answer",
                    "name the entry in `[experiment]` of site.toml, or remove the wording",
                ),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests;
