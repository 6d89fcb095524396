//! Links within the site that lead nowhere: to entries and clauses (`#guichet=cgv/7.2`), to places of the same terms,
//! and, where the folder of the shop's pages is given, to its pages. What other sites hold is not asked.

use super::{Finding, Rule};
use crate::problem::At;
use crate::sources::{Sources, TermsFile};
use guichet_domain::rich::{Block, Inline};
use guichet_search::fold::fold;
use std::collections::BTreeSet;
use std::path::Path;

/// How a page links into the panel.
const DEEP: &str = "#guichet=";

pub(super) fn check_site(sources: &Sources, pages: Option<&Path>, findings: &mut Vec<Finding>) {
    let url = sources
        .settings
        .as_ref()
        .map_or("", |settings| settings.site.url.as_str());
    let entries = sources.entries.iter().map(|own| own.entry.entry.id.clone());
    let clauses = sources
        .terms
        .iter()
        .flat_map(|terms| terms.clauses().map(|clause| terms.id(clause)));
    let known = Known {
        ids: entries.chain(clauses).collect(),
        url,
        pages,
    };
    for own in &sources.entries {
        let (source, entry) = (own.source(), &own.entry.entry);
        let mut links = Vec::new();
        links_of(&entry.body, &mut links);
        links_of(entry.answer(true).1, &mut links);
        for href in links {
            let at = own
                .text
                .find(href)
                .map_or(source.whole(), |offset| source.at(offset));
            known.check(href, &at, &entry.id, findings);
        }
        for page in entry.pages.iter().filter(|page| !page.contains('*')) {
            known.check(page, &source.quoted(page), &entry.id, findings);
        }
    }
    let Some(settings) = &sources.settings else {
        return;
    };
    let source = sources.settings_source();
    let urls = [&settings.site.contact_url, &settings.site.withdrawal_url];
    for url in urls.into_iter().flatten() {
        known.check(url, &source.quoted(url), "site.toml", findings);
    }
    let paths = settings
        .site
        .channels
        .iter()
        .filter(|channel| channel.contact.starts_with('/'));
    for channel in paths {
        known.check(
            &channel.contact,
            &source.quoted(&channel.contact),
            &format!("channel/{}", channel.id),
            findings,
        );
    }
}

struct Known<'a> {
    /// Ids of entries and clauses.
    ids: BTreeSet<String>,
    /// The shop's address on the web.
    url: &'a str,
    /// The folder that is served as `/`.
    pages: Option<&'a Path>,
}

impl Known<'_> {
    fn check(&self, href: &str, at: &At<'_>, place: &str, findings: &mut Vec<Finding>) {
        let mut tell = |message: String, remedy: &str| {
            findings.push(Finding::new(Rule::DeadLink, at, place, message, remedy));
        };
        let own = href
            .strip_prefix(self.url)
            .filter(|_| !self.url.is_empty())
            .unwrap_or(href);
        if let Some((_, id)) = own.split_once(DEEP) {
            if !self.ids.contains(id) {
                tell(
                    format!("`{href}` leads to no entry or clause"),
                    "name an id as `guichet clauses` and the entries give it",
                );
            }
            return;
        }
        let path = own.split(['#', '?']).next().unwrap_or_default();
        if own == "#"
            || Path::new(path)
                .extension()
                .is_some_and(|ending| ending == "md")
        {
            tell(
                format!("`{href}` leads nowhere in a shopper’s browser"),
                "link to a page of the shop, or to an entry with `#guichet=faq/…`",
            );
            return;
        }
        let Some((pages, path)) = self.pages.zip(path.strip_prefix('/')) else {
            return;
        };
        let candidates = [
            path.to_owned(),
            format!("{path}.html"),
            format!("{path}/index.html"),
        ];
        let is_page = |path: &String| pages.join(path).is_file();
        let is_root = path.is_empty() && pages.join("index.html").is_file();
        if !is_root && !candidates.iter().any(is_page) {
            tell(
                format!(
                    "the shop has no page `/{path}`: `{}` has no such file",
                    pages.display()
                ),
                "mend the address, or make the page",
            );
        }
    }
}

fn links_of<'a>(blocks: &'a [Block], links: &mut Vec<&'a str>) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Heading(inlines) => links_within(inlines, links),
            Block::Bullets(items) | Block::Numbers(items) => {
                for item in items {
                    links_of(item, links);
                }
            }
        }
    }
}

fn links_within<'a>(inlines: &'a [Inline], links: &mut Vec<&'a str>) {
    for inline in inlines {
        match inline {
            Inline::Link { href, text } => {
                links.push(href);
                links_within(text, links);
            }
            Inline::Strong(inner) | Inline::Emphasis(inner) => links_within(inner, links),
            Inline::Text(_) | Inline::Break => {}
        }
    }
}

/// Links of terms to places of their own: a heading or an element with that name must be there. Where none of them
/// leads anywhere, the names were lost in an export, and with them the links: Guichet shows neither.
pub(super) fn check_terms(terms: &TermsFile, findings: &mut Vec<Finding>) {
    let targets = targets(terms);
    let (alive, dead): (Vec<_>, Vec<_>) = anchors(&terms.text)
        .into_iter()
        .partition(|(_, anchor)| targets.contains(&slug(anchor)));
    if alive.is_empty() {
        return;
    }
    for (offset, anchor) in dead {
        let clause = terms.clause_at(offset);
        let place = clause.map_or(terms.stem.clone(), |clause| terms.id(clause));
        findings.push(Finding::new(
            Rule::DeadLink,
            &terms.source().at(offset),
            place,
            format!("`#{anchor}` is no place of these terms"),
            "name the article in words (`voir l’article 5`), or give its heading that name",
        ));
    }
}

/// The places of its own that a text links to, each once, with where it does.
fn anchors(text: &str) -> Vec<(usize, &str)> {
    let mut found: Vec<(usize, &str)> = Vec::new();
    for start in ["](#", "href=\"#", "href='#"] {
        for (offset, _) in text.match_indices(start) {
            let rest = &text[offset + start.len()..];
            let end = rest.find(|c: char| c.is_whitespace() || ")\"'".contains(c));
            let anchor = &rest[..end.unwrap_or(0)];
            // `#` alone is the button of a page, and in an export what became of a script.
            let is_own = !anchor.is_empty() && !anchor.starts_with("guichet=");
            if is_own && !found.iter().any(|(_, other)| *other == anchor) {
                found.push((offset, anchor));
            }
        }
    }
    found
}

/// What can be linked to: names of elements, and headings as Markdown names them.
fn targets(terms: &TermsFile) -> BTreeSet<String> {
    let mut targets = BTreeSet::new();
    for start in ["id=\"", "id='", "name=\"", "name='"] {
        for (offset, _) in terms.text.match_indices(start) {
            let rest = &terms.text[offset + start.len()..];
            targets.insert(slug(rest.split(['"', '\'']).next().unwrap_or_default()));
        }
    }
    let headings = terms.text.lines().filter(|line| line.starts_with('#'));
    targets.extend(headings.map(|line| slug(line.trim_matches(['#', ' ']))));
    targets
}

/// A heading as a name: folded, letters and digits, a dash for each space.
fn slug(text: &str) -> String {
    let kept = |c: char| match c {
        ' ' | '-' => Some('-'),
        c if c.is_alphanumeric() || c == '_' => Some(c),
        _ => None,
    };
    fold(text).chars().filter_map(kept).collect()
}
