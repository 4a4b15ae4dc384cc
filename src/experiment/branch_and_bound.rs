//! Branch and bound on the Grassmannian, part by part: side by side, with a
//! record of finished parts from which it can go on.

use crate::certify::grassmannian::{Cell, Examined, Outcome, Search, Shape};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// The finished parts of a search.
///
/// As a text it names the pair and the version of the method, one finished part
/// in each line and a digest of all that in the last: a record that was cut off
/// or damaged is not read. It is the program's own note, no certificate: who
/// writes one by hand deceives himself only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    shape: Shape,
    /// The number of parts.
    parts: usize,
    finished: BTreeMap<usize, Examined>,
}

/// A text that is no record of the search that is meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// The digest does not fit the text.
    #[error("it is not a complete record of a search")]
    Damaged,
    /// Another pair, or another version of the method.
    #[error("it is the record of another search: it begins `{found}`, not `{expected}`")]
    Other {
        /// Its first line.
        found: String,
        /// The first line of the one that is meant.
        expected: String,
    },
}

/// Raised whenever cells, parts or bounds change.
const METHOD: u32 = 1;

/// Cuts along each coordinate that make the parts.
const CUTS: usize = 2;

/// The least and the largest number of cuts in all.
const ALL_CUTS: (usize, usize) = (6, 16);

impl Record {
    /// Of a search that is to begin.
    #[must_use]
    pub fn new(shape: Shape) -> Self {
        let (least, most) = ALL_CUTS;
        let cuts = (CUTS * shape.dimension()).clamp(least, most);
        Self {
            shape,
            parts: 1 << cuts,
            finished: BTreeMap::new(),
        }
    }

    /// The number of parts.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.parts
    }

    /// The number of finished parts.
    #[must_use]
    pub fn finished(&self) -> usize {
        self.finished.len()
    }

    /// What was done on them.
    #[must_use]
    pub fn examined(&self) -> Examined {
        self.finished
            .values()
            .fold(Examined::default(), |sum, &one| sum.with(one))
    }

    fn title(&self) -> String {
        format!(
            "copyavg branch and bound, method {METHOD}: k = {}, n = {}, {} parts",
            self.shape.teachers(),
            self.shape.neurons(),
            self.parts
        )
    }

    /// The text.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = self.title() + "\n";
        for (part, examined) in &self.finished {
            let Examined {
                superfluous,
                near,
                below,
                deepest,
            } = examined;
            // Writing to a string does not fail.
            let _ = writeln!(text, "{part} {superfluous} {near} {below} {deepest}");
        }
        let digest = digest(&text);
        text + "sha256 " + &digest + "\n"
    }

    /// Reads the record of a search of this shape.
    ///
    /// # Errors
    /// If the text is none.
    pub fn read(text: &str, shape: Shape) -> Result<Self, RecordError> {
        let mut record = Self::new(shape);
        let expected = record.title();
        let title = text.lines().next().unwrap_or_default();
        if title != expected {
            let found = title.chars().take(80).collect();
            return Err(RecordError::Other { found, expected });
        }
        let body = text
            .rfind("sha256 ")
            .and_then(|at| text.get(..at))
            .ok_or(RecordError::Damaged)?;
        if text != format!("{body}sha256 {}\n", digest(body)) {
            return Err(RecordError::Damaged);
        }
        for line in body.lines().skip(1) {
            let (part, examined) = entry(line, record.parts).ok_or(RecordError::Damaged)?;
            record.finished.insert(part, examined);
        }
        Ok(record)
    }
}

fn entry(line: &str, parts: usize) -> Option<(usize, Examined)> {
    let numbers = line
        .split(' ')
        .map(str::parse)
        .collect::<Result<Vec<u64>, _>>()
        .ok()?;
    let [part, superfluous, near, below, deepest] = numbers[..] else {
        return None;
    };
    let examined = Examined {
        superfluous,
        near,
        below,
        deepest: u32::try_from(deepest).ok()?,
    };
    let part = usize::try_from(part).ok().filter(|&part| part < parts)?;
    Some((part, examined))
}

fn digest(text: &str) -> String {
    let mut digits = String::new();
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a string does not fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// How a search ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// All parts are settled: (M) holds for the pair.
    Settled(Examined),
    /// A part is not, for this reason.
    Open(String),
    /// It was stopped; the record holds what is finished.
    Stopped,
}

/// Works on the parts that `record` does not hold until all are finished, one is
/// not settled, or `stopped` is set. `saved` is called with the record after each
/// part. If all parts are settled, or the first one that is not settled is
/// reached, the result does not depend on the number of threads.
pub fn search(record: &mut Record, stopped: &AtomicBool, saved: &mut (dyn FnMut(&Record) + Send)) -> End {
    let Some(search) = Search::new(record.shape) else {
        return End::Open(
            "no ball around the copy-average projector was found in which the bound falls".into(),
        );
    };
    let ahead: Vec<(usize, Cell)> = search
        .parts(record.parts)
        .into_iter()
        .enumerate()
        .filter(|(part, _)| !record.finished.contains_key(part))
        .collect();
    // The first part that is not settled speaks for all: those behind it may stop.
    let unsettled = AtomicUsize::new(usize::MAX);
    let shared = Mutex::new((record, saved, None));
    ahead.par_iter().with_max_len(1).for_each(|&(part, cell)| {
        let halt = || stopped.load(Ordering::Relaxed) || unsettled.load(Ordering::Relaxed) < part;
        let outcome = search.run(cell, &halt);
        // A panic in `saved` has nothing to do with the record.
        let mut guard = shared.lock().unwrap_or_else(PoisonError::into_inner);
        let (record, saved, first) = &mut *guard;
        let reason = match outcome {
            Outcome::Settled(examined) => {
                record.finished.insert(part, examined);
                saved(record);
                return;
            }
            Outcome::Stopped => return,
            Outcome::Exceeded(cell) => exceeded(&search, cell),
            Outcome::Open(cell) => open(&search, cell),
        };
        if unsettled.fetch_min(part, Ordering::Relaxed) > part {
            *first = Some(reason);
        }
    });
    let (record, _, first) = shared.into_inner().unwrap_or_else(PoisonError::into_inner);
    match first {
        Some(reason) => End::Open(reason),
        None if record.finished.len() == record.parts => End::Settled(record.examined()),
        None => End::Stopped,
    }
}

fn exceeded(search: &Search, cell: Cell) -> String {
    format!(
        "the bound by projectors does not decide: it is below the copy-average loss near the span of (I; X), X = {}",
        search.place(cell)
    )
}

fn open(search: &Search, cell: Cell) -> String {
    format!(
        "the bound was not shown to be below its value at the copy-average projector near the span of (I; X), \
         X = {}, even on cells of {} cuts",
        search.place(cell),
        cell.depth
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape() -> Shape {
        Shape::new(4, 2).unwrap()
    }

    #[test]
    fn a_search_goes_on_where_it_was_stopped() {
        let never = AtomicBool::new(false);
        let mut whole = Record::new(shape());
        let End::Settled(all) = search(&mut whole, &never, &mut |_| {}) else {
            panic!("(4, 2) is settled");
        };
        assert!(all.near > 0 && all.below > 0 && all.superfluous > 0);
        assert_eq!(whole.finished(), whole.parts());
        // Half of it, then the rest.
        let mut half = whole.clone();
        half.finished.retain(|part, _| part % 2 == 0);
        let mut again = Record::read(&half.write(), shape()).unwrap();
        assert_eq!(again, half);
        let mut saves = 0;
        assert_eq!(search(&mut again, &never, &mut |_| saves += 1), End::Settled(all));
        assert!(saves > 0);
        assert_eq!(again, whole);
        // Stopped at once.
        let mut none = Record::new(shape());
        assert_eq!(
            search(&mut none, &AtomicBool::new(true), &mut |_| {}),
            End::Stopped
        );
        assert_eq!(none.finished(), 0);
    }

    #[test]
    fn a_damaged_record_is_not_read() {
        let mut record = Record::new(shape());
        search(&mut record, &AtomicBool::new(false), &mut |_| {});
        let text = record.write();
        assert_eq!(Record::read(&text, shape()), Ok(record.clone()));
        let other = Shape::new(5, 2).unwrap();
        assert!(matches!(
            Record::read(&text, other),
            Err(RecordError::Other { .. })
        ));
        assert!(matches!(
            Record::read("", shape()),
            Err(RecordError::Other { .. })
        ));
        for (at, byte) in text.bytes().enumerate().skip(record.title().len() + 1) {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if byte == b'0' { b'1' } else { b'0' };
            let changed = String::from_utf8(bytes).unwrap();
            assert_eq!(
                Record::read(&changed, shape()),
                Err(RecordError::Damaged),
                "{changed}"
            );
            let cut = text.get(..at).unwrap();
            assert_eq!(Record::read(cut, shape()), Err(RecordError::Damaged));
        }
    }
}
