//! A row for each pair of k and n.

use super::Arguments;
use crate::activation::Erf;
use crate::arithmetic::{Interval, Precision};
use crate::certify::family;
use crate::certify::global::lower_bound::every_student;
use crate::certify::spectrum::Kind;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::format::{Cell, Column, Footing, Heading, Row, Table};
use crate::cli::interrupt::Interrupt;
use crate::cli::options::Options;
use crate::cli::picture::Picture;
use crate::cli::progress::Progress;
use crate::cli::reals::{self, Reals};
use crate::configuration::copy_average::bucket_loss;
use crate::configuration::family::perturbed_copy::PerturbedCopy;
use crate::experiment::global_optimum::shown_at;
use crate::experiment::phase::{Lower, Phase};
use crate::find::perturbed_copy::candidate;
use rayon::prelude::*;
use serde_json::{Map, Value, json};

/// The most pairs in one run.
const MOST_PAIRS: u64 = 10_000_000;

/// Pairs worked on between two looks at the interrupt.
const BATCH: usize = 256;

pub(super) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    let pairs = pairs(arguments)?;
    let interrupt = Interrupt::listen();
    let reals = options.reals(6);
    let limit = options.proof_limit();
    let picture = Picture::open(arguments.plot.as_deref(), options)?;
    let mut drawn: Vec<Phase> = Vec::new();
    let mut table = Table::begin(options, &heading())?;
    let total = u64::try_from(pairs.len()).unwrap_or(u64::MAX);
    let progress = Progress::new(!options.quiet && !options.shows_rows(), total, "pairs");
    let mut footing = Footing::default();
    let (mut unsettled, mut short, mut done) = (0_usize, 0_usize, 0_usize);
    let mut exit = Exit::Answered;
    for batch in pairs.chunks(BATCH) {
        if interrupt.is_set() {
            footing.field("interrupted", true);
            let said = format!("interrupted after {done} of {total} pairs");
            crate::cli::complain(&said);
            footing.below.push(said);
            exit = Exit::Stopped;
            break;
        }
        let (rows, phases): (Vec<Examined>, Vec<Phase>) = batch
            .par_iter()
            .filter_map(|&(k, n)| Phase::of(n, k, limit))
            .map(|phase| (Examined::of(&phase, &reals, limit), phase))
            .unzip();
        if picture.is_some() {
            drawn.extend(phases);
        }
        unsettled += rows.iter().filter(|row| !row.settled).count();
        short += rows.iter().filter(|row| !row.digits_met).count();
        done += batch.len();
        progress.advance(u64::try_from(batch.len()).unwrap_or(0));
        table.rows(&rows.into_iter().map(|row| row.row).collect::<Vec<_>>())?;
    }
    drop(progress);
    if unsettled > 0 || short > 0 {
        exit = exit.max(Exit::Unsettled);
    }
    if unsettled > 0 {
        crate::cli::complain(&format!(
            "{unsettled} pairs are not settled; for each, copyavg certify says why"
        ));
    }
    if short > 0 {
        crate::cli::complain(&reals::missing(short));
    }
    footing
        .below
        .push("Kinds and orders are proved where they are not called undecided.".to_string());
    table.end(&footing)?;
    if let Some(picture) = picture {
        picture.finish(crate::plot::losses(&drawn))?;
    }
    Ok(exit)
}

/// The pairs (k, n) that were asked for, in the order of the lists.
fn pairs(arguments: &Arguments) -> Result<Vec<(u64, u64)>, Failure> {
    let asked = |k: u64| arguments.n.as_ref().map_or(k, |n| n.len().min(k));
    let total = arguments.k.iter().try_fold(0_u64, |sum, k| {
        sum.checked_add(asked(k)).filter(|&sum| sum <= MOST_PAIRS)
    });
    if arguments.k.len() > MOST_PAIRS || total.is_none() {
        return Err(Failure::bad_input(format!(
            "these are more than {MOST_PAIRS} pairs: choose fewer with -n, or ask for --thresholds"
        )));
    }
    let mut pairs = Vec::new();
    for k in arguments.k.iter() {
        match &arguments.n {
            None => pairs.extend((1..=k).map(|n| (k, n))),
            Some(list) => pairs.extend(list.iter().filter(|&n| n <= k).map(|n| (k, n))),
        }
    }
    if pairs.is_empty() {
        return Err(Failure::bad_input(
            "no pair is left: choose 1 <= n <= k for at least one of them".to_string(),
        ));
    }
    Ok(pairs)
}

fn heading() -> Heading {
    Heading {
        fields: Map::new(),
        list: "rows",
        above: vec![
            "The best copy-average configuration and the perturbed copy, for n neurons and k teachers in d = k inputs"
                .to_string(),
        ],
        columns: vec![
            Column::number("k").titled("k", "$k$"),
            Column::number("n").titled("n", "$n$"),
            Column::enclosure("copy_average_loss").titled("copy-average", "copy-average"),
            Column::text("copy_average_kind").titled("kind", "kind"),
            Column::enclosure("perturbed_copy_loss").titled("perturbed copy", "perturbed copy"),
            Column::text("perturbed_copy_kind").titled("kind", "kind"),
            Column::enclosure("lower_bound").titled("every student above", "every student above"),
            Column::text("global_minimum").titled("global minimum", "global minimum"),
            Column::text("lower"),
        ],
    }
}

/// A row, and whether it is as it should be.
struct Examined {
    row: Row,
    settled: bool,
    digits_met: bool,
}

impl Examined {
    fn of(phase: &Phase, reals: &Reals, limit: Precision) -> Self {
        let (k, n) = (phase.teachers, phase.neurons);
        let loss =
            reals.print(|precision| bucket_loss(&Interval::context(precision), &Erf::standard(), k - n + 1));
        let mut digits_met = loss.digits_met;
        let mut cells = vec![
            Cell::Number(k.to_string()),
            Cell::Number(n.to_string()),
            Cell::Enclosure(loss.clone()),
            Cell::Text(phase.copy_average_kind.word().to_string()),
        ];
        let perturbed = match &phase.perturbed_copy {
            None => {
                cells.extend([Cell::Absent, Cell::Absent]);
                Value::Null
            }
            Some(Err(why)) => {
                cells.extend([Cell::Absent, Cell::Text(Kind::Undecided.word().to_string())]);
                json!({
                    "exists": "undecided",
                    "loss": Value::Null,
                    "kind": Kind::Undecided.word(),
                    "why": why.to_string(),
                })
            }
            Some(Ok(found)) => {
                let member = &found.member;
                // The loss as it was decided, or again where digits are missing.
                let loss = reals.print(|precision| {
                    let context = Interval::context(precision);
                    if precision.bits() <= member.bits.min(limit.bits()) {
                        return member.loss.clone();
                    }
                    let again = PerturbedCopy::new(n, k, k)
                        .and_then(|family| Some((candidate(&family)?, family)))
                        .and_then(|(near, family)| {
                            family::loss(&context, &family, &near.point, &member.place).ok()
                        });
                    again.unwrap_or_else(|| member.loss.clone())
                });
                digits_met &= loss.digits_met;
                let kind = member.spectrum.kind.word();
                cells.extend([Cell::Enclosure(loss.clone()), Cell::Text(kind.to_string())]);
                json!({"exists": "proved", "loss": loss, "kind": kind})
            }
        };
        let lower = phase.lower().word();
        let optimal = shown_at(n, k, limit).is_some();
        let bound = reals.print(|precision| {
            let context = Interval::context(precision);
            match optimal {
                true => bucket_loss(&context, &Erf::standard(), k - n + 1),
                false => every_student(&context, n, k),
            }
        });
        digits_met &= bound.digits_met;
        // What is the global minimum, if that is known.
        let global = match (optimal, phase.lower()) {
            (true, _) => "copy-average (proved)",
            (false, Lower::PerturbedCopy) => "not copy-average",
            (false, _) => "undecided",
        };
        cells.extend([
            Cell::Enclosure(bound.clone()),
            Cell::Text(global.to_string()),
            Cell::Text(lower.to_string()),
        ]);
        let json = json!({
            "k": k,
            "n": n,
            "copy_average": {"loss": loss, "kind": phase.copy_average_kind.word()},
            "perturbed_copy": perturbed,
            "lower": lower,
            "lower_bound": bound,
            "global_minimum": global,
        });
        Self {
            row: Row { cells, json },
            settled: phase.is_settled(),
            digits_met,
        }
    }
}
