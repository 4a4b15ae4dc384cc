//! Bits of precision, and the ladder that raises them.

/// A number of significant bits of a multiprecision endpoint, from 24 to 2²⁴.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Precision(u32);

impl Precision {
    /// The least precision offered.
    pub const MIN: Precision = Precision(24);
    /// The largest precision offered (about five million decimal digits).
    pub const MAX: Precision = Precision(1 << 24);
    /// Where proofs start when doubles have not decided.
    pub const START: Precision = Precision(128);

    /// A precision of `bits`, or `None` outside `MIN..=MAX`.
    #[must_use]
    pub const fn new(bits: u32) -> Option<Self> {
        if bits < Self::MIN.0 || bits > Self::MAX.0 {
            None
        } else {
            Some(Self(bits))
        }
    }

    /// A precision of `bits`, moved into `MIN..=MAX`.
    #[must_use]
    pub const fn saturating(bits: u32) -> Self {
        match Self::new(bits) {
            Some(p) => p,
            None if bits < Self::MIN.0 => Self::MIN,
            None => Self::MAX,
        }
    }

    /// The number of bits.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Enough bits for `digits` decimal digits and `guard` more bits.
    #[must_use]
    pub const fn for_digits(digits: u32, guard: u32) -> Self {
        // log₂ 10 < 3.3219281; integer arithmetic, rounded up.
        let bits = (digits as u64 * 33_219_281).div_ceil(10_000_000) + guard as u64;
        if bits > Self::MAX.0 as u64 {
            Self::MAX
        } else {
            Self::saturating(bits as u32)
        }
    }

    /// This precision, then its doubles, up to and including `limit`.
    pub fn ladder(self, limit: Precision) -> impl Iterator<Item = Precision> {
        std::iter::successors(Some(self.min(limit)), move |p| {
            (*p < limit).then(|| Self(p.0.saturating_mul(2)).min(limit))
        })
    }
}
