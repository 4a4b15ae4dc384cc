//! The vectors of the ITF1788 project, where they are at hand.
//!
//! They are `.itl` files (<https://github.com/oheim/ITF1788>), read from the
//! folder that the environment variable `COPYAVG_ITF1788` names, or from
//! `../shared/itf1788`. Without them the test says so and passes.
//!
//! A vector gives the tightest interval of doubles. Ours must contain it and
//! exceed it by no more units in the last place, at each end, than
//! [`Level::excess`] states. Results of 53 bits with a larger range of
//! exponents are first rounded outward to doubles. IEEE 1788 evaluates a
//! function on the part of the argument inside its domain; we call a result
//! undefined as soon as the argument leaves the domain ([`domain_is_left`]),
//! and have no empty set: such vectors are counted apart.

mod itl;

use copyavg::arithmetic::{DoubleInterval, Enclosure, Interval, Order, Precision, Rational};
use itl::{Set, Term, Vector, read_folder};
use num_traits::Zero;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

/// An arithmetic under test.
trait Level: Enclosure {
    const NAME: &'static str;

    fn level_context() -> Self;

    /// By how many units in the last place each end may exceed the tightest
    /// result.
    fn excess(operation: &str, exponent: i32) -> u64;

    /// The middle or the width, where they are offered.
    fn number(&self, _name: &str) -> Option<f64> {
        None
    }

    fn exp(&self) -> Option<Self> {
        None
    }

    fn ln(&self) -> Option<Self> {
        None
    }
}

impl Level for DoubleInterval {
    const NAME: &'static str = "intervals of doubles";

    fn level_context() -> Self {
        Self::context()
    }

    fn excess(operation: &str, exponent: i32) -> u64 {
        match operation {
            "asin" | "acos" | "atan" => 1,
            // Not fused: two roundings, and cancellation in between.
            "fma" => u64::MAX,
            // One product per bit of the exponent and per bit that is set.
            "pown" if exponent.unsigned_abs() > 2 => u64::from(exponent.unsigned_abs()),
            "pown" if exponent == -2 => 2,
            _ => 0,
        }
    }

    fn number(&self, name: &str) -> Option<f64> {
        match name {
            "mid" => Some(self.midpoint()),
            "wid" => Some(self.width()),
            _ => None,
        }
    }
}

impl Level for Interval {
    const NAME: &'static str = "multiprecision intervals of 53 bits";

    fn level_context() -> Self {
        Self::context(Precision::new(53).unwrap())
    }

    fn excess(operation: &str, _: i32) -> u64 {
        if operation == "fma" { u64::MAX } else { 0 }
    }

    fn exp(&self) -> Option<Self> {
        Some(Interval::exp(self))
    }

    fn ln(&self) -> Option<Self> {
        Some(Interval::ln(self))
    }
}

/// What became of a vector.
enum Outcome {
    /// Compared with the expected value.
    Agrees,
    /// The argument leaves the domain, and the result is undefined, as
    /// declared.
    Undefined,
    /// Not comparable, with the reason.
    Skipped(&'static str),
}

/// Whether a set of [`Term`]s leaves the domain of an operation by our rule.
fn domain_is_left<E: Enclosure>(operation: &str, arguments: &[E], exponent: i32) -> bool {
    let inside = |x: &E, l: i64, u: i64| {
        x.lower().is_some_and(|a| a >= Rational::from_integer(l.into()))
            && x.upper().is_some_and(|b| b <= Rational::from_integer(u.into()))
    };
    let zero = Rational::zero();
    match operation {
        "div" => arguments[1].contains(&zero),
        "recip" => arguments[0].contains(&zero),
        "pown" => exponent < 0 && arguments[0].contains(&zero),
        "sqrt" => !arguments[0].certainly_nonnegative(),
        "log" => !arguments[0].certainly_positive(),
        "asin" | "acos" => !inside(&arguments[0], -1, 1),
        _ => false,
    }
}

/// The result of an operation that gives a set, if we offer it.
fn evaluate<E: Level>(operation: &str, x: &[E], exponent: i32) -> Option<E> {
    Some(match operation {
        "pos" => x[0].clone(),
        "neg" => -x[0].clone(),
        "add" => x[0].clone() + &x[1],
        "sub" => x[0].clone() - &x[1],
        "mul" => x[0].clone() * &x[1],
        "div" => x[0].clone() / &x[1],
        "fma" => x[0].clone() * &x[1] + &x[2],
        "recip" => x[0].one() / &x[0],
        "sqr" => x[0].square(),
        "sqrt" => x[0].sqrt(),
        "pown" => x[0].powi(exponent),
        "asin" => x[0].asin(),
        "acos" => x[0].acos(),
        "atan" => x[0].atan(),
        "exp" => x[0].exp()?,
        "log" => x[0].ln()?,
        "min" => x[0].min(&x[1]),
        "max" => x[0].max(&x[1]),
        "convexHull" => x[0].hull(&x[1]),
        _ => return None,
    })
}

/// The answer to a question about sets, if we can put it.
fn answer<E: Enclosure>(question: &str, x: &[E]) -> Option<bool> {
    let same = |a: &E, b: &E| a.lower() == b.lower() && a.upper() == b.upper();
    Some(match question {
        "strictPrecedes" => x[0].compare(&x[1]) == Order::Less,
        "disjoint" => x[0].compare(&x[1]) != Order::Unknown,
        "less" => same(&x[0].min(&x[1]), &x[0]),
        "subset" => same(&x[0].hull(&x[1]), &x[1]),
        "equal" => same(&x[0], &x[1]),
        "isEntire" => x[0].lower().is_none() && x[0].upper().is_none() && !x[0].is_undefined(),
        _ => return None,
    })
}

/// The place of a double in the order of all doubles.
fn position(x: f64) -> i64 {
    let magnitude = (x.to_bits() << 1 >> 1).cast_signed();
    if x.is_sign_negative() {
        -magnitude
    } else {
        magnitude
    }
}

/// Runs one vector.
fn run<E: Level>(vector: &Vector) -> Outcome {
    let context = E::level_context();
    let mut sets = Vec::new();
    let mut exponent = 0;
    for argument in &vector.arguments {
        match argument {
            Term::Set(Set::Between(l, u)) => sets.push(context.between(l.as_ref(), u.as_ref())),
            Term::Set(_) => return Outcome::Skipped("an argument is empty or not an interval"),
            Term::Number(n) if n.is_integer() => exponent = i32::try_from(n.to_integer()).unwrap(),
            _ => return Outcome::Skipped("an argument is neither an interval nor an integer"),
        }
    }
    let operation = vector.operation.as_str();
    match &vector.expected {
        Term::Truth(expected) => match answer(operation, &sets) {
            Some(ours) => {
                assert_eq!(ours, *expected, "{}: {vector:?}", E::NAME);
                Outcome::Agrees
            }
            None => Outcome::Skipped("no such question"),
        },
        Term::Set(expected) => {
            let Some(ours) = evaluate(operation, &sets, exponent) else {
                return Outcome::Skipped("no such operation");
            };
            if domain_is_left(operation, &sets, exponent) {
                assert!(ours.is_undefined(), "{}: {vector:?}: {ours:?}", E::NAME);
                return Outcome::Undefined;
            }
            assert!(!ours.is_undefined(), "{}: {vector:?}", E::NAME);
            let Set::Between(l, u) = expected else {
                panic!("{}: {vector:?} is inside our domain", E::NAME);
            };
            let doubles = DoubleInterval::context();
            let expected = doubles.between(l.as_ref(), u.as_ref());
            let ours = doubles.between(ours.lower().as_ref(), ours.upper().as_ref());
            let below = i128::from(position(expected.lo())) - i128::from(position(ours.lo()));
            let above = i128::from(position(ours.hi())) - i128::from(position(expected.hi()));
            assert!(
                below >= 0 && above >= 0,
                "{} lose points: {vector:?}: {ours:?}",
                E::NAME
            );
            let allowed = i128::from(E::excess(operation, exponent));
            assert!(
                below <= allowed && above <= allowed,
                "{} are not tight: {vector:?}: {ours:?}, {below} and {above} units",
                E::NAME
            );
            Outcome::Agrees
        }
        Term::Number(expected) => {
            let nearest = DoubleInterval::context().between(Some(expected), Some(expected));
            if nearest.lo() != nearest.hi() {
                return Outcome::Skipped("the expected number is no double");
            }
            let ours = match operation {
                "inf" => sets[0].lower(),
                "sup" => sets[0].upper(),
                _ => match sets[0].number(operation) {
                    Some(ours) => Some(Rational::from_float(ours).unwrap()),
                    None => return Outcome::Skipped("no such number of an interval"),
                },
            };
            assert_eq!(ours.as_ref(), Some(expected), "{}: {vector:?}", E::NAME);
            Outcome::Agrees
        }
        Term::NoNumber => Outcome::Skipped("the expected number is infinite or none"),
    }
}

/// Runs all vectors; returns how many were compared.
fn run_all<E: Level>(vectors: &[Vector]) -> u32 {
    let (mut compared, mut undefined) = (BTreeMap::new(), BTreeMap::new());
    let mut skipped = BTreeMap::<&str, BTreeMap<&str, u32>>::new();
    for vector in vectors {
        let operation = vector.operation.as_str();
        let count = match run::<E>(vector) {
            Outcome::Agrees => compared.entry(operation).or_insert(0),
            Outcome::Undefined => undefined.entry(operation).or_insert(0),
            Outcome::Skipped(why) => skipped.entry(why).or_default().entry(operation).or_insert(0),
        };
        *count += 1_u32;
    }
    let list = |counts: &BTreeMap<&str, u32>| {
        let words: Vec<String> = counts.iter().map(|(o, n)| format!("{o} {n}")).collect();
        format!("{} ({})", counts.values().sum::<u32>(), words.join(", "))
    };
    println!("{}, of {} vectors", E::NAME, vectors.len());
    println!("  compared: {}", list(&compared));
    println!(
        "  outside our domains, undefined as declared: {}",
        list(&undefined)
    );
    for (why, counts) in &skipped {
        println!("  skipped, {why}: {}", list(counts));
    }
    compared.values().sum()
}

#[test]
fn vectors_of_itf1788() {
    let folder = std::env::var_os("COPYAVG_ITF1788").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/itf1788"),
        PathBuf::from,
    );
    if !folder.is_dir() {
        // Not by `eprintln`, which the test harness hides.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: no ITF1788 vectors in {}; name their folder in COPYAVG_ITF1788",
            folder.display()
        );
        return;
    }
    let vectors = read_folder(&folder);
    assert!(vectors.len() > 6000, "only {} vectors read", vectors.len());
    assert!(run_all::<DoubleInterval>(&vectors) > 1900);
    assert!(run_all::<Interval>(&vectors) > 1900);
}
