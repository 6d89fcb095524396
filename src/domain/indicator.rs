//! What a shop may show of how it answers: figures of its claims of the last 90 days, computed and
//! never typed in. The owner chooses which are public; nobody can change what they say. Each
//! carries the number of cases it rests on, and is withheld below [`MIN_CASES`]: a share of four
//! people is an anecdote, and tells of each of them.
//!
//! What counts, and what would flatter and so does not:
//!
//! - Withdrawals are no cases: their receipt is immediate by law. Nor are duplicates that were
//!   merged; the claim that went on is the case.
//! - *Answered at first contact*: the team's first word was an answer, and neither side wrote
//!   again. Counted once the claim is closed, or a week after the answer, when the shopper has had
//!   time to object.
//! - *Delay kept*: the first promise; a later date does not mend it.
//! - A claim that the team closed without a word to the shopper was neither answered nor in time.
//! - *Delay*: opening minutes from receipt to the team's first word. Whoever waits past his promise
//!   counts with the time he has waited so far.

pub mod told;

use crate::channel::Channel;
use crate::claim::{Act, Actor, Claim, Kind, State};
use crate::site::Site;
use crate::zone::Timestamp;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The days looked back on, by when a claim was opened.
pub const DAYS: i64 = 90;
/// Fewest cases of a figure that is shown.
pub const MIN_CASES: usize = 20;
/// A claim that was answered this long ago, and not objected to, counts as settled.
const SETTLED_MS: i64 = 7 * DAY_MS;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// One of the figures, as the owner chooses them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Indicator {
    /// Share of cases answered at first contact.
    FirstContact,
    /// Share of first promises that were kept.
    Kept,
    /// Median and 90th percentile of the delay, by channel.
    Delay,
    /// What shoppers said at the end.
    Satisfaction,
}

impl Indicator {
    /// Every one, in the order shown.
    pub const ALL: [Self; 4] = [
        Self::FirstContact,
        Self::Kept,
        Self::Delay,
        Self::Satisfaction,
    ];

    /// The word it has in JSON, in a form and in a store.
    pub fn word(self) -> &'static str {
        match self {
            Self::FirstContact => "first_contact",
            Self::Kept => "kept",
            Self::Delay => "delay",
            Self::Satisfaction => "satisfaction",
        }
    }

    /// The one with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.word() == word)
    }
}

/// A claim with what was done to it, in order.
#[derive(Clone, Debug)]
pub struct Case {
    /// As it stands.
    pub claim: Claim,
    /// Its timeline, without words.
    pub acts: Vec<(Act, Actor)>,
}

/// How many of how many.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Cases it rests on.
    pub cases: usize,
    /// 0 to 1; `None` below [`MIN_CASES`].
    pub share: Option<f64>,
}

impl Share {
    /// How many of the cases; `None` below [`MIN_CASES`].
    pub fn good(self) -> Option<u64> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share times what it was divided by is that count again"
        )]
        let good = |share: f64| (share * self.cases as f64).round() as u64;
        self.share.map(good)
    }
}

/// The delay of one channel, in opening minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delay {
    /// Id of the channel.
    pub channel: String,
    /// Cases it rests on.
    pub cases: usize,
    /// Half of the cases took no longer; `None` below [`MIN_CASES`].
    pub median_minutes: Option<u32>,
    /// Nine of ten took no longer; `None` below [`MIN_CASES`].
    pub p90_minutes: Option<u32>,
}

/// What shoppers said at the end, in points from 1 to 5.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Satisfaction {
    /// How many answered.
    pub answers: usize,
    /// Mean of the points for the delay; `None` below [`MIN_CASES`].
    pub delay: Option<f64>,
    /// Mean of the points for being listened to; `None` below [`MIN_CASES`].
    pub listened: Option<f64>,
}

/// All figures of a site.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Indicators {
    /// Claims opened from this moment on are looked at.
    pub since: Timestamp,
    /// The last update: when they were computed.
    pub updated: Timestamp,
    /// Answered at first contact.
    pub first_contact: Share,
    /// Delays kept.
    pub kept: Share,
    /// Delays, by channel, in the order of the site.
    pub delay: Vec<Delay>,
    /// Satisfaction.
    pub satisfaction: Satisfaction,
}

/// The moment from which claims are looked at.
pub fn since(now: Timestamp) -> Timestamp {
    Timestamp(now.0.saturating_sub(DAYS * DAY_MS))
}

/// Computes every figure of the last [`DAYS`] days at `now`; cases outside of them are passed over.
pub fn indicators(site: &Site, cases: &[Case], now: Timestamp) -> Indicators {
    let after = Timestamp(now.0.saturating_add(1));
    of_period(Some(site), cases, since(now)..after, now)
}

/// Computes every figure of the claims opened in a period, as they stand at `now`. Without the site
/// nobody knows its opening hours, and no delay is told.
pub fn of_period(
    site: Option<&Site>,
    cases: &[Case],
    opened: Range<Timestamp>,
    now: Timestamp,
) -> Indicators {
    let cases: Vec<&Case> = cases
        .iter()
        .filter(|case| opened.contains(&case.claim.opened))
        .filter(|case| case.claim.merged_into.is_none())
        .collect();
    let answered: Vec<&Case> = cases
        .iter()
        .copied()
        .filter(|case| case.claim.kind != Kind::Withdrawal)
        .collect();
    let first_contact = answered.iter().filter_map(|case| case.first_contact(now));
    let kept = answered.iter().filter_map(|case| case.kept(now));
    Indicators {
        since: opened.start,
        updated: now,
        first_contact: share(first_contact),
        kept: share(kept),
        delay: site.map_or_else(Vec::new, |site| delays(site, &answered, now)),
        satisfaction: satisfaction(&cases),
    }
}

impl Case {
    /// Whether the team's first word settled it; `None`: it had none, or it is too soon to tell.
    fn first_contact(&self, now: Timestamp) -> Option<bool> {
        let Some(responded) = self.claim.responded else {
            return self.was_dismissed().then_some(false);
        };
        let words: Vec<Act> = self
            .acts
            .iter()
            .map(|(act, _)| *act)
            .skip_while(|act| !matches!(act, Act::Ask | Act::Answer))
            .filter(|act| matches!(act, Act::Ask | Act::Answer | Act::Complete | Act::Reopen))
            .collect();
        if words != [Act::Answer] {
            return Some(false);
        }
        let settled =
            self.claim.state == State::Closed || now.0.saturating_sub(responded.0) >= SETTLED_MS;
        settled.then_some(true)
    }

    /// Whether the first promise was kept; `None`: there was none, or it still runs.
    fn kept(&self, now: Timestamp) -> Option<bool> {
        if self.was_dismissed() {
            return self.claim.promised.map(|_| false);
        }
        self.claim.first_promise_kept(now)
    }

    /// Whether the team closed it without a word to the shopper.
    fn was_dismissed(&self) -> bool {
        self.claim.responded.is_none() && self.acts.contains(&(Act::Close, Actor::Team))
    }

    /// Opening minutes until the team's first word, or until now for those who wait too long.
    fn delay_minutes(&self, site: &Site, channel: &Channel, now: Timestamp) -> Option<u32> {
        let claim = &self.claim;
        let until = match (claim.responded, claim.closed, claim.promised) {
            (Some(responded), ..) => responded,
            (None, None, Some(promised)) if promised < now => now,
            _ => return None,
        };
        let local = |at| site.time_zone.local(at);
        let hours = channel.schedule(site.holidays);
        Some(hours.open_minutes(local(claim.opened), local(until)))
    }
}

fn share(cases: impl Iterator<Item = bool>) -> Share {
    let (mut count, mut good) = (0_usize, 0_usize);
    for case in cases {
        count += 1;
        good += usize::from(case);
    }
    Share {
        cases: count,
        share: (count >= MIN_CASES).then(|| good as f64 / count as f64),
    }
}

/// Requests keep the hours of the desk's channel, call-backs those of their own.
fn delays(site: &Site, cases: &[&Case], now: Timestamp) -> Vec<Delay> {
    let Some(desk) = &site.claims else {
        return Vec::new();
    };
    let call_back = site.call_back_channel().map(|channel| channel.id.as_str());
    site.channels
        .iter()
        .filter(|channel| channel.id == desk.channel || Some(channel.id.as_str()) == call_back)
        .map(|channel| {
            let is_of = |case: &&&Case| {
                let own = match case.claim.kind {
                    Kind::CallBack => call_back.unwrap_or(&desk.channel),
                    Kind::Request | Kind::Withdrawal => &desk.channel,
                };
                own == channel.id
            };
            let mut minutes: Vec<u32> = cases
                .iter()
                .filter(is_of)
                .filter_map(|case| case.delay_minutes(site, channel, now))
                .collect();
            minutes.sort_unstable();
            let enough = minutes.len() >= MIN_CASES;
            let at = |percent| enough.then(|| nearest_rank(&minutes, percent)).flatten();
            Delay {
                channel: channel.id.clone(),
                cases: minutes.len(),
                median_minutes: at(50),
                p90_minutes: at(90),
            }
        })
        .collect()
}

/// The least value that `percent` of the values do not exceed (the nearest-rank percentile).
fn nearest_rank(sorted: &[u32], percent: usize) -> Option<u32> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}

fn satisfaction(cases: &[&Case]) -> Satisfaction {
    let ratings: Vec<_> = cases
        .iter()
        .filter_map(|case| case.claim.rating.as_ref())
        .collect();
    let mean = |points: fn(&crate::claim::Rating) -> u8| {
        let sum: u32 = ratings.iter().map(|rating| u32::from(points(rating))).sum();
        (ratings.len() >= MIN_CASES).then(|| f64::from(sum) / ratings.len() as f64)
    };
    Satisfaction {
        answers: ratings.len(),
        delay: mean(|rating| rating.delay),
        listened: mean(|rating| rating.listened),
    }
}

#[cfg(test)]
mod tests;
