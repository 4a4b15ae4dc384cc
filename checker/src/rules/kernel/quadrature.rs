//! E[σ(w·x) σ(v·x)] by the trapezoidal rule with a proved error bound.
//!
//! Let σ(x) = √A erf(βx), q = |w|², r = |v|², u = w·v, κ² = β²q, λ² = β²r. X = w·x/√q and Y = v·x/√r
//! are standard Gaussians with correlation ρ = u/√(q r), δ = 1 − ρ². For δ > 0,
//!
//! I = A ∫∫ erf(κx) erf(λy) φ_ρ(x, y), φ_ρ = e^(−(x² − 2ρxy + y²)/(2δ))/(2π√δ),
//!
//! and the rule is A h g ΣΣ over x_i = i h, |i| ≤ m, y_j = j g, |j| ≤ n. For δ = 0 it is the same in
//! one variable: I = ±A ∫ erf(κx) erf(λx) φ(x). Tools:
//!
//! * (T1) If f is analytic in |Im z| < c, tends to 0 uniformly there, and
//!   ∫|f(t + is)| dt ≤ M for |s| < c, then |∫f − hΣf(ih)| ≤ 2M/(e^(2πc/h) − 1) (Trefethen and Weideman,
//!   SIAM Review 56 (2014), Theorem 5.1).
//! * (T2) |φ_ρ(x + is, y)| = φ_ρ(x, y) e^(s²/(2δ)), and so in y.
//! * (T3) |erf(t + is)| ≤ N(|s|), N(s) = 1 + (2/√π) s e^(s²): integrate first to t, then upwards.
//! * (T4) For f ≥ 0 with one maximum, hΣf(ih) ≤ ∫f + h max f. And hΣ_{i>m} φ(ih) ≤ ∫_X^∞ φ ≤ φ(X)/X, X = mh.
//!
//! Errors, up to the factor A, with strips c, c′:
//!
//! 1. step in x, for each y_j: 2 e^(c²/(2δ)) N(κc) φ(y_j)/(e^(2πc/h) − 1); g Σφ(y_j) ≤ 1 + g;
//! 2. step in y of y ↦ ∫ … dx: 2 e^(c′²/(2δ)) N(λc′)/(e^(2πc′/g) − 1);
//! 3. |i| > m left out: the density of Y for given X = x is at most 1/√(2πδ) ≤ 1/√δ, so that the
//!    sum over j costs a factor ≤ 1 + g/√δ: (1 + g/√δ) 2φ(X)/X;
//! 4. |j| > n left out: (1 + h/√δ) 2φ(Y)/Y.
//!
//! In one variable: 2 e^(c²/2) N(κc) N(λc)/(e^(2πc/h) − 1) and 2φ(X)/X.
//!
//! The terms at (x, y) and (−x, −y) are equal, those at (x, y) and (x, −y) differ in the sign and in
//! e^(±ρxy/δ), and x = 0 or y = 0 gives 0. With P_i = erf(κx_i) e^(−x_i²/(2δ)), Q_j likewise and
//! B = e^(ρhg/δ), the sum is (A h g/(π√δ)) Σ_{i,j≥1} P_i Q_j (B^(ij) − B^(−ij)).

use crate::arithmetic::{Interval, Number};
use crate::landscape::Activation;
use crate::number::{Rational, integer, ratio};
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

/// The most nodes that are evaluated.
const MOST_NODES: u64 = 1_000_000;

/// Encloses the integral with an error of at most about 4A times `allowed`, or
/// gives up.
pub fn integral(
    activation: &Activation,
    q: &Rational,
    r: &Rational,
    u: &Rational,
    allowed: &Interval,
) -> Option<Interval> {
    if q.is_zero() || r.is_zero() {
        // erf(0) = 0.
        return allowed.constant(&integer(0));
    }
    let half_gain = &activation.gain / integer(2);
    let problem = Problem {
        kappa: half_gain.clone() * q,
        lambda: half_gain * r,
        delta: integer(1) - u * u / (q * r),
        allowed: allowed.clone(),
    };
    let value = if problem.delta.is_zero() {
        problem
            .in_one_variable()?
            .product(&allowed.constant(&u.signum())?)?
    } else {
        problem.in_two_variables(&(u * u / (q * r)), u.is_negative())?
    };
    value.product(&allowed.constant(&activation.amplitude)?)
}

struct Problem {
    /// κ².
    kappa: Rational,
    /// λ².
    lambda: Rational,
    /// δ.
    delta: Rational,
    /// What each error may be; also the context of all numbers.
    allowed: Interval,
}

/// Nodes h, 2h, …, mh.
struct Axis {
    step: Rational,
    last: u64,
    /// The bound of its step's error.
    step_error: Interval,
    /// 2φ(X)/X.
    tail: Interval,
}

impl Problem {
    fn number(&self, q: &Rational) -> Option<Interval> {
        self.allowed.constant(q)
    }

    fn small(&self, x: &Interval) -> Option<bool> {
        Some(self.allowed.difference(x)?.certainly_nonnegative())
    }

    /// N(s√square).
    fn bound(&self, square: &Rational, s: &Rational) -> Option<Interval> {
        let t = self.number(square)?.root()?.product(&self.number(s)?)?;
        let slope = self.number(&integer(2))?.quotient(&self.allowed.pi()?.root()?)?;
        self.number(&integer(1))?
            .sum(&slope.product(&t)?.product(&t.power(2)?.exp()?)?)
    }

    /// 2 e^(spread c²/2) Π N(c√square)/(e^(2πc/h) − 1).
    fn step_error(
        &self,
        spread: &Rational,
        squares: &[&Rational],
        c: &Rational,
        h: &Rational,
    ) -> Option<Interval> {
        let mut size = self.number(&(spread * c * c / integer(2)))?.exp()?.scaled(1)?;
        for square in squares {
            size = size.product(&self.bound(square, c)?)?;
        }
        let decay = self
            .allowed
            .pi()?
            .product(&self.number(&(integer(2) * c / h))?)?
            .exp()?;
        size.quotient(&decay.difference(&self.number(&integer(1))?)?)
    }

    /// The coarsest step of the list 15/8, 14/8, …, 8/8, 15/16, … that is fine
    /// enough, with the first end that is far enough.
    fn axis(&self, spread: &Rational, squares: &[&Rational]) -> Option<Axis> {
        // The bound grows in the strip like e^(growth c²): the best c is near
        // π/(growth h), and any c gives a valid bound.
        let growth = squares
            .iter()
            .fold(spread / integer(2), |growth, square| growth + *square);
        let mut steps = (3_u32..12).flat_map(|places| (8_i64..16).rev().map(move |n| ratio(n, 1 << places)));
        let (step, step_error) = steps.find_map(|h| {
            let best = ratio(22, 7) / (&growth * &h);
            let c = (best * integer(64)).floor() / integer(64);
            let c = c.max(ratio(1, 64));
            let error = self.step_error(spread, squares, &c, &h)?;
            self.small(&error)?.then_some((h, error))
        })?;
        let (last, tail) = (8_i64..200).find_map(|quarters| {
            let last = (ratio(quarters, 4) / &step).ceil().to_integer();
            let end = &step * Rational::from_integer(last.clone());
            let density = self.number(&(-(&end * &end) / integer(2)))?.exp()?;
            // φ(X) < e^(−X²/2)/2.
            let tail = density.quotient(&self.number(&end)?)?;
            self.small(&tail)?.then_some((last.to_u64()?, tail))
        })?;
        Some(Axis {
            step,
            last,
            step_error,
            tail,
        })
    }

    /// erf(x√square) at the nodes, times e^(−spread x²/2).
    fn weights(&self, axis: &Axis, square: &Rational, spread: &Rational) -> Option<Vec<Interval>> {
        let root = self.number(square)?.root()?;
        (1..=axis.last)
            .map(|i| {
                let x = &axis.step * Rational::from_integer(BigInt::from(i));
                let density = self.number(&(-(&x * &x) * spread / integer(2)))?.exp()?;
                root.product(&self.number(&x)?)?.erf()?.product(&density)
            })
            .collect()
    }

    fn widened(&self, value: &Interval, error: &Interval) -> Option<Interval> {
        value.sum(&error.hull(&error.negative()))
    }

    /// ∫ erf(κx) erf(λx) φ(x) dx.
    fn in_one_variable(&self) -> Option<Interval> {
        let one = integer(1);
        let axis = self.axis(&one, &[&self.kappa, &self.lambda])?;
        let first = self.weights(&axis, &self.kappa, &one)?;
        let second = self.weights(&axis, &self.lambda, &Rational::zero())?;
        let mut sum = self.number(&integer(0))?;
        for (x, y) in first.iter().zip(&second) {
            sum = sum.sum(&x.product(y)?)?;
        }
        // 2hφ(0) = 2h/√(2π) for the two halves.
        let scale = self
            .number(&(integer(2) * &axis.step))?
            .quotient(&self.allowed.pi()?.scaled(1)?.root()?)?;
        self.widened(&sum.product(&scale)?, &axis.step_error.sum(&axis.tail)?)
    }

    /// ∫∫ erf(κx) erf(λy) φ_ρ(x, y) dx dy for ρ² = `square` < 1.
    fn in_two_variables(&self, square: &Rational, negative: bool) -> Option<Interval> {
        let spread = self.delta.recip();
        let (x, y) = (
            self.axis(&spread, &[&self.kappa])?,
            self.axis(&spread, &[&self.lambda])?,
        );
        x.last.checked_mul(y.last).filter(|&nodes| nodes <= MOST_NODES)?;
        let (p, q) = (
            self.weights(&x, &self.kappa, &spread)?,
            self.weights(&y, &self.lambda, &spread)?,
        );
        let rho = self.number(square)?.root()?;
        let rho = if negative { rho.negative() } else { rho };
        let base = rho
            .product(&self.number(&(&x.step * &y.step * &spread))?)?
            .exp()?;
        let one = self.number(&integer(1))?;
        let inverse = one.quotient(&base)?;
        let mut sum = self.number(&integer(0))?;
        // B^i and B^(−i).
        let (mut up, mut down) = (one.clone(), one.clone());
        for p_i in &p {
            (up, down) = (up.product(&base)?, down.product(&inverse)?);
            let (mut grow, mut shrink) = (one.clone(), one.clone());
            let mut row = self.number(&integer(0))?;
            for q_j in &q {
                (grow, shrink) = (grow.product(&up)?, shrink.product(&down)?);
                row = row.sum(&q_j.product(&grow.difference(&shrink)?)?)?;
            }
            sum = sum.sum(&p_i.product(&row)?)?;
        }
        let root = self.number(&self.delta)?.root()?;
        let scale = self
            .number(&(&x.step * &y.step))?
            .quotient(&self.allowed.pi()?.product(&root)?)?;
        let mass = |axis: &Axis| one.sum(&self.number(&axis.step)?.quotient(&root)?);
        let error = x
            .step_error
            .product(&one.sum(&self.number(&y.step)?)?)?
            .sum(&y.step_error)?
            .sum(&x.tail.product(&mass(&y)?)?)?
            .sum(&y.tail.product(&mass(&x)?)?)?;
        self.widened(&sum.product(&scale)?, &error)
    }
}
