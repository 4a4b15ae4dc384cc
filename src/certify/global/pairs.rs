//! Which pairs of teachers and neurons are meant.

use crate::arithmetic::Rational;
use num_bigint::BigInt;
use num_traits::{One, ToPrimitive};
use std::fmt;

/// Pairs (k, n) that are settled together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pairs {
    /// One k, and `from` ≤ n ≤ `to` < k.
    Of {
        /// k.
        teachers: u64,
        /// The least n, at least 2.
        from: u64,
        /// The largest n.
        to: u64,
    },
    /// Every k ≥ `from`, and 2 ≤ n ≤ `share`·k.
    Beyond {
        /// The least k.
        from: u64,
        /// ρ, between 0 and 1.
        share: Rational,
    },
}

impl Pairs {
    /// The largest k at which pairs are named.
    pub const LARGEST: u64 = 1_000_000_000_000;

    /// One pair, 2 ≤ n < k ≤ [`Self::LARGEST`].
    #[must_use]
    pub fn one(teachers: u64, neurons: u64) -> Option<Self> {
        Self::row(teachers, neurons, neurons)
    }

    /// `from` ≤ n ≤ `to` at one k, 2 ≤ from ≤ to < k ≤ [`Self::LARGEST`].
    #[must_use]
    pub fn row(teachers: u64, from: u64, to: u64) -> Option<Self> {
        let valid = 2 <= from && from <= to && to < teachers && teachers <= Self::LARGEST;
        valid.then_some(Self::Of { teachers, from, to })
    }

    /// All k ≥ `from`, 2 ≤ n ≤ `share`·k, with 4 ≤ `from` ≤ [`Self::LARGEST`]
    /// and 0 < share < 1.
    #[must_use]
    pub fn beyond(from: u64, share: Rational) -> Option<Self> {
        let valid = (4..=Self::LARGEST).contains(&from)
            && share > Rational::from_integer(BigInt::from(0))
            && share < Rational::one();
        valid.then_some(Self::Beyond { from, share })
    }

    /// The largest n ≤ `share`·k.
    #[must_use]
    pub fn share_of(teachers: u64, share: &Rational) -> Option<u64> {
        (Rational::from_integer(teachers.into()) * share)
            .floor()
            .to_integer()
            .to_u64()
    }
}

impl fmt::Display for Pairs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Of { teachers, from, to } if from == to => write!(f, "k = {teachers}, n = {from}"),
            Self::Of { teachers, from, to } => write!(f, "k = {teachers}, n = {from}..{to}"),
            Self::Beyond { from, share } => write!(f, "all k >= {from}, 2 <= n <= {share} k"),
        }
    }
}
