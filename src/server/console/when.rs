//! A moment as a person of the shop reads it.

use guichet_domain::lang::Lang;
use guichet_domain::say;
use guichet_domain::zone::{Timestamp, Zone};

/// "aujourd’hui à 18 h 02", on the clock of the shop.
pub(super) fn when_in(zone: Zone, lang: Lang, at: Timestamp, now: Timestamp) -> String {
    say::moment(lang, zone.local(at), zone.local(now).date)
}

/// The same where no shop is at hand, whose clock it could be: that of Paris.
pub(super) fn when(lang: Lang, at: Timestamp, now: Timestamp) -> String {
    // The zone is one of ours; were it not, the moment would still be told, unworded.
    Zone::named("Europe/Paris").map_or_else(
        |_unknown| at.0.to_string(),
        |zone| when_in(zone, lang, at, now),
    )
}
