//! What the loader hands over: addresses, the language, and what it has already begun.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
export interface Config {
  /** Absolute URL of the bundle's folder, with a slash at its end. */
  site: string;
  /** Absolute URL of a Guichet server, with a slash at its end. */
  server?: string;
  /** BCP 47 tag of the page's language. */
  lang: string;
  engineJs: string;
  engineWasm: string;
  /** Part of the page instead of floating over it. */
  inline: boolean;
  /** What the page says of itself and of the shopper's order: `page`, `orderState`, `orderDate`
      (YYYY-MM-DD). Asked anew each time, since a page may change. */
  told: (key: string) => unknown;
  /** The manifest, already asked for. */
  manifest: Promise<Response>;
  /** The page's own `import()`. */
  load: (url: string) => Promise<unknown>;
  /** The button that opens the panel. */
  launcher: HTMLElement;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// The loader's configuration object.
    #[wasm_bindgen(typescript_type = "Config")]
    #[derive(Clone)]
    pub type Config;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn site(this: &Config) -> String;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn server(this: &Config) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn lang(this: &Config) -> String;

    #[wasm_bindgen(method, getter, js_name = engineJs)]
    pub(crate) fn engine_js(this: &Config) -> String;

    #[wasm_bindgen(method, getter, js_name = engineWasm)]
    pub(crate) fn engine_wasm(this: &Config) -> String;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn inline(this: &Config) -> bool;

    #[wasm_bindgen(method, js_name = told)]
    fn told_value(this: &Config, key: &str) -> JsValue;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn manifest(this: &Config) -> Promise;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn load(this: &Config) -> Function;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn launcher(this: &Config) -> HtmlElement;
}

impl Config {
    /// What the page says under a key; nothing where it says no text.
    pub(crate) fn told(&self, key: &str) -> Option<String> {
        self.told_value(key).as_string()
    }
}
