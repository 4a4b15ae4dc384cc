//! `kind = "kernel"`: the closed form of a kernel against quadrature.

use super::exhaustive::activation;
use super::{Attempt, Work};
use crate::activation::{Activation, Kernel as _};
use crate::arithmetic::{Enclosure, Interval, Order, Precision, Rational, Scalar, literal};
use crate::certify::quadrature::kernel_by_quadrature;
use crate::certify::verdict::{Verdict, Why};
use crate::theorem::complaint::ClaimError;
use num_traits::Signed;
use serde::Deserialize;

/// The fields of the claim as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    activation: String,
    /// Decimal digits after the point to which both routes must agree.
    digits: u32,
    /// Triples |w|², |v|², w·v.
    points: Vec<[String; 3]>,
}

/// "the closed form agrees with quadrature at these points".
#[derive(Debug)]
pub struct Kernel {
    activation: Activation,
    digits: u32,
    points: Vec<[Rational; 3]>,
}

/// The most digits that quadrature is asked for.
const MAX_DIGITS: u32 = 50;

impl Kernel {
    pub(super) fn read(written: &Written) -> Result<Kernel, ClaimError> {
        if written.digits == 0 || written.digits > MAX_DIGITS {
            return Err(ClaimError::Field(format!(
                "digits must be between 1 and {MAX_DIGITS}"
            )));
        }
        if written.points.is_empty() {
            return Err(ClaimError::Field(
                "points must list at least one point".to_string(),
            ));
        }
        let number = |text: &String| {
            literal::parse(text).map_err(|error| ClaimError::Field(format!("points: {error}")))
        };
        let mut points = Vec::with_capacity(written.points.len());
        for [q, r, u] in &written.points {
            points.push([number(q)?, number(r)?, number(u)?]);
        }
        Ok(Kernel {
            activation: activation(&written.activation)?,
            digits: written.digits,
            points,
        })
    }

    pub(super) fn text(&self) -> String {
        format!(
            "the kernel of {} agrees with quadrature to {} digits at {} points",
            self.activation,
            self.digits,
            self.points.len()
        )
    }

    pub(super) fn attempt(&self, _work: &Work) -> Attempt {
        let method = "quadrature with an error bound";
        for [q, r, u] in &self.points {
            let place = format!("|w|^2 = {q}, |v|^2 = {r}, w.v = {u}");
            let kernel = self.activation.kernel();
            let integral = match kernel_by_quadrature(&kernel, q, r, u, self.digits) {
                Ok(integral) => integral,
                Err(error) => {
                    let what = format!("the integral at {place} ({error})");
                    return Attempt::by(method, Verdict::Undecided(Why::NotRepresentable { what }));
                }
            };
            let context = Interval::context(Precision::for_digits(self.digits, 64));
            let value = kernel.value(&context.rational(q), &context.rational(r), &context.rational(u));
            if integral.compare(&value) != Order::Unknown {
                return Attempt::by(
                    method,
                    Verdict::Refuted(format!("quadrature excludes the closed form at {place}")),
                );
            }
            let tolerance =
                Rational::from_integer(10.into()).pow(-i32::try_from(self.digits).unwrap_or(i32::MAX));
            let narrow = |x: &Interval| x.width().is_some_and(|width| width.abs() <= tolerance);
            if !narrow(&integral) || !narrow(&value) {
                let what = format!("{place}: quadrature and closed form");
                let bits = context.precision().bits();
                return Attempt::by(method, Verdict::Undecided(Why::OrderOpen { what, bits }));
            }
        }
        Attempt::by(method, Verdict::Proved)
    }

    pub(super) fn certificate(&self) -> Vec<String> {
        let mut lines = vec![
            "claim kernel".to_string(),
            format!("activation {}", self.activation),
            format!("digits {}", self.digits),
        ];
        for [q, r, u] in &self.points {
            lines.push(format!("point {q} {r} {u}"));
        }
        lines.push("proof quadrature".to_string());
        lines
    }
}
