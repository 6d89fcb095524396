//! Fields of forms: a label, a hint, and beside it what is wrong with what was typed, which is
//! said by the same code as on the server.

use crate::dom::{El, el, live, nothing, value};
use std::borrow::Cow;
use std::rc::Rc;

/// What a field is.
pub(super) struct Field {
    /// Unique within the panel.
    pub(super) id: &'static str,
    pub(super) label: &'static str,
    pub(super) hint: &'static str,
    pub(super) kind: Input,
    /// Most characters.
    pub(super) max: usize,
}

/// How something is typed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Input {
    /// A line, with the browser's `type` and `autocomplete`.
    Line(&'static str, &'static str),
    /// Several lines.
    Text,
}

impl Field {
    /// The field, filled with `now`; `typed` hears what is written, `fault` says what is wrong.
    pub(super) fn view(
        self,
        now: String,
        mut typed: impl FnMut(String) + 'static,
        fault: impl Fn() -> Option<Cow<'static, str>> + 'static,
    ) -> El {
        let input = match self.kind {
            Input::Text => el("textarea").attr("rows", "5").text(now),
            Input::Line(kind, autocomplete) => el("input")
                .attr("type", kind)
                .attr("autocomplete", autocomplete)
                .attr("value", now),
        };
        let input = input
            .attr("id", self.id)
            .attr("maxlength", self.max.to_string())
            .attr("aria-describedby", [self.id, "-note"].concat())
            .on("input", move |event| typed(value(&event)));
        labelled(self.id, self.label, self.hint, input, fault)
    }
}

/// A control below its label, with its hint and its fault.
pub(super) fn labelled(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    control: El,
    fault: impl Fn() -> Option<Cow<'static, str>> + 'static,
) -> El {
    let fault = Rc::new(fault);
    let wrong = fault.clone();
    let control = control.live_attr("aria-invalid", move || wrong().map(|_| "true".into()));
    el("div")
        .class("entry")
        .child(el("label").attr("for", id).text(label))
        .child(control)
        .child(
            el("p")
                .class("aside")
                .attr("id", [id, "-note"].concat())
                .live(move || match fault() {
                    Some(words) => el("span").class("fault").text(words).into(),
                    None if hint.is_empty() => nothing(),
                    None => crate::dom::text(hint),
                }),
        )
}

/// A list to choose from; the first of `options` (value, words) stands for nothing chosen.
pub(super) fn choice(
    id: &'static str,
    now: &str,
    options: impl IntoIterator<Item = (String, String)>,
    mut chosen: impl FnMut(String) + 'static,
) -> El {
    let options = options.into_iter().map(|(value, words)| {
        let option = el("option").text(words);
        let option = if value == now {
            option.attr("selected", "")
        } else {
            option
        };
        option.attr("value", value)
    });
    el("select")
        .attr("id", id)
        .attr("aria-describedby", [id, "-note"].concat())
        .children(options)
        .on("change", move |event| chosen(value(&event)))
}

/// What went wrong with the whole, said at once.
pub(super) fn alert(words: impl Fn() -> Cow<'static, str> + 'static) -> El {
    el("div").attr("role", "alert").child(live(move || {
        let words = words();
        if words.is_empty() {
            return nothing();
        }
        el("p").class("notice").text(words).into()
    }))
}

/// The button that sends.
pub(super) fn button(words: &'static str) -> El {
    el("button")
        .class("action")
        .attr("type", "button")
        .text(words)
}

/// A button beside it.
pub(super) fn quiet(words: &'static str) -> El {
    el("button")
        .class("quiet")
        .attr("type", "button")
        .text(words)
}
