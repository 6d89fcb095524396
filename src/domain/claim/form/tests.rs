//! What a form must hold, field by field, and what hostile text becomes.

use super::*;
use crate::claim::due::tests::{at, site};

fn request() -> Form {
    Form {
        category: "delivery".into(),
        text: "Mon colis n’est pas arrivé.".into(),
        email: "lea@mail.example".into(),
        ..Form::default()
    }
}

fn faults(change: impl FnOnce(&mut Form)) -> Vec<(Field, Problem)> {
    let mut form = request();
    change(&mut form);
    let site = site();
    let checked = form.check(&site, at(&site, "2026-06-11 10:00"));
    let faults = checked.err().unwrap_or_default().into_iter();
    faults.map(|fault| (fault.field, fault.problem)).collect()
}

#[test]
fn a_request_needs_a_category_a_text_and_a_way_to_answer() {
    assert_eq!(faults(|_| ()), []);
    let all = faults(|form| *form = Form::default());
    assert_eq!(
        all,
        [
            (Field::Category, Problem::Missing),
            (Field::Text, Problem::Missing),
            (Field::Email, Problem::NoContact),
        ]
    );
    let unknown = faults(|form| form.category = "weather".into());
    assert_eq!(unknown, [(Field::Category, Problem::Unknown)]);
    let by_phone = faults(|form| {
        form.email.clear();
        form.phone = "06 12 34 56 78".into();
    });
    assert_eq!(by_phone, []);
}

#[test]
fn what_is_over_its_cap_is_said_with_both_figures() {
    assert_eq!(faults(|form| form.text = "é".repeat(MAX_TEXT_CHARS)), []);
    let long = faults(|form| form.text = "é".repeat(MAX_TEXT_CHARS + 1));
    let (max, found) = (MAX_TEXT_CHARS, MAX_TEXT_CHARS + 1);
    assert_eq!(long, [(Field::Text, Problem::TooLong { max, found })]);
}

#[test]
fn addresses_and_numbers_are_looked_at() {
    let malformed = |field| vec![(field, Problem::Malformed)];
    for email in [
        "lea",
        "lea@",
        "@mail.example",
        "lea@mail",
        "lea@mail..example",
        "le a@mail.example",
        "lea@mail.example,paul@mail.example",
        "lea@mail.example\u{0}>",
        "<lea@mail.example>",
        "a..b@mail.example",
        "lea@-mail.example",
        "\"a b\"@mail.example",
    ] {
        let found = faults(|form| form.email = email.into());
        assert_eq!(found, malformed(Field::Email), "{email}");
    }
    for email in [
        "lea@mail.example",
        " lea.b+x@sous.mail.example ",
        "léa@société.example",
    ] {
        assert_eq!(faults(|form| form.email = email.into()), [], "{email}");
    }
    for phone in [
        "12345",
        "06 12 34 56 78 90 12 34 56",
        "zéro six",
        "06;12345678",
    ] {
        assert_eq!(
            faults(|form| form.phone = phone.into()),
            malformed(Field::Phone),
            "{phone}"
        );
    }
    for phone in [
        "+33 (0)6.12.34.56.78",
        "0612345678",
        "06\u{a0}12\u{a0}34\u{a0}56\u{a0}78",
    ] {
        assert_eq!(faults(|form| form.phone = phone.into()), [], "{phone}");
    }
    assert_eq!(
        faults(|form| form.order = "<b>".into()),
        malformed(Field::Order)
    );
    assert_eq!(faults(|form| form.order = "n° CS-2026/04817".into()), []);
}

#[test]
fn line_breaks_stay_in_texts_and_go_from_everything_else() {
    let mut form = request();
    form.text = " un\r\ndeux\u{7}\u{202e} ".into();
    form.name = "Léa\r\nBcc: paul@mail.example".into();
    let site = site();
    let draft = form.check(&site, at(&site, "2026-06-11 10:00")).unwrap();
    assert_eq!(draft.text, "un\ndeux");
    assert_eq!(
        draft.contact.name.as_deref(),
        Some("Léa Bcc: paul@mail.example")
    );
    assert_eq!(draft.team, "care");
}

#[test]
fn a_call_back_needs_a_number_and_a_slot_that_is_offered() {
    let call = |form: &mut Form, slot: &str| {
        form.kind = Kind::CallBack;
        form.text.clear();
        form.phone = "0612345678".into();
        form.slot = slot.into();
    };
    assert_eq!(faults(|form| call(form, "2026-06-12 09:30")), []);
    assert_eq!(faults(|form| call(form, "2026-06-12T09:30")), []);
    let slot = |text: &'static str, problem| {
        assert_eq!(
            faults(|form| call(form, text)),
            [(Field::Slot, problem)],
            "{text}"
        );
    };
    slot("", Problem::Missing);
    slot("demain", Problem::Malformed);
    slot("2026-06-12 12:30", Problem::Unknown);
    slot("2026-06-11 10:00", Problem::Unknown);
    let missing = faults(|form| {
        call(form, "2026-06-12 09:30");
        form.phone.clear();
    });
    assert_eq!(missing, [(Field::Phone, Problem::Missing)]);
}

#[test]
fn a_withdrawal_names_who_from_what_and_where_the_receipt_goes() {
    let all = faults(|form| {
        *form = Form {
            kind: Kind::Withdrawal,
            ..Form::default()
        };
    });
    let missing = [Field::Name, Field::Email, Field::Order].map(|field| (field, Problem::Missing));
    assert_eq!(all, missing);
    let tomorrow = faults(|form| {
        form.kind = Kind::Withdrawal;
        form.name = "Léa".into();
        form.order = "1".into();
        form.goods_received = "2026-06-12".into();
    });
    assert_eq!(tomorrow, [(Field::GoodsReceived, Problem::Malformed)]);
}

#[test]
fn ratings_are_one_to_five_with_a_line_at_most() {
    assert!(rating(1, 5, "Merci !\nÀ bientôt").is_some_and(|own| own.line == "Merci ! À bientôt"));
    assert_eq!(rating(0, 5, ""), None);
    assert_eq!(rating(3, 6, ""), None);
    assert_eq!(rating(3, 3, &"a".repeat(MAX_LINE_CHARS + 1)), None);
}

#[test]
fn a_message_of_files_alone_needs_no_words() {
    assert_eq!(message("  ", false), Err(Problem::Missing));
    assert_eq!(message("  ", true), Ok(String::new()));
}
