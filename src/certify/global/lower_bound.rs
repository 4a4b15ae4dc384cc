//! Lower bounds of the loss of every student, for pairs without a theorem.

use super::psi::{psi_1, second_order};
use crate::activation::Erf;
use crate::arithmetic::Rational;
use crate::certify::eigenvalues::Level;
use crate::configuration::copy_average::bucket_loss;
use num_bigint::BigInt;

fn whole<T: Level>(context: &T, n: u64) -> T {
    context.rational(&Rational::from_integer(BigInt::from(n)))
}

/// The better one of two lower bounds of the loss of every student with n ≤ k
/// neurons, and of every other function of n linear features, for erf:
///
/// * (k − n)(1/3 − 1/π) (theorem `student-lower-bound`);
/// * ((k−n)/(k−1)) L(k) − (2/π) ψ′(1)² n/(k(k/2 − C)) for k ≥ 2 (theorem
///   `chord-bound`).
///
/// 0 if n ≥ k. Both are below L(k − n + 1) by less than 1/3 − 1/π = 0.0150….
pub fn every_student<T: Level>(context: &T, neurons: u64, teachers: u64) -> T {
    if neurons >= teachers {
        return context.zero();
    }
    let left = whole(context, teachers - neurons);
    let plain = left.clone() * (context.ratio(1, 3) - context.one() / context.pi());
    if teachers < 2 {
        return plain;
    }
    let (n, k) = (whole(context, neurons), whole(context, teachers));
    let share = left / whole(context, teachers - 1);
    let slope = psi_1(&context.one());
    let stiffness = k.clone() / context.integer(2) - second_order(context);
    let correction = context.integer(2) / context.pi() * slope.square() * n / (k * stiffness);
    let chord = share * bucket_loss(context, &Erf::standard(), teachers) - correction;
    chord.max(&plain)
}

/// R(Π) = k/3 − (2/π) Σ_pq asin(Π_pq/2), the least loss of any function of the
/// features w_i·x of a perturbed copy with these α, β, γ (n neurons, k teachers).
///
/// With u running through ℝⁿ, the range of its weights is {(u, κ (Σu) 1)},
/// κ = γ/(α + (n−1)β), so with δ = n + (k−n)κ²n² the projector has the entries
/// 1 − 1/n + 1/δ and −1/n + 1/δ among copied teachers, κn/δ between them and the
/// others, κ²n²/δ among the others. Undefined if α + (n−1)β may be 0.
pub fn range_of_perturbed_copy<T: Level>(neurons: u64, teachers: u64, [alpha, beta, gamma]: [&T; 3]) -> T {
    let one = alpha.one();
    let (n, m) = (
        whole(alpha, neurons),
        whole(alpha, teachers.saturating_sub(neurons)),
    );
    let others = n.clone() - &one;
    let reach = gamma.clone() / (alpha.clone() + others.clone() * beta) * &n;
    let inverse = one.clone() / (n.clone() + m.clone() * reach.square());
    let mean = inverse.clone() - one.clone() / &n;
    let half = |x: T| (x / alpha.integer(2)).asin();
    let sum = n.clone() * half(one + &mean)
        + n.clone() * others * half(mean)
        + alpha.integer(2) * n * &m * half(reach.clone() * &inverse)
        + m.square() * half(reach.square() * inverse);
    whole(alpha, teachers) / alpha.integer(3) - alpha.integer(2) / alpha.pi() * sum
}
