//! What a page of ours always is, tried on a shop whose owner writes what breaks pages.

use super::*;
use crate::site::{Day, SiteContent, read};
use std::collections::HashSet;
use std::fs;
use std::path::Path;

const SETTINGS: &str = r#"
name = "Chez <Zoé> & fils"
url = "https://zoe.example/?a=1&b=2"
locales = ["fr", "en"]
time_zone = "Europe/Paris"
withdrawal_url = "/retractation.html"
contact_url = "javascript:alert(1)"

[mediator]
name = "Médiation & paix"
address = "1 rue du Lac, Annecy"
url = "https://mediation.example"

[[team]]
id = "sav"
name = { fr = "SAV" }

[[category]]
id = "retours"
team = "sav"
name = { fr = "Retours", en = "Returns" }

[[category]]
id = "vide"
team = "sav"
name = { fr = "Rien ici" }

[[channel]]
id = "telephone"
kind = "phone"
name = { fr = "Par téléphone", en = "By phone" }
contact = "+33 1 99 00 00 00"
"#;

const ENTRY: &str = r#"+++
id = "rendre"
question = "Puis-je rendre un article </script><script>alert(1)</script> ?"
category = "retours"
short = "Oui, pendant \"14 jours\" & pas un de moins."
clauses = ["cgv/2.1.b", "cgv/1.1"]
related = ["perime"]
valid_until = 2026-12-31
+++
Oui, [ici](/retours?a=1&b=2) :

## Comment

- **Imprimez** l’étiquette.
- Collez-la.
"#;

const EXPIRED: &str = r#"+++
id = "perime"
question = "Soldes ?"
category = "retours"
short = "Finis."
valid_until = 2025-12-31
+++
Finis.
"#;

const TERMS: &str = "\
# Conditions de vente

## Article 1 – Livraison

### 1.1 Délai
Sous trois jours, sauf pour ce que dit l’article 2.1.

| Mode | Prix |
|---|---|
| Point relais | 3 € |

## Article 2 – Rétractation

### 2.1 Selon l’achat
La règle dépend de ce qui a été acheté :

a) **Biens** : quatorze jours, <em>sans</em> motif & sans frais.

b) **Numérique** : aucun droit après le téléchargement.
";

fn site(terms: &[(&str, &str)]) -> SiteContent {
    let desk = tempfile::tempdir().unwrap();
    let folder = desk.path().join("zoe");
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("site.toml", SETTINGS);
    write("faq/fr/retours/rendre.md", ENTRY);
    write("faq/fr/retours/perime.md", EXPIRED);
    let english = ENTRY.replace("related", "# related");
    write("faq/en/retours/rendre.md", &english);
    for (name, text) in terms {
        write(&format!("terms/fr/{name}"), text);
    }
    let (site, problems) = read(&folder, Day::On("2026-07-02".parse().unwrap()));
    site.unwrap_or_else(|| panic!("{problems:?}"))
}

fn both(terms: &[(&str, &str)]) -> [String; 2] {
    let site = site(terms);
    [Lang::Fr, Lang::En].map(|lang| page(&site, lang, "page.css"))
}

/// Elements as they open: name and attributes. Stops the test where one is not closed in its turn.
fn elements(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut open: Vec<String> = Vec::new();
    let mut found = Vec::new();
    let body = page.strip_prefix("<!doctype html>\n").unwrap();
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece
            .split_once('>')
            .unwrap_or_else(|| panic!("`<{piece}` ends"));
        assert!(!text.contains('>'), "`{text}` is escaped");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "closed in turn: {piece}");
            continue;
        }
        let is_void = tag.ends_with(" /");
        let mut parts = tag.trim_end_matches(" /").splitn(2, ' ');
        let name = parts.next().unwrap().to_owned();
        let mut attributes = Vec::new();
        let mut rest = parts.next().unwrap_or_default();
        while let Some((key, after)) = rest.split_once("=\"") {
            let (value, after) = after.split_once('"').unwrap();
            let value = value.replace("&quot;", "\"").replace("&amp;", "&");
            attributes.push((key.trim().to_owned(), value));
            rest = after;
        }
        assert_eq!(rest, "", "attributes have values in quotes: {tag}");
        if !is_void {
            open.push(name.clone());
        }
        found.push((name, attributes));
    }
    assert!(open.is_empty(), "left open: {open:?}");
    found
}

/// Everything that holds for every page.
fn check_page(page: &str, other: &str) {
    let found = elements(page);
    let ids = |page: &str| {
        let attributes = elements(page)
            .into_iter()
            .flat_map(|(_, attributes)| attributes);
        attributes
            .filter(|(key, _)| key == "id")
            .map(|(_, id)| id)
            .collect::<Vec<_>>()
    };
    let own = ids(page);
    let unique: HashSet<&String> = own.iter().collect();
    assert_eq!(unique.len(), own.len(), "ids are unique: {own:?}");
    let others = ids(other);
    let mut level = 0;
    for (name, attributes) in &found {
        if let Some(next) = name
            .strip_prefix('h')
            .and_then(|level| level.parse::<usize>().ok())
        {
            assert!(
                next <= level + 1,
                "no level of headings is skipped: h{level}, h{next}"
            );
            level = next;
        }
        for (key, value) in attributes {
            assert!(
                key != "style" && !key.starts_with("on"),
                "`{key}` needs more than a strict policy"
            );
            if key == "href" {
                let (file, anchor) = value.split_once('#').unwrap_or((value, ""));
                let known = match file {
                    "" => &own,
                    "aide.html" | "help.html" => &others,
                    _ => continue,
                };
                assert!(
                    anchor.is_empty() || known.iter().any(|id| id == anchor),
                    "`{value}` leads somewhere"
                );
                assert!(!value.starts_with("javascript:"));
            }
        }
        if name == "script" {
            assert_eq!(
                attributes[0].1, "application/ld+json",
                "data, and no program"
            );
        }
    }
}

const VERSIONS: [(&str, &str); 2] = [
    (
        "cgv@2025-01-15.md",
        "# Conditions de vente\n\n## Article 1 – Livraison\nSous dix jours.\n",
    ),
    ("cgv@2026-07-01.md", TERMS),
];

#[test]
fn a_page_is_well_formed_whatever_a_merchant_writes_and_its_links_lead_somewhere() {
    for terms in [&VERSIONS[..], &[("cgv.md", TERMS)]] {
        let [french, english] = both(terms);
        check_page(&french, &english);
        check_page(&english, &french);
    }
    let [french, english] = both(&VERSIONS);
    insta::assert_snapshot!("french", french);
    insta::assert_snapshot!("english", english);
}

#[test]
fn anchors_are_the_ids_of_documents_and_of_every_version() {
    let [french, _] = both(&VERSIONS);
    for id in [
        "faq/rendre",
        "cgv",
        "cgv/1",
        "cgv/1.1",
        "cgv/2.1.a",
        "cgv@2026-07-01",
        "cgv@2026-07-01/2.1.a",
        "cgv@2025-01-15",
        "cgv@2025-01-15/1",
    ] {
        assert!(
            french.contains(&format!(" id=\"{id}\"")),
            "`{id}`:\n{french}"
        );
    }
    assert!(french.contains("pas en vigueur") || french.contains("n’est plus en vigueur"));
}

#[test]
fn what_does_not_hold_on_the_day_of_the_build_is_not_on_the_page() {
    let [french, _] = both(&VERSIONS);
    assert!(!french.contains("Soldes"), "{french}");
}

#[test]
fn the_way_to_withdraw_is_a_plain_link() {
    for (page, words) in both(&VERSIONS)
        .iter()
        .zip(["Renoncer au contrat ici", "Withdraw from contract here"])
    {
        assert!(
            page.contains(&format!(
                "<a href=\"/retractation.html\" class=\"withdraw\">{words}</a>"
            )),
            "{page}"
        );
    }
}

#[test]
fn search_engines_read_the_very_words_of_question_and_answer() {
    let [french, _] = both(&VERSIONS);
    let (_, rest) = french.split_once("ld+json\">").unwrap();
    let (json, _) = rest.split_once("</script>").unwrap();
    let data: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(data["@type"], "FAQPage");
    let question = &data["mainEntity"][0];
    assert_eq!(
        question["name"],
        "Puis-je rendre un article </script><script>alert(1)</script> ?"
    );
    let answer = question["acceptedAnswer"]["text"].as_str().unwrap();
    assert!(
        answer.starts_with("Oui, pendant \"14 jours\" & pas un de moins.\n\nOui, ici"),
        "{answer}"
    );
}

#[test]
fn a_page_that_is_not_ours_is_never_overwritten() {
    let desk = tempfile::tempdir().unwrap();
    let foreign = desk.path().join("aide.html");
    fs::write(&foreign, "<h1>Mon aide</h1>").unwrap();
    let bundle = crate::bundle::bundle(&site(&VERSIONS), |_| ()).unwrap();
    let error = crate::bundle::write_bundle(&bundle, desk.path()).unwrap_err();
    assert!(
        error.to_string().contains("\nhint: choose a folder"),
        "{error}"
    );
    let names = |folder: &Path| fs::read_dir(folder).unwrap().count();
    assert_eq!(names(desk.path()), 1, "nothing else was written");
}
