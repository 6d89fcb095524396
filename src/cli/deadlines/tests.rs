//! What is told of delays found, confirmed and open.

use super::*;
use guichet_domain::holiday::Region;

fn clause(text: &str, deadlines: Vec<Deadline>) -> Clause {
    Clause {
        id: "cgv/7.1".to_owned(),
        number: "7.1".to_owned(),
        path: vec!["7.1 Rétractation".to_owned()],
        lead: None,
        text: text.to_owned(),
        lang: None,
        deadlines,
    }
}

fn deadline(within: u16, law: Option<u16>) -> Deadline {
    let delay = |within| Delay {
        within,
        unit: Unit::CalendarDays,
        prolonged: true,
        holidays: Region::Fr,
    };
    Deadline {
        title: "Renoncer".to_owned(),
        start: Start::Receipt,
        delay: delay(within),
        law: law.map(|within| Law {
            delay: delay(within),
            source: "article L221-18".to_owned(),
        }),
    }
}

fn check(deadlines: Vec<Deadline>, expected: State) {
    let clause = clause("Vous disposez de 14 jours après la réception.", deadlines);
    let found: Vec<_> = in_clause(Lang::Fr, &clause, &LocaleContent::default())
        .map(|one| one.state)
        .collect();
    assert_eq!(found, [expected]);
}

#[test]
fn a_delay_is_confirmed_by_a_deadline_of_its_amount_or_the_law_beside_it() {
    check(vec![], State::Open);
    check(vec![deadline(14, None)], State::Confirmed);
    check(vec![deadline(30, None)], State::Other);
    check(vec![deadline(30, Some(14))], State::Confirmed);
}

#[test]
fn an_open_delay_is_told_with_the_lines_that_would_confirm_it() {
    let clause = clause("Vous disposez de quatorze (14) jours ouvrés.", Vec::new());
    let told: String = in_clause(Lang::Fr, &clause, &LocaleContent::default())
        .map(|one| text(&one))
        .collect();
    insta::assert_snapshot!(told, @r#"
    fr cgv/7.1  7.1 Rétractation  (open)
        “disposez de quatorze (14) jours ouvrés”
        [[deadline]]
        title = { fr = "…" }
        clauses = ["cgv/7.1"]
        start = "…"    # not in the words: yours to decide
        within = 14
        unit = "jours_ouvres"
        prolonged = …    # not in the words: yours to decide
    "#);
}
