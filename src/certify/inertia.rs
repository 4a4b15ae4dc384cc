//! How many eigenvalues of a symmetric matrix lie below a number.
//!
//! Sylvester's law of inertia: A − σ and its congruent Xᵀ(A − σ)X have equally
//! many negative eigenvalues. Eliminating rows makes the matrix diagonal, and
//! the signs of the pivots are the answer. When the entries are only enclosed,
//! every matrix in the enclosure has its pivots in the pivots' enclosures, so
//! signs that are certain are certain for all of them; a pivot that may be 0
//! leaves the question open.

use crate::arithmetic::{Enclosure, Order};
use crate::configuration::blocks::{Core, RankOneUpdate, SymmetricMatrix};

/// The numbers of negative and positive eigenvalues of a nonsingular symmetric
/// matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Inertia {
    /// Eigenvalues < 0.
    pub negative: usize,
    /// Eigenvalues > 0.
    pub positive: usize,
}

impl Inertia {
    /// One more pivot; `None` if its sign is not certain.
    fn with<T: Enclosure>(mut self, pivot: &T) -> Option<Self> {
        if pivot.certainly_negative() {
            self.negative += 1;
        } else if pivot.certainly_positive() {
            self.positive += 1;
        } else {
            return None;
        }
        Some(self)
    }
}

/// A symmetric matrix whose eigenvalues can be counted and approached.
pub trait Symmetric<T> {
    /// The number of rows.
    fn size(&self) -> usize;

    /// The inertia of A − σ. `None` if it was not decided, in particular if σ
    /// may be an eigenvalue.
    fn inertia(&self, shift: &T) -> Option<Inertia>;

    /// Newton's correction at σ for a function that vanishes at the
    /// eigenvalues: σ plus it is closer to the eigenvalue near σ. A hint
    /// without authority; `None` if there is none.
    fn newton(&self, shift: &T) -> Option<T>;

    /// An upper bound of all |entries| and eigenvalues, in the arithmetic of
    /// `context`.
    fn bound(&self, context: &T) -> T;

    /// The sum of the diagonal, in the arithmetic of `context`.
    fn trace(&self, context: &T) -> T;

    /// The sum of the squares of all entries, in the arithmetic of `context`.
    fn squared_norm(&self, context: &T) -> T;

    /// The only entry, and eigenvalue, of a matrix of one row that is stored as
    /// such.
    fn only_entry(&self) -> Option<&T> {
        None
    }
}

impl<T: Enclosure> Symmetric<T> for SymmetricMatrix<T> {
    fn size(&self) -> usize {
        SymmetricMatrix::size(self)
    }

    /// LDLᵀ with the largest certain diagonal pivot first; a 2×2 pivot (one
    /// eigenvalue of each sign) where no diagonal entry has a certain sign.
    fn inertia(&self, shift: &T) -> Option<Inertia> {
        let mut rest = self.clone();
        for row in 0..self.size() {
            let entry = rest.entry_mut(row, row);
            *entry = entry.clone() - shift;
        }
        let mut open: Vec<usize> = (0..self.size()).collect();
        let mut found = Inertia::default();
        while !open.is_empty() {
            if let Some(pivot) = best_pivot(&rest, &open) {
                found = found.with(rest.entry(pivot, pivot))?;
                open.retain(|&row| row != pivot);
                eliminate(&mut rest, &open, pivot);
            } else {
                let (first, second) = saddle(&rest, &open)?;
                found.negative += 1;
                found.positive += 1;
                open.retain(|&row| row != first && row != second);
                eliminate_two(&mut rest, &open, first, second);
            }
        }
        Some(found)
    }

    /// 1/tr (A − σ)⁻¹, Newton's correction for det(A − σ).
    fn newton(&self, shift: &T) -> Option<T> {
        let size = self.size();
        let mut trace = shift.zero();
        for column in 0..size {
            trace = trace + solve(self, shift, column)?;
        }
        let correction = shift.one() / trace;
        (!correction.is_undefined()).then_some(correction)
    }

    fn bound(&self, context: &T) -> T {
        (SymmetricMatrix::squared_norm(self, context) + context.one()).sqrt()
    }

    fn trace(&self, context: &T) -> T {
        SymmetricMatrix::trace(self, context)
    }

    fn squared_norm(&self, context: &T) -> T {
        SymmetricMatrix::squared_norm(self, context)
    }

    fn only_entry(&self) -> Option<&T> {
        (SymmetricMatrix::size(self) == 1).then(|| self.entry(0, 0))
    }
}

/// The open row whose diagonal entry is farthest from 0, by a certain sign.
fn best_pivot<T: Enclosure>(rest: &SymmetricMatrix<T>, open: &[usize]) -> Option<usize> {
    let mut best: Option<(usize, T)> = None;
    for &row in open {
        let entry = rest.entry(row, row);
        let size = if entry.certainly_positive() {
            entry.clone()
        } else if entry.certainly_negative() {
            -entry.clone()
        } else {
            continue;
        };
        if best
            .as_ref()
            .is_none_or(|(_, largest)| size.compare(largest) == Order::Greater)
        {
            best = Some((row, size));
        }
    }
    best.map(|(row, _)| row)
}

/// Two open rows whose 2×2 matrix has certainly one eigenvalue of each sign.
fn saddle<T: Enclosure>(rest: &SymmetricMatrix<T>, open: &[usize]) -> Option<(usize, usize)> {
    open.iter().enumerate().find_map(|(index, &first)| {
        open[index + 1..].iter().find_map(|&second| {
            determinant(rest, first, second)
                .certainly_negative()
                .then_some((first, second))
        })
    })
}

fn determinant<T: Enclosure>(rest: &SymmetricMatrix<T>, first: usize, second: usize) -> T {
    rest.entry(first, first).clone() * rest.entry(second, second) - rest.entry(first, second).square()
}

/// Subtracts (column)(column)ᵀ/pivot from the open rows.
fn eliminate<T: Enclosure>(rest: &mut SymmetricMatrix<T>, open: &[usize], pivot: usize) {
    let divisor = rest.entry(pivot, pivot).clone();
    for (index, &row) in open.iter().enumerate() {
        let ratio = rest.entry(row, pivot).clone() / &divisor;
        for &column in &open[..=index] {
            let change = if row == column {
                rest.entry(row, pivot).square() / &divisor
            } else {
                ratio.clone() * rest.entry(column, pivot)
            };
            let entry = rest.entry_mut(row, column);
            *entry = entry.clone() - change;
        }
    }
}

/// Subtracts (columns)(2×2 pivot)⁻¹(columns)ᵀ from the open rows.
fn eliminate_two<T: Enclosure>(rest: &mut SymmetricMatrix<T>, open: &[usize], first: usize, second: usize) {
    let divisor = determinant(rest, first, second);
    let (p, q, r) = (
        rest.entry(first, first).clone(),
        rest.entry(first, second).clone(),
        rest.entry(second, second).clone(),
    );
    for (index, &row) in open.iter().enumerate() {
        let (x, y) = (rest.entry(row, first).clone(), rest.entry(row, second).clone());
        // The row times the adjugate.
        let (u, v) = (r.clone() * &x - q.clone() * &y, p.clone() * &y - q.clone() * &x);
        for &column in &open[..=index] {
            let change = u.clone() * rest.entry(column, first) + v.clone() * rest.entry(column, second);
            let entry = rest.entry_mut(row, column);
            *entry = entry.clone() - change / &divisor;
        }
    }
}

/// Entry (column, column) of (A − σ)⁻¹, as a Schur complement.
fn solve<T: Enclosure>(matrix: &SymmetricMatrix<T>, shift: &T, column: usize) -> Option<T> {
    let mut rest = matrix.clone();
    for row in 0..matrix.size() {
        let entry = rest.entry_mut(row, row);
        *entry = entry.clone() - shift;
    }
    let mut open: Vec<usize> = (0..matrix.size()).filter(|&row| row != column).collect();
    while let Some(pivot) = best_pivot(&rest, &open) {
        open.retain(|&row| row != pivot);
        let mut affected = open.clone();
        affected.push(column);
        eliminate(&mut rest, &affected, pivot);
    }
    open.is_empty().then(|| shift.one() / rest.entry(column, column))
}

/// What the secular equation 1 + vᵀ(G ⊕ D − σ)⁻¹ v = 0 says at σ.
struct Secular<T> {
    /// The inertia of G ⊕ D − σ.
    poles: Inertia,
    /// Its left side.
    value: T,
    /// The derivative of that with respect to σ, positive.
    slope: T,
}

impl<T: Enclosure> RankOneUpdate<T> {
    /// Without the slope if it is not asked for.
    fn secular(&self, shift: &T, with_slope: bool) -> Option<Secular<T>> {
        let mut poles = Inertia::default();
        let mut value = shift.one();
        let mut slope = shift.zero();
        for line in &self.lines {
            let distance = line.value.clone() - shift;
            poles = poles.with(&distance)?;
            let term = line.square.clone() / &distance;
            if with_slope {
                slope = slope + term.clone() / &distance;
            }
            value = value + term;
        }
        if let Some(core) = &self.core {
            let Core {
                matrix: [g11, g12, g22],
                vector: [v1, v2],
            } = core;
            let (p, r) = (g11.clone() - shift, g22.clone() - shift);
            let determinant = p.clone() * &r - g12.square();
            if determinant.certainly_negative() {
                poles.negative += 1;
                poles.positive += 1;
            } else if determinant.certainly_positive() {
                // Both of one sign, which is that of each diagonal entry.
                poles = poles.with(&p)?.with(&p)?;
            } else {
                return None;
            }
            // x = (G − σ)⁻¹ v
            let x1 = (r * v1 - g12.clone() * v2) / &determinant;
            let x2 = (p * v2 - g12.clone() * v1) / &determinant;
            if with_slope {
                slope = slope + x1.square() + x2.square();
            }
            value = value + x1 * v1 + x2 * v2;
        }
        Some(Secular { poles, value, slope })
    }
}

impl<T: Enclosure> Symmetric<T> for RankOneUpdate<T> {
    fn size(&self) -> usize {
        RankOneUpdate::size(self)
    }

    /// Haynsworth: the bordered matrix \[\[−1, vᵀ\], \[v, G ⊕ D − σ\]\] has the
    /// inertia of (−1) and of A − σ together, and also that of G ⊕ D − σ and of
    /// −(1 + vᵀ(G ⊕ D − σ)⁻¹ v) together.
    fn inertia(&self, shift: &T) -> Option<Inertia> {
        let Secular { poles, value, .. } = self.secular(shift, false)?;
        let bordered = poles.with(&-value)?;
        Some(Inertia {
            negative: bordered.negative.checked_sub(1)?,
            positive: bordered.positive,
        })
    }

    fn newton(&self, shift: &T) -> Option<T> {
        let Secular { value, slope, .. } = self.secular(shift, true)?;
        let correction = -value / slope;
        (!correction.is_undefined()).then_some(correction)
    }

    fn bound(&self, context: &T) -> T {
        (RankOneUpdate::squared_norm(self, context) + context.one()).sqrt()
    }

    fn trace(&self, context: &T) -> T {
        RankOneUpdate::trace(self, context)
    }

    fn squared_norm(&self, context: &T) -> T {
        RankOneUpdate::squared_norm(self, context)
    }
}
