//! The first five minutes of a merchant: a new site, built and searched at once.

use guichet_bundle::Manifest;
use guichet_tests::{folder, guichet};

#[test]
fn a_new_site_builds_at_once_and_answers() {
    let desk = tempfile::tempdir().unwrap();
    guichet(desk.path(), &["init", "ma-boutique"]).ok();
    let checked = guichet(desk.path(), &["check", "ma-boutique"]);
    assert_eq!(
        (checked.code, checked.err.as_str()),
        (0, ""),
        "a new site has no problem"
    );
    assert!(
        checked.out.ends_with("0 error(s), 0 advice\n"),
        "not even advice: {}",
        checked.out
    );
    guichet(
        desk.path(),
        &["build", "ma-boutique", "--out", "public/aide"],
    )
    .ok();

    let built = folder::contents(&desk.path().join("public/aide"));
    let manifest = Manifest::decode(&built["manifest.json"]).unwrap();
    assert_eq!(manifest.site.id, "ma-boutique");
    for locale in &manifest.locales {
        for file in [&locale.index, &locale.content] {
            file.verify(&built[&file.name]).unwrap();
        }
    }
    let page = String::from_utf8_lossy(&built["aide.html"]);
    for anchor in ["faq/retourner-un-article", "cgv/3.2.b"] {
        assert!(page.contains(&format!(" id=\"{anchor}\"")), "{page}");
    }
    // An index, a pack and a page for each language; the manifest, and the sheet of the pages.
    let named = 3 * manifest.locales.len() + 2;
    assert_eq!(
        built.len(),
        named,
        "nothing but what the manifest names, and pages: {:?}",
        built.keys()
    );

    let found = guichet(
        desk.path(),
        &["search", "ma-boutique", "renvoyer un article"],
    )
    .ok();
    let first = found.lines().next().unwrap_or_default();
    assert!(
        first.contains("retourner-un-article"),
        "the sample entry about returns comes first:\n{found}"
    );
}

#[test]
fn an_existing_folder_is_never_written_into() {
    let desk = tempfile::tempdir().unwrap();
    folder::write(&desk.path().join("ma-boutique/notes.txt"), "à garder");
    let before = folder::contents(desk.path());
    let ran = guichet(desk.path(), &["init", "ma-boutique"]);
    assert_ne!(ran.code, 0);
    insta::assert_snapshot!(ran.err);
    assert_eq!(folder::contents(desk.path()), before);
}
