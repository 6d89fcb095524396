//! The `guichet` command as a merchant runs it: built once, started in a folder of the test's own, so that every
//! path it prints is relative and the same on every machine.

use crate::place;
use std::path::{Path, PathBuf};
use std::process::Command;
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
