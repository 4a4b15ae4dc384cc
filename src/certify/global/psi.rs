//! ψ(x) = asin(x/2) − x/2 = Σ_{j odd ≥ 3} b_j x^j, all b_j > 0, and derivatives.
//!
//! All functions are for points x ≥ 0 (or narrow enclosures of them) below the
//! radius of convergence, 2.

use crate::arithmetic::Enclosure;
use crate::certify::eigenvalues::Level;

/// ψ(x), for 0 ≤ x ≤ 2.
///
/// For x < 1/8 by its series, so that nothing cancels: with z = x/2 and
/// p_i = z^(2i+1) (2i−1)!!/(2i)!!, ψ(x) = Σ_{i≥1} p_i/(2i+1). As
/// p_{i+1} ≤ z² p_i ≤ p_i/2, the terms behind i = m add up to a number between 0
/// and 2 p_{m+1}.
pub fn psi<T: Level>(x: &T) -> T {
    let half = x.clone() / x.integer(2);
    if !(x.certainly_nonnegative() && x.certainly_less(&x.ratio(1, 8))) {
        return half.asin() - half;
    }
    let square = half.square();
    let mut power = half;
    let mut sum = x.zero();
    // z² < 2⁻⁸.
    let terms = i64::from(x.bits() / 8 + 2);
    for i in 1..=terms {
        power = power * &square * x.ratio(2 * i - 1, 2 * i);
        sum = sum + power.clone() / x.integer(2 * i + 1);
    }
    let rest = power * &square * x.zero().hull(&x.integer(2));
    sum + rest
}

/// ψ′(x) = 1/s − 1/2 = x²/(2s(2 + s)) with s = √(4 − x²), for 0 ≤ x < 2.
pub fn psi_1<T: Enclosure>(x: &T) -> T {
    let square = x.square();
    let s = (x.integer(4) - &square).sqrt();
    square / (x.integer(2) * &s * (x.integer(2) + &s))
}

/// ψ″(x) = x/s³, for 0 ≤ x < 2.
pub fn psi_2<T: Enclosure>(x: &T) -> T {
    x.clone() / (x.integer(4) - x.square()).sqrt().powi(3)
}

/// ψ‴(x) = 1/s³ + 3x²/s⁵, for 0 ≤ x < 2.
pub fn psi_3<T: Enclosure>(x: &T) -> T {
    let s = (x.integer(4) - x.square()).sqrt();
    x.one() / s.powi(3) + x.integer(3) * x.square() / s.powi(5)
}

/// 3^(−3/2) = ψ″(1) = ψ‴(1)/2, in the arithmetic of `context`.
pub fn psi_2_at_one<T: Enclosure>(context: &T) -> T {
    let three = context.integer(3);
    context.one() / (three.sqrt() * three)
}

/// C = 3^(−3/2) + 3^(−1/2) − 1/2 = ψ″(1) + ψ′(1), in the arithmetic of `context`.
pub fn second_order<T: Enclosure>(context: &T) -> T {
    psi_2_at_one(context) + psi_1(&context.one())
}
