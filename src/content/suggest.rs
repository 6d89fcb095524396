//! What the log proposes for the content, for the owner to accept: other ways an entry is
//! asked, and questions nothing answers.
//!
//! ```text
//! visit:   searched "il est où mon truc"     declined, or its answer was not among the first three
//!          searched "suivi colis"            → opened faq/ou-est-mon-colis → confirmed
//! so:      "il est où mon truc" is another way to ask faq/ou-est-mon-colis
//!
//! visit:   searched "vous louez des tentes"  declined, nothing confirmed afterwards
//! so:      unanswered, grouped with what means the same
//! ```
//!
//! A visit speaks once for each of its texts. Silence proposes nothing.

use crate::faq::Entry;
use crate::site::LocaleContent;
use guichet_domain::event::{Event, RandomId, What};
use guichet_domain::lang::Lang;
use guichet_search::analysis::analyse;
use guichet_search::fold::fold;
use guichet_search::{Index, Lexicon};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Results a shopper sees without effort.
pub(crate) const SEEN: usize = 3;
/// Unanswered texts that are compared, the most frequent ones: each with the groups before it.
const MAX_TEXTS: usize = 3_000;
/// Share of their terms two texts must have in common to mean the same.
const SAME_MEANING: f64 = 0.5;

/// A text and how many visits typed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Phrasing {
    /// As typed, scrubbed.
    pub text: String,
    /// Visits.
    pub visits: usize,
}

/// Another way an entry is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AskedAs {
    /// The entry that was confirmed in the end.
    pub entry: String,
    /// Its question.
    pub question: String,
    /// The words that did not lead there.
    pub phrasings: Vec<Phrasing>,
}

/// Questions of one meaning that nothing answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unanswered {
    /// The words, the most frequent first.
    pub phrasings: Vec<Phrasing>,
    /// Visits, all phrasings together.
    pub visits: usize,
    /// The document search came nearest to.
    pub nearest: Option<String>,
}

/// All that the log proposes for one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Suggestions {
    /// By entry.
    pub asked_as: Vec<AskedAs>,
    /// The most frequent first.
    pub unanswered: Vec<Unanswered>,
}

/// What suggestions are made from.
pub struct Sources<'a> {
    /// Whose words.
    pub lang: Lang,
    /// The content as it is.
    pub content: &'a LocaleContent,
    /// Ids of its rows.
    pub ids: &'a [String],
    /// The index as it is.
    pub index: &'a Index,
    /// What is known of the language.
    pub lexicon: &'a Lexicon,
}

/// Texts, by their folded form, as first typed and by how many visits.
type Texts<K> = BTreeMap<K, (String, usize)>;

/// Reads suggestions out of a log; texts of fewer than `at_least` visits stay out.
pub fn suggest(events: &[Event], from: &Sources<'_>, at_least: usize) -> Suggestions {
    let mut visits: BTreeMap<RandomId, Vec<Event>> = BTreeMap::new();
    for event in events {
        visits.entry(event.visit).or_default().push(event.clone());
    }
    let mut listener = Listener::new(from.lang);
    for visit in visits.values_mut() {
        visit.sort_by_key(|event| event.at);
        listener.add(visit);
    }
    listener.suggest(from, at_least)
}

/// Listens to a log visit by visit, for logs too long to hold: it keeps the texts, not the events.
#[derive(Debug)]
pub struct Listener {
    lang: Lang,
    rephrased: Texts<(String, String)>,
    unanswered: Texts<String>,
}

impl Listener {
    /// Listens to those who speak `lang`.
    pub fn new(lang: Lang) -> Self {
        Self {
            lang,
            rephrased: BTreeMap::new(),
            unanswered: BTreeMap::new(),
        }
    }

    /// Adds one visit: all its events, in the order they happened.
    pub fn add(&mut self, visit: &[Event]) {
        if visit.first().is_none_or(|event| event.locale != self.lang) {
            return;
        }
        let told = tell(visit);
        for (entry, text) in told.rephrased {
            let key = (entry, fold(&text));
            self.rephrased.entry(key).or_insert((text, 0)).1 += 1;
        }
        for text in told.unanswered {
            self.unanswered.entry(fold(&text)).or_insert((text, 0)).1 += 1;
        }
    }

    /// What it all proposes; texts of fewer than `at_least` visits stay out.
    pub fn suggest(self, from: &Sources<'_>, at_least: usize) -> Suggestions {
        Suggestions {
            asked_as: asked_as(self.rephrased, from, at_least),
            unanswered: group(self.unanswered, from, at_least),
        }
    }
}

/// What one visit tells; each text once.
#[derive(Default)]
struct Told {
    rephrased: BTreeSet<(String, String)>,
    unanswered: BTreeSet<String>,
}

fn tell(visit: &[Event]) -> Told {
    let mut told = Told::default();
    // Searches since the last confirmed answer: text, what was seen of it, whether declined.
    let mut open: Vec<(&str, &[String], bool)> = Vec::new();
    for event in visit {
        match &event.what {
            What::Searched {
                query,
                results,
                declined,
            } => open.push((query, &results[..results.len().min(SEEN)], *declined)),
            What::Confirmed { document } => {
                for (text, seen, declined) in open.drain(..) {
                    if declined || !seen.contains(document) {
                        told.rephrased.insert((document.clone(), text.to_owned()));
                    }
                }
            }
            _ => {}
        }
    }
    let declined = open.into_iter().filter(|(_, _, declined)| *declined);
    told.unanswered
        .extend(declined.map(|(text, _, _)| text.to_owned()));
    told
}

fn asked_as(
    rephrased: BTreeMap<(String, String), (String, usize)>,
    from: &Sources<'_>,
    at_least: usize,
) -> Vec<AskedAs> {
    let mut by_entry: BTreeMap<String, Vec<Phrasing>> = BTreeMap::new();
    for ((entry, _), (text, visits)) in rephrased {
        let Some(own) = from
            .content
            .entries
            .iter()
            .find(|own| own.entry.id == entry)
        else {
            continue;
        };
        let known = ways(own).any(|known| known == way(&text));
        if visits >= at_least && !known {
            by_entry
                .entry(entry)
                .or_default()
                .push(Phrasing { text, visits });
        }
    }
    let mut out: Vec<AskedAs> = by_entry
        .into_iter()
        .map(|(entry, mut phrasings)| {
            phrasings.sort_by(|a, b| b.visits.cmp(&a.visits).then(a.text.cmp(&b.text)));
            let own = from
                .content
                .entries
                .iter()
                .find(|own| own.entry.id == entry);
            AskedAs {
                question: own.map_or(String::new(), |own| own.entry.question.clone()),
                entry,
                phrasings,
            }
        })
        .collect();
    let visits = |one: &AskedAs| one.phrasings.iter().map(|phrasing| phrasing.visits).sum();
    out.sort_by_key(|one| std::cmp::Reverse::<usize>(visits(one)));
    out
}

/// Groups texts of one meaning, the most frequent text leading each group. Texts that an entry has by
/// now are answered.
fn group(texts: Texts<String>, from: &Sources<'_>, at_least: usize) -> Vec<Unanswered> {
    let known: BTreeSet<String> = from.content.entries.iter().flat_map(ways).collect();
    let texts = texts.into_values();
    let mut texts: Vec<(String, usize)> = texts
        .filter(|(text, _)| !known.contains(&way(text)))
        .collect();
    texts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    texts.truncate(MAX_TEXTS);
    let mut groups: Vec<(BTreeSet<String>, Unanswered)> = Vec::new();
    for (text, visits) in texts {
        let terms = terms(&text, from);
        if terms.is_empty() {
            continue;
        }
        let phrasing = Phrasing { text, visits };
        let same = groups.iter_mut().find(|(own, _)| {
            let common = own.intersection(&terms).count() as f64;
            common / own.union(&terms).count() as f64 >= SAME_MEANING
        });
        if let Some((_, group)) = same {
            group.visits += visits;
            group.phrasings.push(phrasing);
        } else {
            let hits = from.index.search(&phrasing.text, 1).hits;
            let nearest = hits.first().and_then(|hit| from.ids.get(hit.row as usize));
            let group = Unanswered {
                visits,
                nearest: nearest.cloned(),
                phrasings: vec![phrasing],
            };
            groups.push((terms, group));
        }
    }
    let mut out: Vec<Unanswered> = groups
        .into_iter()
        .map(|(_, group)| group)
        .filter(|group| group.visits >= at_least)
        .collect();
    out.sort_by_key(|group| std::cmp::Reverse(group.visits));
    out
}

/// The ways an entry is asked: its question, and what stands in `asked`; folded.
fn ways(entry: &Entry) -> impl Iterator<Item = String> {
    let question = std::iter::once(&entry.entry.question);
    question.chain(&entry.asked).map(|text| way(text))
}

/// A way of asking, so that two who write it with other accents, capitals or a question mark are alike.
pub(crate) fn way(text: &str) -> String {
    fold(text.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// What a text is about: its concepts, and the stems of words that none stands for.
fn terms(text: &str, from: &Sources<'_>) -> BTreeSet<String> {
    let analysed = analyse(text, from.lang, from.lexicon);
    let expressed: BTreeSet<usize> = analysed
        .mentions
        .iter()
        .flat_map(|mention| mention.words.iter().copied())
        .collect();
    let concepts = analysed
        .mentions
        .iter()
        .map(|mention| format!("*{}", from.lexicon.name(mention.concept)));
    let words = analysed.words.iter().enumerate().filter(|(at, word)| {
        !word.stop && !expressed.contains(at) && !from.lexicon.is_light(&word.text)
    });
    concepts
        .chain(words.map(|(_, word)| word.stem.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use guichet_domain::zone::Timestamp;

    fn event(visit: u128, at: i64, what: What) -> Event {
        Event {
            id: RandomId(visit * 100 + u128::try_from(at).unwrap()),
            visit: RandomId(visit),
            at: Timestamp(at),
            locale: Lang::Fr,
            what,
        }
    }

    fn searched(visit: u128, at: i64, query: &str, results: &[&str], declined: bool) -> Event {
        let results = results.iter().map(ToString::to_string).collect();
        let query = query.to_owned();
        event(
            visit,
            at,
            What::Searched {
                query,
                results,
                declined,
            },
        )
    }

    fn confirmed(visit: u128, at: i64, document: &str) -> Event {
        let document = document.to_owned();
        event(visit, at, What::Confirmed { document })
    }

    #[test]
    fn words_that_did_not_lead_to_the_confirmed_answer_are_another_way_to_ask_it() {
        let (early, late) = (
            searched(1, 1, "il est où mon truc", &["faq/b"], false),
            searched(1, 2, "suivi colis", &["faq/a"], false),
        );
        let end = confirmed(1, 3, "faq/a");
        let told = tell(&[early, late, end]);
        assert_eq!(
            told.rephrased.into_iter().collect::<Vec<_>>(),
            [("faq/a".to_owned(), "il est où mon truc".to_owned())]
        );
        assert!(told.unanswered.is_empty());
    }

    #[test]
    fn only_declined_searches_without_a_confirmed_answer_are_unanswered() {
        let declined = searched(1, 1, "vous louez des tentes", &[], true);
        let answered = searched(1, 2, "suivi colis", &["faq/a"], false);
        let told = tell(&[declined, answered]);
        assert_eq!(
            told.unanswered.into_iter().collect::<Vec<_>>(),
            ["vous louez des tentes"]
        );
    }

    #[test]
    fn texts_of_one_meaning_are_one_group_counted_by_visit() {
        let lexicon = Lexicon::parse(
            "stop vous des les\nconcept rent=louer|louez|location\nconcept tent=tente",
        )
        .unwrap();
        let bytes = guichet_search::write(Lang::Fr, &[], &lexicon).unwrap();
        let content = LocaleContent::default();
        let from = Sources {
            lang: Lang::Fr,
            content: &content,
            ids: &[],
            index: &Index::open("index", &bytes).unwrap(),
            lexicon: &lexicon,
        };
        let events = [
            searched(1, 1, "vous louez des tentes", &[], true),
            searched(1, 2, "vous louez des tentes", &[], true),
            searched(2, 1, "location tente", &[], true),
            searched(3, 1, "Location tente", &[], true),
            searched(4, 1, "horaires", &[], true),
        ];
        let found = suggest(&events, &from, 2).unanswered;
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].visits, 3);
        assert_eq!(found[0].phrasings[0].visits, 2);
    }
}
