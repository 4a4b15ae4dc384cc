//! A store of finished runs: an SQLite database that survives `kill -9`.
//!
//! Each run is one row, written in a transaction of its own as soon as the run
//! is finished. The journal is a write-ahead log, and every commit waits for the
//! disk; so a process that is killed loses the runs that it was at and nothing
//! else, and several processes may use one store at a time.

use super::training::{Run, Setup};
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, TransactionBehavior, params};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What SQLite's `application_id` says of our databases: "CAvg".
const APPLICATION: i32 = 0x4341_7667;

/// The version of the tables, SQLite's `user_version`.
const SCHEMA: i32 = 1;

/// The version of this program; runs of other versions are not mixed.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// How long to wait for another process that writes.
const PATIENCE: Duration = Duration::from_secs(60);

/// The tables. The columns beside the key and the run are for people who look at
/// the database with other tools.
const TABLES: &str = "CREATE TABLE runs (
    setup    TEXT NOT NULL,
    program  TEXT NOT NULL,
    teachers INTEGER NOT NULL,
    neurons  INTEGER NOT NULL,
    class    TEXT NOT NULL,
    loss     REAL NOT NULL,
    run      TEXT NOT NULL,
    PRIMARY KEY (setup, program)
) STRICT, WITHOUT ROWID;";

/// Why a store cannot be used, in one sentence.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It cannot be opened or made.
    #[error("cannot open the store {file}: {why}")]
    Open {
        /// Its name.
        file: String,
        /// The reason.
        why: String,
    },
    /// The file is something else.
    #[error("{file} is not a store of copyavg, and it is left as it is; choose another file")]
    Foreign {
        /// Its name.
        file: String,
    },
    /// A later version of this program made it.
    #[error("the store {file} has tables of version {found}, which this version of copyavg does not know")]
    Newer {
        /// Its name.
        file: String,
        /// The version of its tables.
        found: i32,
    },
    /// What stands in it is not what was written.
    #[error("the store {file} is damaged: {why}")]
    Damaged {
        /// Its name.
        file: String,
        /// What was found.
        why: String,
    },
    /// Reading or writing failed.
    #[error("the store {file} cannot be used: {why}")]
    Failed {
        /// Its name.
        file: String,
        /// The reason.
        why: String,
    },
}

/// An open store.
#[derive(Debug)]
pub struct Store {
    connection: Mutex<Connection>,
    file: String,
}

impl Store {
    /// Opens the store in a file, which is made if it does not exist.
    ///
    /// # Errors
    /// If the file holds something else, or cannot be read and written. It is not
    /// changed then.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let file = path.display().to_string();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        // With a folder in front, no name has a special meaning to SQLite.
        let opened = Connection::open_with_flags(Path::new(".").join(path), flags);
        let mut connection = opened.map_err(|error| refused(&file, &error))?;
        prepare(&mut connection, &file)?;
        Ok(Self {
            connection: Mutex::new(connection),
            file,
        })
    }

    /// The run with this setup, if this version of the program has finished it.
    ///
    /// # Errors
    /// If the store cannot be read or its text is not that of a run with this setup.
    pub fn find(&self, setup: &Setup) -> Result<Option<Run>, StoreError> {
        let text: Option<String> = self
            .locked(|connection| {
                connection
                    .prepare_cached("SELECT run FROM runs WHERE setup = ?1 AND program = ?2")?
                    .query_row(params![setup.canonical(), PROGRAM], |row| row.get(0))
                    .optional()
            })
            .map_err(|error| self.failed(&error))?;
        let Some(text) = text else {
            return Ok(None);
        };
        let damaged = |why: String| StoreError::Damaged {
            file: self.file.clone(),
            why,
        };
        let run: Run =
            serde_json::from_str(&text).map_err(|error| damaged(format!("a run cannot be read: {error}")))?;
        if run.setup != *setup {
            return Err(damaged("a run stands under the setup of another".to_string()));
        }
        Ok(Some(run))
    }

    /// Whether the run with this setup is finished.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn has(&self, setup: &Setup) -> Result<bool, StoreError> {
        self.locked(|connection| {
            connection
                .prepare_cached("SELECT 1 FROM runs WHERE setup = ?1 AND program = ?2")?
                .exists(params![setup.canonical(), PROGRAM])
        })
        .map_err(|error| self.failed(&error))
    }

    /// Keeps a finished run; it is on the disk when this returns. A run that is
    /// there already stays as it is.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn keep(&self, run: &Run) -> Result<(), StoreError> {
        let failed = |why: String| StoreError::Failed {
            file: self.file.clone(),
            why,
        };
        let text = serde_json::to_string(run).map_err(|error| failed(error.to_string()))?;
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        self.locked(|connection| {
            connection
                .prepare_cached("INSERT OR IGNORE INTO runs VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
                .execute(params![
                    run.setup.canonical(),
                    PROGRAM,
                    count(run.setup.teachers),
                    count(run.setup.neurons),
                    run.class.to_string(),
                    run.loss,
                    text
                ])
        })
        .map_err(|error| self.failed(&error))?;
        Ok(())
    }

    /// How many runs there are, of all versions.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn count(&self) -> Result<u64, StoreError> {
        let counted = self.locked(|connection| {
            connection.query_row("SELECT count(*) FROM runs", [], |row| row.get::<_, i64>(0))
        });
        // A count is not negative.
        let counted = counted.map_err(|error| self.failed(&error))?;
        Ok(u64::try_from(counted).unwrap_or(0))
    }

    /// A thread that panicked inside a statement leaves no half of it behind:
    /// SQLite has rolled it back.
    fn locked<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
        work(&self.connection.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn failed(&self, error: &rusqlite::Error) -> StoreError {
        StoreError::Failed {
            file: self.file.clone(),
            why: reason(error),
        }
    }
}

/// What a database says of itself.
enum Found {
    Ours,
    Empty,
    Foreign,
    Newer(i32),
}

fn look(connection: &Connection) -> rusqlite::Result<Found> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let (application, schema) = (number("application_id")?, number("user_version")?);
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(match (application, schema, tables) {
        (APPLICATION, SCHEMA, _) => Found::Ours,
        (APPLICATION, newer, _) if newer > SCHEMA => Found::Newer(newer),
        (0, 0, 0) => Found::Empty,
        _ => Found::Foreign,
    })
}

/// Looks before anything is changed, then makes the tables if there are none.
fn prepare(connection: &mut Connection, file: &str) -> Result<(), StoreError> {
    let refuse = |error: rusqlite::Error| refused(file, &error);
    connection.busy_timeout(PATIENCE).map_err(refuse)?;
    match look(connection).map_err(refuse)? {
        Found::Ours | Found::Empty => {}
        Found::Foreign => {
            return Err(StoreError::Foreign {
                file: file.to_string(),
            });
        }
        Found::Newer(found) => {
            return Err(StoreError::Newer {
                file: file.to_string(),
                found,
            });
        }
    }
    write_ahead(connection).map_err(refuse)?;
    connection
        .pragma_update(None, "synchronous", "FULL")
        .map_err(refuse)?;
    // Another process may do the same at this moment: whoever comes second finds
    // the tables made.
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(refuse)?;
    if let Found::Empty = look(&transaction).map_err(refuse)? {
        transaction.execute_batch(TABLES).map_err(refuse)?;
        transaction
            .pragma_update(None, "application_id", APPLICATION)
            .map_err(refuse)?;
        transaction
            .pragma_update(None, "user_version", SCHEMA)
            .map_err(refuse)?;
    }
    transaction.commit().map_err(refuse)
}

/// Turns the write-ahead log on. SQLite does not wait by itself for others that
/// do the same.
fn write_ahead(connection: &Connection) -> rusqlite::Result<()> {
    let begun = Instant::now();
    loop {
        let done =
            connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0));
        match done {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && begun.elapsed() < PATIENCE =>
            {
                std::thread::sleep(Duration::from_millis(20));
            }
            // Some file systems refuse; the usual journal is as safe.
            other => return other.map(|_| ()),
        }
    }
}

/// Why a file cannot be opened as a store.
fn refused(file: &str, error: &rusqlite::Error) -> StoreError {
    let file = file.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => StoreError::Foreign { file },
        Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged {
            file,
            why: reason(error),
        },
        _ => StoreError::Open {
            file,
            why: reason(error),
        },
    }
}

/// SQLite's reason in plain words.
fn reason(error: &rusqlite::Error) -> String {
    match error.sqlite_error_code() {
        Some(ErrorCode::CannotOpen) => {
            "there is no such folder, it is a folder, or access is denied".to_string()
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => "it may not be written to".to_string(),
        Some(ErrorCode::DiskFull) => "no space is left on the device".to_string(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another process has kept it locked for a minute".to_string()
        }
        Some(ErrorCode::DatabaseCorrupt) => "its pages do not fit together".to_string(),
        _ => error.to_string(),
    }
}
