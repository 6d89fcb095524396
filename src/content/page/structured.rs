//! The questions for search engines: schema.org's `FAQPage` as JSON-LD.

use super::html::Html;
use super::{Context, faq};
use guichet_domain::document::FaqEntry;
use guichet_domain::rich::plain_text;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FaqPage<'a> {
    #[serde(rename = "@context")]
    context: &'a str,
    #[serde(rename = "@type")]
    kind: &'a str,
    in_language: &'a str,
    main_entity: Vec<Question<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Question<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    name: &'a str,
    accepted_answer: Answer<'a>,
}

#[derive(Serialize)]
struct Answer<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    text: String,
}

pub(super) fn write(html: &mut Html, context: &Context<'_>) {
    let main_entity: Vec<_> = faq::entries(context).map(question).collect();
    if main_entity.is_empty() {
        return;
    }
    let page = FaqPage {
        context: "https://schema.org",
        kind: "FAQPage",
        in_language: context.lang.code(),
        main_entity,
    };
    // Texts alone are in it, and those always serialise; a page without it is still a page.
    if let Ok(json) = serde_json::to_string(&page) {
        html.json(&json);
    }
}

fn question(entry: &FaqEntry) -> Question<'_> {
    Question {
        kind: "Question",
        name: &entry.question,
        accepted_answer: Answer {
            kind: "Answer",
            text: format!("{}\n\n{}", entry.short, plain_text(&entry.body)),
        },
    }
}
