//! The storybook (`public/demo/storybook.html`): every state of every view, which the page itself lists and brings
//! about. Tests go from state to state here and look.

use crate::{Page, Server};
use guichet_domain::lang::Lang;

/// The page without a state: the index, which frames all of them.
const INDEX: &str = "/demo/storybook.html";

impl Page {
    /// Goes to the index of all states, without what it frames.
    pub async fn show_index(&self, server: &Server) {
        self.open(&server.url("/demo/img/logo.svg")).await;
        // Not opened as other pages are, which waits until nothing moves, and many frames go on for long.
        self.evaluate::<()>(&format!("void (location.href = {INDEX:?})"))
            .await;
        self.until("the index", "document.querySelectorAll('iframe').length")
            .await;
        self.evaluate::<()>("document.querySelectorAll('iframe').forEach(frame => frame.remove())")
            .await;
    }

    /// The names of all states.
    pub async fn states(&self, server: &Server) -> Vec<String> {
        self.show_state(server, "launcher", Lang::Fr).await;
        self.evaluate("Object.keys(storybook.STATES)").await
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
