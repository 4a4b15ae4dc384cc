//! Which runs are asked for.

use super::Arguments;
use crate::cli::error::Failure;
use crate::cli::integers::{IntegerList, SeedList, positive, shortened};
use crate::cli::options::Options;
use crate::cli::output::reason;
use crate::experiment::training::{Setup, Start, Tolerances, weights};
use clap::Args;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The most runs in one command.
const MOST_RUNS: u64 = 1_000_000;

/// The largest file of weights that is read: a gigabyte.
const LARGEST_FILE: u64 = 1 << 30;

/// How runs are made.
#[derive(Debug, Args)]
pub(crate) struct How {
    /// Input dimension, at least k (default: k)
    #[arg(short, value_name = "D", value_parser = positive, allow_negative_numbers = true)]
    pub(super) d: Option<u64>,

    /// Seeds of the initial weights, one run for each: A..B (both included), A..B:STEP, A,B,C
    /// or one (default: 0..19)
    #[arg(long, value_name = "SEEDS", allow_hyphen_values = true)]
    pub(crate) seeds: Option<SeedList>,

    /// Distribution of the initial weights: glorot-normal, glorot-uniform, or small-norm:SCALE
    /// with Gaussian weights of that standard deviation (0.01 without :SCALE)
    #[arg(
        long,
        value_name = "START",
        value_parser = start,
        default_value = "glorot-normal",
        hide_default_value = true
    )]
    start: Start,

    /// Relative tolerance of a step of the flow
    #[arg(long, value_name = "T", default_value_t = Tolerances::default().relative, allow_negative_numbers = true)]
    relative_tolerance: f64,

    /// The largest entry of the gradient at which a run counts as converged
    #[arg(long, value_name = "G", default_value_t = Tolerances::default().gradient, allow_negative_numbers = true)]
    gradient_tolerance: f64,

    /// The time of the flow after which a run is given up
    #[arg(long, value_name = "T", default_value_t = Tolerances::default().flow_time, allow_negative_numbers = true)]
    flow_time: f64,

    /// The number of steps of the flow after which a run is given up
    #[arg(long, value_name = "N", default_value_t = Tolerances::default().steps)]
    max_steps: u64,

    /// Keep finished runs in this SQLite database, and take those that it has
    #[arg(long, value_name = "FILE")]
    pub(crate) store: Option<PathBuf>,
}

/// Reads the name of a distribution.
fn start(text: &str) -> Result<Start, String> {
    let (name, scale) = match text.split_once(':') {
        Some((name, scale)) => (name, Some(scale)),
        None => (text, None),
    };
    let start = match (name, scale) {
        ("glorot-normal", None) => Some(Start::GlorotNormal),
        ("glorot-uniform", None) => Some(Start::GlorotUniform),
        ("small-norm", None) => Some(Start::SmallNorm { scale: 0.01 }),
        ("small-norm", Some(scale)) => scale.parse().ok().map(|scale| Start::SmallNorm { scale }),
        _ => None,
    };
    start.ok_or_else(|| {
        format!(
            "it takes glorot-normal, glorot-uniform or small-norm:SCALE with a positive number, not \"{}\"",
            shortened(text)
        )
    })
}

impl How {
    fn tolerances(&self) -> Tolerances {
        Tolerances {
            relative: self.relative_tolerance,
            gradient: self.gradient_tolerance,
            flow_time: self.flow_time,
            steps: self.max_steps,
        }
    }

    /// The runs for pairs (k, n), all seeds of a pair together, each checked.
    pub(crate) fn setups(
        &self,
        pairs: &[(u64, u64)],
        usual: &str,
        options: &Options,
    ) -> Result<Vec<Setup>, Failure> {
        let usual: SeedList = usual
            .parse()
            .map_err(|error| Failure::bad_input(format!("--seeds: {error}")))?;
        let seeds = &self.seeds.as_ref().unwrap_or(&usual).0;
        let runs = u64::try_from(pairs.len())
            .unwrap_or(u64::MAX)
            .saturating_mul(seeds.len());
        if runs > MOST_RUNS {
            return Err(Failure::bad_input(format!(
                "these are {runs} runs, and {MOST_RUNS} are the most at a time: choose fewer seeds or fewer n"
            )));
        }
        let mut once = BTreeSet::new();
        let seeds: Vec<u64> = seeds.iter().filter(|&seed| once.insert(seed)).collect();
        let mut setups = Vec::new();
        for &(k, n) in pairs {
            for &seed in &seeds {
                setups.push(Setup {
                    activation: options.activation.clone(),
                    neurons: size(n)?,
                    teachers: size(k)?,
                    dimension: size(self.d.unwrap_or(k))?,
                    start: self.start.clone(),
                    seed,
                    tolerances: self.tolerances(),
                });
            }
            // All seeds of a pair have the same shape.
            if let Some(setup) = setups.last() {
                checked(setup)?;
            }
        }
        Ok(setups)
    }
}

fn size(number: u64) -> Result<usize, Failure> {
    usize::try_from(number)
        .map_err(|_| Failure::bad_input(format!("{number} neurons or teachers are too many")))
}

fn checked(setup: &Setup) -> Result<(), Failure> {
    setup
        .validate()
        .map_err(|error| Failure::bad_input(error.to_string()))
}

/// The runs that the arguments ask for: at least one.
pub(super) fn setups(arguments: &Arguments, options: &Options) -> Result<Vec<Setup>, Failure> {
    if !arguments.init.is_empty() {
        return given(arguments, options);
    }
    let pairs = pairs(&arguments.k, arguments.n.as_ref());
    let setups = arguments.how.setups(&pairs, "0..19", options)?;
    if setups.is_empty() {
        return Err(Failure::bad_input(
            "no run is left: choose 1 <= n <= k for at least one of them".to_string(),
        ));
    }
    Ok(setups)
}

/// The pairs (k, n) in the order of the lists. With one k a larger n stays, to be
/// complained about; with several it is left out.
fn pairs(ks: &IntegerList, ns: Option<&IntegerList>) -> Vec<(u64, u64)> {
    let one = ks.len() == 1;
    let most = usize::try_from(MOST_RUNS).unwrap_or(usize::MAX);
    let mut once = BTreeSet::new();
    let of = |k: u64| ns.into_iter().flat_map(IntegerList::iter).map(move |n| (k, n));
    ks.iter()
        .take(most + 1)
        .flat_map(of)
        .filter(|&(k, n)| (one || n <= k) && once.insert((k, n)))
        .take(most + 1)
        .collect()
}

/// Runs from files of weights.
fn given(arguments: &Arguments, options: &Options) -> Result<Vec<Setup>, Failure> {
    let one = |list: &IntegerList, name: &str| match list.len() {
        1 => Ok(list.greatest()),
        _ => Err(Failure::bad_input(format!(
            "--init starts from one file of weights at a time: give one {name}"
        ))),
    };
    let k = one(&arguments.k, "-k")?;
    let n = arguments.n.as_ref().map(|list| one(list, "-n")).transpose()?;
    let mut setups = Vec::new();
    for (path, seed) in arguments.init.iter().zip(0..) {
        let name = path.display();
        let text = read(path)?;
        let found = weights::read(&text).map_err(|error| Failure::bad_input(format!("{name}: {error}")))?;
        if let Some(n) = n
            && size(n)? != found.outgoing.len()
        {
            return Err(Failure::bad_input(format!(
                "{name} has {} rows, one for each neuron, where -n says {n}",
                found.outgoing.len()
            )));
        }
        let setup = Setup {
            activation: options.activation.clone(),
            neurons: found.outgoing.len(),
            teachers: size(k)?,
            dimension: found.dimension,
            start: Start::Given {
                outgoing: found.outgoing,
                weights: found.weights,
            },
            seed,
            tolerances: arguments.how.tolerances(),
        };
        checked(&setup).map_err(|error| Failure::bad_input(format!("{name}: {error}")))?;
        setups.push(setup);
    }
    Ok(setups)
}

fn read(path: &Path) -> Result<String, Failure> {
    let name = path.display();
    let unreadable = |why: String| Failure::bad_input(format!("cannot read {name}: {why}"));
    let about = std::fs::metadata(path).map_err(|error| unreadable(missing(&error)))?;
    if about.is_dir() {
        return Err(unreadable("it is a folder".to_string()));
    }
    if about.len() > LARGEST_FILE {
        return Err(unreadable("it is larger than a gigabyte".to_string()));
    }
    let bytes = std::fs::read(path).map_err(|error| unreadable(missing(&error)))?;
    String::from_utf8(bytes).map_err(|_| unreadable("it is not text".to_string()))
}

fn missing(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_string(),
        _ => reason(error),
    }
}
