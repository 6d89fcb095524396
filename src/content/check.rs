//! Reads terms, FAQ and settings together, as the owner's careful colleague would, and reports what contradicts the
//! law, one another or good sense. Each family of rules has a file; `rule` names them all, `docs/checks.md` explains
//! them. Errors are certain to be wrong; advice is worth a look. What stops a build is told by `site`, and is passed
//! on here under its rule.

use crate::problem::{At, Problem, Severity as Weight};
use crate::site::{self, Day, SiteContent};
use crate::sources::{Sources, TermsFile};
use crate::terms_file::TermsText;
use guichet_domain::lang::Lang;
use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};

mod answer;
mod contradiction;
mod coverage;
mod delay;
mod duplicate;
mod law;
mod link;
mod mediator;
mod phone;
mod rule;
pub(crate) mod silence;
mod subject;
mod text;
mod working_days;

#[cfg(test)]
mod tests;

pub use rule::Rule;
pub use silence::Silence;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Certain to be wrong.
    Error,
    /// Worth a look.
    Advice,
}

/// Something the owner should know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// The file, as given on the command line.
    pub file: PathBuf,
    /// Line from 1; 0 where the whole file is meant.
    pub line: usize,
    /// How much it weighs.
    pub severity: Severity,
    /// By which rule.
    pub rule: Rule,
    /// What it is about: id of an entry (`faq/retours`), address of a clause (`cgv/7.2`), name of terms (`cgv`),
    /// `category/<id>`, `channel/<id>` or `site.toml`.
    pub place: String,
    /// What was found, what was expected and why.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

impl Finding {
    /// A finding that weighs what its rule does.
    fn new(
        rule: Rule,
        at: &At<'_>,
        place: impl Into<String>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            file: at.file.to_owned(),
            line: at.line,
            severity: rule.severity(),
            rule,
            place: place.into(),
            message: message.into(),
            remedy: remedy.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Advice => "advice",
        };
        write!(f, "{severity}: {}\n  --> ", self.message)?;
        write!(f, "{}", self.file.display())?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if !self.place.is_empty() {
            write!(f, " ({})", self.place)?;
        }
        write!(f, "\n  rule: {}\n  hint: {}", self.rule, self.remedy)
    }
}

/// What a check needs besides the site folder.
#[derive(Clone, Debug)]
pub struct Circumstances {
    /// The day, for what is in force and what is out of date.
    pub day: Day,
    /// The folder that is served as `/`, if links to the shop's own pages are to be followed.
    pub pages: Option<PathBuf>,
    /// What shoppers asked, one question each, besides what entries note in `asked`.
    pub questions: Vec<String>,
}

/// What a check found.
#[derive(Clone, Debug)]
pub struct Report {
    /// Ordered by file and line.
    pub findings: Vec<Finding>,
    /// How many findings are silenced with a reason.
    pub silenced: usize,
    /// The site, if it can be built.
    pub content: Option<SiteContent>,
}

/// Checks a site folder.
pub fn site(folder: &Path, given: &Circumstances) -> Report {
    let (content, sources, problems) = site::read_with_sources(folder, given.day);
    let zone = sources
        .settings
        .as_ref()
        .map(|settings| settings.site.time_zone);
    let today = given.day.date(zone);
    let mut findings: Vec<Finding> = problems
        .iter()
        .map(|problem| passed_on(problem, &sources))
        .collect();
    let stopping: Vec<Finding> = findings
        .iter()
        .zip(&problems)
        .filter(|(_, problem)| problem.severity == Weight::Error)
        .map(|(finding, _)| finding.clone())
        .collect();
    rules_about_terms(&sources, &mut findings);
    phone::check_site(&sources, &mut findings);
    law::check_site(&sources, &mut findings);
    answer::check(&sources, today, &mut findings);
    duplicate::check(&sources, &mut findings);
    contradiction::check(&sources, &mut findings);
    coverage::check_categories(&sources, &mut findings);
    link::check_site(&sources, given.pages.as_deref(), &mut findings);
    if let Some(content) = &content {
        coverage::check_clauses(content, &sources, &given.questions, &mut findings);
    }
    let silences = sources
        .settings
        .as_ref()
        .map_or(&[][..], |settings| &settings.silences[..]);
    let taken = silence::apply(
        silences,
        &sources.settings_source(),
        |finding| stopping.contains(finding),
        &mut findings,
    );
    findings.sort();
    findings.dedup();
    Report {
        findings,
        silenced: taken,
        content,
    }
}

/// Checks terms alone, by the rules that need nothing else.
pub fn terms(lang: Lang, file: &Path, text: TermsText) -> Vec<Finding> {
    let terms = TermsFile::new(lang, file, text);
    let mut findings = Vec::new();
    let mut problems = crate::problem::Problems::default();
    site::tell_of_terms(&terms.source(), &terms.cut, &mut problems);
    let sources = Sources {
        terms: vec![terms],
        ..Sources::default()
    };
    findings.extend(
        problems
            .sorted()
            .iter()
            .map(|problem| passed_on(problem, &sources)),
    );
    rules_about_terms(&sources, &mut findings);
    findings.sort();
    findings.dedup();
    findings
}

fn rules_about_terms(sources: &Sources, findings: &mut Vec<Finding>) {
    for terms in &sources.terms {
        law::check_terms(terms, findings);
        phone::check_terms(terms, findings);
        working_days::check(terms, findings);
        link::check_terms(terms, findings);
    }
    for lang in Lang::ALL {
        let own: Vec<&TermsFile> = sources
            .terms
            .iter()
            .filter(|terms| terms.lang == lang)
            .collect();
        if !own.is_empty() {
            law::check_missing(&own, findings);
            mediator::check(&own, sources.settings.as_ref(), findings);
        }
    }
}

/// What reading the files told, as a finding.
fn passed_on(problem: &Problem, sources: &Sources) -> Finding {
    let entry = sources
        .entries
        .iter()
        .find(|entry| entry.file == problem.file)
        .map(|entry| entry.entry.entry.id.clone());
    let terms = || {
        let terms = sources
            .terms
            .iter()
            .find(|terms| terms.file == problem.file)?;
        let starts_here = |clause: &&crate::terms::Clause| {
            problem.rule == Rule::Reference
                && terms.source().at(clause.start).line == problem.line
                && problem.message.contains(&format!("`{}`", clause.address))
        };
        let clause = terms.clauses().find(starts_here);
        Some(clause.map_or(terms.stem.clone(), |clause| terms.id(clause)))
    };
    let settings = || (problem.file == sources.settings_file).then(|| "site.toml".to_owned());
    let is_build_error = problem.severity == Weight::Error;
    Finding {
        file: problem.file.clone(),
        line: problem.line,
        severity: match problem.rule {
            Rule::Files | Rule::ShortAnswer if is_build_error => Severity::Error,
            Rule::Files => Severity::Advice,
            rule => rule.severity(),
        },
        rule: problem.rule,
        place: entry.or_else(terms).or_else(settings).unwrap_or_default(),
        message: problem.message.clone(),
        remedy: problem.hint.clone(),
    }
}
