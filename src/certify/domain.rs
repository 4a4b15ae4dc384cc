//! Ranges of real and integer parameters, and the cells they are cut into.

pub use crate::arithmetic::univariate::Bound;
use crate::arithmetic::{Enclosure, Rational, literal, rational};
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};
use std::fmt;

/// The values that one parameter runs through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Range {
    /// All reals between two bounds.
    Reals(Bound, Bound),
    /// All integers from the first to the second, both included.
    Integers(BigInt, BigInt),
}

/// Why a text is not a range.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RangeError {
    /// The text has neither of the two forms.
    #[error(
        "{0:?} is not a range; write reals as \"(0, 1/2]\" or \"[1, infinity)\" and integers as \"2..100\""
    )]
    Form(String),
    /// The range contains nothing.
    #[error("the range {0:?} is empty; its lower end must lie below its upper end")]
    Empty(String),
    /// An end is not a number.
    #[error("in the range {range:?}: {source}")]
    Number {
        /// The whole range.
        range: String,
        /// What is wrong with the number.
        source: literal::LiteralError,
    },
}

impl Range {
    /// Reads `"(0, 1/2]"`, `"[1, infinity)"` (reals) or `"2..100"` (integers,
    /// both ends included).
    ///
    /// # Errors
    /// If the text has another form, an end is not an exact number, or the
    /// range is empty: a claim about nothing would be true.
    pub fn parse(text: &str) -> Result<Range, RangeError> {
        let form = || RangeError::Form(text.to_string());
        let number = |part: &str| {
            literal::parse(part.trim()).map_err(|source| RangeError::Number {
                range: text.to_string(),
                source,
            })
        };
        let trimmed = text.trim();
        if let Some((from, to)) = trimmed.split_once("..") {
            let (from, to) = (number(from)?, number(to)?);
            if !from.is_integer() || !to.is_integer() {
                return Err(form());
            }
            if from > to {
                return Err(RangeError::Empty(text.to_string()));
            }
            return Ok(Range::Integers(from.to_integer(), to.to_integer()));
        }
        let (open_below, rest) = match (trimmed.strip_prefix('('), trimmed.strip_prefix('[')) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return Err(form()),
        };
        let (open_above, inner) = match (rest.strip_suffix(')'), rest.strip_suffix(']')) {
            (Some(inner), _) => (true, inner),
            (_, Some(inner)) => (false, inner),
            _ => return Err(form()),
        };
        let (low, high) = inner.split_once(',').ok_or_else(form)?;
        let bound = |part: &str, infinity: &str, open: bool| match part.trim() {
            p if p == infinity && open => Ok(Bound::Infinite),
            p if p == infinity => Err(form()),
            p => number(p).map(if open { Bound::Open } else { Bound::Closed }),
        };
        let range = (
            bound(low, "-infinity", open_below)?,
            bound(high, "infinity", open_above)?,
        );
        if let (Some(a), Some(b)) = (range.0.point(), range.1.point())
            && (a > b || (a == b && (open_below || open_above)))
        {
            return Err(RangeError::Empty(text.to_string()));
        }
        Ok(Range::Reals(range.0, range.1))
    }

    /// Whether the rational `q` is a value of the parameter.
    #[must_use]
    pub fn contains(&self, q: &Rational) -> bool {
        match self {
            Range::Reals(low, high) => {
                let above = match low {
                    Bound::Closed(a) => q >= a,
                    Bound::Open(a) => q > a,
                    Bound::Infinite => true,
                };
                let below = match high {
                    Bound::Closed(b) => q <= b,
                    Bound::Open(b) => q < b,
                    Bound::Infinite => true,
                };
                above && below
            }
            Range::Integers(from, to) => q.is_integer() && q.numer() >= from && q.numer() <= to,
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Range::Integers(from, to) => write!(f, "{from}..{to}"),
            Range::Reals(low, high) => {
                match low {
                    Bound::Closed(q) => write!(f, "[{q}")?,
                    Bound::Open(q) => write!(f, "({q}")?,
                    Bound::Infinite => write!(f, "(-infinity")?,
                }
                match high {
                    Bound::Closed(q) => write!(f, ", {q}]"),
                    Bound::Open(q) => write!(f, ", {q})"),
                    Bound::Infinite => write!(f, ", infinity)"),
                }
            }
        }
    }
}

/// A closed interval of one parameter with exact ends; `None` is infinite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Lower end, `None` for −∞.
    pub lower: Option<Rational>,
    /// Upper end, `None` for +∞.
    pub upper: Option<Rational>,
}

impl Edge {
    /// The single point `q`.
    #[must_use]
    pub fn point(q: Rational) -> Self {
        Self {
            lower: Some(q.clone()),
            upper: Some(q),
        }
    }

    /// Whether the edge is a single point.
    #[must_use]
    pub fn is_point(&self) -> bool {
        self.lower.is_some() && self.lower == self.upper
    }

    /// Whether all points of `other` are points of this edge.
    #[must_use]
    pub fn contains(&self, other: &Edge) -> bool {
        let below = match (&self.lower, &other.lower) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(own), Some(other)) => own <= other,
        };
        let above = match (&self.upper, &other.upper) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(own), Some(other)) => own >= other,
        };
        below && above
    }

    /// An enclosure of the edge in the arithmetic of `context`.
    pub fn enclose<T: Enclosure>(&self, context: &T) -> T {
        context.between(self.lower.as_ref(), self.upper.as_ref())
    }

    /// A point inside, away from infinite ends; where an edge is cut in two.
    #[must_use]
    pub fn middle(&self) -> Rational {
        let two = rational::integer(2);
        match (&self.lower, &self.upper) {
            (Some(a), Some(b)) => (a + b) / two,
            (Some(a), None) => (a * two).max(Rational::one()),
            (None, Some(b)) => (b * two).min(-Rational::one()),
            (None, None) => Rational::zero(),
        }
    }

    /// The two halves.
    #[must_use]
    pub fn halves(&self) -> (Edge, Edge) {
        let middle = self.middle();
        (
            Edge {
                lower: self.lower.clone(),
                upper: Some(middle.clone()),
            },
            Edge {
                lower: Some(middle),
                upper: self.upper.clone(),
            },
        )
    }

    /// How much there is to gain from cutting this edge: its width relative to
    /// the size of its points, infinite (`None`) for an unbounded edge.
    fn relative_width(&self) -> Option<Rational> {
        match (&self.lower, &self.upper) {
            (Some(a), Some(b)) => Some((b - a) / (Rational::one() + a.abs().min(b.abs()))),
            _ => None,
        }
    }
}

impl fmt::Display for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.lower, &self.upper) {
            (Some(a), Some(b)) if a == b => write!(f, "{a}"),
            (Some(a), Some(b)) => write!(f, "[{a}, {b}]"),
            (Some(a), None) => write!(f, "[{a}, infinity)"),
            (None, Some(b)) => write!(f, "(-infinity, {b}]"),
            (None, None) => write!(f, "(-infinity, infinity)"),
        }
    }
}

/// A box of parameters with exact ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell(pub Vec<Edge>);

impl Cell {
    /// The two halves along the edge that is relatively widest; `None` when
    /// the cell is a single point.
    #[must_use]
    pub fn halves(&self) -> Option<(Cell, Cell)> {
        let mut widest: Option<(usize, Option<Rational>)> = None;
        for (index, edge) in self.0.iter().enumerate() {
            if edge.is_point() {
                continue;
            }
            let width = edge.relative_width();
            let wider = match (&widest, &width) {
                (None, _) => true,
                (Some((_, None)), _) => false,
                (Some((_, Some(_))), None) => true,
                (Some((_, Some(old))), Some(new)) => new > old,
            };
            if wider {
                widest = Some((index, width));
            }
        }
        let (index, _) = widest?;
        let (low, high) = self.0[index].halves();
        let replaced = |edge: Edge| {
            let mut edges = self.0.clone();
            edges[index] = edge;
            Cell(edges)
        };
        Some((replaced(low), replaced(high)))
    }

    /// Whether all points of `other`, a cell of the same parameters, are points
    /// of this one.
    #[must_use]
    pub fn contains(&self, other: &Cell) -> bool {
        self.0.len() == other.0.len()
            && self
                .0
                .iter()
                .zip(&other.0)
                .all(|(own, other)| own.contains(other))
    }

    /// A point of the cell.
    #[must_use]
    pub fn middle(&self) -> Vec<Rational> {
        self.0.iter().map(Edge::middle).collect()
    }

    /// The cell in words, with the names of its parameters.
    #[must_use]
    pub fn describe(&self, names: &[String]) -> String {
        if names.is_empty() {
            return "the constants".to_string();
        }
        let parts: Vec<String> = names
            .iter()
            .zip(&self.0)
            .map(|(n, e)| format!("{n} = {e}"))
            .collect();
        parts.join(", ")
    }
}

/// The parameters of a claim with their ranges, in a fixed order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Domain {
    /// Names of the parameters.
    pub names: Vec<String>,
    /// Their ranges, in the same order.
    pub ranges: Vec<Range>,
}

impl Domain {
    /// Whether the point (one rational per parameter) belongs to the domain.
    #[must_use]
    pub fn contains(&self, point: &[Rational]) -> bool {
        point.len() == self.ranges.len() && self.ranges.iter().zip(point).all(|(r, q)| r.contains(q))
    }

    /// The number of combinations of the integer parameters.
    #[must_use]
    pub fn integer_points(&self) -> BigInt {
        self.ranges
            .iter()
            .fold(BigInt::one(), |product, range| match range {
                Range::Integers(from, to) => product * (to - from + 1),
                Range::Reals(..) => product,
            })
    }

    /// The starting cells: one per combination of the integer parameters, each
    /// with the closure of the real ranges, in lexicographic order.
    pub fn cells(&self) -> impl Iterator<Item = Cell> + '_ {
        let mut next: Option<Vec<BigInt>> = Some(
            self.ranges
                .iter()
                .filter_map(|r| match r {
                    Range::Integers(from, _) => Some(from.clone()),
                    Range::Reals(..) => None,
                })
                .collect(),
        );
        std::iter::from_fn(move || {
            let integers = next.take()?;
            let mut remaining = integers.iter();
            let edges = self
                .ranges
                .iter()
                .map(|range| match range {
                    Range::Reals(low, high) => Edge {
                        lower: low.point().cloned(),
                        upper: high.point().cloned(),
                    },
                    // The list has one value per integer range, in order.
                    Range::Integers(from, _) => {
                        Edge::point(Rational::from_integer(remaining.next().unwrap_or(from).clone()))
                    }
                })
                .collect();
            next = self.successor(integers);
            Some(Cell(edges))
        })
    }

    /// The next combination of integer parameters, last one fastest.
    fn successor(&self, mut values: Vec<BigInt>) -> Option<Vec<BigInt>> {
        let spans: Vec<(&BigInt, &BigInt)> = self
            .ranges
            .iter()
            .filter_map(|r| match r {
                Range::Integers(from, to) => Some((from, to)),
                Range::Reals(..) => None,
            })
            .collect();
        for (value, (from, to)) in values.iter_mut().zip(&spans).rev() {
            if &*value < *to {
                *value += 1;
                return Some(values);
            }
            *value = (*from).clone();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_exactly() {
        let range = Range::parse("(0, 1/2]").unwrap();
        assert!(!range.contains(&rational::integer(0)));
        assert!(range.contains(&rational::ratio(1, 2)));
        assert_eq!(range.to_string(), "(0, 1/2]");
        assert_eq!(
            Range::parse("[1, infinity)").unwrap().to_string(),
            "[1, infinity)"
        );
        assert_eq!(Range::parse("2..7").unwrap(), Range::Integers(2.into(), 7.into()));
    }

    #[test]
    fn empty_and_malformed_ranges_are_refused() {
        for text in [
            "(1, 1]",
            "[2, 1]",
            "5..3",
            "[0, infinity]",
            "0, 1",
            "[a, 1]",
            "1.5..2",
            "",
        ] {
            assert!(Range::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn cells_cover_every_combination_of_integers_once() {
        let domain = Domain {
            names: vec!["i".into(), "x".into(), "j".into()],
            ranges: vec![
                Range::parse("1..2").unwrap(),
                Range::parse("[0, 1]").unwrap(),
                Range::parse("3..5").unwrap(),
            ],
        };
        let seen: Vec<String> = domain.cells().map(|c| c.describe(&domain.names)).collect();
        assert_eq!(seen.len(), 6);
        assert_eq!(seen[0], "i = 1, x = [0, 1], j = 3");
        assert_eq!(seen[5], "i = 2, x = [0, 1], j = 5");
    }
}
