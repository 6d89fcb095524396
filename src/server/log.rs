//! Where the log goes. What is logged: failures of ours, once, where they are answered
//! (`error`). Never an address, a body or anything else a shopper sent.

use tracing_subscriber::filter::LevelFilter;

/// Sends warnings and errors of the whole program to standard error. Called once, by the
/// program; a second call is ignored, so that tests may call it too.
pub fn to_standard_error() {
    let installed = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .with_max_level(LevelFilter::WARN)
        .try_init();
    // The only error: a log is installed already, and takes ours too.
    drop(installed);
}
