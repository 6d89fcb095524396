//! What the tests of the whole share: a real server, a real browser with the verbs of a shopper, and the
//! command as a merchant runs it. The tests themselves are in `it/` (without a browser) and `browser/`.
//! Everything here stops the test, with a sentence, where something is missing or does not come in time.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot go on stops at once, and this crate is for tests alone"
)]

pub mod axe;
pub mod command;
pub mod demo;
pub mod folder;
pub mod help;
pub mod page;
pub mod picture;
pub mod place;
#[path = "../../src/server/testing/postgres.rs"]
pub mod postgres;
pub mod record;
pub mod server;
pub mod shop;
#[path = "../../src/server/testing/smtp.rs"]
pub mod smtp;
pub mod storybook;
pub mod town;
pub mod tree;

pub use command::{Ran, Served, guichet};
pub use demo::Pack;
pub use help::Shown;
pub use page::Page;
pub use picture::Screen;
pub use record::Record;
pub use server::{Files, Server};
pub use shop::Shop;

use std::time::Duration;

/// How long anything may take that a test waits for. Generous: a busy machine is no bug.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How often a test looks whether what it waits for has come.
pub const GLANCE: Duration = Duration::from_millis(25);

/// Asks again and again until there is an answer; stops the test, naming what did not come, when patience ends.
pub async fn wait_for<T>(what: &str, ask: impl AsyncFnMut() -> Option<T>) -> T {
    wait_or(|| what.to_owned(), ask).await
}

/// The same, where what is said of the failure is only known then.
pub(crate) async fn wait_or<T>(
    what: impl Fn() -> String,
    mut ask: impl AsyncFnMut() -> Option<T>,
) -> T {
    let begun = tokio::time::Instant::now();
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(
            begun.elapsed() < PATIENCE,
            "waited {PATIENCE:?} in vain for {}",
            what()
        );
        tokio::time::sleep(GLANCE).await;
    }
}
