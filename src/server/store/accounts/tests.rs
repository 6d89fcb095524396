//! People and sessions, as every store must keep them.

use super::*;
use crate::accounts::session::IDLE_MS;
use crate::testing::store;

fn user(name: &str, role: Role) -> User {
    User {
        name: name.parse().unwrap(),
        role,
        created: Timestamp(0),
    }
}

async fn add(store: &Store, name: &str, role: Role) -> User {
    let user = user(name, role);
    assert!(
        store
            .add_user(&user, "hash 1", "guichet users")
            .await
            .unwrap()
    );
    user
}

/// What every store must do with people, told once.
async fn check_people(store: &Store) {
    let zoe = add(store, "zoe", Role::Agent).await;
    let again = user("zoe", Role::Owner);
    assert!(
        !store
            .add_user(&again, "hash 2", "guichet users")
            .await
            .unwrap()
    );
    let leo = add(store, "leo", Role::Owner).await;
    assert_eq!(store.users().await.unwrap(), [leo, zoe.clone()]);
    let kept = store.password_of(&zoe.name).await.unwrap();
    assert_eq!(kept.as_deref(), Some("hash 1"));
    assert!(
        store
            .set_role(&zoe.name, Role::Reader, "leo", Timestamp(1))
            .await
            .unwrap()
    );
    assert!(
        store
            .set_password(&zoe.name, "hash 3", "leo", Timestamp(2))
            .await
            .unwrap()
    );
    assert!(
        store
            .remove_user(&zoe.name, "leo", Timestamp(3))
            .await
            .unwrap()
    );
    assert!(
        !store
            .remove_user(&zoe.name, "leo", Timestamp(4))
            .await
            .unwrap()
    );
    assert!(
        !store
            .set_password(&zoe.name, "x", "leo", Timestamp(4))
            .await
            .unwrap()
    );

    let deed = Deed {
        user: "leo",
        what: "answer",
        claim: Some("7H2K"),
        detail: "",
    };
    store.record(&deed, Timestamp(20)).await.unwrap();
    let trail = store.audit(None, 100).await.unwrap();
    let said = |entry: &AuditEntry| format!("{} {} {}", entry.user, entry.what, entry.detail);
    let said: Vec<_> = trail.iter().rev().map(said).collect();
    assert_eq!(
        said,
        [
            "guichet users user_added zoe agent",
            "guichet users user_added leo owner",
            "leo role_changed zoe reader",
            "leo password_changed zoe",
            "leo user_removed zoe",
            "leo answer ",
        ]
    );
    assert_eq!(store.audit(Some("7H2K"), 10).await.unwrap().len(), 1);
    assert_eq!(store.audit(None, 2).await.unwrap().len(), 2);
}

/// What every store must do with sessions.
async fn check_sessions(store: &Store) {
    let zoe = add(store, "zoe", Role::Agent).await;
    let begin = async |token: u8, now| {
        let begun = store
            .begin_session(&zoe.name, [token; 32], Timestamp(now))
            .await;
        begun.unwrap();
    };
    let whose = async |token: u8, now: i64| {
        let found = store.session_user([token; 32], Timestamp(now)).await;
        found.unwrap()
    };
    begin(1, 0).await;
    begin(2, 0).await;
    assert_eq!(whose(1, 10).await, Some(zoe.clone()));
    assert_eq!(whose(9, 10).await, None);
    assert!(whose(1, IDLE_MS - 1).await.is_some());
    assert!(
        whose(1, IDLE_MS + 1).await.is_some(),
        "it was used meanwhile"
    );
    assert!(whose(2, IDLE_MS + 1).await.is_none(), "this one was not");
    store.end_session([1; 32]).await.unwrap();
    assert!(whose(1, IDLE_MS + 2).await.is_none());

    begin(3, 0).await;
    store
        .set_role(&zoe.name, Role::Reader, "leo", Timestamp(5))
        .await
        .unwrap();
    let role = whose(3, 6).await.map(|user| user.role);
    assert_eq!(role, Some(Role::Reader), "another role holds at once");
    store
        .set_password(&zoe.name, "hash 4", "leo", Timestamp(7))
        .await
        .unwrap();
    assert!(
        whose(3, 8).await.is_none(),
        "another password ends every session"
    );
    begin(4, 9).await;
    store
        .remove_user(&zoe.name, "leo", Timestamp(10))
        .await
        .unwrap();
    assert!(whose(4, 11).await.is_none());
}

#[tokio::test]
async fn it_tells_the_story_of_people() {
    let dir = tempfile::tempdir().unwrap();
    check_people(&store(&dir).await).await;
}

#[tokio::test]
async fn it_tells_the_story_of_sessions() {
    let dir = tempfile::tempdir().unwrap();
    check_sessions(&store(&dir).await).await;
}
