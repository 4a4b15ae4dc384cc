//! Symbolic derivatives.

use super::{Formula, traverse};
use crate::arithmetic::Rational;
use num_traits::{Signed, Zero};
use std::collections::HashSet;
use std::convert::Infallible;
use std::mem::{Discriminant, discriminant};
use std::sync::Arc;

impl Formula {
    /// The derivative with respect to `variable`.
    ///
    /// Where the result is defined, so is the formula, and near such a point
    /// it has the result as its derivative: a part whose domain the derivative
    /// would forget (√c in x + √c) is kept as a term `0*√c`. The result is
    /// undefined where a radicand is 0 or an argument of `asin` or `acos` is
    /// ±1, unless that argument is constant.
    #[must_use]
    pub fn derivative(&self, variable: &str) -> Formula {
        let mut forgotten = Vec::new();
        let Ok(result) = traverse::fold(self, |part, done| -> Result<Formula, Infallible> {
            Ok(step(part, variable, |u| done.of(u).clone(), &mut forgotten))
        });
        keep_domains(result, forgotten)
    }
}

/// The derivative of one operation, given those of its operands.
///
/// Why the domain is kept: say that a derivative *covers* a formula if its
/// being defined implies that the formula is, apart from the parts recorded in
/// `forgotten`. By induction every rule gives a derivative that covers: either
/// the operation's condition (u ≠ 0, u ≥ 0, |u| ≤ 1) appears again in it, or
/// the operation is recorded. Terms are left out only when they have a factor
/// u′ that is the constant 0 (which then covers u), and constants are folded
/// only with constants.
fn step(
    part: &Formula,
    variable: &str,
    d: impl Fn(&Arc<Formula>) -> Formula,
    forgotten: &mut Vec<Formula>,
) -> Formula {
    let same = |u: &Arc<Formula>| Formula::clone(u);
    let mut forget = || {
        if may_be_undefined(part) {
            forgotten.push(part.clone());
        }
        Formula::integer(0)
    };
    match part {
        Formula::Constant(_) | Formula::Pi => Formula::integer(0),
        Formula::Variable(name) => Formula::integer(i64::from(**name == *variable)),
        Formula::Neg(u) => negate(d(u)),
        Formula::Add(u, v) => sum(d(u), d(v)),
        Formula::Sub(u, v) => sum(d(u), negate(d(v))),
        Formula::Mul(u, v) => sum(times(same(v), d(u)), times(same(u), d(v))),
        Formula::Div(u, v) => {
            // (u/v)′ = u′/v − u v′/v².
            let (du, dv) = (d(u), d(v));
            if du.is_zero() && dv.is_zero() {
                return forget();
            }
            // Not `over`: the product may be 0 because u is, and v′ alone
            // does not cover 1/v.
            let second = match dv {
                dv if dv.is_zero() => dv,
                dv => times(same(u), dv) / same(v).powi(2),
            };
            sum(over(du, same(v)), negate(second))
        }
        Formula::Power(u, n) => match (d(u), *n) {
            // u⁰ = 1 wherever u is defined.
            (du, 0) if du.is_zero() => du,
            (du, 0) => Formula::integer(0) * du,
            (du, 1) => du,
            (du, _) if du.is_zero() => forget(),
            (du, 2) => times(Formula::integer(2), times(same(u), du)),
            (du, n) => {
                let lowered = same(u).powi(n.saturating_sub(1));
                times(Formula::integer(i64::from(n)), times(lowered, du))
            }
        },
        Formula::Sqrt(u) => match d(u) {
            du if du.is_zero() => forget(),
            du => over(du, Formula::integer(2) * part.clone()),
        },
        Formula::Asin(u) | Formula::Acos(u) => match d(u) {
            du if du.is_zero() => forget(),
            du => {
                let slope = over(du, (Formula::integer(1) - same(u).powi(2)).sqrt());
                if matches!(part, Formula::Asin(_)) {
                    slope
                } else {
                    negate(slope)
                }
            }
        },
        Formula::Atan(u) => over(d(u), Formula::integer(1) + same(u).powi(2)),
    }
}

/// Adds `0*part` for every forgotten part that `result` does not contain.
fn keep_domains(result: Formula, forgotten: Vec<Formula>) -> Formula {
    if forgotten.is_empty() {
        return result;
    }
    let mut present: HashSet<Node> = traverse::postorder(&[&result])
        .into_iter()
        .map(Node::of)
        .collect();
    let mut guarded = result;
    for part in forgotten {
        if present.insert(Node::of(&part)) {
            guarded = guarded + Formula::integer(0) * part;
        }
    }
    guarded
}

/// An operation on operands known by their place in memory.
#[derive(PartialEq, Eq, Hash)]
struct Node(Discriminant<Formula>, i32, Vec<*const Formula>);

impl Node {
    fn of(part: &Formula) -> Self {
        let exponent = if let Formula::Power(_, n) = part { *n } else { 0 };
        Self(
            discriminant(part),
            exponent,
            part.operands().map(Arc::as_ptr).collect(),
        )
    }
}

/// Whether the operation itself (not its operands) may be undefined.
fn may_be_undefined(part: &Formula) -> bool {
    match part {
        Formula::Div(_, v) => v.as_constant().is_none_or(Zero::is_zero),
        Formula::Power(u, n) => *n < 0 && u.as_constant().is_none_or(Zero::is_zero),
        Formula::Sqrt(u) => u.as_constant().is_none_or(Signed::is_negative),
        Formula::Asin(u) | Formula::Acos(u) => u
            .as_constant()
            .is_none_or(|q| q.numer().magnitude() > q.denom().magnitude()),
        _ => false,
    }
}

fn negate(u: Formula) -> Formula {
    match u {
        Formula::Neg(v) => Formula::clone(&v),
        u => -u,
    }
}

fn sum(u: Formula, v: Formula) -> Formula {
    match (u, v) {
        (u, v) if u.is_zero() => v,
        (u, v) if v.is_zero() => u,
        (Formula::Constant(p), Formula::Constant(q)) if small(&p) && small(&q) => Formula::Constant(p + q),
        (u, Formula::Neg(v)) => Formula::Sub(Arc::new(u), v),
        (u, v) => u + v,
    }
}

/// `factor`·`derivative`, which is left out only if `derivative` is 0.
fn times(factor: Formula, derivative: Formula) -> Formula {
    match (factor, derivative) {
        (_, dv) if dv.is_zero() => dv,
        (u, dv) if dv.is_one() => u,
        (u, dv) if u.is_one() => dv,
        (Formula::Constant(p), Formula::Constant(q)) if small(&p) && small(&q) => Formula::Constant(p * q),
        (u, dv) => u * dv,
    }
}

/// `derivative`/`divisor`, which is left out only if `derivative` is 0.
fn over(derivative: Formula, divisor: Formula) -> Formula {
    if derivative.is_zero() {
        derivative
    } else {
        derivative / divisor
    }
}

/// Folding stops before constants become a burden.
fn small(q: &Rational) -> bool {
    q.numer().bits() + q.denom().bits() < 4096
}
