//! Makes runs, with progress, a store and interruption.

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::format::Footing;
use crate::cli::interrupt::Interrupt;
use crate::cli::options::Options;
use crate::cli::progress::Progress;
use crate::experiment::series::{Series, SeriesError};
use crate::experiment::store::Store;
use crate::experiment::training::{Run, Setup, train};
use std::path::Path;

/// Runs that were made or found.
pub(crate) struct Done {
    /// The finished ones, in the order in which they were asked for.
    pub(crate) runs: Vec<Run>,
    asked: usize,
    stored: bool,
}

impl Done {
    fn is_complete(&self) -> bool {
        self.runs.len() == self.asked
    }

    /// Says in a footing and on stderr if something is missing or wrong.
    pub(crate) fn say(&self, footing: &mut Footing) {
        for run in &self.runs {
            if let Some(bug) = &run.bug {
                super::super::complain(&format!(
                    "k = {}, n = {}, seed {}: {bug}",
                    run.setup.teachers, run.setup.neurons, run.setup.seed
                ));
            }
        }
        if self.is_complete() {
            return;
        }
        let kept = match self.stored {
            true => "; they are kept, and the same command goes on from there",
            false => "",
        };
        let said = format!(
            "interrupted after {} of {} runs{kept}",
            self.runs.len(),
            self.asked
        );
        super::super::complain(&said);
        footing.field("interrupted", true);
        footing.below.push(said);
    }

    /// The exit status.
    pub(crate) fn exit(&self) -> Exit {
        let wrong = self.runs.iter().any(|run| run.bug.is_some());
        match (self.is_complete(), wrong) {
            (false, _) => Exit::Stopped,
            (true, true) => Exit::Unsettled,
            (true, false) => Exit::Answered,
        }
    }
}

/// Takes runs from the store if there is one and makes the others.
pub(crate) fn work(setups: &[Setup], store: Option<&Path>, options: &Options) -> Result<Done, Failure> {
    let interrupt = Interrupt::listen();
    let store = store
        .map(Store::open)
        .transpose()
        .map_err(|error| Failure::bad_input(error.to_string()))?;
    let series =
        Series::new(setups, store.as_ref()).map_err(|error| Failure::bad_input(error.to_string()))?;
    let missing = u64::try_from(series.missing()).unwrap_or(u64::MAX);
    let progress = Progress::new(!options.quiet, missing, "runs");
    let one = |setup: &Setup| train(setup, &|| interrupt.is_set());
    let runs = series
        .run(&one, interrupt.flag(), &|_| progress.advance(1))
        .map_err(|error| match error {
            SeriesError::Setup(error) => Failure::bad_input(error.to_string()),
            SeriesError::Store(error) => Failure::Resources {
                what: "the work stopped".to_string(),
                why: error.to_string(),
            },
        })?;
    drop(progress);
    Ok(Done {
        runs: runs.into_iter().flatten().collect(),
        asked: setups.len(),
        stored: store.is_some(),
    })
}
