//! `copyavg certify --family perturbed-copy`.

use super::printer::Printer;
use super::spectrum::{report, verdict_lines};
use super::{Arguments, write_certificate};
use crate::activation::Erf;
use crate::arithmetic::digits::DecimalEnclosure;
use crate::arithmetic::{Interval, Order, Precision};
use crate::certify::family::{Member, attempt, locate_again};
use crate::certify::global::lower_bound::{every_student, range_of_perturbed_copy};
use crate::certify::perturbed_copy::{CertifiedPerturbedCopy, certify};
use crate::certify::spectrum::{Kind, Spectrum};
use crate::certify::verdict::Why;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::format::Heading;
use crate::cli::options::Options;
use crate::configuration::copy_average::bucket_loss;
use crate::configuration::family::perturbed_copy::PerturbedCopy;
use crate::experiment::global_optimum::shown_at;
use crate::find::perturbed_copy::{Candidate, candidate};
use crate::theorem::certificate;
use serde_json::{Map, Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// What is certified, at every precision that was asked for.
struct Point<'a> {
    family: &'a PerturbedCopy,
    near: &'a Candidate,
    found: &'a CertifiedPerturbedCopy,
    /// Whether numbers are printed as the proof left them.
    as_decided: bool,
    levels: RefCell<BTreeMap<Precision, Option<Member<Interval, 4>>>>,
}

impl Point<'_> {
    /// A part of what is known at a precision; `None` where existence was not
    /// shown.
    fn part<T>(&self, precision: Precision, part: impl Fn(&Member<Interval, 4>) -> T) -> Option<T> {
        if self.as_decided {
            return Some(part(&self.found.member));
        }
        let mut levels = self.levels.borrow_mut();
        let member = levels.entry(precision).or_insert_with(|| {
            let context = Interval::context(precision);
            attempt(&context, self.family, &self.near.point, &self.near.eigenvalues)
                .ok()
                .filter(|member| member.place.is_that_of(&self.found.member.place))
        });
        member.as_ref().map(part)
    }

    fn loss(&self, context: &Interval) -> Option<Interval> {
        self.part(context.precision(), |member| member.loss.clone())
    }

    fn spectrum(&self, precision: Precision) -> Spectrum<Interval> {
        let found = self.part(precision, |member| member.spectrum.clone());
        found.unwrap_or_else(|| self.found.member.spectrum.clone())
    }

    /// The certificate, from a place known twice as precisely as the spectrum.
    fn certificate(&self) -> Option<String> {
        let bits = self.found.member.bits.saturating_mul(2);
        let precision = Precision::saturating(bits).max(Precision::START);
        let context = Interval::context(precision);
        let place = locate_again(&context, self.family, &self.near.point, &self.found.member.place).ok()?;
        certificate::of_perturbed_copy(self.family, self.found, &place)
    }
}

pub(super) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    let (k, n) = (arguments.k, arguments.n);
    let (d, extra) = arguments.inputs()?;
    if n > k {
        return Err(Failure::bad_input(format!(
            "{n} neurons are more than the {k} teachers: choose -n {k} or less"
        )));
    }
    let Some(family) = PerturbedCopy::new(n, k, d) else {
        return Err(Failure::bad_input(format!(
            "with -n {n} and -k {k} the perturbed copy is the copy-average configuration: use --family copy-average"
        )));
    };
    let found = match candidate(&family) {
        None => Err(Why::NoCandidate {
            what: format!("the perturbed copy of {n} of {k} teachers"),
        }),
        Some(near) => {
            certify(&family, &near.point, &near.eigenvalues, options.proof_limit()).map(|found| (near, found))
        }
    };
    let mut printer = Printer::new(options.reals(6));
    let heading = format!("Perturbed {n}-copy of k = {k} teachers, n = {n} neurons, d = {d} inputs");
    let mut fields = Map::new();
    fields.insert("k".to_string(), json!(k));
    fields.insert("n".to_string(), json!(n));
    fields.insert("d".to_string(), json!(d));
    fields.insert("family".to_string(), json!("perturbed-copy"));
    let (near, found) = match found {
        Ok(found) => found,
        Err(why) => return unsettled(options, fields, heading, why),
    };
    let point = Point {
        family: &family,
        near: &near,
        found: &found,
        as_decided: printer.is_as_decided(),
        levels: RefCell::new(BTreeMap::new()),
    };
    let coordinate = |index: usize| {
        move |context: &Interval, point: &Point| {
            point.part(context.precision(), |member| member.place.zero[index].clone())
        }
    };
    let coordinates: [DecimalEnclosure; 4] = std::array::from_fn(|index| {
        let value = coordinate(index);
        printer.value(|context| value(context, &point))
    });
    let optimal = shown_at(n, k, options.proof_limit()).is_some();
    let bound = |context: &Interval| match optimal {
        true => bucket_loss(context, &Erf::standard(), k - n + 1),
        false => every_student(context, n, k),
    };
    let range = printer.value(|context| {
        point.part(context.precision(), |member| {
            let [alpha, beta, gamma, _] = &member.place.zero;
            range_of_perturbed_copy(n, k, [alpha, beta, gamma])
        })
    });
    let loss = printer.value(|context| point.loss(context));
    let lower = printer.value(|context| Some(bound(context)));
    let gap = printer.value(|context| Some(point.loss(context)? - bound(context)));
    let other = printer.value(|context| Some(bucket_loss(context, &Erf::standard(), k - n + 1)));
    let spectrum = &found.member.spectrum;
    let eigenvalues = printer.eigenvalues(spectrum, |precision| point.spectrum(precision));
    let written = match &arguments.certificate {
        None => true,
        Some(path) => write_certificate(path, point.certificate().as_deref(), options)?,
    };
    let [alpha, beta, gamma, a] = coordinates;
    let order = match found.order {
        Order::Less => "perturbed-copy",
        Order::Greater => "copy-average",
        Order::Unknown => "undecided",
    };

    let global = match found.order {
        Order::Greater => ("refuted", "refuted: the best copy-average configuration is lower"),
        _ => (
            "undecided",
            "undecided: not shown to be the minimum over all students",
        ),
    };

    let mut above = vec![
        heading,
        String::new(),
        format!("alpha = {alpha}  (each neuron on its own teacher)"),
        format!("beta  = {beta}  (on the teachers of the others)"),
        format!(
            "gamma = {gamma}  (on the {} teachers that no neuron copies)",
            k - n
        ),
        format!("a     = {a}  (outgoing weight)"),
        String::new(),
        format!("loss         {loss}"),
        format!(
            "copy-average {other}  the best such configuration: {}",
            compared(found.order)
        ),
        format!("lower bound  {lower}  for every student with {n} neurons"),
        format!("range bound  {range}  for every function of the same {n} features"),
        format!("gap          {gap}  to the lower bound"),
        String::new(),
        format!(
            "exists       proved: Krawczyk's operator; alpha > 0 > beta, gamma > 0, a > 0 ({} bits)",
            found.member.bits
        ),
        "critical     proved: the gradient at a point fixed by the symmetry lies along the family"
            .to_string(),
        format!("global       {}", global.1),
    ];
    above.extend(verdict_lines(
        spectrum,
        "enclosed eigenvalues and inertia of every block over the proved box",
    ));
    fields.insert("extra".to_string(), json!(extra));
    fields.insert(
        "point".to_string(),
        json!({"alpha": alpha, "beta": beta, "gamma": gamma, "a": a}),
    );
    fields.insert("loss".to_string(), json!(loss));
    fields.insert("copy_average_loss".to_string(), json!(other));
    fields.insert("lower".to_string(), json!(order));
    fields.insert("lower_bound".to_string(), json!(lower));
    fields.insert("range_bound".to_string(), json!(range));
    fields.insert("gap".to_string(), json!(gap));
    fields.insert("global_minimum".to_string(), json!(global.0));
    fields.insert("exists".to_string(), json!("proved"));
    fields.insert("critical".to_string(), json!("proved"));
    fields.insert("bits".to_string(), json!(found.member.bits));
    let heading = Heading {
        fields,
        list: "spectrum",
        above,
        columns: Vec::new(),
    };
    report(options, heading, spectrum, &eigenvalues, &LEGEND)?;
    printer.complain();
    let settled =
        spectrum.kind != Kind::Undecided && found.order != Order::Unknown && printer.all_met && written;
    Ok(if settled { Exit::Answered } else { Exit::Unsettled })
}

/// Nothing was shown to exist.
pub(super) fn unsettled(
    options: &Options,
    mut fields: Map<String, Value>,
    heading: String,
    why: Why,
) -> Result<Exit, Failure> {
    for name in ["point", "loss"] {
        fields.insert(name.to_string(), Value::Null);
    }
    for name in ["exists", "critical"] {
        fields.insert(name.to_string(), json!("undecided"));
    }
    let heading = Heading {
        fields,
        list: "spectrum",
        above: vec![heading, String::new(), format!("exists       undecided: {why}")],
        columns: Vec::new(),
    };
    let spectrum = Spectrum {
        blocks: Vec::new(),
        morse_index: None,
        nullity: None,
        kind: Kind::Undecided,
        why: Some(why),
    };
    report(options, heading, &spectrum, &[], &[])?;
    Ok(Exit::Unsettled)
}

fn compared(order: Order) -> &'static str {
    match order {
        Order::Less => "this one is lower, proved",
        Order::Greater => "this one is higher, proved",
        Order::Unknown => "the order is undecided",
    }
}

/// What the names of blocks mean.
const LEGEND: [(&str, &str); 8] = [
    (
        "trivial",
        "trivial         motions that keep the symmetry: alpha, beta, gamma, a",
    ),
    ("neurons", "neurons         neurons against each other"),
    (
        "rest",
        "rest            all neurons along differences of the teachers that none copies",
    ),
    (
        "neurons-rest",
        "neurons-rest    neurons against each other, along such differences",
    ),
    (
        "symmetric",
        "symmetric       neurons exchange shares of the copied teachers, both ways alike",
    ),
    ("antisymmetric", "antisymmetric   the same, in opposite ways"),
    (
        "unused",
        "unused          all neurons along an input that no teacher reads",
    ),
    (
        "unused-neurons",
        "unused-neurons  neurons against each other along such an input",
    ),
];
