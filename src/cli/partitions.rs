//! `copyavg partitions`: copy-average configurations ranked by loss.

use super::error::Failure;
use super::exit::Exit;
use super::format::{Cell, Column, Footing, Heading, Row, Table};
use super::integers::positive;
use super::interrupt::Interrupt;
use super::options::{Digits, Format, Options};
use super::progress::Progress;
use crate::arithmetic::digits::{self, DecimalEnclosure};
use crate::arithmetic::{Interval, Precision};
use crate::certify::ranking::{
    Control, LossSum, MOST_ROWS, Method, RankedRow, Ranking, Request, RowOrder, rank, rank_all_visited,
    rank_best_first,
};
use crate::configuration::copy_average::bucket_loss;
use crate::configuration::partition::{Partition, Partitions, count};
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use serde_json::{Map, Value, json};

/// How the best partitions are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Search {
    /// Visit all if there are at most 5*10^7, else best-first
    Auto,
    /// Visit every partition; rests on nothing but enclosures of L
    Enumerate,
    /// Best-first along a tree; rests on the concavity of L
    BestFirst,
}

/// Copy-average configurations of k teachers and n neurons, ranked by loss,
/// lowest first. `order` compares a row with the one before; `complete` says that no partition left out is
/// lower than a listed one.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    copyavg partitions -k 20 -n 4\n  \
    copyavg partitions -k 100 -n 10 --method enumerate --top 10 --format json\n  \
    copyavg partitions -k 1000000 -n 1000 --top 5")]
pub(crate) struct Arguments {
    /// Number of teachers
    #[arg(short, value_name = "K", value_parser = number, allow_hyphen_values = true)]
    k: u64,

    /// Number of student neurons, 1 <= n <= k
    #[arg(short, value_name = "N", value_parser = number, allow_hyphen_values = true)]
    n: u64,

    /// How many to list
    #[arg(long, value_name = "M", value_parser = number, default_value = "10")]
    top: u64,

    /// List all (up to 1000000, unless --unsorted)
    #[arg(long, conflicts_with = "top")]
    all: bool,

    /// With --all: in lexicographic order as they are enumerated, not ranked
    #[arg(long, requires = "all")]
    unsorted: bool,

    /// How they are found
    #[arg(long, value_enum, default_value_t = Search::Auto)]
    method: Search,
}

fn number(text: &str) -> Result<u64, String> {
    positive(text).map_err(|error| error.to_string())
}

pub(crate) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    let (k, n) = (arguments.k, arguments.n);
    if n > k {
        return Err(Failure::bad_input(format!(
            "{k} teachers cannot be divided into {n} non-empty buckets: choose 1 <= n <= k"
        )));
    }
    let interrupt = Interrupt::listen();
    let kernel = options.activation.kernel();
    let bucket = |ell: u64, precision: Precision| bucket_loss(&Interval::context(precision), &kernel, ell);
    let losses = LossSum::new(&bucket);
    if arguments.unsorted {
        return unsorted(k, n, &bucket, &interrupt, options);
    }
    let top = if arguments.all {
        all_rows(k, n)?
    } else {
        arguments.top
    };
    if top > MOST_ROWS {
        return Err(Failure::bad_input(format!(
            "a ranking lists at most {MOST_ROWS} partitions: ask for fewer with --top"
        )));
    }
    let progress = Progress::new(!options.quiet, total(k, n), "partitions");
    let advance = |more: u64| progress.advance(more);
    let control = Control {
        interrupt: interrupt.flag(),
        progress: &advance,
    };
    let request = Request {
        k,
        n,
        top,
        max_precision: options.proof_limit(),
    };
    let found = match arguments.method {
        Search::Auto => rank(request, &losses, control),
        Search::Enumerate => rank_all_visited(request, &losses, control),
        Search::BestFirst => rank_best_first(request, &losses, control),
    };
    let ranking = found.map_err(|error| Failure::bad_input(error.to_string()))?;
    drop(progress);
    write(arguments, &ranking, &bucket, options)?;
    let decided =
        ranking.complete.is_proved() && ranking.rows.iter().all(|row| row.order != RowOrder::Undecided);
    Ok(if interrupt.is_set() {
        Exit::Stopped
    } else if decided {
        Exit::Answered
    } else {
        Exit::Unsettled
    })
}

/// L(ℓ) at a precision; each thread sums it with a store of its own.
type BucketLoss<'a> = &'a (dyn Fn(u64, Precision) -> Interval + Sync);

/// The number of partitions, if a ranking may list them all.
fn all_rows(k: u64, n: u64) -> Result<u64, Failure> {
    count(k, n).ok().and_then(|count| u64::try_from(count).ok()).filter(|&count| count <= MOST_ROWS).ok_or_else(
        || {
            Failure::bad_input(format!(
                "there are more than {MOST_ROWS} partitions of {k} into {n} parts: list fewer with --top, or add --unsorted"
            ))
        },
    )
}

fn total(k: u64, n: u64) -> u64 {
    count(k, n)
        .ok()
        .and_then(|count| u64::try_from(count).ok())
        .unwrap_or(0)
}

fn columns() -> Vec<Column> {
    vec![
        Column::number("rank"),
        Column::text("parts"),
        Column::enclosure("loss"),
        Column::text("order"),
        Column::number("multiplicity"),
    ]
}

fn write(
    arguments: &Arguments,
    ranking: &Ranking,
    bucket: BucketLoss<'_>,
    options: &Options,
) -> Result<(), Failure> {
    let mut fields = Map::new();
    fields.insert("k".to_string(), json!(arguments.k));
    fields.insert("n".to_string(), json!(arguments.n));
    fields.insert("activation".to_string(), json!(options.activation.to_string()));
    let count = ranking.count.as_ref().map(ToString::to_string);
    fields.insert("count".to_string(), json!(count));
    fields.insert("complete".to_string(), json!(ranking.complete.word()));
    if let Some(why) = ranking.complete.reason() {
        fields.insert("why".to_string(), json!(why));
    }
    let method = match ranking.method {
        Method::Enumeration => "enumeration",
        Method::BestFirst => "best-first",
    };
    fields.insert("method".to_string(), json!(method));
    fields.insert("visited".to_string(), json!(ranking.visited.to_string()));
    let above = vec![format!(
        "{} partitions of {} teachers into {} buckets; {} looked at ({method})",
        count.as_deref().unwrap_or("more than can be counted"),
        arguments.k,
        arguments.n,
        ranking.visited,
    )];
    let heading = Heading {
        fields,
        list: "rows",
        above,
        columns: columns(),
    };
    let mut table = Table::begin(options, &heading)?;
    let rows: Vec<Row> = ranking
        .rows
        .par_iter()
        .enumerate()
        .map_init(
            || LossSum::new(bucket),
            |losses, (index, ranked)| row(index + 1, ranked, losses, options),
        )
        .collect();
    table.rows(&rows)?;
    let mut below = vec![match ranking.complete.reason() {
        None => "complete: proved, no partition left out is lower than a listed one".to_string(),
        Some(why) => format!("complete: {}, {why}", ranking.complete.word()),
    }];
    if ranking.method == Method::BestFirst {
        below.push("(by strict concavity of L: copyavg verify concavity)".to_string());
    }
    table.end(&Footing {
        fields: Map::new(),
        below,
    })
}

fn loss_of(partition: &Partition, losses: &LossSum<'_>, options: &Options) -> DecimalEnclosure {
    match options.digits_or(6) {
        Digits::Significant(wanted) => digits::enclose(wanted, options.digit_limit(wanted), |precision| {
            losses.of_partition(partition, precision)
        }),
        Digits::Verdict => {
            let value = losses.of_partition(partition, super::loss::start_precision(options));
            digits::outward(&value)
        }
    }
}

/// Parts as JSON numbers where they are exact for every reader, else strings.
fn parts_json(partition: &Partition) -> Value {
    const LARGEST_EXACT: u64 = 1 << 53;
    // A row of a million parts would be of no use to anyone: runs are short.
    let part = |ell: u64| {
        if ell <= LARGEST_EXACT {
            json!(ell)
        } else {
            json!(ell.to_string())
        }
    };
    Value::Array(partition.parts().map(part).collect())
}

fn row(rank: usize, ranked: &RankedRow, losses: &LossSum<'_>, options: &Options) -> Row {
    let partition = &ranked.partition;
    let loss = loss_of(partition, losses, options);
    let multiplicity = partition.multiplicity().ok().map(|m| m.to_string());
    Row {
        json: json!({
            "rank": rank,
            "parts": parts_json(partition),
            "multiplicity": multiplicity,
            "loss": loss,
            "order": ranked.order.word(),
        }),
        cells: vec![
            Cell::Number(rank.to_string()),
            Cell::Text(if partition.n() <= 12 {
                partition.to_string()
            } else {
                partition.compact().to_string()
            }),
            Cell::Enclosure(loss),
            Cell::Text(ranked.order.word().to_string()),
            Cell::Number(match multiplicity {
                Some(exact) if options.format == Format::Text => shortened(&exact),
                Some(exact) => exact,
                None => "-".to_string(),
            }),
        ],
    }
}

/// A huge integer as people read it.
fn shortened(digits: &str) -> String {
    if digits.len() <= 24 {
        return digits.to_string();
    }
    // Decimal digits are one byte each.
    let (head, _) = digits.split_at(6);
    let (first, rest) = head.split_at(1);
    format!("{first}.{rest}…e{}", digits.len() - 1)
}

/// All partitions as they are enumerated.
fn unsorted(
    k: u64,
    n: u64,
    bucket: BucketLoss<'_>,
    interrupt: &Interrupt,
    options: &Options,
) -> Result<Exit, Failure> {
    let mut partitions = Partitions::new(k, n).map_err(|error| Failure::bad_input(error.to_string()))?;
    let mut fields = Map::new();
    fields.insert("k".to_string(), json!(k));
    fields.insert("n".to_string(), json!(n));
    let heading = Heading {
        fields,
        list: "rows",
        above: Vec::new(),
        columns: vec![Column::text("parts"), Column::enclosure("loss")],
    };
    let mut table = Table::begin(options, &heading)?;
    loop {
        let chunk: Vec<Partition> = partitions.by_ref().take(4096).collect();
        if chunk.is_empty() || interrupt.is_set() {
            break;
        }
        let rows: Vec<Row> = chunk
            .par_iter()
            .map_init(
                || LossSum::new(bucket),
                |losses, partition| {
                    let loss = loss_of(partition, losses, options);
                    Row {
                        json: json!({"parts": parts_json(partition), "loss": loss}),
                        cells: vec![Cell::Text(partition.to_string()), Cell::Enclosure(loss)],
                    }
                },
            )
            .collect();
        table.rows(&rows)?;
    }
    table.end(&Footing::default())?;
    Ok(if interrupt.is_set() {
        Exit::Stopped
    } else {
        Exit::Answered
    })
}
