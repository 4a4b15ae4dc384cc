//! The functions in the inequalities, in the letters of `docs/certificate.md`.

use super::constant;
use crate::arithmetic::{Checked, Interval};
use crate::number::{Rational, integer};
use std::collections::HashMap;

/// A number, or nothing if it is not defined.
type Value = Checked<Interval>;

/// The numbers of a pair (k, n), with N = n − 1 and l = k − N, or bounds of those
/// of many pairs.
pub struct Setting {
    /// k.
    pub teachers: Value,
    /// 1/k.
    pub epsilon: Rational,
    /// N/k.
    pub copied: Rational,
    /// N/l.
    pub copies_per_rest: Value,
    /// 1/l.
    pub inverse: Value,
    /// D − cor.
    pub slack: Value,
}

/// ψ(x) = asin(x/2) − x/2.
pub fn psi(x: &Value) -> Value {
    let half = x / x.integer(2);
    half.asin() - half
}

/// √(4 − x²).
fn cosine(x: &Value) -> Value {
    (x.integer(4) - x.square()).root()
}

/// ψ′(x) = (4 − x²)^(−1/2) − 1/2.
fn slope(x: &Value) -> Value {
    x.integer(1) / cosine(x) - x.integer(1) / x.integer(2)
}

/// ψ″(x) = x (4 − x²)^(−3/2).
fn bend(x: &Value) -> Value {
    let c = cosine(x);
    x / (c.square() * c)
}

/// ψ‴(x) = (4 − x²)^(−3/2) + 3x² (4 − x²)^(−5/2).
fn third(x: &Value) -> Value {
    let c = cosine(x);
    let cube = c.square() * &c;
    let fifth = c.square() * &cube;
    x.integer(1) / cube + x.integer(3) * x.square() / fifth
}

/// k/2 − C with C = ψ″(1) + ψ′(1).
fn stiffness(teachers: &Value) -> Value {
    let one = teachers.integer(1);
    teachers / teachers.integer(2) - (bend(&one) + slope(&one))
}

/// cor = ψ′(1)² (n/k)/(k/2 − C).
pub fn correction(teachers: &Value, share: &Value) -> Value {
    slope(&teachers.integer(1)).square() * share / stiffness(teachers)
}

/// B(e), for 0 < e ≤ 1/2.
pub fn local_bound(setting: &Setting, e: &Value) -> Value {
    let one = e.integer(1);
    let (steep, gentle) = (bend(&one), slope(&one));
    let y2 = e + setting.copies_per_rest.times(2);
    let y = (e * &y2).root();
    // min(1, 1/l + Y): ψ‴ increases, so either will do where they cannot be told apart.
    let reach = &setting.inverse + &y;
    let beyond = (&reach - &one).0.is_some_and(|x| x.certainly_nonnegative());
    let reach = if beyond { one.clone() } else { reach };
    let off = e * (&one - e);
    let diagonal = (psi(&one) - psi(&(&one - e))) / e;
    let cross = psi(&off.root()).times(2) / &off;
    let bulk = (bend(&setting.inverse) / e.integer(2) + third(&reach) * &y / e.integer(6)) * &y2;
    let q = (&steep + &gentle) * e.root()
        + bend(&setting.inverse) / setting.inverse.root() * y2.root()
        + &steep * y2.root() * &y;
    let turned = q / setting.teachers.root() + gentle * e.number(&setting.copied).root();
    diagonal - cross - bulk - turned.square() / stiffness(&setting.teachers)
}

/// Λ and G with so many bits; what was computed is kept.
pub struct Rows {
    bits: u64,
    lambda: HashMap<Rational, Value>,
    growth: HashMap<(Rational, Rational), Value>,
    tangents: HashMap<Rational, (Value, Value)>,
}

impl Rows {
    /// Nothing is computed yet.
    pub fn new(bits: u64) -> Self {
        Self {
            bits,
            lambda: HashMap::new(),
            growth: HashMap::new(),
            tangents: HashMap::new(),
        }
    }

    /// √(x(1 − x)) for 0 ≤ x ≤ 1.
    fn off(&self, x: &Rational) -> Value {
        constant(&(x * (integer(1) - x)), self.bits).root()
    }

    /// Λ(x) = ψ(1) − ψ(1 − x) − ψ(√(x(1 − x))), for 0 ≤ x ≤ 1.
    pub fn lambda(&mut self, x: &Rational) -> Value {
        if let Some(known) = self.lambda.get(x) {
            return known.clone();
        }
        let at = |q: &Rational| psi(&constant(q, self.bits));
        let value = at(&integer(1)) - at(&(integer(1) - x)) - psi(&self.off(x));
        self.lambda.insert(x.clone(), value.clone());
        value
    }

    /// G(r) = ψ_k(r) + ψ_k(√(r(1 − r))), ψ_k(x) = ψ(ε + x) − ψ(ε) − ψ′(ε) x.
    pub fn growth(&mut self, setting: &Setting, r: &Rational) -> Value {
        let key = (setting.epsilon.clone(), r.clone());
        if let Some(known) = self.growth.get(&key) {
            return known.clone();
        }
        let epsilon = constant(&setting.epsilon, self.bits);
        let (value, slope) = self
            .tangents
            .entry(setting.epsilon.clone())
            .or_insert_with(|| (psi(&epsilon), slope(&epsilon)))
            .clone();
        let beyond = |x: &Value| psi(&(&epsilon + x)) - &value - &slope * x;
        let sum = beyond(&constant(r, self.bits)) + beyond(&self.off(r));
        self.growth.insert(key, sum.clone());
        sum
    }
}
