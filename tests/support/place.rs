//! Where things are: the project's folders, what must have been built before, and the programs a machine must
//! have. What is missing is named together with the command that makes it.

use std::path::{Path, PathBuf};

/// The site all tests in a browser are about.
pub const SITE: &str = "cap-sentier";

const BUILT: [&str; 2] = ["dist/guichet.js", "dist/cap-sentier/manifest.json"];

const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// The project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package lies in a folder of the project")
}

/// A file or folder of this package.
pub fn tests(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// `public`, once it is sure that what a browser downloads has been built.
pub fn public() -> PathBuf {
    let public = root().join("public");
    for file in BUILT {
        assert!(
            public.join(file).is_file(),
            "`public/{file}` is missing: the tests in a browser need what a shopper downloads\n\
             hint: run `cargo xtask build-web`, then `cargo run -p guichet -- build index/sites/{SITE} --out \
             public/dist/{SITE}`; `cargo xtask test` does both"
        );
    }
    public
}

/// The one file in `public/dist` whose name begins and ends so, for example `engine.<hash>.js`.
pub fn built(start: &str, end: &str) -> String {
    let folder = public().join("dist");
    let names = folder
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut found: Vec<_> = names
        .filter(|name| name.starts_with(start) && name.ends_with(end))
        .collect();
    assert_eq!(
        found.len(),
        1,
        "expected one `{start}…{end}` in `public/dist`, found {found:?}"
    );
    found.remove(0)
}

/// Chromium: `GUICHET_CHROMIUM`, else the first that is on the `PATH`.
pub fn chromium() -> PathBuf {
    if let Some(named) = std::env::var_os("GUICHET_CHROMIUM") {
        let named = PathBuf::from(named);
        assert!(
            named.is_file(),
            "GUICHET_CHROMIUM names `{}`, which is no file\nhint: unset it, or mend it",
            named.display()
        );
        return named;
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = std::env::split_paths(&path).collect();
    let places = BROWSERS
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    places.into_iter().find(|place| place.is_file()).unwrap_or_else(|| {
        panic!(
            "no Chromium on this machine, and these tests look at Guichet in one\n\
             hint: run `cargo xtask setup`, or set GUICHET_CHROMIUM to the path of Chromium or Chrome"
        )
    })
}

/// The source of axe-core, the accessibility checker: `GUICHET_AXE`, else where `cargo xtask setup` puts it.
pub fn axe() -> PathBuf {
    if let Some(named) = std::env::var_os("GUICHET_AXE") {
        let named = PathBuf::from(named);
        assert!(
            named.is_file(),
            "GUICHET_AXE names `{}`, which is no file",
            named.display()
        );
        return named;
    }
    // The test runs from within the build folder, wherever that is.
    let exe = std::env::current_exe().unwrap();
    let mut places = exe
        .ancestors()
        .map(|folder| folder.join("tools/node_modules/axe-core/axe.min.js"));
    places.find(|place| place.is_file()).unwrap_or_else(|| {
        panic!(
            "axe-core is not there, and the accessibility tests are made with it\n\
             hint: run `cargo xtask setup`, or set GUICHET_AXE to the path of its `axe.min.js`"
        )
    })
}
