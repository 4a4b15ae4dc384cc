//! `copyavg certify`: existence, criticality, Hessian spectrum and verdict at
//! one point.

use super::error::Failure;
use super::exit::Exit;
use super::format::{Cell, Column, Footing, Heading, Row, print};
use super::integers::positive;
use super::interrupt::Interrupt;
use super::options::{Format, Options};
use super::reals::Reals;
use crate::activation::{Activation, Erf};
use crate::arithmetic::digits::DecimalEnclosure;
use crate::arithmetic::{Enclosure, Interval, Precision, Rational, Scalar, exact_root};
use crate::certify::copy_average::is_critical;
use crate::certify::spectrum::{Kind, Spectrum, attempt, decide};
use crate::certify::verdict::{Verdict, Why};
use crate::configuration::copy_average::{bucket_loss, squared_norm};
use crate::configuration::partition::{Partition, Run};
use crate::find::eigenvalues::copy_average_candidates;
use crate::landscape::lower_bound;
use crate::theorem::known;
use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Families of configurations that can be named instead of a partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Family {
    /// n - 1 copies and one average of the other k - n + 1 teachers
    CopyAverage,
}

/// What one configuration is: critical point, Hessian spectrum, kind
///
/// Proves that the configuration is a critical point of the loss, encloses every
/// eigenvalue of its Hessian in (a, W) with its multiplicity, and says what
/// follows: Morse index, nullity, strict local minimum or strict saddle. Beside
/// the loss stand a lower bound for all students of n neurons and the gap to it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    copyavg certify -k 12 -n 4 --parts 4,3,3,2\n  \
    copyavg certify -k 1000000 -n 1000 --family copy-average --digits 20\n  \
    copyavg certify -k 6 -n 3 -d 8 --parts 3,2,1 --format json")]
pub(crate) struct Arguments {
    /// Number of teachers
    #[arg(short, value_name = "K", value_parser = positive, allow_negative_numbers = true)]
    k: u64,

    /// Number of student neurons, 1 <= n <= k
    #[arg(short, value_name = "N", value_parser = positive, allow_negative_numbers = true)]
    n: u64,

    /// Input dimension, at least k (default: k)
    #[arg(short, value_name = "D", value_parser = positive, allow_negative_numbers = true)]
    d: Option<u64>,

    /// Sizes of the buckets, which add up to K: 5,2,1,1 or 5,2,1^2
    #[arg(
        long,
        value_name = "P",
        conflicts_with = "family",
        required_unless_present = "family"
    )]
    parts: Option<Partition>,

    /// A named configuration instead of --parts
    #[arg(long, value_enum)]
    family: Option<Family>,
}

/// What is certified.
struct Point {
    partition: Partition,
    /// d − k.
    extra: u64,
}

impl Point {
    fn read(arguments: &Arguments) -> Result<Self, Failure> {
        let (k, n) = (arguments.k, arguments.n);
        let partition = match &arguments.parts {
            Some(partition) if (partition.k(), partition.n()) != (k, n) => {
                return Err(Failure::bad_input(format!(
                    "--parts has {} parts that add up to {}, not -n {n} and -k {k}",
                    partition.n(),
                    partition.k(),
                )));
            }
            Some(partition) => partition.clone(),
            None => Partition::copies_and_one_average(k, n)
                .map_err(|error| Failure::bad_input(error.to_string()))?,
        };
        let d = arguments.d.unwrap_or(k);
        let Some(extra) = d.checked_sub(k) else {
            return Err(Failure::bad_input(format!(
                "{k} orthonormal teachers do not fit into {d} dimensions: choose -d {k} or more"
            )));
        };
        Ok(Self { partition, extra })
    }

    fn dimension(&self) -> u64 {
        self.partition.k() + self.extra
    }

    /// Σ L(ℓ_i).
    fn loss(&self, context: &Interval) -> Interval {
        let kernel = Erf::standard();
        self.partition.runs().iter().fold(context.zero(), |sum, run| {
            sum + bucket_loss(context, &kernel, run.size) * &whole(context, run.count)
        })
    }

    /// A lower bound of the loss of every student with n neurons.
    fn bound(&self, context: &Interval) -> Option<Interval> {
        let neurons = usize::try_from(self.partition.n()).ok()?;
        let teachers = usize::try_from(self.partition.k()).ok()?;
        Some(lower_bound(context, &Erf::standard(), neurons, teachers))
    }

    /// Whether the gradient vanishes, and why: by exact evaluation where that
    /// is cheap and decides, else by the theorem, judged here and now.
    fn critical(&self, options: &Options, interrupt: &Interrupt) -> Result<(Verdict, String), Failure> {
        let weights = self.partition.n().saturating_mul(self.dimension());
        if weights <= EXACT_WEIGHTS
            && let Ok(dimension) = usize::try_from(self.dimension())
        {
            let parts: Vec<u64> = self.partition.parts().collect();
            match is_critical(&Erf::standard(), &parts, dimension) {
                Verdict::Proved => {
                    let how = "exact arithmetic gives 0 for every component of the gradient";
                    return Ok((Verdict::Proved, how.to_string()));
                }
                Verdict::Refuted(evidence) => return Ok((Verdict::Refuted(evidence.clone()), evidence)),
                Verdict::Undecided(_) => {}
            }
        }
        let id = known::CRITICAL;
        let verdict = options.settle(id, interrupt)?;
        let how = match verdict.reason() {
            None => format!("by theorem {id} (copyavg verify {id})"),
            Some(why) => format!("by theorem {id}: {why}"),
        };
        Ok((verdict, how))
    }
}

/// Weights up to which the full gradient is evaluated exactly.
const EXACT_WEIGHTS: u64 = 200;

fn whole(context: &Interval, n: u64) -> Interval {
    context.rational(&Rational::from_integer(n.into()))
}

pub(crate) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    if options.activation != Activation::Erf {
        return Err(Failure::bad_input(format!(
            "spectra are derived for --activation erf only, not for {}",
            options.activation
        )));
    }
    let point = Point::read(arguments)?;
    let (partition, extra) = (&point.partition, point.extra);
    let candidates = copy_average_candidates(partition, extra);
    let mut spectrum = decide(partition, extra, options.proof_limit(), &candidates);
    let mut printer = Printer {
        reals: options.reals(6),
        all_met: true,
    };
    let loss = printer.value(|context| Some(point.loss(context)));
    let bound = printer.value(|context| point.bound(context));
    let gap = printer.value(|context| Some(point.loss(context) - point.bound(context)?));
    let eigenvalues = printer.eigenvalues(&point, &spectrum, &candidates);
    let neurons: Vec<Neuron> = partition.runs().iter().map(|run| printer.neuron(*run)).collect();
    let interrupt = Interrupt::listen();
    let (critical, reason) = point.critical(options, &interrupt)?;
    if !critical.is_proved() && spectrum.kind != Kind::Undecided {
        // The signs of the eigenvalues classify critical points only.
        spectrum.kind = Kind::Undecided;
        let entry = format!("criticality, which is {}", critical.word());
        spectrum.why = Some(Why::RestsOn { entry });
    }

    let mut fields = Map::new();
    fields.insert("k".to_string(), json!(arguments.k));
    fields.insert("n".to_string(), json!(arguments.n));
    fields.insert("d".to_string(), json!(point.dimension()));
    fields.insert("family".to_string(), json!("copy-average"));
    if partition.n() <= LISTED_PARTS {
        fields.insert(
            "parts".to_string(),
            json!(partition.parts().collect::<Vec<u64>>()),
        );
    }
    fields.insert(
        "point".to_string(),
        Value::Array(neurons.iter().map(Neuron::json).collect()),
    );
    fields.insert("loss".to_string(), json!(loss));
    fields.insert("lower_bound".to_string(), json!(bound));
    fields.insert("gap".to_string(), json!(gap));
    fields.insert("exists".to_string(), json!("proved"));
    fields.insert("critical".to_string(), json!(critical.word()));
    fields.insert("critical_by".to_string(), json!(reason));

    let mut above = vec![format!(
        "Copy-average configuration {} of k = {} teachers, n = {} neurons, d = {} inputs",
        partition.compact(),
        arguments.k,
        arguments.n,
        point.dimension(),
    )];
    above.push(String::new());
    above.extend(neurons.iter().map(Neuron::line));
    above.push(String::new());
    above.push(format!("loss         {loss}"));
    above.push(format!(
        "lower bound  {bound}  for every student with {} neurons",
        arguments.n
    ));
    above.push(format!("gap          {gap}"));
    above.push(String::new());
    above.push("exists       proved: the weights are explicit".to_string());
    above.push(format!("critical     {}: {reason}", critical.word()));
    above.extend(verdict_lines(&spectrum));
    above.push(String::new());

    let mut end = Map::new();
    let count = |n: &Option<num_bigint::BigUint>| json!(n.as_ref().map(ToString::to_string));
    end.insert("morse_index".to_string(), count(&spectrum.morse_index));
    end.insert("nullity".to_string(), count(&spectrum.nullity));
    end.insert("kind".to_string(), json!(spectrum.kind.word()));
    if let Some(why) = &spectrum.why {
        end.insert("why".to_string(), json!(why.to_string()));
    }
    let heading = Heading {
        fields,
        list: "spectrum",
        above,
        columns: vec![
            Column::text("block"),
            Column::number("multiplicity"),
            Column::number("index"),
            Column::enclosure("eigenvalue"),
        ],
    };
    let rows = rows(&spectrum, &eigenvalues, options.format);
    print(
        options,
        &heading,
        &rows,
        &Footing {
            fields: end,
            below: legend(&spectrum),
        },
    )?;
    if let Some(why) = &spectrum.why {
        super::complain(&why.to_string());
    }
    if !printer.all_met {
        super::complain(&super::reals::missing(1));
    }
    let settled = spectrum.kind != Kind::Undecided && critical.is_proved() && printer.all_met;
    Ok(if settled { Exit::Answered } else { Exit::Unsettled })
}

/// More parts are not listed one by one.
const LISTED_PARTS: u64 = 10_000;

/// What the spectrum proves, for a person.
fn verdict_lines(spectrum: &Spectrum<Interval>) -> Vec<String> {
    let what = match spectrum.kind {
        Kind::StrictLocalMinimum => "strict local minimum",
        Kind::StrictSaddle => "strict saddle",
        Kind::Degenerate => "degenerate",
        Kind::Undecided => "undecided",
    };
    if let (Some(index), Some(nullity)) = (&spectrum.morse_index, &spectrum.nullity) {
        let total: num_bigint::BigUint = spectrum
            .blocks
            .iter()
            .map(|block| &block.multiplicity * block.dimension)
            .sum();
        vec![
            format!(
                "kind         {what}, proved: {index} of {total} eigenvalues are negative, {nullity} are zero"
            ),
            "by           enclosed eigenvalues, inertia of every block, and the formula of theorem morse-index"
                .to_string(),
            "complete     rows, trace and sum of squares of the blocks are those of the full Hessian".to_string(),
        ]
    } else {
        let why = spectrum.why.as_ref().map(ToString::to_string).unwrap_or_default();
        vec![format!("kind         undecided: {why}")]
    }
}

/// What the names of blocks mean.
fn legend(spectrum: &Spectrum<Interval>) -> Vec<String> {
    let mut lines =
        vec!["All eigenvalues of the Hessian in (a, W); each counts `multiplicity` times.".to_string()];
    for (prefix, meaning) in [
        (
            "bucket",
            "bucket(l)      a and w along the direction of a bucket of size l, with all other neurons",
        ),
        (
            "zero-sum",
            "zero-sum(l)    all neurons along a direction of zero sum inside a bucket of size l",
        ),
        (
            "unused",
            "unused         all neurons along an input that no teacher reads",
        ),
        (
            "difference",
            "difference(l)  neurons of equal size l against each other",
        ),
    ] {
        if spectrum.blocks.iter().any(|block| block.name.starts_with(prefix)) {
            lines.push(meaning.to_string());
        }
    }
    lines
}

/// One row per block in JSON, else one per eigenvalue.
fn rows(spectrum: &Spectrum<Interval>, eigenvalues: &[Vec<DecimalEnclosure>], format: Format) -> Vec<Row> {
    let mut rows = Vec::new();
    for (block, eigenvalues) in spectrum.blocks.iter().zip(eigenvalues) {
        if format == Format::Json {
            rows.push(Row {
                cells: Vec::new(),
                json: json!({
                    "block": block.name,
                    "dimension": block.dimension,
                    "multiplicity": block.multiplicity.to_string(),
                    "eigenvalues": eigenvalues,
                }),
            });
            continue;
        }
        for (index, eigenvalue) in eigenvalues.iter().enumerate() {
            // A person sees the name of a block once.
            let repeated = index > 0 && format != Format::Csv;
            let (name, multiplicity) = if repeated {
                (Cell::Text(String::new()), Cell::Text(String::new()))
            } else {
                let multiplicity = Cell::Number(block.multiplicity.to_string());
                (Cell::Text(block.name.clone()), multiplicity)
            };
            rows.push(Row {
                cells: vec![
                    name,
                    multiplicity,
                    Cell::Number((index + 1).to_string()),
                    Cell::Enclosure(eigenvalue.clone()),
                ],
                json: Value::Null,
            });
        }
    }
    rows
}

/// The neurons of the buckets of one size.
struct Neuron {
    run: Run,
    a: DecimalEnclosure,
    r: DecimalEnclosure,
}

impl Neuron {
    fn json(&self) -> Value {
        json!({
            "ell": self.run.size.to_string(),
            "a": self.a,
            "r": self.r,
            "count": self.run.count.to_string(),
        })
    }

    fn line(&self) -> String {
        let role = if self.run.size == 1 {
            "copies one teacher".to_string()
        } else {
            format!("averages {} teachers", self.run.size)
        };
        let each = match self.run.count {
            1 => format!("1 neuron {role}"),
            count if self.run.size == 1 => format!("{count} neurons copy one teacher each"),
            count => format!("{count} neurons average {} teachers each", self.run.size),
        };
        format!("{each}: a = {}, |w| = {}", self.a, self.r)
    }
}

/// Prints reals, and remembers whether the digits were met.
struct Printer {
    reals: Reals,
    all_met: bool,
}

impl Printer {
    fn value(&mut self, value: impl Fn(&Interval) -> Option<Interval>) -> DecimalEnclosure {
        let printed = self.reals.print(|precision| {
            let context = Interval::context(precision);
            value(&context).unwrap_or_else(|| context.between(None, None))
        });
        self.all_met &= printed.digits_met;
        printed
    }

    fn neuron(&mut self, run: Run) -> Neuron {
        let squared = squared_norm(&Erf::standard(), run.size);
        let root = exact_root(squared.numer()).zip(exact_root(squared.denom()));
        let r = match root {
            Some((p, q)) => self.reals.exact(&Rational::new(p, q)),
            None => self.value(|context| Some(context.rational(&squared).sqrt())),
        };
        Neuron {
            run,
            a: self.reals.exact(&Rational::from_integer(run.size.into())),
            r,
        }
    }

    /// Each level of precision is computed once, for all eigenvalues.
    fn eigenvalues(
        &mut self,
        point: &Point,
        decided: &Spectrum<Interval>,
        candidates: &[Vec<f64>],
    ) -> Vec<Vec<DecimalEnclosure>> {
        let mut levels: BTreeMap<Precision, Spectrum<Interval>> = BTreeMap::new();
        let mut at = |precision: Precision, block: usize, index: usize| {
            let spectrum = levels.entry(precision).or_insert_with(|| {
                attempt(
                    &Interval::context(precision),
                    &point.partition,
                    point.extra,
                    candidates,
                )
            });
            spectrum.blocks[block].eigenvalues[index].clone()
        };
        let as_decided = self.reals.significant().is_none();
        let mut printed = Vec::with_capacity(decided.blocks.len());
        for (block, spectrum) in decided.blocks.iter().enumerate() {
            let mut row = Vec::with_capacity(spectrum.dimension);
            for (index, eigenvalue) in spectrum.eigenvalues.iter().enumerate() {
                let one = self.reals.print(|precision| {
                    if as_decided {
                        eigenvalue.clone()
                    } else {
                        at(precision, block, index)
                    }
                });
                self.all_met &= one.digits_met;
                row.push(one);
            }
            printed.push(row);
        }
        printed
    }
}
