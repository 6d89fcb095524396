//! What is found in sentences as terms have them, and what is not.

use super::*;

type Expected<'a> = (u16, Unit, Option<Start>, &'a [&'a str]);

fn check(text: &str, expected: &[Expected<'_>]) {
    let found = find(text);
    let told: Vec<Expected<'_>> = found
        .iter()
        .map(|p| (p.within, p.unit, p.start, p.undecided.as_slice()))
        .collect();
    assert_eq!(told, expected, "{text}");
    for proposal in &found {
        assert_eq!(text[proposal.from..proposal.to], proposal.words);
    }
}

#[test]
fn the_usual_sentences_are_read() {
    check(
        "Vous pouvez vous rétracter dans un délai de quatorze (14) jours à compter de la réception.",
        &[(
            14,
            Unit::CalendarDays,
            Some(Start::Receipt),
            &["unit", "prolonged"],
        )],
    );
    check(
        "L’article est repris pendant trente jours calendaires après la livraison.",
        &[(30, Unit::CalendarDays, Some(Start::Receipt), &["prolonged"])],
    );
    check(
        "La garantie est de deux ans à compter de la délivrance du bien.",
        &[(2, Unit::Years, Some(Start::Receipt), &["prolonged"])],
    );
    check(
        "Envoyez des photographies sous 3 jours ouvrables suivant la réception.",
        &[(
            3,
            Unit::JoursOuvrables,
            Some(Start::Receipt),
            &["prolonged"],
        )],
    );
    check(
        "Nous répondons sous dix jours ouvrés.",
        &[(10, Unit::JoursOuvres, None, &["start", "prolonged"])],
    );
    check(
        "L’action se prescrit par un délai de deux ans à compter de la découverte du vice.",
        &[(2, Unit::Years, Some(Start::Discovery), &["prolonged"])],
    );
    check(
        "You may return it within 10 working days of delivery.",
        &[(
            10,
            Unit::JoursOuvres,
            Some(Start::Receipt),
            &["unit", "prolonged"],
        )],
    );
}

#[test]
fn the_quoted_words_are_those_it_was_read_from() {
    let found =
        find("Le client dispose de quatorze jours à compter de la réception du colis, sans frais.");
    assert_eq!(
        found[0].words,
        "dispose de quatorze jours à compter de la réception"
    );
    let found = find("Vous êtes remboursé au plus tard quatorze jours après votre décision.");
    assert_eq!(
        found[0].words,
        "au plus tard quatorze jours après votre décision"
    );
}

#[test]
fn nothing_a_merchant_writes_stops_the_search() {
    const PIECES: [&str; 27] = [
        "jours",
        "14",
        "(14)",
        "quatorze",
        "an",
        "ans",
        "dans",
        "tard",
        "à compter de",
        "après",
        "réception",
        "ouvrables",
        "calendar",
        "days",
        "quatre-vingt",
        "cent",
        "99999999",
        ".",
        "\n",
        "é",
        "’",
        "férié",
        "de la décision",
        "prolongé",
        "samedi",
        "\u{a0}",
        "𝟙𝟜",
    ];
    let text = proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..40);
    proptest::proptest!(|(pieces in text)| {
        let text = pieces.join(" ");
        for proposal in find(&text) {
            proptest::prop_assert_eq!(&text[proposal.from..proposal.to], proposal.words.as_str());
            proptest::prop_assert!((1..=proposal.unit.most()).contains(&proposal.within));
        }
    });
}

#[test]
fn a_range_gives_its_longer_end_and_weeks_are_days() {
    check(
        "Le colis arrive dans les 3 à 5 jours ouvrés après l’expédition.",
        &[(5, Unit::JoursOuvres, Some(Start::Dispatch), &["prolonged"])],
    );
    check(
        "Échange dans les six semaines suivant l’achat.",
        &[(42, Unit::CalendarDays, Some(Start::Order), &["prolonged"])],
    );
}

#[test]
fn the_reception_of_a_letter_is_no_receipt_of_goods() {
    check(
        "Remboursement au plus tard 14 jours à compter de la réception du formulaire de rétractation.",
        &[(
            14,
            Unit::CalendarDays,
            Some(Start::Withdrawal),
            &["unit", "prolonged"],
        )],
    );
}

#[test]
fn a_clause_that_prolongs_says_so_for_its_delays() {
    check(
        "Vous disposez de quatorze jours calendaires à compter de la réception. Si le dernier jour tombe un samedi, un dimanche ou un jour férié, le délai est prolongé.",
        &[(14, Unit::CalendarDays, Some(Start::Receipt), &[])],
    );
}

#[test]
fn what_is_no_delay_is_left_alone() {
    for text in [
        "Le service est ouvert 7 jours sur 7.",
        "Si le dernier jour tombe durant un week-end, il est reporté.",
        "Si le délai expire un jour férié, il est prolongé.",
        "Il faut avoir 18 ans pour commander.",
        "Nous préparons les commandes sous 24 heures ouvrées.",
        "Capital de 30 000 euros, fondée en 2012.",
        "Le premier jour est le lendemain de la réception.",
    ] {
        check(text, &[]);
    }
}
