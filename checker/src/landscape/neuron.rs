//! The exact numbers of one bucket at a copy-average configuration, erf(x/√2).

use crate::number::{Rational, integer};
use num_traits::Signed;

/// A neuron for l teachers: a = l, w = r f with the bucket's unit vector f.
#[derive(Debug, Clone)]
pub struct Neuron {
    /// l ≥ 1.
    pub size: Rational,
    /// 2l − 1.
    pub odd: Rational,
    /// r² = |w|² = 1/(2l − 1).
    pub square: Rational,
    /// s = 1 + r².
    pub norm: Rational,
    /// u² = r²/l: the square of w's entry at each of its l teachers.
    pub entry_square: Rational,
    /// D² = 2s − u², of the neuron and one of its teachers.
    pub distance_square: Rational,
    /// R² = 4l² − 1.
    pub root_square: Rational,
}

impl Neuron {
    /// For l = `size` ≥ 1.
    #[must_use]
    pub fn new(size: u64) -> Self {
        let size = Rational::from_integer(size.into());
        let odd = integer(2) * &size - integer(1);
        let square = integer(1) / &odd;
        let norm = integer(1) + &square;
        let entry_square = &square / &size;
        let distance_square = integer(2) * &norm - &entry_square;
        let root_square = integer(4) * &size * &size - integer(1);
        Self {
            size,
            odd,
            square,
            norm,
            entry_square,
            distance_square,
            root_square,
        }
    }

    /// The identities (C1) to (C5) of `docs/certificate.md` hold, by which the
    /// gradient is 0. (Squares of positive numbers are compared.)
    #[must_use]
    pub fn is_critical(&self) -> bool {
        let (l, s) = (&self.size, &self.norm);
        let squared = |q: Rational| &q * &q;
        let positive = [
            l,
            s,
            &self.odd,
            &self.entry_square,
            &self.distance_square,
            &self.root_square,
        ]
        .into_iter()
        .all(Signed::is_positive);
        let linear_part = l * l * &self.square / s == l / integer(2);
        let sines = &self.entry_square / (integer(2) * s) == squared(integer(1) - integer(1) / s);
        let slope =
            integer(1) / (integer(2) * s - integer(1)) == squared(self.odd.clone()) / &self.root_square;
        let tangent = &self.entry_square / &self.distance_square == integer(1) / &self.root_square;
        let radial = squared(l * l / s * integer(2) * l) / &self.root_square * &self.square
            == l * l * l / &self.distance_square;
        positive && linear_part && sines && slope && tangent && radial
    }

    /// z² = l²/s.
    #[must_use]
    pub fn coupling(&self) -> Rational {
        &self.size * &self.size / &self.norm
    }

    /// R e = 2l z².
    #[must_use]
    pub fn outside(&self) -> Rational {
        integer(2) * &self.size * self.coupling()
    }

    /// R e° = R e − R l u/D³, with R u/D = 1 by (C4).
    #[must_use]
    pub fn inside(&self) -> Rational {
        self.outside() - &self.size / &self.distance_square
    }

    /// R g, with R h = (2l − 1)/s and R/√(2s−1) = 2l − 1 by (C3), R u/D = 1 by (C4):
    /// R e° + l² r² (2 R h′ − 2/s² − 2/(s D²)) + 4l²/D² · (R u/D).
    #[must_use]
    pub fn along(&self) -> Rational {
        let (l, s) = (&self.size, &self.norm);
        let two = integer(2);
        let slope = -(integer(3) * s - integer(1)) / (s * s * (&two * s - integer(1))) * &self.odd;
        let bracket = &two * slope - &two / (s * s) - &two / (s * &self.distance_square);
        self.inside() + l * l * &self.square * bracket + integer(4) * l * l / &self.distance_square
    }
}

#[cfg(test)]
mod tests {
    use super::Neuron;
    use crate::number::{Rational, ratio};

    #[test]
    fn closed_forms() {
        for size in [1, 2, 3, 10, 12345, 999_999_999_999] {
            let neuron = Neuron::new(size);
            assert!(neuron.is_critical());
            let l = Rational::from_integer(size.into());
            let q = |p: i64| ratio(p, 1);
            let double = q(2) * &l;
            assert_eq!(neuron.coupling(), &l * (&double - q(1)) / q(2));
            assert_eq!(neuron.distance_square, (&double + q(1)) / &l);
            let inside = &l * &l * (q(4) * &l * &l - q(2)) / (&double + q(1));
            assert_eq!(neuron.inside(), inside);
            // g = l²((2l−1)/(2l+1))^(3/2) = l² (2l−1)²/((2l+1) R).
            let along = &l * &l * (&double - q(1)) * (&double - q(1)) / (&double + q(1));
            assert_eq!(neuron.along(), along);
        }
        // A wrong norm is noticed.
        let mut wrong = Neuron::new(3);
        wrong.norm += ratio(1, 1_000_000);
        assert!(!wrong.is_critical());
    }
}
