//! Fields of the shopper's forms: a label, a hint, what was typed, and what is wrong with it,
//! tied together for screen readers.

use crate::html::Pick as _;
use guichet_domain::claim::form::{Fault, Field, Form, MAX_TEXT_CHARS};
use guichet_domain::lang::Lang;
use guichet_domain::say;
use maud::{Markup, html};

/// What the fields of one form have in common.
pub(super) struct Fields<'a> {
    pub(super) lang: Lang,
    pub(super) form: &'a Form,
    pub(super) faults: &'a [Fault],
}

/// How a text field is filled in.
pub(super) struct Input {
    pub(super) field: Field,
    pub(super) kind: &'static str,
    pub(super) autocomplete: &'static str,
    pub(super) hint: &'static str,
    pub(super) required: bool,
}

/// The name a field has in a form.
pub(super) fn name(field: Field) -> &'static str {
    match field {
        Field::Category => "category",
        Field::Text => "text",
        Field::Name => "name",
        Field::Email => "email",
        Field::Phone => "phone",
        Field::Order => "order",
        Field::Slot => "slot",
        Field::GoodsReceived => "goods_received",
    }
}

impl Fields<'_> {
    fn value(&self, field: Field) -> &str {
        match field {
            Field::Category => &self.form.category,
            Field::Text => &self.form.text,
            Field::Name => &self.form.name,
            Field::Email => &self.form.email,
            Field::Phone => &self.form.phone,
            Field::Order => &self.form.order,
            Field::Slot => &self.form.slot,
            Field::GoodsReceived => &self.form.goods_received,
        }
    }

    fn fault(&self, field: Field) -> Option<String> {
        let fault = self.faults.iter().find(|fault| fault.field == field)?;
        Some(say::claim::fault(self.lang, *fault))
    }

    /// Label, hint and fault around a control, which is given its ids.
    fn around(
        &self,
        field: Field,
        hint: &str,
        control: &dyn Fn(Option<String>, Option<&'static str>) -> Markup,
    ) -> Markup {
        let name = name(field);
        let fault = self.fault(field);
        let mut told = Vec::new();
        if !hint.is_empty() {
            told.push(format!("{name}-hint"));
        }
        if fault.is_some() {
            told.push(format!("{name}-fault"));
        }
        let described = (!told.is_empty()).then(|| told.join(" "));
        let invalid = fault.is_some().then_some("true");
        html! {
            div.field {
                label for=(name) { (say::claim::field(self.lang, field)) }
                @if !hint.is_empty() { p.hint id={ (name) "-hint" } { (hint) } }
                (control(described, invalid))
                @if let Some(fault) = &fault { p.fault id={ (name) "-fault" } { (fault) } }
            }
        }
    }

    /// A field of one line.
    pub(super) fn line(&self, input: &Input) -> Markup {
        let name = name(input.field);
        self.around(input.field, input.hint, &|described, invalid| html! {
            input id=(name) name=(name) type=(input.kind) value=(self.value(input.field)) autocomplete=(input.autocomplete)
                required[input.required] aria-describedby=[described] aria-invalid=[invalid];
        })
    }

    /// The message.
    pub(super) fn message(&self, hint: &str, required: bool) -> Markup {
        self.around(Field::Text, hint, &|described, invalid| html! {
            textarea id="text" name="text" maxlength=(MAX_TEXT_CHARS) required[required] aria-describedby=[described] aria-invalid=[invalid] {
                // The first line break of a textarea is not part of it.
                "\n" (self.form.text)
            }
        })
    }

    /// One of several; `choices` are values with what is read.
    pub(super) fn choice(&self, field: Field, choices: &[(String, String)]) -> Markup {
        let name = name(field);
        let value = self.value(field);
        self.around(field, "", &|described, invalid| html! {
            select id=(name) name=(name) required aria-describedby=[described] aria-invalid=[invalid] {
                option value="" { (self.lang.pick("Choisissez…", "Choose…")) }
                @for (own, words) in choices {
                    option value=(own) selected[own == value] { (words) }
                }
            }
        })
    }

    /// What is wrong, above the form, with the ways to the fields.
    pub(super) fn summary(&self, title: &str) -> Markup {
        html! {
            @if !self.faults.is_empty() {
                div.notice.bad role="alert" {
                    p { strong { (title) } }
                    ul { @for fault in self.faults {
                        li { a href={ "#" (name(fault.field)) } { (say::claim::fault(self.lang, *fault)) } }
                    } }
                }
            }
        }
    }
}

/// The field for files.
pub(super) fn files(lang: Lang) -> Markup {
    html! {
        div.field {
            label for="file" { (lang.pick("Photos ou documents (facultatif)", "Photos or documents (optional)")) }
            p.hint #file-hint { (lang.pick(
                "Jusqu’à 5 fichiers de 10\u{a0}Mo\u{a0}: JPEG, PNG, WebP, HEIC ou PDF.",
                "Up to 5 files of 10\u{a0}MB: JPEG, PNG, WebP, HEIC or PDF.",
            )) }
            input #file name="file" type="file" multiple accept="image/jpeg,image/png,image/webp,image/heic,application/pdf" aria-describedby="file-hint";
        }
    }
}

/// Fields that are not seen.
pub(super) fn hidden(pairs: &[(&str, &str)]) -> Markup {
    html! { @for (name, value) in pairs { input type="hidden" name=(name) value=(value); } }
}
