//! Turns a heading into an address: small ASCII letters, digits and dashes.

/// Longest slug, in bytes; a longer one is cut between words.
const LONGEST: usize = 60;

/// The slug of a heading: `Annexe – Modèle de formulaire` becomes `annexe-modele-de-formulaire`. Never empty: a
/// heading without letters or digits gives `section`.
pub(crate) fn slug(heading: &str) -> String {
    let mut slug = String::new();
    for word in heading.split(|c: char| !c.is_alphanumeric()) {
        let mut plain = String::new();
        for c in word.chars().flat_map(char::to_lowercase) {
            push_plain(&mut plain, c);
        }
        if plain.is_empty() {
            continue;
        }
        if slug.len() + plain.len() >= LONGEST {
            if slug.is_empty() {
                slug.extend(plain.chars().take(LONGEST));
            }
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&plain);
    }
    if slug.is_empty() {
        "section".to_owned()
    } else {
        slug
    }
}

/// Parts an address from the `-2` of a second run of articles: `10.1-2` is `10.1` and `-2`. A part's own `.p2` goes
/// with neither; slugs have no runs.
pub(super) fn split_run(address: &str) -> (&str, &str) {
    let whole = address
        .rsplit_once(".p")
        .filter(|(_, part)| part.bytes().all(|b| b.is_ascii_digit()))
        .map_or(address, |(whole, _)| whole);
    let numbered = whole.starts_with(|c: char| c.is_ascii_digit());
    match whole.rfind('-') {
        Some(at)
            if numbered
                && at + 1 < whole.len()
                && whole[at + 1..].bytes().all(|b| b.is_ascii_digit()) =>
        {
            whole.split_at(at)
        }
        _ => (whole, ""),
    }
}

/// Adds a small letter without its accent; a letter of another script is left out.
fn push_plain(plain: &mut String, c: char) {
    match c {
        'a'..='z' | '0'..='9' => plain.push(c),
        'à' | 'â' | 'ä' | 'á' | 'ã' | 'å' => plain.push('a'),
        'ç' => plain.push('c'),
        'é' | 'è' | 'ê' | 'ë' => plain.push('e'),
        'î' | 'ï' | 'í' | 'ì' => plain.push('i'),
        'ñ' => plain.push('n'),
        'ô' | 'ö' | 'ó' | 'ò' | 'õ' => plain.push('o'),
        'ù' | 'û' | 'ü' | 'ú' => plain.push('u'),
        'ÿ' | 'ý' => plain.push('y'),
        'œ' => plain.push_str("oe"),
        'æ' => plain.push_str("ae"),
        'ß' => plain.push_str("ss"),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_plain_ascii() {
        assert_eq!(
            slug("Annexe – Modèle de formulaire"),
            "annexe-modele-de-formulaire"
        );
        assert_eq!(slug("L’ŒUVRE d’Été"), "l-oeuvre-d-ete");
        assert_eq!(slug("—"), "section");
    }

    #[test]
    fn a_long_slug_is_cut_between_words() {
        let long = slug(&"livraison ".repeat(20));
        assert!(
            long.len() < LONGEST && long.ends_with("livraison"),
            "{long}"
        );
    }
}
