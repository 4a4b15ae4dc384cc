//! Pairs of teachers and neurons, and what the inequalities need to know of them.

use super::scalars::{Setting, correction, psi};
use crate::arithmetic::{Checked, Interval};
use crate::number::{Rational, integer, ratio, read_rational};
use crate::read::Block;
use crate::rejection::Rejection;
use num_traits::{One, Zero};

/// The largest k that is named.
const LARGEST_K: u64 = 1_000_000_000_000;
/// The most values of n at one k.
const MOST_NEURONS: u64 = 100_000;

/// Pairs (k, n).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pairs {
    /// One k, and n in `from`..`to`.
    Row {
        /// k.
        teachers: u64,
        /// The least n.
        from: u64,
        /// The largest n.
        to: u64,
    },
    /// All k ≥ `from`, and 2 ≤ n ≤ `share`·k.
    All {
        /// The least k.
        from: u64,
        /// Above 0, below 1.
        share: Rational,
    },
}

impl Pairs {
    /// Reads `k K`, `n A..B` or `k K..infinity`, `n 2..RHO*k`.
    pub fn read(block: &mut Block) -> Result<Self, Rejection> {
        let line = block.require("k")?;
        let least = |text: &str| {
            text.parse::<u64>()
                .ok()
                .filter(|k| (3..=LARGEST_K).contains(k) && k.to_string() == text)
        };
        let unbounded = line.rest.strip_suffix("..infinity");
        let k = least(unbounded.unwrap_or(line.rest))
            .ok_or_else(|| line.unreadable("the form is `k K` or `k K..infinity`, 3 <= K <= 10^12"))?;
        let line = block.require("n")?;
        if unbounded.is_some() {
            let share = line
                .rest
                .strip_prefix("2..")
                .and_then(|rest| rest.strip_suffix("*k"))
                .and_then(read_rational)
                .filter(|share| *share > Rational::zero() && *share < Rational::one());
            let share = share.ok_or_else(|| line.unreadable("the form is `n 2..RHO*k`, 0 < RHO < 1"))?;
            return Ok(Self::All { from: k, share });
        }
        let ends = line.rest.split_once("..").and_then(|(from, to)| {
            Some((from.parse::<u64>().ok()?, to.parse::<u64>().ok()?))
                .filter(|(a, b)| format!("{a}..{b}") == line.rest)
        });
        let (from, to) = ends
            .filter(|&(from, to)| 2 <= from && from <= to && to < k && to - from < MOST_NEURONS)
            .ok_or_else(|| line.unreadable("the form is `n A..B`, 2 <= A <= B < k"))?;
        Ok(Self::Row {
            teachers: k,
            from,
            to,
        })
    }

    /// The largest N/k.
    pub fn copied(&self) -> Rational {
        match self {
            Self::Row { teachers, to, .. } => fraction(to.saturating_sub(1), *teachers),
            Self::All { share, .. } => share.clone(),
        }
    }

    /// The end of the range of τ in (B).
    pub fn top(&self) -> Rational {
        match self {
            Self::Row { teachers, .. } => integer(1) - fraction(1, *teachers),
            Self::All { .. } => integer(1),
        }
    }

    /// How many pairs are examined one by one.
    pub fn count(&self) -> u64 {
        match self {
            Self::Row { from, to, .. } => to.saturating_sub(*from).saturating_add(1),
            Self::All { .. } => 1,
        }
    }

    /// The numbers of each pair, with its name; for all k at once, numbers that
    /// are the worst ones.
    pub fn settings(&self, one: &Checked<Interval>) -> Vec<(Setting, String)> {
        match self {
            Self::Row { teachers, from, to } => (*from..=*to)
                .map(|n| {
                    (
                        Self::of_pair(one, *teachers, n),
                        format!("k = {teachers}, n = {n}"),
                    )
                })
                .collect(),
            Self::All { from, share } => {
                let name = format!("k >= {from}, n <= {share}*k");
                vec![(Self::of_all(one, *from, share), name)]
            }
        }
    }

    fn of_pair(one: &Checked<Interval>, k: u64, n: u64) -> Setting {
        let copies = n.saturating_sub(1);
        let rest = k.saturating_sub(copies);
        let (size, teachers) = (one.number(&fraction(rest, 1)), one.number(&fraction(k, 1)));
        let gain = &size
            * (&size * psi(&one.number(&fraction(1, rest))) - &teachers * psi(&one.number(&fraction(1, k))));
        Setting {
            slack: gain - correction(&teachers, &one.number(&fraction(n, k))),
            epsilon: fraction(1, k),
            copied: fraction(copies, k),
            copies_per_rest: one.number(&fraction(copies, rest)),
            inverse: one.number(&fraction(1, rest)),
            teachers,
        }
    }

    /// For k ≥ K, n ≤ ρk: 1/k ≤ 1/K, N/k < ρ, n/k ≤ ρ, and l ≥ (1 − ρ)k + 1
    /// gives N/l < ρ/(1 − ρ) and 1/l ≤ 1/((1 − ρ)K + 1); D ≥ 0 is left out.
    fn of_all(one: &Checked<Interval>, least: u64, share: &Rational) -> Setting {
        let others = integer(1) - share;
        let teachers = one.number(&fraction(least, 1));
        let inverse = (&others * fraction(least, 1) + integer(1)).recip();
        Setting {
            slack: -correction(&teachers, &one.number(share)),
            epsilon: fraction(1, least),
            copied: share.clone(),
            copies_per_rest: one.number(&(share / others)),
            inverse: one.number(&inverse),
            teachers,
        }
    }

    /// Whether these are all n from 2 to k/2 at one k.
    fn is_lower_half(&self) -> Option<u64> {
        match self {
            Self::Row { teachers, from, to } if *from == 2 && *to == teachers / 2 => Some(*teachers),
            _ => None,
        }
    }
}

/// p/q for q > 0.
fn fraction(p: u64, q: u64) -> Rational {
    Rational::from_integer(p.into()) / Rational::from_integer(q.max(1).into())
}

/// Names all pairs: consecutive k with n = 2, …, ⌊k/2⌋ together.
pub fn describe(groups: &[&Pairs]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut run: Option<(u64, u64)> = None;
    let close = |run: &mut Option<(u64, u64)>, parts: &mut Vec<String>| {
        if let Some((from, to)) = run.take() {
            parts.push(format!("k in {from}..{to} and 2 <= n <= k/2"));
        }
    };
    for pairs in groups {
        let next = pairs.is_lower_half();
        if let (Some((_, to)), Some(k)) = (&mut run, next)
            && k.checked_sub(1) == Some(*to)
        {
            *to = k;
            continue;
        }
        close(&mut run, &mut parts);
        match (next, pairs) {
            (Some(k), _) => run = Some((k, k)),
            (None, Pairs::Row { teachers, from, to }) if from == to => {
                parts.push(format!("k = {teachers} and n = {from}"));
            }
            (None, Pairs::Row { teachers, from, to }) => {
                parts.push(format!("k = {teachers} and n in {from}..{to}"));
            }
            (None, Pairs::All { from, share }) => {
                let share = if *share == ratio(1, 2) {
                    "k/2".to_string()
                } else {
                    format!("{share}*k")
                };
                parts.push(format!("all k >= {from} and 2 <= n <= {share}"));
            }
        }
    }
    close(&mut run, &mut parts);
    parts.join("; ")
}
