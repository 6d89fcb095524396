//! What the law wants in terms of sale and what it has ended: the closed EU dispute platform, the online withdrawal
//! function, the legal guarantee.

use super::text::{mentions, quote, words};
use super::{Finding, Rule};
use crate::sources::{Sources, TermsFile};

/// Addresses of the platform that closed on 20 July 2025.
const ODR_ADDRESSES: [&str; 3] = [
    "ec.europa.eu/consumers/odr",
    "ec.europa.eu/odr",
    "webgate.ec.europa.eu/odr",
];

/// Words that speak of the platform without its address.
const ODR_WORDS: [&str; 6] = [
    "plateforme* * reglement en ligne des litiges",
    "plateforme* * resolution en ligne des litiges",
    "plateforme* * resolution des litiges",
    "plateforme* europeenne* * reglement",
    "online dispute resolution platform",
    "odr platform",
];

/// Words that say it is closed.
const ODR_CLOSED: [&str; 5] = [
    "ferme*",
    "n existe plus",
    "supprim*",
    "closed",
    "discontinued",
];

/// Words for the online withdrawal function (L221-21, D221-5). A form to print or to send is not one.
const WITHDRAWAL_FUNCTION: [&str; 12] = [
    "renoncer au contrat",
    "renoncer a mon contrat",
    "confirmer la retractation",
    "confirmer ma retractation",
    "fonction* de retractation",
    "bouton de retractation",
    "retractation en ligne",
    "retracter en ligne",
    "withdraw from contract",
    "withdraw from the contract here",
    "withdrawal function*",
    "confirm withdrawal",
];

const LEGAL_GUARANTEE: [&str; 9] = [
    "garantie* legale*",
    "garantie* de conformite",
    "garant* * conformite",
    "defaut* de conformite",
    "l 217 *",
    "l217 *",
    "legal guarantee*",
    "legal warrant*",
    "guarantee* of conformity",
];

const ODR_REASON: &str =
    "the EU dispute platform closed on 20 July 2025; its address leads nowhere";
const ODR_REMEDY: &str =
    "remove the sentence and the link; name your mediator, with address and site, instead";

/// What one file of terms says that it should not.
pub(super) fn check_terms(terms: &TermsFile, findings: &mut Vec<Finding>) {
    // The source and not the clauses: addresses stand in links, and footers have them too.
    let mut told = Vec::new();
    for offset in addresses(&terms.text) {
        let clause = terms.clause_at(offset);
        let place = clause.map_or(terms.stem.clone(), |clause| terms.id(clause));
        if !told.contains(&place) {
            let at = terms.source().at(offset);
            findings.push(Finding::new(
                Rule::OdrPlatform,
                &at,
                &place,
                ODR_REASON,
                ODR_REMEDY,
            ));
            told.push(place);
        }
    }
    for clause in terms.clauses() {
        let place = terms.id(clause);
        if speaks_of_odr(&clause.text) && !told.contains(&place) {
            let at = terms.at_words(clause, "litiges");
            findings.push(Finding::new(
                Rule::OdrPlatform,
                &at,
                place,
                ODR_REASON,
                ODR_REMEDY,
            ));
        }
    }
}

fn addresses(text: &str) -> Vec<usize> {
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<usize> = ODR_ADDRESSES
        .iter()
        .flat_map(|address| lower.match_indices(address).map(|(at, _)| at))
        .collect();
    found.sort_unstable();
    found
}

fn speaks_of_odr(text: &str) -> bool {
    let words = words(text);
    mentions(&words, &ODR_WORDS) && !mentions(&words, &ODR_CLOSED)
}

/// What all terms of one language together do not say.
pub(super) fn check_missing(terms: &[&TermsFile], findings: &mut Vec<Finding>) {
    let Some(first) = terms.first() else {
        return;
    };
    let says = |patterns: &[&str]| {
        terms.iter().any(|terms| {
            let mut clauses = terms.clauses();
            clauses.any(|clause| {
                mentions(&words(&clause.text), patterns)
                    || mentions(&words(&clause.path.join("\n")), patterns)
            })
        })
    };
    let mut missing = |rule, message: &str, remedy: &str| {
        findings.push(Finding::new(
            rule,
            &first.source().whole(),
            &first.stem,
            message,
            remedy,
        ));
    };
    if !says(&WITHDRAWAL_FUNCTION) {
        missing(
            Rule::OnlineWithdrawal,
            "the terms do not mention the online withdrawal function, due since 19 June 2026 (L221-21)",
            "say where the shopper finds `renoncer au contrat ici`, that he confirms, and that he gets a receipt",
        );
    }
    if !says(&LEGAL_GUARANTEE) {
        missing(
            Rule::LegalGuarantee,
            "the terms do not mention the legal guarantee of conformity (L217-3)",
            "add a clause on the legal guarantee of two years, apart from any commercial one",
        );
    }
}

/// What the settings and the FAQ say that they should not, or leave out.
pub(super) fn check_site(sources: &Sources, findings: &mut Vec<Finding>) {
    for own in &sources.entries {
        let at = addresses(&own.text).first().copied();
        let at = at.or_else(|| speaks_of_odr(&own.text).then_some(0));
        if let Some(offset) = at {
            let (at, id) = (own.source().at(offset), &own.entry.entry.id);
            findings.push(Finding::new(
                Rule::OdrPlatform,
                &at,
                id,
                ODR_REASON,
                ODR_REMEDY,
            ));
        }
    }
    let source = sources.settings_source();
    let Some(settings) = &sources.settings else {
        return;
    };
    if let Some(offset) = addresses(&sources.settings_text).first() {
        findings.push(Finding::new(
            Rule::OdrPlatform,
            &source.at(*offset),
            "site.toml",
            ODR_REASON,
            ODR_REMEDY,
        ));
    }
    let url = settings.site.withdrawal_url.as_deref();
    if url.is_none_or(|url| url.trim().is_empty()) {
        findings.push(Finding::new(
            Rule::OnlineWithdrawal,
            &source.whole(),
            "site.toml",
            "`withdrawal_url` is not set: no page leads to the online withdrawal function (L221-21)",
            "write the address of the page where a shopper can `renoncer au contrat ici`",
        ));
    }
    let missing = match &settings.site.mediator {
        None => vec!["the whole `[mediator]`"],
        Some(mediator) => [
            ("its name", &mediator.name),
            ("its address", &mediator.address),
            ("its site", &mediator.url),
        ]
        .into_iter()
        .filter(|(_, value)| value.trim().is_empty())
        .map(|(what, _)| what)
        .collect(),
    };
    if !missing.is_empty() {
        findings.push(Finding::new(
            Rule::Mediator,
            &source.whole(),
            "site.toml",
            format!("of the consumer mediator is missing: {} (L616-1)", quote(&missing.join(", "), 80)),
            "write `[mediator]` with `name`, `address` and `url`: the widget shows them with a complaint",
        ));
    }
}
