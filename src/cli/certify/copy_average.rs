//! `copyavg certify` at a copy-average configuration.

use super::printer::Printer;
use super::spectrum::{report, verdict_lines};
use super::{Arguments, write_certificate};
use crate::activation::Erf;
use crate::arithmetic::digits::DecimalEnclosure;
use crate::arithmetic::{Interval, Precision, Rational, Scalar, exact_root};
use crate::certify::copy_average::{is_critical, is_critical_by_size};
use crate::certify::global::lower_bound::every_student;
use crate::certify::spectrum::{Kind, attempt, decide};
use crate::certify::verdict::{Verdict, Why};
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::format::Heading;
use crate::cli::options::Options;
use crate::configuration::copy_average::{bucket_loss, squared_norm};
use crate::configuration::partition::{Partition, Run};
use crate::experiment::global_optimum::{Method, shown_at};
use crate::find::eigenvalues::copy_average_candidates;
use crate::theorem::certificate;
use serde_json::{Map, Value, json};

/// What is certified.
struct Point {
    partition: Partition,
    /// d.
    dimension: u64,
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
        let (dimension, extra) = arguments.inputs()?;
        Ok(Self {
            partition,
            dimension,
            extra,
        })
    }

    /// Σ L(ℓ_i).
    fn loss(&self, context: &Interval) -> Interval {
        let kernel = Erf::standard();
        self.partition.runs().iter().fold(context.zero(), |sum, run| {
            sum + bucket_loss(context, &kernel, run.size) * &whole(context, run.count)
        })
    }

    /// Whether this is n − 1 copies and one average.
    fn is_best_partition(&self) -> bool {
        let (k, n) = (self.partition.k(), self.partition.n());
        Partition::copies_and_one_average(k, n).is_ok_and(|best| best == self.partition)
    }

    /// A lower bound of the loss of every student with n neurons: the loss of
    /// copies and one average where that is `optimal`.
    fn bound(&self, context: &Interval, optimal: bool) -> Interval {
        let (k, n) = (self.partition.k(), self.partition.n());
        if optimal {
            bucket_loss(context, &Erf::standard(), k - n + 1)
        } else {
            every_student(context, n, k)
        }
    }

    /// Loss minus that bound.
    fn gap(&self, context: &Interval, optimal: bool) -> Interval {
        if optimal && self.is_best_partition() {
            context.zero()
        } else {
            self.loss(context) - self.bound(context, optimal)
        }
    }

    /// Whether this is the global minimum over all students, and why.
    fn global_minimum(&self, optimal: Option<&Method>) -> (&'static str, String) {
        if !self.is_best_partition() {
            return (
                "refuted",
                "n - 1 copies and one average are lower (theorem optimal-partition)".to_string(),
            );
        }
        match optimal {
            Some(method) => ("proved", method.explained().to_string()),
            None => (
                "undecided",
                "theorem global-optimum does not reach this pair; copyavg global tries more".to_string(),
            ),
        }
    }

    /// Whether the gradient vanishes, and why: by exact evaluation of all of it
    /// where that is cheap, else by the identities to which it comes down.
    fn critical(&self) -> (Verdict, &'static str) {
        let kernel = Erf::standard();
        let weights = self.partition.n().saturating_mul(self.dimension);
        if weights <= EXACT_WEIGHTS
            && let Ok(dimension) = usize::try_from(self.dimension)
        {
            let parts: Vec<u64> = self.partition.parts().collect();
            let verdict = is_critical(&kernel, &parts, dimension);
            if verdict.is_proved() {
                let how = "exact arithmetic gives 0 for every component of the gradient";
                return (verdict, how);
            }
        }
        let sizes = self.partition.runs().iter().map(|run| run.size);
        (
            is_critical_by_size(&kernel, sizes),
            "the gradient comes down to three identities for each bucket size, which hold exactly",
        )
    }
}

/// Weights up to which the full gradient is evaluated exactly.
const EXACT_WEIGHTS: u64 = 200;

fn whole(context: &Interval, n: u64) -> Interval {
    context.rational(&Rational::from_integer(n.into()))
}

pub(super) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    let point = Point::read(arguments)?;
    let (partition, extra) = (&point.partition, point.extra);
    let candidates = copy_average_candidates(partition, extra);
    let mut spectrum = decide(partition, extra, options.proof_limit(), &candidates);
    let mut printer = Printer::new(options.reals(6));
    let loss = printer.value(|context| Some(point.loss(context)));
    let method = shown_at(partition.n(), partition.k(), options.proof_limit());
    let optimal = method.is_some();
    let bound = printer.value(|context| Some(point.bound(context, optimal)));
    let gap = printer.value(|context| Some(point.gap(context, optimal)));
    let (global, by) = point.global_minimum(method.as_ref());
    let eigenvalues = printer.eigenvalues(&spectrum, |precision| {
        attempt(&Interval::context(precision), partition, extra, &candidates)
    });
    let neurons: Vec<Neuron> = partition
        .runs()
        .iter()
        .map(|run| Neuron::of(*run, &mut printer))
        .collect();
    let (critical, how) = point.critical();
    let reason = critical.reason().unwrap_or_else(|| how.to_string());
    if !critical.is_proved() && spectrum.kind != Kind::Undecided {
        // The signs of the eigenvalues classify critical points only.
        spectrum.kind = Kind::Undecided;
        let entry = format!("criticality, which is {}", critical.word());
        spectrum.why = Some(Why::RestsOn { entry });
    }

    let written = match &arguments.certificate {
        None => true,
        Some(path) => {
            // The precision of the certificate is its own: same bytes whatever is printed.
            let loss = point.loss(&Interval::context(Precision::START));
            let text = certificate::of_spectrum(partition, extra, &loss, &spectrum);
            write_certificate(path, text.as_deref(), options)?
        }
    };

    let mut fields = Map::new();
    fields.insert("k".to_string(), json!(arguments.k));
    fields.insert("n".to_string(), json!(arguments.n));
    fields.insert("d".to_string(), json!(point.dimension));
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
    fields.insert("range_bound".to_string(), json!(loss));
    fields.insert("gap".to_string(), json!(gap));
    fields.insert("global_minimum".to_string(), json!(global));
    fields.insert("exists".to_string(), json!("proved"));
    fields.insert("critical".to_string(), json!(critical.word()));
    fields.insert("critical_by".to_string(), json!(reason));

    let mut above = vec![format!(
        "Copy-average configuration {} of k = {} teachers, n = {} neurons, d = {} inputs",
        partition.compact(),
        arguments.k,
        arguments.n,
        point.dimension,
    )];
    above.push(String::new());
    above.extend(neurons.iter().map(Neuron::line));
    above.push(String::new());
    above.push(format!("loss         {loss}"));
    above.push(format!(
        "lower bound  {bound}  for every student with {} neurons",
        arguments.n
    ));
    above.push(format!(
        "range bound  {loss}  for every function of the same {} features: attained",
        arguments.n
    ));
    above.push(format!("gap          {gap}  to the lower bound"));
    above.push(String::new());
    above.push("exists       proved: the weights are explicit".to_string());
    above.push(format!("critical     {}: {reason}", critical.word()));
    above.push(format!("global       {global}: {by}"));
    above.extend(verdict_lines(
        &spectrum,
        "enclosed eigenvalues, inertia of every block, and the formula of theorem morse-index",
    ));

    report(
        options,
        Heading {
            fields,
            list: "spectrum",
            above,
            columns: Vec::new(),
        },
        &spectrum,
        &eigenvalues,
        &LEGEND,
    )?;
    printer.complain();
    let settled = spectrum.kind != Kind::Undecided && critical.is_proved() && printer.all_met && written;
    Ok(if settled { Exit::Answered } else { Exit::Unsettled })
}

/// More parts are not listed one by one.
const LISTED_PARTS: u64 = 10_000;

/// What the names of blocks mean.
const LEGEND: [(&str, &str); 4] = [
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
];

/// The neurons of the buckets of one size.
struct Neuron {
    run: Run,
    a: DecimalEnclosure,
    r: DecimalEnclosure,
}

impl Neuron {
    fn of(run: Run, printer: &mut Printer) -> Neuron {
        let squared = squared_norm(&Erf::standard(), run.size);
        let root = exact_root(squared.numer()).zip(exact_root(squared.denom()));
        let r = match root {
            Some((p, q)) => printer.exact(&Rational::new(p, q)),
            None => printer.value(|context| Some(context.rational(&squared).sqrt())),
        };
        Neuron {
            run,
            a: printer.exact(&Rational::from_integer(run.size.into())),
            r,
        }
    }

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
