//! A telephone: a machine four times slower than this one. Everything works there as elsewhere, and no script of ours
//! keeps the page from answering for long.

use crate::story;
use guichet_tests::help::ROOT;
use guichet_tests::{Page, Server};

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_four_times_slower_tells_the_same_story() {
    let server = Server::start().await;
    let page = Page::new().await;
    page.slow_down(4.0).await;
    story::tell(&server, &page).await;
    page.record().assert_clean();
    assert!(page.evaluate::<bool>(&format!("!!{ROOT}")).await);
}

/// Keeps how long a script of ours ran at most, as the browser's own record of slow frames has it; a frame that takes
/// less than 50 ms is in none.
const WATCH: &str = r"
    let longest = 0;
    new PerformanceObserver((list) => {
        for (const frame of list.getEntries())
            for (const script of frame.scripts)
                if (/\/dist\//.test(script.sourceURL)) longest = Math.max(longest, script.duration);
    }).observe({ type: 'long-animation-frame', buffered: true });
    window.longestScript = () => { const ms = longest; longest = 0; return ms; };";

/// What a long task is (W3C, Long Tasks).
const LONG_MS: f64 = 50.0;
/// An answer replaces a whole screen.
const LONGEST_ANSWER_MS: f64 = 100.0;
/// Whatever else the machine does, other tests beside this one too, only makes a run longer: the shortest of so many counts.
const RUNS: usize = 12;

/// Milliseconds that the longest script of ours took to open the panel, to answer a letter, to open an answer.
async fn longest(server: &Server) -> [f64; 3] {
    let page = Page::new().await;
    page.run_first(WATCH).await;
    page.slow_down(4.0).await;
    page.open(&server.url("/demo/produit.html")).await;
    let longest = async || page.evaluate::<f64>("window.longestScript()").await;
    page.until_launcher().await;
    let _of_the_loader = longest().await;
    page.open_help().await;
    page.text("[data-id^='faq/']").await;
    page.settle().await;
    let opening = longest().await;
    page.type_query("remboursement").await;
    page.settle().await;
    let typing = longest().await;
    page.open_first_answer().await;
    page.text(".feedback").await;
    page.settle().await;
    [opening, typing, longest().await]
}

#[tokio::test(flavor = "multi_thread")]
async fn no_script_of_ours_keeps_a_slow_machine_busy_for_long() {
    let server = Server::start().await;
    let mut best = [f64::INFINITY; 3];
    for _ in 0..RUNS {
        for (best, found) in best.iter_mut().zip(longest(&server).await) {
            *best = best.min(found);
        }
        if best[0] <= LONG_MS && best[1] <= LONG_MS && best[2] <= LONGEST_ANSWER_MS {
            return;
        }
    }
    panic!("opening, typing, an answer: {best:?} ms at best");
}
