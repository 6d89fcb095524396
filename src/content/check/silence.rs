//! What a merchant asks `guichet check` not to say, and why: `[[check.silence]]` in `site.toml`.

use super::{Finding, Rule};
use crate::problem::{Problems, Source};
use serde::Deserialize;
use toml::Spanned;

/// A finding that is not told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    /// The rule.
    pub rule: Rule,
    /// The place, as the finding names it; `*` for every place.
    pub place: String,
    /// Why the finding does not hold here.
    pub reason: String,
    /// Where it is written, from 1.
    pub line: usize,
}

/// `[check]` of `site.toml`, not yet checked.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCheck {
    #[serde(default)]
    silence: Vec<RawSilence>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSilence {
    rule: Spanned<String>,
    place: Spanned<String>,
    reason: Spanned<String>,
}

impl Silence {
    fn covers(&self, finding: &Finding) -> bool {
        self.rule == finding.rule && (self.place == "*" || self.place == finding.place)
    }
}

/// Checks silences as written.
pub(crate) fn read(raw: &RawCheck, source: &Source<'_>, problems: &mut Problems) -> Vec<Silence> {
    let mut silences = Vec::new();
    for silence in &raw.silence {
        let at = source.at(silence.rule.span().start);
        if silence.reason.get_ref().trim().is_empty() {
            problems.error(
                &source.at(silence.reason.span().start),
                "a silence without a reason",
                "say why the finding does not hold here, for whoever reads this next year",
            );
        }
        match Rule::from_id(silence.rule.get_ref()) {
            Some(Rule::Files | Rule::UnusedSilence) => problems.error(
                &at,
                format!("`{}` cannot be silenced", silence.rule.get_ref()),
                "mend what it says",
            ),
            Some(rule) => silences.push(Silence {
                rule,
                place: silence.place.get_ref().clone(),
                reason: silence.reason.get_ref().clone(),
                line: at.line,
            }),
            None => problems.error(
                &at,
                format!("unknown rule `{}`", silence.rule.get_ref()),
                "name a rule as `guichet check` prints it, for example `law/mediator`",
            ),
        }
    }
    silences
}

/// Takes silenced findings out, adds advice for silences that silence nothing; returns how many were taken. What
/// stops the build is told all the same: to be silent about it would not mend the build.
pub(super) fn apply(
    silences: &[Silence],
    source: &Source<'_>,
    stops_build: impl Fn(&Finding) -> bool,
    findings: &mut Vec<Finding>,
) -> usize {
    let mut used = vec![false; silences.len()];
    let before = findings.len();
    findings.retain(|finding| {
        let mut is_covered = false;
        for (silence, used) in silences.iter().zip(&mut used) {
            if silence.covers(finding) && !stops_build(finding) {
                *used = true;
                is_covered = true;
            }
        }
        !is_covered
    });
    let taken = before - findings.len();
    for (silence, _) in silences.iter().zip(used).filter(|(_, used)| !used) {
        let at = crate::problem::At {
            file: source.file,
            line: silence.line,
        };
        findings.push(Finding::new(
            Rule::UnusedSilence,
            &at,
            "site.toml",
            format!(
                "nothing of `{}` is found at `{}`",
                silence.rule, silence.place
            ),
            "remove the silence, or name the place as the finding does",
        ));
    }
    taken
}
