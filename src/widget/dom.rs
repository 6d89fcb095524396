//! Builds Leptos views without `view!` and without a type per element: an [`El`] holds its
//! attributes and children erased, so that a hundred elements cost one instance of the
//! rendering code in the wasm file, and nothing is ever parsed as HTML (`view!` writes static
//! parts through `innerHTML`, which Trusted Types refuse). Also listeners and timers that
//! clean up on drop.

use crate::prelude::{AnyView, window};
use js_sys::{Array, Function, Promise, Reflect};
use send_wrapper::SendWrapper;
use std::borrow::Cow;
use tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use tachys::html::attribute::custom::custom_attribute;
use tachys::html::element::{ElementChild, custom};
use tachys::html::event::{Custom, on};
use tachys::view::add_attr::AddAnyAttr;
use tachys::view::any_view::IntoAny;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CssStyleSheet, Event, EventTarget, ShadowRoot, Window};

/// Text that is written once: fixed or made for the occasion.
pub(crate) type Text = Cow<'static, str>;

/// An element in the making. Boxed, so that handing it from call to call moves one pointer.
pub(crate) struct El(Box<Parts>);

struct Parts {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// Begins an HTML element.
pub(crate) fn el(tag: &'static str) -> El {
    El(Box::new(Parts {
        tag,
        attributes: Vec::new(),
        children: Vec::new(),
    }))
}

/// Text that stands alone.
pub(crate) fn text(text: impl Into<Text>) -> AnyView {
    erased_text(text.into())
}

#[inline(never)]
fn erased_text(text: Text) -> AnyView {
    text.into_any()
}

/// Nothing.
pub(crate) fn nothing() -> AnyView {
    ().into_any()
}

/// A part that is made anew whenever a signal read by `make` changes.
pub(crate) fn live(make: impl FnMut() -> AnyView + 'static) -> AnyView {
    erased_live(Box::new(make))
}

fn erased_live(make: Box<dyn FnMut() -> AnyView>) -> AnyView {
    // The browser has one thread; Leptos asks for `Send` because a server may have more.
    let mut make = SendWrapper::new(make);
    let make: Box<dyn FnMut() -> AnyView + Send> = Box::new(move || {
        let make = &mut *make;
        make()
    });
    make.into_any()
}

impl El {
    /// Sets the class names.
    pub(crate) fn class(self, names: &'static str) -> Self {
        self.attr("class", names)
    }

    /// Sets an attribute. `style` is not for this: a strict CSP refuses it.
    pub(crate) fn attr(self, name: &'static str, value: impl Into<Text>) -> Self {
        self.fixed_attr(name, value.into())
    }

    #[inline(never)]
    fn fixed_attr(mut self, name: &'static str, value: Text) -> Self {
        self.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// Keeps an attribute at what `value` says; `None` takes it away.
    pub(crate) fn live_attr(
        self,
        name: &'static str,
        value: impl FnMut() -> Option<Text> + 'static,
    ) -> Self {
        self.erased_live_attr(name, Box::new(value))
    }

    fn erased_live_attr(
        mut self,
        name: &'static str,
        value: Box<dyn FnMut() -> Option<Text>>,
    ) -> Self {
        let mut value = SendWrapper::new(value);
        let value: Box<dyn FnMut() -> Option<Text> + Send> = Box::new(move || {
            let value = &mut *value;
            value()
        });
        self.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// Listens to an event.
    pub(crate) fn on(self, event: &'static str, handler: impl FnMut(Event) + 'static) -> Self {
        self.erased_on(event, Box::new(handler))
    }

    fn erased_on(mut self, event: &'static str, handler: Box<dyn FnMut(Event)>) -> Self {
        self.push(on(Custom::<Event>::new(event), handler).into_any_attr());
        self
    }

    #[inline(never)]
    fn push(&mut self, attribute: AnyAttribute) {
        self.0.attributes.push(attribute);
    }

    /// Listens to clicks.
    pub(crate) fn click(self, handler: impl FnMut() + 'static) -> Self {
        self.erased_click(Box::new(handler))
    }

    fn erased_click(self, mut handler: Box<dyn FnMut()>) -> Self {
        self.erased_on("click", Box::new(move |_| handler()))
    }

    /// Appends text.
    pub(crate) fn text(self, words: impl Into<Text>) -> Self {
        self.erased_child(text(words))
    }

    /// Appends a child.
    pub(crate) fn child(self, child: impl Into<AnyView>) -> Self {
        self.erased_child(child.into())
    }

    #[inline(never)]
    fn erased_child(mut self, child: AnyView) -> Self {
        self.0.children.push(child);
        self
    }

    /// Appends a child where there is one.
    pub(crate) fn maybe(self, child: Option<impl Into<AnyView>>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// Appends children.
    pub(crate) fn children<T: Into<AnyView>>(mut self, all: impl IntoIterator<Item = T>) -> Self {
        self.0.children.extend(all.into_iter().map(Into::into));
        self
    }

    /// Appends a part that follows the signals read by `make`.
    pub(crate) fn live(self, make: impl FnMut() -> AnyView + 'static) -> Self {
        self.child(live(make))
    }
}

impl From<El> for AnyView {
    fn from(el: El) -> Self {
        let parts = *el.0;
        custom(parts.tag)
            .add_any_attr(parts.attributes)
            .child(parts.children)
            .into_any()
    }
}

/// Adds a style sheet to a shadow root, so that no style element is needed.
pub(crate) fn adopt(root: &ShadowRoot, style: &str) -> Result<(), JsValue> {
    let sheet = CssStyleSheet::new()?;
    sheet.replace_sync(style)?;
    let key = JsValue::from_str("adoptedStyleSheets");
    // The browser's own array, beside the loader's sheet.
    let sheets: Array = Reflect::get(root, &key)?.unchecked_into();
    sheets.push(&sheet);
    Ok(())
}

/// What stands in the field an event came from.
pub(crate) fn value(event: &Event) -> String {
    let target = event.target();
    let value = target.and_then(|it| Reflect::get(&it, &"value".into()).ok());
    value
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// A listener on something outside the panel; stops when dropped.
pub(crate) struct Listener {
    target: EventTarget,
    event: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls `handler` at every `event` of `target`.
    pub(crate) fn new(
        target: &EventTarget,
        event: &'static str,
        handler: impl FnMut(Event) + 'static,
    ) -> Self {
        let closure = Closure::<dyn FnMut(Event)>::new(handler);
        // Adding a listener fails for no target there is; if it did, we would only not hear it.
        let _added =
            target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
        Self {
            target: target.clone(),
            event,
            closure,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // As above: nothing is lost if it was never added.
        let _removed = self
            .target
            .remove_event_listener_with_callback(self.event, self.closure.as_ref().unchecked_ref());
    }
}

/// Lets the page do what waits to be done.
pub(crate) async fn pause() {
    called(Window::set_timeout_with_callback).await;
}

/// Lets the browser show what was drawn.
pub(crate) async fn shown() {
    called(Window::request_animation_frame).await;
    pause().await;
}

/// Waits until the browser calls what it is asked to call. A page that took the call away goes on at once.
async fn called(ask: fn(&Window, &Function) -> Result<i32, JsValue>) {
    let call = Promise::new(&mut |resolve, _| {
        let window = window();
        if ask(&window, &resolve).is_err() {
            // The promise's own function throws nothing.
            let _resolved = resolve.call0(&window);
        }
    });
    // What it is called with is of no use, and nothing rejects it.
    let _called = JsFuture::from(call).await;
}

/// Something to do later, once; not done when dropped before.
pub(crate) struct Timer {
    handle: i32,
    _closure: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls `action` in `delay_ms` milliseconds.
    pub(crate) fn after(delay_ms: i32, action: impl FnOnce() + 'static) -> Self {
        let closure = Closure::once(action);
        let handle = window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(
                closure.as_ref().unchecked_ref(),
                delay_ms,
            )
            // A page that took `setTimeout` away gets no delayed work; 0 is no timer's handle.
            .unwrap_or(0);
        Self {
            handle,
            _closure: closure,
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        window().clear_timeout_with_handle(self.handle);
    }
}
