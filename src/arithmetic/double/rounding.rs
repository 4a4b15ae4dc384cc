//! Directed rounding of single operations, out of round-to-nearest.
//!
//! Every function returns the *tightest* double on its side of the exact
//! result: the largest double ≤ it (`_down`) or the least ≥ it (`_up`), with
//! −∞ and +∞ where no finite double serves. The nearest double `r` is computed
//! first; then the sign of the exact error says whether `r` is already a bound
//! on the wanted side or its neighbour must be taken. That sign is found
//!
//! * for sums by TwoSum, which is exact for every finite sum: additions cannot
//!   underflow inexactly;
//! * for products, quotients and roots by one exact comparison of the integer
//!   significands ([`excess`]), because floating error-free products
//!   fail under underflow and a fused multiply-add is a slow library call on
//!   machines whose compiler target lacks it.
//!
//! Only IEEE additions, products, quotients and roots and integer operations
//! occur, so results are the same bits on every machine.
//!
//! NaN arguments give NaN. Infinite arguments are limits of unbounded
//! intervals; ∞ − ∞ and ∞/∞ never occur between endpoints of intervals (the
//! callers see to it) and give NaN here; 0·∞ is 0, the only member of {0}·R.
//!
//! Source of TwoSum and its exactness: D. Knuth, The Art of Computer
//! Programming, vol. 2, 3rd ed., section 4.2.2, theorem B; that overflow in an
//! intermediate step shows as NaN or ∞ and never as a wrong finite error:
//! S. Boldo, S. Graillat, J.-M. Muller, On the robustness of the 2Sum and
//! Fast2Sum algorithms, ACM TOMS 44 (2017).

use std::cmp::Ordering;

/// The largest double ≤ a + b.
#[inline]
pub(super) fn add_down(a: f64, b: f64) -> f64 {
    let (sum, error) = two_sum(a, b);
    if sum.is_finite() && error.is_finite() {
        // An error of 0 where the sum is 0: no step is taken from a zero.
        return step(sum, u64::from(error < 0.0));
    }
    if a.is_finite() && b.is_finite() {
        // Overflow, in the sum or only on the way to its error.
        sum.next_down()
    } else {
        sum
    }
}

/// The least double ≥ a + b.
#[inline]
pub(super) fn add_up(a: f64, b: f64) -> f64 {
    -add_down(-a, -b)
}

/// The largest double ≤ a · b.
#[inline]
pub(super) fn mul_down(a: f64, b: f64) -> f64 {
    let product = a * b;
    if is_normal(a) && is_normal(b) && is_normal(product) {
        step(product, below_nearest(excess(a, b, product), product))
    } else {
        mul_down_with_care(a, b, product)
    }
}

/// The least double ≥ a · b.
#[inline]
pub(super) fn mul_up(a: f64, b: f64) -> f64 {
    -mul_down(-a, b)
}

/// The largest double ≤ a / b, for b ≠ 0.
#[inline]
pub(super) fn div_down(a: f64, b: f64) -> f64 {
    let quotient = a / b;
    if is_normal(a) && is_normal(b) && is_normal(quotient) {
        // The quotient is too large where quotient · b is beyond a.
        let excess = excess(quotient, b, a).wrapping_neg();
        step(quotient, below_nearest(excess, quotient))
    } else {
        div_down_with_care(a, b, quotient)
    }
}

/// The least double ≥ a / b, for b ≠ 0.
#[inline]
pub(super) fn div_up(a: f64, b: f64) -> f64 {
    -div_down(-a, b)
}

/// The largest double ≤ √a, for a ≥ 0.
#[inline]
pub(super) fn sqrt_down(a: f64) -> f64 {
    let root = a.sqrt();
    if is_normal(a) {
        step(root, u64::from(excess(root, root, a) > 0))
    } else {
        sqrt_with_care(a, root, Ordering::Greater, f64::next_down)
    }
}

/// The least double ≥ √a, for a ≥ 0.
#[inline]
pub(super) fn sqrt_up(a: f64) -> f64 {
    let root = a.sqrt();
    if is_normal(a) {
        -step(-root, u64::from(excess(root, root, a) < 0))
    } else {
        sqrt_with_care(a, root, Ordering::Less, f64::next_up)
    }
}

/// The nearest double to a + b and its exact error, where both are finite.
#[inline]
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let b_virtual = sum - a;
    let a_virtual = sum - b_virtual;
    (sum, (a - a_virtual) + (b - b_virtual))
}

/// The double below `r` if `step` is 1, `r` if it is 0; for finite r, which is
/// not 0 if `step` is 1. Without a branch: the direction of a rounding error
/// is a coin toss, which no branch prediction learns.
#[inline]
fn step(r: f64, step: u64) -> f64 {
    // Magnitudes are ordered like their bits: one less for a positive number,
    // one more for a negative one (from −MAX this gives −∞).
    let bits = r.to_bits();
    let sign = bits >> 63;
    f64::from_bits(bits.wrapping_sub(step).wrapping_add((step & sign) << 1))
}

/// 1 if an exact x is less than its nearest double `r`, else 0, when `excess`
/// has the sign of |x| − |r|, and `r` the sign of x even if it is a zero.
#[inline]
fn below_nearest(excess: i64, r: f64) -> u64 {
    let sign = (r.to_bits().cast_signed()) >> 63; // 0 or −1
    let signed = (excess ^ sign).wrapping_sub(sign); // excess or −excess
    signed.cast_unsigned() >> 63
}

/// The sign of |x|·|y| − |z|, exactly, for normal x, y, z such that z is the
/// nearest double to x·y, or x the nearest to z/y, or x = y that to √z.
#[inline]
fn excess(x: f64, y: f64, z: f64) -> i64 {
    // With |x| = mx·2^(ex−1075) etc., |x·y| − |z| is
    // (mx·my − mz·2^k)·2^(ex+ey−2150) for k = ez − ex − ey + 1075. Rounding to
    // nearest makes the integer in brackets less than 2^54 in magnitude: it is
    // at most 2^(k−1) with k ≤ 53 for a product, my/2 for a quotient, and
    // about mx for a root. So it may be computed modulo 2^64. As mx·my ≥ 2^104
    // and mz < 2^53, k lies between 51 and 54; nothing else wraps.
    let k = (exponent_field(z) + 1075).wrapping_sub(exponent_field(x) + exponent_field(y));
    let product = significand(x).wrapping_mul(significand(y));
    product.wrapping_sub(significand(z) << (k & 63)).cast_signed()
}

/// [`mul_down`] where an argument or the nearest product is not normal.
#[cold]
fn mul_down_with_care(a: f64, b: f64, product: f64) -> f64 {
    if a.is_nan() || b.is_nan() {
        f64::NAN
    } else if a == 0.0 || b == 0.0 {
        0.0 // also for 0·∞
    } else if !product.is_finite() {
        at_infinity(product, a.is_finite() && b.is_finite())
    } else {
        nearest_or_below(product, compare_product(a, b, product))
    }
}

/// [`div_down`] where an argument or the nearest quotient is not normal.
#[cold]
fn div_down_with_care(a: f64, b: f64, quotient: f64) -> f64 {
    if !quotient.is_finite() || !b.is_finite() {
        // a/±∞ = ±0 bounds the quotients by an unbounded divisor.
        at_infinity(quotient, a.is_finite())
    } else {
        nearest_or_below(quotient, compare_product(quotient, b, a).reverse())
    }
}

/// The neighbour of the nearest root on the wanted side if |root|² compares
/// with a as `wrong`, for an `a` that is not normal.
#[cold]
fn sqrt_with_care(a: f64, root: f64, wrong: Ordering, neighbour: impl Fn(f64) -> f64) -> f64 {
    if root.is_finite() && compare_product(root, root, a) == wrong {
        neighbour(root)
    } else {
        root
    }
}

/// The lower bound where the nearest value is infinite or exact: the largest
/// finite double if the exact value was finite and positive.
fn at_infinity(nearest: f64, exact_is_finite: bool) -> f64 {
    if nearest == f64::INFINITY && exact_is_finite {
        f64::MAX
    } else {
        nearest
    }
}

/// The largest double ≤ x, given its nearest double `r`, with the sign of x
/// even if it is a zero, and how |x| compares with |r|.
fn nearest_or_below(r: f64, magnitude: Ordering) -> f64 {
    match magnitude {
        Ordering::Less if r.is_sign_positive() => r.next_down(),
        Ordering::Greater if r.is_sign_negative() => r.next_down(),
        _ => r,
    }
}

/// How |x|·|y| compares with |z|, exactly, for any finite numbers.
fn compare_product(x: f64, y: f64, z: f64) -> Ordering {
    let product = u128::from(any_significand(x)) * u128::from(any_significand(y));
    let other = u128::from(any_significand(z));
    if product == 0 || other == 0 {
        return product.cmp(&other);
    }
    // A subnormal is m·2^(1−1075): its exponent field 0 acts like 1.
    let exponent = |v| exponent_field(v).max(1);
    let left = exponent(x) + exponent(y);
    let right = exponent(z) + 1075;
    // Compare product·2^left with other·2^right. What a shift pushes out of
    // 128 bits is larger than the other side, which has at most 106.
    let shift = |v: u128, by: u64| match u32::try_from(by) {
        Ok(by) if by <= v.leading_zeros() => v << by,
        _ => u128::MAX,
    };
    if left >= right {
        shift(product, left - right).cmp(&other)
    } else {
        product.cmp(&shift(other, right - left))
    }
}

/// Whether `v` is neither zero, subnormal, infinite nor NaN.
#[inline]
fn is_normal(v: f64) -> bool {
    exponent_field(v).wrapping_sub(1) < 0x7fe
}

/// The eleven exponent bits of a double: 0 for zeros and subnormals.
#[inline]
fn exponent_field(v: f64) -> u64 {
    (v.to_bits() >> 52) & 0x7ff
}

/// The 53 significant bits of a normal double as an integer ≥ 2^52.
#[inline]
fn significand(v: f64) -> u64 {
    v.to_bits() & ((1 << 52) - 1) | 1 << 52
}

/// The integer m of a finite |v| = m·2^(max(exponent field, 1) − 1075).
fn any_significand(v: f64) -> u64 {
    if exponent_field(v) == 0 {
        v.to_bits() & ((1 << 52) - 1)
    } else {
        significand(v)
    }
}
