//! Signs of eigenvalues of a diagonal matrix with a rank-one term.

use crate::arithmetic::{Interval, Number};
use std::rc::Rc;

/// A diagonal element δ, and the square x² of the rank-one vector's entry.
#[derive(Debug, Clone)]
pub struct Line {
    /// δ.
    pub value: Interval,
    /// x² ≥ 0.
    pub square: Interval,
}

/// Two rows whose diagonal part is replaced by a 2×2 matrix.
#[derive(Debug, Clone)]
pub struct Core {
    /// The entries (1,1), (1,2) and (2,2).
    pub matrix: [Interval; 3],
    /// The entries of the rank-one vector.
    pub vector: [Interval; 2],
}

/// N + xxᵀ, N being diagonal but for an optional core.
#[derive(Debug, Clone)]
pub struct RankOne {
    /// The first two rows, if they are not diagonal.
    pub core: Option<Rc<Core>>,
    /// All other rows.
    pub lines: Vec<Rc<Line>>,
}

/// Adds one to the count if the number is negative; `None` if its sign is not
/// certain.
fn count(x: &Interval, negative: &mut usize) -> Option<()> {
    if x.certainly_positive() {
        return Some(());
    }
    if x.negative().certainly_positive() {
        *negative = negative.checked_add(1)?;
        return Some(());
    }
    None
}

impl RankOne {
    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.lines
            .len()
            .saturating_add(if self.core.is_some() { 2 } else { 0 })
    }

    /// The number of eigenvalues below λ, all others being above it; by
    /// elimination of N − λ in the bordered matrix [[N − λ, x], [xᵀ, −1]], which
    /// has one negative eigenvalue more. `None` if a sign is not certain.
    #[must_use]
    pub fn below(&self, shift: &Interval) -> Option<usize> {
        let mut negative = 0_usize;
        // 1 + xᵀ(N − λ)⁻¹x, the last pivot's negative.
        let mut last = shift.constant(&crate::number::integer(1))?;
        if let Some(core) = &self.core {
            let [first, side, second] = &core.matrix;
            let [x, y] = &core.vector;
            let pivot = first.difference(shift)?;
            count(&pivot, &mut negative)?;
            let factor = side.quotient(&pivot)?;
            let next = second.difference(shift)?.difference(&side.product(&factor)?)?;
            count(&next, &mut negative)?;
            let rest = y.difference(&x.product(&factor)?)?;
            last = last
                .sum(&x.power(2)?.quotient(&pivot)?)?
                .sum(&rest.power(2)?.quotient(&next)?)?;
        }
        for line in &self.lines {
            let pivot = line.value.difference(shift)?;
            count(&pivot, &mut negative)?;
            last = last.sum(&line.square.quotient(&pivot)?)?;
        }
        count(&last.negative(), &mut negative)?;
        negative.checked_sub(1)
    }

    /// The number of negative eigenvalues, all others being positive; by
    /// LDLᵀ of the matrix itself. `None` if a sign is not certain.
    ///
    /// When the row of δ and x is eliminated from N + t xxᵀ, the rest keeps its
    /// form with t δ/(δ + t x²) in the place of t.
    #[must_use]
    pub fn negative(&self) -> Option<usize> {
        let mut negative = 0_usize;
        let mut t: Option<Interval> = None;
        for line in &self.lines {
            let pivot = match &t {
                None => line.value.sum(&line.square)?,
                Some(t) => line.value.sum(&t.product(&line.square)?)?,
            };
            count(&pivot, &mut negative)?;
            let ratio = line.value.quotient(&pivot)?;
            t = Some(match t {
                None => ratio,
                Some(t) => t.product(&ratio)?,
            });
        }
        if let Some(core) = &self.core {
            let [first, side, second] = &core.matrix;
            let [x, y] = &core.vector;
            let scaled = |u: &Interval, v: &Interval| match &t {
                None => u.product(v),
                Some(t) => u.product(v)?.product(t),
            };
            let pivot = first.sum(&scaled(x, x)?)?;
            count(&pivot, &mut negative)?;
            let side = side.sum(&scaled(x, y)?)?;
            let next = second
                .sum(&scaled(y, y)?)?
                .difference(&side.power(2)?.quotient(&pivot)?)?;
            count(&next, &mut negative)?;
        }
        Some(negative)
    }

    /// The trace, and the sum of the squares of all entries.
    #[must_use]
    pub fn totals(&self, zero: &Interval) -> Option<(Interval, Interval)> {
        let two = |x: &Interval| x.scaled(1);
        // Σ x² over the lines; Σ_{ij} (δ_i [i = j] + x_i x_j)² = Σ (δ² + 2δ x²) + (Σ x²)².
        let (mut trace, mut norm, mut squares) = (zero.clone(), zero.clone(), zero.clone());
        for Line { value, square } in self.lines.iter().map(AsRef::as_ref) {
            trace = trace.sum(value)?;
            norm = norm.sum(&value.power(2)?)?.sum(&two(&value.product(square)?)?)?;
            squares = squares.sum(square)?;
        }
        trace = trace.sum(&squares)?;
        norm = norm.sum(&squares.power(2)?)?;
        if let Some(core) = &self.core {
            let [first, side, second] = &core.matrix;
            let [x, y] = &core.vector;
            let first = first.sum(&x.power(2)?)?;
            let second = second.sum(&y.power(2)?)?;
            let side = side.sum(&x.product(y)?)?;
            trace = trace.sum(&first)?.sum(&second)?;
            let couplings = x.power(2)?.sum(&y.power(2)?)?.product(&squares)?;
            norm = norm
                .sum(&first.power(2)?)?
                .sum(&second.power(2)?)?
                .sum(&two(&side.power(2)?)?)?
                .sum(&two(&couplings)?)?;
        }
        Some((trace, norm))
    }
}
