//! What an owner writes, right and wrong.

use super::*;
use crate::faq;
use crate::problem::Problem;
use std::fs;
use std::path::Path;

const ENTRY: &str = "+++\nid = \"rendre\"\nquestion = \"Comment rendre ?\"\ncategory = \"retours\"\nshort = \"Par la poste.\"\n";

/// Reads an entry with this `[[deadline]]`, which begins on line 6.
fn entry(deadline: &str) -> (Vec<Deadline>, Vec<Problem>) {
    let text = format!("{ENTRY}[[deadline]]\n{deadline}+++\nPar la poste.\n");
    let source = Source {
        file: Path::new("rendre.md"),
        text: &text,
    };
    let mut problems = Problems::default();
    let entry = faq::read(&source, Region::FrAlsaceMoselle, &mut problems);
    let deadlines = entry.map_or(Vec::new(), |entry| entry.entry.deadlines);
    (deadlines, problems.sorted())
}

fn refused(deadline: &str, line: usize, message: &str, hint: &str) {
    let (_, problems) = entry(deadline);
    let told: Vec<_> = problems
        .iter()
        .map(|own| (own.line, own.message.as_str()))
        .collect();
    assert_eq!(told, [(line, message)], "{deadline}");
    assert!(
        problems[0].hint.contains(hint),
        "`{hint}` is in `{}`",
        problems[0].hint
    );
}

#[test]
fn an_entry_gives_a_delay_and_the_law_beside_it() {
    let (deadlines, problems) = entry(
        "title = \"Rendre un article\"\nstart = \"receipt\"\nwithin = 30\nunit = \"jours_ouvrables\"\nprolonged = false\nlaw = { within = 14, unit = \"calendar_days\", prolonged = true, source = \"article L221-18\" }\n",
    );
    assert_eq!(problems, []);
    let holidays = Region::FrAlsaceMoselle;
    let expected = Deadline {
        title: "Rendre un article".to_owned(),
        start: Start::Receipt,
        delay: Delay {
            within: 30,
            unit: Unit::JoursOuvrables,
            prolonged: false,
            holidays,
        },
        law: Some(Law {
            delay: Delay {
                within: 14,
                unit: Unit::CalendarDays,
                prolonged: true,
                holidays,
            },
            source: "article L221-18".to_owned(),
        }),
    };
    assert_eq!(deadlines, [expected]);
}

#[test]
fn mistakes_are_told_with_their_line_and_remedy() {
    let deadline = |start: &str, within: &str, unit: &str| {
        format!(
            "title = \"Rendre\"\nstart = \"{start}\"\nwithin = {within}\nunit = \"{unit}\"\nprolonged = true\n"
        )
    };
    refused(
        &deadline("reception", "14", "calendar_days"),
        8,
        "unknown event `reception`",
        "`receipt`",
    );
    refused(
        &deadline("receipt", "14", "jours"),
        10,
        "unknown unit `jours`",
        "`jours_ouvrables` (Monday to Saturday)",
    );
    refused(
        &deadline("receipt", "0", "calendar_days"),
        9,
        "a delay of 0, expected 1 to 366 of its unit",
        "`within = 14`",
    );
    refused(
        &deadline("receipt", "99", "years"),
        9,
        "a delay of 99, expected 1 to 30 of its unit",
        "`within = 14`",
    );
    refused(
        "title = \"Rendre\"\nstart = \"receipt\"\nwithin = 14\nunit = \"calendar_days\"\n",
        6,
        "the front matter does not parse: missing field `prolonged`",
        "guichet init",
    );
}

const SITE: &str = r#"
name = "Boutique"
url = "https://boutique.example"
locales = ["fr", "en"]
time_zone = "Europe/Paris"
[[team]]
id = "equipe"
name = { fr = "Équipe", en = "Team" }
[[category]]
id = "retours"
team = "equipe"
name = { fr = "Retours", en = "Returns" }
[[channel]]
id = "e-mail"
kind = "email"
name = { fr = "E-mail" }
contact = "a@boutique.example"
[[deadline]]
title = { fr = "Renoncer à votre achat", en = "Withdraw" }
clauses = ["cgv/1"]
entries = ["rendre"]
start = "receipt"
within = 14
unit = "calendar_days"
prolonged = true
"#;

/// A site folder whose English entry rests on a clause written in French.
fn site(settings: &str, english: &str) -> tempfile::TempDir {
    let desk = tempfile::tempdir().unwrap();
    let folder = desk.path().join("boutique");
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("site.toml", settings);
    write("faq/fr/rendre.md", &format!("{ENTRY}+++\nPar la poste.\n"));
    write(
        "faq/en/rendre.md",
        &format!("{ENTRY}clauses = [\"cgv/1\"]\n{english}+++\nBy post.\n"),
    );
    write(
        "terms/fr/cgv.md",
        "# CGV\n\n## Article 1 – Retours\n\nVous disposez de quatorze jours calendaires après la réception.\n",
    );
    desk
}

fn read(desk: &tempfile::TempDir) -> (Option<crate::site::SiteContent>, Vec<String>) {
    let (content, problems) = crate::site::read(
        &desk.path().join("boutique"),
        crate::site::Day::On(guichet_domain::civil::Date(20_000)),
    );
    let told = |own: &Problem| format!("{}: {}", own.line, own.message);
    (content, problems.iter().map(told).collect())
}

#[test]
fn a_deadline_of_the_site_reaches_clauses_and_entries_of_every_language() {
    let (content, problems) = read(&site(SITE, ""));
    assert_eq!(problems, [] as [&str; 0]);
    let content = content.unwrap();
    let titles = |lang| {
        let pack = crate::bundle::locale(&content, lang, &crate::lexicons::lexicon(lang).unwrap())
            .unwrap()
            .pack;
        let of = |document: &guichet_domain::document::Document| {
            use guichet_domain::document::Document::{Clause, Faq};
            let (Faq(guichet_domain::document::FaqEntry { deadlines, .. })
            | Clause(guichet_domain::document::Clause { deadlines, .. })) = document;
            deadlines[0].title.clone()
        };
        pack.documents.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(titles(Lang::Fr), ["Renoncer à votre achat"; 2]);
    // The clause is quoted from the French terms, the title is not.
    assert_eq!(titles(Lang::En), ["Withdraw"; 2]);
}

#[test]
fn a_deadline_of_what_does_not_exist_is_told() {
    let settings = SITE
        .replace("cgv/1", "cgv/9")
        .replace("entries = [\"rendre\"]", "entries = [\"perdre\"]")
        .replace(", en = \"Withdraw\"", "");
    let (_, problems) = read(&site(&settings, ""));
    assert_eq!(
        problems,
        [
            "19: the deadline has no title in `en`",
            "20: the deadline belongs to `cgv/9`, which does not exist",
            "21: the deadline belongs to `perdre`, which does not exist",
        ]
    );
    let settings = SITE
        .replace("clauses = [\"cgv/1\"]\n", "")
        .replace("entries = [\"rendre\"]\n", "");
    let (_, problems) = read(&site(&settings, ""));
    assert_eq!(problems, ["19: the deadline belongs to nothing"]);
}

#[test]
fn languages_that_differ_are_told() {
    let english = "[[deadline]]\ntitle = \"Send it back\"\nstart = \"receipt\"\nwithin = 30\nunit = \"calendar_days\"\nprolonged = false\n";
    let (content, problems) = read(&site(SITE, english));
    assert!(content.is_some());
    assert_eq!(
        problems,
        ["0: the entry’s deadlines in `en` differ from those in `fr`"]
    );
}
