//! The search behind `copyavg global`, with its record in a file.

use super::error::Failure;
use super::interrupt::Interrupt;
use super::options::Options;
use super::output::{Output, reason};
use super::progress::Progress;
use crate::certify::grassmannian::Shape;
use crate::experiment::branch_and_bound::{End, Record, search};
use clap::Args;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Options of the search.
#[derive(Debug, Args)]
pub(crate) struct SearchArguments {
    /// Where nothing else decides about one pair, search on the Grassmannian,
    /// however long it takes (without this option only if (n-1)(k-n) <= 6)
    #[arg(long)]
    branch_and_bound: bool,

    /// Keep what the search has finished in FILE, and go on from there if it
    /// exists
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
}

/// Searches in fewer dimensions take a minute at most.
const SHORT: usize = 6;

/// The record is written no more often than that.
const PAUSE: Duration = Duration::from_secs(5);

impl SearchArguments {
    /// Whether a search was asked for.
    pub(crate) fn are_given(&self) -> bool {
        self.branch_and_bound || self.state.is_some()
    }

    /// Searches, if the pair is small enough or the user wants it; `None` if
    /// there is no search.
    ///
    /// # Errors
    /// If the record cannot be read or written, or if a search was asked for
    /// that would not end.
    pub(crate) fn run(
        &self,
        teachers: u64,
        neurons: u64,
        options: &Options,
        interrupt: &Interrupt,
    ) -> Result<Option<End>, Failure> {
        let shape = usize::try_from(teachers)
            .ok()
            .zip(usize::try_from(neurons).ok())
            .and_then(|(k, n)| Shape::new(k, n));
        let Some(shape) = shape else {
            return if self.are_given() {
                Err(Failure::bad_input(format!(
                    "branch and bound is for 2 <= n < k <= {}, not for k = {teachers}, n = {neurons}",
                    Shape::MOST_TEACHERS
                )))
            } else {
                Ok(None)
            };
        };
        if shape.dimension() > SHORT && !self.are_given() {
            return Ok(None);
        }
        let mut record = self.record(shape)?;
        // What rests on a file is said: its digest guards against accidents only.
        if let Some(path) = self.state.as_ref().filter(|_| record.finished() > 0) {
            super::complain(&format!(
                "{} of {} parts are taken from {}, as an earlier run recorded them",
                record.finished(),
                record.parts(),
                path.display()
            ));
        }
        let total = u64::try_from(record.parts()).unwrap_or(u64::MAX);
        let progress = Progress::new(!options.quiet, total, "parts of the Grassmannian");
        let mut shown = 0;
        let (mut last, mut failed) = (Instant::now(), None);
        let end = search(&mut record, interrupt.flag(), &mut |record| {
            let finished = u64::try_from(record.finished()).unwrap_or(0);
            progress.advance(finished - shown);
            shown = finished;
            if last.elapsed() >= PAUSE && failed.is_none() {
                failed = self.keep(record).err();
                last = Instant::now();
            }
        });
        drop(progress);
        if let Some(failure) = failed {
            return Err(failure);
        }
        self.keep(&record)?;
        if end == End::Stopped {
            super::complain(&format!(
                "interrupted after {} of {} parts{}",
                record.finished(),
                record.parts(),
                match &self.state {
                    Some(path) => format!("; the same command goes on from {}", path.display()),
                    None => "; with --state FILE they would have been kept".to_string(),
                }
            ));
        }
        Ok(Some(end))
    }

    /// The record to begin with.
    fn record(&self, shape: Shape) -> Result<Record, Failure> {
        let Some(path) = self.state.as_deref().filter(|path| path.exists()) else {
            return Ok(Record::new(shape));
        };
        let refused =
            |why: String| Failure::bad_input(format!("cannot go on from {}: {why}", path.display()));
        let text = read(path).map_err(refused)?;
        Record::read(&text, shape).map_err(|error| refused(error.to_string()))
    }

    /// Writes the record, if it is to be kept.
    fn keep(&self, record: &Record) -> Result<(), Failure> {
        let Some(path) = &self.state else {
            return Ok(());
        };
        let mut file = Output::open_path(Some(path), true)?;
        file.write(&record.write())?;
        file.finish()
    }
}

/// Records are a few megabytes at most.
const LARGEST: u64 = 1 << 26;

fn read(path: &Path) -> Result<String, String> {
    let size = std::fs::metadata(path).map_err(|error| reason(&error))?.len();
    if size > LARGEST {
        return Err("it is too large for a record".to_string());
    }
    std::fs::read_to_string(path).map_err(|error| reason(&error))
}
