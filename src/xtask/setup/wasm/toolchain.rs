//! How a toolchain found by `setup` is called: which Cargo, with which environment and
//! flags. The flags decide the size of what a shopper downloads; each says why it is there.

use std::path::{Path, PathBuf};

use crate::process::Task;
use crate::workspace::Workspace;

/// The only target the browser crates are built for.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The standard library a toolchain links.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Std {
    /// Compiled with ours, for size.
    Rebuilt {
        /// A panic is one instruction: no message is built, none is kept.
        immediate_abort: bool,
    },
    /// As it was shipped.
    ReadyMade,
}

/// A toolchain that can build for the browser.
pub(crate) struct WasmToolchain {
    std: Std,
    /// Cargo and rustc of Debian; the ones in use otherwise.
    apart: Option<(PathBuf, PathBuf)>,
}

impl WasmToolchain {
    /// The toolchain xtask was itself built with.
    pub(crate) fn present(std: Std) -> Self {
        Self { std, apart: None }
    }

    /// Debian's, beside the one in use.
    pub(crate) fn debian(cargo: &Path, rustc: &Path, std: Std) -> Self {
        Self {
            std,
            apart: Some((cargo.to_owned(), rustc.to_owned())),
        }
    }

    /// What was chosen, for a person.
    pub(crate) fn describe(&self) -> String {
        let whose = match &self.apart {
            Some((cargo, _)) => format!("Debian's Rust ({})", cargo.display()),
            None => "the Rust in use".to_owned(),
        };
        let std = match self.std {
            Std::Rebuilt {
                immediate_abort: true,
            } => "std rebuilt for size, panics abort at once",
            Std::Rebuilt {
                immediate_abort: false,
            } => "std rebuilt for size",
            Std::ReadyMade => "ready-made std; the modules come out about a twelfth larger",
        };
        format!("{whose}, {std}")
    }

    /// Cargo compiling for the browser in the profile the shopper gets.
    pub(crate) fn build(&self, workspace: &Workspace, doing: &str) -> Task {
        self.cargo(
            "build",
            self.small_std(),
            &self.small_flags(workspace),
            workspace,
            doing,
        )
        .args(["--profile", "web"])
    }

    /// Cargo compiling for the browser quickly, with panic messages.
    pub(crate) fn build_dev(&self, workspace: &Workspace, doing: &str) -> Task {
        self.cargo("build", self.plain_std(), &[], workspace, doing)
    }

    /// Clippy with warnings denied, on the browser crates as the browser's target sees them.
    pub(crate) fn clippy(&self, workspace: &Workspace, doing: &str) -> Task {
        self.cargo("clippy", self.plain_std(), &[], workspace, doing)
    }

    fn cargo(
        &self,
        verb: &str,
        std: Vec<&str>,
        rustflags: &[String],
        workspace: &Workspace,
        doing: &str,
    ) -> Task {
        let task = match &self.apart {
            None => Task::new("cargo", doing).arg(verb),
            Some((cargo, rustc)) => {
                // `cargo clippy` would look for the subcommand in rustup's folder first.
                let program = if verb == "clippy" {
                    cargo.with_file_name("cargo-clippy")
                } else {
                    cargo.clone()
                };
                Task::new(program, doing)
                    .arg(verb)
                    .env("CARGO", cargo)
                    .env("RUSTC", rustc)
                    .env("RUSTDOC", rustc.with_file_name("rustdoc"))
                    // rustup's cargo left these for its own compiler.
                    .without_env("RUSTUP_TOOLCHAIN")
                    .without_env("LD_LIBRARY_PATH")
            }
        };
        let task = ["RUSTFLAGS", "CARGO_BUILD_RUSTFLAGS", "CARGO_BUILD_TARGET"]
            .into_iter()
            .fold(task, Task::without_env);
        // A folder of its own: a native build that runs beside never waits for this one.
        task.within(workspace.root())
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_DIR", workspace.target("web"))
            .env("CARGO_ENCODED_RUSTFLAGS", rustflags.join("\u{1f}"))
            .args(["--target", TARGET])
            .args(std)
            .hint("mend what the compiler says above; `cargo xtask setup` checks the toolchain itself")
    }

    fn plain_std(&self) -> Vec<&'static str> {
        match self.std {
            Std::Rebuilt { .. } => vec!["-Zbuild-std=std,panic_abort"],
            Std::ReadyMade => vec![],
        }
    }

    fn small_std(&self) -> Vec<&'static str> {
        let mut args = self.plain_std();
        if self.std != Std::ReadyMade {
            args.push("-Zbuild-std-features=optimize_for_size");
        }
        args
    }

    fn small_flags(&self, workspace: &Workspace) -> Vec<String> {
        let mut flags = vec![
            // No file names and lines of panics.
            "-Zlocation-detail=none".to_owned(),
            // `{:?}` prints nothing: what a shopper reads is never a Debug text.
            "-Zfmt-debug=none".to_owned(),
        ];
        if self.std
            == (Std::Rebuilt {
                immediate_abort: true,
            })
        {
            flags.push("-Zunstable-options".to_owned());
            // Follows Cargo's own `-C panic=abort`; the last one counts. In the profile it would
            // need `cargo-features`, and no stable Cargo could read the workspace.
            flags.push("-Cpanic=immediate-abort".to_owned());
        }
        // The same bytes from another machine's folders.
        let home = std::env::var("CARGO_HOME")
            .or_else(|_| std::env::var("HOME").map(|home| format!("{home}/.cargo")));
        if let Ok(home) = home {
            flags.push(format!("--remap-path-prefix={home}=/cargo"));
        }
        flags.push(format!(
            "--remap-path-prefix={}=/guichet",
            workspace.root().display()
        ));
        flags
    }
}
