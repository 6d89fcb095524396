//! How many batches one address may send: a token bucket each, in memory only. Addresses
//! are neither logged nor stored; a restart forgets them. The time is passed in.

use guichet_domain::zone::Timestamp;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

/// Most addresses remembered at once: about 1 MB.
const MAX_BUCKETS: usize = 10_000;

/// How much one address may send.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Batches at once, after a pause; at least 1.
    pub burst: u32,
    /// Batches per second in the long run; above 0.
    pub per_second: f64,
}

impl Default for Rate {
    /// A widget sends a batch every few seconds at most, but an office shares one address.
    fn default() -> Self {
        Self {
            burst: 60,
            per_second: 2.0,
        }
    }
}

/// How often one address may be wrong about a tracking number or a code. With 60 random bits and
/// a million claims, the next right number is half a million million guesses away.
pub(crate) const GUESSES: Rate = Rate {
    burst: 10,
    per_second: 1.0 / 30.0,
};

/// The buckets of all addresses.
#[derive(Debug)]
pub(crate) struct Limiter {
    rate: Rate,
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    at: Timestamp,
}

/// Refused: after how many whole seconds the next batch is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RetryAfter(pub(crate) u64);

impl Limiter {
    pub(crate) fn new(rate: Rate) -> Self {
        Self {
            rate,
            buckets: Mutex::default(),
        }
    }

    /// Takes one token from the bucket of `address`.
    pub(crate) fn admit(&self, address: IpAddr, now: Timestamp) -> Result<(), RetryAfter> {
        // A panic elsewhere can't leave a bucket half changed, so a poisoned lock is still good.
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MAX_BUCKETS {
            self.make_room(&mut buckets, now);
        }
        let full = f64::from(self.rate.burst);
        let bucket = buckets.entry(network(address)).or_insert(Bucket {
            tokens: full,
            at: now,
        });
        bucket.tokens = self.refilled(bucket, now);
        bucket.at = now;
        if bucket.tokens >= 1.0 {
            bucket.tokens -= 1.0;
            return Ok(());
        }
        Err(self.wait(bucket.tokens))
    }

    /// Whether the bucket of `address` holds a token. Takes none.
    pub(crate) fn would_admit(&self, address: IpAddr, now: Timestamp) -> Result<(), RetryAfter> {
        let buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(bucket) = buckets.get(&network(address)) else {
            return Ok(());
        };
        let tokens = self.refilled(bucket, now);
        if tokens >= 1.0 {
            return Ok(());
        }
        Err(self.wait(tokens))
    }

    /// How long until a bucket with `tokens` holds a whole one.
    fn wait(&self, tokens: f64) -> RetryAfter {
        let seconds = ((1.0 - tokens) / self.rate.per_second).ceil();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number of seconds between 1 and 1 / per_second"
        )]
        RetryAfter(seconds as u64)
    }

    fn refilled(&self, bucket: &Bucket, now: Timestamp) -> f64 {
        // A clock that is set back gives nothing and takes nothing.
        let elapsed_ms = now.0.saturating_sub(bucket.at.0).max(0);
        let gained = elapsed_ms as f64 / 1000.0 * self.rate.per_second;
        (bucket.tokens + gained).min(f64::from(self.rate.burst))
    }

    /// Forgets those who could send a full burst again; if too many stay, everybody:
    /// under a flood from many addresses, bounded memory matters more than fairness.
    fn make_room(&self, buckets: &mut HashMap<IpAddr, Bucket>, now: Timestamp) {
        let full = f64::from(self.rate.burst);
        buckets.retain(|_, bucket| self.refilled(bucket, now) < full);
        if buckets.len() >= MAX_BUCKETS {
            buckets.clear();
        }
    }
}

/// What one subscriber holds: an IPv4 address, or the first 64 bits of an IPv6 address.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate {
        burst: 2,
        per_second: 0.5,
    };

    fn check(steps: &[(&str, i64, Result<(), RetryAfter>)]) {
        let limiter = Limiter::new(RATE);
        for (address, at, expected) in steps {
            let got = limiter.admit(address.parse().unwrap(), Timestamp(*at));
            assert_eq!(got, *expected, "{address} at {at} ms");
        }
    }

    #[test]
    fn a_burst_is_let_through_and_then_one_batch_every_two_seconds() {
        check(&[
            ("192.0.2.1", 0, Ok(())),
            ("192.0.2.1", 0, Ok(())),
            ("192.0.2.1", 0, Err(RetryAfter(2))),
            ("192.0.2.1", 1_500, Err(RetryAfter(1))),
            ("192.0.2.1", 2_000, Ok(())),
            ("192.0.2.1", 2_000, Err(RetryAfter(2))),
        ]);
    }

    #[test]
    fn a_pause_never_saves_up_more_than_a_burst() {
        check(&[
            ("192.0.2.1", 0, Ok(())),
            ("192.0.2.1", 3_600_000, Ok(())),
            ("192.0.2.1", 3_600_000, Ok(())),
            ("192.0.2.1", 3_600_000, Err(RetryAfter(2))),
        ]);
    }

    #[test]
    fn addresses_do_not_pay_for_each_other_but_those_of_one_ipv6_network_do() {
        check(&[
            ("192.0.2.1", 0, Ok(())),
            ("192.0.2.1", 0, Ok(())),
            ("192.0.2.2", 0, Ok(())),
            ("2001:db8::1", 0, Ok(())),
            ("2001:db8::2", 0, Ok(())),
            ("2001:db8::3", 0, Err(RetryAfter(2))),
            ("2001:db8:0:1::1", 0, Ok(())),
        ]);
    }

    #[test]
    fn a_clock_set_back_takes_nothing_away() {
        check(&[
            ("192.0.2.1", 10_000, Ok(())),
            ("192.0.2.1", 0, Ok(())),
            ("192.0.2.1", 0, Err(RetryAfter(2))),
        ]);
    }

    #[test]
    fn memory_stays_bounded_under_a_flood_of_addresses() {
        let limiter = Limiter::new(RATE);
        for n in 0..u32::try_from(MAX_BUCKETS).unwrap() * 2 {
            limiter.admit(IpAddr::V4(n.into()), Timestamp(0)).unwrap();
            assert!(limiter.buckets.lock().unwrap().len() <= MAX_BUCKETS);
        }
    }
}
