//! Small dense symmetric matrices.

use crate::arithmetic::Scalar;

/// A symmetric matrix of at least one row, of which the lower triangle is
/// stored: the two halves cannot disagree.
#[derive(Debug, Clone)]
pub struct SymmetricMatrix<T> {
    size: usize,
    /// Row after row, up to the diagonal.
    lower: Vec<T>,
}

impl<T> SymmetricMatrix<T> {
    /// The matrix with `entry(i, j)` in row i and column j, asked for j ≤ i < size.
    pub fn from_fn(size: usize, mut entry: impl FnMut(usize, usize) -> T) -> Self {
        let mut lower = Vec::with_capacity(size * (size + 1) / 2);
        for row in 0..size {
            for column in 0..=row {
                lower.push(entry(row, column));
            }
        }
        Self { size, lower }
    }

    /// The number of rows.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// The entry in a row and a column.
    ///
    /// # Panics
    /// If an index is not below the size.
    #[must_use]
    pub fn entry(&self, row: usize, column: usize) -> &T {
        &self.lower[place(row, column)]
    }

    /// The same entry, to be changed.
    ///
    /// # Panics
    /// If an index is not below the size.
    pub fn entry_mut(&mut self, row: usize, column: usize) -> &mut T {
        &mut self.lower[place(row, column)]
    }
}

impl<T: Scalar> SymmetricMatrix<T> {
    /// The sum of the diagonal, in the arithmetic of `context`.
    pub fn trace(&self, context: &T) -> T {
        (0..self.size).fold(context.zero(), |sum, row| sum + self.entry(row, row))
    }

    /// The sum of the squares of all entries, in the arithmetic of `context`.
    pub fn squared_norm(&self, context: &T) -> T {
        let mut sum = context.zero();
        for row in 0..self.size {
            for column in 0..self.size {
                sum = sum + self.entry(row, column).square();
            }
        }
        sum
    }
}

fn place(row: usize, column: usize) -> usize {
    let (large, small) = if row < column {
        (column, row)
    } else {
        (row, column)
    };
    large * (large + 1) / 2 + small
}
