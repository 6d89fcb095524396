//! What the cutter finds out besides clauses: references, faults in the numbers, and what is no part of the terms.

use super::examples::{clause, markdown};
use super::{Format, cut};

fn check_references(source: &str, address: &str, expected: &[&str]) {
    assert_eq!(clause(&markdown(source), address).references, expected);
}

fn check_warnings(source: &str, expected: &[&str]) {
    assert_eq!(markdown(source).warnings, expected);
}

fn check_dropped(source: &str, format: Format, expected: &[(&str, &str)]) {
    let cut = cut(source, format);
    let found: Vec<(&str, &str)> = cut
        .dropped
        .iter()
        .map(|dropped| (dropped.why.as_str(), dropped.text.as_str()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn references_lead_to_clauses_and_not_to_laws() {
    let source = "## Article 1\n\nVoir les articles 2.1 et 2.2 a), l'article 2 et l'article 1641 du Code civil.\n\n## Article 2\n\n2.1 Premier.\n\n2.2 Deuxième :\n\na) un ;\n\nb) deux.";
    check_references(source, "1", &["2.1", "2.2.a", "2"]);
    check_warnings(source, &[]);
}

#[test]
fn what_is_wrong_with_the_numbers_is_said() {
    check_warnings(
        "## Article 1\n\nUn.\n\n## Article 3\n\nTrois.",
        &["article `2` is missing"],
    );
    check_warnings(
        "## Article 1\n\n1.1 Un.\n\n1.3 Trois.\n\n## Article 2\n\nFin.",
        &["clause `1.2` is missing"],
    );
    check_warnings(
        "## Article 1\n\nVoir l'article 9.9.\n\n## Article 2\n\nFin.",
        &["clause `1` refers to article `9.9`, which does not exist"],
    );
    check_warnings(
        "## Article 1\n\nSont exclus :\n\na) un ;\n\nc) trois.",
        &["in `1` a number is missing before `c)`"],
    );
}

#[test]
fn articles_that_restart_keep_addresses_of_their_own() {
    let source = "## Article 1\n\nUn.\n\n## Article 2\n\nVoir l'article 1.\n\n# Conditions de la place de marché\n\n## Article 1\n\nUn encore.\n\n## Article 2\n\nVoir l'article 1.";
    let cut = markdown(source);
    let addresses: Vec<&str> = cut
        .clauses
        .iter()
        .map(|clause| clause.address.as_str())
        .collect();
    assert_eq!(addresses, ["1", "2", "1-2", "2-2"]);
    check_warnings(
        source,
        &["the articles restart at `Article 1`: addresses from here on end in `-2`"],
    );
    check_references(source, "2", &["1"]);
    check_references(source, "2-2", &["1-2"]);
}

#[test]
fn furniture_of_the_page_is_dropped_and_reported() {
    check_dropped(
        "[Accueil](/) [Femme](/f) [Homme](/h) [Soldes](/s)\n\n# Conditions de vente\n\nSommaire\n\n- [1. Objet](#objet)\n- [2. Prix](#prix)\n- [3. Litiges](#litiges)\n\n## 1. Objet\n\nLe texte du premier.\n\n## 2. Prix\n\nEn euros.\n\n## 3. Litiges\n\nLe droit français.\n\n© 2026 La boutique, tous droits réservés",
        Format::Markdown,
        &[
            ("menu", "Accueil Femme Homme Soldes"),
            (
                "table of contents",
                "Sommaire\n- 1. Objet\n- 2. Prix\n- 3. Litiges",
            ),
            ("footer", "© 2026 La boutique, tous droits réservés"),
        ],
    );
    check_dropped(
        "Version n° 3 du 1er juillet 2026\n\n* [Version n° 2 du 3 mai 2024](/2)\n* [Version n° 1 du 2 mai 2021](/1)\n\n## Article 1\n\nUn.",
        Format::Markdown,
        &[(
            "version list",
            "- Version n° 2 du 3 mai 2024\n- Version n° 1 du 2 mai 2021",
        )],
    );
}

#[test]
fn a_page_gives_its_terms_and_nothing_else() {
    let source = "<html><head><title>CGV</title><style>p{}</style></head><body><nav><a href=/>Accueil</a></nav><main><h1>Conditions g&eacute;n&eacute;rales</h1>\
        <h2>Article 1 &ndash; Objet</h2><p>Les pr&eacute;sentes<br>conditions.</p><h2>Article 2 &ndash; Retours</h2><p>Sont exclus&nbsp;:</p>\
        <ol type=\"a\"><li>les journaux&nbsp;;</li><li>les denrées.</li></ol></main><footer>Mentions</footer><script>var a = '<p>';</script></body></html>";
    let cut = cut(source, Format::Html);
    let found: Vec<(&str, &str)> = cut
        .clauses
        .iter()
        .map(|clause| (clause.address.as_str(), clause.text.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("1", "Les présentes\nconditions."),
            ("2", "Sont exclus\u{a0}:"),
            ("2.a", "les journaux\u{a0};"),
            ("2.b", "les denrées.")
        ]
    );
    assert_eq!(clause(&cut, "2.b").number, "b)");
    assert_eq!(
        clause(&cut, "2.b").path,
        ["Conditions générales", "Article 2 – Retours"],
        "the browser made the letter, so no heading opens here"
    );
    assert_eq!(
        &source[cut.clauses[1].start..cut.clauses[1].end],
        "<h2>Article 2 &ndash; Retours</h2><p>Sont exclus&nbsp;:"
    );
    check_dropped(
        source,
        Format::Html,
        &[
            ("page head", "CGV"),
            ("style", ""),
            ("menu", "Accueil"),
            ("footer", "Mentions"),
            ("script", ""),
        ],
    );
}
