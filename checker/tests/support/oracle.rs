//! Is a claim about formulas false? An answer in floating point, by a parser
//! and an evaluator of its own: sample points at which the claim fails by far.

use super::formula::{Tree, parse, within_reach};
use std::cell::Cell;
use std::collections::BTreeMap;

/// What is substituted for names.
struct Context {
    values: BTreeMap<String, f64>,
    definitions: BTreeMap<String, Tree>,
    /// A sum of large numbers was small: rounding decides what is left.
    cancelled: Cell<bool>,
}

/// The variable of a derivative and its order.
type Seed<'a> = Option<(&'a str, usize)>;

/// Taylor coefficients; `None` for what this oracle does not know, NaN for
/// what is undefined.
fn evaluate(tree: &Tree, context: &Context, seed: Seed) -> Option<Vec<f64>> {
    let order = seed.map_or(0, |(_, order)| order);
    let constant = |x: f64| {
        let mut result = vec![0.0; order + 1];
        result[0] = x;
        result
    };
    Some(match tree {
        Tree::Number(x) => constant(*x),
        Tree::Name(name) => match context.values.get(name) {
            Some(&x) => {
                let mut result = constant(x);
                if order > 0 && seed.is_some_and(|(variable, _)| variable == name) {
                    result[1] = 1.0;
                }
                result
            }
            None => evaluate(context.definitions.get(name)?, context, seed)?,
        },
        Tree::Unary(name, u) => {
            let u = evaluate(u, context, seed)?;
            match name.as_str() {
                "-" => u.iter().map(|x| -x).collect(),
                "sqrt" => root(&u),
                "asin" => inverse(&u, u[0].asin(), |square| 1.0 - square, -1.0, true),
                "acos" => {
                    let y = inverse(&u, u[0].asin(), |square| 1.0 - square, -1.0, true);
                    let mut y: Vec<f64> = y.iter().map(|x| -x).collect();
                    y[0] = u[0].acos();
                    y
                }
                "atan" => inverse(&u, u[0].atan(), |square| 1.0 + square, 1.0, false),
                _ => return None,
            }
        }
        Tree::Binary(operator, u, v) => {
            let (u, v) = (evaluate(u, context, seed)?, evaluate(v, context, seed)?);
            match operator {
                '+' | '-' => u
                    .iter()
                    .zip(&v)
                    .map(|(x, y)| {
                        let sum = if *operator == '+' { x + y } else { x - y };
                        let size = x.abs().max(y.abs());
                        if size > 1e6 && sum.abs() < 1e-3 * size {
                            context.cancelled.set(true);
                        }
                        sum
                    })
                    .collect(),
                '*' => product(&u, &v),
                _ => quotient(&u, &v),
            }
        }
        Tree::Power(u, n) => {
            let u = evaluate(u, context, seed)?;
            if n.unsigned_abs() > 60 {
                return None;
            }
            let mut result = constant(1.0);
            // An undefined base stays undefined.
            result[0] += 0.0 * u[0];
            for _ in 0..n.unsigned_abs() {
                result = product(&result, &u);
            }
            if *n < 0 {
                quotient(&constant(1.0), &result)
            } else {
                result
            }
        }
        Tree::Derivative(u, variable, n) => {
            if seed.is_some() || *n > 12 {
                return None;
            }
            let coefficients = evaluate(u, context, Some((variable, *n)))?;
            let factorial: f64 = (1..=*n).map(|k| k as f64).product();
            vec![coefficients[*n] * factorial]
        }
    })
}

fn product(u: &[f64], v: &[f64]) -> Vec<f64> {
    (0..u.len())
        .map(|n| (0..=n).map(|k| u[k] * v[n - k]).sum())
        .collect()
}

fn quotient(u: &[f64], v: &[f64]) -> Vec<f64> {
    let mut result: Vec<f64> = Vec::new();
    for n in 0..u.len() {
        let known: f64 = (0..n).map(|k| result[k] * v[n - k]).sum();
        let value = (u[n] - known) / v[0];
        result.push(if v[0] == 0.0 { f64::NAN } else { value });
    }
    result
}

fn root(u: &[f64]) -> Vec<f64> {
    let mut result = vec![u[0].sqrt()];
    for n in 1..u.len() {
        let known: f64 = (1..n).map(|k| result[k] * result[n - k]).sum();
        result.push((u[n] - known) / (2.0 * result[0]));
    }
    result
}

/// y with y₀ = `start` and y′ w = u′, w = √(1 − u²) or 1 + u².
fn inverse(u: &[f64], start: f64, first: fn(f64) -> f64, sign: f64, rooted: bool) -> Vec<f64> {
    let mut w: Vec<f64> = product(u, u).iter().map(|x| sign * x).collect();
    w[0] = first(u[0] * u[0]);
    let w = if rooted { root(&w) } else { w };
    let mut y = vec![start];
    for n in 1..u.len() {
        let known: f64 = (1..n).map(|k| k as f64 * y[k] * w[n - k]).sum();
        y.push((n as f64 * u[n] - known) / (n as f64 * w[0]));
    }
    y
}

/// An end of a range; `None` for one that is out of reach.
fn number(text: &str) -> Option<f64> {
    if text.contains("inf") {
        return text.parse().ok();
    }
    let (p, q) = text.split_once('/').unwrap_or((text, "1"));
    let (p, q) = (p.parse::<f64>().ok()?, q.parse::<f64>().ok()?);
    (within_reach(p) && within_reach(q)).then_some(p / q)
}

/// Values of a parameter, those at which equality is looked for first: ends
/// that belong to the range and integers.
fn samples(range: &str) -> Option<(Vec<f64>, Vec<f64>)> {
    if let Some((from, to)) = range.split_once("..") {
        let (from, to) = (number(from)?, number(to)?);
        let mut values = vec![from, to];
        for step in 1..7 {
            values.push((from + f64::from(step)).min(to));
        }
        values.push(((from + to) / 2.0).floor());
        return Some((values, Vec::new()));
    }
    let (low, high) = range[1..range.len() - 1].split_once(", ")?;
    let (closed_low, closed_high) = (range.starts_with('['), range.ends_with(']'));
    let (a, b) = (
        number(&low.replace("infinity", "inf"))?,
        number(&high.replace("infinity", "inf"))?,
    );
    let (mut nice, mut other) = (Vec::new(), Vec::new());
    if closed_low {
        nice.push(a);
    }
    if closed_high {
        nice.push(b);
    }
    for n in -3..=6 {
        let n = f64::from(n);
        if a < n && n < b {
            nice.push(n);
        }
    }
    for t in [
        1e-6,
        1e-3,
        0.1,
        0.25,
        1.0 / 3.0,
        0.5,
        0.75,
        0.9,
        0.999,
        1.0 - 1e-6,
    ] {
        match (a.is_finite(), b.is_finite()) {
            (true, true) => other.push(a + (b - a) * t),
            (true, false) => other.push(a + t / (1.0 - t)),
            (false, true) => other.push(b - t / (1.0 - t)),
            (false, false) => other.push(4.0 * (t - 0.5) / (t * (1.0 - t))),
        }
    }
    Some((nice, other))
}

/// What the oracle found.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// The claim fails at a point.
    False(String),
    /// No failure was found at so many points.
    NothingAgainst(usize),
    /// The claim is not of a form that the oracle can sample.
    Unknown,
}

/// Samples the claim of a certificate's block.
pub fn examine(block: &[String]) -> Finding {
    try_examine(block).unwrap_or(Finding::Unknown)
}

fn try_examine(block: &[String]) -> Option<Finding> {
    let mut parameters: Vec<(String, Vec<f64>, Vec<f64>)> = Vec::new();
    let mut definitions = BTreeMap::new();
    let mut relation = None;
    for line in block {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "for" => {
                let (name, range) = rest.split_once(" in ")?;
                let (nice, other) = samples(range)?;
                parameters.push((name.to_string(), nice, other));
            }
            "let" => {
                let (name, formula) = rest.split_once(" = ")?;
                definitions.insert(name.to_string(), parse(formula)?);
            }
            "holds" | "equation" => relation = Some(rest.to_string()),
            _ => {}
        }
    }
    let relation = relation?;
    let comparison = [">=", "<=", ">", "<", "="]
        .into_iter()
        .find(|symbol| relation.contains(symbol))?;
    let (left, right) = relation.split_once(comparison)?;
    let (left, right) = (parse(left)?, parse(right)?);
    let mut context = Context {
        values: BTreeMap::new(),
        definitions,
        cancelled: Cell::new(false),
    };
    let mut examined = 0;
    // Points all of whose coordinates are nice, then mixed ones.
    let mut state = 12345_u64;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for round in 0..300 {
        let mut nice = true;
        for (name, exact, other) in &parameters {
            let index = if parameters.len() == 1 {
                round
            } else {
                next(exact.len() + other.len())
            };
            let take_nice = if parameters.len() == 1 {
                round < exact.len()
            } else {
                index < exact.len()
            };
            let value = if take_nice {
                exact.get(index)
            } else {
                other.get(index - exact.len())
            };
            nice = nice && take_nice;
            match value {
                Some(&value) => context.values.insert(name.clone(), value),
                None => return Some(Finding::NothingAgainst(examined)),
            };
        }
        context.cancelled.set(false);
        let (l, r) = (
            evaluate(&left, &context, None)?[0],
            evaluate(&right, &context, None)?[0],
        );
        let at = || format!("{:?}: {l} {comparison} {r}", context.values);
        examined += 1;
        if context.cancelled.get() {
            continue;
        }
        if !l.is_finite() || !r.is_finite() {
            let large = context.values.values().any(|value| value.abs() > 1e3);
            if large {
                continue;
            }
            return Some(Finding::False(at()));
        }
        let tolerance = 1e-9 * (1.0 + l.abs() + r.abs());
        let difference = if comparison.starts_with('<') { r - l } else { l - r };
        let fails = match comparison {
            "=" => difference.abs() > 1e-7 * (1.0 + l.abs() + r.abs()),
            ">=" | "<=" => difference < -tolerance,
            _ => difference < -tolerance || (nice && difference == 0.0),
        };
        if fails {
            return Some(Finding::False(at()));
        }
        if parameters.is_empty() {
            break;
        }
    }
    Some(Finding::NothingAgainst(examined))
}
