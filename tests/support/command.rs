//! The `guichet` command as a merchant runs it: built once, started in a folder of the test's own, so that every
//! path it prints is relative and the same on every machine.

use crate::place;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// What a run left behind.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; -1 if it was killed.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// A running `guichet serve` of the demonstration shop; killed when dropped.
pub struct Served {
    child: Child,
    /// Where it listens: `http://127.0.0.1:…`.
    pub url: String,
}

impl Served {
    /// Starts it in a folder and waits until it says where it listens.
    pub fn start(folder: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(program())
            .args(["serve", "--addr", "127.0.0.1:0", "--site"])
            .arg(place::root().join("index/sites").join(place::SITE))
            .args(args)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("`guichet serve` does not start: {error}"));
        let out = child.stdout.take().expect("its output is ours");
        let mut first = String::new();
        BufReader::new(out).read_line(&mut first).expect("text");
        let url = first.trim().strip_prefix("guichet serves ");
        let url = url.unwrap_or_else(|| panic!("expected an address, found `{first}`"));
        Self {
            child,
            url: url.trim_end_matches('/').to_owned(),
        }
    }

    /// Ends it at once, as a power cut would (`kill -9`).
    pub fn kill(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Killed already, or it ends with the test.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Runs the command in a folder.
pub fn guichet(folder: &Path, args: &[&str]) -> Ran {
    let output = Command::new(program())
        .args(args)
        .current_dir(folder)
        // A width of the terminal would change help texts.
        .env_remove("COLUMNS")
        .output()
        .unwrap_or_else(|error| panic!("`{}` does not start: {error}", program().display()));
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("what is printed is UTF-8"),
        err: String::from_utf8(output.stderr).expect("what is printed is UTF-8"),
    }
}

impl Ran {
    /// Its output, if it ended well.
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "{}\n{}", self.out, self.err);
        self.out
    }
}

/// The program, as fresh as its sources: Cargo builds the binaries of other packages for no test by itself.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut build = Command::new(cargo);
        build
            // The very build `cargo xtask demo` makes: another profile would compile everything once more.
            .args([
                "build",
                "--release",
                "--package",
                "guichet",
                "--message-format=json",
            ])
            .current_dir(place::root());
        // What Cargo tells of this package some build scripts take for what it tells of theirs, and begin anew.
        for (key, _) in std::env::vars_os() {
            let is_of_package = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"]
                .iter()
                .any(|start| key.to_string_lossy().starts_with(start));
            if is_of_package {
                build.env_remove(key);
            }
        }
        let output = build
            .output()
            .unwrap_or_else(|error| panic!("cargo does not start: {error}"));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "`guichet` does not build:\n{said}");
        let messages = String::from_utf8(output.stdout).unwrap();
        let mut executables = messages.lines().filter_map(|line| {
            let message: serde_json::Value = serde_json::from_str(line).ok()?;
            let ours = message["target"]["name"] == "guichet";
            ours.then(|| message["executable"].as_str().map(PathBuf::from))?
        });
        executables
            .next_back()
            .expect("cargo names the program it built")
    })
}
