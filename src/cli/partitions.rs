//! `copyavg partitions`: copy-average configurations ranked by loss.

use super::error::Failure;
use super::exit::Exit;
use super::format::{Cell, Column, Footing, Heading, Row, Table};
use super::integers::positive;
use super::interrupt::Interrupt;
use super::options::{Format, Options};
use super::progress::Progress;
use super::reals::{self, Reals};
use crate::activation::Erf;
use crate::arithmetic::digits::DecimalEnclosure;
use crate::arithmetic::{Interval, Precision};
use crate::certify::ranking::{
    Control, LossSum, MOST_ROWS, Method, Ranking, RankingError, Request, RowOrder, rank, rank_all_visited,
    rank_best_first,
};
use crate::certify::verdict::{Verdict, Why};
use crate::configuration::copy_average::bucket_loss;
use crate::configuration::partition::{Partition, Partitions, count};
use crate::theorem::known;
use clap::{Args, ValueEnum};
use num_bigint::BigUint;
use num_traits::ToPrimitive;
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

/// Copy-average configurations, ranked by loss
///
/// Divides k teachers among n neurons in all ways, up to renaming: these are the
/// partitions of k into n parts. The loss of a partition is the sum of L(ell)
/// over its parts. Lists the lowest, lowest first, with the number of ways in
/// which labelled teachers can be divided so (multiplicity).
///
/// `order` compares a row with the one before: proved higher, tied (proved
/// equal), or undecided. `complete` says whether it is proved that no partition
/// left out is lower than a listed one.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    copyavg partitions -k 20 -n 4\n  \
    copyavg partitions -k 12 -n 5 --all --format latex\n  \
    copyavg partitions -k 100 -n 10 --method enumerate --format json\n  \
    copyavg partitions -k 1000000 -n 1000 --top 5\n  \
    copyavg partitions -k 60 -n 9 --all --unsorted --format csv -o all.csv")]
pub(crate) struct Arguments {
    /// Number of teachers
    #[arg(short, value_name = "K", value_parser = positive, allow_negative_numbers = true)]
    k: u64,

    /// Number of student neurons, 1 <= n <= k
    #[arg(short, value_name = "N", value_parser = positive, allow_negative_numbers = true)]
    n: u64,

    /// How many to list, at most 1000000
    #[arg(long, value_name = "M", value_parser = top, default_value = "10", allow_negative_numbers = true)]
    top: u64,

    /// List all (up to 1000000, unless --unsorted)
    #[arg(long, conflicts_with = "top")]
    all: bool,

    /// With --all: in lexicographic order as they are enumerated, not ranked
    #[arg(long, requires = "all", conflicts_with = "method")]
    unsorted: bool,

    /// How they are found
    #[arg(long, value_enum, default_value_t = Search::Auto)]
    method: Search,
}

fn top(text: &str) -> Result<u64, String> {
    let rows = positive(text).map_err(|error| error.to_string())?;
    if rows > MOST_ROWS {
        return Err(format!(
            "{rows} is too large: a ranking lists at most {MOST_ROWS} partitions"
        ));
    }
    Ok(rows)
}

/// The most parts written in all rows together; beyond, a row of JSON would be
/// longer than anyone can read.
const MOST_PARTS: u64 = 200_000_000;

pub(crate) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    let (k, n) = (arguments.k, arguments.n);
    if n > k {
        return Err(Failure::bad_input(format!(
            "{k} teachers cannot be divided into {n} non-empty buckets: choose 1 <= n <= k"
        )));
    }
    let known = count(k, n).ok();
    let number = known.as_ref().and_then(BigUint::to_u64);
    let rows = if arguments.all {
        let few = number.filter(|&number| arguments.unsorted || number <= MOST_ROWS);
        few.or(arguments.unsorted.then_some(1)).ok_or_else(|| {
            Failure::bad_input(format!(
                "there are more than {MOST_ROWS} partitions of {k} into {n} parts: list fewer with --top, or add --unsorted"
            ))
        })?
    } else {
        number.unwrap_or(u64::MAX).min(arguments.top)
    };
    let writes_parts = options.format != Format::Text;
    let at_once = if arguments.unsorted { 1 } else { rows };
    if writes_parts && n.saturating_mul(at_once) > MOST_PARTS {
        return Err(Failure::bad_input(format!(
            "the list would have more than {MOST_PARTS} parts: list fewer partitions with --top, or use --format text"
        )));
    }
    let interrupt = Interrupt::listen();
    let task = Task {
        k,
        n,
        count: known,
        kernel: options.activation.kernel(),
        reals: options.reals(6),
        options,
    };
    if arguments.unsorted {
        task.unsorted(&interrupt)
    } else {
        task.ranked(rows, arguments.method, &interrupt)
    }
}

struct Task<'a> {
    k: u64,
    n: u64,
    count: Option<BigUint>,
    kernel: Erf,
    reals: Reals,
    options: &'a Options,
}

/// L(ℓ) at a precision; each thread sums it with a store of its own.
type BucketLoss<'a> = &'a (dyn Fn(u64, Precision) -> Interval + Sync);

impl Task<'_> {
    /// The lowest `top`, lowest first.
    fn ranked(&self, top: u64, method: Search, interrupt: &Interrupt) -> Result<Exit, Failure> {
        let bucket =
            |ell: u64, precision: Precision| bucket_loss(&Interval::context(precision), &self.kernel, ell);
        let number = self.count.as_ref().and_then(BigUint::to_u64);
        let progress = Progress::new(!self.options.quiet, number.unwrap_or(0), "partitions");
        let advance = |more: u64| progress.advance(more);
        let control = Control {
            interrupt: interrupt.flag(),
            progress: &advance,
        };
        let request = Request {
            k: self.k,
            n: self.n,
            top,
            max_precision: self.options.proof_limit(),
        };
        let losses = LossSum::new(&bucket);
        let found = match method {
            Search::Auto => rank(request, &losses, control),
            Search::Enumerate => rank_all_visited(request, &losses, control),
            Search::BestFirst => rank_best_first(request, &losses, control),
        };
        let mut ranking = found.map_err(failure)?;
        drop(progress);
        if ranking.method == Method::BestFirst && ranking.complete.is_proved() {
            // What was not reached hangs below the frontier by concavity only.
            let id = known::concavity(&self.options.activation);
            let concave = self.options.settle(id, interrupt)?;
            if !concave.is_proved() {
                let entry = format!("{id}, which is {}", concave.word());
                ranking.complete = Verdict::Undecided(Why::RestsOn { entry });
            }
        }
        let short = self.write(&ranking, &bucket)?;
        if let Some(why) = ranking.complete.reason() {
            super::complain(&why);
        }
        if short > 0 {
            super::complain(&reals::missing(short));
        }
        let decided =
            ranking.complete.is_proved() && ranking.rows.iter().all(|row| row.order != RowOrder::Undecided);
        Ok(if interrupt.is_set() {
            Exit::Stopped
        } else if decided && short == 0 {
            Exit::Answered
        } else {
            Exit::Unsettled
        })
    }

    /// Writes a ranking; returns how many rows lack digits.
    fn write(&self, ranking: &Ranking, bucket: BucketLoss<'_>) -> Result<usize, Failure> {
        let method = match ranking.method {
            Method::Enumeration => "enumeration",
            Method::BestFirst => "best-first",
        };
        let mut fields = self.fields();
        fields.insert("complete".to_string(), json!(ranking.complete.word()));
        if let Some(why) = ranking.complete.reason() {
            fields.insert("why".to_string(), json!(why));
        }
        fields.insert("method".to_string(), json!(method));
        fields.insert("visited".to_string(), json!(ranking.visited.to_string()));
        let heading = Heading {
            fields,
            list: "rows",
            above: vec![self.title()],
            columns: vec![
                Column::number("rank"),
                PARTS,
                LOSS,
                Column::text("order"),
                Column::number("multiplicity"),
            ],
        };
        let mut table = Table::begin(self.options, &heading)?;
        let mut short = 0;
        for (batch, start) in ranking
            .rows
            .chunks(self.reals.batch())
            .zip((1..).step_by(self.reals.batch()))
        {
            let rows: Vec<(Row, bool)> = batch
                .par_iter()
                .enumerate()
                .map_init(
                    || LossSum::new(bucket),
                    |losses, (index, ranked)| {
                        let (row, met) = self.row(&ranked.partition, losses);
                        (row.ranked(start + index, ranked.order), met)
                    },
                )
                .collect();
            short += rows.iter().filter(|(_, met)| !met).count();
            table.rows(&rows.into_iter().map(|(row, _)| row).collect::<Vec<_>>())?;
        }
        let mut below = vec![match &ranking.complete.reason() {
            None => format!(
                "Complete: proved; no partition left out is lower than a listed one ({} looked at, {method}).",
                ranking.visited
            ),
            Some(why) => format!("Complete: {}; {why}.", ranking.complete.word()),
        }];
        if ranking.method == Method::BestFirst {
            below.push(
                "Best-first rests on the strict concavity of L, judged in this run (copyavg concavity --all)."
                    .to_string(),
            );
        }
        table.end(&Footing {
            fields: Map::new(),
            below,
        })?;
        Ok(short)
    }

    /// All partitions as they are enumerated.
    fn unsorted(&self, interrupt: &Interrupt) -> Result<Exit, Failure> {
        let bucket =
            |ell: u64, precision: Precision| bucket_loss(&Interval::context(precision), &self.kernel, ell);
        let mut partitions =
            Partitions::new(self.k, self.n).map_err(|error| Failure::bad_input(error.to_string()))?;
        let heading = Heading {
            fields: self.fields(),
            list: "rows",
            above: vec![self.title()],
            columns: vec![PARTS, LOSS, Column::number("multiplicity")],
        };
        let mut table = Table::begin(self.options, &heading)?;
        let number = self.count.as_ref().and_then(BigUint::to_u64);
        let wanted = !self.options.quiet && !self.options.shows_rows();
        let progress = Progress::new(wanted, number.unwrap_or(0), "partitions");
        let (mut listed, mut short) = (0_u64, 0);
        let mut exit = Exit::Answered;
        let mut footing = Footing::default();
        // A row holds n parts: keep the batch in bounds for large n.
        let batch = self
            .reals
            .batch()
            .min(usize::try_from(1 + 10_000_000 / self.n).unwrap_or(1));
        loop {
            let chunk: Vec<Partition> = partitions.by_ref().take(batch).collect();
            if chunk.is_empty() {
                break;
            }
            if interrupt.is_set() {
                exit = Exit::Stopped;
                let said = format!("interrupted after {listed} partitions");
                super::complain(&said);
                footing.below.push(said);
                break;
            }
            let rows: Vec<(Row, bool)> = chunk
                .par_iter()
                .map_init(
                    || LossSum::new(&bucket),
                    |losses, partition| {
                        let (row, met) = self.row(partition, losses);
                        (row.unranked(), met)
                    },
                )
                .collect();
            short += rows.iter().filter(|(_, met)| !met).count();
            let more = u64::try_from(rows.len()).unwrap_or(0);
            listed = listed.saturating_add(more);
            progress.advance(more);
            table.rows(&rows.into_iter().map(|(row, _)| row).collect::<Vec<_>>())?;
        }
        drop(progress);
        let complete = if exit == Exit::Stopped {
            "undecided"
        } else {
            "proved"
        };
        footing.field("complete", complete);
        if exit == Exit::Stopped {
            footing.field("why", "interrupted");
        }
        if short > 0 {
            exit = exit.max(Exit::Unsettled);
            super::complain(&reals::missing(short));
        }
        table.end(&footing)?;
        Ok(exit)
    }

    fn fields(&self) -> Map<String, Value> {
        let mut fields = Map::new();
        fields.insert("k".to_string(), json!(self.k));
        fields.insert("n".to_string(), json!(self.n));
        fields.insert(
            "activation".to_string(),
            json!(self.options.activation.to_string()),
        );
        let count = self.count.as_ref().map(ToString::to_string);
        fields.insert("count".to_string(), json!(count));
        fields
    }

    fn title(&self) -> String {
        let (k, n) = (self.k, self.n);
        let teachers = if k == 1 { "teacher" } else { "teachers" };
        let buckets = if n == 1 { "bucket" } else { "buckets" };
        let activation = &self.options.activation;
        let divided = format!("{k} {teachers} divided into {n} {buckets} (activation {activation})");
        match &self.count {
            Some(count) if *count == BigUint::from(1_u8) => format!("{divided}: there is one way"),
            Some(count) => format!("{divided}: there are {count} ways, up to renaming"),
            None => format!("{divided}: there are more ways than can be counted here"),
        }
    }

    /// What is said of a partition, and whether its digits are met.
    fn row(&self, partition: &Partition, losses: &LossSum<'_>) -> (PartitionRow, bool) {
        let loss = self
            .reals
            .print(|precision| losses.of_partition(partition, precision));
        let met = loss.digits_met;
        let text = self.options.format == Format::Text && partition.n() > LONGEST_LIST;
        let row = PartitionRow {
            json: if self.options.format == Format::Json {
                parts_json(partition)
            } else {
                Value::Null
            },
            parts: if text {
                partition.compact().to_string()
            } else {
                partition.to_string()
            },
            multiplicity: partition.multiplicity().ok().map(|m| m.to_string()),
            loss,
        };
        (row, met)
    }
}

/// Longer lists of parts are shown to people as `6,1^20`.
const LONGEST_LIST: u64 = 12;
const PARTS: Column = Column::text("parts");
const LOSS: Column = Column::enclosure("loss");

struct PartitionRow {
    json: Value,
    parts: String,
    multiplicity: Option<String>,
    loss: DecimalEnclosure,
}

impl PartitionRow {
    fn ranked(self, rank: usize, order: RowOrder) -> Row {
        Row {
            json: json!({
                "rank": rank,
                "parts": self.json,
                "multiplicity": self.multiplicity,
                "loss": self.loss,
                "order": order.word(),
            }),
            cells: vec![
                Cell::Number(rank.to_string()),
                Cell::Text(self.parts),
                Cell::Enclosure(self.loss),
                Cell::Text(order.word().to_string()),
                self.multiplicity.map_or(Cell::Absent, Cell::Number),
            ],
        }
    }

    fn unranked(self) -> Row {
        Row {
            json: json!({
                "parts": self.json,
                "multiplicity": self.multiplicity,
                "loss": self.loss,
            }),
            cells: vec![
                Cell::Text(self.parts),
                Cell::Enclosure(self.loss),
                self.multiplicity.map_or(Cell::Absent, Cell::Number),
            ],
        }
    }
}

/// Parts as JSON numbers where these are exact for every reader, else strings.
fn parts_json(partition: &Partition) -> Value {
    const LARGEST_EXACT: u64 = 1 << 53;
    let part = |ell: u64| {
        if ell <= LARGEST_EXACT {
            json!(ell)
        } else {
            json!(ell.to_string())
        }
    };
    Value::Array(partition.parts().map(part).collect())
}

/// What it means that there is no ranking.
fn failure(error: RankingError) -> Failure {
    let said = error.to_string();
    match error {
        RankingError::Partition(_)
        | RankingError::TooManyRows
        | RankingError::TooManyToVisit
        | RankingError::LossTooLarge { .. } => Failure::bad_input(said),
        RankingError::LossUndefined { .. }
        | RankingError::NegativeLoss { .. }
        | RankingError::NotConcave { .. }
        | RankingError::Miscounted { .. } => Failure::Unsound(said),
    }
}
