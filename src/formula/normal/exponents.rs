//! Guessing how one fraction is a product of powers of others.

use super::field::{Field, Obstacle};
use super::fraction::Fraction;
use crate::arithmetic::{Polynomial, Rational};
use num_traits::{ToPrimitive, Zero};

impl Field {
    /// Integers aᵢ for which `target` may be a constant times Π`others`ᵢ^aᵢ;
    /// whether it is remains to be checked.
    ///
    /// Numerators and denominators are factored over a common list of
    /// polynomials, refined by division; the exponents then solve a linear
    /// system. As factors are not split into irreducible ones, a product may go
    /// unnoticed.
    pub(super) fn exponents(
        &mut self,
        target: &Fraction,
        others: &[&Fraction],
    ) -> Result<Option<Vec<i32>>, Obstacle> {
        if others.is_empty() {
            return Ok(None);
        }
        let mut list = FactorList::default();
        for fraction in others.iter().copied().chain([target]) {
            list.insert(fraction.numerator.clone(), self)?;
            for &factor in fraction.denominator.keys() {
                list.insert(self.factors[factor].clone(), self)?;
            }
        }
        let mut columns = Vec::with_capacity(others.len() + 1);
        for fraction in others.iter().copied().chain([target]) {
            let Some(mut column) = list.exponents(&fraction.numerator, self)? else {
                return Ok(None);
            };
            for (&factor, &power) in &fraction.denominator {
                let polynomial = self.factors[factor].clone();
                let Some(below) = list.exponents(&polynomial, self)? else {
                    return Ok(None);
                };
                for (sum, e) in column.iter_mut().zip(below) {
                    *sum -= e * i64::from(power);
                }
            }
            columns.push(column);
        }
        Ok(integer_solution(&columns))
    }
}

/// Polynomials of which none divides another.
#[derive(Default)]
struct FactorList(Vec<Polynomial>);

impl FactorList {
    /// Refines the list until `polynomial` is a product over it.
    fn insert(&mut self, polynomial: Polynomial, field: &mut Field) -> Result<(), Obstacle> {
        let mut open = vec![polynomial];
        while let Some(mut rest) = open.pop() {
            for (atom, exponent) in rest.monomial_content().factors().collect::<Vec<_>>() {
                let single = Polynomial::variable(atom);
                let power = single.power(exponent, &mut field.budget)?;
                rest = rest.divide_exactly(&power, &mut field.budget)?.unwrap_or(rest);
                if !self.0.contains(&single) {
                    self.0.push(single);
                }
            }
            let mut place = 0;
            while place < self.0.len() && rest.as_constant().is_none() {
                if let Some(quotient) = rest.divide_exactly(&self.0[place], &mut field.budget)? {
                    rest = quotient;
                } else if let Some(quotient) = self.0[place].divide_exactly(&rest, &mut field.budget)? {
                    // An entry is a proper multiple of the rest: split it.
                    self.0.remove(place);
                    open.push(quotient);
                } else {
                    place += 1;
                }
            }
            if rest.as_constant().is_none() {
                self.0.push(rest);
            }
        }
        Ok(())
    }

    /// The exponents of `polynomial`, up to a constant.
    fn exponents(&self, polynomial: &Polynomial, field: &mut Field) -> Result<Option<Vec<i64>>, Obstacle> {
        let mut rest = polynomial.clone();
        let mut exponents = vec![0; self.0.len()];
        for (factor, exponent) in self.0.iter().zip(&mut exponents) {
            while !rest.is_zero()
                && let Some(quotient) = rest.divide_exactly(factor, &mut field.budget)?
            {
                rest = quotient;
                *exponent += 1;
            }
        }
        Ok(rest
            .as_constant()
            .is_some_and(|q| !q.is_zero())
            .then_some(exponents))
    }
}

/// Integers aᵢ with Σ aᵢ·columnᵢ = the last column, found by elimination; free
/// unknowns are set to 0.
fn integer_solution(columns: &[Vec<i64>]) -> Option<Vec<i32>> {
    let unknowns = columns.len().checked_sub(1)?;
    let height = columns.first()?.len();
    let entry = |row: usize, column: &Vec<i64>| Rational::from_integer(column[row].into());
    let mut rows: Vec<Vec<Rational>> = (0..height)
        .map(|row| columns.iter().map(|column| entry(row, column)).collect())
        .collect();
    let mut pivots: Vec<usize> = Vec::new();
    for unknown in 0..unknowns {
        let top = pivots.len();
        let Some(found) = (top..height).find(|&row| !rows[row][unknown].is_zero()) else {
            continue;
        };
        rows.swap(top, found);
        let lead = rows[top][unknown].clone();
        rows[top].iter_mut().for_each(|q| *q /= &lead);
        let pivot = rows[top].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(index, _)| *index != top) {
            let factor = row[unknown].clone();
            for (q, p) in row.iter_mut().zip(&pivot) {
                *q -= &factor * p;
            }
        }
        pivots.push(unknown);
    }
    if rows[pivots.len()..].iter().any(|row| !row[unknowns].is_zero()) {
        return None;
    }
    let mut solution = vec![0; unknowns];
    for (row, &unknown) in rows.iter().zip(&pivots) {
        let value = &row[unknowns];
        solution[unknown] = value.is_integer().then(|| value.to_i32())??;
    }
    Some(solution)
}
