//! Entries and clauses an answer can quote: the list to choose from, and what is put into the text.

use crate::html::Pick as _;
use crate::shops::Shop;
use guichet_domain::document::{Clause, Document, FaqEntry};
use guichet_domain::lang::Lang;
use guichet_domain::rich::plain_text;
use maud::{Markup, html};

/// Most characters of a title in the list.
const MAX_TITLE_CHARS: usize = 90;

/// The documents in the shopper's language, else in any.
fn documents(shop: &Shop, lang: Lang) -> &[Document] {
    let own = shop.documents.get(&lang).filter(|own| !own.is_empty());
    own.or_else(|| shop.documents.values().next())
        .map_or(&[], Vec::as_slice)
}

/// The options of a list: entries of the claim's category first, then the others, then clauses.
pub(super) fn options(shop: &Shop, claim_lang: Lang, category: &str, lang: Lang) -> Markup {
    let all = documents(shop, claim_lang);
    let entries = |own: bool| {
        all.iter().filter(move |document| match document {
            Document::Faq(entry) => (entry.category == category) == own,
            Document::Clause(_) => false,
        })
    };
    let clauses = || {
        all.iter()
            .filter(|document| matches!(document, Document::Clause(_)))
    };
    html! {
        option value="" { (lang.pick("— choisir —", "— choose —")) }
        (group(lang.pick("Réponses de cette catégorie", "Answers of this category"), entries(true)))
        (group(lang.pick("Autres réponses", "Other answers"), entries(false)))
        (group(lang.pick("Conditions", "Terms"), clauses()))
    }
}

fn group<'a>(label: &str, documents: impl Iterator<Item = &'a Document>) -> Markup {
    let documents: Vec<_> = documents.collect();
    html! {
        @if !documents.is_empty() {
            optgroup label=(label) {
                @for document in documents { option value=(document.id()) { (title(document)) } }
            }
        }
    }
}

fn title(document: &Document) -> String {
    let title = match document {
        Document::Faq(entry) => entry.question.clone(),
        Document::Clause(clause) if clause.number.is_empty() => clause.title().to_owned(),
        Document::Clause(clause) => format!("{} · {}", clause.number, clause.title()),
    };
    if title.chars().count() <= MAX_TITLE_CHARS {
        return title;
    }
    let cut: String = title.chars().take(MAX_TITLE_CHARS - 1).collect();
    format!("{}…", cut.trim_end())
}

/// What choosing a document puts into the text; `None`: there is no such document.
pub(super) fn quote(shop: &Shop, lang: Lang, id: &str) -> Option<String> {
    let document = documents(shop, lang)
        .iter()
        .find(|document| document.id() == id)?;
    Some(match document {
        Document::Faq(entry) => answer(entry),
        Document::Clause(clause) => clause_text(clause, lang),
    })
}

fn answer(entry: &FaqEntry) -> String {
    let body = plain_text(&entry.body);
    let body = body.trim();
    if body.is_empty() {
        entry.short.clone()
    } else {
        format!("{}\n\n{body}", entry.short.trim())
    }
}

/// The exact text between quotation marks, with its place.
fn clause_text(clause: &Clause, lang: Lang) -> String {
    let mut text = clause.lead.clone().unwrap_or_default();
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(clause.text.trim());
    let heading = clause.title();
    let place = match (lang, clause.number.is_empty()) {
        (Lang::Fr, false) => format!("Article {} de nos conditions ({heading})", clause.number),
        (Lang::Fr, true) => format!("Nos conditions, « {heading} »"),
        (Lang::En, false) => format!("Clause {} of our terms ({heading})", clause.number),
        (Lang::En, true) => format!("Our terms, “{heading}”"),
    };
    match lang {
        Lang::Fr => format!("{place}\u{a0}:\n«\u{a0}{text}\u{a0}»"),
        Lang::En => format!("{place}:\n“{text}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::shop;
    use std::collections::BTreeMap;

    fn with_documents() -> Shop {
        let entry = |id: &str, category: &str, question: &str| {
            Document::Faq(FaqEntry {
                id: id.into(),
                question: question.into(),
                category: category.into(),
                short: "Sous 14 jours.".into(),
                body: Vec::new(),
                tried: None,
                clauses: Vec::new(),
                related: Vec::new(),
                pages: Vec::new(),
                valid: guichet_domain::document::Validity::default(),
                deadlines: Vec::new(),
            })
        };
        let clause = Clause {
            id: "cgv/7.2.a".into(),
            number: "7.2.a".into(),
            path: vec!["Rétractation".into(), "Matériel".into()],
            lead: Some("Le client peut se rétracter :".into()),
            text: "pour un matériel, sous 14 jours ;".into(),
            lang: None,
            deadlines: Vec::new(),
        };
        let documents = vec![
            entry("faq/autre", "livraison", "Où est mon colis <b>?</b>"),
            entry("faq/retour", "retours", "Comment renvoyer ?"),
            Document::Clause(clause),
        ];
        Shop::new(shop(), BTreeMap::from([(Lang::Fr, documents)]))
    }

    #[test]
    fn a_clause_is_quoted_word_by_word_with_its_place() {
        let shop = with_documents();
        let quoted = quote(&shop, Lang::Fr, "cgv/7.2.a").unwrap();
        assert_eq!(
            quoted,
            "Article 7.2.a de nos conditions (Matériel)\u{a0}:\n«\u{a0}Le client peut se rétracter : pour un matériel, sous 14 jours ;\u{a0}»"
        );
        assert_eq!(
            quote(&shop, Lang::Fr, "faq/retour").unwrap(),
            "Sous 14 jours."
        );
        assert_eq!(quote(&shop, Lang::Fr, "cgv/99"), None);
        assert!(
            quote(&shop, Lang::En, "cgv/7.2.a").is_some(),
            "in the language there is"
        );
    }

    #[test]
    fn entries_of_the_claims_category_come_first_and_titles_are_escaped() {
        let list = options(&with_documents(), Lang::Fr, "retours", Lang::Fr).into_string();
        let places: Vec<_> = ["faq/retour", "faq/autre", "cgv/7.2.a"]
            .iter()
            .map(|id| list.find(&format!("value=\"{id}\"")).unwrap())
            .collect();
        assert!(places.is_sorted(), "{list}");
        assert!(list.contains("&lt;b&gt;"), "{list}");
    }
}
