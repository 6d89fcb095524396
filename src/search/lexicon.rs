//! What is known of a language and of shops: stop words, shorthand, and concepts with the
//! words and expressions that stand for them. Written as lines in `index/lexicon/<lang>/`,
//! carried by every index, so that the browser reads a query as the build read the documents.
//!
//! ```text
//! # comment
//! stop le la les
//! light trouver vraiment hier
//! short tjr=toujours
//! concept refund=remboursement|récupérer mes sous|rendre l'argent
//! ```
//!
//! Light words say something, but not what a question is about. What shoppers mean beyond that is
//! in [`Intents`], which are fitted, not written.

use crate::analysis::{Mention, Word, split};
use crate::expressions::{Expressions, KeyId, MAX_WORDS};
use crate::fold::fold;
use crate::intents::Intents;
use crate::sorted::{SortedSet, with_key};
use crate::stem::stem;
use crate::typo::Dictionary;
use crate::words::Words;
use guichet_domain::lang::Lang;
use std::collections::BTreeSet;

/// Index of a concept within its lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptId(pub u16);

/// Most concepts that a half-typed expression may stand for: more would be no guess.
const MAX_BEGUN: usize = 3;

/// A line of a lexicon that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "lexicon line {line}: `{text}` is not understood\nhint: lines are `stop words`, `light words`, `short word=words` or `concept name=expression|expression`"
)]
pub struct LexiconError {
    /// Line number, from 1.
    pub line: usize,
    /// The line.
    pub text: String,
}

/// Stop words, light words, shorthand and concepts of one language.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    lang: Option<Lang>,
    stop: SortedSet<String>,
    light: SortedSet<String>,
    /// By shorthand, in order.
    shorthand: Vec<(String, Vec<String>)>,
    /// As written; of a lexicon that came with an index there are expressions only.
    concepts: Vec<Concept>,
    /// Every word of every expression, folded.
    words: Dictionary,
    expressions: Expressions,
    /// How strongly words speak for what is meant.
    pub(crate) intents: Intents,
}

#[derive(Clone, Debug)]
struct Concept {
    name: String,
    expressions: Vec<String>,
}

impl Lexicon {
    /// Reads the lines of a French lexicon; see [`Lexicon::parse_for`].
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        Self::parse_for(Lang::Fr, text)
    }

    /// Reads lines. A concept may be written on several lines.
    pub fn parse_for(lang: Lang, text: &str) -> Result<Self, LexiconError> {
        let mut lexicon = Self {
            lang: Some(lang),
            ..Self::default()
        };
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let read = match line.strip_prefix("concept ") {
                Some(concept) => lexicon.add_concept(concept),
                None => lexicon.add_line(line),
            };
            read.ok_or_else(|| LexiconError {
                line: number,
                text: line.chars().take(80).collect(),
            })?;
        }
        lexicon.recognise();
        Ok(lexicon)
    }

    /// Reads a line that is none of a concept.
    fn add_line(&mut self, line: &str) -> Option<()> {
        let (kind, rest) = line.split_once(' ')?;
        match kind {
            "stop" => self.stop.extend(rest.split_whitespace().map(fold)),
            "light" => self.light.extend(rest.split_whitespace().map(fold)),
            "short" => {
                let (word, full) = rest.split_once('=')?;
                let (word, full) = (
                    fold(word.trim()),
                    full.split_whitespace().map(fold).collect(),
                );
                let at = with_key(&self.shorthand, &word, |(own, _)| own);
                self.shorthand.splice(at, [(word, full)]);
            }
            _ => return None,
        }
        Some(())
    }

    fn add_concept(&mut self, line: &str) -> Option<()> {
        let (name, expressions) = line.split_once('=')?;
        let id = self.concept(name.trim())?;
        for expression in expressions.split('|') {
            let folded = fold(expression.trim());
            let words = self.cut(&folded).len();
            (1..=MAX_WORDS).contains(&words).then_some(())?;
            self.concepts[usize::from(id.0)].expressions.push(folded);
        }
        Some(())
    }

    fn concept(&mut self, name: &str) -> Option<ConceptId> {
        let at = self
            .concepts
            .iter()
            .position(|concept| concept.name == name)
            .unwrap_or_else(|| {
                self.concepts.push(Concept {
                    name: name.to_owned(),
                    expressions: Vec::new(),
                });
                self.concepts.len() - 1
            });
        u16::try_from(at).ok().map(ConceptId)
    }

    /// The words of an expression, cut as texts are: `3x` is two words here and there.
    fn cut(&self, expression: &str) -> Vec<String> {
        let words = split(expression, self.lang());
        words.into_iter().map(|(word, ..)| word).collect()
    }

    fn lang(&self) -> Lang {
        self.lang.unwrap_or(Lang::Fr)
    }

    /// Lays the expressions out by what begins them; stop words have to be known by now.
    fn recognise(&mut self) {
        let mut cut: Vec<(ConceptId, Vec<String>)> = Vec::new();
        for (at, concept) in (0..).zip(&self.concepts) {
            let expressions = concept.expressions.iter();
            cut.extend(expressions.map(|expression| (ConceptId(at), self.cut(expression))));
        }
        let words: BTreeSet<&String> = cut.iter().flat_map(|(_, words)| words).collect();
        let words: Words = words.into_iter().map(String::as_str).collect();
        let keys = self.keys(&words);
        let number = |word: &String| {
            let at = keys.find(&self.key(word, &stem(word, self.lang())))?;
            KeyId::try_from(at).ok()
        };
        let numbered: Vec<(ConceptId, Vec<KeyId>)> = cut
            .iter()
            .filter_map(|(concept, words)| {
                Some((*concept, words.iter().map(number).collect::<Option<_>>()?))
            })
            .collect();
        self.expressions = Expressions::new(keys, &numbered);
        self.words = words.into();
    }

    /// The keys of words, in order, each once.
    fn keys(&self, words: &Words) -> Words {
        let keys = words
            .iter()
            .map(|word| self.key(word, &stem(word, self.lang())));
        let keys: SortedSet<String> = keys.collect();
        keys.as_slice().iter().map(String::as_str).collect()
    }

    /// Whether a folded word carries no information by itself. A letter alone is what is left
    /// of an abbreviation.
    pub fn is_stop(&self, word: &str) -> bool {
        let is_letter = matches!(word.as_bytes(), [letter] if letter.is_ascii_lowercase());
        is_letter || self.stop.contains(word)
    }

    /// What a word is recognised by: its stem, but a stop word only by itself (`pour` is no form of `pourri`).
    pub fn key(&self, word: &str, stem: &str) -> String {
        key(word, stem, self.is_stop(word))
    }

    /// The keys of all words that a reader of an index knows anyhow: the lexicon's own, and the stems of those of the
    /// index, none of which is a stop word.
    pub(crate) fn known(&self, stems: &Words) -> Words {
        self.expressions.keys().union(stems)
    }

    /// The same lexicon with these intents.
    #[must_use]
    pub fn with_intents(self, intents: Intents) -> Self {
        Self { intents, ..self }
    }

    /// What shoppers mean, as far as words tell.
    pub fn intents(&self) -> &Intents {
        &self.intents
    }

    /// Whether a folded word says little about what a question is about.
    pub fn is_light(&self, word: &str) -> bool {
        self.light.contains(word)
    }

    /// Every expression with the name of its concept.
    pub fn expressions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.concepts.iter().flat_map(|concept| {
            let expressions = concept.expressions.iter();
            expressions.map(|expression| (&*concept.name, &**expression))
        })
    }

    /// Every word of every expression, folded.
    pub fn words(&self) -> &Dictionary {
        &self.words
    }

    /// What a folded shorthand stands for, in front of the folded word `next`.
    pub fn shorthand(&self, word: &str, next: Option<&str>) -> Option<&[String]> {
        let full = |word: &str| {
            let at = with_key(&self.shorthand, word, |(own, _)| own);
            self.shorthand[at].first().map(|(_, full)| full.as_slice())
        };
        let before_next = next.and_then(|next| full(&format!("{word} {next}")));
        before_next.or_else(|| full(word))
    }

    /// The name of a concept; empty in a lexicon that came with an index.
    pub fn name(&self, concept: ConceptId) -> &str {
        let concept = self.concepts.get(usize::from(concept.0));
        concept.map_or("", |concept| &concept.name)
    }

    /// An expression that stands for a concept where people read of it: a short one.
    pub fn example(&self, concept: ConceptId) -> String {
        let of_key = |key: &str| {
            let mut words = self.words.words().iter();
            words.find(|word| self.key(word, &stem(word, self.lang())) == key)
        };
        let keys = self.expressions.shortest(concept);
        let words: Vec<&str> = keys.into_iter().filter_map(of_key).collect();
        words.join(" ")
    }

    /// The numbers of words by which expressions are recognised.
    fn numbers(&self, words: &[Word]) -> Vec<Option<KeyId>> {
        let key = |word: &Word| {
            self.expressions
                .key(&key(&word.text, &word.stem, word.stop))
        };
        words.iter().map(key).collect()
    }

    /// The concepts that words express; each concept once at each first word, by its longest expression.
    pub fn mentions(&self, words: &[Word]) -> Vec<Mention> {
        let numbers = self.numbers(words);
        let mut mentions: Vec<Mention> = Vec::new();
        for at in 0..words.len() {
            let first_here = mentions.len();
            self.expressions.at(&numbers, at, |concept, words| {
                let mut here = mentions[first_here..].iter_mut();
                match here.find(|mention| mention.concept == concept) {
                    Some(known) if known.words.len() >= words.len() => {}
                    Some(known) => known.words = words,
                    None => mentions.push(Mention { concept, words }),
                }
            });
        }
        mentions
    }

    /// The concepts of expressions whose last word is being typed, where what may come of it expresses few: `point r`
    /// is a relay point, or points received. With the keys of those words.
    pub(crate) fn begun(&self, words: &[Word]) -> Vec<(Mention, String)> {
        let Some((typed, before)) = words.split_last() else {
            return Vec::new();
        };
        let numbers = self.numbers(before);
        let mut found: Vec<(Mention, String)> = Vec::new();
        for at in 0..before.len() {
            self.expressions
                .begun(&numbers, at, &typed.text, |concept, mut words, key| {
                    words.push(before.len());
                    if found.iter().all(|(mention, _)| mention.concept != concept) {
                        found.push((Mention { concept, words }, key.to_owned()));
                    }
                });
        }
        if found.len() > MAX_BEGUN {
            found.clear();
        }
        found
    }

    /// The lexicon with those concepts for which `keep` is true, numbered anew.
    #[must_use]
    pub fn only(&self, keep: impl Fn(ConceptId) -> bool) -> Self {
        let concepts = (0..).zip(&self.concepts);
        let concepts = concepts.filter(|(at, _)| keep(ConceptId(*at)));
        let concepts = concepts.map(|(_, concept)| concept.clone()).collect();
        let mut lexicon = Self {
            concepts,
            ..self.clone()
        };
        lexicon.recognise();
        lexicon
    }

    /// The lines of the lexicon but for concepts, and the bytes of its expressions: what an index carries, beside
    /// its [`Lexicon::words`]. Nobody reads the names of concepts there.
    pub(crate) fn encode(&self) -> (String, [Vec<u8>; 4]) {
        let mut out = String::new();
        let words = |kind: &str, words: &SortedSet<String>| match words.as_slice() {
            [] => String::new(),
            words => [kind, " ", &words.join(" "), "\n"].concat(),
        };
        out += &words("stop", &self.stop);
        for (word, full) in &self.shorthand {
            out.extend(["short ", word, "=", &full.join(" "), "\n"]);
        }
        out += &words("light", &self.light);
        (out, self.expressions.encode())
    }

    /// What [`Lexicon::encode`] wrote, with the same words; `None` where it did not.
    pub(crate) fn decode(
        lang: Lang,
        lines: &str,
        words: Words,
        expressions: [&[u8]; 4],
    ) -> Option<Self> {
        let mut lexicon = Self {
            lang: Some(lang),
            ..Self::default()
        };
        lines.lines().try_for_each(|line| lexicon.add_line(line))?;
        let keys = lexicon.keys(&words);
        lexicon.words = words.into();
        lexicon.expressions = Expressions::decode(keys, expressions)?;
        Some(lexicon)
    }
}

/// See [`Lexicon::key`].
fn key(text: &str, stem: &str, stop: bool) -> String {
    if stop {
        format!("={text}")
    } else {
        stem.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;

    const TEXT: &str = "stop le la\nshort cb=carte bancaire\n# a comment\nconcept refund=remboursement|récupérer mes sous\nconcept parcel=colis\n";

    #[test]
    fn an_expression_is_recognised_while_its_last_word_is_typed() {
        let text = "stop en\nconcept relay=point relais|point retrait\nconcept second=seconde main\nconcept twice=seconde fois|seconde mise\n";
        let many = "concept a=sac ara\nconcept b=sac avo\nconcept c=sac ale\nconcept d=sac aki\n";
        let lexicon = Lexicon::parse(&[text, many].concat()).unwrap();
        let check = |typed: &str, expected: &[(&str, &[usize])]| {
            let analysed = analyse(typed, Lang::Fr, &lexicon);
            let begun = lexicon.begun(&analysed.words);
            let named: Vec<(&str, &[usize])> = begun
                .iter()
                .map(|(mention, _)| (lexicon.name(mention.concept), &*mention.words))
                .collect();
            assert_eq!(named, expected, "{typed}");
        };
        check("point r", &[("relay", &[0, 1])]);
        check("livré en point rel", &[("relay", &[2, 3])]);
        check("seconde ma", &[("second", &[0, 1])]);
        check("seconde m", &[("second", &[0, 1]), ("twice", &[0, 1])]);
        // Not begun; one word alone; a word between; too many to guess.
        for none in ["point x", "point", "point de r", "sac a"] {
            check(none, &[]);
        }
    }

    #[test]
    fn what_is_encoded_reads_back_alike() {
        let lexicon = Lexicon::parse(TEXT).unwrap();
        let (lines, expressions) = lexicon.encode();
        let parts = expressions.each_ref().map(Vec::as_slice);
        let words = lexicon.words().words().clone();
        let back = Lexicon::decode(Lang::Fr, &lines, words, parts).unwrap();
        assert_eq!(back.encode(), (lines.clone(), expressions.clone()));
        let mentions = |lexicon: &Lexicon| {
            analyse("récupérer tous mes sous, cb, le colis", Lang::Fr, lexicon).mentions
        };
        assert_eq!(mentions(&back), mentions(&lexicon));
        assert_eq!(mentions(&back).len(), 2);
        assert_eq!(back.example(ConceptId(1)), "colis");
        // Without a word that an expression has.
        let fewer = ["colis"].into_iter().collect();
        assert!(Lexicon::decode(Lang::Fr, &lines, fewer, parts).is_none());
    }

    #[test]
    fn a_lexicon_is_cut_to_some_concepts() {
        let lexicon = Lexicon::parse(TEXT).unwrap();
        let only_parcel = lexicon.only(|id| lexicon.name(id) == "parcel");
        let words: Vec<&str> = only_parcel.words().words().iter().collect();
        assert_eq!(
            (only_parcel.name(ConceptId(0)), words),
            ("parcel", vec!["colis"])
        );
    }

    #[test]
    fn expressions_are_cut_as_texts_are() {
        let lexicon =
            Lexicon::parse("concept instalments=3x|l'option a\nconcept soon=24h").unwrap();
        for (text, concept) in [
            ("payer en 3x", "instalments"),
            ("3 x", "instalments"),
            ("l’option a", "instalments"),
            ("sous 24 h", "soon"),
        ] {
            let analysed = analyse(text, Lang::Fr, &lexicon);
            let named: Vec<_> = analysed
                .mentions
                .iter()
                .map(|mention| lexicon.name(mention.concept))
                .collect();
            assert_eq!(named, [concept], "{text}");
        }
    }

    #[test]
    fn a_bad_line_is_named_with_its_number() {
        let error = Lexicon::parse("stop le\nsynonym a=b").unwrap_err();
        assert_eq!(error.line, 2);
    }
}
