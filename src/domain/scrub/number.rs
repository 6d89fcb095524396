//! Numbers that name somebody or something of his: telephones, orders, claims, cards, accounts.

use crate::letters::{is_alphanumeric, is_digit};

/// What a long number becomes.
const NUMBER: &str = "[numéro]";
/// Numbers with at least this many digits are taken out; a year, a price, a delay or a
/// size has fewer, a postcode is the shortest that has not.
const MIN_DIGITS: usize = 5;
/// Changes between letters and digits within a code, and its length: `7F3K92`, not `iphone15pro`.
const MIN_CHANGES: usize = 3;
const MIN_CODE_CHARS: usize = 6;
/// A tracking number of ours with its dashes: `K7QM-3XWD-9RTAH`.
const TRACKING_CHARS: usize = 15;

pub(super) fn scrub(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let starts_word = at == 0 || !is_alphanumeric(chars[at - 1]);
        if starts_word && let Some(end) = number_end(&chars, at) {
            // The sign of an international number goes with it.
            if out.ends_with('+') {
                out.pop();
            }
            out.push_str(NUMBER);
            at = end;
        } else {
            out.push(c);
            at += 1;
        }
    }
    out
}

/// Where the number beginning at `start` ends; `None` if there is none, or one a question needs.
/// It consists of groups that each hold a digit, but for letters attached by a dash before or
/// after one, and is joined by at most three separators (`+33 (0)6`).
fn number_end(chars: &[char], start: usize) -> Option<usize> {
    if is_tracking_number(&chars[start..]) {
        return Some(start + TRACKING_CHARS);
    }
    let mut end = start;
    let (mut digits, mut code_changes, mut code_chars) = (0, 0, 0);
    let mut is_code = false;
    let mut from = start;
    loop {
        let until = from + run(&chars[from..], is_alphanumeric);
        let group = &chars[from..until];
        let own_digits = group.iter().filter(|c| is_digit(**c)).count();
        let joined = separators(&chars[until..]);
        let dashed_before = from > start && chars[from - 1] != ' ';
        let leads_to_digit = until - from <= 4
            && (1..=3).contains(&joined)
            && chars[until] != ' '
            && chars.get(until + joined).is_some_and(|c| is_digit(*c));
        let belongs = own_digits > 0 || leads_to_digit || (dashed_before && until - from <= 6);
        if group.is_empty() || !belongs {
            break;
        }
        // A code ends where a space is.
        if from == start || dashed_before {
            code_changes += group
                .windows(2)
                .filter(|pair| is_digit(pair[0]) != is_digit(pair[1]))
                .count();
            code_chars += group.len();
        }
        digits += own_digits;
        is_code |= code_changes >= MIN_CHANGES && code_chars >= MIN_CODE_CHARS;
        if own_digits > 0 || is_code {
            end = until;
        }
        if joined == 0 || joined > 3 {
            break;
        }
        from = until + joined;
    }
    (digits >= MIN_DIGITS || is_code).then_some(end)
}

/// Groups of 4, 4 and 5; few of its characters, or none, may be digits.
fn is_tracking_number(chars: &[char]) -> bool {
    let Some(own) = chars.get(..TRACKING_CHARS) else {
        return false;
    };
    let is_in_place = |(at, c): (usize, &char)| match at {
        4 | 9 => *c == '-',
        _ => c.is_ascii_alphanumeric(),
    };
    own.iter().enumerate().all(is_in_place)
        && (own.iter().any(|c| is_digit(*c)) || !own.iter().any(char::is_ascii_lowercase))
        && chars
            .get(TRACKING_CHARS)
            .is_none_or(|c| !is_alphanumeric(*c))
}

/// How many characters stand between two groups of one number. What ends a clause does not join.
fn separators(chars: &[char]) -> usize {
    let count = run(chars, |c| {
        matches!(
            c,
            ' ' | '.' | '-' | '/' | '#' | '_' | '(' | ')' | '\u{2010}'..='\u{2015}'
        )
    });
    match chars {
        ['.', ' ', ..] => 0,
        // Nothing after it: a closing bracket or the end of the sentence.
        _ if chars.get(count).is_none_or(|c| !is_alphanumeric(*c)) => 0,
        _ => count,
    }
}

fn run(chars: &[char], is_one: impl Fn(char) -> bool) -> usize {
    chars.iter().take_while(|c| is_one(**c)).count()
}
