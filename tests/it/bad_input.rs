//! What a merchant can write wrongly: all of it is told in one run, each with file, line, what was expected and what
//! to do, and what was built before stays as it was.

use guichet_tests::{folder, guichet};
use std::path::Path;
use tempfile::TempDir;

/// A good site, built once into `out`.
fn site() -> TempDir {
    let desk = tempfile::tempdir().unwrap();
    guichet(desk.path(), &["init", "boutique"]).ok();
    guichet(desk.path(), &["build", "boutique", "--out", "out"]).ok();
    desk
}

/// An entry that is right but for what the arguments make wrong.
fn entry(id: &str, settings: &str, answer: &str) -> String {
    format!(
        "+++\nid = \"{id}\"\nquestion = \"Livrez-vous le samedi ?\"\ncategory = \"livraison\"\n\
         short = \"Oui, le matin.\"\n{settings}+++\n{answer}"
    )
}

fn write(desk: &TempDir, path: &str, content: impl AsRef<[u8]>) {
    folder::write(&desk.path().join("boutique").join(path), content);
}

/// Replaces a part of `site.toml` that must be there.
fn change_settings(desk: &TempDir, from: &str, to: &str) {
    let path = desk.path().join("boutique/site.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        text.contains(from),
        "`guichet init` writes `{from}` into site.toml"
    );
    std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
}

/// Builds; the problems told, once it is sure that nothing else came of it.
fn refused(desk: &TempDir) -> String {
    let before = folder::contents(&desk.path().join("out"));
    let ran = guichet(desk.path(), &["build", "boutique", "--out", "out"]);
    assert_eq!(ran.code, 1, "{}\n{}", ran.out, ran.err);
    assert_eq!(ran.out, "", "nothing is said to be built");
    assert_eq!(
        folder::contents(&desk.path().join("out")),
        before,
        "what was built before stays whole"
    );
    guichet(desk.path(), &["build", "boutique", "--out", "elsewhere"]);
    assert!(
        !Path::new(&desk.path().join("elsewhere")).exists(),
        "nothing half-built is left behind"
    );
    ran.err
}

/// Every kind of mistake has its own line, and every line its own remedy.
fn check_told(told: &str, count: usize) {
    let problems: Vec<_> = told
        .lines()
        .filter(|line| line.starts_with("error: "))
        .collect();
    assert_eq!(problems.len(), count, "{told}");
    for (line, next) in told.lines().zip(told.lines().skip(1)) {
        if line.starts_with("error: ") {
            assert!(
                next.starts_with("  --> boutique/"),
                "`{line}` says where: {told}"
            );
        }
        if line.starts_with("  --> ") {
            assert!(
                next.starts_with("  hint: "),
                "`{line}` says what to do: {told}"
            );
        }
    }
}

#[test]
fn all_mistakes_of_a_site_are_told_in_one_run() {
    let desk = site();
    let faq = |name: &str| format!("faq/fr/livraison/{name}.md");
    write(
        &desk,
        &faq("front-matter"),
        "+++\nid = \"front-matter\"\nquestion = Livrez-vous ?\n+++\nOui.\n",
    );
    write(&desk, &faq("sans-fin"), "+++\nid = \"sans-fin\"\n");
    write(&desk, &faq("samedi"), entry("samedi", "", "Oui.\n"));
    write(
        &desk,
        "faq/fr/retours/samedi.md",
        entry("samedi", "", "Oui, toujours.\n"),
    );
    write(
        &desk,
        &faq("clause"),
        entry("clause", "clauses = [\"cgv/99.9\"]\n", "Oui.\n"),
    );
    write(
        &desk,
        &faq("voisine"),
        entry("voisine", "related = [\"nulle-part\"]\n", "Oui.\n"),
    );
    write(
        &desk,
        &faq("date"),
        entry("date", "valid_from = 2026-02-30\n", "Oui.\n"),
    );
    write(
        &desk,
        &faq("texte"),
        entry("texte", "valid_until = \"demain\"\n", "Oui.\n"),
    );
    write(&desk, &faq("vide"), entry("vide", "", "\n\n"));
    write(
        &desk,
        &faq("sujet"),
        entry("sujet", "", "Oui.\n").replace("livraison", "plomberie"),
    );
    write(
        &desk,
        &faq("latin"),
        b"+++\nid = \"latin\"\nquestion = \"O\xf9 ?\"\n+++\nIci.\n",
    );
    change_settings(&desk, "kind = \"phone\"", "kind = \"pigeon\"");
    change_settings(
        &desk,
        "mon = [\"09:00-12:30\", \"14:00-18:00\"]",
        "mon = [\"09:00-14:30\", \"14:00-18:00\"]",
    );
    change_settings(
        &desk,
        "tue = [\"09:00-12:30\", \"14:00-18:00\"]",
        "tue = [\"9h-12h30\"]",
    );
    let e_mail = "contact = \"bonjour@ma-boutique.example\"";
    change_settings(
        &desk,
        e_mail,
        &format!("{e_mail}\ncategories = [\"plomberie\"]"),
    );
    let told = refused(&desk);
    insta::assert_snapshot!(told);
    check_told(&told, 14);
}

#[test]
fn a_closure_on_a_day_that_is_none_does_not_hide_other_mistakes() {
    let desk = site();
    change_settings(
        &desk,
        "# closures = [ { from = 2026-12-24, until = 2026-12-26, reason = { fr = \"Inventaire\" } } ]",
        "closures = [ { from = 2026-02-30, until = 2026-03-01 } ]",
    );
    write(&desk, "faq/fr/livraison/vide.md", entry("vide", "", ""));
    let told = refused(&desk);
    insta::assert_snapshot!(told);
    check_told(&told, 2);
}

#[test]
fn a_folder_that_is_no_site_is_told_so() {
    let desk = tempfile::tempdir().unwrap();
    let ran = guichet(desk.path(), &["build", "nulle-part", "--out", "out"]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(ran.err);
}

#[test]
fn programs_read_the_same_problems_as_json() {
    let desk = site();
    write(&desk, "faq/fr/livraison/vide.md", entry("vide", "", ""));
    let ran = guichet(desk.path(), &["check", "boutique", "--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    insta::assert_snapshot!(ran.out);
}
