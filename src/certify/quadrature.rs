//! The kernel of [`Erf`] by numerical integration with a proved error bound.
//!
//! This is an independent check of the arcsine formula, which it does not use.
//! For q = |w|² ≥ r = |v|², u = w·v, turn the coordinates so that w·x = p X and
//! v·x = c₁ X + c₂ Y with p = √q, c₁ = u/√q, c₂ = √(r − u²/q). Then
//!
//! E[σ(w·x) σ(v·x)] = ∫∫ F, F(x, y) = A erf(βp x) erf(β(c₁ x + c₂ y)) φ(x) φ(y),
//!
//! φ the standard Gaussian density. The rule is h_x h_y Σ F(i h_x, j h_y) over
//! |i| ≤ m_x, |j| ≤ m_y. Four errors are bounded and added to the sum.
//!
//! **Tools.** (T1) *Trapezoidal rule* (Trefethen & Weideman, SIAM Review 56
//! (2014), Theorem 5.1): if f is analytic in |Im z| < c, tends to 0 uniformly
//! there, and ∫|f(t + is)| dt ≤ M for all |s| < c, then
//! |∫f − h Σ f(ih)| ≤ 2M/(e^{2πc/h} − 1).
//! (T2) |φ(t + is)| = φ(t) e^{s²/2}.
//! (T3) |erf(t + is)| ≤ |erf t| + (2/√π) e^{−t²} ∫₀^{|s|} e^{τ²} dτ ≤ N(s),
//! N(s) := 1 + (2/√π)|s| e^{s²}, on the path through t.
//! (T4) φ decreases on [0, ∞), so h Σ_i φ(ih) ≤ 1 + hφ(0) ≤ 1 + h/2, and
//! h Σ_{i>m} φ(ih) ≤ ∫_X^∞ φ ≤ φ(X)/X for X = mh > 0.
//!
//! **The four errors.** Let G(x) = ∫ erf(β(c₁x + c₂y)) φ(y) dy.
//! 1. *Step in y*, for each real x: M = e^{c²/2} N(βc₂c) by T2, T3. Summed
//!    against h_x Σ φ(x_i)|erf| ≤ 1 + h_x/2 this costs at most
//!    A (1 + h_x/2) · 2 e^{c²/2} N(βc₂c)/(e^{2πc/h_y} − 1).
//! 2. *Step in x* of A φ(x) erf(βpx) G(x), which is entire, where
//!    |G(t + is)| ≤ N(βc₁s): at most A · 2 e^{c²/2} N(βpc) N(βc₁c)/(e^{2πc/h_x} − 1).
//! 3. *Nodes |i| > m_x left out*: |F| ≤ A φ φ, at most A (2φ(X)/X)(1 + h_y/2).
//! 4. *Nodes |j| > m_y left out*: at most A (1 + h_x/2)(2φ(Y)/Y).
//!
//! F(−x, −y) = F(x, y) and F(0, y) = 0, so half of the nodes suffice.

use crate::activation::Erf;
use crate::arithmetic::rational::{integer, ratio};
use crate::arithmetic::{Enclosure, Interval, Precision, Rational, Scalar};
use num_bigint::BigInt;
use num_traits::{Pow, Signed, Zero};

/// Why there is no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuadratureError {
    /// |w·v| > |w| |v|, or a negative squared norm.
    #[error("no two vectors have these squared norms and this inner product")]
    NoVectors,
    /// More nodes than [`MOST_NODES`].
    #[error("weights so large, or so many digits, need more than {MOST_NODES} integration nodes")]
    TooManyNodes,
}

/// The largest number of nodes that a call evaluates.
pub const MOST_NODES: u64 = 4_000_000;

/// More digits need more nodes than that.
const MOST_DIGITS: u32 = 1000;

/// Where an axis ends at the latest: φ(100) < 10⁻²⁰⁰⁰.
const FARTHEST_END: i64 = 100;

/// An enclosure of E[σ(w·x) σ(v·x)] for |w|² = q, |v|² = r, w·v = u, of width at
/// most about 10^−digits, without the arcsine formula.
///
/// The time grows like digits · |w| |v|.
///
/// # Errors
/// If no vectors have these products, or the integration needs too many nodes.
pub fn kernel_by_quadrature(
    kernel: &Erf,
    q: &Rational,
    r: &Rational,
    u: &Rational,
    digits: u32,
) -> Result<Interval, QuadratureError> {
    if q.is_negative() || r.is_negative() || u * u > q * r {
        return Err(QuadratureError::NoVectors);
    }
    if digits > MOST_DIGITS {
        return Err(QuadratureError::TooManyNodes);
    }
    let context = Interval::context(Precision::for_digits(digits, 40));
    if q.is_zero() || r.is_zero() {
        // One of the factors is erf(0).
        return Ok(context);
    }
    let (q, r) = if q < r { (r, q) } else { (q, r) };
    let integrand = Integrand::new(context, kernel, q, r, u);
    let allowed = Rational::new(1.into(), BigInt::from(32) * BigInt::from(10).pow(digits));
    let grid = Grid::fine_enough(&integrand, &allowed).ok_or(QuadratureError::TooManyNodes)?;
    Ok(integrand.sum(&grid))
}

/// F, with all its constants.
struct Integrand {
    context: Interval,
    /// A
    amplitude: Interval,
    /// √(2π)
    normaliser: Interval,
    /// βp
    along: Interval,
    /// βc₁
    first: Interval,
    /// βc₂
    second: Interval,
    /// The growth of F in the imaginary directions of x and of y is about
    /// e^{growth · s²}; only used to choose a good strip.
    growth: (Rational, Rational),
}

/// Nodes (i h_x, j h_y) with 0 ≤ i ≤ m_x, 0 ≤ j ≤ m_y, and the error of their rule.
struct Grid {
    x: Axis,
    y: Axis,
    /// The sum of the four errors (the interval's upper end bounds it).
    error: Interval,
}

/// The nodes 0, h, …, m h.
struct Axis {
    step: Rational,
    last: u64,
}

impl Integrand {
    fn new(context: Interval, kernel: &Erf, q: &Rational, r: &Rational, u: &Rational) -> Self {
        let half_gain = kernel.gain() / integer(2);
        // β² times p², c₁², c₂².
        let along = &half_gain * q;
        let first = &half_gain * u * u / q;
        let second = &half_gain * (r - u * u / q);
        let root = |square: &Rational| context.rational(square).sqrt();
        let sign = context.rational(&u.signum());
        Self {
            amplitude: context.rational(kernel.amplitude_squared()),
            normaliser: (context.pi() * &context.integer(2)).sqrt(),
            along: root(&along),
            first: root(&first) * &sign,
            second: root(&second),
            growth: (along + first + ratio(1, 2), second + ratio(1, 2)),
            context,
        }
    }

    /// φ(x).
    fn density(&self, x: &Rational) -> Interval {
        (self.context.rational(&(-(x * x) / integer(2)))).exp() / &self.normaliser
    }

    /// N(s).
    fn erf_bound(&self, s: &Interval) -> Interval {
        let two = self.context.integer(2);
        self.context.one() + two / self.context.pi().sqrt() * s * &s.square().exp()
    }

    /// 2 e^{c²/2} bound/(e^{2πc/h} − 1).
    fn step_error(&self, strip: &Rational, step: &Rational, bound: &Interval) -> Interval {
        let one = self.context.one();
        let two = self.context.integer(2);
        let strip_growth = self.context.rational(&(strip * strip / integer(2))).exp();
        let decay = (self.context.rational(&(integer(2) * strip / step)) * &self.context.pi()).exp() - one;
        two * &strip_growth * bound / decay
    }

    /// The error of the step in x without A: item 2 of the module's list.
    fn step_error_x(&self, strip: &Rational, step: &Rational) -> Interval {
        let c = self.context.rational(strip);
        let first = self.erf_bound(&(self.first.max(&(-self.first.clone())) * &c));
        self.step_error(
            strip,
            step,
            &(self.erf_bound(&(self.along.clone() * &c)) * &first),
        )
    }

    /// The error of the step in y without A (1 + h_x/2): item 1.
    fn step_error_y(&self, strip: &Rational, step: &Rational) -> Interval {
        let c = self.context.rational(strip);
        self.step_error(strip, step, &self.erf_bound(&(self.second.clone() * &c)))
    }

    /// The two-sided tail 2φ(X)/X of an axis.
    fn tail(&self, axis: &Axis) -> Interval {
        let end = axis.end();
        self.density(&end) * &self.context.integer(2) / self.context.rational(&end)
    }

    /// 1 + h/2.
    fn mass(&self, axis: &Axis) -> Interval {
        self.context.rational(&(integer(1) + &axis.step / integer(2)))
    }

    /// The enclosure of the integral.
    fn sum(&self, grid: &Grid) -> Interval {
        let columns: Vec<(Interval, Interval)> = grid
            .y
            .nodes()
            .map(|y| (self.density(&y), self.second.clone() * &self.context.rational(&y)))
            .collect();
        let mut total = self.context.clone();
        for x in grid.x.nodes().skip(1) {
            let at = self.context.rational(&x);
            let shift = self.first.clone() * &at;
            let mut inner = self.context.clone();
            for (j, (density, offset)) in columns.iter().enumerate() {
                let mut values = (shift.clone() + offset).erf();
                if j > 0 {
                    values = values + (shift.clone() - offset).erf();
                }
                inner = inner + values * density;
            }
            total = total + inner * &(self.along.clone() * &at).erf() * &self.density(&x);
        }
        // The half i < 0 equals the half i > 0.
        let cell = &grid.x.step * &grid.y.step * integer(2);
        let sum = total * &self.amplitude * &self.context.rational(&cell);
        let error = grid.error.upper();
        let below = error.as_ref().map(|error| -error.clone());
        sum + self.context.between(below.as_ref(), error.as_ref())
    }
}

impl Grid {
    /// A grid whose four errors are each at most `allowed` (up to factors A and
    /// 1 + h/2 near 1); `None` if that takes too many nodes.
    fn fine_enough(integrand: &Integrand, allowed: &Rational) -> Option<Self> {
        let allowed = integrand.context.rational(allowed) / &integrand.amplitude;
        let (growth_x, growth_y) = &integrand.growth;
        let (x_step, x_error) = step(growth_x, &allowed, |c, h| integrand.step_error_x(c, h))?;
        let (y_step, y_error) = step(growth_y, &allowed, |c, h| integrand.step_error_y(c, h))?;
        let x = Axis::long_enough(integrand, x_step, &allowed)?;
        let y = Axis::long_enough(integrand, y_step, &allowed)?;
        let nodes = x.last.checked_mul(y.last)?.checked_mul(2)?;
        if nodes > MOST_NODES {
            return None;
        }
        let by_rows = (y_error + integrand.tail(&y)) * &integrand.mass(&x);
        let by_columns = x_error + integrand.tail(&x) * &integrand.mass(&y);
        let error = (by_rows + by_columns) * &integrand.amplitude;
        Some(Self { x, y, error })
    }
}

/// The first step of a falling list, with its error, that is certainly small
/// enough. Any strip gives a valid bound; π/(h · growth) is near the best.
fn step(
    growth: &Rational,
    allowed: &Interval,
    error: impl Fn(&Rational, &Rational) -> Interval,
) -> Option<(Rational, Interval)> {
    falling_steps().find_map(|step| {
        let best = ratio(22, 7) / (&step * growth);
        let strip = ((best * integer(64)).floor() / integer(64)).max(ratio(1, 64));
        let error = error(&strip, &step);
        error.certainly_less(allowed).then_some((step, error))
    })
}

/// 15/8, 14/8, …, 8/8, 15/16, …, down to about 10⁻³: dyadic, so that nodes are
/// exact in binary.
fn falling_steps() -> impl Iterator<Item = Rational> {
    (3_u32..13).flat_map(|places| {
        (8_i64..16)
            .rev()
            .map(move |numerator| ratio(numerator, 1 << places))
    })
}

impl Axis {
    /// The end X = m h of the nodes.
    fn end(&self) -> Rational {
        &self.step * Rational::from_integer(self.last.into())
    }

    fn nodes(&self) -> impl Iterator<Item = Rational> {
        (0..=self.last).map(|i| &self.step * Rational::from_integer(i.into()))
    }

    /// The axis of this step that ends where its tail is small enough.
    fn long_enough(integrand: &Integrand, step: Rational, allowed: &Interval) -> Option<Self> {
        (4_i64..4 * FARTHEST_END).find_map(|quarters| {
            let last = (ratio(quarters, 4) / &step).ceil().to_integer();
            let axis = Self {
                step: step.clone(),
                last: u64::try_from(last).ok()?,
            };
            integrand.tail(&axis).certainly_less(allowed).then_some(axis)
        })
    }
}
