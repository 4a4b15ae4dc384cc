//! Value, gradient and Hessian of a function of m variables, carried together.

use super::{Rational, Scalar};
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A function's value with its first and second partial derivatives.
///
/// Every rule below is an identity between the derivatives at one point, so
/// over enclosures it keeps the inclusion promise: if the variables' values
/// enclose a box, the gradient and the Hessian enclose those at every point of
/// the box.
///
/// Derivatives that vanish identically are not stored, which makes constants
/// and linear functions cheap. Jets that are combined must have the same
/// number of variables, in the same order.
#[derive(Debug, Clone)]
pub struct Jet<T> {
    value: T,
    /// m.
    variables: usize,
    /// ∂_i, of length m; or empty, when the function is constant.
    gradient: Vec<T>,
    /// ∂_i ∂_j for i ≥ j at index i(i+1)/2 + j, of length m(m+1)/2; or empty,
    /// when the function is linear. Empty if `gradient` is.
    hessian: Vec<T>,
}

impl<T: Scalar> Jet<T> {
    /// The variable number `index` (from 0) of `variables`, at `value`. An
    /// index that is no variable's gives a constant.
    #[must_use]
    pub fn variable(value: T, index: usize, variables: usize) -> Self {
        let gradient = if index < variables {
            (0..variables)
                .map(|i| if i == index { value.one() } else { value.zero() })
                .collect()
        } else {
            Vec::new()
        };
        Self {
            value,
            variables,
            gradient,
            hessian: Vec::new(),
        }
    }

    /// A function of `variables` variables that depends on none.
    #[must_use]
    pub fn constant(value: T, variables: usize) -> Self {
        Self {
            value,
            variables,
            gradient: Vec::new(),
            hessian: Vec::new(),
        }
    }

    /// All variables at the given values, in order.
    #[must_use]
    pub fn variables_at(values: &[T]) -> Vec<Self> {
        values
            .iter()
            .enumerate()
            .map(|(i, value)| Self::variable(value.clone(), i, values.len()))
            .collect()
    }

    /// The function's value.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// m, the number of variables.
    #[must_use]
    pub fn variables(&self) -> usize {
        self.variables
    }

    /// ∂f/∂x_i. Undefined if the value is.
    #[must_use]
    pub fn first(&self, i: usize) -> T {
        self.stored(self.gradient.get(i))
    }

    /// ∂²f/∂x_i∂x_j. Undefined if the value is.
    #[must_use]
    pub fn second(&self, i: usize, j: usize) -> T {
        self.stored(self.hessian.get(packed(i, j)))
    }

    /// All first derivatives, in order.
    #[must_use]
    pub fn gradient(&self) -> Vec<T> {
        (0..self.variables).map(|i| self.first(i)).collect()
    }

    /// A derivative, or the zero that stands for one not stored. Zero times
    /// the value is zero, except that it keeps an undefined value undefined.
    fn stored(&self, derivative: Option<&T>) -> T {
        let zero = self.value.zero() * &self.value;
        match derivative {
            Some(derivative) => zero + derivative,
            None => zero,
        }
    }

    fn constant_like(&self, value: T) -> Self {
        Self::constant(value, self.variables)
    }

    /// The jet of φ(u), given φ at the value of u and, if u varies, φ′ and φ″:
    ///
    /// * ∂_i φ(u) = φ′ ∂_i u,
    /// * ∂_i ∂_j φ(u) = φ′ ∂_i ∂_j u + φ″ ∂_i u ∂_j u.
    fn compose(&self, value: T, derivatives: impl FnOnce(&T) -> (T, T)) -> Self {
        if self.gradient.is_empty() {
            return self.constant_like(value);
        }
        let (first, second) = derivatives(&value);
        let scaled: Vec<T> = self.gradient.iter().map(|u| second.clone() * u).collect();
        let hessian = self.packed_hessian(|i, j, k| {
            let curvature = if i == j {
                second.clone() * self.gradient[i].square()
            } else {
                scaled[i].clone() * &self.gradient[j]
            };
            match self.hessian.get(k) {
                Some(h) => curvature + first.clone() * h,
                None => curvature,
            }
        });
        let gradient = self.gradient.iter().map(|u| first.clone() * u).collect();
        Self {
            value,
            variables: self.variables,
            gradient,
            hessian,
        }
    }

    /// f(i, j, k) for every packed index k of i ≥ j.
    fn packed_hessian(&self, mut f: impl FnMut(usize, usize, usize) -> T) -> Vec<T> {
        let mut hessian = Vec::with_capacity(packed(self.variables, 0));
        for i in 0..self.variables {
            for j in 0..=i {
                hessian.push(f(i, j, hessian.len()));
            }
        }
        hessian
    }

    /// Every part mapped by a linear function of one number.
    fn each(self, f: impl Fn(T) -> T) -> Self {
        Self {
            value: f(self.value),
            variables: self.variables,
            gradient: self.gradient.into_iter().map(&f).collect(),
            hessian: self.hessian.into_iter().map(&f).collect(),
        }
    }
}

/// Where ∂_i ∂_j is stored.
fn packed(i: usize, j: usize) -> usize {
    let (i, j) = if i >= j { (i, j) } else { (j, i) };
    i * (i + 1) / 2 + j
}

/// Sum or difference of stored derivatives, where an empty list is zero.
fn merged<T: Scalar>(x: Vec<T>, y: &[T], both: impl Fn(T, &T) -> T, right: impl Fn(&T) -> T) -> Vec<T> {
    if y.is_empty() {
        x
    } else if x.is_empty() {
        y.iter().map(right).collect()
    } else {
        x.into_iter().zip(y).map(|(a, b)| both(a, b)).collect()
    }
}

fn sum<T: Scalar>(x: Jet<T>, y: &Jet<T>) -> Jet<T> {
    let both = |a: T, b: &T| a + b;
    Jet {
        value: x.value + &y.value,
        variables: x.variables,
        gradient: merged(x.gradient, &y.gradient, both, T::clone),
        hessian: merged(x.hessian, &y.hessian, both, T::clone),
    }
}

fn difference<T: Scalar>(x: Jet<T>, y: &Jet<T>) -> Jet<T> {
    let both = |a: T, b: &T| a - b;
    let right = |b: &T| -b.clone();
    Jet {
        value: x.value - &y.value,
        variables: x.variables,
        gradient: merged(x.gradient, &y.gradient, both, right),
        hessian: merged(x.hessian, &y.hessian, both, right),
    }
}

/// ∂_i(xy) = x y_i + y x_i and ∂_i∂_j(xy) = x y_ij + y x_ij + x_i y_j + x_j y_i.
fn product<T: Scalar>(x: Jet<T>, y: &Jet<T>) -> Jet<T> {
    if y.gradient.is_empty() {
        return x.each(|part| part * &y.value);
    }
    if x.gradient.is_empty() {
        return y.clone().each(|part| part * &x.value);
    }
    let two = x.value.integer(2);
    let gradient = x
        .gradient
        .iter()
        .zip(&y.gradient)
        .map(|(u, v)| x.value.clone() * v + u.clone() * &y.value)
        .collect();
    let hessian = x.packed_hessian(|i, j, k| {
        let mut total = if i == j {
            x.gradient[i].clone() * &y.gradient[i] * &two
        } else {
            x.gradient[i].clone() * &y.gradient[j] + x.gradient[j].clone() * &y.gradient[i]
        };
        if let Some(h) = y.hessian.get(k) {
            total = total + x.value.clone() * h;
        }
        if let Some(h) = x.hessian.get(k) {
            total = total + y.value.clone() * h;
        }
        total
    });
    Jet {
        value: x.value * &y.value,
        variables: x.variables,
        gradient,
        hessian,
    }
}

/// With q = x/y: q_i = (x_i − q y_i)/y and
/// q_ij = (x_ij − q y_ij − q_i y_j − q_j y_i)/y.
fn quotient<T: Scalar>(x: Jet<T>, y: &Jet<T>) -> Jet<T> {
    if y.gradient.is_empty() {
        return x.each(|part| part / &y.value);
    }
    let value = x.value.clone() / &y.value;
    let two = value.integer(2);
    let gradient: Vec<T> = (0..y.variables)
        .map(|i| {
            let rest = value.clone() * &y.gradient[i];
            match x.gradient.get(i) {
                Some(u) => (u.clone() - rest) / &y.value,
                None => -rest / &y.value,
            }
        })
        .collect();
    let hessian = y.packed_hessian(|i, j, k| {
        let mut rest = if i == j {
            gradient[i].clone() * &y.gradient[i] * &two
        } else {
            gradient[i].clone() * &y.gradient[j] + gradient[j].clone() * &y.gradient[i]
        };
        if let Some(h) = y.hessian.get(k) {
            rest = rest + value.clone() * h;
        }
        match x.hessian.get(k) {
            Some(h) => (h.clone() - rest) / &y.value,
            None => -rest / &y.value,
        }
    });
    Jet {
        value,
        variables: y.variables,
        gradient,
        hessian,
    }
}

impl<T: Scalar> Neg for Jet<T> {
    type Output = Self;

    fn neg(self) -> Self {
        self.each(T::neg)
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $f:ident) => {
        impl<T: Scalar> $trait<&Jet<T>> for Jet<T> {
            type Output = Jet<T>;

            fn $method(self, other: &Jet<T>) -> Jet<T> {
                $f(self, other)
            }
        }

        impl<T: Scalar> $trait for Jet<T> {
            type Output = Jet<T>;

            fn $method(self, other: Jet<T>) -> Jet<T> {
                $f(self, &other)
            }
        }
    };
}

operator!(Add, add, sum);
operator!(Sub, sub, difference);
operator!(Mul, mul, product);
operator!(Div, div, quotient);

/// Undefined where T is; a derivative may be undefined at a point where the
/// value is not (√ at 0, arcsine at ±1).
impl<T: Scalar> Scalar for Jet<T> {
    fn integer(&self, n: i64) -> Self {
        self.constant_like(self.value.integer(n))
    }

    fn rational(&self, q: &Rational) -> Self {
        self.constant_like(self.value.rational(q))
    }

    fn pi(&self) -> Self {
        self.constant_like(self.value.pi())
    }

    /// φ′ = 2u, φ″ = 2.
    fn square(&self) -> Self {
        self.compose(self.value.square(), |_| {
            let two = self.value.integer(2);
            (self.value.clone() * &two, two)
        })
    }

    /// φ′ = n uⁿ⁻¹, φ″ = n(n − 1) uⁿ⁻².
    fn powi(&self, n: i32) -> Self {
        match n {
            0 => self.constant_like(self.value.powi(0)),
            1 => self.clone(),
            2 => self.square(),
            _ => self.compose(self.value.powi(n), |_| {
                let degree = i64::from(n);
                // Of no use, but defined powers need an exponent in range.
                let Some(lower) = n.checked_sub(2) else {
                    let undefined = self.value.one() / self.value.zero();
                    return (undefined.clone(), undefined);
                };
                let first = self.value.powi(n - 1) * self.value.integer(degree);
                let second = self.value.powi(lower) * self.value.integer(degree * (degree - 1));
                (first, second)
            }),
        }
    }

    /// φ′ = 1/(2√u), φ″ = −φ′/(2u).
    fn sqrt(&self) -> Self {
        self.compose(self.value.sqrt(), |root| {
            let two = root.integer(2);
            let first = root.one() / (root.clone() * &two);
            let second = -(first.clone() / (self.value.clone() * &two));
            (first, second)
        })
    }

    /// φ′ = 1/√(1 − u²), φ″ = u φ′/(1 − u²).
    fn asin(&self) -> Self {
        self.compose(self.value.asin(), |_| arcsine_derivatives(&self.value))
    }

    /// The derivatives of −arcsin.
    fn acos(&self) -> Self {
        self.compose(self.value.acos(), |_| {
            let (first, second) = arcsine_derivatives(&self.value);
            (-first, -second)
        })
    }

    /// φ′ = 1/(1 + u²), φ″ = −2u φ′².
    fn atan(&self) -> Self {
        self.compose(self.value.atan(), |_| {
            let one = self.value.one();
            let first = one.clone() / (one + self.value.square());
            let second = -(self.value.integer(2) * &self.value * first.square());
            (first, second)
        })
    }
}

/// arcsin′ and arcsin″ at u.
fn arcsine_derivatives<T: Scalar>(u: &T) -> (T, T) {
    let rest = u.one() - u.square();
    let first = u.one() / rest.sqrt();
    let second = u.clone() * &first / rest;
    (first, second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational::{integer, ratio};
    use crate::arithmetic::{Enclosure, Interval, Precision};

    fn point(x: i64, y: i64) -> (Jet<Interval>, Jet<Interval>) {
        let context = Interval::context(Precision::START);
        (
            Jet::variable(context.integer(x), 0, 2),
            Jet::variable(context.integer(y), 1, 2),
        )
    }

    #[test]
    fn derivatives_of_a_rational_function() {
        // f = x³y/(x + y) at (1, 1), by hand.
        let (x, y) = point(1, 1);
        let f = x.powi(3) * &y / (x + &y);
        assert!(f.value().contains(&ratio(1, 2)));
        let expected = [ratio(5, 4), ratio(1, 4)];
        assert!((0..2).all(|i| f.first(i).contains(&expected[i])));
        assert!(f.second(0, 0).contains(&ratio(7, 4)));
        assert!(f.second(0, 1).contains(&ratio(3, 4)) && f.second(1, 0).contains(&ratio(3, 4)));
        assert!(f.second(1, 1).contains(&ratio(-1, 4)));
    }

    #[test]
    fn arcsine_and_arccosine_add_to_a_constant() {
        let (x, y) = point(1, 3);
        let argument = x * &y / y.integer(7);
        let sum = argument.asin() + argument.acos() - y.pi() / y.integer(2);
        let zero = integer(0);
        assert!(
            sum.value().contains(&zero) && sum.first(0).contains(&zero) && sum.second(1, 0).contains(&zero)
        );
        assert!(!argument.asin().second(0, 1).contains(&zero));
    }

    #[test]
    fn undefined_values_have_no_derivatives() {
        let (x, y) = point(1, 0);
        let undefined = x.clone() / &y;
        let also = (x.integer(-1)).sqrt() + &x;
        for f in [undefined * x.zero(), also] {
            assert!(f.first(0).is_undefined() && f.first(1).is_undefined() && f.second(1, 1).is_undefined());
        }
        // The root is defined at 0, but not differentiable there.
        assert!(y.sqrt().value().is_exactly_zero() && y.sqrt().first(1).is_undefined());
    }
}
