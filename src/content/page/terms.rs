//! Terms of sale: which version holds, and the others for those who ordered then. Their text
//! is written by `clauses`.

use super::Context;
use super::clauses;
use super::faq::Link;
use super::html::Html;
use super::phrase::{Phrases, say};
use crate::edition::{Edition, Terms};
use guichet_bundle::page_file;
use guichet_domain::lang::Lang;
use guichet_domain::say::long_date;

/// What the terms call themselves: the heading all clauses share, else a general name.
pub(super) fn title<'a>(terms: &'a Terms, words: &'a Phrases) -> &'a str {
    own_title(&terms.in_force).unwrap_or(words.terms)
}

pub(super) fn own_title(edition: &Edition) -> Option<&str> {
    let mut clauses = edition.cut.clauses.iter();
    let first = clauses.next()?.path.first()?;
    let shared = clauses.all(|clause| clause.path.first() == Some(first));
    shared.then_some(first.as_str())
}

/// "Conditions générales de vente, version du 15 janvier 2025".
pub(super) fn older_title(terms: &Terms, older: &Edition, lang: Lang) -> String {
    let words = say(lang);
    let title = own_title(older).unwrap_or(title(terms, words));
    match older.effective {
        Some(day) => format!("{title}, {} {}", words.version_of, long_date(lang, day)),
        None => title.to_owned(),
    }
}

/// Where a clause is read, and what it is called; in another language's page where it is written in that one only.
pub(super) fn link(context: &Context<'_>, id: &str) -> Option<Link> {
    let own = std::iter::once((context.lang, context.own));
    let others = context.site.locales.iter().map(|(lang, own)| (*lang, own));
    own.chain(others).find_map(|(lang, content)| {
        let clause = content.clauses.iter().find(|clause| clause.id == id)?;
        let other = (lang != context.lang).then_some(lang);
        Some(Link {
            href: format!("{}#{id}", other.map_or("", page_file)),
            words: called(id, clause.title()),
            lang: other,
        })
    })
}

/// What a clause is called away from its place: `a) À domicile` there is `3.2 a) À domicile` here.
pub(super) fn called(address: &str, title: &str) -> String {
    let address = address.rsplit('/').next().unwrap_or(address);
    match address.rsplit_once('.') {
        Some((above, item))
            if item.bytes().all(|b| b.is_ascii_lowercase())
                && title.trim_start_matches('(').starts_with(item) =>
        {
            format!("{above} {title}")
        }
        _ => title.to_owned(),
    }
}

/// Terms with all their versions.
pub(super) fn write(html: &mut Html, context: &Context<'_>, terms: &Terms) {
    let words = say(context.lang);
    html.open("section", &[("class", "terms")]);
    html.heading(2, &[("id", &terms.name)], title(terms, words));
    let in_force = &terms.in_force;
    if let Some(day) = in_force.effective {
        let since = format!("{} {}.", words.in_force_since, long_date(context.lang, day));
        let version = in_force.address(&terms.name);
        html.element("p", &[("class", "version"), ("id", &version)], &since);
    }
    let previous = |at: usize| terms.older.get(at);
    clauses::write(html, context, terms, in_force, previous(0));
    html.close("section");
    let mut next = in_force.effective;
    for (at, older) in terms.older.iter().enumerate() {
        html.open("section", &[("class", "terms older")]);
        let version = older.address(&terms.name);
        html.heading(
            2,
            &[("id", &version)],
            &older_title(terms, older, context.lang),
        );
        let from = older.effective.map(|day| long_date(context.lang, day));
        let until = next.map(|day| long_date(context.lang, day.plus_days(-1)));
        let span = match (context.lang, from, until) {
            (Lang::Fr, Some(from), Some(until)) => format!(" du {from} au {until}"),
            (Lang::En, Some(from), Some(until)) => format!(" from {from} to {until}"),
            _ => String::new(),
        };
        html.element(
            "p",
            &[("class", "version")],
            &format!("{}{span}.", words.older),
        );
        clauses::write(html, context, terms, older, previous(at + 1));
        html.close("section");
        next = older.effective;
    }
}

/// Terms that this language has not: where they are read.
pub(super) fn elsewhere(html: &mut Html, context: &Context<'_>) {
    let has = |name: &str| context.own.terms.iter().any(|own| own.name == name);
    for (lang, content) in &context.site.locales {
        for terms in content.terms.iter().filter(|terms| !has(&terms.name)) {
            let (code, words) = (lang.code(), say(context.lang));
            let title = title(terms, say(*lang));
            html.open("section", &[("class", "terms")]);
            html.heading(2, &[("id", &terms.name)], words.terms);
            html.open("p", &[]);
            html.text(&format!("{} ", words.only_in));
            let href = format!("{}#{}", page_file(*lang), terms.name);
            html.element(
                "a",
                &[("href", &href), ("hreflang", code), ("lang", code)],
                title,
            );
            html.close("p");
            html.close("section");
        }
    }
}
