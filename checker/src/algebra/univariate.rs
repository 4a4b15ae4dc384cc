//! Polynomials in one variable with integer coefficients; Sturm's theorem.

use super::{Obstacle, Polynomial};
use crate::domain::{Bound, Range};
use crate::number::Rational;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};
use std::cmp::Ordering;

/// The largest degree.
const LARGEST_DEGREE: u32 = 200;

/// Coefficients from degree 0 up, without zeros at the end. Multiplying by a
/// positive number changes neither roots nor signs, so that coefficients are
/// kept coprime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Univariate(Vec<BigInt>);

/// Where roots are counted: between two ends.
#[derive(Debug, Clone)]
pub struct Region {
    /// The lower end.
    pub lower: Bound,
    /// The upper end.
    pub upper: Bound,
}

impl Region {
    /// The reals of a range, or those between its first and last integer.
    #[must_use]
    pub fn of(range: &Range) -> Self {
        match range {
            Range::Reals(lower, upper) => Self {
                lower: lower.clone(),
                upper: upper.clone(),
            },
            Range::Integers(from, to) => {
                let end = |n: &BigInt| Bound::Closed(Rational::from_integer(n.clone()));
                Self {
                    lower: end(from),
                    upper: end(to),
                }
            }
        }
    }

    /// The only point, if there is only one.
    fn single(&self) -> Option<&Rational> {
        self.lower.point().filter(|a| self.upper.point() == Some(*a))
    }

    /// `count` different points strictly between the ends.
    fn points(&self, count: u32) -> Vec<Rational> {
        let at = |i: u32| {
            // Between 0 and 1.
            let t = Rational::new(i.into(), count.saturating_add(1).into());
            match (self.lower.point(), self.upper.point()) {
                (Some(a), Some(b)) => a + (b - a) * t,
                (Some(a), None) => a + t,
                (None, Some(b)) => b - t,
                (None, None) => t,
            }
        };
        (1..=count).map(at).collect()
    }
}

impl Univariate {
    /// A polynomial in variable 0 alone.
    ///
    /// # Errors
    /// If its degree is too large or other variables occur.
    pub fn from_polynomial(p: &Polynomial) -> Result<Self, Obstacle> {
        if p.variables() > 1 || p.degree(0) > LARGEST_DEGREE {
            return Err(Obstacle::TooLarge);
        }
        let common = p
            .terms()
            .fold(BigInt::one(), |common, (_, c)| common.lcm(c.denom()));
        let length = usize::try_from(p.degree(0))
            .map_err(|_| Obstacle::TooLarge)?
            .saturating_add(1);
        let mut coefficients = vec![BigInt::zero(); length];
        for (monomial, c) in p.terms() {
            let degree =
                usize::try_from(monomial.first().copied().unwrap_or(0)).map_err(|_| Obstacle::TooLarge)?;
            if let Some(place) = coefficients.get_mut(degree) {
                *place = c.numer() * (&common / c.denom());
            }
        }
        Ok(Self(coefficients).primitive())
    }

    /// Without zeros at the end, divided by the greatest common divisor.
    fn primitive(mut self) -> Self {
        while self.0.last().is_some_and(Zero::is_zero) {
            self.0.pop();
        }
        let content = self.0.iter().fold(BigInt::zero(), |content, c| content.gcd(c));
        if !content.is_zero() && !content.is_one() {
            for c in &mut self.0 {
                *c = &*c / &content;
            }
        }
        self
    }

    /// Whether this is the polynomial 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    fn is_constant(&self) -> bool {
        self.0.len() <= 1
    }

    fn leading(&self) -> BigInt {
        self.0.last().cloned().unwrap_or_default()
    }

    /// The sign at a point.
    #[must_use]
    pub fn sign_at(&self, x: &Rational) -> Ordering {
        // Σ c_i p^i q^(d−i) has the sign of f(p/q), as q > 0.
        let (mut sum, mut scale) = (BigInt::zero(), BigInt::one());
        for c in self.0.iter().rev() {
            sum = sum * x.numer() + c * &scale;
            scale *= x.denom();
        }
        sum.cmp(&BigInt::zero())
    }

    /// The sign near an infinite end.
    fn sign_at_infinity(&self, negative: bool) -> Ordering {
        let sign = self.leading().cmp(&BigInt::zero());
        let odd = self.0.len().is_multiple_of(2);
        if negative && odd { sign.reverse() } else { sign }
    }

    fn derivative(&self) -> Self {
        let terms = self
            .0
            .iter()
            .enumerate()
            .skip(1)
            .map(|(n, c)| c * BigInt::from(n));
        Self(terms.collect()).primitive()
    }

    /// A positive multiple of the remainder of f by g ≠ 0.
    fn remainder(&self, divisor: &Self) -> Self {
        let mut rest = self.clone();
        let leading = divisor.leading();
        while rest.0.len() >= divisor.0.len() && !rest.is_zero() {
            let shift = rest.0.len() - divisor.0.len();
            let top = rest.leading() * leading.signum();
            for c in &mut rest.0 {
                *c *= leading.abs();
            }
            for (place, c) in rest.0.iter_mut().skip(shift).zip(&divisor.0) {
                *place -= &top * c;
            }
            rest = rest.primitive();
        }
        rest
    }

    fn gcd(&self, other: &Self) -> Self {
        let (mut x, mut y) = (self.clone(), other.clone());
        while !y.is_zero() {
            let rest = x.remainder(&y);
            x = y;
            y = rest;
        }
        x
    }

    /// f/g up to a positive factor, if g divides f.
    fn exact_quotient(&self, divisor: &Self) -> Self {
        let mut rest: Vec<Rational> = self.0.iter().map(|c| Rational::from_integer(c.clone())).collect();
        let leading = Rational::from_integer(divisor.leading());
        let mut quotient = Vec::new();
        while rest.len() >= divisor.0.len() && !divisor.is_zero() {
            let shift = rest.len() - divisor.0.len();
            let factor = rest.last().cloned().unwrap_or_default() / &leading;
            for (place, c) in rest.iter_mut().skip(shift).zip(&divisor.0) {
                *place -= &factor * c;
            }
            rest.pop();
            quotient.push(factor);
        }
        let common = quotient
            .iter()
            .fold(BigInt::one(), |common: BigInt, c| common.lcm(c.denom()));
        let whole = quotient.iter().rev().map(|c| c.numer() * (&common / c.denom()));
        Self(whole.collect()).primitive()
    }

    /// The number of sign changes of a chain, zeros left out.
    fn changes(signs: impl Iterator<Item = Ordering>) -> usize {
        let mut last = Ordering::Equal;
        let mut changes = 0;
        for sign in signs.filter(|&sign| sign != Ordering::Equal) {
            changes += usize::from(last == sign.reverse());
            last = sign;
        }
        changes
    }

    /// Whether f ≠ 0 has a root strictly between the ends.
    ///
    /// Sturm: for a square-free f that is not 0 at a < b, with f_0 = f, f_1 = f′,
    /// f_(i+1) = −(remainder of f_(i−1) by f_i), the number of roots between them is the
    /// number of sign changes at a minus that at b.
    fn has_root_inside(&self, region: &Region) -> bool {
        let mut f = self.exact_quotient(&self.gcd(&self.derivative()));
        for end in [region.lower.point(), region.upper.point()].into_iter().flatten() {
            if f.sign_at(end) == Ordering::Equal {
                f = f.exact_quotient(&Self(vec![-end.numer(), end.denom().clone()]));
            }
        }
        let mut chain = vec![f.clone(), f.derivative()];
        while let [.., x, y] = chain.as_slice()
            && !y.is_zero()
        {
            let next = Self(x.remainder(y).0.into_iter().map(|c| -c).collect());
            chain.push(next);
        }
        let at = |end: Option<&Rational>, negative: bool| {
            Self::changes(chain.iter().map(|f| match end {
                Some(end) => f.sign_at(end),
                None => f.sign_at_infinity(negative),
            }))
        };
        at(region.lower.point(), true) != at(region.upper.point(), false)
    }

    /// Whether f ≠ 0 has a root in the region.
    #[must_use]
    pub fn has_root(&self, region: &Region) -> bool {
        let at = |bound: &Bound| matches!(bound, Bound::Closed(end) if self.sign_at(end) == Ordering::Equal);
        if at(&region.lower) || at(&region.upper) {
            return true;
        }
        region.single().is_none() && self.has_root_inside(region)
    }

    /// Whether f > 0 on the region.
    #[must_use]
    pub fn is_positive(&self, region: &Region) -> bool {
        if self.is_zero() || self.has_root(region) {
            return false;
        }
        let points = region.points(1);
        points.iter().all(|x| self.sign_at(x) == Ordering::Greater) && !points.is_empty()
    }

    /// Whether f ≥ 0 on the region: no root of odd multiplicity strictly
    /// inside, and somewhere a positive value. (Ends follow by continuity.)
    #[must_use]
    pub fn is_nonnegative(&self, region: &Region) -> bool {
        if self.is_zero() {
            return true;
        }
        if let Some(point) = region.single() {
            return self.sign_at(point) != Ordering::Less;
        }
        // Yun: `all` has the roots of multiplicity ≥ m as simple roots.
        let mut rest = self.gcd(&self.derivative());
        let mut all = self.exact_quotient(&rest);
        let mut odd = true;
        while !all.is_constant() {
            let higher = all.gcd(&rest);
            let exactly = all.exact_quotient(&higher);
            if odd && !exactly.is_constant() && exactly.has_root_inside(region) {
                return false;
            }
            rest = rest.exact_quotient(&higher);
            all = higher;
            odd = !odd;
        }
        // One of more points than there are roots is no root.
        let count = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        let signs: Vec<Ordering> = region.points(count).iter().map(|x| self.sign_at(x)).collect();
        signs.iter().all(|&sign| sign != Ordering::Less) && signs.contains(&Ordering::Greater)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::integer;

    /// x − root.
    fn linear(root: i64) -> Univariate {
        Univariate(vec![BigInt::from(-root), BigInt::one()])
    }

    fn product(factors: &[Univariate]) -> Univariate {
        factors.iter().fold(Univariate(vec![BigInt::one()]), |f, g| {
            let mut result = vec![BigInt::zero(); f.0.len() + g.0.len() - 1];
            for (i, a) in f.0.iter().enumerate() {
                for (j, b) in g.0.iter().enumerate() {
                    result[i + j] += a * b;
                }
            }
            Univariate(result)
        })
    }

    fn region(lower: Bound, upper: Bound) -> Region {
        Region { lower, upper }
    }

    /// All products of up to four of x, x−1, x−2, x−3 with signs, on all ranges
    /// with ends among −1, 0, …, 4: roots and signs are known.
    #[test]
    fn known_roots() {
        let mut examined = 0;
        for code in 0..625_u32 {
            let mut roots = Vec::new();
            let mut rest = code;
            for _ in 0..4 {
                if rest % 5 > 0 {
                    roots.push(i64::from(rest % 5) - 1);
                }
                rest /= 5;
            }
            let f = product(&roots.iter().map(|&root| linear(root)).collect::<Vec<_>>());
            for a in -1..4_i64 {
                for b in a..5_i64 {
                    for open in 0..4 {
                        if a == b && open > 0 {
                            continue;
                        }
                        let end = |q: i64, open: bool| {
                            if open {
                                Bound::Open(integer(q))
                            } else {
                                Bound::Closed(integer(q))
                            }
                        };
                        let region = region(end(a, open % 2 == 1), end(b, open >= 2));
                        // Exact tests on a grid of halves, which meets every
                        // sign pattern of f.
                        let inside: Vec<Rational> = (2 * a..=2 * b)
                            .map(|twice| Rational::new(twice.into(), 2.into()))
                            .filter(|x| (*x != integer(a) || open % 2 == 0) && (*x != integer(b) || open < 2))
                            .collect();
                        let signs: Vec<Ordering> = inside.iter().map(|x| f.sign_at(x)).collect();
                        assert_eq!(
                            f.has_root(&region),
                            signs.contains(&Ordering::Equal),
                            "{roots:?} {region:?}"
                        );
                        assert_eq!(
                            f.is_positive(&region),
                            signs.iter().all(|s| s.is_gt()),
                            "{roots:?} {region:?}"
                        );
                        assert_eq!(
                            f.is_nonnegative(&region),
                            signs.iter().all(|s| s.is_ge()),
                            "{roots:?} {region:?}"
                        );
                        examined += 1;
                    }
                }
            }
        }
        assert!(examined > 10_000);
    }

    #[test]
    fn unbounded_regions() {
        let f = product(&[linear(2), linear(2), linear(-3)]);
        assert!(f.has_root(&region(Bound::Infinite, Bound::Infinite)));
        assert!(f.is_positive(&region(Bound::Open(integer(2)), Bound::Infinite)));
        assert!(f.is_nonnegative(&region(Bound::Closed(integer(-3)), Bound::Infinite)));
        assert!(!f.is_nonnegative(&region(Bound::Infinite, Bound::Infinite)));
        assert!(!f.is_positive(&region(Bound::Infinite, Bound::Open(integer(-3)))));
        // x² + 1
        let g = Univariate(vec![1.into(), 0.into(), 1.into()]);
        assert!(!g.has_root(&region(Bound::Infinite, Bound::Infinite)));
        assert!(g.is_positive(&region(Bound::Infinite, Bound::Infinite)));
    }
}
