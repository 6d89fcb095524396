//! `demo`: from a clean clone to a shop with a help desk in the browser of whoever looks.
//! Builds everything in release, starts the server with a database of its own in the
//! build folder, prints the addresses once it answers, and ends it when told to end.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::process::Task;
use crate::progress::{say, step};
use crate::workspace::Workspace;
use crate::{setup, web};

/// The demo shop, as `guichet` reads it.
const SITE: &str = "index/sites/cap-sentier";

/// A server that starts answers within a second; a loaded machine is given more.
const START_LIMIT: Duration = Duration::from_secs(30);

#[derive(Args)]
pub(crate) struct Options {
    /// Where the shop is served, on this machine only
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Build everything and stop
    #[arg(long)]
    no_serve: bool,
}

/// `cargo xtask demo`.
pub(crate) fn demo(workspace: &Workspace, options: &Options) -> Result<()> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    if !options.no_serve {
        // Said before minutes of building, not after.
        free(address)?;
    }
    let machine = setup::machine(workspace)?;
    web::build(workspace, &machine, web::Options::default())?;
    step("build the demo site", || build_site(workspace))?;
    if options.no_serve {
        say(&format!(
            "built; `cargo xtask demo` serves it, any static server can serve `{}`",
            workspace.path("public").display()
        ));
        return Ok(());
    }
    serve(workspace, address)
}

/// Builds `guichet` in release.
pub(crate) fn build_command(workspace: &Workspace) -> Result<()> {
    Task::new("cargo", "building the `guichet` command")
        .args(["build", "--release", "--package", "guichet"])
        .within(workspace.root())
        .run()
}

/// Builds `guichet` in release and, with it, the demo site's bundle.
pub(crate) fn build_site(workspace: &Workspace) -> Result<()> {
    build_command(workspace)?;
    let out = Path::new(web::FOLDER).join(SITE.rsplit('/').next().unwrap_or(SITE));
    Task::new(binary(workspace), "building the demo site")
        .args(["build", SITE, "--out"])
        .arg(out)
        .within(workspace.root())
        .hint("mend the files the message names")
        .run()
}

pub(crate) fn binary(workspace: &Workspace) -> PathBuf {
    workspace
        .target("release")
        .join(format!("guichet{}", std::env::consts::EXE_SUFFIX))
}

fn free(address: SocketAddr) -> Result<()> {
    match TcpListener::bind(address) {
        Ok(_) => Ok(()),
        Err(error) => bail!(
            "cannot serve on {address}: {error}\n  hint: end what uses the port, or choose another: `cargo xtask demo --port {}`",
            address.port().saturating_add(1)
        ),
    }
}

fn serve(workspace: &Workspace, address: SocketAddr) -> Result<()> {
    let folder = workspace.target("demo");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create `{}`", folder.display()))?;
    let database = folder.join("guichet.db");

    let asked_to_end = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&asked_to_end);
    ctrlc::set_handler(move || told.store(true, Ordering::SeqCst))
        .context("cannot listen for Ctrl-C")?;

    let mut server = start(workspace, &workspace.path("public"), &database, address)?;
    let answered = wait_for(&mut server, address, &asked_to_end);
    if let Ok(true) = answered {
        announce(workspace, address, &database)?;
        while !asked_to_end.load(Ordering::SeqCst) {
            if let Some(status) = server.try_wait()? {
                bail!(
                    "the server ended by itself ({status})\n  hint: its last lines above say why"
                );
            }
            thread::sleep(Duration::from_millis(100));
        }
    }
    end(&mut server)?;
    answered.map(|_| say("demo ended"))
}

/// `guichet serve` with the demo site, and the pages of `folder`.
pub(crate) fn start(
    workspace: &Workspace,
    folder: &Path,
    database: &Path,
    address: SocketAddr,
) -> Result<Child> {
    Command::new(binary(workspace))
        .args(["serve", "--site", SITE, "--static"])
        .arg(folder)
        .arg("--db")
        .arg(database)
        .args(["--addr", &address.to_string()])
        .current_dir(workspace.root())
        .stdin(Stdio::null())
        .spawn()
        .context("cannot start `guichet serve`")
}

/// Whether it answers; `false` if the person ended it before.
pub(crate) fn wait_for(
    server: &mut Child,
    address: SocketAddr,
    asked_to_end: &AtomicBool,
) -> Result<bool> {
    let start = Instant::now();
    while start.elapsed() < START_LIMIT {
        if asked_to_end.load(Ordering::SeqCst) {
            return Ok(false);
        }
        if let Some(status) = server.try_wait()? {
            bail!(
                "`guichet serve` ended before it answered ({status})\n  hint: its last lines above say why"
            );
        }
        if TcpStream::connect_timeout(&address, Duration::from_millis(200)).is_ok() {
            return Ok(true);
        }
        thread::sleep(Duration::from_millis(50));
    }
    bail!(
        "`guichet serve` did not answer on {address} within {} s",
        START_LIMIT.as_secs()
    )
}

fn announce(workspace: &Workspace, address: SocketAddr, database: &Path) -> Result<()> {
    let folder = workspace.path("public/demo");
    let mut pages = Vec::new();
    for entry in
        fs::read_dir(&folder).with_context(|| format!("cannot list `{}`", folder.display()))?
    {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if Path::new(&name)
            .extension()
            .is_some_and(|extension| extension == "html")
        {
            pages.push(name);
        }
    }
    // The product page is where a shopper starts.
    pages.sort_by_key(|name| (!name.starts_with("produit"), name.clone()));
    say("\nThe demo shop is open:\n");
    for page in pages {
        say(&format!("  http://{address}/demo/{page}"));
    }
    say(&format!(
        "\nIts database is `{}`. Ctrl-C ends it.\n",
        database.display()
    ));
    Ok(())
}

/// Asks the server to end and, if it does not, ends it.
pub(crate) fn end(server: &mut Child) -> Result<()> {
    if cfg!(unix) && server.try_wait()?.is_none() {
        // Ctrl-C in a terminal has told it already; `kill` on xtask alone has not.
        Task::new("kill", "ending the server")
            .arg(server.id().to_string())
            .succeeds();
    }
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(5) {
        if server.try_wait()?.is_some() {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(50));
    }
    server.kill().context("cannot end the server")?;
    server.wait().context("cannot end the server")?;
    Ok(())
}
