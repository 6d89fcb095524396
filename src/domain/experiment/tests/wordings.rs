//! Two wordings of one answer, of which few visits hear: who counts must not depend on the arm.

use super::*;
use crate::event::What;
use crate::lang::Lang;
use crate::zone::Timestamp;

const ENTRY: &str = "faq/retards";

/// A shop in which four visits of ten are about the answer. One of ten of these finds it by a search, the others open
/// it from the page. Whom it does not satisfy searches again, finds it again, and contacts the shop with a chance of 0.6.
struct Shop {
    /// The chance that the old wording satisfies, and the new one.
    satisfies: [f64; 2],
}

impl Shop {
    fn difference(&self) -> f64 {
        let [old, new] = self.satisfies;
        0.6 * (old - new)
    }

    /// What a visit does, and whether it contacts the shop.
    fn visit(&self, arm: Arm, chance: &mut Chance) -> (Vec<Event>, bool) {
        let opened = What::ResultOpened {
            document: ENTRY.into(),
        };
        if chance.next() > 0.4 {
            return (visit([searched("cgv/1")]), chance.next() < 0.1);
        }
        let first = if chance.next() < 0.1 {
            searched(ENTRY)
        } else {
            opened
        };
        let [old, new] = self.satisfies;
        let satisfies = if arm == Arm::Control { old } else { new };
        if chance.next() < satisfies {
            return (visit([first]), false);
        }
        (visit([first, searched(ENTRY)]), chance.next() < 0.6)
    }

    /// Of `runs`: the share whose interval holds the true difference, and the share that found one, where `counts`
    /// says which visits count.
    fn repeat(&self, runs: u32, counts: impl Fn(&[Event]) -> bool) -> (f64, f64) {
        let mut chance = Chance(7);
        let (mut covered, mut found) = (0, 0);
        for _ in 0..runs {
            let mut arms = Arms::default();
            for number in 0..1_500 {
                let arm = [Arm::Control, Arm::Treatment][number % 2];
                let (events, contacted) = self.visit(arm, &mut chance);
                if counts(&events) {
                    arms.add(Date(0), arm, contacted);
                }
            }
            let analysis = arms.analyse(Unit::Visit, 0.5);
            let interval = analysis.interval.unwrap();
            covered += u32::from(interval.contains(self.difference()));
            found += u32::from(matches!(analysis.verdict, Verdict::Fewer | Verdict::More));
        }
        (
            f64::from(covered) / f64::from(runs),
            f64::from(found) / f64::from(runs),
        )
    }
}

fn searched(result: &str) -> What {
    What::Searched {
        query: "colis".into(),
        results: vec![result.into()],
        declined: false,
    }
}

fn visit<const N: usize>(whats: [What; N]) -> Vec<Event> {
    let event = |what| Event {
        id: RandomId(0),
        visit: RandomId(0),
        at: Timestamp(0),
        locale: Lang::Fr,
        what,
    };
    whats.map(event).into()
}

fn plan() -> Plan {
    Plan {
        wordings: Some(Wordings {
            experiment: "retards".into(),
            entry: ENTRY.into(),
        }),
        ..Plan::default()
    }
}

#[test]
fn the_interval_of_wordings_holds_the_truth_and_finds_what_is_there() {
    let counts = |events: &[Event]| plan().counts("retards", events);
    let same = Shop {
        satisfies: [0.5, 0.5],
    };
    let (covered, found) = same.repeat(400, counts);
    assert!((covered - CONFIDENCE).abs() <= tolerance(400), "{covered}");
    assert!(found <= 1.0 - CONFIDENCE + tolerance(400), "{found}");
    let better = Shop {
        satisfies: [0.4, 0.7],
    };
    let (covered, found) = better.repeat(400, counts);
    assert!((covered - CONFIDENCE).abs() <= tolerance(400), "{covered}");
    assert!(found >= 0.9, "{found}");
}

#[test]
fn visits_must_not_be_chosen_by_what_the_wording_led_to() {
    let better = Shop {
        satisfies: [0.4, 0.7],
    };
    // Whoever was not satisfied searches again: to count who searched for it would count him in, and leave out who was.
    let searched_for = |events: &[Event]| {
        let mut results = events
            .iter()
            .filter(|event| matches!(event.what, What::Searched { .. }));
        results.any(|event| event.what.shows(ENTRY))
    };
    let (covered, _) = better.repeat(200, searched_for);
    assert!(covered < 0.8, "{covered}");
}

#[test]
fn another_experiment_counts_every_visit() {
    let elsewhere = visit([searched("cgv/1")]);
    assert!(!plan().counts("retards", &elsewhere));
    assert!(plan().counts("ordre", &elsewhere));
    assert!(Plan::default().counts("retards", &elsewhere));
}
