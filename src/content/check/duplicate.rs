//! Entries that are asked nearly the same way: a shopper who types such a question is shown two answers, and can't know
//! which is his. Questions are compared as search sees them: by the words and concepts that carry information.

use super::{Finding, Rule};
use crate::lexicons::lexicon;
use crate::sources::{EntryFile, Sources};
use guichet_domain::lang::Lang;
use guichet_search::Lexicon;
use guichet_search::analysis::{Word, analyse};
use std::collections::BTreeSet;

/// From this share of common words on, two questions are nearly the same.
const NEAR: f32 = 0.8;

/// Questions of fewer words are the same only if they are equal.
const FEWEST_WORDS: usize = 2;

/// Words search passes over that make another question all the same.
const TELLING: [&str; 14] = [
    "apres",
    "aucun",
    "aucune",
    "avant",
    "avec",
    "deja",
    "encore",
    "pas",
    "plusieurs",
    "sans",
    "after",
    "before",
    "not",
    "without",
];

struct Phrase<'a> {
    own: &'a EntryFile,
    text: &'a str,
    words: BTreeSet<String>,
    concepts: BTreeSet<&'a str>,
}

pub(super) fn check(sources: &Sources, findings: &mut Vec<Finding>) {
    for lang in Lang::ALL {
        // A lexicon of ours that does not read is told by the build.
        let Ok(lexicon) = lexicon(lang) else {
            continue;
        };
        let entries = sources.entries.iter().filter(|own| own.lang == lang);
        let phrases: Vec<Phrase<'_>> = entries
            .flat_map(|own| phrases(own, lang, &lexicon))
            .collect();
        let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
        for (at, later) in phrases.iter().enumerate() {
            for earlier in phrases[..at]
                .iter()
                .filter(|earlier| are_near(earlier, later))
            {
                let ids = (
                    earlier.own.entry.entry.id.as_str(),
                    later.own.entry.entry.id.as_str(),
                );
                if ids.0 == ids.1 || !told.insert(ids) {
                    continue;
                }
                findings.push(Finding::new(
                    Rule::NearDuplicate,
                    &later.own.source().quoted(later.text),
                    ids.1,
                    format!(
                        "“{}” is nearly “{}” of `{}` ({})",
                        later.text,
                        earlier.text,
                        ids.0,
                        earlier.own.file.display()
                    ),
                    "keep the question with the entry that answers it, or join the two entries",
                ));
            }
        }
    }
}

fn phrases<'a>(own: &'a EntryFile, lang: Lang, lexicon: &'a Lexicon) -> Vec<Phrase<'a>> {
    let texts = std::iter::once(&own.entry.entry.question).chain(&own.entry.asked);
    texts
        .map(|text| {
            let analysed = analyse(text, lang, lexicon);
            let mentions = analysed.mentions.iter();
            let counts = |word: &&Word| !word.stop || TELLING.contains(&word.text.as_str());
            Phrase {
                own,
                text,
                concepts: mentions
                    .map(|mention| lexicon.name(mention.concept))
                    .collect(),
                words: analysed
                    .words
                    .iter()
                    .filter(counts)
                    // A stop word is only itself: `pas` is no form of `passée`.
                    .map(|word| {
                        if word.stop {
                            format!("={}", word.text)
                        } else {
                            word.stem.clone()
                        }
                    })
                    .collect(),
            }
        })
        .collect()
}

/// Nearly all words in common, and not one concept apart: `reçu` and `pas reçu` are two questions.
fn are_near(a: &Phrase<'_>, b: &Phrase<'_>) -> bool {
    let (short, long) = (
        a.words.len().min(b.words.len()),
        a.words.len().max(b.words.len()),
    );
    if short < FEWEST_WORDS || (short as f32) < NEAR * long as f32 || a.concepts != b.concepts {
        return false;
    }
    let common = a.words.intersection(&b.words).count();
    common as f32 >= NEAR * (a.words.len() + b.words.len() - common) as f32
}
