//! Many runs: those that a store has are taken from it, the others are made, in
//! parallel, each kept as soon as it is finished.

use super::store::{Store, StoreError};
use super::training::{Run, Setup, SetupError};
use std::hash::{BuildHasher, RandomState};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Why a series ended early, in one sentence.
#[derive(Debug, thiserror::Error)]
pub enum SeriesError {
    /// A run cannot begin.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Runs that are asked for, some of them finished.
#[derive(Debug)]
pub struct Series<'a> {
    setups: &'a [Setup],
    store: Option<&'a Store>,
    runs: Vec<Option<Run>>,
}

impl<'a> Series<'a> {
    /// The runs with these setups; those in the store are finished already.
    ///
    /// # Errors
    /// If a run cannot begin or the store cannot be read.
    pub fn new(setups: &'a [Setup], store: Option<&'a Store>) -> Result<Self, SeriesError> {
        let mut runs = Vec::with_capacity(setups.len());
        for setup in setups {
            setup.validate()?;
            runs.push(store.map(|store| store.find(setup)).transpose()?.flatten());
        }
        Ok(Self { setups, store, runs })
    }

    /// How many runs are not finished.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.runs.iter().filter(|run| run.is_none()).count()
    }

    /// Makes the missing runs with `train` on all threads of the pool until they
    /// are finished, one fails, or `interrupted` is set (which `train` should heed
    /// too). `finished` hears of each.
    ///
    /// What comes out does not depend on the number of threads: runs stand in the
    /// order of their setups. With a store, each process takes the runs in an
    /// order of its own and looks before each whether another one has finished it
    /// meanwhile, so that processes share the work.
    ///
    /// # Errors
    /// The first run that cannot begin or that the store cannot keep; all that
    /// were finished before are kept.
    pub fn run(
        mut self,
        train: &(dyn Fn(&Setup) -> Result<Run, SetupError> + Sync),
        interrupted: &AtomicBool,
        finished: &(dyn Fn(&Run) + Sync),
    ) -> Result<Vec<Option<Run>>, SeriesError> {
        let mut order: Vec<usize> = (0..self.runs.len())
            .filter(|&index| self.runs[index].is_none())
            .collect();
        if self.store.is_some() {
            let own = RandomState::new();
            order.sort_by_cached_key(|index| own.hash_one(index));
        }
        let (next, failed) = (AtomicUsize::new(0), AtomicBool::new(false));
        let made = Mutex::new(Vec::new());
        let failure = Mutex::new(None);
        let one = |setup: &Setup| -> Result<Option<Run>, SeriesError> {
            if let Some(store) = self.store
                && let Some(run) = store.find(setup)?
            {
                return Ok(Some(run));
            }
            let run = train(setup)?;
            if !run.stopped.is_finished() {
                return Ok(None);
            }
            if let Some(store) = self.store {
                store.keep(&run)?;
            }
            Ok(Some(run))
        };
        let work = || {
            while !interrupted.load(Ordering::Relaxed) && !failed.load(Ordering::Relaxed) {
                let Some(&index) = order.get(next.fetch_add(1, Ordering::Relaxed)) else {
                    break;
                };
                match one(&self.setups[index]) {
                    Ok(Some(run)) => {
                        finished(&run);
                        held(&made).push((index, run));
                    }
                    Ok(None) => {}
                    Err(error) => {
                        failed.store(true, Ordering::Relaxed);
                        held(&failure).get_or_insert(error);
                    }
                }
            }
        };
        rayon::broadcast(|_| work());
        if let Some(error) = held(&failure).take() {
            return Err(error);
        }
        for (index, run) in made.into_inner().unwrap_or_else(PoisonError::into_inner) {
            self.runs[index] = Some(run);
        }
        Ok(self.runs)
    }
}

/// What a mutex guards; a panic elsewhere ends the program anyway.
fn held<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
