//! `copyavg global`: is copying and averaging the global optimum?

use super::branch_and_bound::SearchArguments;
use super::check::recheck;
use super::error::Failure;
use super::exit::Exit;
use super::format::{Cell, Column, Footing, Heading, Row, Shape, Table, print_as};
use super::integers::IntegerList;
use super::interrupt::Interrupt;
use super::options::Options;
use super::output::Output;
use super::picture::Picture;
use super::progress::Progress;
use super::reals::{self, Reals};
use crate::activation::{Activation, Erf};
use crate::arithmetic::digits::DecimalEnclosure;
use crate::arithmetic::{Interval, Precision, Scalar};
use crate::certify::global::lower_bound::every_student;
use crate::certify::verdict::Verdict;
use crate::configuration::copy_average::bucket_loss;
use crate::experiment::global_optimum::{GlobalOptimum, Method};
use crate::theorem::certificate::of_global_optimum;
use clap::Args;
use rayon::prelude::*;
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// Is copying n-1 teachers and averaging the others the global optimum?
///
/// For n neurons and k teachers: whether no student, whatever its weights, has a
/// lower loss than n-1 copies and one average, and only they attain it. `proved`
/// by theorem global-optimum for n <= k/2 (and n = 2 < k), and by the same
/// inequalities for some pairs above, and for a few small ones by branch and bound
/// on the Grassmannian; `refuted` where a perturbed copy is certified to be lower;
/// undecided between. In any case: a lower bound of the loss of every student, and
/// the gap to it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    copyavg global -k 40 -n 20\n  \
    copyavg global -k 100 -n 52 --certificate half.cert\n  \
    copyavg global -k 6 -n 4\n  \
    copyavg global -k 7 -n 5 --branch-and-bound --state search.txt\n  \
    copyavg global -k 20 -n 1..20 --format csv\n  \
    copyavg global -k 2..100 --plot global.svg -o global.txt")]
pub(crate) struct Arguments {
    /// Numbers of teachers: A..B (both included), A..B:STEP, A,B,C or one
    #[arg(short, value_name = "KS", allow_hyphen_values = true)]
    k: IntegerList,

    /// Numbers of neurons (default: all from 1 to k)
    #[arg(short, value_name = "NS", allow_hyphen_values = true)]
    n: Option<IntegerList>,

    /// Of one pair that its inequalities settle, also write the certificate
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,

    /// Also draw a picture: FILE.svg or FILE.png
    #[arg(long, value_name = "FILE", value_parser = super::picture::path)]
    plot: Option<PathBuf>,

    #[command(flatten)]
    search: SearchArguments,
}

/// The most pairs in one run.
const MOST_PAIRS: u64 = 1_000_000;

/// Pairs worked on between two looks at the interrupt.
const BATCH: usize = 256;

/// The theorem behind the verdicts.
const THEOREM: &str = "global-optimum";

pub(crate) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    if options.activation != Activation::Erf {
        return Err(Failure::bad_input(format!(
            "global optima are known for --activation erf only, not for {}",
            options.activation
        )));
    }
    let pairs = pairs(arguments)?;
    let single = (arguments.k.len() == 1 && arguments.n.as_ref().is_some_and(|n| n.len() == 1))
        .then(|| pairs.first().copied())
        .flatten();
    if single.is_none() && arguments.certificate.is_some() {
        return Err(Failure::bad_input(
            "--certificate is for one pair: give one -k and one -n".to_string(),
        ));
    }
    if single.is_none() && arguments.search.are_given() {
        return Err(Failure::bad_input(
            "--branch-and-bound and --state are for one pair: give one -k and one -n".to_string(),
        ));
    }
    let interrupt = Interrupt::listen();
    let reals = options.reals(6);
    let limit = options.proof_limit();
    let picture = Picture::open(arguments.plot.as_deref(), options)?;
    // Judged once, in this run; the verdict holds for all of its pairs.
    let theorem = options.settle(THEOREM, &interrupt)?;
    let examine = |&(k, n): &(u64, u64)| GlobalOptimum::of(n, k, &theorem, limit, &recheck);
    let mut drawn = Vec::new();
    let exit = match single {
        Some(pair) => {
            let mut found = examine(&pair);
            if found.method.is_none()
                && theorem.is_proved()
                && let Some(end) = arguments.search.run(pair.0, pair.1, options, &interrupt)?
            {
                found = found.after(&end, &theorem);
            }
            let exit = one(&found, arguments, options, &reals)?;
            drawn.push(found);
            if interrupt.is_set() { Exit::Stopped } else { exit }
        }
        None => many(&pairs, &examine, options, &reals, &interrupt, &mut drawn)?,
    };
    if let Some(picture) = picture {
        picture.finish(crate::plot::global_optima(&drawn))?;
    }
    Ok(exit)
}

/// The answer for one pair.
fn one(
    found: &GlobalOptimum,
    arguments: &Arguments,
    options: &Options,
    reals: &Reals,
) -> Result<Exit, Failure> {
    let written = match (&arguments.certificate, &found.method) {
        (None, _) => true,
        (Some(path), Some(Method::Bounds(proof))) => {
            let mut file = Output::open_path(Some(path), options.force)?;
            file.write(&of_global_optimum(std::slice::from_ref(proof)))?;
            file.finish()?;
            true
        }
        (Some(path), _) => {
            let name = path.display();
            super::complain(&match found.method {
                Some(Method::Theorem) => format!(
                    "no certificate is written to {name}: the pair belongs to theorem {THEOREM}; \
                     copyavg verify {THEOREM} --certificates DIR writes its certificate"
                ),
                _ => format!(
                    "no certificate is written to {name}: the pair is not settled by its inequalities"
                ),
            });
            false
        }
    };
    if let Some(why) = found.verdict.reason().filter(|_| found.method.is_none()) {
        super::complain(&why);
    }
    let heading = Heading {
        fields: Map::new(),
        list: "rows",
        above: vec![format!(
            "Are {} and one average of {} the global optimum? (n = {} neurons, k = {} teachers, any number of inputs)",
            match found.neurons - 1 {
                0 => "no copies".to_string(),
                1 => "one copy".to_string(),
                copies => format!("{copies} copies"),
            },
            found.teachers - found.neurons + 1,
            found.neurons,
            found.teachers
        )],
        columns: columns(),
    };
    let (row, met) = row(found, reals);
    print_as(Shape::Single, options, &heading, &[row], &Footing::default())?;
    if !met {
        super::complain(&reals::missing(1));
    }
    let settled = found.method.is_some() && met && written;
    Ok(if settled { Exit::Answered } else { Exit::Unsettled })
}

/// A row for each pair.
fn many(
    pairs: &[(u64, u64)],
    examine: &(dyn Fn(&(u64, u64)) -> GlobalOptimum + Sync),
    options: &Options,
    reals: &Reals,
    interrupt: &Interrupt,
    drawn: &mut Vec<GlobalOptimum>,
) -> Result<Exit, Failure> {
    let heading = Heading {
        fields: Map::new(),
        list: "rows",
        above: vec!["Are n - 1 copies and one average the global optimum over all students?".to_string()],
        columns: columns(),
    };
    let mut table = Table::begin(options, &heading)?;
    let total = u64::try_from(pairs.len()).unwrap_or(u64::MAX);
    let progress = Progress::new(!options.quiet && !options.shows_rows(), total, "pairs");
    let mut footing = Footing::default();
    let (mut exit, mut short) = (Exit::Answered, 0_usize);
    let mut counts = [0_usize; 3];
    for batch in pairs.chunks(BATCH) {
        if interrupt.is_set() {
            footing.field("interrupted", true);
            let said = format!(
                "interrupted after {} of {total} pairs",
                counts.iter().sum::<usize>()
            );
            super::complain(&said);
            footing.below.push(said);
            exit = Exit::Stopped;
            break;
        }
        let found: Vec<GlobalOptimum> = batch.par_iter().map(examine).collect();
        let rows: Vec<(Row, bool)> = found.par_iter().map(|found| row(found, reals)).collect();
        short += rows.iter().filter(|(_, met)| !met).count();
        for found in &found {
            let place = match found.verdict {
                Verdict::Proved => 0,
                Verdict::Refuted(_) => 1,
                Verdict::Undecided(_) => 2,
            };
            counts[place] += 1;
        }
        progress.advance(u64::try_from(rows.len()).unwrap_or(0));
        table.rows(&rows.into_iter().map(|(row, _)| row).collect::<Vec<_>>())?;
        drawn.extend(found);
    }
    drop(progress);
    let [proved, refuted, undecided] = counts;
    for (name, count) in [("proved", proved), ("refuted", refuted), ("undecided", undecided)] {
        footing.field(name, count);
    }
    footing.below.push(format!(
        "{proved} proved, {refuted} refuted, {undecided} undecided"
    ));
    if undecided > 0 || short > 0 {
        exit = exit.max(Exit::Unsettled);
    }
    if short > 0 {
        super::complain(&reals::missing(short));
    }
    table.end(&footing)?;
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
            "these are more than {MOST_PAIRS} pairs: choose fewer with -n"
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

fn columns() -> Vec<Column> {
    vec![
        Column::number("k").titled("k", "$k$"),
        Column::number("n").titled("n", "$n$"),
        Column::text("verdict"),
        Column::text("method"),
        Column::enclosure("lower_bound").titled("lower bound", "lower bound"),
        Column::enclosure("copy_average_loss").titled("copy-average", "copy-average"),
        Column::enclosure("gap"),
    ]
}

/// What is printed of a pair, and whether all digits were met.
fn row(found: &GlobalOptimum, reals: &Reals) -> (Row, bool) {
    let (k, n) = (found.teachers, found.neurons);
    let attained = found.verdict.is_proved();
    let loss_at =
        |precision: Precision| bucket_loss(&Interval::context(precision), &Erf::standard(), k - n + 1);
    let bound_at = |precision: Precision| {
        if attained {
            loss_at(precision)
        } else {
            every_student(&Interval::context(precision), n, k)
        }
    };
    let loss = reals.print(loss_at);
    let bound = reals.print(bound_at);
    let gap = reals.print(|precision| {
        if attained {
            Interval::context(precision).zero()
        } else {
            loss_at(precision) - bound_at(precision)
        }
    });
    let met = [&loss, &bound, &gap]
        .iter()
        .all(|value: &&DecimalEnclosure| value.digits_met);
    let mut json = Map::new();
    json.insert("k".to_string(), json!(k));
    json.insert("n".to_string(), json!(n));
    json.insert("verdict".to_string(), json!(found.verdict.word()));
    if let Some(why) = found.verdict.reason() {
        json.insert("why".to_string(), json!(why));
    }
    let method = found.method.as_ref();
    json.insert("method".to_string(), json!(method.map(Method::word)));
    json.insert("explained".to_string(), json!(method.map(Method::explained)));
    json.insert("lower_bound".to_string(), json!(bound));
    json.insert("copy_average_loss".to_string(), json!(loss));
    json.insert("gap".to_string(), json!(gap));
    let cells = vec![
        Cell::Number(k.to_string()),
        Cell::Number(n.to_string()),
        Cell::Text(found.verdict.word().to_string()),
        method.map_or(Cell::Absent, |method| Cell::Text(method.explained())),
        Cell::Enclosure(bound),
        Cell::Enclosure(loss),
        Cell::Enclosure(gap),
    ];
    let row = Row {
        cells,
        json: Value::Object(json),
    };
    (row, met)
}
