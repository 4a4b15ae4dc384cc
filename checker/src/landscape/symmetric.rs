//! Signs of eigenvalues of a symmetric matrix.

use crate::arithmetic::{Interval, Number};

/// A symmetric matrix, by its rows.
#[derive(Debug, Clone)]
pub struct Symmetric(Vec<Vec<Interval>>);

impl Symmetric {
    /// From as many rows as there are columns; the upper triangle counts.
    #[must_use]
    pub fn new(rows: Vec<Vec<Interval>>) -> Option<Self> {
        let count = rows.len();
        rows.iter().all(|row| row.len() == count).then_some(Self(rows))
    }

    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.0.len()
    }

    /// The rows themselves.
    #[cfg(test)]
    pub fn entries(&self) -> &[Vec<Interval>] {
        &self.0
    }

    /// The number of eigenvalues below λ, all others being above it: the signs
    /// of the pivots of LDLᵀ, by Sylvester's law of inertia. `None` if a sign is
    /// not certain.
    #[must_use]
    pub fn below(&self, shift: &Interval) -> Option<usize> {
        // The rows that are left, each from its diagonal element on.
        let mut rest: Vec<Vec<Interval>> = Vec::with_capacity(self.0.len());
        for (place, row) in self.0.iter().enumerate() {
            let mut row: Vec<Interval> = row.get(place..)?.to_vec();
            let diagonal = row.first_mut()?;
            *diagonal = diagonal.difference(shift)?;
            rest.push(row);
        }
        let mut negative = 0_usize;
        for place in 0..rest.len() {
            let (done, later) = rest.split_at_mut(place.checked_add(1)?);
            let (pivot, entries) = done.last()?.split_first()?;
            if pivot.negative().certainly_positive() {
                negative = negative.checked_add(1)?;
            } else if !pivot.certainly_positive() {
                return None;
            }
            for (number, row) in later.iter_mut().enumerate() {
                let factor = entries.get(number)?.quotient(pivot)?;
                for (target, entry) in row.iter_mut().zip(entries.get(number..)?) {
                    *target = target.difference(&factor.product(entry)?)?;
                }
            }
        }
        Some(negative)
    }

    /// The trace, and the sum of the squares of all entries.
    #[must_use]
    pub fn totals(&self, zero: &Interval) -> Option<(Interval, Interval)> {
        let (mut trace, mut norm) = (zero.clone(), zero.clone());
        for (place, row) in self.0.iter().enumerate() {
            trace = trace.sum(row.get(place)?)?;
            for (column, entry) in row.iter().enumerate().skip(place) {
                let square = entry.power(2)?;
                norm = norm.sum(&if column == place {
                    square
                } else {
                    square.scaled(1)?
                })?;
            }
        }
        Some((trace, norm))
    }
}

#[cfg(test)]
mod tests {
    use super::Symmetric;
    use crate::arithmetic::{Interval, Number};
    use crate::number::ratio;

    #[test]
    fn eigenvalues_are_counted() {
        let number = |p: i64, q: i64| Interval::integer(0, 64).constant(&ratio(p, q)).unwrap();
        let rows = |entries: &[[i64; 3]]| {
            let row = |row: &[i64; 3]| row.iter().map(|&x| number(x, 1)).collect();
            Symmetric::new(entries.iter().map(row).collect()).unwrap()
        };
        // Eigenvalues 2 − √2, 2, 2 + √2.
        let matrix = rows(&[[2, -1, 0], [-1, 2, -1], [0, -1, 2]]);
        for (p, q, count) in [
            (0, 1, Some(0)),
            (58, 100, Some(0)),
            (59, 100, Some(1)),
            (199, 100, Some(1)),
            (201, 100, Some(2)),
            (341, 100, Some(2)),
            (342, 100, Some(3)),
            (2, 1, None),
        ] {
            assert_eq!(matrix.below(&number(p, q)), count, "{p}/{q}");
        }
        let (trace, norm) = matrix.totals(&number(0, 1)).unwrap();
        let is = |x: Interval, n: i64| x.difference(&number(n, 1)).unwrap().is_exactly_zero();
        assert!(is(trace, 6) && is(norm, 16));
        // A pivot that is 0.
        assert_eq!(
            rows(&[[0, 1, 0], [1, 0, 0], [0, 0, 1]]).below(&number(0, 1)),
            None
        );
        assert!(Symmetric::new(vec![vec![number(1, 1)], vec![]]).is_none());
    }
}
