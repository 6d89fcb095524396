//! "Does this answer your question?", and what follows from yes and from no. Silence is
//! never counted as a yes.

use crate::dom::{El, el};
use crate::prelude::AnyView;
use crate::signal::Signal;
use crate::state::App;
use guichet_domain::event::{MAX_TEXT_CHARS, What};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

/// Where the conversation about one answer stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Nothing was said.
    Ask,
    /// It helped; would he have called?
    AskCall,
    /// Both questions are answered.
    Thanks,
    /// It did not help; what is missing?
    Missing,
    /// He said what is missing, or nothing.
    Noted,
}

pub(super) fn view(app: App, document: &str) -> AnyView {
    let step = Rc::new(Signal::new(Step::Ask));
    let document = document.to_owned();
    el("section")
        .class("feedback")
        .attr("role", "group")
        .attr("aria-label", app.texts.helpful)
        .live(move || card(app, &document, &step))
        .into()
}

fn card(app: App, document: &str, step: &Rc<Signal<Step>>) -> AnyView {
    let texts = app.texts;
    match step.get() {
        Step::Ask => {
            let (yes, no) = (document.to_owned(), document.to_owned());
            let (on_yes, on_no) = (step.clone(), step.clone());
            el("div")
                .child(prompt(texts.helpful))
                .child(choices(
                    button(texts.yes).click(move || {
                        let document = yes.clone();
                        go(app, &on_yes, Step::AskCall, What::Confirmed { document });
                    }),
                    button(texts.no).click(move || {
                        let (document, reason) = (no.clone(), String::new());
                        go(
                            app,
                            &on_no,
                            Step::Missing,
                            What::NotConfirmed { document, reason },
                        );
                    }),
                ))
                .into()
        }
        Step::AskCall => {
            let answer = |document: &str, would_have_called: bool| {
                let (document, step) = (document.to_owned(), step.clone());
                move || {
                    let document = document.clone();
                    let what = What::CallAvoided {
                        document,
                        would_have_called,
                    };
                    go(app, &step, Step::Thanks, what);
                }
            };
            el("div")
                .child(prompt(texts.would_have_called))
                .child(choices(
                    button(texts.yes).click(answer(document, true)),
                    button(texts.no).click(answer(document, false)),
                ))
                .into()
        }
        Step::Thanks => el("div").child(prompt(texts.thanks)).into(),
        Step::Missing => missing(app, document, step).into(),
        Step::Noted => el("div")
            .child(prompt(texts.noted))
            .child(person(app))
            .into(),
    }
}

fn missing(app: App, document: &str, step: &Rc<Signal<Step>>) -> El {
    let (document, step) = (document.to_owned(), step.clone());
    let send = button(app.texts.send).click(move || {
        let written = app
            .find("#missing")
            .and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok())
            .map(|area| area.value())
            .unwrap_or_default();
        let reason = app.manifest.site.text.keep(written.trim(), MAX_TEXT_CHARS);
        if reason.is_empty() {
            step.set(Step::Noted);
            app.focus(PROMPT);
        } else {
            let document = document.clone();
            go(
                app,
                &step,
                Step::Noted,
                What::NotConfirmed { document, reason },
            );
        }
    });
    el("div")
        .child(prompt(app.texts.missing).attr("id", "missing-label"))
        .child(
            el("textarea")
                .attr("id", "missing")
                .attr("rows", "2")
                .attr("maxlength", "300")
                .attr("aria-labelledby", "missing-label")
                .attr("aria-describedby", "missing-hint"),
        )
        .child(
            el("p")
                .class("aside")
                .attr("id", "missing-hint")
                .text(app.texts.missing_hint),
        )
        .child(choices(send, person(app)))
}

/// The way to a person with the question carried along.
fn person(app: App) -> El {
    el("button")
        .class("link")
        .attr("type", "button")
        .text(app.texts.talk)
        .click(move || app.ask_person())
}

const PROMPT: &str = "[data-prompt]";

fn prompt(words: &'static str) -> El {
    el("p")
        .class("strong")
        .attr("tabindex", "-1")
        .attr("data-prompt", "")
        .text(words)
}

fn choices(first: El, second: El) -> El {
    el("div").class("choices").child(first).child(second)
}

fn button(words: &'static str) -> El {
    el("button")
        .class("choice")
        .attr("type", "button")
        .text(words)
}

/// Logs what was said and goes on; the focus follows, since the button that had it is gone.
fn go(app: App, step: &Rc<Signal<Step>>, next: Step, what: What) {
    app.record(what);
    step.set(next);
    app.focus(PROMPT);
}
