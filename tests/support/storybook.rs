//! The storybook (`public/demo/storybook.html`): every state of every view, which the page itself lists and brings
//! about. Tests go from state to state here and look.

use crate::{Page, Server};
use guichet_domain::lang::Lang;

/// The page without a state: the index of all.
pub const INDEX: &str = "/demo/storybook.html";

impl Page {
    /// The names of all states.
    pub async fn states(&self, server: &Server) -> Vec<String> {
        self.open(&server.url(INDEX)).await;
        self.evaluate("storybook.states").await
    }

    /// Goes to a state, and waits until the page says that it is there.
    pub async fn show_state(&self, server: &Server, state: &str, lang: Lang) {
        let lang = lang.code();
        let address = format!("{INDEX}?state={state}&lang={lang}");
        self.open(&server.url(&address)).await;
        let came = "document.documentElement.dataset.state === 'ready'";
        self.until(&format!("the state `{state}` in `{lang}`"), came)
            .await;
    }
}
