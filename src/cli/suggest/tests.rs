//! From a log to a changed file.

use super::*;
use guichet_domain::event::{Event, RandomId, What};
use guichet_domain::zone::Timestamp;
use std::path::Path;

const ENTRY: &str = "faq/delais-de-livraison";

fn line(visit: u128, at: u128, what: What) -> String {
    let event = Event {
        id: RandomId(visit * 10 + at),
        visit: RandomId(visit),
        at: Timestamp(i64::try_from(at).unwrap()),
        locale: Lang::Fr,
        what,
    };
    serde_json::to_string(&event).unwrap() + "\n"
}

/// A site as `guichet init` makes it, and a log in which two visits typed words that did not lead to
/// the entry they confirmed in the end, and two others words that led nowhere.
fn site_and_log(dir: &Path) -> SuggestArgs {
    let site = dir.join("ma-boutique");
    crate::init::run(&crate::init::InitArgs {
        folder: site.clone(),
    })
    .unwrap();
    let mut lines = String::new();
    for visit in 3..=4 {
        let what = What::Searched {
            query: "vous louez des tentes".into(),
            results: Vec::new(),
            declined: true,
        };
        lines += &line(visit, 0, what);
    }
    for visit in 1..=2 {
        let whats = [
            What::Searched {
                query: "ça vient quand [numéro]".into(),
                results: Vec::new(),
                declined: true,
            },
            What::Confirmed {
                document: ENTRY.into(),
            },
        ];
        for (at, what) in (0..).zip(whats) {
            lines += &line(visit, at, what);
        }
    }
    let log = dir.join("events.ndjson");
    std::fs::write(&log, lines).unwrap();
    SuggestArgs {
        site,
        log: Some(log),
        db: "unused.db".parse().unwrap(),
        lang: None,
        at_least: 2,
        json: false,
        accept: vec![1],
        write: false,
    }
}

#[test]
fn an_accepted_phrasing_is_shown_then_written_then_no_longer_proposed() {
    let dir = tempfile::tempdir().unwrap();
    let mut args = site_and_log(dir.path());
    let entry = || {
        let sources = output::sources(&dir.path().join("ma-boutique"));
        let of_entry = |own: &guichet_content::sources::EntryFile| own.entry.entry.id == ENTRY;
        let own = sources.entries.into_iter().find(of_entry).unwrap();
        own.entry.asked
    };
    let before = entry();
    run(&args).unwrap();
    assert_eq!(entry(), before, "only shown");
    args.write = true;
    run(&args).unwrap();
    assert_eq!(entry().last().unwrap(), "ça vient quand");
    assert_eq!(entry().len(), before.len() + 1);
    let again = format!("{:#}", run(&args).unwrap_err());
    assert!(again.contains("among its `asked` already"), "{again}");
}

#[test]
fn an_accepted_group_is_an_entry_that_nobody_sees_before_its_answer_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let mut args = site_and_log(dir.path());
    args.accept = vec![2];
    args.write = true;
    run(&args).unwrap();
    let again = format!("{:#}", run(&args).unwrap_err());
    assert!(again.contains("write its answer"), "{again}");

    let ids = || -> Vec<String> {
        let content = output::site(&args.site).unwrap();
        let own = &content.locales[&Lang::Fr];
        own.entries.iter().map(|own| own.entry.id.clone()).collect()
    };
    let before = ids();
    assert_eq!(before.len(), 2, "{before:?}");
    let file = args.site.join("faq/fr/livraison/vous-louez-des-tentes.md");
    let draft = std::fs::read_to_string(&file).unwrap();
    let written = draft.replace("short = \"\"", "short = \"Oui.\"") + "Oui, à Annecy.\n";
    std::fs::write(&file, written).unwrap();
    assert!(ids().contains(&"faq/vous-louez-des-tentes".to_owned()));

    // What an entry has by now is no longer proposed.
    let told = format!("{:#}", run(&args).unwrap_err());
    assert!(told.contains("1 to 1"), "{told}");
}

#[test]
fn a_number_that_is_not_in_the_list_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mut args = site_and_log(dir.path());
    for number in [0, 3] {
        args.accept = vec![number];
        let told = format!("{:#}", run(&args).unwrap_err());
        assert!(
            told.contains("expected a number of the list, 1 to 2"),
            "{told}"
        );
    }
    args.at_least = 3;
    let told = format!("{:#}", run(&args).unwrap_err());
    assert!(told.contains("nothing can be accepted yet"), "{told}");
}
