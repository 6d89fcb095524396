//! The text of one version of terms, in the order it is written: every clause at its
//! address, headings in order, references as links, and what is new in it.

use super::Context;
use super::faq::{Link, links};
use super::history::History;
use super::html::Html;
use super::phrase::say;
use super::terms::{called, own_title};
use crate::edition::{Edition, Terms};
use crate::terms::Clause;
use std::collections::HashSet;

/// The level of the outermost heading of a text: below the name of the terms.
const OUTERMOST: usize = 3;

/// The text of one version. In force, a clause has two anchors: that of its version, which stays when the next one
/// comes, and the plain one, which then leads there.
pub(super) fn write(
    html: &mut Html,
    context: &Context<'_>,
    terms: &Terms,
    edition: &Edition,
    previous: Option<&Edition>,
) {
    let version = edition.address(&terms.name);
    let bases: &[&str] = if std::ptr::eq(edition, &raw const terms.in_force) {
        &[&version, &terms.name]
    } else {
        &[&version]
    };
    let base = bases[bases.len() - 1];
    let history = History::of(terms, edition, previous);
    history.write_summary(html, context.lang, base);
    let clauses = &edition.cut.clauses;
    let named: HashSet<&str> = clauses
        .iter()
        .map(|clause| clause.address.as_str())
        .collect();
    let title = own_title(edition);
    for clause in clauses {
        html.open("article", &[("id", &format!("{base}/{}", clause.address))]);
        let (mut anchors, of_version): (Vec<_>, Vec<_>) = anchors(html, bases, clause, &named)
            .into_iter()
            .partition(|id| {
                id.strip_prefix(base)
                    .is_some_and(|rest| rest.starts_with('/'))
            });
        for id in of_version {
            html.element("span", &[("id", &id)], "");
        }
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
        history.write_note(html, context.lang, &clause.address);
        let references = clause.references.iter().filter_map(|address| {
            let found = edition.cut.find(address)?;
            Some(Link {
                href: format!("#{base}/{}", found.address),
                words: called(&found.address, found.path.last().unwrap_or(&found.number)),
                lang: None,
            })
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
