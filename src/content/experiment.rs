//! `[experiment]` of `site.toml`: how randomised arms are compared. What a comparison says is in
//! `guichet_domain::experiment`.

use crate::faq::is_id;
use crate::problem::{Problems, Source};
use guichet_domain::experiment::{DEFAULT_EFFECT, Unit};
use serde::Deserialize;
use toml::Spanned;

/// How an experiment's arms are compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// Names it in events.
    pub id: String,
    /// What is given an arm.
    pub by: Unit,
    /// The relative change of contacts worth knowing, above 0 and below 1.
    pub effect: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Raw {
    id: Spanned<String>,
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
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn check(text: &str, expected: Result<(Unit, f64), &str>) {
        let source = Source {
            file: Path::new("site.toml"),
            text,
        };
        let mut problems = Problems::default();
        let raw: Raw = toml::from_str(text).unwrap();
        let found = read(Some(&raw), &source, &mut problems).map(|own| (own.by, own.effect));
        match expected {
            Ok(expected) => assert_eq!(found, Some(expected), "{text}"),
            Err(told) => {
                let problems = problems.sorted();
                assert_eq!(found, None, "{text}");
                assert!(problems[0].message.contains(told), "{problems:?}");
            }
        }
    }

    #[test]
    fn an_experiment_is_read_or_its_mistake_told() {
        check("id = 'ordre'", Ok((Unit::Visit, DEFAULT_EFFECT)));
        check(
            "id = 'ordre'\nby = 'day'\neffect_percent = 20",
            Ok((Unit::Day, 0.2)),
        );
        check("id = 'L’ordre'", Err("is not an id"));
        check(
            "id = 'ordre'\neffect_percent = 0.0",
            Err("expected 0.1 to 99.9"),
        );
        check(
            "id = 'ordre'\neffect_percent = nan",
            Err("expected 0.1 to 99.9"),
        );
    }
}
