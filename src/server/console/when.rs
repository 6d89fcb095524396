//! A moment as a person of the shop reads it.

use crate::App;
use guichet_domain::lang::Lang;
use guichet_domain::say;
use guichet_domain::zone::{Timestamp, Zone};

/// "aujourd’hui à 18 h 02", on the clock of a shop.
pub(super) fn when_in(zone: Zone, lang: Lang, at: Timestamp, now: Timestamp) -> String {
    say::moment(lang, zone.local(at), zone.local(now).date)
}

/// The same for what belongs to no shop.
pub(super) fn when(app: &App, lang: Lang, at: Timestamp) -> String {
    // There is always a zone; were there none, the moment would still be told, unworded.
    let zone = app.shops.zone();
    zone.map_or_else(
        || at.0.to_string(),
        |zone| when_in(zone, lang, at, app.clock.now()),
    )
}
