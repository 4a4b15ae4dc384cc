//! Sums of terms q·√m·π^j·Π asin(t)^e.

use crate::arithmetic::Scalar;
use crate::arithmetic::gmp::rational_from_gmp;
use crate::arithmetic::squares::square_free;
use rug::{Integer, Rational};
use std::cmp::Ordering;
use std::collections::{BTreeMap, btree_map::Entry};

/// Limits beyond which a value counts as not representable.
const MAX_TERMS: usize = 1000;
const MAX_BITS: u32 = 1 << 17;

/// The irrational factor √m·π^j·Π asin(t)^e of a term.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Symbols {
    /// Arguments t in ascending order, in (0, 1) without ½, and exponents e ≠ 0.
    arcsines: Vec<(Rational, i32)>,
    pi: i32,
    /// m, square-free and ≥ 1.
    radicand: Integer,
}

impl Symbols {
    fn none() -> Self {
        Self {
            arcsines: Vec::new(),
            pi: 0,
            radicand: Integer::from(1),
        }
    }

    fn is_none(&self) -> bool {
        self.arcsines.is_empty() && self.pi == 0 && self.radicand == 1
    }

    /// The product, as a rational (an integer) times symbols; `None` if an
    /// exponent leaves its range.
    fn multiply(&self, other: &Self) -> Option<(Integer, Self)> {
        // √m √n = g √((m/g)(n/g)) with g = gcd(m, n), square-free as m/g and
        // n/g are coprime.
        let common = Integer::from(self.radicand.gcd_ref(&other.radicand));
        let radicand = if common == 1 {
            Integer::from(&self.radicand * &other.radicand)
        } else {
            Integer::from(self.radicand.div_exact_ref(&common))
                * Integer::from(other.radicand.div_exact_ref(&common))
        };
        let mut arcsines = self.arcsines.clone();
        for (t, e) in &other.arcsines {
            match arcsines.binary_search_by(|(s, _)| s.cmp(t)) {
                Ok(place) => {
                    arcsines[place].1 = arcsines[place].1.checked_add(*e)?;
                    if arcsines[place].1 == 0 {
                        arcsines.remove(place);
                    }
                }
                Err(place) => arcsines.insert(place, (t.clone(), *e)),
            }
        }
        let pi = self.pi.checked_add(other.pi)?;
        Some((
            common,
            Self {
                arcsines,
                pi,
                radicand,
            },
        ))
    }
}

/// A sum of terms with nonzero rational coefficients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form(BTreeMap<Symbols, Rational>);

impl Form {
    fn term(q: Rational, symbols: Symbols) -> Self {
        let mut form = Self(BTreeMap::new());
        form.insert(symbols, q);
        form
    }

    fn insert(&mut self, symbols: Symbols, q: Rational) {
        match self.0.entry(symbols) {
            Entry::Vacant(place) if q.cmp0() != Ordering::Equal => {
                place.insert(q);
            }
            Entry::Vacant(_) => {}
            Entry::Occupied(mut place) => {
                *place.get_mut() += q;
                if place.get().cmp0() == Ordering::Equal {
                    place.remove();
                }
            }
        }
    }

    pub(super) fn rational(q: &Rational) -> Self {
        Self::term(q.clone(), Symbols::none())
    }

    /// π·p/q.
    pub(super) fn pi_times(p: i64, q: i64) -> Self {
        Self::term(
            Rational::from((p, q)),
            Symbols {
                pi: 1,
                ..Symbols::none()
            },
        )
    }

    /// The form, unless it is too large.
    pub(super) fn within_limits(self) -> Option<Self> {
        let large =
            |q: &Rational| q.numer().significant_bits() > MAX_BITS || q.denom().significant_bits() > MAX_BITS;
        let fits = self.0.len() <= MAX_TERMS && !self.0.values().any(large);
        fits.then_some(self)
    }

    /// See [`Surd::is_zero`](super::Surd::is_zero).
    pub(super) fn is_zero(&self) -> Option<bool> {
        match self.0.len() {
            0 => Some(true),
            1 => Some(false),
            _ if self.0.keys().all(|symbols| symbols.arcsines.is_empty()) => Some(false),
            _ => None,
        }
    }

    pub(super) fn as_rational(&self) -> Option<Rational> {
        match self.single() {
            Some((symbols, q)) => symbols.is_none().then(|| q.clone()),
            None => self.0.is_empty().then(Rational::new),
        }
    }

    fn single(&self) -> Option<(&Symbols, &Rational)> {
        if self.0.len() == 1 {
            self.0.iter().next()
        } else {
            None
        }
    }

    pub(super) fn negated(&self) -> Self {
        Self(
            self.0
                .iter()
                .map(|(symbols, q)| (symbols.clone(), Rational::from(-q)))
                .collect(),
        )
    }

    pub(super) fn add(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        for (symbols, q) in &other.0 {
            sum.insert(symbols.clone(), q.clone());
        }
        sum
    }

    pub(super) fn multiply(&self, other: &Self) -> Option<Self> {
        if self.0.len().checked_mul(other.0.len())? > MAX_TERMS * MAX_TERMS / 10 {
            return None;
        }
        let mut product = Self(BTreeMap::new());
        for (s, p) in &self.0 {
            for (t, q) in &other.0 {
                let (factor, symbols) = s.multiply(t)?;
                product.insert(symbols, Rational::from(p * q) * factor);
            }
        }
        Some(product)
    }

    /// 1/(q√m π^j Π asin(t)^e) = (1/(qm)) √m π^(−j) Π asin(t)^(−e).
    pub(super) fn reciprocal(&self) -> Option<Self> {
        let (symbols, q) = self.single()?;
        let negated = symbols
            .arcsines
            .iter()
            .map(|(t, e)| Some((t.clone(), e.checked_neg()?)));
        let inverse = Symbols {
            arcsines: negated.collect::<Option<_>>()?,
            pi: symbols.pi.checked_neg()?,
            radicand: symbols.radicand.clone(),
        };
        Some(Self::term(Rational::from(q * &symbols.radicand).recip(), inverse))
    }

    /// √q for a rational q ≥ 0: √(a/b) with coprime a, b is √a·√b/b.
    pub(super) fn root(q: &Rational) -> Option<Self> {
        if q.cmp0() == Ordering::Equal {
            return Some(Self::rational(q));
        }
        let (a, m) = square_free(q.numer())?;
        let (b, n) = square_free(q.denom())?;
        let coefficient = Rational::from((a, b * &n));
        Some(Self::term(
            coefficient,
            Symbols {
                radicand: m * n,
                ..Symbols::none()
            },
        ))
    }

    /// arcsin of the value, an odd function.
    pub(super) fn arcsine(&self) -> Option<Self> {
        let Some((symbols, q)) = self.single() else {
            // arcsin 0 = 0.
            return self.0.is_empty().then(|| self.clone());
        };
        if !symbols.arcsines.is_empty() || symbols.pi != 0 {
            return None;
        }
        let size = q.clone().abs();
        let positive = if symbols.radicand == 1 {
            match size.cmp(&Rational::from(1)) {
                Ordering::Greater => return None,
                Ordering::Equal => Self::pi_times(1, 2),
                Ordering::Less if size == Rational::from((1, 2)) => Self::pi_times(1, 6),
                Ordering::Less => {
                    let arcsines = vec![(size, 1)];
                    Self::term(
                        Rational::from(1),
                        Symbols {
                            arcsines,
                            ..Symbols::none()
                        },
                    )
                }
            }
        } else if size == Rational::from((1, 2)) && symbols.radicand == 2 {
            Self::pi_times(1, 4)
        } else if size == Rational::from((1, 2)) && symbols.radicand == 3 {
            Self::pi_times(1, 3)
        } else {
            return None;
        };
        Some(if q.cmp0() == Ordering::Less {
            positive.negated()
        } else {
            positive
        })
    }

    pub(super) fn enclose<T: Scalar>(&self, context: &T) -> T {
        let mut sum = context.zero();
        for (symbols, q) in &self.0 {
            let mut term = context.rational(&rational_from_gmp(q));
            if symbols.radicand != 1 {
                let radicand = rational_from_gmp(&Rational::from(&symbols.radicand));
                term = term * context.rational(&radicand).sqrt();
            }
            if symbols.pi != 0 {
                term = term * context.pi().powi(symbols.pi);
            }
            for (t, e) in &symbols.arcsines {
                term = term * context.rational(&rational_from_gmp(t)).asin().powi(*e);
            }
            sum = sum + term;
        }
        sum
    }
}
