//! The one file that touches `localStorage`: per site, events that could not be sent (a line
//! each), the request being written, and the numbers the shopper wants kept. It is read and
//! written only after he opened the panel. A browser that refuses storage (a sandboxed frame, a
//! private window) loses nothing but that.

use crate::prelude::window;

/// Something kept for one site.
pub(crate) struct Kept {
    key: String,
}

impl Kept {
    /// Events that could not be sent.
    pub(crate) const EVENTS: &str = ":unsent";
    /// The request being written.
    pub(crate) const DRAFT: &str = ":draft";

    /// The place of a site for one of the above.
    pub(crate) fn of(site: &str, what: &str) -> Self {
        Self {
            key: ["guichet:", site, what].concat(),
        }
    }

    /// What is kept; empty where storage is refused.
    pub(crate) fn read(&self) -> String {
        storage()
            .and_then(|storage| storage.get_item(&self.key).ok().flatten())
            .unwrap_or_default()
    }

    /// Keeps exactly this; nothing at all where it is empty.
    pub(crate) fn write(&self, lines: &str) {
        let Some(storage) = storage() else { return };
        // A full or forbidden storage leaves the events in memory, where the outbox has them too.
        let _kept = if lines.is_empty() {
            storage.remove_item(&self.key)
        } else {
            storage.set_item(&self.key, lines)
        };
    }
}

fn storage() -> Option<web_sys::Storage> {
    // The getter itself throws in a sandboxed frame; without storage we go on in memory.
    window().local_storage().ok().flatten()
}
