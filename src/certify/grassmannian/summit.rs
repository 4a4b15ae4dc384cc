//! The ball around Π* = diag(I_N, J/l) in which F < F(Π*).
//!
//! At Π* the kernel is that of the vectors of sum 0 on the averaged teachers. A
//! tangent matrix has rows A_p for the copied teachers p and, for the average,
//! (1/√l)h on each of its teachers, |A|² + |h|² = |θ|²; orthogonality to 1 says
//! h = −Σ_p A_p/√l, so x = |h|²/|θ|² ∈ [0, N/k]. Then, with ψ′, ψ″ at 1/l where
//! nothing else is said,
//!
//! * Ψ̇ = 0 and Ψ̈/2 = (−ψ′(1)(1 − x) + (ψ″ − lψ′)x)|θ|² ≤ −c|θ|² (H_pq = (h_p + h_q)/√l
//!   among averaged teachers, elsewhere ψ″(Π*_pq) = 0 or H_pq = 0);
//! * g = 0 and ġ = √l(ψ′(1) − lψ′ + ψ″)h, so |ġ| ≤ g₁|θ| with
//!   g₁² = (lN/k)(ψ′(1) − lψ′ + ψ″)²;
//! * along any geodesic g̈ = −Π̈(w − μ1) − 2Hẇ + (I − Π)ẅ with ẅ_p = Σ_q ψ‴H_pq² + ψ″Π̈_pq.
//!   By the estimates of [`super::bound`] and Σ_q H_pq² = (H²)_pp, tr H² = 2|θ|²:
//!   |g̈| ≤ (ψ′(1)√k + (4 + 4√2)3^(−3/2))|θ|² = G₂|θ|².
//!
//! Hence F − F(Π*) ≤ |θ|²(−c + M|θ|/6 + (g₁ + G₂|θ|/2)²/(k(k/2 − C))), which is
//! negative for 0 < |θ| ≤ ρ once the bracket is at |θ| = ρ.

use super::bound::{Constants, angle};
use super::chart::{Frame, Shape, dot, integer};
use crate::certify::eigenvalues::Level;
use crate::certify::global::psi::{psi, psi_1, psi_2, psi_2_at_one};

/// Π* and the ball around it.
#[derive(Debug, Clone)]
pub struct Summit<T> {
    /// Ψ(Π*) = Nψ(1) + l²ψ(1/l).
    pub value: T,
    /// ρ.
    pub radius: T,
}

/// The radius is sought among multiples of 1/1024.
const STEPS: i64 = 1024;

impl<T: Level> Summit<T> {
    /// Value and ball in the arithmetic of `context`; `None` if no ball was
    /// found.
    #[must_use]
    pub fn new(context: &T, shape: Shape, constants: &Constants<T>) -> Option<Self> {
        let number = |n: usize| context.integer(integer(n));
        let (k, copies) = (number(shape.teachers()), number(shape.neurons() - 1));
        let size = number(shape.rows() + 1);
        let inverse = context.one() / &size;
        let value = copies.clone() * psi(&context.one()) + size.square() * psi(&inverse);

        let slope = psi_1(&context.one());
        let averaged = size.clone() * psi_1(&inverse);
        let curved = psi_2(&inverse);
        let most = copies / &k;
        // Linear in x: the least is at one of the ends.
        let at_end = slope.clone() * (context.one() - &most) - (curved.clone() - &averaged) * &most;
        let falling = slope.min(&at_end);
        let turned = (size * most).sqrt() * (slope.clone() - averaged + curved);
        let four = context.integer(4);
        let factor = four.clone() + four * context.integer(2).sqrt();
        let turning = slope * k.sqrt() + factor * psi_2_at_one(context);

        let falls = |step: i64| {
            let radius = context.ratio(step, STEPS);
            let cubic = constants.third.clone() * &radius / context.integer(6);
            let mixed = turned.clone() + turning.clone() * &radius / context.integer(2);
            (falling.clone() - cubic - mixed.square() / &constants.denominator).certainly_positive()
        };
        let (mut good, mut bad) = (0, STEPS);
        while bad - good > 1 {
            let step = i64::midpoint(good, bad);
            if falls(step) {
                good = step;
            } else {
                bad = step;
            }
        }
        (good > 0).then(|| Self {
            value,
            radius: context.ratio(good, STEPS),
        })
    }

    /// Whether every point of the cell lies in the ball. Only the image of Π*
    /// whose X has 1 in the first column is meant.
    ///
    /// With X* there, I + X*X*ᵀ = I + J, the squared sines are at most
    /// |Δ|² − |Σ_i Δ_i|²/(k − n + 1) for Δ = X − X*: a norm, so that centre and
    /// reach may be added.
    pub fn contains(&self, shape: Shape, frame: &Frame<T>) -> bool {
        let (n, rows) = (shape.neurons(), shape.rows());
        let zero = frame.centre[0].zero();
        let mut square = zero.clone();
        for j in 0..n {
            let hot = zero.integer(i64::from(j == 0));
            let column: Vec<T> = (0..rows)
                .map(|i| frame.centre[i * n + j].clone() - &hot)
                .collect();
            let sum = column.iter().fold(zero.clone(), |sum, x| sum + x);
            square = square + dot(&column, &column) - sum.square() / zero.integer(integer(rows + 1));
        }
        let reach = frame.reach.iter().fold(zero.clone(), |sum, x| sum + x.square());
        let total = square.max(&zero).sqrt() + reach.sqrt();
        angle(&total.square()).is_some_and(|angle| angle.certainly_less(&self.radius))
    }
}
