//! `copyavg loss`: one-neuron optima with guaranteed digits.

use super::error::Failure;
use super::exit::Exit;
use super::format::{Cell, Column, Footing, Heading, Row, Table};
use super::integers::IntegerList;
use super::interrupt::Interrupt;
use super::options::{Digits, Options};
use super::progress::Progress;
use crate::activation::Erf;
use crate::arithmetic::digits;
use crate::arithmetic::{DoubleInterval, Interval, Precision, Rational, Scalar, exact_root};
use crate::configuration::copy_average::{bucket_loss, squared_norm};
use clap::Args;
use rayon::prelude::*;
use serde_json::{Map, Value, json};

/// Rows computed before they are written.
const CHUNK: usize = 1024;

/// The optimum of one neuron for ell teachers: loss L(ell), outgoing weight a
/// and norm r = |w| of the incoming weight, each between two decimals.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    copyavg loss 1..10 --digits 30\n  \
    copyavg loss 1000000000000000000 --digits 1000 --format json\n  \
    copyavg loss 2..64:2 --activation erf:1/2 --format latex")]
pub(crate) struct Arguments {
    /// Numbers of teachers: A..B (both included), A..B:STEP, A,B,C or one number, up to 10^18
    #[arg(value_name = "ELLS", allow_hyphen_values = true)]
    ells: IntegerList,
}

pub(crate) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    let interrupt = Interrupt::listen();
    let kernel = options.activation.kernel();
    let wanted = options.digits_or(15);
    let mut fields = Map::new();
    fields.insert("activation".to_string(), json!(options.activation.to_string()));
    let heading = Heading {
        fields,
        list: "rows",
        above: Vec::new(),
        columns: vec![
            Column::number("ell"),
            Column::enclosure("loss"),
            Column::enclosure("a"),
            Column::enclosure("r"),
        ],
    };
    let mut table = Table::begin(options, &heading)?;
    let progress = Progress::new(!options.quiet, arguments.ells.len(), "optima");
    let mut footing = Footing::default();
    let mut exit = Exit::Answered;
    let mut ells = arguments.ells.iter();
    loop {
        let chunk: Vec<u64> = ells.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            break;
        }
        if interrupt.is_set() {
            footing
                .fields
                .insert("interrupted".to_string(), Value::Bool(true));
            footing
                .below
                .push(format!("interrupted before ell = {}", chunk[0]));
            exit = Exit::Stopped;
            break;
        }
        let rows: Vec<(Row, bool)> = chunk
            .par_iter()
            .map(|&ell| optimum(&kernel, ell, wanted, options))
            .collect();
        if rows.iter().any(|(_, met)| !met) {
            exit = exit.max(Exit::Unsettled);
        }
        progress.advance(u64::try_from(rows.len()).unwrap_or(0));
        table.rows(&rows.into_iter().map(|(row, _)| row).collect::<Vec<_>>())?;
    }
    table.end(&footing)?;
    Ok(exit)
}

/// The row of one ℓ, and whether all digits were met.
fn optimum(kernel: &Erf, ell: u64, wanted: Digits, options: &Options) -> (Row, bool) {
    let a = digits::exact(&Rational::from_integer(ell.into()), 1);
    let squared = squared_norm(kernel, ell);
    let root = exact_root(squared.numer()).zip(exact_root(squared.denom()));
    let (loss, r) = match wanted {
        Digits::Significant(count) => {
            let limit = options.digit_limit(count);
            let loss = digits::enclose(count, limit, |p| bucket_loss(&Interval::context(p), kernel, ell));
            let r = match root {
                Some((p, q)) => digits::exact(&Rational::new(p, q), count),
                None => digits::enclose(count, limit, |p| Interval::context(p).rational(&squared).sqrt()),
            };
            (loss, r)
        }
        Digits::Verdict => {
            let context = DoubleInterval::context();
            let loss = bucket_loss(&context, kernel, ell);
            (
                digits::outward(&loss),
                digits::outward(&context.rational(&squared).sqrt()),
            )
        }
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

/// Bits that a proof starts with, for commands that do not print digits.
pub(crate) fn start_precision(options: &Options) -> Precision {
    options.precision.unwrap_or(Precision::START)
}
