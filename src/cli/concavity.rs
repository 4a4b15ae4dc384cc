//! `copyavg concavity`: the theorem, or the scan that rests on none.

use super::error::Failure;
use super::exit::Exit;
use super::format::{Cell, Column, Footing, Heading, Row, Shape, print_as};
use super::integers::positive;
use super::interrupt::Interrupt;
use super::options::Options;
use super::progress::Progress;
use crate::arithmetic::Interval;
use crate::arithmetic::digits::DecimalEnclosure;
use crate::certify::concavity::{scan, second_difference};
use crate::theorem::known;
use clap::Args;
use serde_json::{Map, Value, json};

/// Strict concavity of the one-neuron loss: the theorem, or a scan
///
/// L(ell+1) - 2 L(ell) + L(ell-1) < 0: for every ell >= 2 as a theorem of the
/// catalogue, or for 2 <= ell <= N by differences of certified values of L,
/// which rests on no theorem. Concavity is why one average and many copies is
/// the best way to divide the teachers.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    copyavg concavity --all                  the theorem\n  \
    copyavg concavity --to 1000000           a scan; Ctrl-C tells how far it got\n  \
    copyavg concavity --to 1000 --activation erf:2 --digits 30 --format json")]
#[group(required = true, multiple = false)]
pub(crate) struct Arguments {
    /// For every ell >= 2, by the catalogue's theorem
    #[arg(long)]
    all: bool,

    /// For 2 <= ell <= N < 10^18, by a scan
    #[arg(long, value_name = "N", value_parser = last, allow_negative_numbers = true)]
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
    /// How far an unfinished scan got.
    settled_to: Option<u64>,
    largest: Option<(u64, DecimalEnclosure)>,
}

pub(crate) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    let interrupt = Interrupt::listen();
    let answer = match arguments.to {
        None => theorem(&interrupt, options)?,
        Some(to) => by_scan(to, &interrupt, options),
    };
    if let Some(why) = &answer.why {
        let reached = answer
            .settled_to
            .map(|ell| format!("; proved for 2 <= ell <= {ell}"));
        super::complain(&format!("{why}{}", reached.unwrap_or_default()));
    }
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
    let id = known::concavity(&options.activation);
    let verdict = options.settle(id, interrupt)?;
    Ok(Answer {
        to: "infinity".to_string(),
        verdict: verdict.word(),
        method: format!("theorem {id}: sign of the second derivative (copyavg verify {id} --explain)"),
        why: verdict.reason(),
        settled_to: None,
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
    let reals = options.reals(6).cancelling(LOST_DIGITS);
    let value =
        |ell: u64| reals.print(|precision| second_difference(&Interval::context(precision), &kernel, ell));
    let settled_to = (!found.verdict.is_proved()).then_some(found.settled_to);
    Answer {
        to: to.to_string(),
        verdict: found.verdict.word(),
        method: "differences of certified losses".to_string(),
        why: found.verdict.reason(),
        settled_to: settled_to.filter(|&ell| ell >= 2),
        largest: found.largest_at.map(|ell| (ell, value(ell))),
    }
}

/// Digits that a second difference loses by cancellation: it decays like 1/ell^3
/// and comes from numbers of the size of ell < 10^18.
const LOST_DIGITS: u32 = 80;

fn write(answer: Answer, options: &Options) -> Result<(), Failure> {
    let range = match answer.to.as_str() {
        "infinity" => "for every ℓ ≥ 2".to_string(),
        to => format!("for 2 ≤ ℓ ≤ {to}"),
    };
    let mut json = Map::new();
    json.insert("from".to_string(), json!("2"));
    json.insert("to".to_string(), json!(answer.to));
    json.insert("activation".to_string(), json!(options.activation.to_string()));
    json.insert("verdict".to_string(), json!(answer.verdict));
    json.insert("method".to_string(), json!(answer.method));
    if let Some(why) = &answer.why {
        json.insert("why".to_string(), json!(why));
    }
    if let Some(ell) = answer.settled_to {
        json.insert("settled_to".to_string(), json!(ell.to_string()));
    }
    let scanned = answer.to != "infinity";
    if scanned {
        let largest = answer.largest.as_ref();
        let largest = largest.map(|(ell, value)| json!({"ell": ell.to_string(), "value": value}));
        json.insert("largest_second_difference".to_string(), json!(largest));
    }
    let (largest_at, largest) = match answer.largest {
        Some((ell, value)) => (Cell::Number(ell.to_string()), Cell::Enclosure(value)),
        None => (Cell::Absent, Cell::Absent),
    };
    let text = |text: Option<String>| text.map_or(Cell::Absent, Cell::Text);
    let heading = Heading {
        fields: Map::new(),
        list: "rows",
        above: vec![format!(
            "Strict concavity L(ℓ+1) − 2 L(ℓ) + L(ℓ−1) < 0 {range} (activation {})",
            options.activation
        )],
        columns: vec![
            Column::number("from"),
            Column::number("to"),
            Column::text("verdict"),
            Column::text("why"),
            Column::number("settled_to").titled("proved up to ℓ =", "settled to"),
            Column::text("method"),
            Column::number("largest_at").titled("largest at ℓ =", "largest at $\\ell$"),
            Column::enclosure("largest_second_difference")
                .titled("largest value", "largest second difference"),
        ],
    };
    let row = Row {
        cells: vec![
            Cell::Number("2".to_string()),
            Cell::Number(answer.to),
            Cell::Text(answer.verdict.to_string()),
            text(answer.why),
            answer
                .settled_to
                .map_or(Cell::Absent, |ell| Cell::Number(ell.to_string())),
            Cell::Text(answer.method),
            largest_at,
            largest,
        ],
        json: Value::Object(json),
    };
    print_as(Shape::Single, options, &heading, &[row], &Footing::default())
}
