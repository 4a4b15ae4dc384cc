//! For each k, where phases change.

use super::Arguments;
use crate::certify::verdict::Verdict;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::format::{Cell, Column, Footing, Heading, Row, Table};
use crate::cli::interrupt::Interrupt;
use crate::cli::options::Options;
use crate::cli::picture::Picture;
use crate::cli::progress::Progress;
use crate::experiment::threshold::{Threshold, Thresholds};
use rayon::prelude::*;
use serde_json::{Map, Value, json};

/// Values of k worked on at a time.
const BATCH: usize = 16;

pub(super) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    if arguments.k.iter().any(|k| k < 3) {
        return Err(Failure::bad_input(
            "thresholds need -k 3 or more: below, no number of neurons leaves a perturbed copy".to_string(),
        ));
    }
    let interrupt = Interrupt::listen();
    let limit = options.proof_limit();
    let picture = Picture::open(arguments.plot.as_deref(), options)?;
    let mut drawn: Vec<Thresholds> = Vec::new();
    let mut table = Table::begin(options, &heading())?;
    let progress = Progress::new(
        !options.quiet && !options.shows_rows(),
        arguments.k.len(),
        "values of k",
    );
    let going_on = || !interrupt.is_set();
    let mut footing = Footing::default();
    let (mut exit, mut open) = (Exit::Answered, 0_usize);
    let mut ks = arguments.k.iter();
    loop {
        let batch: Vec<u64> = ks.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let found: Vec<Option<Thresholds>> = batch
            .par_iter()
            .map(|&k| Thresholds::at(k, limit, &going_on))
            .collect();
        // What was finished before an interruption stays, in order.
        let complete: Vec<Thresholds> = found.into_iter().map_while(|found| found).collect();
        open += complete.iter().filter(|found| !is_settled(found)).count();
        let rows: Vec<Row> = complete.iter().map(row).collect();
        progress.advance(u64::try_from(rows.len()).unwrap_or(0));
        table.rows(&rows)?;
        let reached = complete.len();
        drawn.extend(complete);
        if let Some(&k) = batch.get(reached) {
            footing.field("interrupted", true);
            let said = format!("interrupted before k = {k}; the rows up to there are complete");
            crate::cli::complain(&said);
            footing.below.push(said);
            exit = Exit::Stopped;
            break;
        }
    }
    drop(progress);
    if open > 0 {
        exit = exit.max(Exit::Unsettled);
        crate::cli::complain(&format!(
            "a verdict beside a threshold is open for {open} values of k"
        ));
    }
    footing.below.extend([
        "proved: it holds at this n, and fails at the neighbour (beyond which nothing is claimed);"
            .to_string(),
        "holds: it holds at this n, and there is no neighbour.".to_string(),
    ]);
    table.end(&footing)?;
    if let Some(picture) = picture {
        picture.finish(crate::plot::thresholds(&drawn))?;
    }
    Ok(exit)
}

fn heading() -> Heading {
    Heading {
        fields: Map::new(),
        list: "thresholds",
        above: vec![
            "Where phases change as n grows, for k teachers in d = k inputs: the perturbed copy is a strict local"
                .to_string(),
            "minimum from, its loss is the lower one from, and copy-average is a strict local minimum up to n".to_string(),
        ],
        columns: vec![
            Column::number("k").titled("k", "$k$"),
            Column::number("perturbed_minimum_from").titled("minimum from", "minimum from"),
            Column::text("perturbed_minimum_verdict").titled("", ""),
            Column::number("perturbed_lower_from").titled("lower from", "lower from"),
            Column::text("perturbed_lower_verdict").titled("", ""),
            Column::number("copy_average_minimum_to").titled("copy-average to", "copy-average to"),
            Column::text("copy_average_minimum_verdict").titled("", ""),
        ],
    }
}

fn all(found: &Thresholds) -> [(&'static str, Option<&Threshold>); 3] {
    [
        ("perturbed_minimum_from", found.perturbed_minimum_from.as_ref()),
        ("perturbed_lower_from", found.perturbed_lower_from.as_ref()),
        ("copy_average_minimum_to", found.copy_average_minimum_to.as_ref()),
    ]
}

fn is_settled(found: &Thresholds) -> bool {
    all(found).iter().all(|(_, threshold)| {
        threshold.is_none_or(|threshold| {
            threshold.holds.is_proved() && threshold.fails_beyond.as_ref().is_none_or(Verdict::is_proved)
        })
    })
}

fn row(found: &Thresholds) -> Row {
    let mut cells = vec![Cell::Number(found.teachers.to_string())];
    let mut fields = Map::new();
    fields.insert("k".to_string(), json!(found.teachers));
    for (name, threshold) in all(found) {
        let Some(threshold) = threshold else {
            cells.extend([Cell::Absent, Cell::Absent]);
            fields.insert(name.to_string(), Value::Null);
            continue;
        };
        let beyond = threshold.fails_beyond.as_ref();
        let word = match (&threshold.holds, beyond) {
            (Verdict::Proved, None) => "holds",
            (Verdict::Proved, Some(Verdict::Proved)) => "proved",
            _ => "undecided",
        };
        cells.extend([
            Cell::Number(threshold.neurons.to_string()),
            Cell::Text(word.to_string()),
        ]);
        fields.insert(
            name.to_string(),
            json!({
                "n": threshold.neurons,
                "holds_at": threshold.holds.word(),
                "fails_at_neighbour": beyond.map(Verdict::word),
            }),
        );
    }
    Row {
        cells,
        json: Value::Object(fields),
    }
}
