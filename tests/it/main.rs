//! The whole without a browser: the `guichet` command as a merchant runs it, and the files it makes as contracts
//! between a build of one day and a reader of another. Each file is one promise.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops at once")]

mod bad_input;
mod claims;
mod clauses;
mod diff;
mod eval;
mod format;
mod init;
mod killed;
mod ranking;
mod same_bytes;
mod shared;
