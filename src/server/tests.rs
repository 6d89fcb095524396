//! The life of a server: start, restart, stop, and what keeps it from starting.

use crate::testing::{ON_POSTGRES, TestServer, batch, confirmed, event_at, file};
use crate::{Clock, Config, Database, ServerError, start};
use guichet_domain::zone::Timestamp;
use std::process::Command;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

#[tokio::test]
async fn events_survive_a_restart_and_are_still_known() {
    let server = TestServer::start().await;
    let body = batch(vec![event_at(1, 9, 10), confirmed(2, 9, 20)]);
    assert_eq!(server.post(&body).await.body, r#"{"stored":2}"#);
    let server = server.restart().await;
    assert_eq!(server.post(&body).await.body, r#"{"stored":0}"#);
    assert_eq!(server.kept().await.len(), 2);
}

#[tokio::test]
async fn a_server_that_is_stopped_takes_no_more_requests() {
    let server = TestServer::start().await;
    let addr = server.addr();
    server.stop().await;
    assert!(TcpStream::connect(addr).await.is_err());
}

#[tokio::test]
async fn stopping_does_not_wait_for_ever_for_a_request_that_never_ends() {
    let server = TestServer::start().await;
    let mut stream = TcpStream::connect(server.addr()).await.unwrap();
    let half = b"POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{";
    stream.write_all(half).await.unwrap();
    // The server has taken that request once it has answered a later one.
    assert_eq!(server.get("/v1/health").await.status, 200);
    server.stop().await;
}

#[tokio::test]
async fn what_keeps_it_from_starting_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let database = file(&dir);
    let check = async |change: &dyn Fn(&mut Config)| -> ServerError {
        let mut config = Config::new(database.clone(), vec!["shop".into()]);
        change(&mut config);
        let clock = Clock::new(|| Timestamp(0));
        start(config, clock).await.unwrap_err()
    };
    let error = check(&|config| config.static_dir = Some("no/such/folder".into())).await;
    insta::assert_snapshot!(error);
    let error = check(&|config| config.csp = Some("default-src\n'self'".into())).await;
    insta::assert_snapshot!(error);
    let server = TestServer::start().await;
    let error = check(&|config| config.addr = server.addr()).await;
    assert!(matches!(error, ServerError::Bind { .. }), "{error}");
    let files = std::fs::read_dir(dir.path()).unwrap().count();
    assert_eq!(files, 0, "nothing is left behind");
    let error = check(&|config| config.database = Database::Sqlite("no/such/folder/a.db".into()));
    insta::assert_snapshot!(error.await);
}

/// Every test of this crate once more, this time on `PostgreSQL`: in a process of its own, which is this one again.
#[test]
fn all_of_it_holds_on_postgresql_too() {
    if std::env::var_os(ON_POSTGRES).is_some() {
        return;
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .env(ON_POSTGRES, "yes")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let problem = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "on PostgreSQL:\n{said}\n{problem}");
}
