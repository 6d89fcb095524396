//! Whether a withdrawal comes in time, by the rule of `deadline`. It is received either way:
//! the shopper is told, and the shop decides.

use super::Withdrawal;
use crate::civil::{Date, Local};
use crate::deadline::{Delay, Unit, count};
use crate::site::{Site, WITHDRAWAL_DAYS};

/// The withdrawal declared at `now` for goods received on a day (of several parcels, the last).
/// Without that day no delay has begun, and it is in time.
pub fn declared(site: &Site, goods_received: Option<Date>, now: Local) -> Withdrawal {
    let within = site
        .claims
        .as_ref()
        .map_or(WITHDRAWAL_DAYS, |desk| desk.withdrawal_days);
    let delay = Delay {
        within: within.max(WITHDRAWAL_DAYS),
        unit: Unit::CalendarDays,
        prolonged: true,
        holidays: site.holidays,
    };
    let counted = goods_received.map(|day| count(delay, day));
    Withdrawal {
        goods_received,
        last_day: counted.as_ref().map(|counted| counted.last.date),
        late: counted.is_some_and(|counted| counted.is_over(now)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::due::tests::{at, site};

    fn check(received: &str, now: &str, last: &str, late: bool) {
        let site = site();
        let now = site.time_zone.local(at(&site, now));
        let withdrawal = declared(&site, Some(received.parse().unwrap()), now);
        let said = withdrawal.last_day.map(|day| day.to_string());
        assert_eq!((said.as_deref(), withdrawal.late), (Some(last), late));
    }

    #[test]
    fn fourteen_days_that_end_on_a_weekend_are_prolonged_to_the_last_minute_of_monday() {
        check("2026-05-16", "2026-06-01 23:59", "2026-06-01", false);
        check("2026-05-16", "2026-06-02 00:00", "2026-06-01", true);
    }

    #[test]
    fn a_shop_can_grant_more_days_but_never_fewer() {
        let mut site = site();
        let now = site.time_zone.local(at(&site, "2026-06-11 10:00"));
        let received = Some("2026-06-01".parse().unwrap());
        for (days, last) in [(30, "2026-07-01"), (3, "2026-06-15")] {
            if let Some(desk) = &mut site.claims {
                desk.withdrawal_days = days;
            }
            let last_day = declared(&site, received, now).last_day;
            assert_eq!(last_day.map(|day| day.to_string()).as_deref(), Some(last));
        }
    }

    #[test]
    fn before_the_goods_come_no_delay_has_begun() {
        let site = site();
        let now = site.time_zone.local(at(&site, "2026-06-11 10:00"));
        let withdrawal = declared(&site, None, now);
        assert_eq!((withdrawal.last_day, withdrawal.late), (None, false));
    }
}
