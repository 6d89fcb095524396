//! Promises that were missed: the shopper is told at once, with a new date; never silence. Each is
//! owned up to once, since the new date is what runs from then on. What is about to be missed the
//! console shows by itself (`Claim::standing`).

use crate::App;
use crate::letter;
use crate::store::StoreError;
use crate::store::claims::{Acted, Consequences, Deed};
use guichet_domain::claim::step::Change;
use guichet_domain::claim::{Act, Actor, Claim, Entry};

/// Gives a new date to everybody whose promise has passed; returns to how many.
pub(crate) async fn round(app: &App) -> Result<usize, StoreError> {
    let now = app.clock.now();
    let mut postponed = 0;
    for claim in app.store.overdue(now).await? {
        let Some(site) = app.shops.site(&claim.site) else {
            // Of a shop that is not served any more: nobody here can promise for it.
            continue;
        };
        let change = Change::new(Act::Postpone, Actor::System, now);
        let deed = Deed {
            number: claim.number,
            site,
            change: &change,
            user: None,
            text: None,
            files: &[],
            key_hash: None,
        };
        let consequences = |claim: &Claim, entry: &Entry| {
            let mail = letter::to_shopper(site, claim, entry, app.public_url.as_deref());
            Consequences {
                mails: mail.into_iter().collect(),
                ..Consequences::default()
            }
        };
        // Refused: somebody answered in this very moment.
        let acted = app.store.act(&deed, &consequences).await?;
        postponed += usize::from(matches!(acted, Acted::Done(_)));
    }
    Ok(postponed)
}

#[cfg(test)]
mod tests;
