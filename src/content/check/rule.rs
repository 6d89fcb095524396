//! The rules of `guichet check`, each with a stable id. What each one looks for is in the file of its family; why, by
//! which law, how to mend and how to silence is in `docs/checks.md`, with a section for every id.

use super::Severity;
use serde::{Serialize, Serializer};
use std::fmt;

/// A rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Files that can't be read, or say what can't be.
    Files,
    /// References to clauses that don't exist.
    Reference,
    /// Numbers that restart or are missing, clauses without a cut.
    Structure,
    /// The EU dispute platform, closed on 20 July 2025.
    OdrPlatform,
    /// The consumer mediator's name, address or site is missing.
    Mediator,
    /// The online withdrawal function is not mentioned.
    OnlineWithdrawal,
    /// A premium-rate number for after-sales.
    PremiumNumber,
    /// Working days for the withdrawal period.
    WorkingDays,
    /// The legal guarantee of conformity is not mentioned.
    LegalGuarantee,
    /// A short answer that is missing or too long.
    ShortAnswer,
    /// An answer that is too long.
    Length,
    /// An answer that is hard to read.
    Readability,
    /// Two entries asked nearly the same way.
    NearDuplicate,
    /// A delay in the FAQ that contradicts the terms.
    ContradictsTerms,
    /// An entry whose time is over.
    OutOfDate,
    /// A category without entries.
    EmptyCategory,
    /// A clause shoppers ask about that no entry points to.
    Unreferenced,
    /// An internal link that leads nowhere.
    DeadLink,
    /// A silence that silences nothing.
    UnusedSilence,
}

impl Rule {
    /// Every rule, in the order of the docs.
    pub const ALL: [Self; 19] = [
        Self::Files,
        Self::Reference,
        Self::Structure,
        Self::OdrPlatform,
        Self::Mediator,
        Self::OnlineWithdrawal,
        Self::PremiumNumber,
        Self::WorkingDays,
        Self::LegalGuarantee,
        Self::ShortAnswer,
        Self::Length,
        Self::Readability,
        Self::NearDuplicate,
        Self::ContradictsTerms,
        Self::OutOfDate,
        Self::EmptyCategory,
        Self::Unreferenced,
        Self::DeadLink,
        Self::UnusedSilence,
    ];

    /// The stable id, as in `[[check.silence]]` and the JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Files => "files/read",
            Self::Reference => "terms/reference",
            Self::Structure => "terms/structure",
            Self::OdrPlatform => "law/odr-platform",
            Self::Mediator => "law/mediator",
            Self::OnlineWithdrawal => "law/online-withdrawal",
            Self::PremiumNumber => "law/premium-number",
            Self::WorkingDays => "law/working-days",
            Self::LegalGuarantee => "law/legal-guarantee",
            Self::ShortAnswer => "faq/short-answer",
            Self::Length => "faq/length",
            Self::Readability => "faq/readability",
            Self::NearDuplicate => "faq/near-duplicate",
            Self::ContradictsTerms => "faq/contradicts-terms",
            Self::OutOfDate => "faq/out-of-date",
            Self::EmptyCategory => "faq/empty-category",
            Self::Unreferenced => "clauses/unreferenced",
            Self::DeadLink => "links/dead",
            Self::UnusedSilence => "check/unused-silence",
        }
    }

    /// The rule of an id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.id() == id)
    }

    /// How much a finding of this rule weighs; what reading a file tells has its own weight.
    pub fn severity(self) -> Severity {
        match self {
            Self::Files
            | Self::Reference
            | Self::OdrPlatform
            | Self::Mediator
            | Self::OnlineWithdrawal
            | Self::PremiumNumber
            | Self::LegalGuarantee
            | Self::ContradictsTerms
            | Self::DeadLink => Severity::Error,
            Self::Structure
            | Self::WorkingDays
            | Self::ShortAnswer
            | Self::Length
            | Self::Readability
            | Self::NearDuplicate
            | Self::OutOfDate
            | Self::EmptyCategory
            | Self::Unreferenced
            | Self::UnusedSilence => Severity::Advice,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCS: &str = include_str!("../../../docs/checks.md");

    #[test]
    fn every_rule_has_a_section_in_the_docs_that_says_why_and_how_to_mend_and_silence() {
        for rule in Rule::ALL {
            let heading = format!("\n## {rule}\n");
            let Some((_, section)) = DOCS.split_once(&heading) else {
                panic!("docs/checks.md has no section `## {rule}`");
            };
            let section = section.split("\n## ").next().unwrap_or_default();
            for part in ["**What.**", "**Why.**", "**Mend.**", "**Silence.**"] {
                assert!(section.contains(part), "`{rule}` has no {part}");
            }
        }
    }

    #[test]
    fn the_docs_have_no_section_for_a_rule_that_does_not_exist() {
        let sections = DOCS.lines().filter_map(|line| line.strip_prefix("## "));
        for id in sections.filter(|title| title.contains('/')) {
            assert!(Rule::from_id(id).is_some(), "`{id}` is no rule");
        }
    }
}
