//! Times as call logs write them. Without an offset of its own, a time is the site's.

use guichet_domain::civil::{Date, Local, Minute};
use guichet_domain::zone::{Timestamp, Zone};

/// Tried one after another where no format was given. Days come before months: the shops are European.
const USUAL: [&str; 8] = [
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %Hh%M",
];

/// Reads a time, by `format` or by the usual ones.
pub(super) fn moment(text: &str, format: Option<&str>, zone: Zone) -> Option<Timestamp> {
    let text = text.trim();
    if let Some(format) = format {
        return read(text, format, zone);
    }
    if let Some(seconds) = unix(text) {
        return Some(seconds);
    }
    USUAL.iter().find_map(|format| read(text, format, zone))
}

/// Seconds or milliseconds since 1970: 10 or 13 digits.
fn unix(text: &str) -> Option<Timestamp> {
    let number: i64 = text.parse().ok()?;
    match text.len() {
        10 => Some(Timestamp(number * 1000)),
        13 => Some(Timestamp(number)),
        _ => None,
    }
}

fn read(text: &str, format: &str, zone: Zone) -> Option<Timestamp> {
    let mut rest = text;
    let (mut year, mut month, mut day) = (None, None, None);
    let (mut hour, mut minute, mut second) = (0, 0, 0);
    let mut pattern = format.chars();
    while let Some(c) = pattern.next() {
        if c != '%' {
            rest = rest.strip_prefix(c)?;
            continue;
        }
        match pattern.next()? {
            'Y' => year = Some(i32::try_from(digits(&mut rest, 4, 4)?).ok()?),
            'y' => year = Some(2000 + i32::try_from(digits(&mut rest, 2, 2)?).ok()?),
            'm' => month = Some(digits(&mut rest, 1, 2)?),
            'd' => day = Some(digits(&mut rest, 1, 2)?),
            'H' => hour = digits(&mut rest, 1, 2)?,
            'M' => minute = digits(&mut rest, 2, 2)?,
            'S' => second = digits(&mut rest, 2, 2)?,
            '%' => rest = rest.strip_prefix('%')?,
            _ => return None,
        }
    }
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let date = Date::new(year?, month?, day?)?;
    let time = Minute(u16::try_from(hour * 60 + minute).ok()?);
    let local = Local { date, time };
    let seconds = i64::from(second) * 1000;
    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
        rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    let whole = if rest.is_empty() {
        zone.timestamp(local).0
    } else {
        let minutes = i64::from(date.0) * 1440 + i64::from(time.0);
        (minutes - offset_minutes(rest)?) * 60_000
    };
    Some(Timestamp(whole + seconds))
}

/// What follows a time: `Z` or `+02:00`.
fn offset_minutes(rest: &str) -> Option<i64> {
    if matches!(rest, "Z" | "z") {
        return Some(0);
    }
    let sign = match rest.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let mut rest = rest.get(1..)?;
    let hours = i64::from(digits(&mut rest, 2, 2)?);
    rest = rest.strip_prefix(':').unwrap_or(rest);
    let minutes = i64::from(digits(&mut rest, 2, 2)?);
    (rest.is_empty() && hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

fn digits(rest: &mut &str, least: usize, most: usize) -> Option<u32> {
    let count = rest
        .bytes()
        .take(most)
        .take_while(u8::is_ascii_digit)
        .count();
    if count < least {
        return None;
    }
    let (number, after) = rest.split_at(count);
    *rest = after;
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, format: Option<&str>, expected: Option<i64>) {
        let paris = Zone::named("Europe/Paris").unwrap();
        let found = moment(text, format, paris).map(|at| at.0);
        assert_eq!(found, expected, "{text}");
    }

    /// 2026-06-11 at 14:05:30 in Paris, which is 12:05:30 UTC.
    const AT: i64 = 1_781_179_530_000;

    #[test]
    fn the_usual_forms_are_read_in_the_sites_time_zone() {
        for text in [
            "2026-06-11T14:05:30",
            "2026-06-11 14:05:30",
            "11/06/2026 14:05:30",
            " 11/6/2026 14:05:30 ",
        ] {
            check(text, None, Some(AT));
        }
        for text in [
            "2026-06-11 14:05",
            "11/06/2026 14:05",
            "11/06/2026 14h05",
            "11.06.2026 14:05",
        ] {
            check(text, None, Some(AT - 30_000));
        }
    }

    #[test]
    fn a_time_that_says_its_offset_is_taken_at_its_word() {
        for text in [
            "2026-06-11T12:05:30Z",
            "2026-06-11T14:05:30+02:00",
            "2026-06-11T08:05:30.250-0400",
            "1781179530",
            "1781179530000",
        ] {
            check(text, None, Some(AT));
        }
    }

    #[test]
    fn a_format_of_ones_own_is_followed_to_the_letter() {
        check(
            "06-11-26 à 14h05",
            Some("%m-%d-%y à %Hh%M"),
            Some(AT - 30_000),
        );
        check("2026-06-11 14:05", Some("%d/%m/%Y %H:%M"), None);
    }

    #[test]
    fn what_is_no_time_is_not_guessed() {
        for text in [
            "",
            "hier",
            "2026-13-01 10:00",
            "31/02/2026 10:00",
            "11/06/2026 25:00",
            "11/06/2026 14:05 environ",
            "2026-06-11T14:05:30+2",
        ] {
            check(text, None, None);
        }
    }
}
