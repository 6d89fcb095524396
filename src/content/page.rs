//! The static page of a language: FAQ and terms as plain HTML, for whoever has no script,
//! follows a link to one clause, or prints. Its anchors are the ids of documents
//! (`faq/<slug>`, `cgv/7.2.a`, `cgv@2026-03-01/7.2.a`) and stay the same across builds.
//! `page/html.rs` is the only code that writes markup, and escapes all of it.

mod answer;
mod clauses;
mod faq;
mod history;
mod html;
mod phrase;
mod structured;
mod terms;

#[cfg(test)]
mod tests;

use crate::site::{LocaleContent, SiteContent};
use guichet_bundle::page_file;
use guichet_domain::channel::ChannelKind;
use guichet_domain::lang::Lang;
use guichet_domain::rich::is_safe_href;
use html::Html;
use phrase::say;

/// The sheet all pages share; the bundle gives it a name made of its content.
pub(crate) const SHEET: &str = include_str!("page/page.css");

/// Says that a file is a page of ours, which a build may replace or remove.
pub(crate) const MARK: &str = "<meta name=\"generator\" content=\"Guichet\" />";

/// What every part of a page looks things up in.
struct Context<'a> {
    site: &'a SiteContent,
    own: &'a LocaleContent,
    lang: Lang,
}

/// Writes the page of one language; `sheet` is the name of the style sheet beside it.
pub(crate) fn page(site: &SiteContent, lang: Lang, sheet: &str) -> String {
    let empty = LocaleContent::default();
    let context = Context {
        site,
        own: site.locales.get(&lang).unwrap_or(&empty),
        lang,
    };
    let name = &site.settings.site.name;
    let title = format!("{} – {name}", say(lang).help);
    let mut html = Html::page(lang.code());
    html.open("head", &[]);
    html.void("meta", &[("charset", "utf-8")]);
    html.void(
        "meta",
        &[
            ("name", "viewport"),
            ("content", "width=device-width, initial-scale=1"),
        ],
    );
    html.void("meta", &[("name", "generator"), ("content", "Guichet")]);
    html.void(
        "meta",
        &[("name", "color-scheme"), ("content", "light dark")],
    );
    html.element("title", &[], &title);
    html.void("link", &[("rel", "stylesheet"), ("href", sheet)]);
    for other in others(&context) {
        let link = [
            ("rel", "alternate"),
            ("hreflang", other.code()),
            ("href", page_file(other)),
        ];
        html.void("link", &link);
    }
    structured::write(&mut html, &context);
    html.close("head");
    html.open("body", &[]);
    html.element(
        "a",
        &[("class", "skip"), ("href", "#contenu")],
        say(lang).skip,
    );
    header(&mut html, &context);
    html.open("main", &[("id", "contenu")]);
    html.heading(1, &[], say(lang).help);
    contents(&mut html, &context);
    faq::write(&mut html, &context);
    for terms in &context.own.terms {
        terms::write(&mut html, &context, terms);
    }
    terms::elsewhere(&mut html, &context);
    person(&mut html, &context);
    html.close("main");
    html.close("body");
    html.finish()
}

fn others<'a>(context: &'a Context<'_>) -> impl Iterator<Item = Lang> + 'a {
    let locales = context.site.settings.site.locales.iter().copied();
    locales.filter(|other| *other != context.lang)
}

/// The shop, the other languages, and the withdrawal function (L221-21), which must be at hand on every page.
fn header(html: &mut Html, context: &Context<'_>) {
    let site = &context.site.settings.site;
    html.open("header", &[]);
    html.open("p", &[("class", "shop")]);
    link_or_text(html, &site.url, &site.name, &[]);
    html.close("p");
    html.open("ul", &[("class", "tools")]);
    for other in others(context) {
        let code = other.code();
        html.open("li", &[]);
        let link = [
            ("href", page_file(other)),
            ("hreflang", code),
            ("lang", code),
        ];
        html.element("a", &link, say(other).own_name);
        html.close("li");
    }
    if site.withdrawal_url.is_some() {
        html.open("li", &[]);
        withdrawal(html, context);
        html.close("li");
    }
    html.close("ul");
    html.close("header");
}

fn withdrawal(html: &mut Html, context: &Context<'_>) {
    if let Some(url) = &context.site.settings.site.withdrawal_url {
        let words = say(context.lang).withdraw;
        link_or_text(html, url, words, &[("class", "withdraw")]);
    }
}

fn contents(html: &mut Html, context: &Context<'_>) {
    let words = say(context.lang);
    html.open("nav", &[("aria-label", words.contents)]);
    html.open("ul", &[]);
    for (id, name) in faq::categories(context) {
        item(html, &format!("#{}", faq::category_anchor(id)), name);
    }
    for terms in &context.own.terms {
        item(
            html,
            &format!("#{}", terms.name),
            terms::title(terms, words),
        );
        for older in &terms.older {
            let name = terms::older_title(terms, older, context.lang);
            item(html, &format!("#{}", older.address(&terms.name)), &name);
        }
    }
    item(html, "#contact", words.person);
    html.close("ul");
    html.close("nav");
}

fn item(html: &mut Html, href: &str, words: &str) {
    html.open("li", &[]);
    html.element("a", &[("href", href)], words);
    html.close("li");
}

/// The ways to a person, and the mediator (L616-1).
fn person(html: &mut Html, context: &Context<'_>) {
    let (site, lang) = (&context.site.settings.site, context.lang);
    let words = say(lang);
    html.open("section", &[("class", "person")]);
    html.heading(2, &[("id", "contact")], words.person);
    html.open("ul", &[]);
    for channel in &site.channels {
        let (name, contact) = (channel.name.get(lang), channel.contact.as_str());
        html.open("li", &[]);
        let mut named = |href: &str| {
            html.text(&format!("{name}{}", words.colon));
            link_or_text(html, href, contact, &[]);
        };
        match channel.kind {
            ChannelKind::Phone => named(&format!("tel:{}", contact.replace(' ', ""))),
            ChannelKind::Email => named(&format!("mailto:{contact}")),
            ChannelKind::Callback | ChannelKind::Chat => link_or_text(html, contact, name, &[]),
            ChannelKind::Store => html.text(&format!("{name}{}{contact}", words.colon)),
        }
        for note in [channel.cost.get(lang), channel.note.get(lang)] {
            if !note.is_empty() {
                html.text(&format!(" – {note}"));
            }
        }
        html.close("li");
    }
    if let Some(url) = &site.contact_url {
        html.open("li", &[]);
        link_or_text(html, url, words.contact_page, &[]);
        html.close("li");
    }
    html.close("ul");
    if let Some(mediator) = &site.mediator {
        html.open("p", &[]);
        html.text(&format!(
            "{}{}{}, {}, ",
            words.mediator, words.colon, mediator.name, mediator.address
        ));
        link_or_text(html, &mediator.url, &mediator.url, &[]);
        html.close("p");
    }
    if site.withdrawal_url.is_some() {
        html.open("p", &[]);
        withdrawal(html, context);
        html.close("p");
    }
    html.close("section");
}

/// A link, where its target is one that cannot run script.
fn link_or_text(html: &mut Html, href: &str, words: &str, more: &[(&str, &str)]) {
    if is_safe_href(href) {
        let mut attributes = vec![("href", href)];
        attributes.extend(more);
        html.element("a", &attributes, words);
    } else {
        html.text(words);
    }
}
