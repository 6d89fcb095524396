//! By when a claim is answered, whether that is kept, and what is promised when it was not.
//! Counted by the one calendar (`promise`, `hours`) in the hours of the desk's channel.

use super::{Claim, Kind, State};
use crate::promise::{Promise, Unit};
use crate::site::Site;
use crate::zone::Timestamp;

/// A promise with this many opening minutes left, or fewer, is about to be missed: enough to
/// answer one claim, too little to go home on.
pub const SOON_MINUTES: u32 = 120;

/// How a claim's promise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is promised: the claim is answered, closed, or its desk promises nothing.
    None,
    /// The shop waits for the shopper; a new promise begins when he writes.
    Paused,
    /// There is time.
    Running,
    /// About to be missed.
    Soon,
    /// Its moment has passed. A new date is given within a minute.
    Missed,
}

/// By when a claim received at `at` is answered; `None` where nothing is promised.
///
/// Example (a test): hours Monday to Friday 9:00 to 17:30, one working day, received Saturday
/// 9 June 2012: Monday 11 June, 17:30.
pub fn due(site: &Site, category: &str, at: Timestamp) -> Option<Timestamp> {
    counted(site, site.claims_promise(category)?, at)
}

fn counted(site: &Site, promise: Promise, at: Timestamp) -> Option<Timestamp> {
    let schedule = site.claims_schedule()?;
    let deadline = promise.deadline(&schedule, site.time_zone.local(at))?;
    Some(site.time_zone.timestamp(deadline.due))
}

impl Claim {
    /// A promise that begins at `at`.
    pub(super) fn promise_from(&self, site: &Site, at: Timestamp) -> Option<Timestamp> {
        due(site, &self.category, at)
    }

    /// The new date when a promise was missed: counted anew from now, but one working day at
    /// the longest. Nobody who waited too long is asked to wait as long again.
    pub(super) fn promise_again(&self, site: &Site, at: Timestamp) -> Option<Timestamp> {
        let next_day = Promise {
            within: 1,
            unit: Unit::WorkingDays,
        };
        let anew = self.promise_from(site, at);
        let soon = counted(site, next_day, at);
        anew.into_iter().chain(soon).min()
    }

    /// How its promise stands at `now`.
    pub fn standing(&self, site: &Site, now: Timestamp) -> Standing {
        match (self.state, self.due) {
            (State::WaitingForShopper, _) => Standing::Paused,
            (State::Answered | State::Closed, _) | (_, None) => Standing::None,
            (_, Some(due)) if due < now => Standing::Missed,
            (_, Some(due)) => {
                let local = |at| site.time_zone.local(at);
                let schedule = if self.kind == Kind::CallBack {
                    let channel = site.call_back_channel();
                    channel.map(|channel| channel.schedule(site.holidays))
                } else {
                    site.claims_schedule()
                };
                let left = schedule.map(|hours| hours.open_minutes(local(now), local(due)));
                match left {
                    Some(left) if left <= SOON_MINUTES => Standing::Soon,
                    _ => Standing::Running,
                }
            }
        }
    }

    /// Whether the first promise was kept: `None` where none was given, or it still runs, or
    /// the claim ended before it was due without the team writing.
    pub fn first_promise_kept(&self, now: Timestamp) -> Option<bool> {
        let promised = self.promised?;
        match (self.responded, self.closed) {
            (Some(responded), _) => Some(responded <= promised),
            (None, Some(closed)) if closed <= promised => None,
            (None, _) => (now > promised).then_some(false),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
