//! The ladder, one visit at a time.

use super::*;
use crate::lang::Lang;
use crate::zone::Timestamp;

fn visit(number: u128, whats: Vec<What>) -> Vec<Event> {
    (0_u32..)
        .zip(whats)
        .map(|(n, what)| Event {
            id: RandomId(number * 1000 + u128::from(n)),
            visit: RandomId(number),
            at: Timestamp(i64::from(n)),
            locale: Lang::Fr,
            what,
        })
        .collect()
}

fn document() -> String {
    "faq/ou-est-mon-colis".to_owned()
}
fn searched(found: bool) -> What {
    let results = if found { vec![document()] } else { Vec::new() };
    What::Searched {
        query: "jai pas recu mon coli".into(),
        results,
        declined: !found,
    }
}
fn avoided(would_have_called: bool) -> What {
    What::CallAvoided {
        document: document(),
        would_have_called,
    }
}
fn confirmed() -> What {
    What::Confirmed {
        document: document(),
    }
}
fn contact() -> What {
    What::ContactChosen {
        channel: "telephone".into(),
    }
}

fn check(visits: Vec<Vec<What>>, expected: &Ladder) {
    let events = (1..).zip(visits).flat_map(|(n, whats)| visit(n, whats));
    let report = deflection(events);
    assert_eq!(
        report
            .documents
            .get(&document())
            .unwrap_or(&Ladder::default()),
        expected
    );
}

#[test]
fn a_shopper_who_leaves_in_silence_has_only_seen_the_answer() {
    check(
        vec![vec![What::Opened, searched(true)]],
        &Ladder {
            seen: 1,
            ..Ladder::default()
        },
    );
}

#[test]
fn only_a_stated_yes_without_later_contact_is_an_avoided_call() {
    let yes = Ladder {
        seen: 1,
        confirmed: 1,
        asked: 1,
        avoided_stated: 1,
        ..Ladder::default()
    };
    check(vec![vec![searched(true), confirmed(), avoided(true)]], &yes);
    let no = Ladder {
        seen: 1,
        confirmed: 1,
        asked: 1,
        ..Ladder::default()
    };
    check(vec![vec![searched(true), confirmed(), avoided(false)]], &no);
    let contradicted = Ladder {
        seen: 1,
        confirmed: 1,
        asked: 1,
        contradicted: 1,
        ..Ladder::default()
    };
    check(
        vec![vec![searched(true), confirmed(), avoided(true), contact()]],
        &contradicted,
    );
}

#[test]
fn a_contact_before_the_answer_does_not_contradict_it() {
    let ladder = Ladder {
        seen: 1,
        confirmed: 1,
        asked: 1,
        avoided_stated: 1,
        ..Ladder::default()
    };
    check(
        vec![vec![contact(), searched(true), confirmed(), avoided(true)]],
        &ladder,
    );
}

#[test]
fn a_visit_counts_once_however_often_it_repeats_itself() {
    let ladder = Ladder {
        seen: 1,
        confirmed: 1,
        ..Ladder::default()
    };
    check(
        vec![vec![
            searched(true),
            searched(true),
            confirmed(),
            confirmed(),
        ]],
        &ladder,
    );
}

#[test]
fn the_last_word_counts() {
    let ladder = Ladder {
        seen: 1,
        not_confirmed: 1,
        asked: 1,
        ..Ladder::default()
    };
    let no = What::NotConfirmed {
        document: document(),
        reason: String::new(),
    };
    check(
        vec![vec![searched(true), confirmed(), avoided(true), no]],
        &ladder,
    );
}

#[test]
fn a_glance_is_not_a_reading() {
    let read = |dwell_ms| What::Read {
        document: document(),
        dwell_ms,
    };
    check(vec![vec![read(3_999)]], &Ladder::default());
    check(
        vec![vec![read(4_000)]],
        &Ladder {
            read: 1,
            read_only: 1,
            ..Ladder::default()
        },
    );
}

#[test]
fn declined_queries_are_listed_most_frequent_first() {
    let report = deflection(
        (1..=2)
            .flat_map(|n| visit(n, vec![searched(false)]))
            .chain(visit(
                3,
                vec![What::Searched {
                    query: "alpaga".into(),
                    results: Vec::new(),
                    declined: true,
                }],
            )),
    );
    let listed: Vec<_> = report
        .unanswered
        .iter()
        .map(|u| (u.query.as_str(), u.visits))
        .collect();
    assert_eq!(listed, [("jai pas recu mon coli", 2), ("alpaga", 1)]);
}

#[test]
fn a_claim_opened_afterwards_contradicts_as_a_contact_does() {
    let claim = What::ClaimOpened {
        category: String::new(),
    };
    let ladder = Ladder {
        seen: 1,
        confirmed: 1,
        asked: 1,
        contradicted: 1,
        ..Ladder::default()
    };
    check(
        vec![vec![searched(true), confirmed(), avoided(true), claim]],
        &ladder,
    );
}

#[test]
fn an_answer_that_was_read_and_not_confirmed_says_nothing() {
    let read = || What::Read {
        document: document(),
        dwell_ms: 9_000,
    };
    let silent = Ladder {
        seen: 1,
        read: 1,
        read_only: 1,
        ..Ladder::default()
    };
    check(vec![vec![searched(true), read()]], &silent);
    let spoken = Ladder {
        seen: 1,
        read: 1,
        confirmed: 1,
        ..Ladder::default()
    };
    check(vec![vec![searched(true), read(), confirmed()]], &spoken);
}

#[test]
fn what_was_on_screen_when_a_contact_was_chosen_did_not_avoid_it() {
    let ladder = Ladder {
        seen: 1,
        contact_after: 1,
        ..Ladder::default()
    };
    let opened = What::ResultOpened {
        document: document(),
    };
    check(vec![vec![opened, contact()]], &ladder);
}
