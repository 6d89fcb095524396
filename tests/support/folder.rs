//! Folders as values: everything in them, to compare one state with another.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Every file below a folder with its bytes, by its path relative to it, with `/` between names.
pub type Contents = BTreeMap<String, Vec<u8>>;

/// Reads a folder whole.
pub fn contents(folder: &Path) -> Contents {
    let mut contents = Contents::new();
    gather(folder, "", &mut contents);
    contents
}

fn gather(folder: &Path, prefix: &str, contents: &mut Contents) {
    for entry in fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("cannot list `{}`: {error}", folder.display()))
    {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            gather(&entry.path(), &format!("{name}/"), contents);
        } else {
            contents.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, content: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).unwrap();
    fs::write(path, content).unwrap();
}
