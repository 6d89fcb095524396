//! What a number withstands: every single slip, and the ways people write one down.

use super::*;
use proptest::prelude::*;

/// The code is linear: a slip is missed exactly where the difference it makes has the sum zero,
/// whatever the number. So these loops walk through every slip in every number there is.
#[test]
fn any_one_wrong_character_is_caught() {
    for place in 0..NUMBER_CHARS {
        for difference in 1..32 {
            let mut slip = [0; NUMBER_CHARS];
            slip[place] = difference;
            assert_ne!(sum(&slip), 0, "place {place}, difference {difference}");
        }
    }
}

#[test]
fn any_two_swapped_characters_are_caught() {
    for first in 0..NUMBER_CHARS {
        for second in first + 1..NUMBER_CHARS {
            for difference in 1..32 {
                let mut slip = [0; NUMBER_CHARS];
                slip[first] = difference;
                slip[second] = difference;
                assert_ne!(sum(&slip), 0, "{first} and {second}, {difference}");
            }
        }
    }
}

#[test]
fn a_number_is_written_in_three_groups() {
    assert_eq!(
        TrackingNumber::from_random(0).to_string(),
        "0000-0000-00000"
    );
    assert_eq!(
        TrackingNumber::from_random(u64::MAX).to_string(),
        "ZZZZ-ZZZZ-ZZZZR"
    );
    assert_eq!(
        TrackingNumber::from_random(0x0123_4567_89AB_CDEF).to_string(),
        "28T5-CY4T-QKFF4"
    );
}

fn refused(text: &str) -> TrackingError {
    text.parse::<TrackingNumber>().unwrap_err()
}

#[test]
fn what_is_wrong_with_a_number_is_told_apart() {
    assert_eq!(refused(" - "), TrackingError::Empty);
    assert_eq!(refused("28T5-CY4T"), TrackingError::TooShort { found: 8 });
    assert_eq!(
        refused("28T5-CY4T-QKFF44"),
        TrackingError::TooLong { found: 14 }
    );
    assert_eq!(refused("28U5-CY4T-QKFF4"), TrackingError::Character('U'));
    assert_eq!(refused("<script>"), TrackingError::Character('<'));
    assert_eq!(refused("28T5-CY4T-KQFF4"), TrackingError::Mistyped);
    let endless = "A".repeat(1_000_000);
    assert_eq!(
        refused(&endless),
        TrackingError::TooLong {
            found: MAX_TYPED_CHARS
        }
    );
}

#[test]
fn a_code_is_read_back_and_never_printed_by_accident() {
    let code = ReceiptCode::from_random(0x0123_4567_89AB_CDEF);
    let text = code.to_string();
    assert_eq!(text, "T5CY4-TQKFF");
    assert!(ReceiptCode::parse(&text.to_lowercase()) == Some(code));
    assert!(ReceiptCode::parse(&text[1..]).is_none());
    assert!(ReceiptCode::parse(&format!("{text}0")).is_none());
    assert_eq!(format!("{code:?}"), "ReceiptCode(…)");
}

proptest! {
    #[test]
    fn a_number_is_read_back_however_it_was_typed(
        random: u64,
        separator in "[ .\u{2011}-]{0,2}",
        lower: bool,
        look_alike in 0..3_usize,
    ) {
        let number = TrackingNumber::from_random(random);
        let plain = number.to_string();
        prop_assert_eq!(plain.parse(), Ok(number));
        let mut typed: String = plain
            .chars()
            .filter(|c| *c != '-')
            .flat_map(|c| format!("{c}{separator}").chars().collect::<Vec<_>>())
            .collect();
        typed = typed.replace('0', "O").replace('1', ["I", "L", "1"][look_alike]);
        if lower {
            typed = typed.to_lowercase();
        }
        prop_assert_eq!(typed.parse(), Ok(number), "{}", typed);
    }

    #[test]
    fn no_text_is_taken_for_a_number_by_a_panic(text in "\\PC{0,40}") {
        if let Ok(number) = text.parse::<TrackingNumber>() {
            prop_assert_eq!(number.to_string().parse(), Ok(number));
        }
    }
}
