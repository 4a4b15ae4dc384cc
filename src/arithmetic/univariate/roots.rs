//! Real roots, counted by Sturm's theorem.

use super::{Univariate, derivative, primitive, pseudo_remainder, sign_of_value, square_free};
use crate::arithmetic::Rational;
use crate::arithmetic::gmp::{rational_from_gmp, to_gmp};
use rug::Integer;
use std::fmt::{self, Display, Formatter};

/// A real root of a polynomial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Root {
    /// This rational.
    Exact(Rational),
    /// The only root strictly between these two rationals.
    Between(Rational, Rational),
}

impl Display for Root {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Root::Exact(q) => write!(f, "{q}"),
            Root::Between(a, b) => write!(f, "a root between {a} and {b}"),
        }
    }
}

/// The Sturm chain of a square-free polynomial p: p, p′, and then the
/// negatives of remainders, each up to a positive factor.
///
/// **Theorem (Sturm 1829).** For a < b with p(a), p(b) ≠ 0, the number of roots
/// in (a, b) is V(a) − V(b), where V counts the changes of sign along the
/// chain, zeros left out. If p(a) or p(b) is 0 this still counts the roots in
/// (a, b], as p is square-free.
pub(super) struct Sturm {
    chain: Vec<Vec<Integer>>,
}

impl Sturm {
    /// The chain for the roots of `polynomial` ≠ 0, multiplicities ignored.
    pub(super) fn new(polynomial: &Univariate) -> Self {
        let first = square_free(&polynomial.coefficients);
        let mut chain = vec![];
        let (mut a, mut b) = (first.clone(), primitive(&derivative(&first)));
        while !b.is_empty() {
            let mut next = primitive(&pseudo_remainder(&a, &b));
            next.iter_mut().for_each(|c| *c = Integer::from(-&*c));
            chain.push(std::mem::replace(&mut a, std::mem::replace(&mut b, next)));
        }
        chain.push(a);
        Self { chain }
    }

    /// V(q).
    fn variations(&self, q: &Rational) -> usize {
        let (numerator, denominator) = (to_gmp(q.numer()), to_gmp(q.denom()));
        let signs = self
            .chain
            .iter()
            .map(|p| sign_of_value(p, &numerator, &denominator));
        let (mut last, mut count) = (0, 0);
        for sign in signs.filter(|&sign| sign != 0) {
            count += usize::from(last * sign < 0);
            last = sign;
        }
        count
    }

    /// The number of roots in (a, b].
    fn count(&self, a: &Rational, b: &Rational) -> usize {
        // V decreases from a to b ≥ a.
        self.variations(a).saturating_sub(self.variations(b))
    }

    /// The number of roots in (a, b).
    pub(super) fn count_inside(&self, a: &Rational, b: &Rational) -> usize {
        let end = self
            .chain
            .first()
            .is_some_and(|p| a < b && sign_of_value(p, &to_gmp(b.numer()), &to_gmp(b.denom())) == 0);
        self.count(a, b).saturating_sub(usize::from(end))
    }
}

impl Univariate {
    /// A power of two that exceeds the absolute value of every root (Cauchy's
    /// bound 1 + max |cᵢ/cₙ|); `None` for the polynomial 0.
    #[must_use]
    pub fn root_bound(&self) -> Option<Rational> {
        let (lead, rest) = self.coefficients.split_last()?;
        let largest = rest.iter().map(Integer::significant_bits).max().unwrap_or(0);
        // |cᵢ| < 2^largest and |cₙ| ≥ 2^(bits − 1), so |cᵢ/cₙ| < 2^(largest − bits + 1).
        let exponent = (largest + 1).saturating_sub(lead.significant_bits());
        let bound = (Integer::from(1) << exponent) + 1_u32;
        let bound = Integer::from(1) << bound.significant_bits();
        Some(rational_from_gmp(&rug::Rational::from(bound)))
    }

    /// The number of distinct real roots strictly between `lower` and `upper`
    /// (`None`: infinite); `None` for the polynomial 0.
    #[must_use]
    pub fn count_roots(&self, lower: Option<&Rational>, upper: Option<&Rational>) -> Option<usize> {
        let bound = self.root_bound()?;
        let (lower, upper) = (lower.cloned().unwrap_or(-&bound), upper.cloned().unwrap_or(bound));
        if lower >= upper {
            return Some(0);
        }
        Some(Sturm::new(self).count_inside(&lower, &upper))
    }
}
