//! The help panel in a real Chromium, used as a shopper uses it, on the pages of the demonstration shop. Each file
//! is one thing a shopper, a merchant or a browser expects; the verbs are in `guichet_tests::help`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops at once"
)]

mod accessible;
mod announced;
mod broken;
mod claims;
mod deadlines;
mod files_only;
mod home;
mod host;
mod hostile;
mod keyboard;
mod look;
mod outbox;
mod parity;
mod phone;
mod pictures;
mod policy;
mod privacy;
mod slow;
mod story;
mod terms;
