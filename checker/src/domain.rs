//! The values that parameters run through.

use crate::number::{Rational, integer, read_integer, read_rational};
use num_bigint::BigInt;
use num_traits::{One, ToPrimitive};
use std::fmt;

/// An end of a range of reals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bound {
    /// It belongs to the range.
    Closed(Rational),
    /// It does not belong to the range.
    Open(Rational),
    /// There is none.
    Infinite,
}

impl Bound {
    /// The end, if finite.
    #[must_use]
    pub fn point(&self) -> Option<&Rational> {
        match self {
            Bound::Closed(q) | Bound::Open(q) => Some(q),
            Bound::Infinite => None,
        }
    }
}

/// The values of one parameter. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Range {
    /// The reals between two bounds.
    Reals(Bound, Bound),
    /// The integers from the first to the second, both included.
    Integers(BigInt, BigInt),
}

impl Range {
    /// Reads `(0, 1/2]`, `[1, infinity)` or `2..60`; `None` for anything else
    /// and for empty ranges.
    #[must_use]
    pub fn read(text: &str) -> Option<Range> {
        if let Some((from, to)) = text.split_once("..") {
            let (from, to) = (read_integer(from)?, read_integer(to)?);
            return (from <= to).then_some(Range::Integers(from, to));
        }
        let (open_below, rest) = match text.strip_prefix('(') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('[')?),
        };
        let (open_above, inner) = match rest.strip_suffix(')') {
            Some(inner) => (true, inner),
            None => (false, rest.strip_suffix(']')?),
        };
        let (low, high) = inner.split_once(", ")?;
        let bound = |text: &str, infinity: &str, open: bool| {
            if text == infinity {
                return open.then_some(Bound::Infinite);
            }
            let end = read_rational(text)?;
            Some(if open {
                Bound::Open(end)
            } else {
                Bound::Closed(end)
            })
        };
        let (low, high) = (
            bound(low, "-infinity", open_below)?,
            bound(high, "infinity", open_above)?,
        );
        let empty = match (low.point(), high.point()) {
            (Some(a), Some(b)) => a > b || (a == b && (open_below || open_above)),
            _ => false,
        };
        (!empty).then_some(Range::Reals(low, high))
    }

    /// A rational of the range: its middle, or a point beyond its only end.
    #[must_use]
    pub fn sample(&self) -> Rational {
        match self {
            Range::Integers(from, _) => Rational::from_integer(from.clone()),
            Range::Reals(low, high) => match (low.point(), high.point()) {
                (Some(a), Some(b)) => (a + b) / integer(2),
                (Some(a), None) => a + integer(1),
                (None, Some(b)) => b - integer(1),
                (None, None) => integer(0),
            },
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Range::Integers(from, to) => write!(f, "{from}..{to}"),
            Range::Reals(low, high) => {
                match low {
                    Bound::Closed(q) => write!(f, "[{q}, ")?,
                    Bound::Open(q) => write!(f, "({q}, ")?,
                    Bound::Infinite => f.write_str("(-infinity, ")?,
                }
                match high {
                    Bound::Closed(q) => write!(f, "{q}]"),
                    Bound::Open(q) => write!(f, "{q})"),
                    Bound::Infinite => f.write_str("infinity)"),
                }
            }
        }
    }
}

/// A closed interval; `None` is an infinite end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The lower end.
    pub lower: Option<Rational>,
    /// The upper end.
    pub upper: Option<Rational>,
}

/// A box: one edge a parameter.
pub type Cell = Vec<Edge>;

/// The parameters of a claim and their ranges.
#[derive(Debug, Clone, Default)]
pub struct Domain {
    /// Names, as in the certificate's order.
    pub names: Vec<String>,
    /// Ranges, in the same order.
    pub ranges: Vec<Range>,
}

/// The most combinations of integer parameters.
const MOST_COMBINATIONS: usize = 1_000_000;

impl Domain {
    /// The closed cells from which covers start: one per combination of the
    /// integer parameters, the last parameter running fastest. Their union
    /// contains the domain. `None` if there are too many.
    #[must_use]
    pub fn cells(&self) -> Option<Vec<Cell>> {
        let mut count = BigInt::one();
        for range in &self.ranges {
            if let Range::Integers(from, to) = range {
                count *= to - from + BigInt::one();
            }
        }
        count.to_usize().filter(|&count| count <= MOST_COMBINATIONS)?;
        let mut cells: Vec<Cell> = vec![Vec::new()];
        for range in &self.ranges {
            let mut longer = Vec::new();
            for cell in cells {
                match range {
                    Range::Reals(low, high) => {
                        let edge = Edge {
                            lower: low.point().cloned(),
                            upper: high.point().cloned(),
                        };
                        longer.push(extended(&cell, edge));
                    }
                    Range::Integers(from, to) => {
                        let mut value = from.clone();
                        while value <= *to {
                            let point = Some(Rational::from_integer(value.clone()));
                            longer.push(extended(
                                &cell,
                                Edge {
                                    lower: point.clone(),
                                    upper: point,
                                },
                            ));
                            value += 1;
                        }
                    }
                }
            }
            cells = longer;
        }
        Some(cells)
    }

    /// ` for all x in (0, 1]`; nothing without parameters.
    #[must_use]
    pub fn quantifier(&self) -> String {
        if self.names.is_empty() {
            return String::new();
        }
        let parts: Vec<String> = self
            .names
            .iter()
            .zip(&self.ranges)
            .map(|(name, range)| format!("{name} in {range}"))
            .collect();
        format!(" for all {}", parts.join(", "))
    }

    /// A cell in words.
    #[must_use]
    pub fn describe(&self, cell: &Cell) -> String {
        if cell.is_empty() {
            return "the only cell".to_string();
        }
        let end = |q: &Option<Rational>| q.as_ref().map_or("infinity".to_string(), ToString::to_string);
        let parts: Vec<String> = self
            .names
            .iter()
            .zip(cell)
            .map(|(name, Edge { lower, upper })| {
                if lower.is_some() && lower == upper {
                    return format!("{name} = {}", end(lower));
                }
                let below = if lower.is_none() { "-" } else { "" };
                format!("{name} from {below}{} to {}", end(lower), end(upper))
            })
            .collect();
        format!("the cell {}", parts.join(", "))
    }
}

fn extended(cell: &Cell, edge: Edge) -> Cell {
    let mut longer = cell.clone();
    longer.push(edge);
    longer
}
