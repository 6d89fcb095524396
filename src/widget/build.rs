//! Takes comments and indentation out of the style sheets before they become part of the wasm file.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    // Where `later` is cut off is found by what refers to what.
    println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
    let folder = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("`OUT_DIR` is not set"))?;
    for (sheet, parts) in SHEETS {
        let mut style = String::new();
        for part in parts {
            let path = Path::new("style").join(part).with_extension("css");
            println!("cargo::rerun-if-changed={}", path.display());
            style += &fs::read_to_string(path)?;
        }
        let path = Path::new(&folder).join(sheet).with_extension("css");
        fs::write(path, smaller(&style))?;
    }
    Ok(())
}

/// What each part of the widget brings, by the files it is written in: what is behind wins.
const SHEETS: [(&str, &[&str]); 5] = [
    (
        "panel",
        &[
            "panel/frame",
            "panel/home",
            "panel/lists",
            "panel/reading",
            "panel/contact",
            "panel/motion",
        ],
    ),
    ("answers", &["answers"]),
    ("dates", &["dates"]),
    ("desk", &["desk"]),
    ("figures", &["figures"]),
];

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
