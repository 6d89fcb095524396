//! Every rule on a small site: what it finds, and that the mended text is silent.

use super::*;
use std::fs;

const SETTINGS: &str = r#"
name = "Boutique"
url = "https://www.boutique.example"
locales = ["fr"]
time_zone = "Europe/Paris"
withdrawal_url = "/retractation.html"
[mediator]
name = "Médiation Exemple"
address = "1 place de l’Exemple, 75000 Paris"
url = "https://www.mediation.example"
[[team]]
id = "equipe"
name = { fr = "Équipe" }
[[category]]
id = "retours"
team = "equipe"
name = { fr = "Retours" }
[[channel]]
id = "tel"
kind = "phone"
name = { fr = "Téléphone" }
contact = "+33 1 99 00 00 00"
"#;

const TERMS: &str = "## Article 1 – Rétractation\n\nVous pouvez vous rétracter dans un délai de quatorze jours, par la page « Renoncer au contrat ici ».\n\n\
    ## Article 2 – Garantie\n\nLa garantie légale de conformité dure deux ans.\n\n\
    ## Article 3 – Médiation\n\nLe médiateur est Médiation Exemple, 1 place de l’Exemple, 75000 Paris, https://www.mediation.example.\n";

const ENTRY: &str = "+++\nid = \"retour\"\nquestion = \"Combien de temps ai-je pour me rétracter ?\"\ncategory = \"retours\"\n\
    short = \"Vous avez 14 jours pour vous rétracter.\"\nclauses = [\"cgv/1\"]\n+++\nLe délai court dès la réception.\n";

/// A site of one entry and three clauses in which nothing is wrong.
struct Shop {
    settings: String,
    terms: String,
    entries: Vec<String>,
}

impl Shop {
    fn new() -> Self {
        Self {
            settings: SETTINGS.to_owned(),
            terms: TERMS.to_owned(),
            entries: vec![ENTRY.to_owned()],
        }
    }

    fn report(&self, pages: &[&str]) -> Report {
        let desk = tempfile::tempdir().unwrap();
        let folder = desk.path().join("boutique");
        let write = |path: &str, text: &str| {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("site.toml", &self.settings);
        write("terms/fr/cgv.md", &self.terms);
        for (at, entry) in self.entries.iter().enumerate() {
            write(&format!("faq/fr/e{at}.md"), entry);
        }
        for page in pages {
            write(&format!("pages/{page}"), "page");
        }
        let given = Circumstances {
            day: Day::On("2026-11-22".parse().unwrap()),
            pages: (!pages.is_empty()).then(|| folder.join("pages")),
            questions: Vec::new(),
        };
        site(&folder, &given)
    }

    fn check(&self, expected: &[(&str, &str)]) {
        check(&self.report(&[]), expected);
    }

    fn settings(mut self, from: &str, to: &str) -> Self {
        assert!(self.settings.contains(from));
        self.settings = self.settings.replace(from, to);
        self
    }

    fn terms(mut self, from: &str, to: &str) -> Self {
        assert!(self.terms.contains(from));
        self.terms = self.terms.replace(from, to);
        self
    }

    fn entry(mut self, from: &str, to: &str) -> Self {
        assert!(self.entries[0].contains(from));
        self.entries[0] = self.entries[0].replace(from, to);
        self
    }

    fn silence(mut self, rule: &str, place: &str) -> Self {
        let silence = format!(
            "[[check.silence]]\nrule = \"{rule}\"\nplace = \"{place}\"\nreason = \"essai\"\n"
        );
        self.settings.push_str(&silence);
        self
    }
}

fn markdown(text: &str) -> TermsText {
    TermsText {
        text: text.to_owned(),
        format: crate::terms::Format::Markdown,
        is_made: false,
    }
}

fn check(report: &Report, expected: &[(&str, &str)]) {
    let found: Vec<(&str, &str)> = report
        .findings
        .iter()
        .map(|finding| (finding.rule.id(), finding.place.as_str()))
        .collect();
    assert_eq!(found, expected, "{:#?}", report.findings);
}

#[test]
fn a_site_in_order_has_no_finding() {
    Shop::new().check(&[]);
}

#[test]
fn what_the_law_wants_in_the_terms_is_missed() {
    let gone = "page « Renoncer au contrat ici »";
    Shop::new()
        .terms(gone, "lettre")
        .check(&[("law/online-withdrawal", "cgv")]);
    Shop::new()
        .terms(
            "La garantie légale de conformité dure deux ans",
            "Nous réparons tout",
        )
        .check(&[("law/legal-guarantee", "cgv")]);
    Shop::new()
        .terms("1 place de l’Exemple, 75000 Paris, ", "")
        .check(&[("law/mediator", "cgv/3")]);
    Shop::new()
        .settings("withdrawal_url = \"/retractation.html\"", "")
        .check(&[("law/online-withdrawal", "site.toml")]);
}

#[test]
fn what_the_law_has_ended_or_forbids_is_found() {
    let odr = "deux ans. Plateforme : [ici](https://ec.europa.eu/consumers/odr/).";
    Shop::new()
        .terms("deux ans.", odr)
        .check(&[("law/odr-platform", "cgv/2")]);
    Shop::new()
        .terms("deux ans.", "deux ans. Service client : 0 825 12 34 56.")
        .check(&[("law/premium-number", "cgv/2")]);
    Shop::new()
        .settings("+33 1 99 00 00 00", "0 899 10 20 30")
        .check(&[("law/premium-number", "channel/tel")]);
    Shop::new()
        .terms("quatorze jours", "quatorze jours ouvrables")
        .check(&[("law/working-days", "cgv/1")]);
}

#[test]
fn a_delay_that_contradicts_the_terms_is_told_with_both_places() {
    let report = Shop::new().entry("14 jours", "30 jours").report(&[]);
    check(&report, &[("faq/contradicts-terms", "faq/retour")]);
    let message = &report.findings[0].message;
    assert!(
        message.contains("`30 jours`") && message.contains("`quatorze jours`"),
        "{message}"
    );
    assert!(
        message.contains("`cgv/1`") && message.contains("cgv.md:3"),
        "{message}"
    );
    // Another subject, the same amount otherwise written, or a delay of an item: no contradiction.
    Shop::new().entry("14 jours", "deux semaines").check(&[]);
    Shop::new()
        .entry(
            "Le délai court",
            "Nous répondons sous 2 jours. Le délai court",
        )
        .check(&[]);
}

#[test]
fn references_and_links_that_lead_nowhere_are_found() {
    Shop::new()
        .terms("deux ans.", "deux ans, selon l’article 9.")
        .check(&[("terms/reference", "cgv/2")]);
    let link = "Le délai [court](#guichet=cgv/8)";
    Shop::new()
        .entry("Le délai court", link)
        .check(&[("links/dead", "faq/retour")]);
    let report = Shop::new().report(&["contact.html"]);
    check(&report, &[("links/dead", "site.toml")]);
    check(&Shop::new().report(&["retractation.html"]), &[]);
}

#[test]
fn a_wording_that_is_tried_is_held_to_the_same_as_the_first() {
    let tried = "réception.\n+++\nshort = \"Vous avez 30 jours pour vous rétracter.\"\n+++\nVoyez [ici](#guichet=cgv/8).\n";
    let experiment = "[experiment]\nid = \"essai\"\nentry = \"retour\"\n[mediator]";
    let shop = Shop::new().settings("[mediator]", experiment);
    let report = shop.entry("réception.\n", tried).report(&[]);
    let told = [
        ("faq/contradicts-terms", "faq/retour"),
        ("links/dead", "faq/retour"),
    ];
    check(&report, &told);
    let lines: Vec<usize> = report.findings.iter().map(|one| one.line).collect();
    assert_eq!(lines, [10, 12]);
}

#[test]
fn entries_that_serve_nobody_are_found() {
    Shop::new()
        .entry("category", "valid_until = 2026-01-31\ncategory")
        .check(&[("faq/out-of-date", "faq/retour")]);
    let category = "[[category]]\nid = \"paiement\"\nteam = \"equipe\"\nname = { fr = \"Paiement\" }\n[[channel]]";
    Shop::new()
        .settings("[[channel]]", category)
        .check(&[("faq/empty-category", "category/paiement")]);
    let long = "Le délai court ".to_owned() + &"et court encore ".repeat(15);
    Shop::new()
        .entry("Le délai court", &long)
        .check(&[("faq/readability", "faq/retour")]);
    let longer = "Il court. ".repeat(160);
    Shop::new()
        .entry("Le délai court", &longer)
        .check(&[("faq/length", "faq/retour")]);
    let much = format!("rétracter. {}\"", "Oui, vraiment. ".repeat(25));
    Shop::new()
        .entry("rétracter.\"", &much)
        .check(&[("faq/short-answer", "faq/retour")]);
}

#[test]
fn entries_asked_nearly_the_same_way_are_found() {
    let mut shop = Shop::new();
    let other = ENTRY.replace("\"retour\"", "\"delai\"");
    shop.entries.push(other.replace(
        "Combien de temps ai-je pour me rétracter",
        "De combien de temps ai-je droit pour me rétracter",
    ));
    let report = shop.report(&[]);
    check(&report, &[]);
    shop.entries[1] = other;
    shop.check(&[("faq/near-duplicate", "faq/delai")]);
}

#[test]
fn a_silence_takes_its_finding_and_one_that_takes_none_is_told() {
    let odr = "deux ans. Voir https://ec.europa.eu/consumers/odr/.";
    let report = Shop::new()
        .terms("deux ans.", odr)
        .silence("law/odr-platform", "cgv/2")
        .silence("law/mediator", "cgv/3")
        .report(&[]);
    check(&report, &[("check/unused-silence", "site.toml")]);
    assert_eq!(report.silenced, 1);
    Shop::new()
        .silence("law/nothing", "*")
        .check(&[("files/read", "site.toml")]);
}

#[test]
fn what_stops_the_build_cannot_be_silenced() {
    Shop::new()
        .entry("cgv/1", "cgv/7")
        .silence("terms/reference", "*")
        .check(&[
            ("terms/reference", "faq/retour"),
            ("check/unused-silence", "site.toml"),
        ]);
}

#[test]
fn terms_alone_are_checked_by_the_rules_that_need_nothing_else() {
    let report = |text: &str| terms(Lang::Fr, Path::new("cgv.md"), markdown(text));
    assert_eq!(report(TERMS), []);
    let found = report("## Article 1 – Objet\n\nVente de chaussures.\n");
    let rules: Vec<&str> = found.iter().map(|finding| finding.rule.id()).collect();
    assert_eq!(
        rules,
        [
            "law/mediator",
            "law/online-withdrawal",
            "law/legal-guarantee"
        ]
    );
}

#[test]
fn a_finding_is_printed_with_place_rule_and_remedy() {
    let at = At {
        file: Path::new("terms/fr/cgv.md"),
        line: 12,
    };
    let finding = Finding::new(
        Rule::OdrPlatform,
        &at,
        "cgv/13.3",
        "the platform is closed",
        "remove it",
    );
    assert_eq!(
        finding.to_string(),
        "error: the platform is closed\n  --> terms/fr/cgv.md:12 (cgv/13.3)\n  rule: law/odr-platform\n  hint: remove it"
    );
}

#[test]
fn the_demonstration_merchant_comes_out_clean() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let given = Circumstances {
        day: Day::On("2026-11-22".parse().unwrap()),
        pages: Some(root.join("public")),
        questions: Vec::new(),
    };
    check(&site(&root.join("index/sites/cap-sentier"), &given), &[]);
}

proptest::proptest! {
    #[test]
    fn any_terms_are_checked(text in "(## |Article|[0-9]{1,4}|0 ?8[0-9]{2}|jours|rétract|médiateur|odr|€/min|www\\.|[a-zé .;\n(#)]){0,60}|\\PC{0,200}") {
        let findings = terms(Lang::Fr, Path::new("cgv.md"), markdown(&text));
        for finding in findings {
            assert!(finding.line <= text.lines().count() + 1);
        }
    }
}
