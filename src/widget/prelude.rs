//! The parts of Leptos the panel is made of. `tachys` (its renderer) and `reactive_graph` (its
//! signals) are used by name because the `leptos` crate around them brings its server
//! functions along, whose exports no optimiser may remove from the wasm file.

pub(crate) use reactive_graph::graph::untrack;
pub(crate) use tachys::dom::{document, window};
pub(crate) use tachys::view::any_view::AnyView;
