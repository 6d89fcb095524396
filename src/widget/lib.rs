//! The help panel: a Leptos view in a shadow root of a page we do not own. JavaScript calls
//! [`mount`] and gets an opaque handle; everything behind it lives in the files named by its
//! idea: `state` (what is known), `views` (what is shown), `loading` and `search` (what
//! comes in), `journal` and `outbox` (what goes out). What calls this is
//! `public/panel.js`, for the loader `public/guichet.js`.

mod app;
mod checksum;
mod clock;
mod config;
mod dates;
mod desk;
mod dom;
mod engine;
mod figures;
mod icons;
mod journal;
mod json;
mod later;
mod letter;
mod loading;
mod network;
mod outbox;
mod prelude;
mod rich;
mod search;
mod signal;
mod state;
mod storage;
mod texts;
mod views;

use config::Config;
use dom::Listener;
use guichet_bundle::Manifest;
use guichet_bundle::manifest::MANIFEST_FILE;
use prelude::{AnyView, document, window};
use reactive_graph::owner::Owner;
use state::{App, Screen, State};
use tachys::view::{Mountable, Render};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, ShadowRoot};

/// What the panel looks like; adopted by the shadow root, so that no style element is needed.
const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/panel.css"));

/// A mounted panel. Dropping it (`free()` in JavaScript) takes it away.
#[wasm_bindgen]
pub struct Widget {
    app: App,
    container: HtmlElement,
    owner: Owner,
    view: <AnyView as Render>::State,
    _listeners: Vec<Listener>,
}

/// Reads the manifest and puts a closed panel into `root`. Rejects with a readable `Error`
/// when the manifest does not arrive or is of a newer format; the page is then as it was.
#[wasm_bindgen]
pub async fn mount(root: ShadowRoot, config: Config) -> Result<Widget, JsError> {
    let url = [&config.site(), MANIFEST_FILE].concat();
    let bytes = network::asked(url, config.manifest()).receive().await?;
    // On a telephone all of this at once would keep the shopper's finger waiting.
    dom::pause().await;
    let manifest: Manifest = json::read(MANIFEST_FILE, &bytes)?;
    let container =
        panel_container(&root).map_err(|error| JsError::new(&network::reason(&error)))?;
    let owner = Owner::new();
    let app = State::new(&root, config, manifest);
    // An error only says that it was started before.
    let _started = any_spawner::Executor::init_wasm_bindgen();
    dom::pause().await;
    let mut view = owner.with(|| app::panel(app).build());
    view.mount(&container, None);
    if app.is_inline() {
        app.draw_rest();
    }
    dom::pause().await;
    let listeners = vec![
        Listener::new(&window(), "pagehide", move |_| {
            app.journal.leave();
        }),
        Listener::new(&document(), "visibilitychange", move |_| {
            if document().hidden() {
                app.journal.leave();
            } else {
                app.start_reading();
            }
        }),
    ];
    Ok(Widget {
        app,
        container,
        owner,
        view,
        _listeners: listeners,
    })
}

#[wasm_bindgen]
impl Widget {
    /// Opens the panel, or closes it when it is open.
    pub fn toggle(&self) {
        if self.app.is_open.get_untracked() {
            self.app.close();
        } else {
            self.open();
        }
    }

    /// Opens the panel. The first time, what it needs to search is loaded.
    pub fn open(&self) {
        self.app.open();
        loading::start(self.app);
    }

    /// Opens the panel at an answer (`faq/retours`) or a clause (`cgv/7.2.a`). What it shows
    /// arrives by itself; an address that names nothing is told so.
    pub fn show(&self, id: String) {
        self.open();
        let is_answer = id.starts_with("faq/");
        self.app.show(if is_answer {
            Screen::Answer(id)
        } else {
            Screen::Clause(id)
        });
    }

    /// Opens the panel with this in its field, searched.
    pub fn search(&self, text: String) {
        self.open();
        search::ask(self.app, text);
    }

    /// Closes the panel and gives the focus back to the launcher.
    pub fn close(&self) {
        self.app.close();
    }

    /// How many events had to be given up instead of being sent.
    #[wasm_bindgen(getter, js_name = eventsGivenUp)]
    pub fn events_given_up(&self) -> usize {
        self.app.journal.given_up()
    }
}

impl Drop for Widget {
    fn drop(&mut self) {
        self.view.unmount();
        self.owner.cleanup();
        self.app.retire();
        self.container.remove();
    }
}

fn panel_container(root: &ShadowRoot) -> Result<HtmlElement, JsValue> {
    dom::adopt(root, STYLE)?;
    let container: HtmlElement = document().create_element("div")?.dyn_into()?;
    root.append_child(&container)?;
    Ok(container)
}
