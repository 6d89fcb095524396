//! `guichet report`: which questions were confirmed, and which avoided a call. Events are read by
//! `input`, names and suggestions come from the site's folder by `shop`; what is counted and how it is
//! written lives in the crate `guichet-report`.

pub(crate) mod input;
pub(crate) mod shop;

use crate::output::{self, parse_lang};
use anyhow::bail;
use clap::{Args, ValueEnum};
use guichet_domain::civil::Date;
use guichet_domain::experiment::{Plan, Unit};
use guichet_domain::lang::Lang;
use guichet_domain::zone::Zone;
use guichet_report::{Claims, DatedBy, Given, Minutes, Names, Period, Report, page, table, text};
use guichet_server::{Clock, Database};
use input::Input;
use shop::Shop;
use std::path::PathBuf;
use std::process::ExitCode;

/// Tells which questions were confirmed and which avoided a call, with the meaning of every word.
#[derive(Args, Debug)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    source: Source,
    /// First day, as YYYY-MM-DD
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// Last day, as YYYY-MM-DD
    #[arg(long, value_name = "DAY")]
    to: Option<Date>,
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The same as `--format json`
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Minutes a call for information takes
    #[arg(long, value_name = "MINUTES", default_value_t = 6.0)]
    minutes_information: f64,
    /// Minutes a complaint takes
    #[arg(long, value_name = "MINUTES", default_value_t = 60.0)]
    minutes_complaint: f64,
    /// Id of a category whose calls are complaints. May be repeated
    #[arg(long = "complaint", value_name = "CATEGORY")]
    complaints: Vec<String>,
    /// What is given an arm in an experiment; the site's own with `--content`, else `visit`
    #[arg(long, value_enum)]
    experiment_by: Option<ByUnit>,
    /// The relative change of contacts an experiment is to see, in percent; the site's own with `--content`, else 15
    #[arg(long, value_name = "PERCENT")]
    experiment_effect: Option<f64>,
}

/// Where events are, and how they are read. Shared with `guichet digest`.
#[derive(Args, Debug)]
pub(crate) struct Source {
    /// Database that `guichet serve` writes, as named there; the server may go on running
    #[arg(
        long,
        value_name = "DATABASE",
        default_value = "guichet.db",
        conflicts_with = "log"
    )]
    db: Database,
    /// Read events from a file with one JSON event per line instead
    #[arg(long, value_name = "FILE", alias = "events")]
    log: Option<PathBuf>,
    /// Id of the site; without it, all sites together
    #[arg(long, value_name = "ID", conflicts_with = "log")]
    site: Option<String>,
    /// The site's folder: names for ids, categories of questions, proposals for the unanswered ones
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
    /// Where days begin and end; the site's own with `--content`, else Europe/Paris
    #[arg(long, value_name = "ZONE", value_parser = Zone::named)]
    time_zone: Option<Zone>,
    /// `fr` or `en`; the site's first with `--content`, else `en`
    #[arg(long, value_parser = parse_lang)]
    lang: Option<Lang>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal or an e-mail
    Text,
    /// For programs
    Json,
    /// For a spreadsheet, one figure a line
    Csv,
    /// One page to mail or to print, with plots
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ByUnit {
    /// Every visit for itself
    Visit,
    /// All visits of a day
    Day,
}

/// Events, and what is known of their shop.
pub(crate) struct Opened {
    input: Input,
    shop: Option<Shop>,
    lang: Lang,
}

impl Source {
    /// Reads the site's folder, if there is one.
    pub(crate) fn shop(&self) -> anyhow::Result<(Option<Shop>, Zone, Lang)> {
        let shop = self.content.as_deref().map(Shop::open).transpose()?;
        let paris = Zone::named("Europe/Paris")?;
        let zone = self
            .time_zone
            .or(shop.as_ref().map(Shop::zone))
            .unwrap_or(paris);
        let lang = self
            .lang
            .or(shop.as_ref().map(Shop::lang))
            .unwrap_or(Lang::En);
        Ok((shop, zone, lang))
    }

    /// Reads the events of a period and the one before it.
    pub(crate) fn open(
        &self,
        (shop, _, lang): (Option<Shop>, Zone, Lang),
        period: Period,
    ) -> anyhow::Result<Opened> {
        let input = match &self.log {
            Some(file) => input::from_file(file)?,
            None => input::from_database(&self.db, self.site.as_deref(), period)?,
        };
        Ok(Opened { input, shop, lang })
    }
}

impl Opened {
    /// Counts.
    pub(crate) fn report(
        self,
        period: Period,
        minutes: Minutes,
        plan: Plan,
    ) -> anyhow::Result<Report> {
        let Input {
            mut log,
            sites,
            dated_by,
            contacts,
            claims,
            passed_over,
        } = self.input;
        let mut given = Given::new(dated_by, self.lang);
        let mut names = Names::default();
        if let Some(shop) = &self.shop {
            names = shop.names(self.lang);
            given.heard = shop.heard(&mut log, period, self.lang)?;
        }
        given.sites = sites;
        given.contacts = contacts;
        given.claims = (dated_by == DatedBy::ServerClock).then(|| Claims {
            cases: claims,
            site: self.shop.map(|shop| shop.site().clone()),
            now: Clock::system().now(),
        });
        given.minutes = minutes;
        given.plan = plan;
        given.passed_over = passed_over;
        Ok(Report::new(&mut log, given, period, names))
    }
}

/// Reads, counts and prints.
pub(crate) fn run(args: ReportArgs) -> anyhow::Result<ExitCode> {
    if let (Some(from), Some(to)) = (args.from, args.to)
        && from > to
    {
        bail!(
            "the period ends before it begins: from `{from}` to `{to}`\nhint: `--from` is the first day, `--to` the last"
        );
    }
    for (option, value) in [
        ("--minutes-information", args.minutes_information),
        ("--minutes-complaint", args.minutes_complaint),
    ] {
        if !(0.0..=10_000.0).contains(&value) {
            bail!(
                "`{option} {value}`: expected minutes, 0 to 10000\nhint: a call for information takes about 6"
            );
        }
    }
    if let Some(percent) = args.experiment_effect
        && !(0.1..=99.9).contains(&percent)
    {
        bail!(
            "`--experiment-effect {percent}`: expected a percentage, 0.1 to 99.9\nhint: 15 looks for contacts that go down by 15 %"
        );
    }
    let shop = args.source.shop()?;
    let period = Period {
        from: args.from,
        to: args.to,
        zone: shop.1,
    };
    let minutes = Minutes {
        information: args.minutes_information,
        complaint: args.minutes_complaint,
        complaint_categories: args.complaints.into_iter().collect(),
    };
    let mut plan = shop.0.as_ref().map(Shop::plan).unwrap_or_default();
    match args.experiment_by {
        Some(ByUnit::Visit) => plan.unit = Unit::Visit,
        Some(ByUnit::Day) => plan.unit = Unit::Day,
        None => {}
    }
    if let Some(percent) = args.experiment_effect {
        plan.effect = percent / 100.0;
    }
    let opened = args.source.open(shop, period)?;
    let report = opened.report(period, minutes, plan)?;
    match if args.json { Format::Json } else { args.format } {
        Format::Text => output::print(&text::render(&report))?,
        Format::Json => output::print_json(&report)?,
        Format::Csv => output::print(&table::render(&report)?)?,
        Format::Html => output::print(&page::render(&report))?,
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests;
