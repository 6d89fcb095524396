//! What a browser gets when it asks for files, over a real socket.

use super::is_named_by_content;
use crate::testing::{Answer, TestServer};

const CSP: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

async fn serving(files: &[(&str, &str)]) -> TestServer {
    TestServer::start_with(|config, dir| {
        std::fs::write(dir.join("secret.txt"), "secret").unwrap();
        let root = dir.join("public");
        for (path, text) in files {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        config.static_dir = Some(root);
        config.csp = Some(CSP.to_owned());
    })
    .await
}

#[test]
fn only_names_with_a_hash_are_named_by_content() {
    for (path, expected) in [
        ("/dist/widget.0a1b2c3d.wasm", true),
        ("/dist/cap-sentier/index.fr.0a1b2c3d4e5f.bin", true),
        ("/dist/guichet.js", false),
        ("/dist/jquery.min.js", false),
        ("/dist/widget.0A1B2C3D.wasm", false),
        ("/dist/v.1234567.js", false),
        ("/0a1b2c3d.js", false),
        ("/dist.0a1b2c3d.x/manifest.json", false),
        ("/demo/", false),
    ] {
        assert_eq!(is_named_by_content(path), expected, "{path}");
    }
}

#[tokio::test]
async fn files_have_the_right_type_and_the_right_time_to_live() {
    let server = serving(&[
        ("dist/widget.0a1b2c3d.wasm", "\0asm"),
        ("dist/widget.0a1b2c3d.js", "export {}"),
        ("dist/guichet.js", "0"),
        ("dist/cap-sentier/manifest.json", "{}"),
        ("demo/index.html", "<!doctype html>"),
    ])
    .await;
    let check = async |path: &str, kind: &str, cache: &str| {
        let answer = server.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), Some(kind), "{path}");
        assert_eq!(answer.header("cache-control"), Some(cache), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("content-security-policy"), Some(CSP));
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    };
    let forever = "public, max-age=31536000, immutable";
    check("/dist/widget.0a1b2c3d.wasm", "application/wasm", forever).await;
    check("/dist/widget.0a1b2c3d.js", "text/javascript", forever).await;
    check("/dist/guichet.js", "text/javascript", "no-cache").await;
    check(
        "/dist/cap-sentier/manifest.json",
        "application/json",
        "no-cache",
    )
    .await;
    check("/demo/", "text/html", "no-cache").await;
}

#[tokio::test]
async fn a_file_that_is_not_there_is_never_remembered() {
    let server = serving(&[("demo/index.html", "")]).await;
    let answer = server.get("/dist/widget.0a1b2c3d.wasm").await;
    assert_eq!(answer.status, 404);
    assert_eq!(answer.header("cache-control"), Some("no-cache"));
    assert_eq!(answer.header("content-security-policy"), Some(CSP));
    assert!(answer.body.contains("not_found"), "{}", answer.body);
}

#[tokio::test]
async fn nothing_outside_the_folder_can_be_read() {
    let server = serving(&[("demo/index.html", "")]).await;
    assert_eq!(server.get("/demo/index.html").await.status, 200);
    for path in [
        "/../secret.txt",
        "/demo/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "//../secret.txt",
        "/demo/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/%00",
    ] {
        let answer: Answer = server.get(path).await;
        assert!(
            (400..500).contains(&answer.status),
            "{path}: {}",
            answer.status
        );
        assert!(!answer.body.contains("secret"), "{path}");
    }
}

#[tokio::test]
async fn the_front_page_leads_to_the_demo_only_where_there_is_one() {
    let server = serving(&[("demo/index.html", "")]).await;
    let answer = server.get("/").await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (307, Some("/demo/"))
    );
    let server = serving(&[("demo/index.html", ""), ("index.html", "own")]).await;
    assert_eq!(server.get("/").await.body, "own");
    let server = serving(&[("dist/guichet.js", "")]).await;
    assert_eq!(server.get("/").await.status, 404);
}

#[tokio::test]
async fn text_is_sent_compressed_to_those_who_take_it() {
    let text = "bonjour ".repeat(1000);
    let server = serving(&[("a.js", &text), ("a.wasm", &text)]).await;
    let check = async |path: &str, accepted: &str, expected: Option<&str>| {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: {accepted}\r\nConnection: close\r\n\r\n"
        );
        let answer = server.send(request.as_bytes()).await;
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.header("content-encoding"),
            expected,
            "{path} {accepted}"
        );
    };
    check("/a.js", "gzip, br", Some("br")).await;
    check("/a.wasm", "gzip, br", Some("br")).await;
    check("/a.js", "gzip", Some("gzip")).await;
    check("/a.js", "identity", None).await;
}
