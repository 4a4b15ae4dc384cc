//! Truncated Taylor series in one variable.

use super::{Rational, Scalar};
use std::ops::{Add, Div, Mul, Neg, Sub};

/// The Taylor coefficients c_j = f⁽ʲ⁾/j!, j = 0, …, N, of a function of one
/// variable t.
///
/// Over a set of reals this is Lagrange's remainder: if c₀ of the variable
/// encloses a whole range X, then coefficient j of f encloses f⁽ʲ⁾(ξ)/j! for
/// every ξ in X, because each recurrence below is the formula for the j-th
/// derivative at one point, evaluated in an arithmetic with the inclusion
/// property. f is j times differentiable on X if the coefficients 0, …, j are
/// all defined.
#[derive(Debug, Clone)]
pub struct Series<T> {
    /// c₀, …, at most N + 1 of them, at least one; those missing are exactly 0
    /// (the function is a polynomial of lower degree in t).
    coefficients: Vec<T>,
    /// N.
    order: usize,
}

impl<T: Scalar> Series<T> {
    /// The variable t itself near `at`, to order `order`.
    pub fn variable(at: T, order: usize) -> Self {
        let one = at.one();
        let coefficients = if order == 0 { vec![at] } else { vec![at, one] };
        Self { coefficients, order }
    }

    /// A function that does not depend on t.
    pub fn constant(value: T, order: usize) -> Self {
        Self {
            coefficients: vec![value],
            order,
        }
    }

    /// N, the index of the last coefficient carried.
    pub fn order(&self) -> usize {
        self.order
    }

    /// Coefficient c_j; zero beyond those stored. Undefined if c₀ is, whose
    /// multiple by zero is added for that.
    pub fn coefficient(&self, j: usize) -> T {
        let context = self.context();
        match self.coefficients.get(j) {
            Some(c) if j == 0 => c.clone(),
            Some(c) => context.zero() * context + c,
            None => context.zero() * context,
        }
    }

    fn context(&self) -> &T {
        &self.coefficients[0]
    }

    fn of(coefficients: Vec<T>, order: usize) -> Self {
        Self { coefficients, order }
    }

    fn constant_like(&self, value: T) -> Self {
        Self::constant(value, self.order)
    }

    /// Σ_{i=from}^{j} x_i·y_{j−i}, leaving out coefficients that are not stored.
    fn convolution(x: &[T], y: &[T], j: usize, from: usize, zero: &T) -> T {
        let mut sum = zero.clone();
        for i in from..=j {
            if let (Some(a), Some(b)) = (x.get(i), y.get(j - i)) {
                sum = sum + a.clone() * b;
            }
        }
        sum
    }

    /// f with f′ = self′·weight and the given value: coefficients
    /// f_j = (1/j) Σ_{i=1}^{j} i·x_i·w_{j−i}.
    fn integral_of_chain(&self, weight: &Self, value: T) -> Self {
        if self.coefficients.len() == 1 {
            return self.constant_like(value);
        }
        let context = self.context().clone();
        let mut result = vec![value];
        for j in 1..=self.order {
            let mut sum = context.zero();
            for i in 1..=j {
                if let (Some(x), Some(w)) = (self.coefficients.get(i), weight.coefficients.get(j - i)) {
                    sum = sum + x.clone() * w * context.integer(small(i));
                }
            }
            result.push(sum / context.integer(small(j)));
        }
        Self::of(result, self.order)
    }

    fn reciprocal_root_of_one_minus_square(&self) -> Self {
        let one = self.one();
        one.clone() / (one - self.square()).sqrt()
    }
}

/// An index as an integer constant; orders are far below 2⁶³.
fn small(j: usize) -> i64 {
    i64::try_from(j).unwrap_or(i64::MAX)
}

impl<T: Scalar> Neg for Series<T> {
    type Output = Self;
    fn neg(self) -> Self {
        let order = self.order;
        Self::of(self.coefficients.into_iter().map(Neg::neg).collect(), order)
    }
}

fn merged<T: Scalar>(x: &Series<T>, y: &Series<T>, negate: bool) -> Series<T> {
    let order = x.order.min(y.order);
    let length = x.coefficients.len().max(y.coefficients.len()).min(order + 1);
    let coefficients = (0..length)
        .map(|j| match (x.coefficients.get(j), y.coefficients.get(j)) {
            (Some(a), Some(b)) if negate => a.clone() - b,
            (Some(a), Some(b)) => a.clone() + b,
            (None, Some(b)) if negate => -b.clone(),
            (Some(a), None) | (None, Some(a)) => a.clone(),
            (None, None) => x.context().zero(),
        })
        .collect();
    Series::of(coefficients, order)
}

fn product<T: Scalar>(x: &Series<T>, y: &Series<T>) -> Series<T> {
    let order = x.order.min(y.order);
    let length = (x.coefficients.len() + y.coefficients.len() - 1).min(order + 1);
    let zero = x.context().zero();
    let coefficients = (0..length)
        .map(|j| Series::convolution(&x.coefficients, &y.coefficients, j, 0, &zero))
        .collect();
    Series::of(coefficients, order)
}

/// q = x/y: q_j = (x_j − Σ_{i=1}^{j} y_i q_{j−i})/y₀.
fn quotient<T: Scalar>(x: &Series<T>, y: &Series<T>) -> Series<T> {
    let order = x.order.min(y.order);
    let zero = x.context().zero();
    let divisor = y.context();
    if y.coefficients.len() == 1 {
        return Series::of(
            x.coefficients
                .iter()
                .take(order + 1)
                .map(|c| c.clone() / divisor)
                .collect(),
            order,
        );
    }
    let mut q: Vec<T> = Vec::with_capacity(order + 1);
    for j in 0..=order {
        let rest = Series::convolution(&y.coefficients, &q, j, 1, &zero);
        let numerator = match x.coefficients.get(j) {
            Some(c) => c.clone() - rest,
            None => -rest,
        };
        q.push(numerator / divisor);
    }
    Series::of(q, order)
}

macro_rules! operator {
    ($trait:ident, $method:ident, $f:expr) => {
        impl<T: Scalar> $trait<&Series<T>> for Series<T> {
            type Output = Series<T>;
            fn $method(self, other: &Series<T>) -> Series<T> {
                $f(&self, other)
            }
        }

        impl<T: Scalar> $trait for Series<T> {
            type Output = Series<T>;
            fn $method(self, other: Series<T>) -> Series<T> {
                $f(&self, &other)
            }
        }
    };
}

operator!(Add, add, |x, y| merged(x, y, false));
operator!(Sub, sub, |x, y| merged(x, y, true));
operator!(Mul, mul, product);
operator!(Div, div, quotient);

impl<T: Scalar> Scalar for Series<T> {
    fn integer(&self, n: i64) -> Self {
        self.constant_like(self.context().integer(n))
    }

    fn rational(&self, q: &Rational) -> Self {
        self.constant_like(self.context().rational(q))
    }

    fn pi(&self) -> Self {
        self.constant_like(self.context().pi())
    }

    /// c₀ is the set of squares; the other coefficients are products.
    fn square(&self) -> Self {
        let mut result = product(self, self);
        result.coefficients[0] = self.context().square();
        result
    }

    /// By repeated squaring; c₀ is the set of powers.
    fn powi(&self, n: i32) -> Self {
        let mut result = self.one();
        if n == 0 {
            result.coefficients[0] = self.context().powi(0);
            return result;
        }
        let mut base = self.clone();
        let mut rest = n.unsigned_abs();
        while rest > 0 {
            if rest % 2 == 1 {
                result = result * &base;
            }
            rest /= 2;
            if rest > 0 {
                base = base.square();
            }
        }
        if n < 0 {
            result = self.one() / result;
        }
        result.coefficients[0] = self.context().powi(n);
        result
    }

    /// s = √x: s_j = (x_j − Σ_{i=1}^{j−1} s_i s_{j−i})/(2 s₀).
    fn sqrt(&self) -> Self {
        let root = self.context().sqrt();
        if self.coefficients.len() == 1 {
            return self.constant_like(root);
        }
        let zero = self.context().zero();
        let twice = root.clone() * root.integer(2);
        let mut s = vec![root];
        for j in 1..=self.order {
            // s₀ is left out at both ends: s_j is not stored yet.
            let mut rest = zero.clone();
            for i in 1..j {
                rest = rest + s[i].clone() * &s[j - i];
            }
            let numerator = match self.coefficients.get(j) {
                Some(c) => c.clone() - rest,
                None => -rest,
            };
            s.push(numerator / &twice);
        }
        Self::of(s, self.order)
    }

    /// asin′ = 1/√(1 − x²).
    fn asin(&self) -> Self {
        let value = self.context().asin();
        if self.coefficients.len() == 1 {
            return self.constant_like(value);
        }
        self.integral_of_chain(&self.reciprocal_root_of_one_minus_square(), value)
    }

    /// acos′ = −1/√(1 − x²).
    fn acos(&self) -> Self {
        let value = self.context().acos();
        if self.coefficients.len() == 1 {
            return self.constant_like(value);
        }
        self.integral_of_chain(&-self.reciprocal_root_of_one_minus_square(), value)
    }

    /// atan′ = 1/(1 + x²).
    fn atan(&self) -> Self {
        let value = self.context().atan();
        if self.coefficients.len() == 1 {
            return self.constant_like(value);
        }
        let weight = self.one() / (self.one() + self.square());
        self.integral_of_chain(&weight, value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::Exact;
    use crate::arithmetic::rational::{integer, ratio};

    fn coefficients(f: impl Fn(Series<Exact>) -> Series<Exact>, at: Rational, order: usize) -> Vec<Rational> {
        let series = f(Series::variable(Exact::from(at), order));
        (0..=order)
            .map(|j| series.coefficient(j).value().unwrap().clone())
            .collect()
    }

    #[test]
    fn arcsine_has_its_known_coefficients() {
        // C(2j, j)/(4ʲ (2j + 1)) at odd powers.
        let found = coefficients(|x| x.asin(), integer(0), 7);
        let expected = [(0, 1), (1, 1), (0, 1), (1, 6), (0, 1), (3, 40), (0, 1), (5, 112)];
        assert_eq!(found, expected.map(|(p, q)| ratio(p, q)));
    }

    #[test]
    fn roots_and_quotients_invert_products() {
        let x = Series::variable(Exact::from(ratio(9, 4)), 6);
        let back = x.sqrt().square() - &x;
        let unit = (x.one() + &x) / (x.one() + &x) - x.one();
        for j in 0..=6 {
            assert_eq!(back.coefficient(j).value(), Some(&integer(0)));
            assert_eq!(unit.coefficient(j).value(), Some(&integer(0)));
        }
    }

    #[test]
    fn the_tangent_doubling_identity_holds_to_all_orders() {
        // 2 atan x = atan(2x/(1 − x²)) near 0.
        let x = Series::variable(Exact::from(integer(0)), 8);
        let double = (x.integer(2) * &x / (x.one() - x.square())).atan();
        let difference = x.integer(2) * x.atan() - double;
        for j in 0..=8 {
            assert_eq!(difference.coefficient(j).value(), Some(&integer(0)));
        }
    }
}
