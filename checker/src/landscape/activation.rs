//! Activations and their kernels.

use crate::number::{Rational, integer, ratio, read_rational};
use num_traits::Signed;
use std::fmt;

/// σ(x) = √A · erf(βx), with b = 2β².
///
/// The kernel, which the checker takes for granted, is
/// E[σ(w·x) σ(v·x)] = (2A/π) asin(b u/√((1 + b q)(1 + b r))) for a standard Gaussian x,
/// q = |w|², r = |v|², u = w·v.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activation {
    /// b = 2β² > 0.
    pub gain: Rational,
    /// A > 0.
    pub amplitude: Rational,
    shown: String,
}

/// The longest number β, in characters.
const LONGEST_SCALE: usize = 100;

impl Activation {
    /// Reads `erf`, `erf:BETA` or `erf-printed`.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        let made = |gain, amplitude, shown: &str| {
            Some(Self {
                gain,
                amplitude,
                shown: shown.to_string(),
            })
        };
        match name {
            "erf" => made(integer(1), integer(1), "erf(x/sqrt(2))"),
            "erf-printed" => made(ratio(1, 2), integer(2), "sqrt(2)*erf(x/2)"),
            _ => {
                let scale = name
                    .strip_prefix("erf:")
                    .filter(|scale| scale.len() <= LONGEST_SCALE)?;
                let beta = read_rational(scale).filter(Rational::is_positive)?;
                made(
                    integer(2) * &beta * &beta,
                    integer(1),
                    &format!("erf(({beta})*x)"),
                )
            }
        }
    }

    /// S = b/(1 + b), the sine of a teacher with itself.
    #[must_use]
    pub fn teacher_sine(&self) -> Rational {
        &self.gain / (integer(1) + &self.gain)
    }

    /// The definition of the bucket loss L(l), in words.
    #[must_use]
    pub fn bucket_loss(&self) -> String {
        let (sine, scale) = (self.teacher_sine(), integer(2) * &self.amplitude);
        format!(
            "L(l) = ({scale}/pi)*(l*asin({sine}) - l^2*asin(({sine})/l)), the loss of one neuron for l teachers, activation {self}"
        )
    }
}

impl fmt::Display for Activation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}
