//! Cells that cover the Grassmannian, up to permutations of the teachers.
//!
//! A plane of dimension n has a largest n×n minor; after a permutation of the
//! teachers it is the span of the columns of (I; X), where by Cramer's rule all
//! entries (all minors) of X are at most 1 in size. It contains 1 exactly if
//! the rows of X sum to 1: row i is X_ij = 1/n + Σ_a ξ_ia b_aj, with an
//! orthonormal basis b_1, …, b_{n−1} of the vectors of sum 0. Permutations that
//! keep the minor's rows permute rows and columns of X; so the largest entry of
//! X may be taken to stand first, and the others of its row and of its column
//! to descend.
//!
//! A cell is a box in ξ: the cube |ξ_ia| ≤ s cut in two, `depth` times, along
//! each coordinate in turn.

use crate::arithmetic::{Enclosure, Scalar};
use crate::certify::eigenvalues::magnitude;

/// The numbers of teachers and neurons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    teachers: usize,
    neurons: usize,
}

impl Shape {
    /// The largest number of teachers: beyond, no search would end.
    pub const MOST_TEACHERS: usize = 12;

    /// 2 ≤ n < k ≤ [`Self::MOST_TEACHERS`].
    #[must_use]
    pub fn new(teachers: usize, neurons: usize) -> Option<Self> {
        let valid = 2 <= neurons && neurons < teachers && teachers <= Self::MOST_TEACHERS;
        valid.then_some(Self { teachers, neurons })
    }

    /// k.
    #[must_use]
    pub fn teachers(&self) -> usize {
        self.teachers
    }

    /// n.
    #[must_use]
    pub fn neurons(&self) -> usize {
        self.neurons
    }

    /// k − n, the rows of X.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.teachers - self.neurons
    }

    /// n − 1, the coordinates of a row.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.neurons - 1
    }

    /// (n − 1)(k − n).
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.rows() * self.columns()
    }
}

/// A small number of the program as the integer that formulas take.
pub(super) fn integer(n: usize) -> i64 {
    // Sizes here are at most `Shape::MOST_TEACHERS`.
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// What all cells share.
#[derive(Debug, Clone)]
pub struct Chart<T> {
    /// The numbers of teachers and neurons.
    pub shape: Shape,
    /// b_aj, row after row: n − 1 rows of n entries.
    basis: Vec<T>,
    /// s ≥ √(n − 1/n): the coordinates of a row of X are no longer than that.
    size: T,
}

/// A cell: how often the cube was cut and on which side, one bit for each cut,
/// the last one lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The number of cuts.
    pub depth: u32,
    /// The sides: 0 for the lower, 1 for the upper one.
    pub path: u128,
}

impl Cell {
    /// The whole cube.
    pub const WHOLE: Self = Self { depth: 0, path: 0 };

    /// Cells are not cut more often.
    pub const DEEPEST: u32 = 127;

    /// The two halves, the lower one first; `None` if it is too deep.
    #[must_use]
    pub fn halves(self) -> Option<[Self; 2]> {
        let depth = (self.depth < Self::DEEPEST).then_some(self.depth + 1)?;
        Some([0, 1].map(|side| Self {
            depth,
            path: (self.path << 1) | side,
        }))
    }
}

/// A cell's centre and how far it reaches.
#[derive(Debug, Clone)]
pub struct Frame<T> {
    /// X at the centre, row after row: k − n rows of n entries.
    pub centre: Vec<T>,
    /// ξ at the centre, row after row: k − n rows of n − 1 coordinates.
    pub coordinates: Vec<T>,
    /// Half the cell's width along each coordinate.
    pub reach: Vec<T>,
}

impl<T: Enclosure> Chart<T> {
    /// The chart in the arithmetic of `context`.
    #[must_use]
    pub fn new(context: &T, shape: Shape) -> Self {
        let n = shape.neurons;
        let mut basis = Vec::with_capacity(shape.columns() * n);
        for a in 1..n {
            // (1, …, 1, −a, 0, …, 0)/√(a(a + 1)), with a ones.
            let length = context.integer(integer(a * (a + 1))).sqrt();
            basis.extend((0..n).map(|j| match j.cmp(&a) {
                std::cmp::Ordering::Less => context.one() / &length,
                std::cmp::Ordering::Equal => context.integer(-integer(a)) / &length,
                std::cmp::Ordering::Greater => context.zero(),
            }));
        }
        // In quarters; s² = n already exceeds n − 1/n.
        let quarters = (0..).find(|&q| q * q >= 16 * integer(n)).unwrap_or(i64::MAX);
        Self {
            shape,
            basis,
            size: context.ratio(quarters, 4),
        }
    }

    /// b_aj.
    fn basis(&self, a: usize, j: usize) -> &T {
        &self.basis[a * self.shape.neurons + j]
    }

    /// Where a cell lies.
    pub fn frame(&self, cell: Cell) -> Frame<T> {
        let (n, columns, dimension) = (self.shape.neurons, self.shape.columns(), self.shape.dimension());
        let zero = self.size.zero();
        let mut coordinates = vec![zero.clone(); dimension];
        let mut reach = vec![self.size.clone(); dimension];
        for cut in 0..cell.depth {
            let at = usize::try_from(cut).unwrap_or(0) % dimension;
            let half = reach[at].clone() / zero.integer(2);
            let upper = (cell.path >> (cell.depth - 1 - cut)) & 1 == 1;
            let centre = coordinates[at].clone();
            coordinates[at] = if upper { centre + &half } else { centre - &half };
            reach[at] = half;
        }
        let share = zero.ratio(1, integer(n));
        let centre = coordinates
            .chunks_exact(columns)
            .flat_map(|row| {
                (0..n).map(|j| {
                    row.iter()
                        .enumerate()
                        .fold(share.clone(), |sum, (a, x)| sum + x.clone() * self.basis(a, j))
                })
            })
            .collect();
        Frame {
            centre,
            coordinates,
            reach,
        }
    }

    /// Whether no point of the cell is needed: an entry of X exceeds 1 in size,
    /// or is not where it should stand.
    pub fn is_superfluous(&self, frame: &Frame<T>) -> bool {
        let (n, rows) = (self.shape.neurons, self.shape.rows());
        let one = self.size.one();
        let entry = |i: usize, j: usize| &frame.centre[i * n + j];
        let within = (0..rows).all(|i| {
            (0..n).all(|j| {
                let spread = self.spread(frame, &[(i, j)]);
                !entry(i, j).certainly_greater(&(one.clone() + &spread))
                    && !entry(i, j).certainly_less(&-(one.clone() + spread))
            })
        });
        // Whether one entry may be at least the other one somewhere in the cell.
        let may_exceed = |large: (usize, usize), small: (usize, usize)| {
            let spread = self.spread(frame, &[large, small]);
            !(entry(large.0, large.1).clone() + spread).certainly_less(entry(small.0, small.1))
        };
        let first_is_largest = || (0..rows).all(|i| (0..n).all(|j| may_exceed((0, 0), (i, j))));
        let row_descends = || (2..n).all(|j| may_exceed((0, j - 1), (0, j)));
        let column_descends = || (2..rows).all(|i| may_exceed((i - 1, 0), (i, 0)));
        !(within && first_is_largest() && row_descends() && column_descends())
    }

    /// How far an entry, or the difference of two, may be in the cell from what
    /// it is at the centre.
    fn spread(&self, frame: &Frame<T>, entries: &[(usize, usize)]) -> T {
        let columns = self.shape.columns();
        let mut sum = self.size.zero();
        for a in 0..columns {
            let coefficient = |&(_, j): &(usize, usize)| self.basis(a, j).clone();
            match entries {
                [first, second] if first.0 == second.0 => {
                    let difference = coefficient(first) - coefficient(second);
                    sum = sum + magnitude(&difference) * &frame.reach[first.0 * columns + a];
                }
                _ => {
                    for entry in entries {
                        sum = sum + magnitude(&coefficient(entry)) * &frame.reach[entry.0 * columns + a];
                    }
                }
            }
        }
        sum
    }
}

/// The dot product.
pub(super) fn dot<T: Scalar>(x: &[T], y: &[T]) -> T {
    let zero = x[0].zero();
    x.iter().zip(y).fold(zero, |sum, (x, y)| sum + x.clone() * y)
}
