//! Call logs as telephone systems and helpdesks export them, good and bad.

use super::reader::{Columns, Read, Settings, read};
use guichet_domain::zone::Zone;
use std::collections::BTreeMap;

fn settings() -> Settings {
    Settings {
        site: "cap-sentier".into(),
        zone: Zone::named("Europe/Paris").unwrap(),
        columns: Columns::default(),
        time_format: None,
        categories: BTreeMap::from([("SAV".to_owned(), "garantie".to_owned())]),
        lines: BTreeMap::new(),
        channel: "telephone".into(),
    }
}

fn good(text: &[u8], settings: &Settings) -> Read {
    let read = read(text, settings).unwrap();
    assert!(read.mistakes.is_empty(), "{:?}", read.mistakes);
    read
}

/// What a line became: minutes since the first line, category, whether it has a case.
fn lines(read: &Read) -> Vec<(i64, Option<&str>, bool)> {
    let first = read.contacts[0].contact.at.0;
    read.contacts
        .iter()
        .map(|logged| {
            let contact = &logged.contact;
            (
                (contact.at.0 - first) / 60_000,
                contact.category.as_deref(),
                contact.case.is_some(),
            )
        })
        .collect()
}

#[test]
fn a_log_with_usual_headings_needs_no_options() {
    let log = "Date et heure;Motif;Appelant;Dossier\n11/06/2026 14:05;SAV;06 12 34 56 78;K7QM-3XWD-9RTAH\n11/06/2026 14:07;livraison;06 99 99 99 99;\n";
    let read = good(log.as_bytes(), &settings());
    assert_eq!(
        lines(&read),
        [(0, Some("garantie"), true), (2, Some("livraison"), false)]
    );
    assert_eq!(
        read.found,
        "time from `Date et heure`, category from `Motif`, claim number from `Dossier`; 1 other columns are not read"
    );
}

#[test]
fn columns_can_be_named_and_the_day_stand_apart_from_the_hour() {
    let mut settings = settings();
    settings.columns = Columns {
        time: Some("jour".into()),
        clock: Some("À".into()),
        line: Some("Ligne".into()),
        ..Columns::default()
    };
    settings.lines = BTreeMap::from([("0199000001".to_owned(), "retours".to_owned())]);
    // Latin-1, as an old telephone system writes it.
    let mut log = b"Jour,\xc0,Ligne\n".to_vec();
    log.extend(b"2026-06-11,14:05,0199000001\n2026-06-12,14:05,0199000001\n");
    assert_eq!(
        lines(&good(&log, &settings)),
        [(0, Some("retours"), false), (1440, Some("retours"), false)]
    );
}

#[test]
fn a_line_has_the_same_id_in_every_export_and_two_calls_of_one_minute_are_two() {
    let ids = |log: &str| -> Vec<_> {
        good(log.as_bytes(), &settings())
            .contacts
            .iter()
            .map(|logged| logged.id)
            .collect()
    };
    let june = ids("time,category\n2026-06-11 14:05,a\n2026-06-11 14:05,a\n2026-06-11 14:06,a\n");
    let longer = ids(
        "category,time\nb,2026-06-10 09:00\na,2026-06-11 14:05\na,2026-06-11 14:05\na,2026-06-11 14:06\n",
    );
    assert_eq!(june, longer[1..]);
    assert_ne!(june[0], june[1]);
}

#[test]
fn a_claim_number_is_one_case_however_it_is_written_and_never_kept() {
    let log = "time,claim\n2026-06-11 14:05,k7qm 3xwd 9rtah\n2026-06-12 14:05,K7QM-3XWD-9RTAH\n2026-06-13 14:05,other\n";
    let read = good(log.as_bytes(), &settings());
    let cases: Vec<_> = read
        .contacts
        .iter()
        .map(|logged| logged.contact.case)
        .collect();
    assert_eq!(cases[0], cases[1]);
    assert_ne!(cases[0], cases[2]);
    assert!(
        !format!("{:?}", read.contacts)
            .to_uppercase()
            .contains("K7QM")
    );
}

#[test]
fn every_mistake_is_told_with_its_line_and_remedy() {
    let log = "time,category,help\nhier,a,\n2026-06-11 14:05,a,oui\n2026-06-11 14:05,a\n,a,\n2026-06-11 14:05,a,peut-être\n";
    let read = read(log.as_bytes(), &settings()).unwrap();
    let told: Vec<_> = read
        .mistakes
        .iter()
        .map(|mistake| format!("line {}: {}", mistake.line, mistake.told))
        .collect();
    insta::assert_snapshot!(told.join("\n\n"));
}

#[test]
fn a_log_without_a_time_or_with_a_column_that_is_not_there_is_refused() {
    let told =
        |settings: &Settings, log: &str| read(log.as_bytes(), settings).unwrap_err().to_string();
    insta::assert_snapshot!(told(&settings(), "a,b\n1,2\n"));
    let mut named = settings();
    named.columns.time = Some("Quand".into());
    insta::assert_snapshot!(told(&named, "a,b\n1,2\n"));
}
