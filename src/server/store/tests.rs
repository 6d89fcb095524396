//! What a store of events must do, and how it is opened.

use super::*;
use crate::testing::{confirmed, database, event_at, postgres, store};
use guichet_domain::event::What;

/// What a store must do.
async fn check_story(store: Store) {
    store.ping().await.unwrap();
    let first = [event_at(1, 1, 100), confirmed(2, 1, 200)];
    assert_eq!(
        store.append("shop", &first, Timestamp(1000)).await.unwrap(),
        2
    );
    // The same batch again, with one event more: only that one is new.
    let again = [first[0].clone(), first[1].clone(), confirmed(3, 1, 300)];
    assert_eq!(
        store.append("shop", &again, Timestamp(2000)).await.unwrap(),
        1
    );
    // The first event of an id is kept, whatever a later one says.
    let changed = [confirmed(1, 9, 900)];
    assert_eq!(
        store
            .append("shop", &changed, Timestamp(3000))
            .await
            .unwrap(),
        0
    );
    let other = [event_at(4, 2, 50)];
    assert_eq!(
        store
            .append("other", &other, Timestamp(4000))
            .await
            .unwrap(),
        1
    );

    let all = store.events(&Filter::default()).await.unwrap();
    let expected = [
        ("shop", 1000, &first[0]),
        ("shop", 1000, &first[1]),
        ("shop", 2000, &again[2]),
        ("other", 4000, &other[0]),
    ]
    .map(|(site, received, event)| Received {
        site: site.into(),
        received: Timestamp(received),
        event: event.clone(),
    });
    assert_eq!(all, expected);

    let count = |site: Option<&str>, from, until| {
        let filter = Filter {
            site: site.map(Into::into),
            from: Some(Timestamp(from)),
            until: Some(Timestamp(until)),
        };
        let store = store.clone();
        async move { store.events(&filter).await.unwrap().len() }
    };
    assert_eq!(count(Some("shop"), 0, 9999).await, 3);
    assert_eq!(
        count(None, 1000, 1001).await,
        3,
        "a visit is read whole, past the end of the period"
    );
    assert_eq!(
        count(None, 1001, 9999).await,
        1,
        "and not at all if it began before the period"
    );
    assert_eq!(count(Some("nobody"), 0, 9999).await, 0);
}

#[tokio::test]
async fn it_tells_the_story() {
    let dir = tempfile::tempdir().unwrap();
    check_story(store(&dir).await).await;
}

#[tokio::test]
async fn every_kind_of_event_is_read_back_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(&dir).await;
    let document = || "faq/où-est-mon-colis".to_owned();
    let whats = [
        What::Opened,
        What::Searched {
            query: "l’été ; drop table events".into(),
            results: vec![document()],
            declined: false,
        },
        What::ResultOpened {
            document: document(),
        },
        What::Read {
            document: document(),
            dwell_ms: u32::MAX,
        },
        What::Confirmed {
            document: document(),
        },
        What::NotConfirmed {
            document: document(),
            reason: "il manque \"le délai\"\n".into(),
        },
        What::CallAvoided {
            document: document(),
            would_have_called: true,
        },
        What::ContactChosen {
            channel: "telephone".into(),
        },
    ];
    let mut events = Vec::new();
    for (n, what) in (1_u32..).zip(whats) {
        let mut event = event_at(u128::MAX - u128::from(n), 7, i64::MIN + i64::from(n));
        event.what = what;
        events.push(event);
    }
    store.append("shop", &events, Timestamp(5)).await.unwrap();
    let mut read: Vec<_> = store
        .events(&Filter::default())
        .await
        .unwrap()
        .into_iter()
        .map(|received| received.event)
        .collect();
    read.sort_by_key(|event| event.at);
    assert_eq!(read, events);
}

#[tokio::test]
async fn what_cannot_be_opened_is_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    let text = dir.path().join("notes.txt");
    std::fs::write(
        &text,
        "not a database, but long enough to look like a header",
    )
    .unwrap();
    let empty = dir.path().join("empty.db");
    std::fs::write(&empty, "").unwrap();
    let told = async |path: PathBuf| {
        let error = Store::open_to_read(&Database::Sqlite(path))
            .await
            .unwrap_err();
        let root = dir.path().to_string_lossy().into_owned();
        error.to_string().replace(&root, "DIR")
    };
    insta::assert_snapshot!(told(dir.path().join("none.db")).await);
    insta::assert_snapshot!(told(text.clone()).await);
    insta::assert_snapshot!(told(empty).await);
    let wanted = Database::Sqlite(dir.path().join("no/such/folder.db"));
    assert!(matches!(
        Store::open(&wanted).await,
        Err(StoreError::Open { .. })
    ));
    assert!(Store::open(&Database::Sqlite(text)).await.is_err());
    let other = "mysql://root:secret@localhost/guichet".parse().unwrap();
    insta::assert_snapshot!(Store::open(&other).await.unwrap_err());
}

#[tokio::test]
async fn of_a_server_too_it_is_told_what_is_missing_and_never_the_password() {
    let fresh = postgres::fresh();
    let missing = postgres::missing();
    let (place, name) = fresh.rsplit_once('/').unwrap();
    let (_, port) = place.rsplit_once(':').unwrap();
    let told = async |address: &str| {
        let database: Database = address.parse().unwrap();
        let error = Store::open_to_read(&database).await.unwrap_err();
        assert!(
            !format!("{error} {error:?}").contains("secret"),
            "{error:?}"
        );
        error
            .to_string()
            .replace(port, "PORT")
            .replace(name, "NAME")
    };
    insta::assert_snapshot!("server_missing", told(&missing).await);
    insta::assert_snapshot!("server_empty", told(&fresh).await);
    let wrong = fresh.replace("secret%40", "wrong-secret");
    insta::assert_snapshot!("server_password", told(&wrong).await);
    let nobody = told("postgres://guichet:secret@127.0.0.1:1/shop").await;
    assert!(nobody.contains("Connection refused"), "{nobody}");
    insta::assert_snapshot!(
        "server_address",
        told("postgres://guichet:secret@host:port/guichet").await
    );
    insta::assert_snapshot!(
        "server_tls",
        told(&format!("{fresh}?sslmode=require")).await
    );
}

#[tokio::test]
async fn a_database_of_a_newer_guichet_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let database = database(&dir);
    let store = Store::open(&database).await.unwrap();
    let sql = "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
               values (999, 'later', true, '', 0)";
    store.execute(sql).await;
    store.close().await;
    for opened in [
        Store::open(&database).await,
        Store::open_to_read(&database).await,
    ] {
        assert!(matches!(opened, Err(StoreError::Newer { found: 999, .. })));
    }
}

#[tokio::test]
async fn of_several_that_start_at_once_on_a_server_one_makes_the_tables() {
    let database: Database = postgres::fresh().parse().unwrap();
    let opened = tokio::join!(
        Store::open(&database),
        Store::open(&database),
        Store::open(&database)
    );
    for store in [opened.0.unwrap(), opened.1.unwrap(), opened.2.unwrap()] {
        store.ping().await.unwrap();
    }
}

#[tokio::test]
async fn who_only_reads_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let database = database(&dir);
    Store::open(&database).await.unwrap().close().await;
    let reader = Store::open_to_read(&database).await.unwrap();
    let events = [event_at(1, 1, 1)];
    assert!(reader.append("shop", &events, Timestamp(1)).await.is_err());
    assert_eq!(reader.events(&Filter::default()).await.unwrap(), []);
}

#[test]
fn a_database_is_named_by_path_or_url() {
    for (text, path) in [
        ("guichet.db", "guichet.db"),
        ("sqlite:guichet.db", "guichet.db"),
        ("sqlite:///var/guichet.db", "/var/guichet.db"),
        ("/var/guichet.db", "/var/guichet.db"),
    ] {
        assert_eq!(
            text.parse::<Database>().unwrap(),
            Database::Sqlite(path.into()),
            "{text}"
        );
    }
    for (text, shown) in [
        ("postgresql://leo@db/shop", "postgres://leo@db:5432/shop"),
        (
            "postgres://leo:p:w@db:5433/shop?sslmode=require",
            "postgres://leo@db:5433/shop",
        ),
        ("postgres://leo:p@w@db/shop", "postgres://leo@db:5432/shop"),
        ("postgres://leo:p/w?x@db/shop", "postgres://…"),
        (
            "postgres://db/shop?user=leo&password=p@w",
            "postgres://leo@db:5432/shop",
        ),
        (
            "postgres://leo:pw@%2Frun%2Fpg/shop",
            "postgres://leo@/run/pg/shop",
        ),
    ] {
        let database = text.parse::<Database>().unwrap();
        assert_eq!(database.to_string(), shown);
        assert_eq!(format!("{database:?}"), format!("Postgres({shown:?})"));
    }
}
