//! Questions as they are written, and as the fit sees them.

use guichet_domain::lang::Lang;
use guichet_search::Lexicon;
use guichet_search::analysis::analyse;
use std::collections::{BTreeMap, BTreeSet};

/// A question, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    /// The name of its intent.
    pub(crate) intent: String,
    /// The question.
    pub(crate) text: String,
}

/// A line that is no question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{file}:{line}: `{text}` is no question\nhint: lines are `intent`, a tab, `style`, a tab, `question`"
)]
pub(crate) struct QuestionsError {
    /// The file.
    pub(crate) file: String,
    /// Its line, from 1.
    pub(crate) line: usize,
    /// What stands there.
    pub(crate) text: String,
}

/// Reads the lines of a file: an intent, how the question is put (`c`olloquial, `p`araphrased, as a plain `q`uestion,
/// as a shop puts it in a `d`ocument, as one asks for the exact rule of the `t`erms), and the question.
pub(crate) fn read(file: &str, text: &str) -> Result<Vec<Question>, QuestionsError> {
    let lines = (1..).zip(text.lines());
    lines
        .filter(|(_, line)| !line.starts_with('#'))
        .map(|(number, line)| {
            let mut cells = line.split('\t');
            match (cells.next(), cells.next(), cells.next(), cells.next()) {
                (Some(intent), Some("c" | "p" | "q" | "d" | "t"), Some(text), None) => {
                    Ok(Question {
                        intent: intent.to_owned(),
                        text: text.to_owned(),
                    })
                }
                _ => Err(QuestionsError {
                    file: file.to_owned(),
                    line: number,
                    text: line.chars().take(80).collect(),
                }),
            }
        })
        .collect()
}

/// Stop words that tell something of what is meant: `pas reçu` is not `reçu`, and who asks `combien` asks for a number.
fn telling(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Fr => &[
            "apres", "autre", "autres", "avant", "avec", "chez", "combien", "comment", "deja",
            "depuis", "encore", "entre", "jamais", "meme", "ou", "pas", "pendant", "plus", "pour",
            "pourquoi", "quand", "quel", "quelle", "qui", "sans", "sous", "sur", "toujours",
            "tout", "toute", "trop",
        ],
        Lang::En => &[
            "after", "again", "all", "already", "another", "anyone", "before", "how", "long",
            "many", "more", "much", "never", "no", "not", "nothing", "off", "only", "other", "out",
            "someone", "still", "too", "twice", "until", "up", "when", "where", "which", "who",
            "why", "without", "yet",
        ],
    }
}

/// A word of fewer texts is left out: much of it is misspelt, and all of it chance.
const MIN_TEXTS: u32 = 2;

/// What is fitted to: texts as sets of words, each with its intent.
pub(crate) struct Data {
    /// Words, in order.
    pub(crate) words: Vec<String>,
    /// Names of intents, in order.
    pub(crate) intents: Vec<String>,
    /// By text: its words, and its intent.
    pub(crate) texts: Vec<(Vec<usize>, usize)>,
}

impl Data {
    /// Questions and the expressions of concepts that are named like their intents.
    pub(crate) fn new(lang: Lang, lexicon: &Lexicon, questions: &[Question]) -> Self {
        let names: BTreeSet<&str> = questions.iter().map(|question| &*question.intent).collect();
        let intents: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let expressions = lexicon
            .expressions()
            .filter(|(name, _)| names.contains(name));
        let questions = questions
            .iter()
            .map(|question| (&*question.intent, &*question.text));
        let told: Vec<(&str, BTreeSet<String>)> = questions
            .chain(expressions)
            .map(|(intent, text)| (intent, words(lang, lexicon, text)))
            .collect();
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for word in told.iter().flat_map(|(_, words)| words) {
            *counts.entry(word).or_default() += 1;
        }
        counts.retain(|_, count| *count >= MIN_TEXTS);
        let words: Vec<String> = counts.keys().map(|word| (*word).to_owned()).collect();
        let texts = told
            .iter()
            .map(|(intent, own)| {
                let own = own.iter().filter_map(|word| words.binary_search(word).ok());
                let intent = intents.partition_point(|name| **name < **intent);
                (own.collect(), intent)
            })
            .collect();
        Self {
            words,
            intents,
            texts,
        }
    }
}

fn words(lang: Lang, lexicon: &Lexicon, text: &str) -> BTreeSet<String> {
    let analysed = analyse(text, lang, lexicon);
    let words = analysed.words.iter();
    words
        .filter(|word| !word.stop || telling(lang).contains(&&*word.text))
        .map(|word| lexicon.key(&word.text, &word.stem))
        .collect()
}
