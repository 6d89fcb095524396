//! Takes comments and indentation out of the style sheets before they become part of the wasm file.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    // Where `later` is cut off is found by what refers to what.
    println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
    let folder = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("`OUT_DIR` is not set"))?;
    for name in [
        "panel.css",
        "answers.css",
        "dates.css",
        "desk.css",
        "figures.css",
    ] {
        let path = Path::new("style").join(name);
        println!("cargo::rerun-if-changed={}", path.display());
        let style = fs::read_to_string(path)?;
        fs::write(Path::new(&folder).join(name), smaller(&style))?;
    }
    Ok(())
}

/// The same rules with a space only where it means something.
fn smaller(style: &str) -> String {
    let mut bare = String::new();
    for part in style.split("/*") {
        // Before the first comment there is no end of one.
        let kept = part.split_once("*/").map_or(part, |(_, after)| after);
        bare.push_str(kept);
    }
    let mut out = String::new();
    for word in bare.split_whitespace() {
        // A colon with a space behind it parts a property from its value; one in a selector has none.
        if !out.is_empty()
            && !out.ends_with(['{', '}', ';', ':', ','])
            && !word.starts_with(['{', '}'])
        {
            out.push(' ');
        }
        out.push_str(word);
    }
    for (long, short) in SHORTER {
        out = out.replace(long, short);
    }
    out
}

const SHORTER: [(&str, &str); 7] = [
    (";}", "}"),
    (" > ", ">"),
    (" ~ ", "~"),
    (" 0.", " ."),
    ("(0.", "(."),
    (":0.", ":."),
    (",0.", ",."),
];
