//! The one file of the server that reads the time. Everything else is given a [`Clock`],
//! so that a test decides what time it is.

use guichet_domain::zone::Timestamp;
use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the time. Cloning it gives the same clock.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self::new(|| {
            let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH);
            // A machine set before 1970 has no usable clock at all; the epoch is as good as any time.
            let ms = since_1970.map_or(0, |elapsed| elapsed.as_millis());
            Timestamp(i64::try_from(ms).unwrap_or(i64::MAX))
        })
    }

    /// A clock that shows what `now` returns.
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Clock").field(&self.now()).finish()
    }
}
