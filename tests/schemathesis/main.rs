//! Lets Schemathesis send whatever the `OpenAPI` document allows, and what it does not, to a running
//! server: about sites and claims that do not exist, then about some that do, with the code. A failure of the
//! server ends it. Run by `cargo xtask schemathesis`.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a tool for developers: what cannot be started ends it, with its reason"
)]

use guichet_tests::place::SITE;
use guichet_tests::town::Town;
use serde_json::json;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::Duration;

/// How often the clock of the shop moves on by an hour, so that who asks too often is soon heard again.
const HOUR_PASSES: Duration = Duration::from_millis(20);

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let mut argument = || arguments.next().expect("a program, and how many examples");
    let (program, examples) = (argument(), argument());
    let town = Arc::new(Town::new().await);
    let clock = Arc::clone(&town);
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(HOUR_PASSES).await;
            clock.hours_pass(1);
        }
    });
    let claim = json!({
        "site": SITE, "key": format!("{:032x}", 1), "locale": "fr",
        "claim": { "category": "livraison", "text": "Où est mon colis ?", "email": "lea@mail.example" }
    });
    let receipt = town.json("POST", "/v1/claims", "", claim).await;
    let told = |name: &str| receipt[name].as_str().expect("a receipt").to_owned();
    let own = format!("[parameters]\n\"path.number\" = \"{}\"\n", told("number"));
    let bearer = format!("Authorization: Bearer {}", told("code"));
    for (whose, site, settings, more) in [
        ("what does not exist", "", String::new(), Vec::new()),
        (
            "a claim, with its code",
            SITE,
            own,
            vec!["--header", &bearer],
        ),
    ] {
        println!("about {whose}");
        let folder = tempfile::tempdir().expect("a folder");
        let config = folder.path().join("schemathesis.toml");
        std::fs::write(&config, settings).expect("the settings written");
        let mut run = Command::new(&program);
        run.env(
            "SCHEMATHESIS_HOOKS",
            Path::new(env!("CARGO_MANIFEST_DIR")).join("schemathesis/hooks.py"),
        );
        run.env("SITE", site).arg("--config-file").arg(&config);
        run.args(["run", &town.url("/v1/openapi.json")]);
        run.args(["--checks", "not_a_server_error"]);
        run.args(["--max-examples", &examples, "--seed", "1"]);
        run.args(more).current_dir(folder.path());
        let done = tokio::task::spawn_blocking(move || run.status()).await;
        let status = done.expect("a thread").expect("Schemathesis to start");
        if !status.success() {
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
