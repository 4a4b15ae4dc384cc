//! `copyavg concavity`: the theorem, or the scan that rests on none.

use super::error::Failure;
use super::exit::Exit;
use super::format::{Cell, Column, Footing, Heading, Row, print};
use super::integers::positive;
use super::interrupt::Interrupt;
use super::options::{Digits, Options};
use super::progress::Progress;
use crate::activation::Activation;
use crate::arithmetic::Interval;
use crate::arithmetic::digits::{self, DecimalEnclosure};
use crate::certify::concavity::{scan, second_difference};
use crate::theorem::catalogue::Catalogue;
use crate::theorem::claim::Work;
use crate::theorem::judge::judge;
use clap::Args;
use serde_json::{Map, Value, json};

/// Strict discrete concavity of the one-neuron loss,
/// L(ell+1) - 2 L(ell) + L(ell-1) < 0: for every ell >= 2 as a theorem, or for
/// ell up to N by differences of certified values.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  copyavg concavity --all\n  copyavg concavity --to 1000000")]
#[group(required = true, multiple = false)]
pub(crate) struct Arguments {
    /// For every ell >= 2, by the catalogue's theorem
    #[arg(long)]
    all: bool,

    /// For 2 <= ell <= N, by a scan
    #[arg(long, value_name = "N", value_parser = last, allow_hyphen_values = true)]
    to: Option<u64>,
}

fn last(text: &str) -> Result<u64, String> {
    match positive(text).map_err(|error| error.to_string())? {
        1 => Err("a scan begins at 2: N must be at least 2".to_string()),
        n if n >= crate::configuration::loss_table::LossTable::LARGEST => {
            Err("N must be below 10^18".to_string())
        }
        n => Ok(n),
    }
}

/// The answer in all formats.
struct Answer {
    to: String,
    verdict: &'static str,
    method: String,
    why: Option<String>,
    largest: Option<(u64, DecimalEnclosure)>,
}

pub(crate) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    let interrupt = Interrupt::listen();
    let answer = match arguments.to {
        None => theorem(&interrupt, options)?,
        Some(to) => by_scan(to, &interrupt, options),
    };
    let met = answer.largest.as_ref().is_none_or(|(_, value)| value.digits_met);
    let proved = answer.verdict == "proved";
    write(answer, options)?;
    Ok(if interrupt.is_set() {
        Exit::Stopped
    } else if proved && met {
        Exit::Answered
    } else {
        Exit::Unsettled
    })
}

fn theorem(interrupt: &Interrupt, options: &Options) -> Result<Answer, Failure> {
    let id = match options.activation {
        Activation::Erf => "concavity",
        Activation::ScaledErf(_) => "scaled-erf-concavity",
        Activation::ErfPrinted => "printed-activation",
    };
    let bad = |complaint: crate::theorem::complaint::Complaint| Failure::bad_input(complaint.to_string());
    let catalogue = Catalogue::built_in().map_err(bad)?;
    let place = catalogue.position(id).map_err(bad)?;
    let work = Work {
        max_precision: options.proof_limit(),
        max_cells: 200_000,
        interrupt: interrupt.flag(),
    };
    let judged = judge(&catalogue, &[place], &work, &|| {});
    let outcome = judged.iter().find(|j| j.entry == place).map(|j| &j.outcome);
    Ok(Answer {
        to: "infinity".to_string(),
        verdict: outcome.map_or("undecided", |outcome| outcome.word()),
        method: format!("theorem {id}: sign of the second derivative (copyavg verify {id} --explain)"),
        why: outcome.and_then(|outcome| outcome.reason()),
        largest: None,
    })
}

fn by_scan(to: u64, interrupt: &Interrupt, options: &Options) -> Answer {
    let kernel = options.activation.kernel();
    let progress = Progress::new(!options.quiet, to - 1, "second differences");
    let found = scan(&kernel, to, options.proof_limit(), interrupt.flag(), &|more| {
        progress.advance(more)
    });
    drop(progress);
    let value = |ell: u64| match options.digits_or(6) {
        Digits::Significant(count) => {
            // Second differences cancel about 4 log2(ell) bits.
            let limit = options
                .max_precision
                .unwrap_or_else(|| digits::limit(count.saturating_add(80)));
            digits::enclose(count, limit, |p| {
                second_difference(&Interval::context(p), &kernel, ell)
            })
        }
        Digits::Verdict => {
            let context = Interval::context(super::loss::start_precision(options));
            digits::outward(&second_difference(&context, &kernel, ell))
        }
    };
    let mut why = found.verdict.reason();
    if !found.verdict.is_proved() && found.settled_to >= 2 {
        why = why.map(|why| format!("{why}; proved for 2 <= ell <= {}", found.settled_to));
    }
    Answer {
        to: to.to_string(),
        verdict: found.verdict.word(),
        method: "differences of certified losses".to_string(),
        why,
        largest: found.largest_at.map(|ell| (ell, value(ell))),
    }
}

fn write(answer: Answer, options: &Options) -> Result<(), Failure> {
    let mut json = Map::new();
    json.insert("from".to_string(), json!("2"));
    json.insert("to".to_string(), json!(answer.to));
    json.insert("activation".to_string(), json!(options.activation.to_string()));
    json.insert("verdict".to_string(), json!(answer.verdict));
    json.insert("method".to_string(), json!(answer.method));
    if let Some(why) = &answer.why {
        json.insert("why".to_string(), json!(why));
    }
    let mut columns = vec![
        Column::number("from"),
        Column::number("to"),
        Column::text("verdict"),
        Column::text("method"),
    ];
    let mut cells = vec![
        Cell::Number("2".to_string()),
        Cell::Number(answer.to),
        Cell::Text(answer.verdict.to_string()),
        Cell::Text(answer.method),
    ];
    let mut below = Vec::new();
    if let Some((ell, value)) = answer.largest {
        json.insert(
            "largest_second_difference".to_string(),
            json!({"ell": ell.to_string(), "value": value}),
        );
        columns.push(Column::number("largest_at"));
        columns.push(Column::enclosure("largest_second_difference"));
        cells.push(Cell::Number(ell.to_string()));
        cells.push(Cell::Enclosure(value));
    }
    below.extend(answer.why.map(|why| format!("{}: {why}", answer.verdict)));
    if options.format == super::options::Format::Json {
        let mut output = super::output::Output::open(options)?;
        output.write(&format!("{}\n", Value::Object(json)))?;
        return output.finish();
    }
    let heading = Heading {
        fields: Map::new(),
        list: "rows",
        above: Vec::new(),
        columns,
    };
    print(
        options,
        &heading,
        &[Row {
            cells,
            json: Value::Null,
        }],
        &Footing {
            fields: Map::new(),
            below,
        },
    )
}
