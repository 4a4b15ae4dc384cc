//! The numbers of a pair (k, n) that the inequalities depend on.

use super::pairs::Pairs;
use super::psi::{psi, psi_1, second_order};
use crate::arithmetic::Rational;
use crate::certify::eigenvalues::Level;
use num_bigint::BigInt;
use num_traits::One;

/// What the inequalities depend on; N = n − 1, l = k − N.
///
/// The inequalities are harder the larger ε, N/k, N/l, 1/l and n/k are, and the
/// smaller k and D are. So numbers that are worst in this sense settle all
/// pairs at once: for k ≥ K and n ≤ ρk these are ε = 1/K, N/k = n/k = ρ,
/// N/l = ρ/(1 − ρ), 1/l = 1/((1 − ρ)K + 1), D = 0.
#[derive(Debug, Clone)]
pub struct Setting<T> {
    /// k.
    pub teachers: T,
    /// ε = 1/k.
    pub epsilon: T,
    /// N/k, exactly.
    pub copied: Rational,
    /// N/l.
    pub ratio: T,
    /// 1/l.
    pub inverse: T,
    /// D − cor, where D = l²ψ(1/l) − lkψ(1/k) ≥ 0 and cor = ψ′(1)² (n/k)/(k/2 − C).
    pub slack: T,
    /// The largest τ that can occur in (B): 1 − 1/k, or 1 for all k at once.
    pub top: Rational,
}

/// The settings of all pairs, in the arithmetic of `context`.
pub fn settings<T: Level>(context: &T, pairs: &Pairs) -> Vec<Setting<T>> {
    match pairs {
        Pairs::Of { teachers, from, to } => (*from..=*to).map(|n| of_pair(context, *teachers, n)).collect(),
        Pairs::Beyond { from, share } => vec![of_all(context, *from, share)],
    }
}

fn whole(n: u64) -> Rational {
    Rational::from_integer(BigInt::from(n))
}

/// cor, from k and n/k.
fn correction<T: Level>(teachers: &T, share: &T) -> T {
    let slope = psi_1(&teachers.one());
    let half = teachers.clone() / teachers.integer(2);
    slope.square() * share / (half - second_order(teachers))
}

fn of_pair<T: Level>(context: &T, k: u64, n: u64) -> Setting<T> {
    let (copies, rest) = (whole(n - 1), whole(k - n + 1));
    let teachers = context.rational(&whole(k));
    let epsilon = context.rational(&whole(k).recip());
    let inverse = context.rational(&rest.recip());
    let size = context.rational(&rest);
    let merged = size.clone() * (size * psi(&inverse) - teachers.clone() * psi(&epsilon));
    let share = context.rational(&(whole(n) / whole(k)));
    Setting {
        slack: merged - correction(&teachers, &share),
        teachers,
        epsilon,
        copied: &copies / whole(k),
        ratio: context.rational(&(copies / rest)),
        inverse,
        top: Rational::one() - whole(k).recip(),
    }
}

fn of_all<T: Level>(context: &T, from: u64, share: &Rational) -> Setting<T> {
    let others = Rational::one() - share;
    let teachers = context.rational(&whole(from));
    let inverse = (&others * whole(from) + Rational::one()).recip();
    Setting {
        slack: -correction(&teachers, &context.rational(share)),
        epsilon: context.rational(&whole(from).recip()),
        copied: share.clone(),
        ratio: context.rational(&(share / others)),
        inverse: context.rational(&inverse),
        teachers,
        top: Rational::one(),
    }
}
