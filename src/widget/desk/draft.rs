//! The request being written, kept on this device until it has arrived: closing the page, losing
//! the network or the server loses nothing but the files, which a browser does not let us keep.

use super::UNSENT;
use crate::clock;
use crate::json;
use crate::state::App;
use crate::storage::Kept;
use guichet_domain::claim::Kind;
use guichet_domain::claim::form::Form;
use guichet_domain::event::RandomId;
use js_sys::JSON;
use serde::{Deserialize, Serialize};

/// How a draft begins that was not sent yet.
const WRITING: &str = "w";

/// A request as it is kept.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Draft {
    /// Drawn once: however often it is sent, it is taken once.
    pub(super) key: RandomId,
    /// Whether the shopper has sent it already: said by how what is kept begins ([`UNSENT`]).
    #[serde(skip)]
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
        let (mark, text) = text.split_at_checked(1)?;
        let draft: Self = json::told(&JSON::parse(text).ok()?)?;
        let sent = mark != WRITING;
        (draft.form.kind == kind).then_some(Self { sent, ..draft })
    }

    /// Keeps it.
    pub(super) fn keep(&self, app: App) {
        // Plain types with string keys: writing them does not fail.
        let text = serde_json::to_string(self).unwrap_or_default();
        let kind = self.form.kind;
        let mark = UNSENT.iter().find(|(_, own)| self.sent && *own == kind);
        let mark = mark.map_or_else(
            || WRITING.to_owned(),
            |(mark, _)| char::from(*mark).to_string(),
        );
        place(app).write(&[mark, text].concat());
    }

    /// Keeps none.
    pub(super) fn forget(app: App) {
        place(app).write("");
    }
}

fn place(app: App) -> Kept {
    Kept::of(&app.manifest.site.id, Kept::DRAFT)
}
