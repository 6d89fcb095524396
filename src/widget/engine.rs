//! The engine's module as JavaScript hands it to us. The panel does not know the search crate:
//! it asks for rows and excerpts, and nothing more.

use crate::dom;
use crate::network::reason;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// An index that is being opened.
    type Opening;

    /// Goes on with the next part: an [`Engine`] once all is open, else nothing.
    #[wasm_bindgen(method, catch)]
    fn step(this: &Opening) -> Result<JsValue, JsValue>;

    /// An opened index.
    #[derive(Clone)]
    pub(crate) type Engine;

    /// The best rows for a query; never throws, whatever is typed.
    #[wasm_bindgen(method)]
    pub(crate) fn search(this: &Engine, query: &str, limit: u32) -> Results;

    /// What a search found.
    pub(crate) type Results;

    /// Places in the content's documents, best first.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn rows(this: &Results) -> Vec<u32>;

    /// Nothing answers this exactly: the rows are only "perhaps".
    #[wasm_bindgen(method, getter)]
    pub(crate) fn declined(this: &Results) -> bool;

    /// Pairs `[start, end)` in UTF-16 units of `text`: first of the part to show, then of the words in it that match
    /// the query.
    #[wasm_bindgen(method)]
    pub(crate) fn excerpt(this: &Results, text: &str, max_chars: u32) -> Vec<u32>;

    /// Gives back what it holds; a browser knows nothing of it, and would let it pile up with every letter typed.
    #[wasm_bindgen(method)]
    pub(crate) fn free(this: &Results);
}

/// Why there is no engine.
#[derive(Debug, thiserror::Error)]
#[error("the search engine did not start: {0}")]
pub(crate) struct EngineError(String);

/// A module whose wasm is ready.
pub(crate) struct Module(JsValue);

/// Imports the engine's module and starts its wasm. `load` is the page's own `import()`.
pub(crate) async fn import(load: &Function, js: &str, wasm: &str) -> Result<Module, EngineError> {
    let module = call(load, &JsValue::NULL, &js.into()).await?;
    let init = function(&module, "default")?;
    let options = Object::new();
    Reflect::set(&options, &"module_or_path".into(), &wasm.into()).map_err(failed)?;
    call(&init, &JsValue::NULL, &options).await?;
    Ok(Module(module))
}

impl Module {
    /// Opens an index, a part at a time.
    pub(crate) async fn open(&self, index: &[u8]) -> Result<Engine, EngineError> {
        let class = function(&self.0, "Opening")?;
        let bytes = js_sys::Uint8Array::from(index);
        let opening = Reflect::construct(&class, &Array::of1(&bytes)).map_err(failed)?;
        let opening: Opening = opening.unchecked_into();
        loop {
            dom::pause().await;
            let engine = opening.step().map_err(failed)?;
            if !engine.is_undefined() {
                return Ok(engine.unchecked_into());
            }
        }
    }
}

async fn call(
    function: &Function,
    this: &JsValue,
    argument: &JsValue,
) -> Result<JsValue, EngineError> {
    let promise = function.call1(this, argument).map_err(failed)?;
    JsFuture::from(Promise::resolve(&promise))
        .await
        .map_err(failed)
}

fn function(owner: &JsValue, name: &str) -> Result<Function, EngineError> {
    Reflect::get(owner, &name.into())
        .and_then(JsCast::dyn_into)
        .map_err(failed)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "stands where `map_err` gives the value away"
)]
fn failed(error: JsValue) -> EngineError {
    EngineError(reason(&error))
}
