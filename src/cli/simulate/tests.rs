//! What the report says of a simulated shop, against what really happened in it.

use super::model::{EXPERIMENT, Model, Shop, Truth};
use guichet_domain::contact::Contact;
use guichet_domain::event::Event;
use guichet_domain::experiment::Verdict;
use guichet_domain::lang::Lang;
use guichet_domain::zone::{Timestamp, Zone};
use guichet_report::names::Named;
use guichet_report::{DatedBy, Given, Log, Names, Period, Report};

const CATEGORIES: [&str; 6] = [
    "livraison",
    "retours",
    "remboursement",
    "garantie",
    "paiement",
    "compte",
];

fn shop(visits: u64, effect: Option<f64>) -> Shop {
    Shop {
        visits,
        days: 120,
        first_day: "2025-06-02".parse().unwrap(),
        zone: Zone::named("Europe/Paris").unwrap(),
        effect,
    }
}

/// The call log as `guichet import calls` would read it.
fn contacts(model: &Model) -> Vec<Contact> {
    let log = model.calls();
    let lines = log.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        Contact {
            at: Timestamp(cells[0].parse().unwrap()),
            channel: "telephone".into(),
            category: Some(cells[1].into()),
            document: None,
            case: cells[2]
                .strip_prefix("S-")
                .map(|case| case.parse().unwrap()),
            after_help: None,
        }
    });
    lines.collect()
}

/// Questions are in the categories in turn.
fn names() -> Names {
    let mut names = Names::default();
    for question in 0..48 {
        let own = Named {
            title: format!("Question {question}"),
            category: Some(CATEGORIES[question % 6].into()),
        };
        names
            .documents
            .insert(format!("faq/question-{question:02}"), own);
    }
    names
}

fn simulate(shop: Shop, seed: u64, with_calls: bool) -> (Truth, Report) {
    let mut model = Model::new(shop, seed);
    let mut log = Log::default();
    for event in model.by_ref().flatten() {
        log.add(event, None);
    }
    let mut given = Given::new(DatedBy::ShopperClock, Lang::En);
    if with_calls {
        given.contacts = contacts(&model);
    }
    let report = Report::new(&mut log, given, Period::always(shop.zone), names());
    (model.truth(), report)
}

#[test]
fn what_the_log_can_tell_equals_the_truth() {
    let (truth, report) = simulate(shop(20_000, None), 3, true);
    assert_eq!(report.visits.all, truth.visits);
    assert_eq!(report.visits.unanswered, truth.unanswered);
    assert_eq!(report.visits.with_contact, truth.contact_in_visit);
    assert_eq!(u64::from(report.totals.read), truth.read);
    assert_eq!(u64::from(report.totals.confirmed), truth.confirmed);
    assert_eq!(report.avoided.stated, truth.stated);
    assert_eq!(
        u64::from(report.totals.contradicted),
        truth.contradicted_in_visit
    );
    let calls: u64 = report
        .categories
        .iter()
        .map(|category| category.calls)
        .sum();
    assert_eq!(calls, truth.calls);
    assert!(
        truth.stated > 1000 && truth.contradicted_in_visit > 10,
        "{truth:?}"
    );
}

#[test]
fn without_a_call_log_every_stated_call_is_unknown() {
    let (truth, report) = simulate(shop(3_000, None), 4, false);
    assert_eq!(report.avoided.unknown, truth.stated);
    assert_eq!(report.avoided.at_least, 0);
    assert!(report.time_saved.low_minutes.abs() < 1e-9);
}

#[test]
fn with_a_call_log_the_range_holds_what_was_really_avoided() {
    for seed in 0..5 {
        // Few calls beside visits, so that the range is narrower than everything.
        let (truth, report) = simulate(shop(600, None), seed, true);
        let really = truth.stated - truth.contradicted_later;
        assert!(
            (report.avoided.at_least..=report.avoided.stated).contains(&really),
            "{really} of {:?}",
            report.avoided
        );
        assert!(report.avoided.unknown >= truth.contradicted_later);
    }
}

#[test]
fn what_was_avoided_in_silence_is_claimed_by_nobody() {
    let (truth, report) = simulate(shop(5_000, None), 5, true);
    assert!(truth.avoided_in_silence > truth.stated / 2);
    assert_eq!(
        report.avoided.stated, truth.stated,
        "silence is never success"
    );
}

#[test]
fn an_experiment_finds_the_effect_that_is_there_and_says_when_it_cannot_know() {
    let (_, report) = simulate(shop(40_000, Some(-0.4)), 6, false);
    let experiment = &report.experiments[0];
    assert_eq!(
        (experiment.id.as_str(), experiment.analysis.verdict),
        (EXPERIMENT, Verdict::Fewer)
    );
    let (_, report) = simulate(shop(800, Some(-0.4)), 6, false);
    assert_eq!(
        report.experiments[0].analysis.verdict,
        Verdict::NotEnoughData
    );
}

#[test]
fn the_same_seed_gives_the_same_shop() {
    let events = |seed| -> Vec<Event> { Model::new(shop(50, Some(0.1)), seed).flatten().collect() };
    assert_eq!(events(9), events(9));
    assert_ne!(events(9), events(10));
}
