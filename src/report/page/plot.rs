//! Plots as inline SVG: shapes only, that stretch with the page. Their numbers stand beside them as
//! text, so that they can be read at any size, aloud, and in print.

use crate::figures::{Day, Report};
use crate::words::{count, pick, points};
use guichet_domain::civil::{Date, Weekday};
use guichet_domain::lang::Lang;
use guichet_domain::say;
use guichet_domain::statistics::Interval;
use maud::{Markup, html};

/// Longer periods are shown by week.
const MAX_DAYS: usize = 62;
const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 80.0;

/// A horizontal bar, its second part hatched; decoration of a number that stands beside it.
pub(super) fn bar(first: u32, second: u32, most: u32) -> Markup {
    let scale = |value: u32| 100.0 * f64::from(value) / f64::from(most.max(1));
    html! {
        svg.hbar viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect.sure x="0" y="0" height="10" width=(scale(first)) {}
            rect.doubt x=(scale(first)) y="0" height="10" width=(scale(second)) {}
        }
    }
}

/// One figure over time.
pub(super) struct Series {
    /// What is counted, in the plural.
    name: &'static str,
    by_week: bool,
    /// The first day of each step, and its sum.
    steps: Vec<(Date, u64)>,
}

impl Series {
    /// Sums a figure by day, or by whole weeks where there are many days. Days without a visit count as 0.
    pub(super) fn new(report: &Report, name: &'static str, figure: fn(&Day) -> u64) -> Self {
        let (first, last) = match (report.days.first(), report.days.last()) {
            (Some(first), Some(last)) => (first.day, last.day),
            _ => (Date(0), Date(-1)),
        };
        let by_week = usize::try_from(last.0 - first.0).unwrap_or(0) >= MAX_DAYS;
        // A week that is not whole would look like a quiet one.
        let (first, last) = if by_week {
            (
                monday(first.plus_days(6)),
                monday(last.plus_days(1)).plus_days(-1),
            )
        } else {
            (first, last)
        };
        let step = |day: Date| if by_week { monday(day) } else { day };
        let mut steps = Vec::new();
        let mut day = step(first);
        while day <= last {
            steps.push((day, 0));
            day = day.plus_days(if by_week { 7 } else { 1 });
        }
        for own in report
            .days
            .iter()
            .filter(|own| (first..=last).contains(&own.day))
        {
            let at = steps.partition_point(|(day, _)| *day <= step(own.day));
            if let Some((_, sum)) = at.checked_sub(1).and_then(|at| steps.get_mut(at)) {
                *sum += figure(own);
            }
        }
        Self {
            name,
            by_week,
            steps,
        }
    }

    /// The curve with its numbers, and all of them to open.
    pub(super) fn render(&self, lang: Lang) -> Markup {
        let most = self.steps.iter().map(|(_, sum)| *sum).max().unwrap_or(0);
        let total: u64 = self.steps.iter().map(|(_, sum)| sum).sum();
        let step = if self.by_week {
            pick(lang, "semaine", "week")
        } else {
            pick(lang, "jour", "day")
        };
        let ends = (self.steps.first(), self.steps.last());
        let (Some((first, _)), Some((last, _))) = ends else {
            return html! {};
        };
        let (first, last) = (say_day(lang, *first), say_day(lang, *last));
        let most_shown = count(lang, most);
        let label = match lang {
            Lang::Fr => format!(
                "{} par {step}, du {first} au {last}\u{a0}: {} en tout, {most_shown} au plus par {step}",
                self.name,
                count(lang, total)
            ),
            Lang::En => format!(
                "{} a {step}, {first} to {last}: {} in all, {most_shown} a {step} at most",
                self.name,
                count(lang, total)
            ),
        };
        html! {
            figure {
                figcaption { (self.name) " " span.note { (pick(lang, "par ", "a ")) (step) } }
                div.axis { span { (most_shown) } }
                svg.curve viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) preserveAspectRatio="none" role="img" aria-label=(label) {
                    line.grid x1="0" x2=(WIDTH) y1="1" y2="1" {}
                    line.grid x1="0" x2=(WIDTH) y1=(HEIGHT - 1.0) y2=(HEIGHT - 1.0) {}
                    polygon.area points=(self.area(most)) {}
                    polyline.stroke points=(self.points(most)) {}
                }
                div.axis { span { (first) } span { (last) } }
                details { summary { (pick(lang, "Les chiffres", "The numbers")) }
                    table { tbody { @for (day, sum) in &self.steps { tr {
                        th scope="row" { (say_day(lang, *day)) }
                        td.number { (count(lang, *sum)) }
                    } } } }
                }
            }
        }
    }

    fn points(&self, most: u64) -> String {
        let gaps = (self.steps.len().max(2) - 1) as f64;
        let points = self.steps.iter().enumerate().map(|(at, (_, sum))| {
            let x = WIDTH * at as f64 / gaps;
            let y = HEIGHT - 1.0 - (HEIGHT - 2.0) * *sum as f64 / most.max(1) as f64;
            format!("{x:.1},{y:.1}")
        });
        points.collect::<Vec<_>>().join(" ")
    }

    fn area(&self, most: u64) -> String {
        format!("0,{HEIGHT} {} {WIDTH},{HEIGHT}", self.points(most))
    }
}

/// An interval on a line with zero in it.
pub(super) fn whisker(lang: Lang, value: f64, interval: Interval) -> Markup {
    let reach = interval.low.abs().max(interval.high.abs()).max(1e-6) * 1.1;
    let x = |at: f64| WIDTH / 2.0 + WIDTH / 2.0 * at / reach;
    let (low, high) = (points(lang, interval.low), points(lang, interval.high));
    let label = match lang {
        Lang::Fr => format!(
            "Différence du taux de contact\u{a0}: {}, intervalle de {low} à {high}",
            points(lang, value)
        ),
        Lang::En => format!(
            "Difference of the contact rate: {}, interval from {low} to {high}",
            points(lang, value)
        ),
    };
    html! {
        figure.whisker {
            svg.curve viewBox=(format!("0 0 {WIDTH} 24")) preserveAspectRatio="none" role="img" aria-label=(label) {
                line.zero x1=(x(0.0)) x2=(x(0.0)) y1="0" y2="24" {}
                line.stroke x1=(x(interval.low)) x2=(x(interval.high)) y1="12" y2="12" {}
                line.stroke x1=(x(interval.low)) x2=(x(interval.low)) y1="6" y2="18" {}
                line.stroke x1=(x(interval.high)) x2=(x(interval.high)) y1="6" y2="18" {}
                line.value x1=(x(value)) x2=(x(value)) y1="4" y2="20" {}
            }
            div.axis {
                span { (pick(lang, "← moins de contacts", "← fewer contacts")) }
                span { "0" }
                span { (pick(lang, "plus de contacts →", "more contacts →")) }
            }
        }
    }
}

fn say_day(lang: Lang, day: Date) -> String {
    say::long_date(lang, day)
}

fn monday(mut day: Date) -> Date {
    while day.weekday() != Weekday::Mon {
        day = day.plus_days(-1);
    }
    day
}
