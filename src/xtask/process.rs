//! Runs other programs: the command is printed before it runs, and a failure says what
//! was being done, the exact command, and the remedy. Nothing else in xtask spawns
//! a program, but for the demo's server.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::progress::say;

/// One program to run, with what it is run for and what to do when it fails.
pub(crate) struct Task {
    command: Command,
    doing: String,
    hint: String,
}

/// What a program printed and took.
pub(crate) struct Measured {
    pub(crate) printed: String,
    pub(crate) time: Duration,
    /// The most memory it had at once, resident; `None` where the system does not tell.
    pub(crate) kib: Option<u64>,
}

impl Task {
    /// A run of `program`; `doing` completes "failed while …".
    ///
    /// What `cargo run` told xtask about xtask itself is not handed on: a build
    /// script below would take it for its own.
    pub(crate) fn new(program: impl AsRef<OsStr>, doing: impl Into<String>) -> Self {
        let mut command = Command::new(program);
        command.stdin(Stdio::null());
        for (key, _) in std::env::vars_os() {
            if key.to_str().is_some_and(is_about_xtask) {
                command.env_remove(key);
            }
        }
        Self {
            command,
            doing: doing.into(),
            hint: String::new(),
        }
    }

    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    pub(crate) fn args<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.command.args(args);
        self
    }

    pub(crate) fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    pub(crate) fn without_env(mut self, key: &str) -> Self {
        self.command.env_remove(key);
        self
    }

    /// The folder it runs in.
    pub(crate) fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// What to do when it fails.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Prints the command and runs it, its output going straight to the terminal.
    /// The program's standard output is sent to standard error: xtask's own is for results.
    pub(crate) fn run(mut self) -> Result<()> {
        say(&format!("  $ {}", self.line()));
        self.command.stdout(std::io::stderr());
        let status = self.command.status().with_context(|| self.cannot_start())?;
        if status.success() {
            return Ok(());
        }
        bail!("{}", self.failure(&status.to_string(), ""))
    }

    /// Runs it unseen and gives what it printed; shows all of it only if it fails.
    pub(crate) fn read(mut self) -> Result<String> {
        let output = self.command.output().with_context(|| self.cannot_start())?;
        if !output.status.success() {
            bail!(
                "{}",
                self.failure(&output.status.to_string(), &printed(&output))
            );
        }
        String::from_utf8(output.stdout)
            .with_context(|| format!("`{}` printed what is not UTF-8", self.line()))
    }

    /// Whether it ran and succeeded, unseen. For questions, where "no" is an answer.
    pub(crate) fn succeeds(self) -> bool {
        self.read().is_ok()
    }

    /// Like [`run`](Self::run), but ended after `limit`: for a download that may hang
    /// on a machine without a network.
    pub(crate) fn run_for_at_most(mut self, limit: Duration) -> Result<()> {
        say(&format!("  $ {}", self.line()));
        self.command.stdout(std::io::stderr());
        let mut child = self.command.spawn().with_context(|| self.cannot_start())?;
        let start = Instant::now();
        loop {
            if let Some(status) = child.try_wait()? {
                if status.success() {
                    return Ok(());
                }
                bail!("{}", self.failure(&status.to_string(), ""));
            }
            if start.elapsed() > limit {
                child.kill()?;
                child.wait()?;
                bail!(
                    "{}",
                    self.failure(&format!("no end after {} s", limit.as_secs()), "")
                );
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Runs it unseen, and says how long that took and how much memory.
    pub(crate) fn measure(mut self) -> Result<Measured> {
        let start = Instant::now();
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = self.command.spawn().with_context(|| self.cannot_start())?;
        let status = format!("/proc/{}/status", child.id());
        let (output, kib) = thread::scope(|scope| {
            let waiting = scope.spawn(|| child.wait_with_output());
            let mut kib = None;
            // The most it ever had, as the kernel counts it: what was read last is the most of all.
            while !waiting.is_finished() {
                kib = fs::read_to_string(&status)
                    .ok()
                    .and_then(|text| most_kib(&text))
                    .or(kib);
                thread::sleep(Duration::from_millis(20));
            }
            (waiting.join(), kib)
        });
        let time = start.elapsed();
        let Ok(output) = output else {
            bail!("{}", self.failure("its output was lost", ""));
        };
        let output = output?;
        if !output.status.success() {
            let status = output.status.to_string();
            bail!("{}", self.failure(&status, &printed(&output)));
        }
        Ok(Measured {
            printed: String::from_utf8(output.stdout)?,
            time,
            kib,
        })
    }

    /// The command as it could be typed, with the environment it is given.
    fn line(&self) -> String {
        let given = self.command.get_envs().filter_map(|(key, value)| {
            let (key, value) = (key.to_string_lossy(), value?.to_string_lossy());
            // Cargo's own form keeps spaces inside a flag, but no person can type it.
            let typed = match &*key {
                "CARGO_ENCODED_RUSTFLAGS" => {
                    format!("RUSTFLAGS={}", quoted(&value.replace('\u{1f}', " ")))
                }
                _ => format!("{key}={}", quoted(&value)),
            };
            Some(typed)
        });
        let words = std::iter::once(self.command.get_program()).chain(self.command.get_args());
        let words = words.map(|word| quoted(&word.to_string_lossy()));
        given.chain(words).collect::<Vec<_>>().join(" ")
    }

    fn cannot_start(&self) -> String {
        let program = self.command.get_program().to_string_lossy();
        self.with_hint(format!("cannot start `{program}` while {}", self.doing))
    }

    fn failure(&self, status: &str, printed: &str) -> String {
        let mut text = format!(
            "failed while {} ({status})\n  command: {}",
            self.doing,
            self.line()
        );
        for line in printed.lines() {
            text.push_str("\n  | ");
            text.push_str(line);
        }
        self.with_hint(text)
    }

    fn with_hint(&self, text: String) -> String {
        if self.hint.is_empty() {
            text
        } else {
            format!("{text}\n  hint: {}", self.hint)
        }
    }
}

/// The first program of that name on the PATH.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path: OsString = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(format!("{program}{}", std::env::consts::EXE_SUFFIX)))
        .find(|candidate| candidate.is_file())
}

/// The peak in `/proc/…/status`.
fn most_kib(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line?.trim().strip_suffix("kB")?.trim().parse().ok()
}

fn is_about_xtask(key: &str) -> bool {
    const WHOLE: [&str; 5] = [
        "CARGO",
        "CARGO_CRATE_NAME",
        "CARGO_PRIMARY_PACKAGE",
        "OUT_DIR",
        "RUST_RECURSION_COUNT",
    ];
    const STARTS: [&str; 3] = ["CARGO_PKG_", "CARGO_BIN_", "CARGO_MANIFEST_"];
    WHOLE.contains(&key) || STARTS.iter().any(|start| key.starts_with(start))
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_=./,:+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

fn printed(output: &Output) -> String {
    [&output.stdout, &output.stderr]
        .map(|bytes| String::from_utf8_lossy(bytes))
        .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_task_the_command_and_the_remedy() {
        let task = Task::new("false", "asking for the impossible")
            .arg("a b")
            .hint("ask for less");
        let error = task.read().map_err(|error| error.to_string());
        assert_eq!(
            error,
            Err(
                "failed while asking for the impossible (exit status: 1)\n  \
                 command: false 'a b'\n  hint: ask for less"
                    .to_owned()
            )
        );
    }

    #[test]
    fn a_program_that_hangs_is_ended() {
        let error = Task::new("sleep", "waiting")
            .arg("60")
            .run_for_at_most(Duration::from_millis(100));
        assert!(error.is_err_and(|error| error.to_string().contains("no end after")));
    }

    #[test]
    fn what_a_program_took_is_told() {
        let measured = Task::new("sh", "waiting")
            .args(["-c", "echo here; sleep 0.2"])
            .measure();
        let Measured { printed, time, kib } = measured.unwrap();
        assert_eq!(printed, "here\n");
        assert!(time >= Duration::from_millis(200));
        assert!(kib.is_none_or(|kib| kib > 100), "{kib:?}");
        assert_eq!(most_kib("Name:\tx\nVmHWM:\t    5120 kB\n"), Some(5120));
    }

    #[test]
    fn what_cargo_says_about_xtask_is_not_handed_on() {
        assert!(is_about_xtask("CARGO_PKG_NAME"));
        assert!(!is_about_xtask("CARGO_TARGET_DIR"));
        assert!(!is_about_xtask("CARGO_HOME"));
    }
}
