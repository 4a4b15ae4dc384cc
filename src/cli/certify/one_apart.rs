//! `copyavg certify --family one-apart`.

use super::Arguments;
use super::perturbed_copy::unsettled;
use super::printer::Printer;
use super::spectrum::{report, verdict_lines};
use crate::activation::Erf;
use crate::arithmetic::{Interval, Precision};
use crate::certify::family::{Member, attempt, decide};
use crate::certify::perturbed_copy::{CertifiedPerturbedCopy, certify};
use crate::certify::spectrum::{Kind, Spectrum};
use crate::certify::verdict::Why;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::format::Heading;
use crate::cli::options::Options;
use crate::configuration::copy_average::bucket_loss;
use crate::configuration::family::Family;
use crate::configuration::family::one_apart::OneApart;
use crate::configuration::family::perturbed_copy::PerturbedCopy;
use crate::find::one_apart::{Candidate, candidate};
use crate::find::perturbed_copy;
use serde_json::{Map, Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// What each coordinate is, in the family's order.
const MEANINGS: [&str; 9] = [
    "outgoing weight of the n - 1 neurons alike",
    "each of them on its own teacher",
    "on the teachers of the others alike",
    "on the teacher of the neuron apart",
    "on the teachers that no neuron favours",
    "outgoing weight of the neuron apart",
    "that one on the teachers of the others",
    "on its own teacher",
    "on the teachers that no neuron favours",
];

pub(super) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    let (k, n) = (arguments.k, arguments.n);
    let (d, extra) = arguments.inputs()?;
    if arguments.certificate.is_some() {
        return Err(Failure::bad_input(
            "the checker has no certificates for --family one-apart yet: leave out --certificate".to_string(),
        ));
    }
    let Some(family) = OneApart::new(n, k, d) else {
        return Err(Failure::bad_input(format!(
            "with -n {n} and -k {k} no neuron can be apart from others alike: choose 3 <= n < k"
        )));
    };
    let limit = options.proof_limit();
    let found = match candidate(&family) {
        None => Err(Why::NoCandidate {
            what: format!("a critical point with one of {n} neurons apart, for {k} teachers"),
        }),
        Some(near) => decide(&family, &near.point, &near.eigenvalues, limit).map(|found| (near, found)),
    };
    let heading = format!(
        "One neuron apart from {} alike, k = {k} teachers, n = {n} neurons, d = {d} inputs",
        n - 1
    );
    let mut fields = Map::new();
    fields.insert("k".to_string(), json!(k));
    fields.insert("n".to_string(), json!(n));
    fields.insert("d".to_string(), json!(d));
    fields.insert("family".to_string(), json!("one-apart"));
    let (near, found) = match found {
        Ok(found) => found,
        Err(why) => return unsettled(options, fields, heading, why),
    };
    let mut printer = Printer::new(options.reals(6));
    let point = Point {
        family: &family,
        near: &near,
        found: &found,
        as_decided: printer.is_as_decided(),
        levels: RefCell::new(BTreeMap::new()),
    };
    let mut above = vec![heading, String::new()];
    let mut coordinates = Map::new();
    for (index, (name, meaning)) in family.coordinates().into_iter().zip(MEANINGS).enumerate() {
        let value = printer
            .value(|context| point.part(context.precision(), |member| member.place.zero[index].clone()));
        above.push(format!("{name:<7} = {value}  ({meaning})"));
        coordinates.insert(name.to_string(), json!(value));
    }
    let loss = printer.value(|context| point.loss(context));
    above.extend([String::new(), format!("loss         {loss}")]);
    fields.insert("extra".to_string(), json!(extra));
    fields.insert("point".to_string(), Value::Object(coordinates));
    fields.insert("loss".to_string(), json!(loss));
    let average =
        |context: &Interval| Some(point.loss(context)? - bucket_loss(context, &Erf::standard(), k - n + 1));
    let above_average = printer.value(average);
    above.push(format!(
        "barrier      {above_average}  above the best copy-average configuration"
    ));
    fields.insert("above_copy_average".to_string(), json!(above_average));
    let copies = Copies::of(n, k, limit);
    let above_copies = copies
        .as_ref()
        .map(|copies| printer.value(|context| Some(point.loss(context)? - copies.loss(context)?)));
    if let Some(above_copies) = &above_copies {
        above.push(format!("barrier      {above_copies}  above the perturbed copy"));
    }
    fields.insert("above_perturbed_copy".to_string(), json!(above_copies));
    let spectrum = &found.spectrum;
    let eigenvalues = printer.eigenvalues(spectrum, |precision| point.spectrum(precision));
    let conditions = family.conditions(&found.place.zero);
    let says: Vec<&str> = conditions.iter().map(|condition| condition.says).collect();
    above.extend([
        String::new(),
        format!(
            "exists       proved: Krawczyk's operator; {} ({} bits)",
            says.join(", "),
            found.bits
        ),
        "critical     proved: the gradient at a point fixed by the symmetry lies along the family"
            .to_string(),
        format!("symmetry     {}", family.symmetry()),
    ]);
    above.extend(verdict_lines(
        spectrum,
        "enclosed eigenvalues and inertia of every block over the proved box",
    ));
    fields.insert("exists".to_string(), json!("proved"));
    fields.insert("critical".to_string(), json!("proved"));
    fields.insert("bits".to_string(), json!(found.bits));
    let heading = Heading {
        fields,
        list: "spectrum",
        above,
        columns: Vec::new(),
    };
    report(options, heading, spectrum, &eigenvalues, &LEGEND)?;
    printer.complain();
    let settled = spectrum.kind != Kind::Undecided && printer.all_met;
    Ok(if settled { Exit::Answered } else { Exit::Unsettled })
}

/// What is certified, at every precision that was asked for.
struct Point<'a> {
    family: &'a OneApart,
    near: &'a Candidate,
    found: &'a Member<Interval, 9>,
    /// Whether numbers are printed as the proof left them.
    as_decided: bool,
    levels: RefCell<BTreeMap<Precision, Option<Member<Interval, 9>>>>,
}

impl Point<'_> {
    fn part<T>(&self, precision: Precision, part: impl Fn(&Member<Interval, 9>) -> T) -> Option<T> {
        if self.as_decided {
            return Some(part(self.found));
        }
        let mut levels = self.levels.borrow_mut();
        let member = levels.entry(precision).or_insert_with(|| {
            let context = Interval::context(precision);
            attempt(&context, self.family, &self.near.point, &self.near.eigenvalues)
                .ok()
                .filter(|member| member.place.is_that_of(&self.found.place))
        });
        member.as_ref().map(part)
    }

    fn loss(&self, context: &Interval) -> Option<Interval> {
        self.part(context.precision(), |member| member.loss.clone())
    }

    fn spectrum(&self, precision: Precision) -> Spectrum<Interval> {
        let found = self.part(precision, |member| member.spectrum.clone());
        found.unwrap_or_else(|| self.found.spectrum.clone())
    }
}

/// The perturbed copy that the point is compared with.
struct Copies {
    family: PerturbedCopy,
    near: perturbed_copy::Candidate,
    found: CertifiedPerturbedCopy,
}

impl Copies {
    fn of(n: u64, k: u64, limit: Precision) -> Option<Self> {
        let family = PerturbedCopy::new(n, k, k)?;
        let near = perturbed_copy::candidate(&family)?;
        let found = certify(&family, &near.point, &near.eigenvalues, limit).ok()?;
        Some(Self { family, near, found })
    }

    fn loss(&self, context: &Interval) -> Option<Interval> {
        let known = &self.found.member.place;
        crate::certify::family::loss(context, &self.family, &self.near.point, known).ok()
    }
}

/// What the names of blocks mean.
const LEGEND: [(&str, &str); 7] = [
    (
        "trivial",
        "trivial          motions that keep the symmetry: the nine coordinates",
    ),
    ("copies", "copies           the neurons alike against each other"),
    (
        "copies symmetric",
        "copies symmetric they exchange shares of their teachers, both ways alike",
    ),
    (
        "copies antisymmetric",
        "copies antisymmetric  the same, in opposite ways",
    ),
    (
        "rest",
        "rest             along differences of the teachers that no neuron favours",
    ),
    (
        "copies-rest",
        "copies-rest      the neurons alike against each other, along such differences",
    ),
    ("unused", "unused           along an input that no teacher reads"),
];
