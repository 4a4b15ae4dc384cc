//! The error function, scaled: the arcsine kernel.

use super::kernel::{Kernel, KernelFormulas, KernelPartials, OwnPartials, Slopes};
use crate::arithmetic::rational::{integer, ratio};
use crate::arithmetic::{Rational, Scalar};
use num_traits::{One, Signed};

/// The activations σ(x) = √A · erf(βx), with b = 2β² > 0 and A > 0 rational.
///
/// **The kernel (assumed):** for a standard Gaussian x,
///
/// E[σ(w·x) σ(v·x)] = A · (2/π) · asin( b w·v / √((1 + b|w|²)(1 + b|v|²)) ).
///
/// Source: Williams, *Computing with infinite networks*, NIPS 9 (1996), and
/// Saad & Solla, *On-line learning in soft committee machines*, Phys. Rev. E 52
/// (1995), for β = 1/√2; the general case is the substitution w → √b w.
/// An independent check is [`crate::certify::quadrature`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Erf {
    gain: Rational,
    amplitude_squared: Rational,
}

impl Erf {
    /// σ(x) = erf(x/√2): b = 1, A = 1.
    #[must_use]
    pub fn standard() -> Self {
        Self {
            gain: integer(1),
            amplitude_squared: integer(1),
        }
    }

    /// σ(x) = erf(βx): b = 2β², A = 1. `None` unless β > 0.
    #[must_use]
    pub fn scaled(beta: &Rational) -> Option<Self> {
        beta.is_positive().then(|| Self {
            gain: integer(2) * beta * beta,
            amplitude_squared: integer(1),
        })
    }

    /// σ(x) = (2/√π) ∫₀^{x/√2} exp(−t²/2) dt = √2 · erf(x/2): b = 1/2, A = 2.
    #[must_use]
    pub fn printed() -> Self {
        Self {
            gain: ratio(1, 2),
            amplitude_squared: integer(2),
        }
    }

    /// b = 2β², where σ(x) = √A · erf(βx). Positive.
    #[must_use]
    pub fn gain(&self) -> &Rational {
        &self.gain
    }

    /// A, where σ(x) = √A · erf(βx). Positive.
    #[must_use]
    pub fn amplitude_squared(&self) -> &Rational {
        &self.amplitude_squared
    }

    /// ŝ = b/(1 + b), the argument of the arcsine for one teacher (|v| = 1) with
    /// itself: E[σ(v·x)²] = A (2/π) asin ŝ.
    #[must_use]
    pub fn teacher_sine(&self) -> Rational {
        &self.gain / (Rational::one() + &self.gain)
    }
}

impl Kernel for Erf {
    type Within<T: Scalar> = ErfFormulas<T>;

    fn within<T: Scalar>(&self, context: &T) -> ErfFormulas<T> {
        let two = integer(2);
        ErfFormulas {
            gain: context.rational(&self.gain),
            scale: context.rational(&(two * &self.amplitude_squared)) / context.pi(),
        }
    }

    fn is_odd(&self) -> bool {
        true
    }
}

/// The arcsine kernel over one arithmetic.
///
/// Throughout, with (Q, R, U) = b · (q, r, u):
/// S = 1 + Q, S′ = 1 + R, D = √(S S′ − U²), c = 2A/π, so that g = c asin(U/√(S S′)),
/// and the derivatives with respect to (Q, R, U) are
///
/// * g_U = c/D, g_Q = −c U/(2 S D);
/// * g_UU = c U/D³, g_QU = −c S′/(2D³), g_QR = c U/(4D³),
///   g_QQ = (c U/2S) (1/(S D) + S′/(2D³)).
///
/// S S′ − U² is computed as one expression before its root is taken, so the
/// formulas also serve arithmetics that know only roots of rationals. They
/// divide by S, S′ ≥ 1 and by D ≥ 1 alone (D² ≥ S + S′ − 1 by Cauchy–Schwarz).
/// An interval is undefined where |U| < √(S S′) is too narrow to be seen at its
/// precision: nearly parallel weights of very large norm.
#[derive(Debug, Clone)]
pub struct ErfFormulas<T> {
    gain: T,
    scale: T,
}

/// What all formulas for a pair share.
struct Pair<T> {
    /// U = b u
    correlation: T,
    /// S = 1 + b q
    left: T,
    /// S′ = 1 + b r
    right: T,
    /// S S′
    product: T,
}

impl<T: Scalar> ErfFormulas<T> {
    fn pair(&self, q: &T, r: &T, u: &T) -> Pair<T> {
        let one = u.one();
        let left = self.gain.clone() * q + &one;
        let right = self.gain.clone() * r + &one;
        Pair {
            correlation: self.gain.clone() * u,
            product: left.clone() * &right,
            left,
            right,
        }
    }

    fn pair_value(&self, pair: &Pair<T>) -> T {
        self.scale.clone() * (pair.correlation.clone() / pair.product.sqrt()).asin()
    }
}

impl<T: Scalar> Pair<T> {
    /// D² = S S′ − U².
    fn determinant(&self) -> T {
        self.product.clone() - self.correlation.square()
    }
}

impl<T: Scalar> KernelFormulas<T> for ErfFormulas<T> {
    fn value(&self, q: &T, r: &T, u: &T) -> T {
        self.pair_value(&self.pair(q, r, u))
    }

    fn slopes(&self, q: &T, r: &T, u: &T) -> Slopes<T> {
        let pair = self.pair(q, r, u);
        // b g_U = b c/D, and −b g_U U/2 = S b g_Q.
        let u_slope = self.gain.clone() * &self.scale / pair.determinant().sqrt();
        let shared = -(u_slope.clone() * &pair.correlation) / u.integer(2);
        Slopes {
            value: self.pair_value(&pair),
            q: shared.clone() / &pair.left,
            r: shared / &pair.right,
            u: u_slope,
        }
    }

    fn partials(&self, q: &T, r: &T, u: &T) -> KernelPartials<T> {
        let pair = self.pair(q, r, u);
        let two = u.integer(2);
        let determinant = pair.determinant();
        let u_slope = self.gain.clone() * &self.scale / determinant.sqrt();
        let shared = -(u_slope.clone() * &pair.correlation) / &two;
        let q_slope = shared.clone() / &pair.left;
        let r_slope = shared / &pair.right;
        // b² c/(2D³)
        let cube = u_slope.clone() * &self.gain / &determinant / &two;
        let uq = cube.clone() * &pair.correlation;
        let qr = uq.clone() / &two;
        // With Q-derivatives: g_QQ = −g_Q/S + (S′/S) g_QR.
        let qq = (qr.clone() * &pair.right - q_slope.clone() * &self.gain) / &pair.left;
        let rr = (qr.clone() * &pair.left - r_slope.clone() * &self.gain) / &pair.right;
        KernelPartials {
            value: self.pair_value(&pair),
            q: q_slope,
            r: r_slope,
            u: u_slope,
            qq,
            qr,
            qu: -(cube.clone() * &pair.right),
            rr,
            ru: -(cube * &pair.left),
            uu: uq * &two,
        }
    }

    /// With T = 1 + 2bq: G = c asin(bq/S), G′ = b c/(S √T),
    /// G″ = −b² c (2 + 3bq)/(S² T √T).
    fn own(&self, q: &T) -> OwnPartials<T> {
        let scaled = self.gain.clone() * q;
        let norm = scaled.one() + &scaled;
        let discriminant = norm.clone() + &scaled;
        let first = self.gain.clone() * &self.scale / (norm.clone() * discriminant.sqrt());
        let numerator = norm.clone() + &discriminant;
        OwnPartials {
            value: self.scale.clone() * (scaled / &norm).asin(),
            second: -(self.gain.clone() * &first * numerator / (norm * discriminant)),
            first,
        }
    }

    fn uncorrelated(&self, q: &T, _r: &T) -> T {
        q.zero()
    }
}
