//! `copyavg loss`: one-neuron optima with guaranteed digits.

use super::error::Failure;
use super::exit::Exit;
use super::format::{Cell, Column, Footing, Heading, Row, Table};
use super::integers::IntegerList;
use super::interrupt::Interrupt;
use super::options::Options;
use super::progress::Progress;
use super::reals::{self, Reals};
use crate::activation::Erf;
use crate::arithmetic::{Interval, Rational, Scalar, exact_root};
use crate::configuration::copy_average::{bucket_loss, squared_norm};
use clap::Args;
use rayon::prelude::*;
use serde_json::{Map, json};

/// The optimum of one neuron for ell teachers, with guaranteed digits
///
/// For each ell: the loss L(ell), the outgoing weight a and the norm r = |w| of
/// the incoming weight at the global minimum over all a and w. The neuron
/// points to the mean of its teachers; for erf, a = ell and r = 1/sqrt(2 ell - 1).
///
/// Digits before "…" are digits of the exact value. JSON and CSV give two
/// decimals with the exact value between them.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    copyavg loss 1..10                       a table for people\n  \
    copyavg loss 5 --digits 1000             a thousand guaranteed digits\n  \
    copyavg loss 1..1000000:1000 --format csv -o losses.csv\n  \
    copyavg loss 2,3,1000000000000000000 --format json\n  \
    copyavg loss 2..64:2 --activation erf:1/2 --format latex")]
pub(crate) struct Arguments {
    /// Numbers of teachers up to 10^18: A..B (both included), A..B:STEP, A,B,C or one
    #[arg(value_name = "ELLS", allow_hyphen_values = true)]
    ells: IntegerList,
}

pub(crate) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    let interrupt = Interrupt::listen();
    let kernel = options.activation.kernel();
    let reals = options.reals(15);
    let mut table = Table::begin(options, &heading(options))?;
    table.expect(optimum(&kernel, arguments.ells.greatest(), &reals).0);
    let progress = Progress::new(
        !options.quiet && !options.shows_rows(),
        arguments.ells.len(),
        "optima",
    );
    let mut footing = Footing::default();
    let mut exit = Exit::Answered;
    let mut short = 0_usize;
    let mut ells = arguments.ells.iter();
    loop {
        let batch: Vec<u64> = ells.by_ref().take(reals.batch()).collect();
        let Some(first) = batch.first() else {
            break;
        };
        if interrupt.is_set() {
            footing.field("interrupted", true);
            let said = format!("interrupted before ell = {first}; the rows up to there are complete");
            super::complain(&said);
            footing.below.push(said);
            exit = Exit::Stopped;
            break;
        }
        let rows: Vec<(Row, bool)> = batch
            .par_iter()
            .map(|&ell| optimum(&kernel, ell, &reals))
            .collect();
        short += rows.iter().filter(|(_, met)| !met).count();
        progress.advance(u64::try_from(rows.len()).unwrap_or(0));
        table.rows(&rows.into_iter().map(|(row, _)| row).collect::<Vec<_>>())?;
    }
    drop(progress);
    if short > 0 {
        exit = exit.max(Exit::Unsettled);
        super::complain(&reals::missing(short));
    }
    table.end(&footing)?;
    Ok(exit)
}

fn heading(options: &Options) -> Heading {
    let mut fields = Map::new();
    fields.insert("activation".to_string(), json!(options.activation.to_string()));
    Heading {
        fields,
        list: "rows",
        above: vec![format!(
            "The best neuron for ℓ teachers (activation {}): its loss L(ℓ), outgoing weight a, norm r = |w|",
            options.activation
        )],
        columns: vec![
            Column::number("ell").titled("ℓ", "$\\ell$"),
            Column::enclosure("loss").titled("L(ℓ)", "$L(\\ell)$"),
            Column::enclosure("a").titled("a", "$a$"),
            Column::enclosure("r").titled("r", "$r$"),
        ],
    }
}

/// The row of one ℓ, and whether all digits were met.
fn optimum(kernel: &Erf, ell: u64, reals: &Reals) -> (Row, bool) {
    let squared = squared_norm(kernel, ell);
    let root = exact_root(squared.numer()).zip(exact_root(squared.denom()));
    let loss = reals.print(|precision| bucket_loss(&Interval::context(precision), kernel, ell));
    let a = reals.exact(&Rational::from_integer(ell.into()));
    let r = match root {
        Some((p, q)) => reals.exact(&Rational::new(p, q)),
        None => reals.print(|precision| Interval::context(precision).rational(&squared).sqrt()),
    };
    let met = loss.digits_met && r.digits_met;
    let json = json!({"ell": ell.to_string(), "loss": loss, "a": a, "r": r});
    let cells = vec![
        Cell::Number(ell.to_string()),
        Cell::Enclosure(loss),
        Cell::Enclosure(a),
        Cell::Enclosure(r),
    ];
    (Row { cells, json }, met)
}
