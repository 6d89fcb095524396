//! One way to both databases: every statement of ours is written once, in `PostgreSQL`'s words with places `$1`,
//! `$2`, …, which `SQLite` understands too. What differs between the two stands here.

use super::StoreError;
use futures_util::{FutureExt as _, TryStreamExt as _};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{
    AssertSqlSafe, Connection as _, Decode, FromRow, PgConnection, PgPool, Postgres, Row as _,
    SqlSafeStr as _, SqlStr, Sqlite, SqliteConnection, SqlitePool, Type,
};
use std::borrow::Cow;
use std::time::Duration;

/// Locks of rows. `SQLite` has no word for them: who writes there is alone.
const LOCKS: [&str; 2] = [" for update skip locked", " for update"];

/// What becomes of an inserted row whose id is there already.
pub(super) const FIRST_IS_KEPT: &str = "on conflict (id) do nothing";

/// Rows a database's thread reads ahead of who takes them.
pub(super) const ROWS_AHEAD: usize = 4_000;
/// How long some gather where there is none.
const GATHERING: Duration = Duration::from_millis(1);

/// An open database.
#[derive(Clone, Debug)]
pub(super) enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Pool {
    /// A statement on any free connection.
    pub(super) fn sql(&self, sql: impl Into<Cow<'static, str>>) -> Statement<'_> {
        let sql = sql.into();
        match self {
            Self::Sqlite(pool) => Statement::SqlitePool(sqlx::query(for_sqlite(sql)), pool),
            Self::Postgres(pool) => Statement::PostgresPool(sqlx::query(trusted(sql)), pool),
        }
    }

    /// One connection, to tell several things to.
    pub(super) async fn acquire(&self) -> Result<Connection, StoreError> {
        Ok(match self {
            Self::Sqlite(pool) => Connection::Sqlite(pool.acquire().await?),
            Self::Postgres(pool) => Connection::Postgres(pool.acquire().await?),
        })
    }

    /// Begins to write. Nothing is kept before [`Transaction::commit`].
    pub(super) async fn begin(&self) -> Result<Transaction<'static>, StoreError> {
        Ok(match self {
            // Immediate: a transaction that starts as a reader can't wait for another writer.
            Self::Sqlite(pool) => Transaction::Sqlite(pool.begin_with("begin immediate").await?),
            Self::Postgres(pool) => Transaction::Postgres(pool.begin().await?),
        })
    }

    /// Begins to read: all statements see the database as it was at one moment.
    pub(super) async fn snapshot(&self) -> Result<Transaction<'static>, StoreError> {
        const SNAPSHOT: &str = "begin isolation level repeatable read, read only";
        Ok(match self {
            Self::Sqlite(pool) => Transaction::Sqlite(pool.begin().await?),
            Self::Postgres(pool) => Transaction::Postgres(pool.begin_with(SNAPSHOT).await?),
        })
    }

    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// A connection of the pool, given back when dropped.
#[derive(Debug)]
pub(super) enum Connection {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

impl Connection {
    pub(super) fn sql(&mut self, sql: impl Into<Cow<'static, str>>) -> Statement<'_> {
        match self {
            Self::Sqlite(connection) => Statement::sqlite(connection, sql.into()),
            Self::Postgres(connection) => Statement::postgres(connection, sql.into()),
        }
    }

    /// As [`Pool::begin`].
    pub(super) async fn begin(&mut self) -> Result<Transaction<'_>, StoreError> {
        Ok(match self {
            Self::Sqlite(connection) => {
                Transaction::Sqlite(connection.begin_with("begin immediate").await?)
            }
            Self::Postgres(connection) => Transaction::Postgres(connection.begin().await?),
        })
    }

    /// What is imported is still where it comes from if the power fails. Indexes are written all over, and must
    /// be in memory, a quarter of a gigabyte at most; a second thread helps to sort a new one.
    pub(super) async fn begin_import(&mut self) -> Result<(), StoreError> {
        self.pragma("pragma cache_size = -250000").await?;
        self.pragma("pragma threads = 2").await?;
        self.pragma("pragma synchronous = normal").await
    }

    /// The connection goes back to those who answer shoppers.
    pub(super) async fn end_import(&mut self) -> Result<(), StoreError> {
        self.pragma("pragma cache_size = -2000").await?;
        self.pragma("pragma threads = 0").await?;
        self.pragma("pragma synchronous = full").await?;
        self.pragma("pragma wal_checkpoint(truncate)").await
    }

    /// Says what only `SQLite` needs to be told.
    pub(super) async fn pragma(&mut self, pragma: &'static str) -> Result<(), StoreError> {
        if let Self::Sqlite(connection) = self {
            sqlx::query(pragma).execute(&mut **connection).await?;
        }
        Ok(())
    }
}

/// All of it is kept, or nothing: what is not committed is undone when dropped.
#[derive(Debug)]
pub(super) enum Transaction<'c> {
    Sqlite(sqlx::Transaction<'c, Sqlite>),
    Postgres(sqlx::Transaction<'c, Postgres>),
}

impl Transaction<'_> {
    pub(super) fn sql(&mut self, sql: impl Into<Cow<'static, str>>) -> Statement<'_> {
        match self {
            Self::Sqlite(transaction) => Statement::sqlite(transaction, sql.into()),
            Self::Postgres(transaction) => Statement::postgres(transaction, sql.into()),
        }
    }

    /// Waits until nobody else holds this name, and holds it to the end: for what one looks up before he writes.
    pub(super) async fn hold(&mut self, name: &str) -> Result<(), StoreError> {
        if let Self::Postgres(_) = self {
            let lock = "select 1 from pg_advisory_xact_lock(hashtextextended($1, 0))";
            self.sql(lock).bind(name).run().await?;
        }
        Ok(())
    }

    /// Inserts rows, few enough for one statement, and returns how many it were. `into` names table and columns,
    /// `conflict` what becomes of a row that is there already.
    pub(super) async fn insert<const COLUMNS: usize>(
        &mut self,
        into: &str,
        rows: Vec<[Value<'_>; COLUMNS]>,
        conflict: &str,
    ) -> Result<u64, StoreError> {
        let places: Vec<String> = match self {
            // Names of places are looked up one by one.
            Self::Sqlite(_) => vec![format!("({})", ["?"; COLUMNS].join(",")); rows.len()],
            Self::Postgres(_) => (0..rows.len())
                .map(|row| format!("({})", places(row * COLUMNS + 1, COLUMNS)))
                .collect(),
        };
        let sql = format!("insert into {into} values {} {conflict}", places.join(","));
        self.sql(sql)
            .bind_all(rows.into_iter().flatten())
            .run()
            .await
    }

    pub(super) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await?,
            Self::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }
}

/// `$3,$4,$5`: as many places as there are values, the first with that number.
pub(super) fn places(first: usize, count: usize) -> String {
    let places: Vec<String> = (first..first + count).map(|n| format!("${n}")).collect();
    places.join(",")
}

/// What our columns hold: whole numbers, texts and bytes, or nothing.
#[derive(Debug)]
pub(super) enum Value<'v> {
    Int(Option<i64>),
    Text(Option<Cow<'v, str>>),
    Bytes(Option<Cow<'v, [u8]>>),
}

macro_rules! values {
    ($($type:ty => $kind:ident $make:expr;)+) => {
        $(impl<'v> From<$type> for Value<'v> {
            fn from(value: $type) -> Self {
                Self::from(Some(value))
            }
        }
        impl<'v> From<Option<$type>> for Value<'v> {
            fn from(value: Option<$type>) -> Self {
                Self::$kind(value.map($make))
            }
        })+
    };
}

values! {
    i64 => Int i64::from;
    u32 => Int i64::from;
    u8 => Int i64::from;
    bool => Int i64::from;
    &'v str => Text Cow::Borrowed;
    &'v String => Text |text| Cow::Borrowed(text.as_str());
    String => Text Cow::Owned;
    &'v [u8] => Bytes Cow::Borrowed;
    Vec<u8> => Bytes Cow::Owned;
}

/// A statement with its values, and the connection it goes to.
pub(super) enum Statement<'c> {
    SqlitePool(Query<'static, Sqlite, SqliteArguments>, &'c SqlitePool),
    Sqlite(
        Query<'static, Sqlite, SqliteArguments>,
        &'c mut SqliteConnection,
    ),
    PostgresPool(Query<'static, Postgres, PgArguments>, &'c PgPool),
    Postgres(Query<'static, Postgres, PgArguments>, &'c mut PgConnection),
}

/// Runs `$what` with the query, where it goes to and how its rows are wrapped.
macro_rules! sent {
    ($statement:ident, |$query:ident, $to:ident, $row:ident| $what:expr) => {
        match $statement {
            Statement::SqlitePool($query, $to) => {
                let $row = Row::Sqlite;
                $what
            }
            Statement::Sqlite($query, $to) => {
                let $row = Row::Sqlite;
                $what
            }
            Statement::PostgresPool($query, $to) => {
                let $row = Row::Postgres;
                $what
            }
            Statement::Postgres($query, $to) => {
                let $row = Row::Postgres;
                $what
            }
        }
    };
}

impl<'c> Statement<'c> {
    fn sqlite(to: &'c mut SqliteConnection, sql: Cow<'static, str>) -> Self {
        Self::Sqlite(sqlx::query(for_sqlite(sql)), to)
    }

    fn postgres(to: &'c mut PgConnection, sql: Cow<'static, str>) -> Self {
        Self::Postgres(sqlx::query(trusted(sql)), to)
    }

    /// The value of the next place.
    pub(super) fn bind<'v>(self, value: impl Into<Value<'v>>) -> Self {
        let value = value.into();
        match self {
            Self::SqlitePool(query, to) => Self::SqlitePool(bind_sqlite(query, value), to),
            Self::Sqlite(query, to) => Self::Sqlite(bind_sqlite(query, value), to),
            Self::PostgresPool(query, to) => Self::PostgresPool(bind_postgres(query, value), to),
            Self::Postgres(query, to) => Self::Postgres(bind_postgres(query, value), to),
        }
    }

    /// The values of the next places.
    pub(super) fn bind_all<'v, V: Into<Value<'v>>>(
        self,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        values.into_iter().fold(self, Self::bind)
    }

    /// Returns how many rows it wrote.
    pub(super) async fn run(self) -> Result<u64, StoreError> {
        Ok(sent!(self, |query, to, _row| query
            .execute(to)
            .await?
            .rows_affected()))
    }

    /// Every row it finds.
    pub(super) async fn all<T: Record>(self) -> Result<Vec<T>, StoreError> {
        let rows: Vec<Row> = sent!(self, |query, to, row| {
            let rows = query.fetch_all(to).await?;
            rows.into_iter().map(row).collect()
        });
        Ok(rows
            .into_iter()
            .map(T::from_row)
            .collect::<Result<_, _>>()?)
    }

    /// The first row it finds.
    pub(super) async fn first<T: Record>(self) -> Result<Option<T>, StoreError> {
        let row = sent!(self, |query, to, row| query
            .fetch_optional(to)
            .await?
            .map(row));
        Ok(row.map(T::from_row).transpose()?)
    }

    /// The row it always finds.
    pub(super) async fn one<T: Record>(self) -> Result<T, StoreError> {
        let row = self.first().await?;
        row.ok_or(StoreError::Statement(sqlx::Error::RowNotFound))
    }

    /// Hands every row to `take` as it comes, so that there may be any number of them.
    pub(super) async fn each<T: Record>(
        self,
        take: &mut (dyn FnMut(T) -> Result<(), StoreError> + Send),
    ) -> Result<(), StoreError> {
        sent!(self, |query, to, row| {
            let mut rows = query.fetch(to);
            let mut heap = Vec::new();
            let mut is_end = false;
            while !is_end {
                // All that came, before any is taken: else the two threads wake each other for every row, which
                // by the million takes longer than the rows.
                while !is_end
                    && heap.len() < ROWS_AHEAD
                    && let Some(found) = rows.try_next().now_or_never()
                {
                    is_end = found?.map(|found| heap.push(found)).is_none();
                }
                if heap.is_empty() && !is_end {
                    tokio::time::sleep(GATHERING).await;
                }
                for found in heap.drain(..) {
                    take(T::from_row(row(found))?)?;
                }
            }
        });
        Ok(())
    }
}

fn bind_sqlite(
    query: Query<'static, Sqlite, SqliteArguments>,
    value: Value<'_>,
) -> Query<'static, Sqlite, SqliteArguments> {
    match value {
        Value::Int(int) => query.bind(int),
        Value::Text(text) => query.bind(text),
        Value::Bytes(bytes) => query.bind(bytes),
    }
}

fn bind_postgres(
    query: Query<'static, Postgres, PgArguments>,
    value: Value<'_>,
) -> Query<'static, Postgres, PgArguments> {
    match value {
        Value::Int(int) => query.bind(int),
        // The one character its texts cannot hold.
        Value::Text(Some(text)) if text.contains('\0') => {
            query.bind(text.replace('\0', "\u{fffd}"))
        }
        Value::Text(text) => query.bind(text),
        Value::Bytes(bytes) => query.bind(bytes.as_deref()),
    }
}

/// A row that was found.
pub(super) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// What both databases know how to read.
pub(super) trait Cell<'r>:
    Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres>
{
}

impl<'r, T> Cell<'r> for T where
    T: Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres>
{
}

impl Row {
    pub(super) fn get<'r, T: Cell<'r>>(&'r self, column: &str) -> Result<T, sqlx::Error> {
        match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Postgres(row) => row.try_get(column),
        }
    }

    /// A whole number of another width than the 64 bits that are kept of each.
    pub(super) fn int<T: TryFrom<i64>>(&self, column: &str) -> Result<T, sqlx::Error> {
        self.int_or_none(column)?
            .ok_or_else(|| unreadable(format!("no number in `{column}`")))
    }

    pub(super) fn int_or_none<T: TryFrom<i64>>(
        &self,
        column: &str,
    ) -> Result<Option<T>, sqlx::Error> {
        let int: Option<i64> = self.get(column)?;
        let narrow = |int| T::try_from(int).map_err(|_| unreadable(format!("{int} in `{column}`")));
        int.map(narrow).transpose()
    }
}

/// What a row is read as: itself, or its columns in their order.
pub(super) trait Record: Sized {
    fn from_row(row: Row) -> Result<Self, sqlx::Error>;
}

impl Record for Row {
    fn from_row(row: Row) -> Result<Self, sqlx::Error> {
        Ok(row)
    }
}

impl<T> Record for T
where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow>,
{
    fn from_row(row: Row) -> Result<Self, sqlx::Error> {
        match row {
            Row::Sqlite(row) => FromRow::from_row(&row),
            Row::Postgres(row) => FromRow::from_row(&row),
        }
    }
}

/// Something in a row that is none of ours.
pub(super) fn unreadable(what: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> sqlx::Error {
    sqlx::Error::Decode(what.into())
}

fn for_sqlite(sql: Cow<'static, str>) -> SqlStr {
    match LOCKS.into_iter().find(|lock| sql.contains(lock)) {
        Some(lock) => trusted(Cow::Owned(sql.replace(lock, ""))),
        None => trusted(sql),
    }
}

/// Every statement is ours: what comes from elsewhere is a [`Value`].
fn trusted(sql: Cow<'static, str>) -> SqlStr {
    match sql {
        Cow::Borrowed(sql) => sql.into_sql_str(),
        Cow::Owned(sql) => AssertSqlSafe(sql).into_sql_str(),
    }
}
