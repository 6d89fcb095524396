//! A report from beginning to end: events in, text and JSON out.

use super::input::{self, Input};
use guichet_domain::event::{Event, RandomId, What};
use guichet_domain::lang::Lang;
use guichet_domain::zone::{Timestamp, Zone};
use guichet_report::{Given, Names, Period, Report, text};
use guichet_server::{Database, Store};
use std::path::PathBuf;

/// 2026-06-11 at 12:00 in Paris.
const NOON: i64 = 1_781_172_000_000;
const HOUR: i64 = 3_600_000;
const PARCEL: &str = "faq/ou-est-mon-colis";
const REFUND: &str = "cgv/7.2.a";

fn visit(number: u128, start: i64, whats: Vec<What>) -> Vec<Event> {
    (0_u32..)
        .zip(whats)
        .map(|(n, what)| Event {
            id: RandomId(number * 1000 + u128::from(n)),
            visit: RandomId(number),
            at: Timestamp(start + i64::from(n) * 1000),
            locale: Lang::Fr,
            what,
        })
        .collect()
}

fn searched(query: &str, results: &[&str]) -> What {
    What::Searched {
        query: query.into(),
        results: results.iter().map(|&id| id.to_owned()).collect(),
        declined: results.is_empty(),
    }
}

fn read(document: &str) -> What {
    What::Read {
        document: document.into(),
        dwell_ms: 9_000,
    }
}

fn confirmed(document: &str) -> What {
    What::Confirmed {
        document: document.into(),
    }
}

fn would_have_called(document: &str) -> What {
    What::CallAvoided {
        document: document.into(),
        would_have_called: true,
    }
}

fn phoned() -> What {
    What::ContactChosen {
        channel: "telephone".into(),
    }
}

/// Two visits that avoided a call, one that phoned all the same, one that was not answered
/// and phoned, one that left in silence.
fn a_morning() -> Vec<Event> {
    let found = || searched("jai pas recu mon coli", &[PARCEL, REFUND]);
    let yes = |document| {
        vec![
            found(),
            read(document),
            confirmed(document),
            would_have_called(document),
        ]
    };
    [
        visit(1, NOON, yes(PARCEL)),
        visit(2, NOON, yes(PARCEL)),
        visit(3, NOON, [yes(REFUND), vec![phoned()]].concat()),
        visit(
            4,
            NOON + 24 * HOUR,
            vec![
                searched("alpaga \u{1b}[2J", &[]),
                What::NotConfirmed {
                    document: PARCEL.into(),
                    reason: String::new(),
                },
                phoned(),
            ],
        ),
        visit(5, NOON + 24 * HOUR, vec![What::Opened, found()]),
    ]
    .concat()
}

fn period(from: Option<&str>, to: Option<&str>) -> Period {
    let day = |text: Option<&str>| text.map(|text| text.parse().unwrap());
    Period {
        from: day(from),
        to: day(to),
        zone: Zone::named("Europe/Paris").unwrap(),
    }
}

struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn lines(&self, events: &[Event]) -> PathBuf {
        let lines: Vec<_> = events
            .iter()
            .map(|event| serde_json::to_string(event).unwrap())
            .collect();
        self.text(&lines.join("\n"))
    }

    fn text(&self, text: &str) -> PathBuf {
        let path = self.0.path().join("events.ndjson");
        std::fs::write(&path, text).unwrap();
        path
    }

    /// A database that received each of `events` an hour after it happened.
    fn database(&self, events: &[Event]) -> Database {
        let database = Database::Sqlite(self.0.path().join("guichet.db"));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let store = Store::open(&database).await.unwrap();
            for event in events {
                let received = Timestamp(event.at.0 + HOUR);
                let one = std::slice::from_ref(event);
                store.append("cap-sentier", one, received).await.unwrap();
            }
            store.close().await;
        });
        database
    }
}

fn report(mut input: Input, period: Period) -> Report {
    let mut given = Given::new(input.dated_by, Lang::En);
    given.sites = input.sites;
    Report::new(&mut input.log, given, period, Names::default())
}

fn from_lines(events: &[Event], period: Period) -> Report {
    let files = Files::new();
    report(input::from_file(&files.lines(events)).unwrap(), period)
}

fn from_database(events: &[Event], site: Option<&str>, period: Period) -> Report {
    let files = Files::new();
    let database = files.database(events);
    let input = input::from_database(&database, site, period).unwrap();
    report(input, period)
}

#[test]
fn a_report_names_every_figure_its_denominator_and_its_meaning() {
    let summary = from_database(&a_morning(), None, period(None, None));
    insta::assert_snapshot!("text", text::render(&summary));
}

#[test]
fn a_program_reads_the_same_as_json() {
    let summary = from_lines(&a_morning(), period(Some("2026-06-11"), Some("2026-06-12")));
    insta::assert_snapshot!("json", serde_json::to_string_pretty(&summary).unwrap());
}

#[test]
fn a_report_without_events_says_so() {
    let summary = from_database(&[], Some("cap-sentier"), period(Some("2026-06-11"), None));
    insta::assert_snapshot!("nothing", text::render(&summary));
}

#[test]
fn visits_without_a_search_leave_no_table_but_words() {
    let summary = from_lines(&visit(1, NOON, vec![What::Opened]), period(None, None));
    let text = text::render(&summary);
    assert!(text.contains("  no answer was shown\n"), "{text}");
    assert_eq!(text.matches("\n  none\n").count(), 2, "{text}");
}

#[test]
fn a_visit_belongs_to_the_day_of_its_first_event_and_is_never_torn() {
    // Begins a minute before midnight of the 11th; the contact that contradicts it comes after.
    let late = visit(
        1,
        NOON + 12 * HOUR - 3_000,
        vec![
            searched("colis", &[PARCEL]),
            confirmed(PARCEL),
            would_have_called(PARCEL),
            phoned(),
        ],
    );
    let check = |from: &str, to: &str, visits: u32| {
        let period = period(Some(from), Some(to));
        let summary = from_lines(&late, period);
        assert_eq!(summary.visits.all, u64::from(visits), "{from} to {to}");
        assert_eq!(summary.totals.contradicted, visits, "{from} to {to}");
        assert_eq!(summary.totals.avoided_stated, 0, "{from} to {to}");
    };
    check("2026-06-11", "2026-06-11", 1);
    check("2026-06-12", "2026-06-12", 0);
    check("2026-06-10", "2026-06-10", 0);
}

#[test]
fn the_database_dates_a_visit_by_the_servers_clock() {
    let shortly_before_midnight = visit(1, NOON + 12 * HOUR - 1_000, vec![What::Opened, phoned()]);
    let on = |day| {
        let period = period(Some(day), Some(day));
        from_database(&shortly_before_midnight, None, period)
            .visits
            .all
    };
    assert_eq!((on("2026-06-11"), on("2026-06-12")), (0, 1));
}

#[test]
fn both_sources_count_alike() {
    let counts = |summary: &Report| {
        serde_json::to_value((&summary.visits, &summary.questions, &summary.unanswered)).unwrap()
    };
    let open = period(None, None);
    assert_eq!(
        counts(&from_lines(&a_morning(), open)),
        counts(&from_database(&a_morning(), None, open))
    );
}

#[test]
fn another_sites_visits_are_left_out() {
    let summary = from_database(&a_morning(), Some("another-shop"), period(None, None));
    assert_eq!(summary.visits.all, 0);
}

#[test]
fn a_line_that_is_no_event_is_named() {
    let files = Files::new();
    let good = serde_json::to_string(&a_morning()[0]).unwrap();
    let told = |text: &str| {
        let path = files.text(text);
        let error = input::from_file(&path).unwrap_err();
        let root = files.0.path().to_string_lossy().into_owned();
        format!("{error:#}").replace(&root, "DIR")
    };
    insta::assert_snapshot!("bad_line", told(&format!("{good}\n\n{{\"id\": 1}}\n")));
    insta::assert_snapshot!(
        "not_utf8_or_json",
        told(&format!("{good}\n\u{feff}{good}\n"))
    );
}

#[test]
fn an_event_exported_twice_counts_once() {
    let once = a_morning();
    let twice = [once.clone(), once.clone()].concat();
    let events = |events: &[Event]| {
        let files = Files::new();
        let path = files.lines(events);
        input::from_file(&path).unwrap().log.len()
    };
    assert_eq!(events(&twice), events(&once));
}

#[test]
fn an_event_of_a_newer_widget_is_counted_and_passed_over() {
    let files = Files::new();
    let good = serde_json::to_string(&a_morning()[0]).unwrap();
    let newer = good.replacen("\"searched\"", "\"danced\"", 1);
    assert_ne!(good, newer);
    let input = input::from_file(&files.text(&format!("{good}\n{newer}\n"))).unwrap();
    assert_eq!((input.log.len(), input.passed_over), (1, 1));
}
