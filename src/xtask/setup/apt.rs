//! Installs Debian packages where that is possible without asking (as root), and
//! otherwise says the exact command to run.

use anyhow::{Result, bail};

use crate::process::{Task, on_path};
use crate::progress::say;

/// Installs the packages that `purpose` needs ("a browser for the tests").
pub(crate) fn install(packages: &[&str], purpose: &str) -> Result<()> {
    let list = packages.join(" ");
    if on_path("apt-get").is_none() {
        bail!(
            "{purpose} is missing\n  hint: install what Debian calls `{list}`, then run this again"
        );
    }
    if !is_root() {
        bail!(
            "{purpose} is missing, and only root may install it\n  \
             hint: run `sudo apt-get update && sudo apt-get install -y {list}`, then this again"
        );
    }
    say(&format!("  {purpose}: installing {list}"));
    if apt_get(&["install"], packages).read().is_ok() {
        return Ok(());
    }
    // A fresh machine has no package lists, an old one lists that name files long gone.
    apt_get(&["update"], &[])
        .hint("is Debian's mirror reachable?")
        .run()?;
    apt_get(&["install"], packages)
        .hint(format!(
            "install what Debian calls `{list}` by hand, then run this again"
        ))
        .run()
}

fn apt_get(verb: &[&str], packages: &[&str]) -> Task {
    Task::new("apt-get", "installing Debian packages")
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["-q", "-y", "--no-install-recommends"])
        .args(verb)
        .args(packages)
}

fn is_root() -> bool {
    Task::new("id", "asking who runs this")
        .arg("-u")
        .read()
        .is_ok_and(|id| id.trim() == "0")
}
