//! Exact facts about a copy-average configuration: the program's own loss and
//! gradient, evaluated without rounding in the field of [`Surd`]s, or, for
//! configurations of any size, the rational identities behind them.

use super::verdict::{Verdict, Why};
use crate::activation::Erf;
use crate::arithmetic::rational::equal;
use crate::arithmetic::{Rational, Scalar, Surd};
use crate::configuration::copy_average::{bucket_loss, copy_average, squared_norm};
use crate::landscape::{Student, gradient, loss};

/// Whether every component of the gradient vanishes at the configuration with
/// these bucket sizes in `dimension` inputs.
///
/// `Refuted` if a component is certainly not 0 (a nonzero sum of distinct
/// square roots); an expression with arcsines that is not recognised as 0 stays
/// undecided.
#[must_use]
pub fn is_critical(kernel: &Erf, buckets: &[u64], dimension: usize) -> Verdict {
    let Some(student) = exact_student(kernel, buckets, dimension) else {
        return no_student(buckets);
    };
    let components = gradient(kernel, &student);
    if !components.is_empty() && components.iter().all(Surd::is_certainly_zero) {
        Verdict::Proved
    } else if let Some(place) = components.iter().position(|c| c.is_zero() == Some(false)) {
        Verdict::Refuted(format!(
            "component {place} of the gradient is not zero at {buckets:?}"
        ))
    } else {
        not_recognised("the gradient", buckets)
    }
}

/// Whether every component of the gradient vanishes at the configuration with
/// these distinct bucket sizes (any number of buckets of each, any number of
/// inputs), by the identities to which the gradient comes down.
///
/// Write ℓ for a size, b for the gain, t = 1 + b, a = ℓ, r² = 1/(ℓ + b(ℓ − 1)),
/// s = 1 + b r². In units of 2A b/π (2A/π for the a_i), and with u = 0 between
/// different buckets, the gradient is (see [`crate::landscape::gradient`])
///
/// * ∂a_i: (a asin(b r²/s) − ℓ asin(b u/√(s t)))/b, u = r/√ℓ the product with an
///   own teacher. Zero if (r²/s)² = u²/(s t).
/// * ∂w_i along the direction of another bucket j:
///   (a_i/√s_i)(a_j r_j/√s_j − √(ℓ_j/t)). Zero if a²r²/s = ℓ/t for every size.
/// * ∂w_i along its own direction: (a/s)(a r/√(2s − 1) − √ℓ/D), D² = s t − b²u²;
///   the bracket's second term is √ℓ (1 − b r²/s)/D. Zero if a²r²D² = ℓ(2s − 1).
/// * ∂w_i along all other directions has no term that is not 0.
///
/// All squares compared belong to positive numbers, and are rational.
#[must_use]
pub fn is_critical_by_size(kernel: &Erf, sizes: impl IntoIterator<Item = u64>) -> Verdict {
    let one = Rational::from_integer(1.into());
    let gain = kernel.gain();
    let teacher = &one + gain;
    let mut seen = false;
    for size in sizes {
        let l = Rational::from_integer(size.into());
        let norm = squared_norm(kernel, size);
        if size == 0 || norm <= Rational::from_integer(0.into()) {
            return no_student(&[size]);
        }
        let s = &one + gain * &norm;
        let product = &norm / &l;
        let root = &s * &teacher - gain * gain * &product;
        let arcsines = equal(&(&norm * &norm / (&s * &s)), &(&product / (&s * &teacher)));
        let cross = equal(&(&l * &l * &norm / &s), &(&l / &teacher));
        let own = equal(&(&l * &l * &norm * root), &(&l * (&s + &s - &one)));
        if !(arcsines && cross && own) {
            return not_recognised("the gradient", &[size]);
        }
        seen = true;
    }
    if seen { Verdict::Proved } else { no_student(&[]) }
}

/// Whether the loss of the full student is Σ L(ℓ_i).
#[must_use]
pub fn loss_is_additive(kernel: &Erf, buckets: &[u64], dimension: usize) -> Verdict {
    let Some(student) = exact_student(kernel, buckets, dimension) else {
        return no_student(buckets);
    };
    let context = Surd::context();
    let sum = buckets.iter().fold(context.zero(), |sum, &size| {
        sum + bucket_loss(&context, kernel, size)
    });
    if (loss(kernel, &student) - sum).is_certainly_zero() {
        Verdict::Proved
    } else {
        not_recognised("the loss minus the sum over buckets", buckets)
    }
}

fn exact_student(kernel: &Erf, buckets: &[u64], dimension: usize) -> Option<Student<Surd>> {
    copy_average(&Surd::context(), kernel, buckets, dimension).ok()
}

fn no_student(buckets: &[u64]) -> Verdict {
    Verdict::Undecided(Why::NotRepresentable {
        what: format!("the configuration {buckets:?}"),
    })
}

fn not_recognised(what: &str, buckets: &[u64]) -> Verdict {
    Verdict::Undecided(Why::NotRepresentable {
        what: format!("{what} at {buckets:?}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both routes, for several gains; and a wrong norm is not critical.
    #[test]
    fn by_size_and_in_full() {
        for kernel in [
            Erf::standard(),
            Erf::printed(),
            Erf::scaled(&Rational::new(7.into(), 3.into())).unwrap(),
        ] {
            for buckets in [&[1_u64][..], &[5], &[3, 2, 1], &[4, 4, 2, 1]] {
                let inputs = buckets.iter().sum::<u64>() + 1;
                let full = is_critical(&kernel, buckets, usize::try_from(inputs).unwrap());
                assert_eq!(full, Verdict::Proved);
                assert_eq!(
                    is_critical_by_size(&kernel, buckets.iter().copied()),
                    Verdict::Proved
                );
            }
        }
        let large = [999_999_000_001, 1];
        assert_eq!(is_critical_by_size(&Erf::standard(), large), Verdict::Proved);
        assert!(!is_critical_by_size(&Erf::standard(), [0]).is_proved());
        assert!(!is_critical_by_size(&Erf::standard(), []).is_proved());
    }
}
