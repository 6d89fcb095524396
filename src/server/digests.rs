//! Monday's digest: written once a week for every shop that names readers, mailed to them, and kept.
//! The row that keeps it is what makes it one: mails are queued in the transaction that writes it.

use crate::App;
use crate::mail::Mail;
use crate::reports::{Asked, report};
use crate::shops::Shop;
use crate::store::StoreError;
use crate::store::digests::Digest;
use guichet_domain::civil::{Local, Minute};
use guichet_domain::site;
use guichet_report::digest::{self, last_week};
use guichet_report::{Report, say};

/// From when on Monday, on the shop's wall, the week before is told: before people come in.
const FROM: Minute = Minute(7 * 60);

/// Writes and mails what is due. Who was off on Monday morning does it when he is back, that week.
pub(crate) async fn round(app: &App) -> Result<(), StoreError> {
    for shop in app.shops.all() {
        if let Some(readers) = &shop.site.digest {
            tell(app, shop, readers).await?;
        }
    }
    Ok(())
}

async fn tell(app: &App, shop: &Shop, readers: &site::Digest) -> Result<(), StoreError> {
    let (site, now) = (&shop.site, app.clock.now());
    let today = site.time_zone.local(now).date;
    let (from, to) = last_week(today);
    let begins = Local {
        date: to.plus_days(1),
        time: FROM,
    };
    if now < site.time_zone.timestamp(begins) || app.store.digest(&site.id, from).await?.is_some() {
        return Ok(());
    }
    let asked = Asked {
        site: site.id.clone(),
        from,
        to,
        lang: readers.lang,
    };
    let Some(report) = report(app, asked).await? else {
        return Ok(());
    };
    let digest = Digest {
        week: from,
        lang: readers.lang,
        title: digest::title(&report),
        body: digest::body(&report).into_string(),
    };
    let mails: Vec<Mail> = (1..)
        .zip(&readers.to)
        .map(|(number, to)| mail(app, &digest, &report, site, (number, to)))
        .collect();
    app.store
        .keep_digest(&site.id, &digest, &mails, now)
        .await?;
    Ok(())
}

fn mail(
    app: &App,
    digest: &Digest,
    report: &Report,
    site: &site::Site,
    (number, to): (u32, &String),
) -> Mail {
    let (id, week) = (&site.id, digest.week);
    let text = digest::text(report);
    let url = &app.public_url;
    Mail {
        key: format!("digest/{id}/{week}/{number}"),
        site: id.clone(),
        claim: None,
        to: to.clone(),
        lang: digest.lang,
        subject: format!("{}, {}", digest.title, say::period(report)),
        text: format!("{text}\n{url}/console/digest?site={id}&week={week}\n"),
    }
}

#[cfg(test)]
mod tests;
