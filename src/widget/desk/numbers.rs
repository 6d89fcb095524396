//! The numbers of requests the shopper wants kept on this device, with what opens them.

use super::Desk;
use crate::json;
use crate::state::App;
use crate::storage::Kept;
use guichet_domain::tracking::TrackingNumber;
use js_sys::JSON;
use serde::{Deserialize, Serialize};

/// Where they are kept.
const NUMBERS: &str = ":numbers";
/// Older ones go.
const MOST: usize = 20;

/// A request that is kept.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Number {
    pub(super) number: TrackingNumber,
    /// Empty where it was never opened here.
    #[serde(default)]
    code: String,
}

/// Those of this device, the latest first.
pub(super) fn all(app: App) -> Vec<Number> {
    let read = JSON::parse(&place(app).read()).ok();
    read.and_then(|value| json::told(&value))
        .unwrap_or_default()
}

/// Takes up what opens them.
pub(super) fn learn(app: App, desk: &Desk) {
    for own in all(app).iter().filter(|own| !own.code.is_empty()) {
        desk.remember(own.number, &own.code);
    }
}

/// Whether one is kept.
pub(super) fn is_kept(app: App, number: TrackingNumber) -> bool {
    all(app).iter().any(|own| own.number == number)
}

/// Keeps one, or no longer.
pub(super) fn keep(app: App, desk: &Desk, number: TrackingNumber, wanted: bool) {
    let mut numbers = all(app);
    numbers.retain(|own| own.number != number);
    if wanted {
        let code = desk.code(number).unwrap_or_default();
        numbers.insert(0, Number { number, code });
        numbers.truncate(MOST);
    }
    let text = if numbers.is_empty() {
        String::new()
    } else {
        // Plain types with string keys: writing them does not fail.
        serde_json::to_string(&numbers).unwrap_or_default()
    };
    place(app).write(&text);
}

fn place(app: App) -> Kept {
    Kept::of(&app.manifest.site.id, NUMBERS)
}
