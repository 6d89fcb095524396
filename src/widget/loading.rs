//! Loads what makes the panel able to search, right after it is first shown: the engine with
//! the index, and the content, side by side. What fails can be tried again.

use crate::engine::{self, Engine};
use crate::later::{self, Content};
use crate::network;
use crate::search;
use crate::signal::Signal;
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
    bring(app, &app.content, content(app), search::run);
    bring(app, &app.engine, open_engine(app), search::run);
}

/// Brings what has its place in `place`, unless it is there, and goes on with `then`. A failure may
/// be tried again; what was asked for twice meanwhile comes once.
pub(crate) fn bring<T: 'static>(
    app: App,
    place: &'static Signal<Load<T>>,
    work: impl Future<Output = Result<T, String>> + 'static,
    then: fn(App),
) {
    let is_here = move || place.with_untracked(|load| matches!(load, Load::Ready(_)));
    if is_here() {
        return;
    }
    if place.with_untracked(|load| matches!(load, Load::Failed)) {
        place.set(Load::Waiting);
    }
    spawn_local(async move {
        let loaded = settled(work.await);
        if app.is_alive() && !is_here() {
            place.set(loaded);
            then(app);
        }
    });
}

async fn content(app: App) -> Result<Rc<Content>, String> {
    let files = app.files().ok_or("the manifest names no language")?;
    let folder = app.config.site();
    // Asked for before the code is waited for, so that both are on their way at once.
    let bytes = network::ask(&folder, &files.content);
    let later = later::load().await.map_err(|error| error.to_string())?;
    let bytes = bytes.receive().await.map_err(|error| error.to_string())?;
    app.adopt(later.style);
    let content = later.content(&files.content.name, &bytes).await;
    let content = content.map_err(|error| error.to_string())?;
    Ok(Rc::new(content))
}

async fn open_engine(app: App) -> Result<Engine, String> {
    let files = app.files().ok_or("the manifest names no language")?;
    let config = &app.config;
    // Asked for before the engine is waited for, so that both are on their way at once.
    let index = network::ask(&config.site(), &files.index);
    let module = engine::import(&config.load(), &config.engine_js(), &config.engine_wasm()).await;
    let index = index.receive().await.map_err(|error| error.to_string())?;
    let module = module.map_err(|error| error.to_string())?;
    let engine = module.open(&index).await;
    engine.map_err(|error| error.to_string())
}

/// A failure is said once to whoever runs the page; the shopper reads it in the panel.
fn settled<T>(result: Result<T, String>) -> Load<T> {
    match result {
        Ok(value) => Load::Ready(value),
        Err(reason) => {
            web_sys::console::warn_1(&["guichet: ", &reason].concat().into());
            Load::Failed
        }
    }
}
