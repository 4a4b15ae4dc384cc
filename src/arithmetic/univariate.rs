//! Polynomials in one variable: common divisors, real roots, signs.

mod roots;
mod sign;

use super::gmp::{rational_from_gmp, rational_to_gmp, to_gmp};
use super::polynomial::{Polynomial, Variable};
use super::{Rational, Scalar};
pub use roots::Root;
use rug::Integer;
pub use sign::{Bound, Signs};
use std::cmp::Ordering;
use std::ops::Mul;

/// A polynomial in one variable over ℚ.
///
/// Kept as an integer polynomial over a common denominator: `denominator` > 0,
/// and the last of the `coefficients` (lowest degree first) is not 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Univariate {
    coefficients: Vec<Integer>,
    denominator: Integer,
}

impl Univariate {
    /// The polynomial with these coefficients, lowest degree first.
    #[must_use]
    pub fn new(coefficients: &[Rational]) -> Self {
        let rationals: Vec<rug::Rational> = coefficients.iter().map(rational_to_gmp).collect();
        let mut denominator = Integer::from(1);
        for q in &rationals {
            denominator.lcm_mut(q.denom());
        }
        let numerator = |q: rug::Rational| {
            let (numerator, own) = q.into_numer_denom();
            numerator * Integer::from(denominator.div_exact_ref(&own))
        };
        let coefficients = rationals.into_iter().map(numerator).collect();
        Self::normal(coefficients, denominator)
    }

    fn normal(mut coefficients: Vec<Integer>, mut denominator: Integer) -> Self {
        while coefficients.last().is_some_and(Integer::is_zero) {
            coefficients.pop();
        }
        let mut common = denominator.clone();
        for c in &coefficients {
            common.gcd_mut(c);
        }
        if common != 1 {
            for c in &mut coefficients {
                c.div_exact_mut(&common);
            }
            denominator.div_exact_mut(&common);
        }
        Self {
            coefficients,
            denominator,
        }
    }

    /// The polynomial in several variables as one in `variable`; `None` if it
    /// has other variables, or a degree beyond `max_degree`.
    #[must_use]
    pub fn from_polynomial(polynomial: &Polynomial, variable: Variable, max_degree: u32) -> Option<Self> {
        let degree = polynomial.degree_in(variable);
        if degree > max_degree {
            return None;
        }
        let mut coefficients = vec![Rational::default(); usize::try_from(degree).ok()? + 1];
        for (exponent, coefficient) in polynomial.coefficients_in(variable) {
            coefficients[usize::try_from(exponent).ok()?] = coefficient.as_constant()?;
        }
        Some(Self::new(&coefficients))
    }

    /// Whether this is the polynomial 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.coefficients.is_empty()
    }

    /// The degree; `None` for the polynomial 0.
    #[must_use]
    pub fn degree(&self) -> Option<usize> {
        self.coefficients.len().checked_sub(1)
    }

    /// The coefficients, lowest degree first; the last is not 0.
    #[must_use]
    pub fn coefficients(&self) -> Vec<Rational> {
        let over =
            |c: &Integer| rational_from_gmp(&rug::Rational::from((c.clone(), self.denominator.clone())));
        self.coefficients.iter().map(over).collect()
    }

    /// The value at `x`, in any arithmetic.
    pub fn evaluate<T: Scalar>(&self, x: &T) -> T {
        let coefficients = self.coefficients();
        coefficients
            .iter()
            .rev()
            .fold(x.zero(), |sum, c| sum * x + x.rational(c))
    }

    /// The sign of the value at the rational `q`: −1, 0 or 1.
    #[must_use]
    pub fn sign_at(&self, q: &Rational) -> i32 {
        sign_of_value(&self.coefficients, &to_gmp(q.numer()), &to_gmp(q.denom()))
    }

    /// The derivative.
    #[must_use]
    pub fn derivative(&self) -> Self {
        Self::normal(derivative(&self.coefficients), self.denominator.clone())
    }

    /// The monic greatest common divisor; 0 if both are 0.
    #[must_use]
    pub fn gcd(&self, other: &Self) -> Self {
        let (mut a, mut b) = (primitive(&self.coefficients), primitive(&other.coefficients));
        while !b.is_empty() {
            let remainder = primitive(&pseudo_remainder(&a, &b));
            (a, b) = (b, remainder);
        }
        let Some(mut lead) = a.last().cloned() else {
            return Self::new(&[]);
        };
        if lead.cmp0() == Ordering::Less {
            lead = -lead;
            a.iter_mut().for_each(|c| *c = Integer::from(-&*c));
        }
        Self::normal(a, lead)
    }

    /// A polynomial with the same real and complex roots, all simple.
    #[must_use]
    pub fn square_free_part(&self) -> Self {
        Self::normal(square_free(&self.coefficients), Integer::from(1))
    }
}

impl Mul for &Univariate {
    type Output = Univariate;
    fn mul(self, other: &Univariate) -> Univariate {
        let length = (self.coefficients.len() + other.coefficients.len()).saturating_sub(1);
        let mut product = vec![Integer::new(); length];
        for (i, a) in self.coefficients.iter().enumerate() {
            for (j, b) in other.coefficients.iter().enumerate() {
                product[i + j] += a * b;
            }
        }
        Univariate::normal(product, Integer::from(&self.denominator * &other.denominator))
    }
}

/// The sign of Σ cᵢ (p/q)ⁱ for q > 0, as that of Σ cᵢ pⁱ qⁿ⁻ⁱ.
fn sign_of_value(coefficients: &[Integer], p: &Integer, q: &Integer) -> i32 {
    let mut value = Integer::new();
    let mut scale = Integer::from(1);
    for c in coefficients.iter().rev() {
        value *= p;
        value += c * &scale;
        scale *= q;
    }
    match value.cmp0() {
        Ordering::Less => -1,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    }
}

fn derivative(coefficients: &[Integer]) -> Vec<Integer> {
    let terms = coefficients.iter().zip(0_u64..).skip(1);
    terms.map(|(c, exponent)| Integer::from(c * exponent)).collect()
}

/// The polynomial divided by the positive gcd of its coefficients, without
/// leading zeros.
fn primitive(coefficients: &[Integer]) -> Vec<Integer> {
    let mut result = coefficients.to_vec();
    while result.last().is_some_and(Integer::is_zero) {
        result.pop();
    }
    let mut content = Integer::new();
    for c in &result {
        content.gcd_mut(c);
    }
    if content > 1 {
        result.iter_mut().for_each(|c| c.div_exact_mut(&content));
    }
    result
}

/// A positive multiple of the remainder of a modulo b ≠ 0.
///
/// Each step replaces a by |lead b|·a − (±lead a)·xᵏ·b: the factor is
/// positive, so that signs survive.
fn pseudo_remainder(a: &[Integer], b: &[Integer]) -> Vec<Integer> {
    let mut rest = a.to_vec();
    let Some(lead) = b.last() else { return rest };
    let size = lead.clone().abs();
    while rest.len() >= b.len() {
        let Some(top) = rest.pop() else { break };
        if top.is_zero() {
            continue;
        }
        let factor = if lead.cmp0() == Ordering::Less { -top } else { top };
        rest.iter_mut().for_each(|c| *c *= &size);
        let shift = rest.len() + 1 - b.len();
        for (c, d) in rest[shift..].iter_mut().zip(b) {
            *c -= &factor * d;
        }
    }
    rest
}

/// The primitive polynomial with the same roots, all simple, and the same sign
/// of the leading coefficient.
fn square_free(coefficients: &[Integer]) -> Vec<Integer> {
    let whole = primitive(coefficients);
    let (mut a, mut b) = (whole.clone(), primitive(&derivative(&whole)));
    while !b.is_empty() {
        let remainder = primitive(&pseudo_remainder(&a, &b));
        (a, b) = (b, remainder);
    }
    // By Gauss' lemma the primitive gcd divides over the integers.
    exact_quotient(whole, &a)
}

/// a/b for primitive b that divides a over the integers, up to the sign of b's
/// leading coefficient: that of the quotient is that of a.
fn exact_quotient(mut a: Vec<Integer>, b: &[Integer]) -> Vec<Integer> {
    let Some(lead) = b.last() else { return a };
    let mut quotient = vec![Integer::new(); (a.len() + 1).saturating_sub(b.len())];
    for place in (0..quotient.len()).rev() {
        let Some(top) = a.pop() else { break };
        let factor = top.div_exact(lead);
        for (c, d) in a[place..].iter_mut().zip(b) {
            *c -= &factor * d;
        }
        quotient[place] = factor;
    }
    if lead.cmp0() == Ordering::Less {
        quotient.iter_mut().for_each(|c| *c = Integer::from(-&*c));
    }
    quotient
}
