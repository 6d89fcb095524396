//! Files that go along: chosen, listed, taken out again. What a file is, the server tells by its
//! first bytes; here only its size and their number are looked at, so that nobody waits in vain.

use super::texts::Texts;
use crate::dom::{El, el, live, nothing};
use crate::signal::Signal;
use guichet_domain::claim::form::{MAX_FILE_BYTES, MAX_FILES};
use guichet_domain::lang::Lang;
use guichet_domain::say::claim as say;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{File, FormData, HtmlInputElement};

/// The files of a form.
pub(super) struct Files {
    chosen: Signal<Vec<File>>,
    /// The code of what was refused.
    refused: Signal<&'static str>,
}

impl Files {
    /// None yet.
    pub(super) fn new() -> Rc<Self> {
        Rc::new(Self {
            chosen: Signal::new(Vec::new()),
            refused: Signal::new(""),
        })
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.chosen.with_untracked(Vec::len)
    }

    /// Takes all out.
    pub(super) fn clear(&self) {
        self.chosen.set(Vec::new());
    }

    /// A form of the JSON part `name` and the files.
    pub(super) fn form(&self, name: &str, json: &str) -> Option<FormData> {
        let form = FormData::new().ok()?;
        form.append_with_str(name, json).ok()?;
        for file in self.chosen.get_untracked() {
            form.append_with_blob_and_filename("file", &file, &file.name())
                .ok()?;
        }
        Some(form)
    }

    /// The field, and below it what was chosen.
    pub(super) fn view(self: &Rc<Self>, lang: Lang, texts: &'static Texts) -> El {
        let (hears, shows, says) = (self.clone(), self.clone(), self.clone());
        let input = el("input")
            .attr("id", "files")
            .attr("type", "file")
            .attr("multiple", "")
            .attr(
                "accept",
                "image/jpeg,image/png,image/webp,image/heic,application/pdf",
            )
            .attr("aria-describedby", "files-note")
            .on("change", move |event| {
                let input = event.target().and_then(|it| it.dyn_into().ok());
                if let Some(input) = input {
                    hears.take(&input);
                }
            });
        el("div")
            .class("entry")
            .child(el("label").attr("for", "files").text(texts.files))
            .child(input)
            .child(
                el("p")
                    .class("aside")
                    .attr("id", "files-note")
                    .text(texts.files_hint),
            )
            .child(el("p").class("fault").attr("role", "alert").live(move || {
                match says.refused.get() {
                    "" => nothing(),
                    code => crate::dom::text(say::refused(lang, code)),
                }
            }))
            .child(live(move || shows.list(texts).into()))
    }

    fn take(&self, input: &HtmlInputElement) {
        let Some(list) = input.files() else { return };
        self.refused.set("");
        self.chosen.update(|chosen| {
            for file in (0..list.length()).filter_map(|at| list.get(at)) {
                if file.size() > MAX_FILE_BYTES as f64 {
                    self.refused.set("file_too_large");
                } else if chosen.len() == MAX_FILES {
                    self.refused.set("too_many_files");
                } else {
                    chosen.push(file);
                }
            }
        });
        // The same file can be chosen again after it was taken out.
        input.set_value("");
    }

    fn list(self: &Rc<Self>, texts: &'static Texts) -> El {
        let items = self.chosen.get().into_iter().enumerate().map(|(at, file)| {
            let me = self.clone();
            let name = file.name();
            let label = [texts.remove, " ", &name].concat();
            let remove = super::field::quiet(texts.remove)
                .attr("aria-label", label)
                .click(move || {
                    me.chosen.update(|chosen| {
                        if at < chosen.len() {
                            chosen.remove(at);
                        }
                    });
                });
            el("li")
                .child(el("span").class("grow").text(name))
                .child(remove)
        });
        el("ul").class("files").attr("role", "list").children(items)
    }
}
