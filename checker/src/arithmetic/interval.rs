//! Closed intervals with outward rounding.

use super::{Dyadic, Number, Round};
use crate::number::Rational;
use std::cmp::Ordering;

/// The reals from `lower` to `upper`, both included; `None` is an infinite
/// end. Never empty: the lower end is not above the upper one.
#[derive(Debug, Clone)]
pub struct Interval {
    lower: Option<Dyadic>,
    upper: Option<Dyadic>,
    /// Results are rounded to this many bits.
    bits: u64,
}

/// An end of an interval as an extended real.
#[derive(Clone)]
enum End {
    MinusInfinity,
    Finite(Dyadic),
    PlusInfinity,
}

impl End {
    fn sign(&self) -> Ordering {
        match self {
            End::MinusInfinity => Ordering::Less,
            End::Finite(x) => x.sign(),
            End::PlusInfinity => Ordering::Greater,
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (End::Finite(x), End::Finite(y)) => x.compare(y),
            (End::MinusInfinity, End::MinusInfinity) | (End::PlusInfinity, End::PlusInfinity) => {
                Ordering::Equal
            }
            (End::MinusInfinity, _) | (_, End::PlusInfinity) => Ordering::Less,
            _ => Ordering::Greater,
        }
    }

    /// x·y with 0·∞ = 0: the product of a set {0} and an unbounded one is {0}.
    fn product(&self, other: &Self) -> Option<End> {
        if let (End::Finite(x), End::Finite(y)) = (self, other) {
            return Some(End::Finite(x.product(y)?));
        }
        Some(match (self.sign(), other.sign()) {
            (Ordering::Equal, _) | (_, Ordering::Equal) => End::Finite(Dyadic::zero()),
            (x, y) if x == y => End::PlusInfinity,
            _ => End::MinusInfinity,
        })
    }

    fn rounded(self, bits: u64, round: Round) -> Option<Option<Dyadic>> {
        match self {
            End::Finite(x) => Some(Some(x.rounded(bits, round)?)),
            End::MinusInfinity | End::PlusInfinity => Some(None),
        }
    }
}

impl Interval {
    /// The interval between two ends; `None` if they are in the wrong order.
    #[must_use]
    pub fn new(lower: Option<Dyadic>, upper: Option<Dyadic>, bits: u64) -> Option<Self> {
        let ordered = match (&lower, &upper) {
            (Some(a), Some(b)) => a.compare(b) != Ordering::Greater,
            _ => true,
        };
        ordered.then_some(Self { lower, upper, bits })
    }

    /// The single number x.
    #[must_use]
    pub fn point(x: Dyadic, bits: u64) -> Self {
        Self {
            lower: Some(x.clone()),
            upper: Some(x),
            bits,
        }
    }

    /// The integer n.
    #[must_use]
    pub fn integer(n: i64, bits: u64) -> Self {
        Self::point(Dyadic::integer(n), bits)
    }

    /// The smallest interval around the reals between two rationals, `None`
    /// being infinite.
    #[must_use]
    pub fn between(lower: Option<&Rational>, upper: Option<&Rational>, bits: u64) -> Option<Self> {
        let end = |q: Option<&Rational>, round| match q {
            Some(q) => Dyadic::from_rational(q, bits, round).map(Some),
            None => Some(None),
        };
        Self::new(end(lower, Round::Down)?, end(upper, Round::Up)?, bits)
    }

    /// The lower end; `None` if there is none.
    #[must_use]
    pub fn lower(&self) -> Option<&Dyadic> {
        self.lower.as_ref()
    }

    /// The upper end; `None` if there is none.
    #[must_use]
    pub fn upper(&self) -> Option<&Dyadic> {
        self.upper.as_ref()
    }

    /// The number of bits that results are rounded to.
    #[must_use]
    pub fn bits(&self) -> u64 {
        self.bits
    }

    /// The same set; results will have `bits` bits.
    #[must_use]
    pub fn with_bits(&self, bits: u64) -> Self {
        Self { bits, ..self.clone() }
    }

    /// The interval rounded outward to `bits` bits.
    #[must_use]
    pub fn rounded(self, bits: u64) -> Option<Self> {
        let end = |x: Option<Dyadic>, round| match x {
            Some(x) => x.rounded(bits, round).map(Some),
            None => Some(None),
        };
        Some(Self {
            lower: end(self.lower, Round::Down)?,
            upper: end(self.upper, Round::Up)?,
            bits,
        })
    }

    /// Every element is > 0.
    #[must_use]
    pub fn certainly_positive(&self) -> bool {
        self.lower.as_ref().is_some_and(|x| x.sign() == Ordering::Greater)
    }

    /// Every element is ≥ 0.
    #[must_use]
    pub fn certainly_nonnegative(&self) -> bool {
        self.lower.as_ref().is_some_and(|x| x.sign() != Ordering::Less)
    }

    /// The interval is {0}.
    #[must_use]
    pub fn is_exactly_zero(&self) -> bool {
        let zero = |end: &Option<Dyadic>| end.as_ref().is_some_and(|x| x.sign() == Ordering::Equal);
        zero(&self.lower) && zero(&self.upper)
    }

    /// x·2^places.
    #[must_use]
    pub fn scaled(&self, places: i64) -> Option<Self> {
        let end = |x: &Option<Dyadic>| match x {
            Some(x) => x.scaled(places).map(Some),
            None => Some(None),
        };
        Some(Self {
            lower: end(&self.lower)?,
            upper: end(&self.upper)?,
            bits: self.bits,
        })
    }

    /// The smallest interval that contains both.
    #[must_use]
    pub fn hull(&self, other: &Self) -> Self {
        let pick = |x: &Option<Dyadic>, y: &Option<Dyadic>, wanted: Ordering| match (x, y) {
            (Some(x), Some(y)) => Some(if x.compare(y) == wanted {
                x.clone()
            } else {
                y.clone()
            }),
            _ => None,
        };
        Self {
            lower: pick(&self.lower, &other.lower, Ordering::Less),
            upper: pick(&self.upper, &other.upper, Ordering::Greater),
            bits: self.bits.max(other.bits),
        }
    }

    /// The reals that both contain; `None` if there are none.
    #[must_use]
    pub fn common(&self, other: &Self) -> Option<Self> {
        let pick = |x: &Option<Dyadic>, y: &Option<Dyadic>, wanted: Ordering| match (x, y) {
            (Some(x), Some(y)) => Some(if x.compare(y) == wanted {
                x.clone()
            } else {
                y.clone()
            }),
            (x, None) => x.clone(),
            (None, y) => y.clone(),
        };
        Self::new(
            pick(&self.lower, &other.lower, Ordering::Greater),
            pick(&self.upper, &other.upper, Ordering::Less),
            self.bits.max(other.bits),
        )
    }

    fn ends(&self) -> (End, End) {
        let lower = self.lower.clone().map_or(End::MinusInfinity, End::Finite);
        let upper = self.upper.clone().map_or(End::PlusInfinity, End::Finite);
        (lower, upper)
    }

    /// |x|ⁿ for 0 ≤ x, by squaring: on nonnegative numbers products increase in
    /// both factors, so nothing is lost by repeating one.
    fn nonnegative_power(&self, n: u32) -> Option<Self> {
        let mut result = Self::integer(1, self.bits);
        for place in (0..u32::BITS - n.leading_zeros()).rev() {
            result = result.product(&result.clone())?;
            if (n >> place) & 1 == 1 {
                result = result.product(self)?;
            }
        }
        Some(result)
    }

    /// {|t| : t in x}.
    #[must_use]
    pub fn absolute(&self) -> Self {
        if self.certainly_nonnegative() {
            return self.clone();
        }
        let mirrored = self.negative();
        if mirrored.certainly_nonnegative() {
            return mirrored;
        }
        // 0 is inside.
        let upper = self.hull(&mirrored).upper;
        Self {
            lower: Some(Dyadic::zero()),
            upper,
            bits: self.bits,
        }
    }
}

impl Number for Interval {
    fn constant(&self, q: &Rational) -> Option<Self> {
        Self::between(Some(q), Some(q), self.bits)
    }

    fn pi(&self) -> Option<Self> {
        super::elementary::pi(self.bits)
    }

    fn negative(&self) -> Self {
        let end = |x: &Option<Dyadic>| x.as_ref().map(Dyadic::negative);
        Self {
            lower: end(&self.upper),
            upper: end(&self.lower),
            bits: self.bits,
        }
    }

    fn sum(&self, other: &Self) -> Option<Self> {
        let bits = self.bits.max(other.bits);
        let end = |x: &Option<Dyadic>, y: &Option<Dyadic>, round| match (x, y) {
            (Some(x), Some(y)) => x.sum(y, bits, round).map(Some),
            _ => Some(None),
        };
        Some(Self {
            lower: end(&self.lower, &other.lower, Round::Down)?,
            upper: end(&self.upper, &other.upper, Round::Up)?,
            bits,
        })
    }

    fn product(&self, other: &Self) -> Option<Self> {
        let bits = self.bits.max(other.bits);
        if let (Some(a), Some(b), Some(c), Some(d)) = (&self.lower, &self.upper, &other.lower, &other.upper)
            && a.sign() != Ordering::Less
            && c.sign() != Ordering::Less
        {
            // The common case: both operands bounded and nonnegative.
            let lower = a.product(c)?.rounded(bits, Round::Down)?;
            let upper = b.product(d)?.rounded(bits, Round::Up)?;
            return Some(Self {
                lower: Some(lower),
                upper: Some(upper),
                bits,
            });
        }
        // The extreme values of a product lie at corners.
        let ((a, b), (c, d)) = (self.ends(), other.ends());
        let first = a.product(&c)?;
        let (mut least, mut greatest) = (first.clone(), first);
        for corner in [a.product(&d)?, b.product(&c)?, b.product(&d)?] {
            if corner.compare(&least) == Ordering::Less {
                least = corner.clone();
            }
            if corner.compare(&greatest) == Ordering::Greater {
                greatest = corner;
            }
        }
        Some(Self {
            lower: least.rounded(bits, Round::Down)?,
            upper: greatest.rounded(bits, Round::Up)?,
            bits,
        })
    }

    /// `None` if the divisor may be 0.
    fn quotient(&self, other: &Self) -> Option<Self> {
        let bits = self.bits.max(other.bits);
        if other.negative().certainly_positive() {
            return self.negative().quotient(&other.negative());
        }
        if !other.certainly_positive() {
            return None;
        }
        // 0 < c ≤ y ≤ d: x/y is least at c or d, depending on the sign of x.
        let (c, d) = (other.lower.as_ref()?, other.upper.as_ref());
        let end = |x: &Option<Dyadic>, towards_zero: bool, round| match (x, towards_zero) {
            (None, _) => Some(None),
            (Some(x), false) => x.quotient(c, bits, round).map(Some),
            (Some(x), true) => match d {
                Some(d) => x.quotient(d, bits, round).map(Some),
                None => Some(Some(Dyadic::zero())),
            },
        };
        let lower_is_nonnegative = self.certainly_nonnegative();
        let upper_is_nonpositive = self.negative().certainly_nonnegative();
        Some(Self {
            lower: end(&self.lower, lower_is_nonnegative, Round::Down)?,
            upper: end(&self.upper, upper_is_nonpositive, Round::Up)?,
            bits,
        })
    }

    fn power(&self, n: u32) -> Option<Self> {
        if n.is_multiple_of(2) {
            return self.absolute().nonnegative_power(n);
        }
        if self.certainly_nonnegative() {
            return self.nonnegative_power(n);
        }
        let mirrored = self.negative();
        if mirrored.certainly_nonnegative() {
            return Some(mirrored.nonnegative_power(n)?.negative());
        }
        // 0 is inside, and xⁿ increases.
        let half = |end: &Option<Dyadic>| -> Option<Option<Dyadic>> {
            let part = Self {
                lower: Some(Dyadic::zero()),
                upper: end.clone(),
                bits: self.bits,
            };
            Some(part.nonnegative_power(n)?.upper)
        };
        let below = half(&mirrored.upper)?.as_ref().map(Dyadic::negative);
        Some(Self {
            lower: below,
            upper: half(&self.upper)?,
            bits: self.bits,
        })
    }

    /// `None` if a part may be negative.
    fn root(&self) -> Option<Self> {
        if !self.certainly_nonnegative() {
            return None;
        }
        let end = |x: &Option<Dyadic>, round| match x {
            Some(x) => x.root(self.bits, round).map(Some),
            None => Some(None),
        };
        Some(Self {
            lower: end(&self.lower, Round::Down)?,
            upper: end(&self.upper, Round::Up)?,
            bits: self.bits,
        })
    }

    fn asin(&self) -> Option<Self> {
        super::elementary::asin(self)
    }

    fn acos(&self) -> Option<Self> {
        self.pi()?.scaled(-1)?.difference(&self.asin()?)
    }

    fn atan(&self) -> Option<Self> {
        super::elementary::atan(self)
    }
}
