//! The same files give the same bundle, byte for byte, whenever and wherever it is built: only then do names made of
//! content keep what browsers and proxies hold.

use guichet_tests::place::{self, SITE};
use guichet_tests::{folder, guichet};

#[test]
fn the_demonstration_shop_built_twice_gives_identical_files() {
    let desk = tempfile::tempdir().unwrap();
    let site = place::root().join("index/sites").join(SITE);
    let built = ["first", "second/folder"].map(|name| {
        guichet(
            desk.path(),
            &["build", site.to_str().unwrap(), "--out", name],
        )
        .ok();
        folder::contents(&desk.path().join(name))
    });
    assert_eq!(
        built[0].keys().collect::<Vec<_>>(),
        built[1].keys().collect::<Vec<_>>()
    );
    for (name, bytes) in &built[0] {
        assert!(*bytes == built[1][name], "`{name}` differs");
    }
}

#[test]
fn building_over_an_older_bundle_leaves_nothing_of_it() {
    let desk = tempfile::tempdir().unwrap();
    guichet(desk.path(), &["init", "boutique"]).ok();
    let build = || guichet(desk.path(), &["build", "boutique", "--out", "out"]).ok();
    build();
    let older = folder::contents(&desk.path().join("out"));
    folder::write(&desk.path().join("out/robots.txt"), "Disallow:\n");
    let entry = desk
        .path()
        .join("boutique/faq/fr/retours/retourner-un-article.md");
    let changed = std::fs::read_to_string(&entry).unwrap() + "\nUne phrase de plus.\n";
    std::fs::write(&entry, changed).unwrap();
    build();
    let newer = folder::contents(&desk.path().join("out"));
    assert_eq!(
        newer.len(),
        older.len() + 1,
        "old files are gone, and what is not ours stays: {:?}",
        newer.keys()
    );
    assert!(newer.contains_key("robots.txt"));
    assert_ne!(newer["manifest.json"], older["manifest.json"]);
}
