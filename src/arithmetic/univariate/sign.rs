//! The signs that a polynomial takes on an interval, decided exactly.

use super::roots::Sturm;
use super::{Root, Univariate};
use crate::arithmetic::{Rational, rational};
use num_traits::One;

/// An end of an interval of reals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bound {
    /// The end belongs to the interval.
    Closed(Rational),
    /// The end does not belong to the interval.
    Open(Rational),
    /// There is no end.
    Infinite,
}

impl Bound {
    /// The finite end point, whether it belongs to the interval or not.
    #[must_use]
    pub fn point(&self) -> Option<&Rational> {
        match self {
            Bound::Closed(q) | Bound::Open(q) => Some(q),
            Bound::Infinite => None,
        }
    }
}

/// Which signs a function takes on a set, each with a witness.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signs {
    /// A point of the set where the value is > 0, if there is one.
    pub positive_at: Option<Rational>,
    /// A point of the set where the value is < 0, if there is one.
    pub negative_at: Option<Rational>,
    /// A zero in the set, if there is one.
    pub zero_at: Option<Root>,
}

impl Signs {
    /// > 0 on the whole set.
    #[must_use]
    pub fn everywhere_positive(&self) -> bool {
        self.negative_at.is_none() && self.zero_at.is_none()
    }

    /// ≥ 0 on the whole set.
    #[must_use]
    pub fn everywhere_nonnegative(&self) -> bool {
        self.negative_at.is_none()
    }

    /// < 0 on the whole set.
    #[must_use]
    pub fn everywhere_negative(&self) -> bool {
        self.positive_at.is_none() && self.zero_at.is_none()
    }

    /// ≤ 0 on the whole set.
    #[must_use]
    pub fn everywhere_nonpositive(&self) -> bool {
        self.positive_at.is_none()
    }

    fn record(&mut self, sign: i32, point: &Rational) {
        let place = match sign {
            1.. => &mut self.positive_at,
            0 => {
                self.zero_at.get_or_insert_with(|| Root::Exact(point.clone()));
                return;
            }
            _ => &mut self.negative_at,
        };
        place.get_or_insert_with(|| point.clone());
    }
}

impl Univariate {
    /// The signs of the polynomial between two bounds; `None` if there is
    /// nothing between them.
    ///
    /// Between consecutive roots the sign is constant, so it is enough to find
    /// the roots (by bisection, counting with Sturm's theorem) and to evaluate
    /// at a rational in each gap.
    #[must_use]
    pub fn signs_on(&self, lower: &Bound, upper: &Bound) -> Option<Signs> {
        let mut signs = Signs::default();
        for end in [lower, upper] {
            if let Bound::Closed(q) = end {
                signs.record(self.sign_at(q), q);
            }
        }
        if let (Some(a), Some(b)) = (lower.point(), upper.point())
            && a >= b
        {
            let single = a == b && [lower, upper].iter().all(|end| matches!(end, Bound::Closed(_)));
            return single.then_some(signs);
        }
        let Some(bound) = self.root_bound() else {
            // The polynomial 0.
            signs.record(0, &inner_point(lower, upper));
            return Some(signs);
        };
        let one = Rational::one();
        let (from, to) = match (lower.point(), upper.point()) {
            (Some(a), Some(b)) => (a.clone(), b.clone()),
            (Some(a), None) => (a.clone(), (a + one).max(bound)),
            (None, Some(b)) => ((b - one).min(-bound), b.clone()),
            (None, None) => (-&bound, bound),
        };
        let sturm = Sturm::new(self);
        let mut open = vec![(from.clone(), to.clone(), sturm.count_inside(&from, &to))];
        while let Some((a, b, roots)) = open.pop() {
            let middle = (&a + &b) / rational::integer(2);
            let sign = self.sign_at(&middle);
            if roots == 0 {
                signs.record(sign, &middle);
                continue;
            }
            // With one root inside and signs known at both ends, all is known.
            let at_ends = (self.sign_at(&a), self.sign_at(&b));
            if roots == 1 && at_ends.0 != 0 && at_ends.1 != 0 {
                // The ends may be open ends of the whole interval, so witnesses
                // come from inside: halve until they are.
                let inside = a != from && b != to;
                if inside {
                    signs.record(at_ends.0, &a);
                    signs.record(at_ends.1, &b);
                    signs.zero_at.get_or_insert(Root::Between(a, b));
                    continue;
                }
            }
            signs.record(sign, &middle);
            let left = sturm.count_inside(&a, &middle);
            let right = roots - left - usize::from(sign == 0);
            open.push((middle.clone(), b, right));
            open.push((a, middle, left));
        }
        Some(signs)
    }
}

/// Some point strictly between two bounds that have points between them.
fn inner_point(lower: &Bound, upper: &Bound) -> Rational {
    match (lower.point(), upper.point()) {
        (Some(a), Some(b)) => (a + b) / rational::integer(2),
        (Some(a), None) => a + Rational::one(),
        (None, Some(b)) => b - Rational::one(),
        (None, None) => Rational::default(),
    }
}
