//! The activations by name.

use super::Erf;
use crate::arithmetic::{Rational, literal};
use num_traits::Signed;
use std::fmt;
use std::str::FromStr;

/// An activation that has a name. Names are read by [`FromStr`] and written by
/// [`Display`](fmt::Display): `erf`, `erf:BETA`, `erf-printed`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Activation {
    /// `erf`: σ(x) = erf(x/√2).
    #[default]
    Erf,
    /// `erf:BETA`: σ(x) = erf(βx), with a rational β > 0.
    ScaledErf(Scale),
    /// `erf-printed`: σ(x) = √2 · erf(x/2).
    ErfPrinted,
}

/// A rational β > 0.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scale(Rational);

/// What is known of an activation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// The name, as read and written; `BETA` stands for a number.
    pub name: &'static str,
    /// What it is.
    pub description: &'static str,
    /// The function.
    pub formula: &'static str,
    /// E[σ(w·x) σ(v·x)] with q = |w|², r = |v|², u = w·v.
    pub kernel: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// What the theory of copy-average configurations says for it.
    pub known: &'static [&'static str],
}

/// A text that names no activation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownActivation {
    /// No such name.
    #[error("unknown activation `{0}`: the names are erf, erf:BETA, erf-printed")]
    Name(String),
    /// `erf:BETA` where BETA is not a positive number of at most 100 characters.
    #[error("`{0}` is no scale for erf:BETA: write a positive number such as 2, 0.75 or 3/4")]
    Scale(String),
}

/// The largest number of characters of BETA.
const LONGEST_SCALE: usize = 100;

const SELF_SIMILAR: &str =
    "one neuron for ell teachers: a = ell, |w| = 1/sqrt(ell + b (ell - 1)) is the global optimum";
const CONCAVE: &str = "its loss is strictly concave in ell; copies and one average is the best partition";
const CRITICAL: &str = "every copy-average configuration is a critical point";

static KNOWN: [Description; 3] = [
    Description {
        name: "erf",
        description: "the error function whose slope at 0 is sqrt(2/pi)",
        formula: "erf(x/sqrt(2))",
        kernel: "(2/pi) asin(u / sqrt((1 + q) (1 + r)))",
        source: "Williams 1996; Saad and Solla 1995",
        known: &[SELF_SIMILAR, CONCAVE, CRITICAL],
    },
    Description {
        name: "erf:BETA",
        description: "the error function of a scaled argument, BETA > 0 (b = 2 BETA^2)",
        formula: "erf(BETA x)",
        kernel: "(2/pi) asin(b u / sqrt((1 + b q) (1 + b r)))",
        source: "Williams 1996, with weights scaled by sqrt(b)",
        known: &[SELF_SIMILAR, CONCAVE, CRITICAL],
    },
    Description {
        name: "erf-printed",
        description: "the activation as printed in the blog, sqrt(2) erf(x/2) (b = 1/2)",
        formula: "(2/sqrt(pi)) * integral of exp(-t^2/2) for t from 0 to x/sqrt(2)",
        kernel: "(4/pi) asin(u / (2 sqrt((1 + q/2) (1 + r/2))))",
        source: "Williams 1996, with weights scaled by sqrt(1/2) and twice the kernel",
        known: &[
            SELF_SIMILAR,
            CONCAVE,
            CRITICAL,
            "losses are twice those of erf:1/2",
        ],
    },
];

impl Activation {
    /// All activations that can be named, in the order in which they are listed.
    #[must_use]
    pub fn known() -> &'static [Description] {
        &KNOWN
    }

    /// What is known of this one.
    #[must_use]
    pub fn description(&self) -> &'static Description {
        let [erf, scaled, printed] = &KNOWN;
        match self {
            Self::Erf => erf,
            Self::ScaledErf(_) => scaled,
            Self::ErfPrinted => printed,
        }
    }

    /// σ(x) = erf(βx); `None` unless β > 0.
    #[must_use]
    pub fn scaled_erf(beta: Rational) -> Option<Self> {
        beta.is_positive().then_some(Self::ScaledErf(Scale(beta)))
    }

    /// Its kernel.
    #[must_use]
    pub fn kernel(&self) -> Erf {
        match self {
            Self::Erf => Erf::standard(),
            Self::ScaledErf(scale) => scale.kernel(),
            Self::ErfPrinted => Erf::printed(),
        }
    }
}

impl Scale {
    /// β.
    #[must_use]
    pub fn beta(&self) -> &Rational {
        &self.0
    }

    fn kernel(&self) -> Erf {
        // The scale is positive by construction, so `scaled` always answers.
        Erf::scaled(&self.0).unwrap_or_else(Erf::standard)
    }
}

impl fmt::Display for Activation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Erf => f.write_str("erf"),
            Self::ScaledErf(scale) => write!(f, "erf:{}", scale.0),
            Self::ErfPrinted => f.write_str("erf-printed"),
        }
    }
}

impl FromStr for Activation {
    type Err = UnknownActivation;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match (text, text.strip_prefix("erf:")) {
            ("erf", _) => Ok(Self::Erf),
            ("erf-printed", _) => Ok(Self::ErfPrinted),
            (_, Some(beta)) => read_number(beta)
                .and_then(Self::scaled_erf)
                .ok_or_else(|| UnknownActivation::Scale(beta.chars().take(LONGEST_SCALE).collect())),
            _ => Err(UnknownActivation::Name(
                text.chars().take(LONGEST_SCALE).collect(),
            )),
        }
    }
}

/// `7`, `0.75` or `3/4`, exactly; no signs, exponents or blanks, so that a name
/// of few characters is a number of few digits.
fn read_number(text: &str) -> Option<Rational> {
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'/');
    (plain && text.len() <= LONGEST_SCALE)
        .then(|| literal::parse(text).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational::{integer, ratio};

    #[test]
    fn names_are_read_back() {
        for (text, written) in [
            ("erf", "erf"),
            ("erf-printed", "erf-printed"),
            ("erf:0.75", "erf:3/4"),
            ("erf:6/4", "erf:3/2"),
        ] {
            let activation: Activation = text.parse().unwrap();
            assert_eq!(activation.to_string(), written);
            assert_eq!(written.parse(), Ok(activation));
        }
    }

    #[test]
    fn a_scale_is_exact() {
        let activation: Activation = "erf:0.1".parse().unwrap();
        assert_eq!(activation.kernel().gain(), &ratio(1, 50));
        assert_eq!(*Activation::Erf.kernel().gain(), integer(1));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "Erf",
            "relu",
            "erf:",
            "erf:0",
            "erf:-1",
            "erf:+1",
            "erf:1/0",
            "erf:1e3",
            "erf:1.2.3",
            "erf:1/2/3",
            "erf:.",
            "erf: 1",
        ] {
            assert!(text.parse::<Activation>().is_err(), "{text}");
        }
        let long = format!("erf:{}", "9".repeat(LONGEST_SCALE + 1));
        assert!(
            matches!(long.parse::<Activation>(), Err(UnknownActivation::Scale(shown)) if shown.len() <= LONGEST_SCALE)
        );
    }
}
