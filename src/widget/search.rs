//! From what is typed to what is listed: asks the engine, cuts excerpts, marks the words
//! that match, and logs a query once it comes to rest. Ranking is the engine's.

use crate::dom::Timer;
use crate::engine::Engine;
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
    run(app);
    app.rest
        .replace(Some(Timer::after(REST_MS, move || settle(app))));
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
    let hit = |document: &&Document| describe(engine, &query, document);
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
        pieces(&query, &engine.passages(&query, &query))
    } else {
        Vec::new()
    };
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

fn describe(engine: &Engine, query: &str, document: &Document) -> Hit {
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
    let part = excerpt(&body, &engine.excerpt(query, &body, EXCERPT_CHARS));
    Hit {
        id: document.id().to_owned(),
        is_clause,
        number: number.to_owned(),
        title: pieces(title, &engine.passages(query, title)),
        excerpt: pieces(&part, &engine.passages(query, &part)),
    }
}

/// The part of `text` at `[start, end)`, with an ellipsis where something is left out.
fn excerpt(text: &str, range: &[u32]) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let &[start, end] = range else {
        return text.to_owned();
    };
    let (start, end) = (start as usize, (end as usize).min(units.len()));
    let Some(part) = units.get(start..end) else {
        return text.to_owned();
    };
    let part = String::from_utf16_lossy(part);
    let before = if start > 0 { "… " } else { "" };
    let after = if end < units.len() { " …" } else { "" };
    [before, part.trim(), after].concat()
}

/// Cuts `text` at the flat pairs `[start, end)` of UTF-16 units that match. Pairs out of
/// order or out of the text are left unmarked.
fn pieces(text: &str, passages: &[u32]) -> Vec<Piece> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut push = |from: usize, until: usize, marked| {
        if let Some(part) = units.get(from..until)
            && !part.is_empty()
        {
            let text = String::from_utf16_lossy(part);
            pieces.push(Piece { text, marked });
        }
    };
    for pair in passages.chunks_exact(2) {
        let (start, end) = (pair[0] as usize, pair[1] as usize);
        if start < at || end <= start || end > units.len() {
            continue;
        }
        push(at, start, false);
        push(start, end, true);
        at = end;
    }
    push(at, units.len(), false);
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
            &[11, 16],
            &["Où est mon ", "[colis]", " ?"],
        );
        check_pieces("colis", &[0, 5], &["[colis]"]);
        check_pieces("rien", &[], &["rien"]);
    }

    #[test]
    fn units_are_counted_as_javascript_counts_them() {
        check_pieces("📦 colis", &[3, 8], &["📦 ", "[colis]"]);
    }

    #[test]
    fn passages_that_make_no_sense_leave_the_text_whole() {
        check_pieces("colis", &[3, 1, 2, 90], &["colis"]);
        check_pieces("un colis", &[3, 8, 0, 2], &["un ", "[colis]"]);
    }

    #[test]
    fn an_excerpt_says_where_text_is_left_out() {
        assert_eq!(excerpt("un deux trois", &[3, 7]), "… deux …");
        assert_eq!(excerpt("un deux trois", &[0, 13]), "un deux trois");
        assert_eq!(excerpt("un deux trois", &[]), "un deux trois");
        assert_eq!(excerpt("un", &[5, 9]), "un");
    }
}
