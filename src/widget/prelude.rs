//! The parts of Leptos the panel is made of. `tachys` (its renderer) and `reactive_graph` (its
//! signals) are used by name because the `leptos` crate around them brings its server
//! functions along, whose exports no optimiser may remove from the wasm file.

pub(crate) use reactive_graph::graph::untrack;
pub(crate) use reactive_graph::owner::{LocalStorage, Owner, StoredValue};
pub(crate) use reactive_graph::signal::RwSignal;
pub(crate) use reactive_graph::traits::{
    Get, GetUntracked, GetValue, Set, SetValue, Track, Update, With, WithUntracked, WithValue,
};
pub(crate) use tachys::dom::{document, window};
pub(crate) use tachys::view::any_view::AnyView;
