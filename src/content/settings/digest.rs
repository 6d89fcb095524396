//! Reads `[digest]` of `site.toml`: who is mailed each Monday what customers said the week before.

use crate::problem::{Problems, Source};
use guichet_domain::claim::form::is_email;
use guichet_domain::lang::Lang;
use guichet_domain::site::Digest;
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDigest {
    to: Spanned<Vec<Spanned<String>>>,
    lang: Option<Spanned<String>>,
}

/// The digest in the site's first language unless it names one; what is wrong goes to `problems`.
pub(super) fn read(
    raw: &RawDigest,
    locales: &[Lang],
    source: &Source<'_>,
    problems: &mut Problems,
) -> Digest {
    if raw.to.get_ref().is_empty() {
        problems.error(
            &source.at(raw.to.span().start),
            "`[digest]` goes to nobody",
            "write `to = [\"direction@ma-boutique.example\"]`, or remove `[digest]`",
        );
    }
    let mut to: Vec<String> = Vec::new();
    for address in raw.to.get_ref() {
        let text = address.get_ref();
        if !is_email(text) {
            problems.error(
                &source.at(address.span().start),
                format!("`{text}` is not an e-mail address"),
                "write the address alone, for example `direction@ma-boutique.example`",
            );
        } else if to.contains(text) {
            problems.warning(
                &source.at(address.span().start),
                format!("`{text}` is listed twice"),
                "list each address once",
            );
        } else {
            to.push(text.clone());
        }
    }
    let lang = raw.lang.as_ref().and_then(|tag| {
        let lang = Lang::from_tag(tag.get_ref());
        if lang.is_none() {
            problems.error(
                &source.at(tag.span().start),
                format!("unknown language `{}`", tag.get_ref()),
                "Guichet speaks `fr` and `en`",
            );
        }
        lang
    });
    let first = locales.first().copied();
    Digest {
        to,
        lang: lang.or(first).unwrap_or(Lang::Fr),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn check(text: &str) -> (Digest, String) {
        let source = Source {
            file: Path::new("site.toml"),
            text,
        };
        let mut problems = Problems::default();
        let raw: RawDigest = toml::from_str(text).unwrap();
        let digest = read(&raw, &[Lang::En], &source, &mut problems);
        let problems = problems.sorted();
        let told: Vec<_> = problems.iter().map(ToString::to_string).collect();
        (digest, told.join("\n"))
    }

    #[test]
    fn a_digest_is_written_in_the_sites_first_language_or_the_one_it_names() {
        let (digest, problems) = check("to = ['a@shop.example', 'b@shop.example']");
        assert_eq!(digest.to, ["a@shop.example", "b@shop.example"]);
        assert_eq!((digest.lang, problems.as_str()), (Lang::En, ""));
        assert_eq!(check("to = ['a@b.example']\nlang = 'fr'").0.lang, Lang::Fr);
    }

    #[test]
    fn every_mistake_is_told_with_its_line() {
        let (_, problems) = check(
            "lang = 'de'\nto = [\n  'direction',\n  'Zoé <zoe@shop.example>',\n  'a@shop.example',\n  'a@shop.example',\n]",
        );
        insta::assert_snapshot!(problems);
        insta::assert_snapshot!(check("to = []").1);
    }
}
