//! What an owner writes to try something, and what becomes of it in the bundle.

use super::*;
use crate::bundle::{Bundle, bundle};
use crate::site::{self, Day};
use guichet_bundle::Pack;
use guichet_domain::civil::Date;
use guichet_domain::document::Document;
use std::fs;

fn check(text: &str, expected: Result<(Unit, f64), &str>) {
    let source = Source {
        file: Path::new("site.toml"),
        text,
    };
    let mut problems = Problems::default();
    let raw: Raw = toml::from_str(text).unwrap();
    let found = read(Some(&raw), &source, &mut problems).map(|own| {
        assert!(!own.compares_wordings());
        (own.by, own.effect)
    });
    match expected {
        Ok(expected) => assert_eq!(found, Some(expected), "{text}"),
        Err(told) => {
            let problems = problems.sorted();
            assert_eq!(found, None, "{text}");
            assert!(problems[0].message.contains(told), "{problems:?}");
        }
    }
}

#[test]
fn an_experiment_is_read_or_its_mistake_told() {
    check("id = 'ordre'", Ok((Unit::Visit, DEFAULT_EFFECT)));
    check(
        "id = 'ordre'\nby = 'day'\neffect_percent = 20",
        Ok((Unit::Day, 0.2)),
    );
    check("id = 'L’ordre'", Err("is not an id"));
    check(
        "id = 'ordre'\neffect_percent = 0.0",
        Err("expected 0.1 to 99.9"),
    );
    check(
        "id = 'ordre'\neffect_percent = nan",
        Err("expected 0.1 to 99.9"),
    );
}

const ENTRY: &str = include_str!("../../cli/init/retourner-un-article.md");
const SECOND: &str = "+++\nshort = \"Prévenez-nous sous 14 jours.\"\n+++\nDites-le-nous, puis [renvoyez](#guichet=cgv/3.2) l’article.\n";
const COMPARED: &str = "[experiment]\nid = \"retours-2\"\nentry = \"retourner-un-article\"\n";

/// The site `guichet init` makes, with more in its settings and below one answer; or its problems.
fn built(settings: &str, below: &str) -> Result<Bundle, Vec<String>> {
    let desk = tempfile::tempdir().unwrap();
    let folder = desk.path().join("boutique");
    let write = |path: &str, text: String| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let own = include_str!("../../cli/init/site.toml");
    write("site.toml", [own, settings].concat());
    write(
        "faq/fr/retours/retourner-un-article.md",
        [ENTRY, below].concat(),
    );
    let other = include_str!("../../cli/init/delais-de-livraison.md");
    write("faq/fr/livraison/delais-de-livraison.md", other.to_owned());
    write(
        "terms/fr/cgv.md",
        include_str!("../../cli/init/cgv.md").to_owned(),
    );
    let (content, problems) = site::read(&folder, Day::On(Date(20_600)));
    let told: Vec<String> = problems
        .iter()
        .map(|problem| {
            let file = problem.file.file_name().unwrap().to_string_lossy();
            format!("{file}:{}: {}", problem.line, problem.message)
        })
        .collect();
    match content {
        Some(content) if told.is_empty() => Ok(bundle(&content, |_| ()).unwrap()),
        _ => Err(told),
    }
}

#[test]
fn a_second_wording_goes_along_without_changing_what_is_found_or_listed() {
    let plain = built("", "").unwrap();
    let tried = built(COMPARED, SECOND).unwrap();
    let [before, after] = [&plain, &tried].map(|own| &own.manifest.locales[0]);
    assert_eq!(before.index, after.index, "the same search in both arms");
    let trial = tried.manifest.experiment.as_ref().unwrap();
    assert!(trial.wordings && plain.manifest.experiment.is_none());
    let top = after
        .top
        .iter()
        .find(|top| top.id == "faq/retourner-un-article");
    assert_eq!(
        top.unwrap().short,
        "",
        "told when the arm's wording is there"
    );

    let file = |own: &Bundle, name: &str| {
        let (_, bytes) = own.files.iter().find(|(own, _)| own == name).unwrap();
        Pack::decode(name, bytes).unwrap()
    };
    let [plain, tried] = [(&plain, before), (&tried, after)].map(|(own, files)| {
        match file(own, &files.content.name).find("faq/retourner-un-article") {
            Some(Document::Faq(entry)) => entry.clone(),
            other => panic!("{other:?}"),
        }
    });
    assert_eq!(tried.answer(false), plain.answer(false));
    assert_eq!(tried.answer(true).0, "Prévenez-nous sous 14 jours.");
    assert_eq!(plain.answer(true), plain.answer(false));
}

#[test]
fn wordings_that_are_not_compared_and_comparisons_without_wordings_are_told() {
    // An entry that cannot be read is missed by whatever names it; that is told behind it.
    let check = |settings: &str, below: &str, told: &str| {
        let found = built(settings, below).unwrap_err();
        assert_eq!(found[0], told, "{settings}{below}");
    };
    check(
        COMPARED,
        "",
        "retourner-un-article.md:0: the experiment `retours-2` compares two wordings of this answer, found one",
    );
    check(
        "",
        SECOND,
        "retourner-un-article.md:0: no experiment shows the second wording of this answer",
    );
    let lines = include_str!("../../cli/init/site.toml").lines().count();
    check(
        &COMPARED.replace("retourner-un", "retourner-l"),
        "",
        &format!(
            "site.toml:{}: the entry `retourner-l-article` does not exist",
            lines + 3
        ),
    );
    let line = ENTRY.lines().count();
    check(
        COMPARED,
        "+++\nshort = \"Oui.\"\nDites-le-nous.\n",
        &format!(
            "retourner-un-article.md:{}: the front matter has no end",
            line + 1
        ),
    );
    check(
        COMPARED,
        "+++\nquestion = \"Autre ?\"\nshort = \"Oui.\"\n+++\nOui.\n",
        &format!(
            "retourner-un-article.md:{}: the front matter does not parse: unknown field `question`, expected `short`",
            line + 2
        ),
    );
    check(
        COMPARED,
        "+++\nshort = \"\"\n+++\nOui.\n",
        &format!("retourner-un-article.md:{}: `short` is empty", line + 2),
    );
}
