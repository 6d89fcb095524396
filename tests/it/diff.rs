//! `guichet diff`, for programs that ask whether terms changed: exit codes, and JSON.

use guichet_tests::{folder, guichet};

const OLD: &str = "# CGV\n\n## Article 1 – Livraison\nNous livrons sous dix jours ouvrés.\n";

#[test]
fn the_exit_code_says_whether_anything_changed() {
    let desk = tempfile::tempdir().unwrap();
    let new = OLD.replace("dix", "cinq");
    for (name, text) in [("cgv@2025-01-15.md", OLD), ("cgv@2026-07-01.md", &new)] {
        folder::write(&desk.path().join(name), text);
    }
    let diff = |new: &str| guichet(desk.path(), &["diff", "cgv@2025-01-15.md", new, "--json"]);
    assert_eq!(diff("cgv@2025-01-15.md").code, 0);
    let changed = diff("cgv@2026-07-01.md");
    assert_eq!(changed.code, 1);
    let told: serde_json::Value = serde_json::from_str(&changed.out).unwrap();
    assert_eq!(told["new"]["effective"], "2026-07-01");
    assert_eq!(told["changes"][0]["kind"], "changed");
    assert_eq!(told["changes"][0]["address"], "1");
    let missing = diff("nulle-part.md");
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("\nhint: "), "{}", missing.err);
}
