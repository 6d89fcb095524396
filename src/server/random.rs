//! The one file of the server that asks the system for randomness. Everything else is given a
//! [`Random`], so that a test decides what is drawn.

use std::fmt;
use std::sync::Arc;

/// Draws random bytes. Cloning it gives the same source.
#[derive(Clone)]
pub struct Random(Arc<Fill>);

/// Fills bytes with what is drawn.
type Fill = dyn Fn(&mut [u8]) + Send + Sync;

impl Random {
    /// The system's source, good enough for secrets.
    pub fn system() -> Self {
        Self::new(|bytes| {
            #[expect(
                clippy::expect_used,
                reason = "a system without randomness can keep no secret; no request may be served"
            )]
            getrandom::fill(bytes).expect("the system gives random bytes");
        })
    }

    /// A source that fills bytes as `fill` does.
    pub fn new(fill: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Self {
        Self(Arc::new(fill))
    }

    /// `N` bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.0)(&mut bytes);
        bytes
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random")
    }
}
