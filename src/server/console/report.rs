//! `/console/report` and `/console/digest`: what the log says of a period, and of a week. The pages
//! are those of `guichet report` and `guichet digest`, with the ways to others above them.

use super::frame::{self, Place};
use super::guard::Visitor;
use super::refused::Refused;
use crate::App;
use crate::html::fields::Fields;
use crate::html::{Pick as _, REPORT_STYLE, guarded};
use crate::reports::{Asked, MOST_DAYS, report};
use crate::shops::Shop;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use guichet_domain::civil::Date;
use guichet_domain::lang::Lang;
use guichet_domain::say::long_date;
use guichet_report::digest::{self as digests, last_week};
use guichet_report::page::{Frame, render_in};
use guichet_report::table;
use maud::{Markup, html};

/// `GET /console/report?site=…&from=…&to=…&format=csv`; the week before where no days are given.
pub(super) async fn get(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    visitor: Visitor,
) -> Result<Response, Refused> {
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let shop = shop(&app, &query)?;
    let lang = visitor.lang;
    let monday_before = last_week(today(&app, shop));
    let Some((from, to)) = days(query.get("from"), query.get("to"), monday_before) else {
        return Ok(no_period(&visitor, shop, monday_before));
    };
    let asked = Asked {
        site: shop.site.id.clone(),
        from,
        to,
        lang,
    };
    let report = report(&app, asked).await?.ok_or(Refused::NotFound)?;
    if query.get("format") == "csv"
        && let Ok(table) = table::render(&report)
    {
        let name = format!("attachment; filename=\"{}-{from}-{to}.csv\"", shop.site.id);
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, name),
            (header::CACHE_CONTROL, "no-store".to_owned()),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        ];
        return Ok((headers, table).into_response());
    }
    let site = &shop.site.id;
    let csv = format!("/console/report?site={site}&from={from}&to={to}&format=csv");
    let above = html! {
        a href="/console" { (lang.pick("← Console", "← Console")) }
        (period_form(lang, site, from, to))
        a href=(csv) { (lang.pick("En tableau (CSV)", "As a table (CSV)")) }
        a href={ "/console/digest?site=" (site) } { (lang.pick("Voix du client", "Voice of the customer")) }
    };
    Ok(page(render_in(&report, Some(&framed(above)))))
}

/// `GET /console/digest?site=…&week=…`: a digest as it was kept, else as it can be written now.
pub(super) async fn digest(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    visitor: Visitor,
) -> Result<Response, Refused> {
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let shop = shop(&app, &query)?;
    let (lang, site) = (visitor.lang, &shop.site.id);
    let (last, _) = last_week(today(&app, shop));
    // Any day names its week.
    let named: Option<Date> = query.get("week").parse().ok();
    let week = named.map_or(last, |day| last_week(day.plus_days(7)).0);
    if week > last {
        return Err(Refused::NotFound);
    }
    let mut weeks = app.store.digest_weeks(site).await?;
    if !weeks.contains(&last) {
        weeks.insert(0, last);
    }
    let above = html! {
        a href="/console" { (lang.pick("← Console", "← Console")) }
        a href={ "/console/report?site=" (site) } { (lang.pick("Rapport", "Report")) }
        @for other in weeks {
            a href={ "/console/digest?site=" (site) "&week=" (other) } aria-current=[(other == week).then_some("page")] {
                (lang.pick("Semaine du ", "Week of ")) (long_date(lang, other))
            }
        }
    };
    let frame = framed(above);
    if let Some(kept) = app.store.digest(site, week).await? {
        return Ok(page(digests::kept(
            kept.lang,
            &kept.title,
            &kept.body,
            &frame,
        )));
    }
    let asked = Asked {
        site: site.clone(),
        from: week,
        to: week.plus_days(6),
        lang,
    };
    let report = report(&app, asked).await?.ok_or(Refused::NotFound)?;
    let (title, body) = (digests::title(&report), digests::body(&report));
    Ok(page(digests::kept(
        lang,
        &title,
        &body.into_string(),
        &frame,
    )))
}

fn shop<'a>(app: &'a App, query: &Fields) -> Result<&'a Shop, Refused> {
    let shop = app.shops.shop_or_first(query.get("site"));
    shop.ok_or(Refused::NotFound)
}

fn today(app: &App, shop: &Shop) -> Date {
    shop.site.time_zone.local(app.clock.now()).date
}

/// The days asked for; `None` where they are none, end before they begin, or are too many.
fn days(from: &str, to: &str, default: (Date, Date)) -> Option<(Date, Date)> {
    if from.is_empty() && to.is_empty() {
        return Some(default);
    }
    let (from, to): (Date, Date) = (from.parse().ok()?, to.parse().ok()?);
    (0..MOST_DAYS)
        .contains(&(to.0.checked_sub(from.0)?))
        .then_some((from, to))
}

fn no_period(visitor: &Visitor, shop: &Shop, (from, to): (Date, Date)) -> Response {
    let lang = visitor.lang;
    let title = lang.pick("Rapport", "Report");
    let text = match lang {
        Lang::Fr => format!(
            "Choisissez un premier et un dernier jour, de {MOST_DAYS} jours au plus. Pour une période plus longue, utilisez « guichet report »."
        ),
        Lang::En => format!(
            "Choose a first and a last day, {MOST_DAYS} days at most. For a longer period, use “guichet report”."
        ),
    };
    let main = html! {
        h1 { (title) }
        p { (text) }
        (period_form(lang, &shop.site.id, from, to))
    };
    frame::respond(visitor, Some(Place::Report), title, main)
}

fn period_form(lang: Lang, site: &str, from: Date, to: Date) -> Markup {
    html! {
        form method="get" action="/console/report" {
            input type="hidden" name="site" value=(site);
            label { (lang.pick("Premier jour", "First day")) input type="date" name="from" required value=(from); }
            label { (lang.pick("Dernier jour", "Last day")) input type="date" name="to" required value=(to); }
            button { (lang.pick("Voir", "Show")) }
        }
    }
}

fn framed(above: Markup) -> Frame {
    Frame {
        style: REPORT_STYLE.path().to_owned(),
        above,
    }
}

fn page(page: String) -> Response {
    guarded(StatusCode::OK, page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_has_a_beginning_an_end_and_a_quarter_at_most() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let week = (day("2026-06-08"), day("2026-06-14"));
        assert_eq!(days("", "", week), Some(week));
        assert_eq!(
            days("2026-06-08", "2026-06-08", week),
            Some((week.0, week.0))
        );
        assert!(days("2026-01-01", "2026-04-02", week).is_some(), "92 days");
        for (from, to) in [
            ("2026-01-01", "2026-04-03"),
            ("2026-06-08", "2026-06-07"),
            ("2026-06-08", ""),
            ("", "2026-06-08"),
            ("yesterday", "today"),
        ] {
            assert_eq!(days(from, to, week), None, "{from} to {to}");
        }
    }
}
