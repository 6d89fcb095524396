//! `guichet build`: a site folder to a bundle.

use crate::output;
use clap::Args;
use guichet_content::bundle::{bundle, write_bundle};
use guichet_domain::civil::Date;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct BuildArgs {
    /// The site folder (with site.toml, faq/ and terms/)
    site: PathBuf,
    /// Where the bundle goes; upload this folder whole
    #[arg(long)]
    out: PathBuf,
    /// Print what was built as JSON
    #[arg(long)]
    json: bool,
    /// The day whose terms are in force, as YYYY-MM-DD; today where not given
    #[arg(long)]
    date: Option<Date>,
}

#[derive(serde::Serialize)]
struct Built<'a> {
    out: &'a PathBuf,
    files: Vec<BuiltFile<'a>>,
}

#[derive(serde::Serialize)]
struct BuiltFile<'a> {
    name: &'a str,
    bytes: usize,
}

pub(crate) fn run(args: &BuildArgs) -> anyhow::Result<ExitCode> {
    let (content, problems) = guichet_content::site::read(&args.site, output::day(args.date));
    output::tell(&problems);
    let Some(content) = content else {
        eprintln!("nothing was built");
        return Ok(ExitCode::FAILURE);
    };
    let bundle = bundle(&content, |what| eprintln!("making {what}"))?;
    write_bundle(&bundle, &args.out)?;
    if args.json {
        let files = bundle
            .files
            .iter()
            .map(|(name, bytes)| BuiltFile {
                name,
                bytes: bytes.len(),
            })
            .collect();
        output::print_json(&Built {
            out: &args.out,
            files,
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    for locale in &bundle.manifest.locales {
        output::print(&format!(
            "{}: {} documents searched\n",
            locale.lang, locale.documents
        ))?;
    }
    for (name, bytes) in &bundle.files {
        output::print(&format!(
            "  {:>9} bytes  {}\n",
            bytes.len(),
            args.out.join(name).display()
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
