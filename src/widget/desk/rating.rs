//! How it went: two questions and a line, once.

use super::field::{self, Field, Input};
use super::texts::Texts;
use crate::dom::{El, el};
use guichet_domain::claim::form::MAX_LINE_CHARS;
use serde::Serialize;
use std::cell::RefCell;
use std::rc::Rc;

/// What was chosen; 0 stands for nothing.
#[derive(Clone, Default, Serialize)]
pub(super) struct Rated {
    delay: u8,
    listened: u8,
    line: String,
}

/// The questions; `send` gets the answers.
pub(super) fn view(texts: &'static Texts, send: impl Fn(Rated) + 'static) -> El {
    let rated = Rc::new(RefCell::new(Rated::default()));
    let (delay, listened, line) = (rated.clone(), rated.clone(), rated.clone());
    let field = Field {
        id: "rate-line",
        label: texts.line,
        hint: texts.optional,
        kind: Input::Line("text", "off"),
        max: MAX_LINE_CHARS,
    };
    el("section")
        .child(el("h3").text(texts.how))
        .child(points(
            "rate-delay",
            texts.delay,
            texts.delay_scale,
            move |given| {
                delay.borrow_mut().delay = given;
            },
        ))
        .child(points(
            "rate-listened",
            texts.listened,
            texts.listened_scale,
            move |given| {
                listened.borrow_mut().listened = given;
            },
        ))
        .child(field.view(
            String::new(),
            move |words| line.borrow_mut().line = words,
            || None,
        ))
        .child(field::button(texts.rate).click(move || send(rated.borrow().clone())))
}

/// A question answered by 1 to 5.
fn points(
    name: &'static str,
    question: &'static str,
    scale: &'static str,
    given: impl FnMut(u8) + Clone + 'static,
) -> El {
    let choices = (1..=5_u8).map(|points| {
        let mut given = given.clone();
        let id = [name, &points.to_string()].concat();
        let input = el("input")
            .attr("type", "radio")
            .attr("name", name)
            .attr("id", id.clone())
            .on("change", move |_| given(points));
        el("span")
            .child(input)
            .child(el("label").attr("for", id).text(points.to_string()))
    });
    el("fieldset")
        .child(el("legend").text(question))
        .child(el("p").class("aside").text(scale))
        .child(el("div").class("points").children(choices))
}
