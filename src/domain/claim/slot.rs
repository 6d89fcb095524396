//! When a shopper can be called back: half hours within the opening of the channel that calls.

use crate::civil::{Local, Minute};
use crate::site::Site;
use crate::zone::Timestamp;

/// Length of a slot.
pub const SLOT_MINUTES: u16 = 30;
/// The first slot offered begins at least so long from now: somebody must read the request first.
const NOTICE_MS: i64 = 30 * 60_000;
/// How many days with openings are offered.
const OPEN_DAYS: usize = 5;

/// The beginnings of the slots that can be booked at `now`, in order; none where the site does
/// not call back. How many are taken is the store's to know. Slots begin on the hour or the
/// half hour and end within the same opening.
pub fn slots(site: &Site, now: Timestamp) -> Vec<Local> {
    let Some(channel) = site.call_back_channel() else {
        return Vec::new();
    };
    let schedule = channel.schedule(site.holidays);
    let from = site
        .time_zone
        .local(Timestamp(now.0.saturating_add(NOTICE_MS)));
    let mut slots = Vec::new();
    let mut days = Vec::new();
    for (date, span) in schedule.openings(from) {
        if !days.contains(&date) {
            if days.len() == OPEN_DAYS {
                break;
            }
            days.push(date);
        }
        let mut start = span.start.0.next_multiple_of(SLOT_MINUTES);
        while start + SLOT_MINUTES <= span.end.0 {
            let time = Minute(start);
            slots.push(Local { date, time });
            start += SLOT_MINUTES;
        }
    }
    slots
}

/// The last moment at which a slot's call is in time: its end.
pub fn slot_end(site: &Site, slot: Local) -> Timestamp {
    let begin = site.time_zone.timestamp(slot);
    Timestamp(begin.0 + i64::from(SLOT_MINUTES) * 60_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::due::tests::{at, site};

    fn check(now: &str, first: &str, count: usize, last: &str) {
        let site = site();
        let slots = slots(&site, at(&site, now));
        let said = |slot: Option<&Local>| slot.map(|slot| format!("{} {}", slot.date, slot.time));
        assert_eq!(said(slots.first()).as_deref(), Some(first), "{now}");
        assert_eq!(slots.len(), count, "{now}");
        assert_eq!(said(slots.last()).as_deref(), Some(last), "{now}");
    }

    #[test]
    fn slots_are_half_hours_of_the_next_five_open_days() {
        // 9:30 to 12:00 and 14:30 to 17:30 make 5 and 6 slots a day.
        check(
            "2026-06-13 10:00",
            "2026-06-15 09:30",
            55,
            "2026-06-19 17:00",
        );
        // The notice of half an hour, then up to the next half hour.
        check(
            "2026-06-15 09:10",
            "2026-06-15 10:00",
            54,
            "2026-06-19 17:00",
        );
        // Lunch is no time to call.
        check(
            "2026-06-15 11:31",
            "2026-06-15 14:30",
            50,
            "2026-06-19 17:00",
        );
        // 14 July is a holiday.
        check(
            "2026-07-13 17:20",
            "2026-07-15 09:30",
            55,
            "2026-07-21 17:00",
        );
    }

    #[test]
    fn a_site_that_does_not_call_back_has_no_slots() {
        let mut site = site();
        let now = at(&site, "2026-06-15 09:10");
        site.claims = None;
        assert_eq!(slots(&site, now), []);
    }
}
