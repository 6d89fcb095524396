//! What search learns from examples, fitted by developers and kept in the project: what words mean
//! (`cargo xtask intents`), and how sure an answer is (`cargo xtask confidence`).

mod confidence;
mod fit;
mod intents;
mod model;
mod questions;
mod regression;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((task, [])) if task == "intents" => intents::fit(),
        Some((task, files)) if task == "confidence" && files.len() > 1 => confidence::fit(files),
        _ => bail!("run `cargo xtask intents`, or `cargo xtask confidence` with two files or more"),
    }
}
