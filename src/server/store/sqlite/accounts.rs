//! The shop's people in `SQLite`. [`record`] takes a connection, so that what is done and that it
//! was done are kept together or not at all.

use super::Sqlite;
use crate::accounts::session::{IDLE_MS, LONGEST_MS, is_alive};
use crate::accounts::{AuditEntry, Deed, Role, User, UserName};
use crate::store::StoreError;
use guichet_domain::zone::Timestamp;
use sqlx::sqlite::SqliteConnection;

/// How precisely it is known when a session was last used; a page view should rarely write.
const USED_MS: i64 = 5 * 60 * 1000;

const SESSION: &str = "
    select users.name, users.role, users.created_ms, sessions.created_ms, sessions.used_ms
    from sessions
    join users on users.name = sessions.user
    where sessions.token_hash = ?";

const AUDIT: &str = "
    select at_ms, user, what, claim, detail
    from audit
    where ?1 is null or claim = ?1
    order by id desc
    limit ?2";

/// Adds to the audit trail within a transaction of the caller's.
pub(super) async fn record(
    connection: &mut SqliteConnection,
    deed: &Deed<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("insert into audit (at_ms, user, what, claim, detail) values (?, ?, ?, ?, ?)")
        .bind(now.0)
        .bind(deed.user)
        .bind(deed.what)
        .bind(deed.claim)
        .bind(deed.detail)
        .execute(connection)
        .await?;
    Ok(())
}

impl Sqlite {
    pub(crate) async fn add_user(
        &self,
        user: &User,
        password_hash: &str,
        by: &str,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        let sql = "insert into users (name, role, password, created_ms) values (?, ?, ?, ?) on conflict (name) do nothing";
        let done = sqlx::query(sql)
            .bind(user.name.as_str())
            .bind(user.role.word())
            .bind(password_hash)
            .bind(user.created.0)
            .execute(&mut *transaction)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        let detail = format!("{} {}", user.name, user.role);
        let deed = Deed {
            user: by,
            what: "user_added",
            claim: None,
            detail: &detail,
        };
        record(&mut transaction, &deed, user.created).await?;
        transaction.commit().await?;
        Ok(true)
    }

    pub(crate) async fn users(&self) -> Result<Vec<User>, StoreError> {
        let rows: Vec<(String, String, i64)> =
            sqlx::query_as("select name, role, created_ms from users order by name")
                .fetch_all(&self.pool)
                .await?;
        rows.into_iter()
            .map(|(name, role, created)| Ok(user(&name, &role, created)?))
            .collect()
    }

    pub(crate) async fn set_password(
        &self,
        name: &UserName,
        password_hash: &str,
        by: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        let done = sqlx::query("update users set password = ?2 where name = ?1")
            .bind(name.as_str())
            .bind(password_hash)
            .execute(&mut *transaction)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query("delete from sessions where user = ?")
            .bind(name.as_str())
            .execute(&mut *transaction)
            .await?;
        let deed = Deed {
            user: by,
            what: "password_changed",
            claim: None,
            detail: name.as_str(),
        };
        record(&mut transaction, &deed, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    pub(crate) async fn set_role(
        &self,
        name: &UserName,
        role: Role,
        by: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        let done = sqlx::query("update users set role = ?2 where name = ?1")
            .bind(name.as_str())
            .bind(role.word())
            .execute(&mut *transaction)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        let detail = format!("{name} {role}");
        let deed = Deed {
            user: by,
            what: "role_changed",
            claim: None,
            detail: &detail,
        };
        record(&mut transaction, &deed, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    pub(crate) async fn remove_user(
        &self,
        name: &UserName,
        by: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        sqlx::query("delete from sessions where user = ?")
            .bind(name.as_str())
            .execute(&mut *transaction)
            .await?;
        let done = sqlx::query("delete from users where name = ?")
            .bind(name.as_str())
            .execute(&mut *transaction)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        let deed = Deed {
            user: by,
            what: "user_removed",
            claim: None,
            detail: name.as_str(),
        };
        record(&mut transaction, &deed, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    pub(crate) async fn password_of(&self, name: &UserName) -> Result<Option<String>, StoreError> {
        let row: Option<(String,)> = sqlx::query_as("select password from users where name = ?")
            .bind(name.as_str())
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|(password,)| password))
    }

    pub(crate) async fn begin_session(
        &self,
        name: &UserName,
        token_hash: [u8; 32],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        sqlx::query("delete from sessions where used_ms <= ? or created_ms <= ?")
            .bind(now.0.saturating_sub(IDLE_MS))
            .bind(now.0.saturating_sub(LONGEST_MS))
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "insert into sessions (token_hash, user, created_ms, used_ms) values (?, ?, ?3, ?3)",
        )
        .bind(&token_hash[..])
        .bind(name.as_str())
        .bind(now.0)
        .execute(&mut *transaction)
        .await?;
        let deed = Deed {
            user: name.as_str(),
            what: "sign_in",
            claim: None,
            detail: "",
        };
        record(&mut transaction, &deed, now).await?;
        transaction.commit().await?;
        Ok(())
    }

    pub(crate) async fn session_user(
        &self,
        token_hash: [u8; 32],
        now: Timestamp,
    ) -> Result<Option<User>, StoreError> {
        let row: Option<(String, String, i64, i64, i64)> = sqlx::query_as(SESSION)
            .bind(&token_hash[..])
            .fetch_optional(&self.pool)
            .await?;
        let Some((name, role, since, created, used)) = row else {
            return Ok(None);
        };
        if !is_alive(Timestamp(created), Timestamp(used), now) {
            return Ok(None);
        }
        if now.0.saturating_sub(used) >= USED_MS {
            sqlx::query("update sessions set used_ms = ?2 where token_hash = ?1")
                .bind(&token_hash[..])
                .bind(now.0)
                .execute(&self.pool)
                .await?;
        }
        Ok(Some(user(&name, &role, since)?))
    }

    pub(crate) async fn end_session(&self, token_hash: [u8; 32]) -> Result<(), StoreError> {
        sqlx::query("delete from sessions where token_hash = ?")
            .bind(&token_hash[..])
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    pub(crate) async fn record(&self, deed: &Deed<'_>, now: Timestamp) -> Result<(), StoreError> {
        let mut connection = self.pool.acquire().await?;
        record(&mut connection, deed, now).await
    }

    pub(crate) async fn audit(
        &self,
        claim: Option<&str>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let rows: Vec<(i64, String, String, Option<String>, String)> = sqlx::query_as(AUDIT)
            .bind(claim)
            .bind(limit)
            .fetch_all(&self.pool)
            .await?;
        let entry = |(at, user, what, claim, detail)| AuditEntry {
            at: Timestamp(at),
            user,
            what,
            claim,
            detail,
        };
        Ok(rows.into_iter().map(entry).collect())
    }
}

fn user(name: &str, role: &str, created: i64) -> Result<User, sqlx::Error> {
    let unreadable = |error: String| sqlx::Error::Decode(error.into());
    Ok(User {
        name: name
            .parse()
            .map_err(|error: crate::accounts::BadUserName| unreadable(error.to_string()))?,
        role: role
            .parse()
            .map_err(|error: crate::accounts::UnknownRole| unreadable(error.to_string()))?,
        created: Timestamp(created),
    })
}
