//! `kernel`: the closed form of a kernel against numerical integration.

mod quadrature;

use super::configurations::read_activation;
use crate::arithmetic::{Interval, Number};
use crate::landscape::Activation;
use crate::number::{Rational, integer, read_natural, read_rational};
use crate::read::Block;
use crate::rejection::Rejection;
use num_traits::Signed;

/// The most decimal digits.
const MOST_DIGITS: u32 = 50;
/// The most points.
const MOST_POINTS: usize = 1000;

/// Encloses the integral E[σ(w·x) σ(v·x)] at every point and compares it with
/// (2A/π) asin(b u/√((1 + b q)(1 + b r))).
pub fn check(block: &mut Block) -> Result<String, Rejection> {
    let activation = read_activation(block)?;
    let line = block.require("digits")?;
    let digits = read_natural(line.rest).and_then(|digits| u32::try_from(digits).ok());
    let digits = digits
        .filter(|digits| (1..=MOST_DIGITS).contains(digits))
        .ok_or_else(|| line.unreadable(format!("a number from 1 to {MOST_DIGITS} must stand here")))?;
    let mut points = Vec::new();
    while let Some(line) = block.accept("point") {
        let numbers: Option<Vec<Rational>> = line.rest.split(' ').map(read_rational).collect();
        let [q, r, u] = <[Rational; 3]>::try_from(numbers.unwrap_or_default())
            .map_err(|_| line.unreadable("the form is `point Q R U` with three rationals"))?;
        if q.is_negative() || r.is_negative() || &u * &u > &q * &r {
            return Err(line.unreadable("no two vectors have these products"));
        }
        points.push((line, q, r, u));
        if points.len() > MOST_POINTS {
            return Err(line.unreadable("too many points"));
        }
    }
    if points.is_empty() {
        return Err(line.unreadable("a kernel is compared at one point at least"));
    }
    let shown: Vec<String> = points
        .iter()
        .map(|(_, q, r, u)| format!("({q}, {r}, {u})"))
        .collect();
    let claim = format!(
        "for activation s = {activation} and a standard Gaussian x, E[s(w.x) s(v.x)] and \
         ({}/pi)*asin(({b})*u/sqrt((1 + ({b})*q)*(1 + ({b})*r))) differ by at most 10^-{digits} \
         at (q, r, u) = (|w|^2, |v|^2, w.v) = {}",
        integer(2) * &activation.amplitude,
        shown.join(", "),
        b = activation.gain,
    );
    block.require_proof("quadrature")?;
    for (line, q, r, u) in &points {
        match agrees(&activation, digits, q, r, u) {
            Some(true) => {}
            Some(false) => return Err(line.invalid(&claim, "the two values are not seen to agree")),
            None => return Err(line.invalid(&claim, "the integral cannot be enclosed")),
        }
    }
    Ok(claim)
}

fn agrees(activation: &Activation, digits: u32, q: &Rational, r: &Rational, u: &Rational) -> Option<bool> {
    let bits = u64::from(digits).checked_mul(4)?.checked_add(64)?;
    let context = Interval::integer(0, bits);
    let tolerance = context.constant(&integer(10))?.power(digits)?;
    let tolerance = context.constant(&integer(1))?.quotient(&tolerance)?;
    let integral = quadrature::integral(activation, q, r, u, &tolerance.scaled(-3)?)?;
    let b = &activation.gain;
    let norms = context.constant(&((integer(1) + b * q) * (integer(1) + b * r)))?;
    let sine = context.constant(&(b * u))?.quotient(&norms.root()?)?;
    let scale = context
        .constant(&(integer(2) * &activation.amplitude))?
        .quotient(&context.pi()?)?;
    let difference = integral.difference(&scale.product(&sine.asin()?)?)?.absolute();
    Some(tolerance.difference(&difference)?.certainly_nonnegative())
}
