//! `guichet serve`: runs the server until Ctrl-C. What it serves and answers lives in the
//! crate `guichet-server`; here are the options, the addresses printed, and the signals.

use crate::output;
use crate::report::shop as report;
use anyhow::{Context as _, bail};
use clap::Args;
use guichet_server::{
    Clock, Config, Database, MailConfig, Proposals, Random, Rate, Shop, WebhookConfig,
};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Takes events of the widget, keeps them, and serves a folder of files.
#[derive(Args, Debug)]
pub(crate) struct ServeArgs {
    /// Folder of a site whose events are taken; its name is the site's id. May be repeated
    #[arg(long = "site", value_name = "DIR", required = true)]
    sites: Vec<PathBuf>,
    /// Folder of files to serve, with `demo/` and `dist/`; without it, only the API answers
    #[arg(long = "static", value_name = "DIR")]
    static_dir: Option<PathBuf>,
    /// Where everything is kept: an SQLite file, created where it is missing, or `postgres://USER@HOST/DATABASE`, which several servers may share; its password can also stand in `PGPASSWORD`
    #[arg(long, value_name = "DATABASE", default_value = "guichet.db")]
    db: Database,
    /// Address and port to listen on; port 0 takes any free one
    #[arg(long, default_value = "127.0.0.1:8080")]
    addr: SocketAddr,
    /// `Content-Security-Policy` to send with every file
    #[arg(long, value_name = "POLICY")]
    csp: Option<String>,
    /// Where shoppers reach this server, for links in mails: `https://aide.ma-boutique.example`
    #[arg(long, value_name = "URL", env = "GUICHET_PUBLIC_URL", hide_env = true, value_parser = public_url)]
    public_url: Option<String>,
    /// A proxy of yours stands in front: take the sender's address from `X-Forwarded-For`
    #[arg(long)]
    behind_proxy: bool,
    /// Address that is told what happens to claims, signed with `GUICHET_WEBHOOK_SECRET` (`docs/webhooks.md`)
    #[arg(
        long,
        value_name = "URL",
        env = "GUICHET_WEBHOOK",
        hide_env = true,
        hide_env_values = true
    )]
    webhook: Option<String>,
    #[command(flatten)]
    mail: MailArgs,
}

impl ServeArgs {
    /// The secret is never an argument, as no password is.
    fn webhook(&self) -> anyhow::Result<Option<WebhookConfig>> {
        let Some(url) = &self.webhook else {
            return Ok(None);
        };
        let secret = std::env::var("GUICHET_WEBHOOK_SECRET").unwrap_or_default();
        Ok(Some(WebhookConfig::new(url, &secret)?))
    }
}

/// How mail leaves. Without `--smtp`, mails wait in the database.
#[derive(Args, Debug)]
struct MailArgs {
    /// Mail server, as `smtps://HOST:465` or `smtp://HOST:587?tls=required`; or in `GUICHET_SMTP`
    #[arg(
        long,
        value_name = "URL",
        env = "GUICHET_SMTP",
        hide_env = true,
        requires = "mail_from"
    )]
    smtp: Option<String>,
    /// User to sign in with at the mail server; the password is read from `GUICHET_SMTP_PASSWORD`
    #[arg(long, value_name = "NAME", env = "GUICHET_SMTP_USER", hide_env = true)]
    smtp_user: Option<String>,
    /// Sender of every mail, as `Ma boutique <bonjour@ma-boutique.example>`; or in `GUICHET_MAIL_FROM`
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "GUICHET_MAIL_FROM",
        hide_env = true
    )]
    mail_from: Option<String>,
}

impl MailArgs {
    /// The password is never an argument: every program of a machine sees those.
    fn config(&self) -> anyhow::Result<Option<MailConfig>> {
        let (Some(smtp), Some(from)) = (&self.smtp, &self.mail_from) else {
            return Ok(None);
        };
        let password = std::env::var("GUICHET_SMTP_PASSWORD").ok();
        let config = MailConfig::new(smtp, self.smtp_user.as_deref(), password.as_deref(), from)?;
        Ok(Some(config))
    }
}

/// Serves until it is told to stop.
pub(crate) fn run(args: ServeArgs) -> anyhow::Result<ExitCode> {
    let sites = args
        .sites
        .iter()
        .map(|dir| site_id(dir))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let shops = args
        .sites
        .iter()
        .map(|dir| shop(dir))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let mail = args.mail.config()?;
    let webhook = args.webhook()?;
    let kept_in = args.db.to_string();
    let config = Config {
        addr: args.addr,
        database: args.db,
        static_dir: args.static_dir,
        sites: sites.clone(),
        shops,
        public_url: args.public_url,
        csp: args.csp,
        rate: Rate::default(),
        behind_proxy: args.behind_proxy,
        mail,
        webhook,
        random: Random::system(),
    };
    // Problems go to standard error; the addresses are the only output.
    guichet_server::log::to_standard_error();
    let runtime = tokio::runtime::Runtime::new().context("cannot start the server's threads")?;
    runtime.block_on(async {
        let demo = config
            .static_dir
            .as_ref()
            .is_some_and(|dir| dir.join("demo").is_dir());
        let running = guichet_server::start(config, Clock::system()).await?;
        let text = addresses(running.addr(), demo, &sites, &kept_in);
        output::print(&text)?;
        asked_to_stop().await?;
        running.stop().await?;
        Ok(ExitCode::SUCCESS)
    })
}

/// What the server knows of a site: its settings, and the entries and clauses in force today.
fn shop(dir: &Path) -> anyhow::Result<Shop> {
    let read = report::Shop::open(dir)?;
    let mut shop = Shop::new(read.site().clone(), read.documents());
    shop.plan = read.plan();
    shop.proposals = Proposals::new(move |log, period, lang| {
        let proposed = read.heard(log, period, lang);
        proposed.map_err(|error| format!("{error:#}"))
    });
    Ok(shop)
}

/// A site's id is the name of its folder, also where the folder is given as `.`.
fn site_id(dir: &Path) -> anyhow::Result<String> {
    if !dir.join("site.toml").is_file() {
        bail!(
            "`{0}` is not a site: expected a file `site.toml` in it\nhint: give a folder such as `index/sites/my-shop`; `guichet init` makes a new one",
            dir.display()
        );
    }
    let full = dir
        .canonicalize()
        .with_context(|| format!("cannot read `{}`", dir.display()))?;
    let name = full.file_name().and_then(|name| name.to_str());
    name.filter(|name| is_id(name)).map(str::to_owned).with_context(|| {
        format!(
            "the folder `{}` cannot name a site: expected 1 to 64 of a-z, 0-9 and `-`\nhint: rename the folder",
            full.display()
        )
    })
}

/// An address to put before a path: with a scheme, without a slash at its end.
fn public_url(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    if rest.is_none_or(|rest| rest.is_empty() || rest.contains([' ', '?', '#', '"', '<'])) {
        return Err("expected an address such as `https://aide.ma-boutique.example`".to_owned());
    }
    Ok(text.to_owned())
}

fn is_id(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn addresses(addr: SocketAddr, demo: bool, sites: &[String], kept_in: &str) -> String {
    // Somebody who listens everywhere opens it here; `0.0.0.0` is no address to open.
    let host = match addr.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => "127.0.0.1".to_owned(),
        IpAddr::V6(ip) if ip.is_unspecified() => "[::1]".to_owned(),
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    };
    let base = format!("http://{host}:{}", addr.port());
    let page = if demo {
        format!("  demo shop  {base}/demo/\n")
    } else {
        String::new()
    };
    format!(
        "guichet serves {base}/\n\
         {page}\
         \x20 events     {base}/v1/events   for {}\n\
         \x20 health     {base}/v1/health\n\
         \x20 kept in    {kept_in}\n\
         Ctrl-C stops it.\n",
        sites.join(", ")
    )
}

/// Returns on Ctrl-C, or when the system asks the program to end.
async fn asked_to_stop() -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate =
            signal(SignalKind::terminate()).context("cannot listen for the end of the program")?;
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed.context("cannot listen for Ctrl-C"),
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c()
        .await
        .context("cannot listen for Ctrl-C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_named_by_its_folder_and_must_be_one() {
        let dir = tempfile::tempdir().unwrap();
        let shop = dir.path().join("cap-sentier");
        std::fs::create_dir(&shop).unwrap();
        let refused = site_id(&shop).unwrap_err().to_string();
        assert!(refused.contains("expected a file `site.toml`"), "{refused}");
        std::fs::write(shop.join("site.toml"), "").unwrap();
        assert_eq!(site_id(&shop).unwrap(), "cap-sentier");
        assert_eq!(site_id(&shop.join(".")).unwrap(), "cap-sentier");

        let odd = dir.path().join("Ma boutique");
        std::fs::create_dir(&odd).unwrap();
        std::fs::write(odd.join("site.toml"), "").unwrap();
        let refused = site_id(&odd).unwrap_err().to_string();
        assert!(refused.contains("cannot name a site"), "{refused}");
    }

    #[test]
    fn the_addresses_printed_can_be_opened() {
        let sites = ["cap-sentier".to_owned()];
        let check = |addr: &str, first: &str| {
            let text = addresses(addr.parse().unwrap(), true, &sites, "a.db");
            assert_eq!(text.lines().next(), Some(first));
        };
        check("127.0.0.1:8080", "guichet serves http://127.0.0.1:8080/");
        check("0.0.0.0:80", "guichet serves http://127.0.0.1:80/");
        check("[::]:80", "guichet serves http://[::1]:80/");
        check(
            "[2001:db8::1]:80",
            "guichet serves http://[2001:db8::1]:80/",
        );
        let text = addresses(
            "127.0.0.1:8080".parse().unwrap(),
            true,
            &sites,
            "guichet.db",
        );
        insta::assert_snapshot!("addresses", text);
    }
}
