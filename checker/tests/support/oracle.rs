//! Is a claim about formulas false? An answer in floating point, by a parser
//! and an evaluator of its own: sample points at which the claim fails by far.

use std::cell::Cell;
use std::collections::BTreeMap;

/// A formula as a tree.
#[derive(Debug, Clone)]
enum Tree {
    Number(f64),
    Name(String),
    Unary(String, Box<Tree>),
    Binary(char, Box<Tree>, Box<Tree>),
    Power(Box<Tree>, i32),
    Derivative(Box<Tree>, String, usize),
}

/// Recursive descent over bytes.
struct Reader<'a>(&'a [u8], usize);

impl Reader<'_> {
    fn peek(&mut self) -> u8 {
        while self.0.get(self.1) == Some(&b' ') {
            self.1 += 1;
        }
        self.0.get(self.1).copied().unwrap_or(0)
    }

    fn eat(&mut self, c: u8) -> bool {
        let comes = self.peek() == c;
        self.1 += usize::from(comes);
        comes
    }

    fn word(&mut self, keep: fn(u8) -> bool) -> Option<String> {
        self.peek();
        let start = self.1;
        while self.0.get(self.1).is_some_and(|&c| keep(c)) {
            self.1 += 1;
        }
        (self.1 > start).then(|| String::from_utf8_lossy(&self.0[start..self.1]).into_owned())
    }

    fn sum(&mut self) -> Option<Tree> {
        let mut left = self.product()?;
        loop {
            let c = self.peek();
            if c != b'+' && c != b'-' {
                return Some(left);
            }
            self.1 += 1;
            left = Tree::Binary(char::from(c), Box::new(left), Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Option<Tree> {
        let mut left = self.signed()?;
        loop {
            let c = self.peek();
            if c != b'*' && c != b'/' {
                return Some(left);
            }
            self.1 += 1;
            left = Tree::Binary(char::from(c), Box::new(left), Box::new(self.signed()?));
        }
    }

    fn signed(&mut self) -> Option<Tree> {
        if self.eat(b'-') {
            return Some(Tree::Unary("-".to_string(), Box::new(self.signed()?)));
        }
        let base = self.primary()?;
        if !self.eat(b'^') {
            return Some(base);
        }
        let parenthesis = self.eat(b'(');
        let negative = parenthesis && self.eat(b'-');
        let size: i32 = self.word(|c| c.is_ascii_digit())?.parse().ok()?;
        if parenthesis && !self.eat(b')') {
            return None;
        }
        Some(Tree::Power(Box::new(base), if negative { -size } else { size }))
    }

    fn primary(&mut self) -> Option<Tree> {
        let c = self.peek();
        if self.eat(b'(') {
            let inner = self.sum()?;
            return self.eat(b')').then_some(inner);
        }
        if c.is_ascii_digit() {
            let mut text = self.word(|c| c.is_ascii_digit() || c == b'.' || c == b'e' || c == b'E')?;
            if text.ends_with(['e', 'E']) {
                text.push(char::from(self.peek()));
                self.1 += 1;
                text.push_str(&self.word(|c| c.is_ascii_digit())?);
            }
            return Some(Tree::Number(text.parse().ok().filter(|x| within_reach(*x))?));
        }
        let name = self.word(|c| c.is_ascii_alphanumeric() || c == b'_')?;
        if name == "pi" {
            return Some(Tree::Number(std::f64::consts::PI));
        }
        if !self.eat(b'(') {
            return Some(Tree::Name(name));
        }
        let argument = Box::new(self.sum()?);
        let tree = if name == "diff" {
            if !self.eat(b',') {
                return None;
            }
            let variable = self.word(|c| c.is_ascii_alphanumeric() || c == b'_')?;
            let order = if self.eat(b',') {
                self.word(|c| c.is_ascii_digit())?.parse().ok()?
            } else {
                1
            };
            Tree::Derivative(argument, variable, order)
        } else {
            Tree::Unary(name, argument)
        };
        self.eat(b')').then_some(tree)
    }
}

fn parse(text: &str) -> Option<Tree> {
    let mut reader = Reader(text.as_bytes(), 0);
    let tree = reader.sum()?;
    (reader.peek() == 0).then_some(tree)
}

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

/// Numbers whose powers are doubles as well.
fn within_reach(x: f64) -> bool {
    x == 0.0 || (1e-60..=1e60).contains(&x.abs())
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
