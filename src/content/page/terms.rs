//! Terms of sale: the whole text in the order it is written, every clause at its address.
//! The version in force comes first; older ones follow for those who ordered then.

use super::Context;
use super::faq::links;
use super::html::Html;
use super::phrase::{Phrases, say};
use crate::edition::{Edition, Terms};
use crate::terms::Clause;
use guichet_bundle::page_file;
use guichet_domain::lang::Lang;
use guichet_domain::say::long_date;
use std::collections::HashSet;

/// The level of the outermost heading of a text: below the name of the terms.
const OUTERMOST: usize = 3;

/// What the terms call themselves: the heading all clauses share, else a general name.
pub(super) fn title<'a>(terms: &'a Terms, words: &'a Phrases) -> &'a str {
    own_title(&terms.in_force).unwrap_or(words.terms)
}

fn own_title(edition: &Edition) -> Option<&str> {
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
pub(super) fn link(context: &Context<'_>, id: &str) -> Option<(String, String)> {
    let own = std::iter::once((context.lang, context.own));
    let others = context.site.locales.iter().map(|(lang, own)| (*lang, own));
    own.chain(others).find_map(|(lang, content)| {
        let clause = content.clauses.iter().find(|clause| clause.id == id)?;
        let page = if lang == context.lang {
            ""
        } else {
            page_file(lang)
        };
        Some((format!("{page}#{id}"), clause.title().to_owned()))
    })
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
    text(html, context, terms, in_force);
    html.close("section");
    let mut next = in_force.effective;
    for older in &terms.older {
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
        text(html, context, terms, older);
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

/// The text of one version. In force, a clause has two anchors: that of its version, which stays when the next one
/// comes, and the plain one, which then leads there.
fn text(html: &mut Html, context: &Context<'_>, terms: &Terms, edition: &Edition) {
    let version = edition.address(&terms.name);
    let bases: &[&str] = if std::ptr::eq(edition, &raw const terms.in_force) {
        &[&version, &terms.name]
    } else {
        &[&version]
    };
    let clauses = &edition.cut.clauses;
    let named: HashSet<&str> = clauses
        .iter()
        .map(|clause| clause.address.as_str())
        .collect();
    let title = own_title(edition);
    for clause in clauses {
        html.open(
            "article",
            &[(
                "id",
                &format!("{}/{}", bases[bases.len() - 1], clause.address),
            )],
        );
        let mut anchors = anchors(html, bases, clause, &named);
        let opened = clause.path.len().saturating_sub(clause.opens);
        for (depth, heading) in clause.path.iter().enumerate().skip(opened) {
            // The name of the terms stands above already.
            if depth == 0 && title == Some(heading) {
                continue;
            }
            let level = OUTERMOST + depth - usize::from(title.is_some());
            match anchors.pop() {
                Some(id) => html.heading(level, &[("id", &id)], heading),
                None => html.heading(level, &[], heading),
            }
        }
        for id in anchors {
            html.element("span", &[("id", &id)], "");
        }
        lines(html, &clause.text);
        let references = clause.references.iter().filter_map(|address| {
            let found = edition.cut.find(address)?;
            let base = bases[bases.len() - 1];
            let name = found.path.last().unwrap_or(&found.number);
            Some((format!("#{base}/{}", found.address), name.clone()))
        });
        links(
            html,
            say(context.lang).see_also,
            &references.collect::<Vec<_>>(),
        );
        html.close("article");
    }
}

/// Addresses that begin with this clause beside its own: those of articles that have no text of their own, and with
/// the version. The last is for the outermost heading.
fn anchors(html: &Html, bases: &[&str], clause: &Clause, named: &HashSet<&str>) -> Vec<String> {
    let mut addresses = vec![clause.address.as_str()];
    let mut address = clause.address.as_str();
    while let Some((above, _)) = address.rsplit_once('.') {
        if !named.contains(above) {
            addresses.push(above);
        }
        address = above;
    }
    let of_base = |base: &&str| {
        addresses
            .iter()
            .map(|address| format!("{base}/{address}"))
            .collect::<Vec<_>>()
    };
    let own = format!("{}/{}", bases[bases.len() - 1], clause.address);
    let mut anchors: Vec<String> = bases.iter().flat_map(of_base).collect();
    anchors.retain(|id| *id != own && html.is_free(id));
    anchors
}

/// The lines of a clause: paragraphs, items and rows.
fn lines(html: &mut Html, text: &str) {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let mut rest = &lines[..];
    while let Some(first) = rest.first() {
        let kind = kind(first);
        let count = rest
            .iter()
            .take_while(|line| self::kind(line) == kind)
            .count();
        let (run, after) = rest.split_at(count);
        rest = after;
        match kind {
            Kind::Paragraph => run.iter().for_each(|line| html.element("p", &[], line)),
            Kind::Item => {
                html.open("ul", &[]);
                for line in run {
                    html.element("li", &[], line.strip_prefix("- ").unwrap_or(line));
                }
                html.close("ul");
            }
            Kind::Row => {
                html.open("table", &[]);
                for line in run {
                    html.open("tr", &[]);
                    line.split(" | ")
                        .for_each(|cell| html.element("td", &[], cell));
                    html.close("tr");
                }
                html.close("table");
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Paragraph,
    Item,
    Row,
}

fn kind(line: &str) -> Kind {
    match line {
        line if line.starts_with("- ") => Kind::Item,
        line if line.contains(" | ") => Kind::Row,
        _ => Kind::Paragraph,
    }
}
