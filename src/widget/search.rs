//! From what is typed to what is listed: asks the engine, cuts excerpts, marks the words
//! that match, and logs a query once it comes to rest. Ranking is the engine's.

use crate::dom::Timer;
use crate::engine::{Engine, Results};
use crate::loading::Load;
use crate::state::{App, Screen};
use crate::views::citation;
use guichet_bundle::pack::Pack;
use guichet_domain::document::Document;
use guichet_domain::event::{MAX_RESULTS, MAX_TEXT_CHARS, What};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The search field.
const FIELD: &str = "#question";

/// A query that has not changed for this long has come to rest.
const REST_MS: i32 = 900;
/// Rows asked of the engine.
const ROWS: u32 = 12;
/// Most answers, and most clauses, in the list.
const PER_GROUP: usize = 5;
/// How many queries are remembered while the page lives.
const RECENT: usize = 3;
/// Most entries shown as "perhaps" when nothing answers.
const PERHAPS: usize = 3;
/// Length of an excerpt: about two lines of the list.
const EXCERPT_CHARS: u32 = 140;

/// What is listed for a query.
#[derive(Clone, Default)]
pub(crate) struct Outcome {
    /// The query it answers; empty where nothing is asked.
    pub(crate) query: String,
    /// How far the search is.
    pub(crate) stage: Stage,
    /// In the order shown; the groups follow each other.
    pub(crate) hits: Vec<Hit>,
    /// Ids, best first, as logged.
    ids: Vec<String>,
    /// The query, as logged.
    told: String,
    /// Nothing answers exactly: the hits are only "perhaps".
    pub(crate) declined: bool,
    /// The query, the words that were understood marked; only where it was declined.
    pub(crate) understood: Vec<Piece>,
    /// What the best answer is about: it decides who is asked.
    pub(crate) category: Option<String>,
}

/// How far a search is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Nothing is asked.
    #[default]
    Idle,
    /// Asked before the engine is there.
    Waiting,
    /// The engine did not come.
    Failed,
    /// Answered.
    Done,
}

/// A line of the list.
#[derive(Clone)]
pub(crate) struct Hit {
    /// The document's id.
    pub(crate) id: String,
    /// Whether it is a clause of the terms.
    pub(crate) is_clause: bool,
    /// The clause's number; empty for answers.
    pub(crate) number: String,
    /// Its title.
    pub(crate) title: Vec<Piece>,
    /// Where in it the query is answered.
    pub(crate) excerpt: Vec<Piece>,
}

/// A run of text that matches the query or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The text.
    pub(crate) text: String,
    /// Whether it matches.
    pub(crate) marked: bool,
}

/// The shopper typed.
pub(crate) fn typed(app: App, query: String) {
    app.query.set(query);
    app.active.set(None);
    // In a task of its own, so that the letter itself is shown without waiting; of several that wait, once.
    app.due.replace(Some(Timer::after(0, move || {
        app.due.take();
        run(app);
    })));
    app.rest
        .replace(Some(Timer::after(REST_MS, move || settle(app))));
}

/// Searches now what waits to be searched: a key acts on the list.
pub(crate) fn catch_up(app: App) {
    if app.due.take().is_some() {
        run(app);
    }
}

/// Puts a question into the field of a shown home, and searches it.
pub(crate) fn ask(app: App, query: String) {
    app.go_home();
    if let Some(input) = app.find(FIELD)
        && let Some(input) = input.dyn_ref::<HtmlInputElement>()
    {
        input.set_value(&query);
    }
    typed(app, query);
    app.focus(FIELD);
}

/// The shopper pressed Enter with no line chosen: the query is at rest, its first line is
/// offered to a second Enter, and a touch keyboard gives way to the results.
pub(crate) fn submit(app: App) {
    settle(app);
    let has_hits = app
        .outcome
        .with_untracked(|outcome| !outcome.hits.is_empty());
    if has_hits {
        app.active.set(Some(0));
        app.put_keyboard_away();
    }
}

/// The query came to rest: it is announced, and logged.
fn settle(app: App) {
    let outcome = app.outcome.get_untracked();
    if outcome.stage == Stage::Done {
        app.announcement.set(app.texts.results(outcome.hits.len()));
    }
    log(app);
}

/// Searches what stands in the field, as far as the engine is there.
pub(crate) fn run(app: App) {
    let query = app.query.get_untracked().trim().to_owned();
    if query.is_empty() {
        // Home is drawn anew when this is set: not while it stands, or the focus in it is lost.
        if app
            .outcome
            .with_untracked(|outcome| outcome.stage != Stage::Idle)
        {
            app.outcome.set(Outcome::default());
        }
        return;
    }
    let outcome = match (app.engine.get_untracked(), app.content.get_untracked()) {
        (Load::Ready(engine), Load::Ready(pack)) => (pack.later.find)(app, &engine, &pack, query),
        (Load::Failed, _) | (_, Load::Failed) => Outcome {
            query,
            stage: Stage::Failed,
            ..Outcome::default()
        },
        _ => Outcome {
            query,
            stage: Stage::Waiting,
            ..Outcome::default()
        },
    };
    app.outcome.set(outcome);
}

/// The shopper chose a line of the list.
pub(crate) fn choose(app: App, id: &str) {
    log(app);
    let outcome = app.outcome.get_untracked();
    if let Some(hit) = outcome.hits.iter().find(|hit| hit.id == id) {
        let id = hit.id.clone();
        app.show(if hit.is_clause {
            Screen::Clause(id)
        } else {
            Screen::Answer(id)
        });
    }
}

/// Logs the query on screen, once.
fn log(app: App) {
    let outcome = app.outcome.get_untracked();
    if outcome.stage != Stage::Done || *app.logged.borrow() == outcome.query {
        return;
    }
    app.logged.replace(outcome.query.clone());
    let mut recent = app.recent.borrow_mut();
    recent.retain(|own| *own != outcome.query);
    recent.insert(0, outcome.query.clone());
    recent.truncate(RECENT);
    drop(recent);
    app.record(What::Searched {
        query: outcome.told,
        results: outcome.ids,
        declined: outcome.declined,
    });
}

/// What the engine finds, ready to be listed.
pub(crate) fn find(app: App, engine: &Engine, pack: &Pack, query: String) -> Outcome {
    let results = engine.search(&query, ROWS);
    let declined = results.declined();
    let today = app.now.get_untracked().date;
    let documents: Vec<&Document> = results
        .rows()
        .into_iter()
        .filter_map(|row| pack.documents.get(row as usize))
        .filter(|document| match document {
            Document::Faq(entry) => entry.valid.contains(today),
            Document::Clause(_) => true,
        })
        .collect();
    let ids = documents
        .iter()
        .take(MAX_RESULTS)
        .map(|document| document.id().to_owned())
        .collect();
    let hit = |document: &&Document| describe(&results, document);
    let hits = if declined {
        documents.iter().take(PERHAPS).map(hit).collect()
    } else {
        let is_clause = |document: &&&Document| matches!(document, Document::Clause(_));
        let clause_first = documents.first().as_ref().is_some_and(is_clause);
        let group = |clauses: bool| {
            let of_group = documents.iter().filter(move |it| is_clause(it) == clauses);
            of_group.take(PER_GROUP).map(hit)
        };
        group(clause_first).chain(group(!clause_first)).collect()
    };
    let understood = if declined {
        pieces(&query, &results.excerpt(&query, u32::MAX))
    } else {
        Vec::new()
    };
    results.free();
    let category = documents.iter().find_map(|document| match document {
        Document::Faq(entry) if !declined => Some(entry.category.clone()),
        _ => None,
    });
    Outcome {
        stage: Stage::Done,
        hits,
        ids,
        declined,
        understood,
        category,
        told: app.manifest.site.text.keep(&query, MAX_TEXT_CHARS),
        query,
    }
}

fn describe(results: &Results, document: &Document) -> Hit {
    let (is_clause, number, body) = match document {
        Document::Faq(entry) => (false, "", entry.short.clone()),
        Document::Clause(clause) => {
            let lead = clause.lead.as_deref().unwrap_or_default();
            let body = [lead, " ", &clause.text].concat();
            let number = citation::label(&clause.number, &clause.id).unwrap_or_default();
            (true, number, body.trim().replace('\n', " "))
        }
    };
    let title = match document {
        Document::Faq(entry) => &entry.question,
        Document::Clause(clause) => citation::title(clause),
    };
    Hit {
        id: document.id().to_owned(),
        is_clause,
        number: number.to_owned(),
        title: pieces(title, &results.excerpt(title, u32::MAX)),
        excerpt: pieces(&body, &results.excerpt(&body, EXCERPT_CHARS)),
    }
}

/// Cuts `text` as flat pairs `[start, end)` of UTF-16 units say: the first is of the part to show, with an ellipsis
/// where something is left out, the others of the words in it that match. Pairs out of order or out of the part are
/// left unmarked.
fn pieces(text: &str, pairs: &[u32]) -> Vec<Piece> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut pairs = pairs
        .chunks_exact(2)
        .map(|pair| pair[0] as usize..pair[1] as usize);
    let part = pairs
        .next()
        .filter(|part| units.get(part.clone()).is_some());
    let part = part.unwrap_or(0..units.len());
    let mut pieces = Vec::new();
    let mut push = |text: String, marked| {
        if !text.is_empty() {
            pieces.push(Piece { text, marked });
        }
    };
    let words = |from: usize, until: usize| String::from_utf16_lossy(&units[from..until]);
    let left_out = |is: bool, ellipsis: &str| if is { ellipsis } else { "" }.to_owned();
    push(left_out(part.start > 0, "… "), false);
    let mut at = part.start;
    for pair in pairs {
        if pair.start < at || pair.is_empty() || pair.end > part.end {
            continue;
        }
        push(words(at, pair.start), false);
        push(words(pair.start, pair.end), true);
        at = pair.end;
    }
    push(words(at, part.end), false);
    push(left_out(part.end < units.len(), " …"), false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_pieces(text: &str, passages: &[u32], expected: &[&str]) {
        let shown: Vec<String> = pieces(text, passages)
            .into_iter()
            .map(|piece| {
                if piece.marked {
                    format!("[{}]", piece.text)
                } else {
                    piece.text
                }
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn matching_words_are_marked_in_place() {
        check_pieces(
            "Où est mon colis ?",
            &[0, 18, 11, 16],
            &["Où est mon ", "[colis]", " ?"],
        );
        check_pieces("colis", &[0, 5, 0, 5], &["[colis]"]);
        check_pieces("rien", &[0, 4], &["rien"]);
    }

    #[test]
    fn units_are_counted_as_javascript_counts_them() {
        check_pieces("📦 colis", &[0, 8, 3, 8], &["📦 ", "[colis]"]);
    }

    #[test]
    fn passages_that_make_no_sense_leave_the_text_whole() {
        check_pieces("colis", &[0, 5, 3, 1, 2, 90], &["colis"]);
        check_pieces("un colis", &[0, 8, 3, 8, 0, 2], &["un ", "[colis]"]);
        check_pieces("un colis", &[5, 9], &["un colis"]);
        check_pieces("un colis", &[5, 3], &["un colis"]);
        check_pieces("un colis", &[], &["un colis"]);
    }

    #[test]
    fn an_excerpt_says_where_text_is_left_out() {
        let text = "un deux trois";
        check_pieces(text, &[3, 7], &["… ", "deux", " …"]);
        check_pieces(text, &[3, 7, 3, 7], &["… ", "[deux]", " …"]);
        check_pieces(text, &[0, 7, 3, 7, 8, 13], &["un ", "[deux]", " …"]);
    }
}
