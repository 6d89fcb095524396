//! The verbs of a shopper who uses the help panel, and what he sees of it. Everything is done with the mouse and
//! the keys; names of classes and attributes of the panel stand here and nowhere else in the tests.

use crate::Page;
use guichet_bundle::Pack;
use guichet_domain::document::Document;
use serde::Deserialize;

/// The panel's shadow root.
pub const ROOT: &str = "document.querySelector('guichet-widget').shadowRoot";

/// A line of the results.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Shown {
    /// What it is called, without a clause's number.
    pub title: String,
    /// A clause's number; empty for answers.
    pub number: String,
    /// The line or two below the title.
    pub excerpt: String,
    /// Words marked in either.
    pub marked: Vec<String>,
    /// Chosen with the arrow keys.
    pub chosen: bool,
}

impl Shown {
    /// The document it stands for, known by its title.
    pub fn document<'a>(&self, pack: &'a Pack) -> &'a Document {
        let is_it = |document: &&Document| match document {
            Document::Faq(entry) => self.number.is_empty() && entry.question == self.title,
            Document::Clause(clause) => {
                // The number stands beside the heading, not in it.
                clause.number == self.number && clause.title().ends_with(&self.title)
            }
        };
        pack.documents
            .iter()
            .find(is_it)
            .unwrap_or_else(|| panic!("no document is called `{}`", self.title))
    }
}

/// An expression for the first element of the panel that a selector finds.
pub fn one(selector: &str) -> String {
    format!("{ROOT}.querySelector({selector:?})")
}

impl Page {
    /// Waits for the button that opens the help.
    pub async fn until_launcher(&self) {
        self.until("the button that opens the help", &one(".launcher"))
            .await;
    }

    /// Opens the help panel and waits until a question can be typed.
    pub async fn open_help(&self) {
        self.until_launcher().await;
        self.click("the button that opens the help", &one(".launcher"))
            .await;
        self.until_open().await;
    }

    /// Waits until the panel is open and the focus is in its field.
    pub async fn until_open(&self) {
        let field = format!("{ROOT}.activeElement?.id === 'question'");
        self.until("the help panel, with the focus in its field", &field)
            .await;
    }

    /// Whether the panel is on screen.
    pub async fn is_open(&self) -> bool {
        self.evaluate(&format!("!!{ROOT}.querySelector('.panel:not([hidden])')"))
            .await
    }

    /// Replaces what stands in the field by a question, and waits for its results or the word that there are none.
    pub async fn type_query(&self, question: &str) {
        self.click("the field", &one("#question")).await;
        self.evaluate::<serde_json::Value>(&format!("void {}.select()", one("#question")))
            .await;
        self.press_delete_if_filled().await;
        self.type_text(question).await;
        self.until_results(question).await;
    }

    async fn press_delete_if_filled(&self) {
        if !self
            .evaluate::<String>(&format!("{}.value", one("#question")))
            .await
            .is_empty()
        {
            self.press("Backspace").await;
        }
    }

    /// Waits until the list answers what stands in the field.
    pub async fn until_results(&self, question: &str) {
        // What was typed is searched in a task of its own: one that is asked for later comes after it.
        self.evaluate::<serde_json::Value>("new Promise(done => setTimeout(done))")
            .await;
        let typed = format!(
            "{}.value === {}",
            one("#question"),
            serde_json::json!(question)
        );
        let listed = one("#results");
        self.until(
            "the results",
            &format!("{typed} && {listed} && !{}", one(".notice.busy")),
        )
        .await;
    }

    /// The lines of the list, best first.
    pub async fn results(&self) -> Vec<Shown> {
        self.evaluate(&format!(
            "[...{ROOT}.querySelectorAll('#results [role=option]')].map(option => {{
                const number = option.querySelector('.number')?.textContent ?? '';
                const words = option.querySelector('.strong').textContent;
                return {{
                    title: words.slice(number.length),
                    number,
                    excerpt: option.querySelector('.excerpt').textContent,
                    marked: [...option.querySelectorAll('mark')].map(mark => mark.textContent),
                    chosen: option.getAttribute('aria-selected') === 'true',
                }};
            }})"
        ))
        .await
    }

    /// Opens the first answer of the list (not a clause) and gives its line.
    pub async fn open_first_answer(&self) -> Shown {
        let results = self.results().await;
        let place = results
            .iter()
            .position(|shown| shown.number.is_empty())
            .expect("an answer among the results");
        self.click("the first answer", &one(&format!("#hit-{place}")))
            .await;
        self.until_heading(&results[place].title).await;
        results[place].clone()
    }

    /// Waits until this is the heading on screen, and has the focus.
    pub async fn until_heading(&self, words: &str) {
        let heading = format!(
            "{ROOT}.activeElement?.matches('h2') && {ROOT}.activeElement.textContent === {}",
            serde_json::json!(words)
        );
        self.until(&format!("the heading `{words}`, with the focus"), &heading)
            .await;
    }

    /// Waits until this is the heading on screen, wherever the focus is.
    pub async fn until_title(&self, words: &str) {
        let title = serde_json::json!(words);
        let shown = format!("{}.textContent === {title}", one(".screen h2"));
        self.until(&format!("the heading `{words}`"), &shown).await;
    }

    /// The answer in short.
    pub async fn short_answer(&self) -> String {
        self.text(".short").await
    }

    /// The text of the first element that a selector finds, once it is there.
    pub async fn text(&self, selector: &str) -> String {
        self.until(selector, &one(selector)).await;
        self.evaluate(&format!("{}.textContent", one(selector)))
            .await
    }

    /// Waits until one of the elements that a selector finds says these words.
    pub async fn until_text(&self, selector: &str, words: &str) {
        let says = format!(
            "[...{ROOT}.querySelectorAll({selector:?})].some(one => one.textContent.includes({}))",
            serde_json::json!(words)
        );
        self.until(&format!("`{selector}` to say `{words}`"), &says)
            .await;
    }

    /// Gives a field a value, as choosing a day in it does.
    pub async fn set_value(&self, selector: &str, value: &str) {
        self.until(selector, &one(selector)).await;
        self.evaluate::<()>(&format!(
            "(input => {{ input.value = {value:?}; for (const kind of ['input', 'change']) \
             input.dispatchEvent(new Event(kind, {{ bubbles: true }})); }})({})",
            one(selector)
        ))
        .await;
    }

    /// The texts of all elements that a selector finds.
    pub async fn texts(&self, selector: &str) -> Vec<String> {
        self.evaluate(&format!(
            "[...{ROOT}.querySelectorAll({selector:?})].map(one => one.textContent)"
        ))
        .await
    }

    /// Opens the first clause the answer rests on, on a screen of its own, and waits for its words.
    pub async fn open_clause(&self) {
        // What is still on its way would move what is clicked on.
        self.until(
            "nothing to be on its way",
            &format!("!{}", one(".skeleton")),
        )
        .await;
        self.click("the way to the clause", &one(".clause .link"))
            .await;
        self.until(
            "the clause",
            &format!("{} && !{}", one("article blockquote"), one(".short")),
        )
        .await;
    }

    /// Goes back to the screen before.
    pub async fn back(&self) {
        self.click("the way back", &one(".bar .round")).await;
    }

    /// Says that the answer helped.
    pub async fn confirm(&self) {
        self.choose_first_and_wait("yes, it helped").await;
    }

    /// Says, once asked, that without the answer he would have called.
    pub async fn say_call_avoided(&self) {
        self.choose_first_and_wait("yes, I would have called").await;
    }

    async fn choose_first_and_wait(&self, what: &str) {
        let asked = self.text(".feedback [data-prompt]").await;
        self.click(what, &one(".feedback .choice")).await;
        let next = format!(
            "{}.textContent !== {}",
            one(".feedback [data-prompt]"),
            serde_json::json!(asked)
        );
        self.until("the next question, or thanks", &next).await;
    }

    /// Goes to the ways to a person.
    pub async fn contact(&self) {
        self.click("the way to a person", &one("button.person"))
            .await;
        self.until("the ways to a person", &one(".channel")).await;
    }

    /// Closes the panel with its button.
    pub async fn close_help(&self) {
        self.click(
            "the button that closes the help",
            &one(".bar .round:last-child"),
        )
        .await;
        self.until(
            "the panel to be gone",
            &format!("!{}", one(".panel:not([hidden])")),
        )
        .await;
    }
}
