//! Krawczyk's test: exactly one solution in a box.

use crate::arithmetic::{Dyadic, Gradient, Interval, Number, Round};
use crate::landscape::perturbed_copy::{Family, Point, equations};
use crate::number::{Rational, integer};
use crate::rules::listed::Bounds;
use std::cmp::Ordering;

/// A 4×4 matrix by its rows.
pub type Matrix = [Point<Rational>; 4];

/// The most repetitions of the test, to make the box narrow.
const MOST_STEPS: usize = 64;

/// Encloses the only solution in the box, in intervals of this many bits.
/// `None` if the test does not show that there is exactly one.
pub fn solve(
    family: &Family,
    claimed: &Point<Bounds>,
    matrix: &Matrix,
    bits: u64,
) -> Option<Point<Interval>> {
    // Rounded outward: what is shown for this box and lies inside the claimed
    // one is shown for that, too.
    let mut ends = Vec::new();
    for bounds in claimed {
        ends.push(Interval::between(Some(&bounds.low), Some(&bounds.high), bits)?);
    }
    let mut box_: Point<Interval> = ends.try_into().ok()?;
    let image = image(family, &box_, matrix)?;
    for (x, bounds) in image.iter().zip(claimed) {
        let above = x.difference(&x.constant(&bounds.low)?)?;
        let below = x.constant(&bounds.high)?.difference(x)?;
        if !(above.certainly_positive() && below.certainly_positive()) {
            return None;
        }
    }
    box_ = image;
    for _ in 0..MOST_STEPS {
        let Some(next) = self::image(family, &box_, matrix) else {
            break;
        };
        let common: Option<Vec<Interval>> = box_.iter().zip(&next).map(|(x, y)| x.common(y)).collect();
        // The solution is in both: they have it in common.
        let common: Point<Interval> = common?.try_into().ok()?;
        let shrunk = box_.iter().zip(&common).any(|(x, y)| halves(x, y) == Some(true));
        box_ = common;
        if !shrunk {
            break;
        }
    }
    Some(box_)
}

/// Whether y is not wider than half of x.
fn halves(x: &Interval, y: &Interval) -> Option<bool> {
    let width = |x: &Interval| {
        let end = |end: &Dyadic| Interval::point(end.clone(), x.bits());
        end(x.upper()?).difference(&end(x.lower()?))
    };
    let (before, after) = (width(x)?, width(y)?.scaled(1)?);
    Some(before.difference(&after)?.certainly_positive())
}

/// x̂ − C F(x̂) + (I − C F′(X))(X − x̂) for the middle x̂ of X.
fn image(family: &Family, box_: &Point<Interval>, matrix: &Matrix) -> Option<Point<Interval>> {
    let middle: Option<Vec<Interval>> = box_.iter().map(middle).collect();
    let middle: Point<Interval> = middle?.try_into().ok()?;
    let residual = equations(family, &middle)?;
    let variables = box_.iter().enumerate();
    let variables: Option<Vec<Gradient<Interval>>> = variables
        .map(|(place, x)| Gradient::variable(x, place, box_.len()))
        .collect();
    let slopes = equations(family, &variables?.try_into().ok()?)?;
    let mut image = Vec::new();
    for (place, (row, centre)) in matrix.iter().zip(&middle).enumerate() {
        let mut sum = centre.clone();
        let row: Vec<Interval> = row.iter().map(|c| centre.constant(c)).collect::<Option<_>>()?;
        for (c, value) in row.iter().zip(&residual) {
            sum = sum.difference(&c.product(value)?)?;
        }
        for (column, (x, centre)) in box_.iter().zip(&middle).enumerate() {
            let mut factor = centre.constant(&integer(i64::from(place == column)))?;
            for (c, slope) in row.iter().zip(&slopes) {
                factor = factor.difference(&c.product(slope.partials().get(column)?)?)?;
            }
            sum = sum.sum(&factor.product(&x.difference(centre)?)?)?;
        }
        image.push(sum);
    }
    image.try_into().ok()
}

/// A point of the interval, about its middle.
fn middle(x: &Interval) -> Option<Interval> {
    let (low, high) = (x.lower()?, x.upper()?);
    let bits = x.bits().checked_add(2)?;
    let point = low.sum(high, bits, Round::Down)?.scaled(-1)?;
    let inside = low.compare(&point) != Ordering::Greater && point.compare(high) != Ordering::Greater;
    inside.then(|| Interval::point(point, x.bits()))
}
