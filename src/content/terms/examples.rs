//! Terms as merchants write them, and the clauses they must give. One `check` for each behaviour.

use super::{Clause, Cut, Format, cut};

pub(super) fn markdown(source: &str) -> Cut {
    cut(source, Format::Markdown)
}

/// Checks addresses and texts of all clauses.
fn check(source: &str, expected: &[(&str, &str)]) {
    let cut = markdown(source);
    let found: Vec<(&str, &str)> = cut
        .clauses
        .iter()
        .map(|clause| (clause.address.as_str(), clause.text.as_str()))
        .collect();
    assert_eq!(found, expected);
}

/// Checks the number as written and the path of the clause at an address.
fn check_heading(source: &str, address: &str, number: &str, path: &[&str]) {
    let cut = markdown(source);
    let clause = clause(&cut, address);
    assert_eq!(
        (clause.number.as_str(), &clause.path[..]),
        (
            number,
            &path.iter().map(ToString::to_string).collect::<Vec<_>>()[..]
        )
    );
}

pub(super) fn clause<'c>(cut: &'c Cut, address: &str) -> &'c Clause {
    let addresses: Vec<&str> = cut
        .clauses
        .iter()
        .map(|clause| clause.address.as_str())
        .collect();
    cut.find(address)
        .unwrap_or_else(|| panic!("no `{address}` in {addresses:?}"))
}

const WITHDRAWAL: &str = "\
# Conditions générales de vente

Version du 1er juillet 2026, applicable à toutes les commandes.

## Article 7 – Droit de rétractation

### 7.1 Principe
Vous disposez de quatorze jours, sauf dans les cas de l'article 7.2.

### 7.2 Selon ce que vous avez acheté
La règle dépend de l'achat. Chaque catégorie suit la sienne :

a) **Biens matériels** : le délai court à partir de la réception.

b) **Contenus numériques** : le délai court à partir de la commande.

Dans tous les cas, la fonction « renoncer » est gratuite.

## Annexe – Modèle de formulaire

Complétez ce formulaire si vous voulez vous rétracter.
";

#[test]
fn headed_terms_give_one_clause_for_each_number_and_letter() {
    check(
        WITHDRAWAL,
        &[
            (
                "conditions-generales-de-vente",
                "Version du 1er juillet 2026, applicable à toutes les commandes.",
            ),
            (
                "7.1",
                "Vous disposez de quatorze jours, sauf dans les cas de l'article 7.2.",
            ),
            (
                "7.2",
                "La règle dépend de l'achat. Chaque catégorie suit la sienne :",
            ),
            ("7.2.a", "le délai court à partir de la réception."),
            ("7.2.b", "le délai court à partir de la commande."),
            (
                "7.2.p2",
                "Dans tous les cas, la fonction « renoncer » est gratuite.",
            ),
            (
                "annexe-modele-de-formulaire",
                "Complétez ce formulaire si vous voulez vous rétracter.",
            ),
        ],
    );
}

#[test]
fn an_item_has_its_place_and_the_sentence_it_completes() {
    let path = [
        "Conditions générales de vente",
        "Article 7 – Droit de rétractation",
        "7.2 Selon ce que vous avez acheté",
        "b) Contenus numériques",
    ];
    check_heading(WITHDRAWAL, "7.2.b", "b)", &path);
    let cut = markdown(WITHDRAWAL);
    assert_eq!(
        clause(&cut, "7.2.b").lead.as_deref(),
        Some("Chaque catégorie suit la sienne :")
    );
    assert_eq!(clause(&cut, "7.2").lead, None);
}

#[test]
fn a_clause_covers_its_heading_in_the_source() {
    let cut = markdown(WITHDRAWAL);
    let first = clause(&cut, "7.1");
    assert!(
        WITHDRAWAL[first.start..first.end].starts_with("## Article 7"),
        "the article's heading opens its first clause"
    );
    assert!(WITHDRAWAL[first.start..first.end].ends_with("l'article 7.2."));
}

#[test]
fn an_article_without_text_is_found_as_its_first_clause() {
    assert_eq!(
        markdown(WITHDRAWAL)
            .find("7")
            .map(|clause| clause.address.as_str()),
        Some("7.1")
    );
    assert_eq!(markdown(WITHDRAWAL).find("8"), None);
}

#[test]
fn numbers_are_found_however_they_are_written() {
    check_heading(
        "**ARTICLE PREMIER : Objet**\n\nLe texte de l'article.\n\n**ARTICLE 2 : Prix**\n\nEn euros.",
        "1",
        "ARTICLE PREMIER",
        &["ARTICLE PREMIER : Objet"],
    );
    check_heading(
        "## 1\\. Objet\n\nLe texte.\n\n## 2\\. Prix\n\nEn euros.",
        "2",
        "2",
        &["2. Prix"],
    );
    check_heading(
        "## I. Objet\n\nLe texte.\n\n## II. Prix\n\nEn euros.",
        "2",
        "II",
        &["II. Prix"],
    );
    check_heading(
        "## § 1 Objet\n\nLe texte.\n\n## § 2 Prix\n\nEn euros.",
        "2",
        "§ 2",
        &["§ 2 Prix"],
    );
    check_heading(
        "Objet\n-----\n\nLe texte.\n\nPrix\n----\n\nEn euros.",
        "prix",
        "",
        &["Prix"],
    );
}

#[test]
fn numbered_paragraphs_need_no_heading() {
    check(
        "## Article 2 : Prix\n\n**2.1.** Tous les prix sont en euros.  \n**2.2.** Ils comprennent la TVA.\n\n2.3. Le paiement est dû à la commande.\n\n## Article 3 : Suite\n\n3.1 Fin.",
        &[
            ("2.1", "Tous les prix sont en euros."),
            ("2.2", "Ils comprennent la TVA."),
            ("2.3", "Le paiement est dû à la commande."),
            ("3.1", "Fin."),
        ],
    );
}

#[test]
fn a_bold_title_is_parted_from_the_sentence_after_it() {
    check_heading(
        "## Article 6\n\n**6.1 Pays de livraison** Nous livrons en France.\n\n## Article 7\n\nFin.",
        "6.1",
        "6.1",
        &["Article 6", "6.1 Pays de livraison"],
    );
    check_heading(
        "## Article 1\n\n1.2 **Nous contacter :** par téléphone.\n\n## Article 2\n\nFin.",
        "1.2",
        "1.2",
        &["Article 1", "1.2 Nous contacter"],
    );
}

#[test]
fn roman_items_nest_in_lettered_ones() {
    let source = "## Article 1\n\nNous :\n\n(a) livrons ;\n\n(b) remboursons, dans ces délais :\n\n(i) à la réception ;\n\n(ii) ou au retour ;\n\n(c) et répondons.\n\n## Article 2\n\nFin.";
    check(
        source,
        &[
            ("1", "Nous :"),
            ("1.a", "livrons ;"),
            ("1.b", "remboursons, dans ces délais :"),
            ("1.b.i", "à la réception ;"),
            ("1.b.ii", "ou au retour ;"),
            ("1.c", "et répondons."),
            ("2", "Fin."),
        ],
    );
    assert_eq!(
        clause(&markdown(source), "1.b.ii").lead.as_deref(),
        Some("Nous : remboursons, dans ces délais :")
    );
}

#[test]
fn a_plain_list_stays_with_its_paragraph() {
    check(
        "## Article 1\n\nLe prix comprend :\n\n- la TVA ;\n- l'éco-participation.\n\n## Article 2\n\nFin.",
        &[
            (
                "1",
                "Le prix comprend :\n- la TVA ;\n- l'éco-participation.",
            ),
            ("2", "Fin."),
        ],
    );
    check(
        "## Article 1\n\nPour commander :\n\n1. choisissez ;\n2. payez.",
        &[("1", "Pour commander :\n1. choisissez ;\n2. payez.")],
    );
}

#[test]
fn a_table_is_read_row_by_row() {
    check(
        "## Article 1\n\n| Mode | Prix |\n|---|---|\n| Relais | 3,50 € |\n| Domicile | 4,90 € |",
        &[("1", "Mode | Prix\nRelais | 3,50 €\nDomicile | 4,90 €")],
    );
}

#[test]
fn a_long_article_is_parted_between_paragraphs_and_no_sentence_is_cut() {
    let paragraph =
        "Le client peut choisir le mode de livraison qui lui convient au moment de la commande. "
            .repeat(6);
    let source = format!(
        "## Article 1\n\n{0}\n\n{0}\n\n{0}\n\n{0}\n",
        paragraph.trim()
    );
    let cut = markdown(&source);
    let addresses: Vec<&str> = cut
        .clauses
        .iter()
        .map(|clause| clause.address.as_str())
        .collect();
    assert_eq!(addresses, ["1", "1.p2"]);
    assert!(
        cut.clauses
            .iter()
            .all(|clause| clause.text.ends_with("commande."))
    );
}

#[test]
fn a_long_list_is_parted_between_items_that_keep_their_lead() {
    let items = "- un produit que vous avez choisi dans la boutique et qui vous a été livré sans défaut ;\n".repeat(20);
    let cut = markdown(&format!(
        "## Article 1\n\nSont exclus du droit de rétractation :\n\n{items}"
    ));
    let second = clause(&cut, "1.p2");
    assert!(second.text.starts_with("- un produit"));
    assert_eq!(
        second.lead.as_deref(),
        Some("Sont exclus du droit de rétractation :")
    );
}

#[test]
fn lines_of_a_printed_page_are_joined_to_sentences() {
    let mut source = String::from("1. OBJET\n\n");
    for _ in 0..25 {
        source.push_str("Les présentes conditions règlent les ventes conclues à distance avec un\n\nclient qui achète pour son usage personnel et hors de sa profession.\n\n");
    }
    source.push_str("12\n\n2. PRIX\n\nLes prix sont en euros et comprennent la taxe sur la valeur ajoutée.\n\n3. FIN\n\nRien de plus n'est à dire ici, et le contrat finit là.");
    let cut = markdown(&source);
    assert!(clause(&cut, "1").text.starts_with(
        "Les présentes conditions règlent les ventes conclues à distance avec un client qui achète"
    ));
    assert_eq!(clause(&cut, "2").path, ["2. PRIX"]);
    assert_eq!(
        cut.dropped
            .iter()
            .map(|dropped| dropped.text.as_str())
            .collect::<Vec<_>>(),
        ["12"]
    );
}

#[test]
fn several_numbered_paragraphs_on_one_line_are_parted() {
    check(
        "Notre contrat\n\n1\\. Les produits sont proposés dans la limite des stocks de la boutique, pour une livraison en France et dans les pays voisins qui figurent sur la liste. 2. La commande vaut acceptation de notre offre et du prix qui est affiché au moment du paiement sur la page du panier.",
        &[
            (
                "notre-contrat.1",
                "Les produits sont proposés dans la limite des stocks de la boutique, pour une livraison en France et dans les pays voisins qui figurent sur la liste.",
            ),
            (
                "notre-contrat.2",
                "La commande vaut acceptation de notre offre et du prix qui est affiché au moment du paiement sur la page du panier.",
            ),
        ],
    );
}

#[test]
fn articles_of_a_code_that_are_quoted_are_no_articles_of_the_terms() {
    check(
        "## Article 8 – Garanties\n\nLa loi dit :\n\n**Article L217-4 du Code de la consommation**\n\nLe bien est conforme au contrat s'il répond à la description.\n\n## Article 9 – Litiges\n\nLe droit français s'applique.",
        &[
            ("8", "La loi dit :"),
            (
                "8.article-l217-4-du-code-de-la-consommation",
                "Le bien est conforme au contrat s'il répond à la description.",
            ),
            ("9", "Le droit français s'applique."),
        ],
    );
}

#[test]
fn text_without_any_structure_is_one_clause() {
    check(
        "Les prix sont en euros.",
        &[("en-tete", "Les prix sont en euros.")],
    );
    check("", &[]);
}
