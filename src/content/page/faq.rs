//! The questions and answers that hold on the day of the build, by category.

use super::html::Html;
use super::phrase::say;
use super::{Context, answer, terms};
use crate::faq::Entry;
use guichet_domain::document::FaqEntry;
use guichet_domain::lang::Lang;
use guichet_domain::say::long_date;

/// Id and name of the categories that have a question, in the site's order; entries of no known category come last.
pub(super) fn categories<'a>(context: &'a Context<'_>) -> impl Iterator<Item = (&'a str, &'a str)> {
    let known = &context.site.settings.site.categories;
    let is_known = |id: &str| known.iter().any(|category| category.id == id);
    let other = entries(context).any(|entry| !is_known(&entry.category));
    known
        .iter()
        .filter(|category| entries(context).any(|entry| entry.category == category.id))
        .map(|category| (category.id.as_str(), category.name.get(context.lang)))
        .chain(other.then_some(("", say(context.lang).other)))
}

/// Where the questions of a category begin.
pub(super) fn category_anchor(id: &str) -> String {
    format!("category/{id}")
}

/// What holds on the day of the build.
pub(super) fn entries<'a>(context: &'a Context<'_>) -> impl Iterator<Item = &'a FaqEntry> {
    let today = context.site.today;
    let all = context.own.entries.iter().map(|Entry { entry, .. }| entry);
    all.filter(move |entry| entry.valid.contains(today))
}

pub(super) fn write(html: &mut Html, context: &Context<'_>) {
    if entries(context).next().is_none() {
        return;
    }
    html.open("section", &[]);
    html.heading(2, &[("id", "faq")], say(context.lang).questions);
    let known = &context.site.settings.site.categories;
    for (id, name) in categories(context) {
        html.open("section", &[]);
        html.heading(3, &[("id", &category_anchor(id))], name);
        let belongs = |entry: &&FaqEntry| match id {
            "" => !known.iter().any(|category| category.id == entry.category),
            id => entry.category == id,
        };
        for entry in entries(context).filter(belongs) {
            write_entry(html, context, entry);
        }
        html.close("section");
    }
    html.close("section");
}

fn write_entry(html: &mut Html, context: &Context<'_>, entry: &FaqEntry) {
    let words = say(context.lang);
    html.open("article", &[("id", &entry.id)]);
    html.heading(4, &[], &entry.question);
    html.element("p", &[("class", "short")], &entry.short);
    answer::blocks(html, &entry.body);
    if let Some(until) = entry.valid.until {
        let words = format!("{} {}.", words.until, long_date(context.lang, until));
        html.element("p", &[("class", "note")], &words);
    }
    let clauses = entry
        .clauses
        .iter()
        .filter_map(|id| terms::link(context, id));
    links(html, words.rests_on, &clauses.collect::<Vec<_>>());
    let related = entry.related.iter().filter_map(|id| {
        let entry = entries(context).find(|entry| entry.id == *id)?;
        Some(Link {
            href: format!("#{id}"),
            words: entry.question.clone(),
            lang: None,
        })
    });
    links(html, words.see_also, &related.collect::<Vec<_>>());
    html.close("article");
}

/// A link of a line of links.
pub(super) struct Link {
    pub(super) href: String,
    pub(super) words: String,
    /// The language it leads to, where it is not the page's.
    pub(super) lang: Option<Lang>,
}

/// A line of links behind a few words; nothing where there is none.
pub(super) fn links(html: &mut Html, words: &str, links: &[Link]) {
    if links.is_empty() {
        return;
    }
    html.open("p", &[("class", "links")]);
    html.text(words);
    for (at, link) in links.iter().enumerate() {
        html.text(if at == 0 { " " } else { " · " });
        let mut attributes = vec![("href", link.href.as_str())];
        if let Some(lang) = link.lang {
            attributes.extend([("hreflang", lang.code()), ("lang", lang.code())]);
        }
        html.element("a", &attributes, &link.words);
    }
    html.close("p");
}
