//! Loss and gradient of a student at points with square roots, exactly.
//!
//! Teachers are the first k unit vectors of R^d. With b and A of the activation,
//! s_i = 1 + b|w_i|², u_ij = w_i·w_j, and 1 + b for a teacher, the kernel gives the loss
//! (2A/π) times
//!
//! Σ_i a_i² asin(b|w_i|²/s_i) + Σ_{i≠j} a_i a_j asin(b u_ij/√(s_i s_j))
//!   − 2 Σ_{i,p} a_i asin(b w_ip/√(s_i (1+b))) + k asin(b/(1+b)).
//!
//! With D = √(s s′ − b²u²) for a pair, the derivative of asin(b u/√(s s′)) in the first
//! vector w, the other one being v, is (b/D)(v − (b u/s) w); that of asin(b|w|²/s) is
//! 2b w/(s √(1 + 2b|w|²)).

use super::{Activation, Surd};
use crate::number::{Rational, integer};
use num_traits::{One, Zero};
use std::collections::BTreeMap;

/// Weights a_i (rational) and w_i.
#[derive(Debug)]
pub struct Student<'a> {
    activation: &'a Activation,
    /// k ≤ d.
    teachers: usize,
    a: Vec<Rational>,
    w: Vec<Vec<Surd>>,
}

/// Σ q asin(√t), by t > 0.
#[derive(Debug, Clone, Default)]
pub(super) struct Arcsines(BTreeMap<Rational, Rational>);

impl Arcsines {
    /// Adds c·asin(x), the argument having one term.
    fn add(&mut self, c: &Rational, argument: &Surd) -> Option<()> {
        let (sign, square) = argument.as_signed_square()?;
        if square > Rational::one() {
            return None;
        }
        let entry = self.0.entry(square).or_insert_with(Rational::zero);
        *entry += c * sign;
        Some(())
    }

    /// Squares of arguments, and coefficients.
    #[cfg(test)]
    pub(super) fn terms(&self) -> impl Iterator<Item = (&Rational, &Rational)> {
        self.0.iter()
    }

    /// Every coefficient is 0. Then the sum is 0.
    fn is_zero(&self) -> bool {
        self.0.values().all(Zero::is_zero)
    }
}

fn dot(x: &[Surd], y: &[Surd]) -> Surd {
    x.iter()
        .zip(y)
        .fold(Surd::rational(Rational::zero()), |sum, (x, y)| {
            sum.sum(&x.product(y))
        })
}

impl<'a> Student<'a> {
    /// A student with these weights.
    #[must_use]
    pub fn new(activation: &'a Activation, teachers: usize, a: Vec<Rational>, w: Vec<Vec<Surd>>) -> Self {
        Self {
            activation,
            teachers,
            a,
            w,
        }
    }

    /// The copy-average configuration with these bucket sizes in
    /// d = Σ sizes + extra dimensions: a_i = l_i and w_i = r_i/√l_i times the sum of the bucket's
    /// teachers, r_i² = 1/(l_i + b(l_i − 1)).
    #[must_use]
    pub fn copy_average(activation: &'a Activation, sizes: &[u64], extra: usize) -> Option<Self> {
        let teachers = usize::try_from(sizes.iter().sum::<u64>()).ok()?;
        let dimension = teachers.checked_add(extra)?;
        let zero = Surd::rational(Rational::zero());
        let (mut a, mut w, mut first) = (Vec::new(), Vec::new(), 0_usize);
        for &size in sizes {
            let l = Rational::from_integer(size.into());
            let square = (&l + &activation.gain * (&l - integer(1))).recip() / &l;
            let component = Surd::root(&square)?;
            let behind = first.checked_add(usize::try_from(size).ok()?)?;
            let weights = (0..dimension)
                .map(|p| {
                    if (first..behind).contains(&p) {
                        component.clone()
                    } else {
                        zero.clone()
                    }
                })
                .collect();
            a.push(l);
            w.push(weights);
            first = behind;
        }
        Some(Self::new(activation, teachers, a, w))
    }

    /// The vectors w_i.
    #[cfg(test)]
    pub(super) fn weights(&self) -> &[Vec<Surd>] {
        &self.w
    }

    fn dimension(&self) -> usize {
        self.w.first().map_or(0, Vec::len)
    }

    fn teacher(&self, p: usize) -> Vec<Surd> {
        (0..self.dimension())
            .map(|q| Surd::rational(integer(i64::from(p == q))))
            .collect()
    }

    /// s = 1 + b|w|², which must be rational.
    fn norm(&self, w: &[Surd]) -> Option<Rational> {
        Some(integer(1) + &self.activation.gain * dot(w, w).as_rational()?)
    }

    /// b u/√(s s′).
    fn sine(&self, u: &Surd, s: &Rational, t: &Rational) -> Option<Surd> {
        u.scaled(&self.activation.gain).over_root(&(s * t))
    }

    /// The loss times π/(2A) minus Σ_i (l_i asin S − l_i² asin(S/l_i)), S = b/(1+b), is
    /// 0 for the bucket sizes l_i. `None` if a value has no exact form here.
    #[must_use]
    pub fn loss_is_additive(&self, sizes: &[u64]) -> Option<bool> {
        let mut sum = Arcsines::default();
        let neurons: Vec<(&Rational, &Vec<Surd>)> = self.a.iter().zip(&self.w).collect();
        let teacher_norm = integer(1) + &self.activation.gain;
        for (i, (a, w)) in neurons.iter().enumerate() {
            let s = self.norm(w)?;
            for (j, (other_a, other)) in neurons.iter().enumerate() {
                // The own term of a neuron is the case i = j.
                let t = self.norm(other)?;
                let u = if i == j { dot(w, w) } else { dot(w, other) };
                sum.add(&(*a * *other_a), &self.sine(&u, &s, &t)?)?;
            }
            for p in 0..self.teachers {
                let u = w.get(p)?;
                sum.add(&(integer(-2) * *a), &self.sine(u, &s, &teacher_norm)?)?;
            }
        }
        for p in 0..self.teachers {
            for q in 0..self.teachers {
                let u = Surd::rational(integer(i64::from(p == q)));
                sum.add(&integer(1), &self.sine(&u, &teacher_norm, &teacher_norm)?)?;
            }
        }
        let sine = self.activation.teacher_sine();
        for &size in sizes {
            let l = Rational::from_integer(size.into());
            sum.add(&-&l, &Surd::rational(sine.clone()))?;
            sum.add(&(&l * &l), &Surd::rational(&sine / &l))?;
        }
        Some(sum.is_zero())
    }

    /// The gradient in all weights is 0. `None` if a value has no exact form
    /// here.
    #[must_use]
    pub fn is_critical(&self) -> Option<bool> {
        for i in 0..self.a.len() {
            if !(self.slope_in_a(i)?.is_zero() && self.slope_in_w(i)?.iter().all(Surd::is_zero)) {
                return Some(false);
            }
        }
        Some(!self.a.is_empty())
    }

    /// ∂L/∂a_i divided by 2 (2A/π): Σ_j a_j asin(b u_ij/√(s_i s_j)) − Σ_p asin(b w_ip/√(s_i (1+b))).
    pub(super) fn slope_in_a(&self, i: usize) -> Option<Arcsines> {
        let w = self.w.get(i)?;
        let s = self.norm(w)?;
        let mut sum = Arcsines::default();
        for (a, other) in self.a.iter().zip(&self.w) {
            let t = self.norm(other)?;
            sum.add(a, &self.sine(&dot(w, other), &s, &t)?)?;
        }
        let t = integer(1) + &self.activation.gain;
        for p in 0..self.teachers {
            sum.add(&integer(-1), &self.sine(w.get(p)?, &s, &t)?)?;
        }
        Some(sum)
    }

    /// ∂L/∂w_i divided by 2 a_i b (2A/π):
    /// a_i w_i/(s √(1+2b|w|²)) + Σ_{j≠i} a_j (w_j − (b u_ij/s) w_i)/D_ij − Σ_p (v_p − (b w_ip/s) w_i)/D_ip.
    pub(super) fn slope_in_w(&self, i: usize) -> Option<Vec<Surd>> {
        let (a, w) = (self.a.get(i)?, self.w.get(i)?);
        let s = self.norm(w)?;
        let mut slope: Vec<Surd> = Vec::with_capacity(w.len());
        for component in w {
            // 1 + 2b|w|² = 2s − 1.
            let own = component
                .scaled(&(a / &s))
                .over_root(&(integer(2) * &s - integer(1)))?;
            slope.push(own);
        }
        for (j, (a, other)) in self.a.iter().zip(&self.w).enumerate() {
            if j != i {
                self.add_pair(&mut slope, a, w, &s, other, &self.norm(other)?)?;
            }
        }
        let t = integer(1) + &self.activation.gain;
        for p in 0..self.teachers {
            self.add_pair(&mut slope, &integer(-1), w, &s, &self.teacher(p), &t)?;
        }
        Some(slope)
    }

    /// Adds c (v − (b u/s) w)/D to `slope`, D² = s t − b²u².
    fn add_pair(
        &self,
        slope: &mut [Surd],
        c: &Rational,
        w: &[Surd],
        s: &Rational,
        v: &[Surd],
        t: &Rational,
    ) -> Option<()> {
        let b = &self.activation.gain;
        let u = dot(w, v);
        let square = u.product(&u).as_rational()?;
        let determinant = s * t - b * b * square;
        let along = u.scaled(&(-b / s));
        for ((sum, x), y) in slope.iter_mut().zip(v).zip(w) {
            let direction = x.sum(&along.product(y));
            *sum = sum.sum(&direction.scaled(c).over_root(&determinant)?);
        }
        Some(())
    }
}
