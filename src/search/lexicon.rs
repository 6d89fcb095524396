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
use crate::fold::fold;
use crate::intents::Intents;
use crate::sorted::{SortedSet, with_key};
use crate::stem::stem;
use guichet_domain::lang::Lang;
use guichet_domain::letters::is_alphanumeric;

/// Index of a concept within its lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptId(pub u16);

/// Most words that may stand between two words of an expression.
const MAX_GAP: usize = 2;

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
    concepts: Vec<Concept>,
    /// Every word of every expression, folded.
    words: SortedSet<String>,
    /// Their keys.
    keys: Vec<String>,
    /// By the key of their first word, the longest first.
    expressions: Vec<Expression>,
    /// How strongly words speak for what is meant.
    pub(crate) intents: Intents,
}

#[derive(Clone, Debug)]
struct Concept {
    name: String,
    /// As written, for `encode`.
    expressions: Vec<String>,
}

#[derive(Clone, Debug)]
struct Expression {
    /// Key of the first word.
    first: String,
    /// Keys behind it.
    rest: Vec<String>,
    concept: ConceptId,
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
            lexicon.add_line(line).ok_or_else(|| LexiconError {
                line: number,
                text: line.chars().take(80).collect(),
            })?;
        }
        lexicon.recognise();
        Ok(lexicon)
    }

    fn add_line(&mut self, line: &str) -> Option<()> {
        let (kind, rest) = line.split_once(' ')?;
        match kind {
            "stop" => self.stop.extend(rest.split_whitespace().map(fold)),
            "light" => {
                self.light.extend(rest.split_whitespace().map(fold));
            }
            "short" => {
                let (word, full) = rest.split_once('=')?;
                let (word, full) = (
                    fold(word.trim()),
                    full.split_whitespace().map(fold).collect(),
                );
                let at = with_key(&self.shorthand, &word, |(own, _)| own);
                self.shorthand.splice(at, [(word, full)]);
            }
            "concept" => {
                let (name, expressions) = rest.split_once('=')?;
                let id = self.concept(name.trim())?;
                for expression in expressions.split('|').map(str::trim) {
                    self.add_expression(id, expression)?;
                }
            }
            _ => return None,
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
        id(at)
    }

    fn add_expression(&mut self, concept: ConceptId, expression: &str) -> Option<()> {
        let folded = fold(expression);
        folded.chars().any(is_alphanumeric).then_some(())?;
        self.concepts[usize::from(concept.0)]
            .expressions
            .push(folded);
        Some(())
    }

    /// Lays the expressions out by what begins them; stop words have to be known by now.
    fn recognise(&mut self) {
        let lang = self.lang.unwrap_or(Lang::Fr);
        let concepts = (0..).zip(&self.concepts);
        let expressions = concepts.flat_map(|(at, concept)| {
            let expressions = concept.expressions.iter();
            expressions.map(move |expression| (ConceptId(at), expression))
        });
        // Cut as texts are: `3x` is two words here and there.
        let cut = |expression| split(expression, lang).into_iter().map(|(word, ..)| word);
        let cut: Vec<(ConceptId, Vec<String>)> = expressions
            .map(|(concept, expression)| (concept, cut(expression).collect()))
            .collect();
        let words = cut.iter().flat_map(|(_, words)| words);
        let words: SortedSet<&str> = words.map(String::as_str).collect();
        self.words = words.into_iter().map(str::to_owned).collect();
        // Most words are in many expressions: a key is made once.
        let words = self.words.as_slice().iter();
        self.keys = words
            .map(|word| self.key(word, &stem(word, lang)))
            .collect();
        let mut expressions: Vec<Expression> = Vec::new();
        for (concept, words) in cut {
            let mut keys = words.iter().filter_map(|word| {
                let at = self.words.find(&**word)?;
                Some(self.keys[at].clone())
            });
            if let Some(first) = keys.next() {
                let rest = keys.collect();
                expressions.push(Expression {
                    first,
                    rest,
                    concept,
                });
            }
        }
        // Of equal length, as they were written.
        expressions.sort_by(|a, b| a.first.cmp(&b.first).then(b.rest.len().cmp(&a.rest.len())));
        self.expressions = expressions;
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

    /// The keys of all words that a reader of an index knows anyhow: the lexicon's own, and those of the index, each
    /// with its stem.
    pub(crate) fn known<'a>(
        &self,
        words: impl Iterator<Item = (&'a str, impl AsRef<str>)>,
    ) -> SortedSet<String> {
        let theirs = words.map(|(word, stem)| self.key(word, stem.as_ref()));
        self.keys.iter().cloned().chain(theirs).collect()
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
    pub fn words(&self) -> &SortedSet<String> {
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

    /// The expression that stands for a concept where people read of it: its first.
    pub fn example(&self, concept: ConceptId) -> &str {
        let first = self.concepts[usize::from(concept.0)].expressions.first();
        first.map_or("", String::as_str)
    }

    /// The name of a concept: of a lexicon that came with an index, its number.
    pub fn name(&self, concept: ConceptId) -> &str {
        &self.concepts[usize::from(concept.0)].name
    }

    fn beginning_with(&self, word: &Word) -> &[Expression] {
        let key = key(&word.text, &word.stem, word.stop);
        &self.expressions[with_key(&self.expressions, &key, |own| &own.first)]
    }

    /// The concepts that words express; each concept once at each first word, by its longest expression.
    pub fn mentions(&self, words: &[Word]) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let first_here = mentions.len();
            for expression in self.beginning_with(word) {
                let known = mentions[first_here..]
                    .iter()
                    .any(|m| m.concept == expression.concept);
                if known {
                    continue;
                }
                if let Some(matched) = match_rest(words, at, &expression.rest) {
                    mentions.push(Mention {
                        concept: expression.concept,
                        words: matched,
                    });
                }
            }
        }
        mentions
    }

    /// The concept of an expression whose last word is being typed, where all that may come of it express the same:
    /// `point r` is a relay point.
    pub(crate) fn begun(&self, words: &[Word]) -> Option<Mention> {
        let (typed, before) = words.split_last()?;
        let mut found: Option<Mention> = None;
        for (at, word) in before.iter().enumerate() {
            for Expression { rest, concept, .. } in self.beginning_with(word) {
                let Some((last, rest)) = rest.split_last() else {
                    continue;
                };
                let mut own = match_rest(before, at, rest).unwrap_or_default();
                // What is half typed is a guess already: nothing may stand before it.
                if own.last() != Some(&(before.len() - 1)) || !last.starts_with(&*typed.text) {
                    continue;
                }
                own.push(before.len());
                if found
                    .as_ref()
                    .is_some_and(|other| other.concept != *concept)
                {
                    return None;
                }
                found.get_or_insert(Mention {
                    concept: *concept,
                    words: own,
                });
            }
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

    /// The lines of the lexicon, to be read back by [`Lexicon::parse_for`] with the same numbers.
    /// Concepts are named by them: a shopper would download names for nobody to read.
    pub fn encode(&self) -> String {
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
        for (number, concept) in self.concepts.iter().enumerate() {
            let expressions = concept.expressions.join("|");
            out.extend(["concept ", &format!("{number:x}"), "=", &expressions, "\n"]);
        }
        out
    }
}

fn id(at: usize) -> Option<ConceptId> {
    u16::try_from(at).ok().map(ConceptId)
}

/// See [`Lexicon::key`].
fn key(text: &str, stem: &str, stop: bool) -> String {
    if stop {
        format!("={text}")
    } else {
        stem.to_owned()
    }
}

/// The indices of the words that continue an expression behind `at`, stepping over a few others.
fn match_rest(words: &[Word], at: usize, rest: &[String]) -> Option<Vec<usize>> {
    let mut matched = vec![at];
    let mut next = at + 1;
    for stem in rest {
        let mut gap = 0;
        loop {
            let word = words.get(next)?;
            next += 1;
            if key(&word.text, &word.stem, word.stop) == *stem {
                matched.push(next - 1);
                break;
            }
            gap += 1;
            if gap > MAX_GAP {
                return None;
            }
        }
    }
    Some(matched)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "stop le la\nshort cb=carte bancaire\n# a comment\nconcept refund=remboursement|récupérer mes sous\nconcept parcel=colis\n";

    #[test]
    fn an_expression_is_recognised_while_its_last_word_is_typed() {
        let text = "stop en\nconcept relay=point relais|point retrait\nconcept second=seconde main\nconcept twice=seconde fois|seconde mise\n";
        let lexicon = Lexicon::parse(text).unwrap();
        let begun = |typed: &str| {
            let analysed = crate::analysis::analyse(typed, Lang::Fr, &lexicon);
            let mention = lexicon.begun(&analysed.words)?;
            Some((lexicon.name(mention.concept).to_owned(), mention.words))
        };
        let relay = |words: &[usize]| Some(("relay".to_owned(), words.to_vec()));
        assert_eq!(begun("point r"), relay(&[0, 1]));
        assert_eq!(begun("livré en point rel"), relay(&[2, 3]));
        assert_eq!(begun("seconde ma"), Some(("second".into(), vec![0, 1])));
        // `main` or `mise`; not begun; one word alone; a word between.
        for other in ["seconde m", "point x", "point", "point de r"] {
            assert_eq!(begun(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_encoded_reads_back_alike() {
        let lexicon = Lexicon::parse(TEXT).unwrap();
        let encoded = lexicon.encode();
        assert_eq!(Lexicon::parse(&encoded).unwrap().encode(), encoded);
        let only_parcel = lexicon.only(|id| lexicon.name(id) == "parcel").encode();
        assert!(!only_parcel.contains("remboursement") && only_parcel.contains("concept 0=colis"));
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
            let analysed = crate::analysis::analyse(text, Lang::Fr, &lexicon);
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
