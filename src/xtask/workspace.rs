//! Where the project and its build folder are, as Cargo itself tells it, so that
//! `CARGO_TARGET_DIR` and a `build.target-dir` of the user's are respected.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cargo_metadata::{Metadata, MetadataCommand, Package};

/// The workspace xtask was started in.
pub(crate) struct Workspace {
    metadata: Metadata,
}

impl Workspace {
    /// Asks Cargo about the workspace around the current folder.
    pub(crate) fn find() -> Result<Self> {
        let metadata = MetadataCommand::new().no_deps().exec().context(
            "`cargo metadata` failed; hint: run xtask inside the project, \
             and mend what Cargo says about its Cargo.toml",
        )?;
        Ok(Self { metadata })
    }

    /// The folder of the workspace's `Cargo.toml`.
    pub(crate) fn root(&self) -> &Path {
        self.metadata.workspace_root.as_std_path()
    }

    /// A path below the root.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root().join(relative)
    }

    /// A path in the build folder.
    pub(crate) fn target(&self, relative: &str) -> PathBuf {
        self.metadata.target_directory.as_std_path().join(relative)
    }

    /// Every package of the workspace.
    pub(crate) fn packages(&self) -> &[Package] {
        &self.metadata.packages
    }

    /// The package of that name.
    pub(crate) fn package(&self, name: &str) -> Result<&Package> {
        self.packages()
            .iter()
            .find(|package| package.name.as_str() == name)
            .with_context(|| {
                format!(
                    "the workspace has no package `{name}`; hint: is it a member in Cargo.toml?"
                )
            })
    }
}
