//! Files of weights: plain CSV, one row for each neuron.
//!
//! ```text
//! a,w1,w2,w3
//! 1.5,0.25,0.5,-1e-3
//! -0.75,0,1,0.125
//! ```
//!
//! A row is a, then w_1, …, w_d. The first line may be a header, which begins
//! with the letter a; lines that begin with # are comments. Numbers are
//! decimals as any program writes them; 17 digits keep every bit.

use std::fmt::Write as _;

/// A student as a file of weights gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// a_1, …, a_n.
    pub outgoing: Vec<f64>,
    /// w_1, …, w_n one after the other: n d entries.
    pub weights: Vec<f64>,
    /// d.
    pub dimension: usize,
}

/// A text that is no file of weights.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// No row.
    #[error("there is no row of weights; write a row a,w1,...,wd for each neuron")]
    Empty,
    /// Only a.
    #[error("line {line} has {found} numbers; a row is a,w1,...,wd with at least one weight")]
    Short {
        /// The line, from 1.
        line: usize,
        /// Numbers found.
        found: usize,
    },
    /// Rows of different lengths.
    #[error("line {line} has {found} numbers where earlier rows have {expected}")]
    Ragged {
        /// The line, from 1.
        line: usize,
        /// Numbers found.
        found: usize,
        /// Numbers of the first row.
        expected: usize,
    },
    /// Not a number, or an infinity or NaN.
    #[error("line {line} has `{text}` where a finite number should be")]
    NotANumber {
        /// The line, from 1.
        line: usize,
        /// What stands there, shortened.
        text: String,
    },
}

/// Reads a file of weights.
///
/// # Errors
/// At the first thing that is wrong.
pub fn read(text: &str) -> Result<Weights, WeightsError> {
    let mut found = Weights {
        outgoing: Vec::new(),
        weights: Vec::new(),
        dimension: 0,
    };
    let mut first = true;
    for (index, row) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let (row, line) = (row.trim(), index + 1);
        if row.is_empty() || row.starts_with('#') {
            continue;
        }
        if std::mem::take(&mut first) && row.starts_with(['a', 'A']) {
            continue;
        }
        let numbers = row
            .split(',')
            .map(|cell| number(cell, line))
            .collect::<Result<Vec<f64>, _>>()?;
        let Some((&a, w)) = numbers.split_first().filter(|(_, w)| !w.is_empty()) else {
            let found = numbers.len();
            return Err(WeightsError::Short { line, found });
        };
        if found.outgoing.is_empty() {
            found.dimension = w.len();
        } else if w.len() != found.dimension {
            return Err(WeightsError::Ragged {
                line,
                found: numbers.len(),
                expected: found.dimension + 1,
            });
        }
        found.outgoing.push(a);
        found.weights.extend(w);
    }
    if found.outgoing.is_empty() {
        return Err(WeightsError::Empty);
    }
    Ok(found)
}

fn number(cell: &str, line: usize) -> Result<f64, WeightsError> {
    let cell = cell.trim();
    cell.parse()
        .ok()
        .filter(|x: &f64| x.is_finite())
        .ok_or_else(|| WeightsError::NotANumber {
            line,
            text: cell.chars().take(40).collect(),
        })
}

/// Writes a file of weights that is read back with the same bits.
#[must_use]
pub fn write(outgoing: &[f64], weights: &[f64], dimension: usize) -> String {
    let mut text = "a".to_string();
    for input in 1..=dimension {
        // Writing to a string does not fail.
        let _ = write!(text, ",w{input}");
    }
    text.push('\n');
    for (a, w) in outgoing.iter().zip(weights.chunks_exact(dimension.max(1))) {
        let _ = write!(text, "{a:e}");
        for x in w {
            let _ = write!(text, ",{x:e}");
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_back() {
        let (a, w) = (
            vec![1.0 / 3.0, -0.0],
            vec![1e-300, -2.5, 0.1, f64::MAX, 3.0, 5e-324],
        );
        let back = read(&write(&a, &w, 3)).unwrap();
        let bits = |x: &[f64]| x.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        assert_eq!((bits(&back.outgoing), bits(&back.weights)), (bits(&a), bits(&w)));
        assert_eq!(back.dimension, 3);
        let plain = read("# made by hand\n\n 1, 2 ,3\r\n4,5,6\n").unwrap();
        assert_eq!(plain.outgoing, [1.0, 4.0]);
        assert_eq!(plain.weights, [2.0, 3.0, 5.0, 6.0]);
    }

    #[test]
    fn anything_else_is_refused() {
        let says = |text| read(text).unwrap_err().to_string();
        assert!(says("").contains("no row"));
        assert!(says("a,w1\n").contains("no row"));
        assert!(says("1\n").contains("line 1 has 1 numbers"));
        assert!(says("1,2\n1,2,3\n").contains("line 2 has 3 numbers where earlier rows have 2"));
        assert!(says("1,NaN\n").contains("`NaN`"));
        assert!(says("1,inf\n").contains("`inf`"));
        assert!(says("1,\n").contains("``"));
        assert!(says("1,2\na,3\n").contains("`a`"));
    }
}
