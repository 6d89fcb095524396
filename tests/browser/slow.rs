//! A telephone: a machine four times slower than this one. Everything works there as elsewhere.

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
