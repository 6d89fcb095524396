//! The request being written, kept on this device until it has arrived: closing the page, losing
//! the network or the server loses nothing but the files, which a browser does not let us keep.

use crate::clock;
use crate::json;
use crate::state::App;
use crate::storage::Kept;
use guichet_domain::claim::Kind;
use guichet_domain::claim::form::Form;
use guichet_domain::event::RandomId;
use js_sys::JSON;
use serde::{Deserialize, Serialize};

/// A request as it is kept.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Draft {
    /// Drawn once: however often it is sent, it is taken once.
    pub(super) key: RandomId,
    /// Whether the shopper has sent it already ([`super::UNSENT`]).
    pub(super) sent: bool,
    pub(super) form: Form,
}

impl Draft {
    /// An empty one.
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            key: clock::random_id(),
            sent: false,
            form: Form {
                kind,
                ..Form::default()
            },
        }
    }

    /// The one kept for this kind, if there is one.
    pub(super) fn kept(app: App, kind: Kind) -> Option<Self> {
        let text = place(app).read();
        let draft: Self = json::told(&JSON::parse(&text).ok()?)?;
        (draft.form.kind == kind).then_some(draft)
    }

    /// Keeps it.
    pub(super) fn keep(&self, app: App) {
        // Plain types with string keys: writing them does not fail.
        place(app).write(&serde_json::to_string(self).unwrap_or_default());
    }

    /// Keeps none.
    pub(super) fn forget(app: App) {
        place(app).write("");
    }
}

fn place(app: App) -> Kept {
    Kept::of(&app.manifest.site.id, Kept::DRAFT)
}
