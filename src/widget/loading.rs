//! Loads what makes the panel able to search, right after it is first shown: the engine with
//! the index, and the content, side by side. What fails can be tried again.

use crate::engine::{self, Engine};
use crate::later::{self, Content};
use crate::network;
use crate::search;
use crate::state::App;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Something on its way.
#[derive(Clone)]
pub(crate) enum Load<T> {
    /// Not here yet.
    Waiting,
    /// Here.
    Ready(T),
    /// It did not come.
    Failed,
}

/// Begins to load everything that is not here.
pub(crate) fn start(app: App) {
    if !matches!(app.content.get_untracked(), Load::Ready(_)) {
        app.content.set(Load::Waiting);
        spawn_local(async move {
            let loaded = settled(content(app).await);
            if app.is_alive() {
                app.content.set(loaded);
                search::run(app);
            }
        });
    }
    if !matches!(app.engine.get_untracked(), Load::Ready(_)) {
        app.engine.set(Load::Waiting);
        spawn_local(async move {
            let loaded = settled(open_engine(app).await);
            if app.is_alive() {
                app.engine.set(loaded);
                search::run(app);
            }
        });
    }
}

async fn content(app: App) -> Result<Rc<Content>, String> {
    let files = app.files().ok_or("the manifest names no language")?;
    let folder = app.config.site();
    // Asked for before the code is waited for, so that both are on their way at once.
    let bytes = network::ask(&folder, &files.content);
    let later = later::load().await.map_err(|error| error.to_string())?;
    let bytes = bytes.receive().await.map_err(|error| error.to_string())?;
    let content = later.content(&files.content.name, &bytes);
    content.map(Rc::new).map_err(|error| error.to_string())
}

async fn open_engine(app: App) -> Result<Engine, String> {
    let files = app.files().ok_or("the manifest names no language")?;
    let config = &app.config;
    // Asked for before the engine is waited for, so that both are on their way at once.
    let index = network::ask(&config.site(), &files.index);
    let module = engine::import(&config.load(), &config.engine_js(), &config.engine_wasm()).await;
    let index = index.receive().await.map_err(|error| error.to_string())?;
    let module = module.map_err(|error| error.to_string())?;
    module.open(&index).map_err(|error| error.to_string())
}

/// A failure is said once to whoever runs the page; the shopper reads it in the panel.
pub(crate) fn settled<T>(result: Result<T, String>) -> Load<T> {
    match result {
        Ok(value) => Load::Ready(value),
        Err(reason) => {
            web_sys::console::warn_1(&["guichet: ", &reason].concat().into());
            Load::Failed
        }
    }
}
