//! Quadratic forms, added up from products of linear forms.

use crate::arithmetic::{Checked, Interval};
use std::ops::{Add, Mul, Sub};

/// A number.
pub type Value = Checked<Interval>;

/// A linear form, by its coefficients.
#[derive(Debug, Clone)]
pub struct Linear(Vec<Value>);

impl Linear {
    /// The coordinate of this number (from 0) among `count`.
    #[must_use]
    pub fn coordinate(number: usize, count: usize, like: &Value) -> Self {
        let entry = |place| like.integer(i64::from(place == number));
        Self((0..count).map(entry).collect())
    }
}

impl Add<&Linear> for Linear {
    type Output = Linear;
    fn add(self, other: &Linear) -> Linear {
        Linear(self.0.iter().zip(&other.0).map(|(x, y)| x + y).collect())
    }
}

impl Sub<&Linear> for Linear {
    type Output = Linear;
    fn sub(self, other: &Linear) -> Linear {
        Linear(self.0.iter().zip(&other.0).map(|(x, y)| x - y).collect())
    }
}

impl Mul<&Linear> for &Value {
    type Output = Linear;
    fn mul(self, form: &Linear) -> Linear {
        Linear(form.0.iter().map(|x| self * x).collect())
    }
}

impl Mul<&Linear> for Value {
    type Output = Linear;
    fn mul(self, form: &Linear) -> Linear {
        &self * form
    }
}

/// A quadratic form, by its symmetric matrix.
#[derive(Debug, Clone)]
pub struct Quadratic(Vec<Vec<Value>>);

impl Quadratic {
    /// The form 0 in `count` coordinates.
    #[must_use]
    pub fn zero(count: usize, like: &Value) -> Self {
        Self(vec![vec![like.integer(0); count]; count])
    }

    /// Adds c·f·g.
    pub fn add(&mut self, c: &Value, f: &Linear, g: &Linear) {
        let half = c / c.integer(2);
        for ((row, f_i), g_i) in self.0.iter_mut().zip(&f.0).zip(&g.0) {
            for ((entry, f_j), g_j) in row.iter_mut().zip(&f.0).zip(&g.0) {
                *entry = &*entry + &half * (f_i * g_j + f_j * g_i);
            }
        }
    }

    /// The rows of the matrix; `None` if some entry is undefined.
    #[must_use]
    pub fn rows(self) -> Option<Vec<Vec<Interval>>> {
        let rows = self.0.into_iter();
        rows.map(|row| row.into_iter().map(|x| x.0).collect()).collect()
    }
}
