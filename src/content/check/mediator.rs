//! The consumer mediator in the terms: who it is, and where it is written to. With settings, what `[mediator]` says is
//! looked for word by word; without, anything that looks like a name, a postal address and a site near the mention.

use super::text::{Word, find, words};
use super::{Finding, Rule};
use crate::settings::Settings;
use crate::sources::TermsFile;
use crate::terms::Clause;
use guichet_search::fold::fold;

const MEDIATOR: [&str; 5] = [
    "mediateur",
    "mediateurs",
    "mediation",
    "mediator",
    "mediators",
];

/// Clauses that go on about the mediator where its name stands: the address is often a paragraph of its own.
const FOLLOWING: usize = 3;

/// Mediators by the names shops know them under, folded.
const KNOWN: [&str; 22] = [
    "fevad",
    "cm2c",
    "cmap",
    "medicys",
    "mcp",
    "ame conso",
    "cnpm",
    "anm conso",
    "devigny",
    "sas mediation solution",
    "mediateur du e commerce",
    "mediation conso*",
    "mediavet",
    "cnpmc",
    "atlantique mediation",
    "justicity",
    "mobilians",
    "fcd",
    "mediation franchise",
    "bayonne mediation",
    "consommation patrimoine",
    "mediateur fnaim",
];

/// Names that are no mediator's, though they follow the word with a capital.
const NO_NAMES: [&str; 26] = [
    "article",
    "articles",
    "client",
    "cliente",
    "clients",
    "code",
    "commission",
    "conformement",
    "consommation",
    "consommateur",
    "consommateurs",
    "conseil",
    "decret",
    "procedure",
    "droit",
    "en",
    "europeenne",
    "internaute",
    "il",
    "la",
    "le",
    "les",
    "litiges",
    "service",
    "tout",
    "vendeur",
];

/// Sites that are no mediator's own.
const NO_SITES: [&str; 5] = [
    "ec.europa.eu",
    "economie.gouv",
    "legifrance",
    "defenseurdesdroits",
    "service-public",
];

/// Checks the terms of one language together.
pub(super) fn check(
    terms: &[&TermsFile],
    settings: Option<&Settings>,
    findings: &mut Vec<Finding>,
) {
    let Some(first) = terms.first() else {
        return;
    };
    let mut passage: Option<(&TermsFile, &Clause)> = None;
    let mut text = String::new();
    for own in terms {
        let mut going_on = 0;
        for clause in own.clauses() {
            let headings = clause.path.join("\n");
            if mentions_mediator(&words(&clause.text)) || mentions_mediator(&words(&headings)) {
                going_on = FOLLOWING + 1;
                passage = passage.or(Some((own, clause)));
            }
            if going_on > 0 {
                text.push_str(own.text.get(clause.start..clause.end).unwrap_or_default());
                text.push('\n');
                going_on -= 1;
            }
        }
    }
    let remedy = "write name, postal address and site of the mediator you belong to into the terms";
    let Some((own, clause)) = passage else {
        findings.push(Finding::new(
            Rule::Mediator,
            &first.source().whole(),
            &first.stem,
            "the terms name no consumer mediator (L616-1, R616-1)",
            remedy,
        ));
        return;
    };
    let missing = match settings.and_then(|settings| settings.site.mediator.as_ref()) {
        Some(mediator) => {
            let has =
                |part: &str| part.trim().is_empty() || squeezed(&text).contains(&squeezed(part));
            missing([
                has(&mediator.name),
                has(&mediator.address),
                has(host(&mediator.url)),
            ])
        }
        None => missing([has_name(&text), has_address(&text), has_site(&text)]),
    };
    if !missing.is_empty() {
        findings.push(Finding::new(
            Rule::Mediator,
            &own.source().at(clause.start),
            own.id(clause),
            format!(
                "of the consumer mediator the terms leave out {} (L616-1, R616-1)",
                missing.join(" and ")
            ),
            remedy,
        ));
    }
}

fn missing(has: [bool; 3]) -> Vec<&'static str> {
    let parts = ["the name", "the postal address", "the site"];
    parts
        .into_iter()
        .zip(has)
        .filter(|(_, has)| !has)
        .map(|(part, _)| part)
        .collect()
}

fn mentions_mediator(words: &[Word]) -> bool {
    words
        .iter()
        .any(|word| MEDIATOR.contains(&word.text.as_str()))
}

/// Letters and digits alone: what is the same however it is set.
fn squeezed(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// `www.a.example` of `https://www.a.example/b`.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

/// A known name, or a word with a capital within the same line, soon after the mention.
fn has_name(text: &str) -> bool {
    let words = words(text);
    if KNOWN.iter().any(|known| find(&words, known).is_some()) {
        return true;
    }
    let is_name = |word: &Word| {
        let written = &text[word.start..word.end];
        let after_a_space =
            text[..word.start].ends_with([' ', '\u{a0}', '\'', '’', '(', '*', '«', '"']);
        let starts_a_sentence = text[..word.start]
            .trim_end()
            .ends_with(['.', ':', '!', '?', '\n', '-']);
        word.text.len() > 2
            && written.starts_with(char::is_uppercase)
            && after_a_space
            && !starts_a_sentence
            && !NO_NAMES.contains(&word.text.as_str())
            && !MEDIATOR.contains(&word.text.as_str())
    };
    words.iter().enumerate().any(|(at, word)| {
        MEDIATOR.contains(&word.text.as_str())
            && words[at + 1..]
                .iter()
                .take(8)
                .take_while(|next| !text[word.end..next.start].contains(['\n', '.']))
                .any(is_name)
    })
}

/// A postcode followed by a town: five digits and a word.
fn has_address(text: &str) -> bool {
    let words = words(text);
    words.windows(2).any(|pair| {
        pair[0].text.len() == 5
            && pair[0].text.bytes().all(|b| b.is_ascii_digit())
            && pair[1].text.chars().all(char::is_alphabetic)
    })
}

fn has_site(text: &str) -> bool {
    let lower = text.to_lowercase();
    let starts = ["http://", "https://", "www."];
    let mut sites = starts
        .iter()
        .flat_map(|start| lower.match_indices(start))
        .map(|(at, _)| {
            let rest = &lower[at..];
            &rest[..rest
                .find(|c: char| c.is_whitespace() || ")]>\"".contains(c))
                .unwrap_or(rest.len())]
        });
    sites.any(|site| !NO_SITES.iter().any(|other| site.contains(other)))
}
