//! The quantities of which all formulas are made.

use super::{Family, Point};
use crate::arithmetic::{Checked, Number};

/// What belongs to a point of the family.
pub struct Common<N> {
    /// α, β, γ, a.
    pub point: Point<Checked<N>>,
    /// 1.
    pub one: Checked<N>,
    /// n − 1.
    pub others: Checked<N>,
    /// n − 2.
    pub fewer: Checked<N>,
    /// m = k − n.
    pub rest: Checked<N>,
    /// s = 1 + |w_i|².
    pub s: Checked<N>,
    /// u = w_i·w_j.
    pub u: Checked<N>,
    /// D = √(s² − u²).
    pub root: Checked<N>,
    /// D_α, D_β, D_γ.
    pub roots: [Checked<N>; 3],
    /// h.
    pub h: Checked<N>,
    /// Σ = Σ_p w_ip/D_p over all teachers p.
    pub pull: Checked<N>,
    /// κ.
    pub kappa: Checked<N>,
    /// asin(1 − 1/s).
    pub own: Checked<N>,
    /// asin(u/s).
    pub pair: Checked<N>,
}

impl<N: Number> Common<N> {
    /// At a point of the family.
    pub fn new(family: &Family, point: &Point<N>) -> Self {
        let point = point.clone().map(|x| Checked(Some(x)));
        let [alpha, beta, gamma, a] = &point;
        let (one, two) = (a.integer(1), a.integer(2));
        let (others, fewer, rest) = (family.n(a, -1), family.n(a, -2), family.m(a));
        let far = &rest * gamma.square();
        let s = &one + alpha.square() + &others * beta.square() + &far;
        let u = alpha * beta * &two + &fewer * beta.square() + far;
        // s² − u² = (s − u)(s + u), s − u = 1 + (α − β)².
        let gap = &one + (alpha - beta).square();
        let root = (gap * (&s + &u)).root();
        let roots = [alpha, beta, gamma].map(|x| (&s * &two - x.square()).root());
        let [near, middle, distant] = &roots;
        let h = &one / (&s * (&s * &two - &one).root());
        let pull = alpha / near + &others * beta / middle + &rest * gamma / distant;
        let kappa = a.square() * &h - &others * a.square() * &u / (&s * &root) + a * &pull / &s;
        let own = (&one - &one / &s).asin();
        let pair = (&u / &s).asin();
        Self {
            one,
            others,
            fewer,
            rest,
            s,
            u,
            root,
            roots,
            h,
            pull,
            kappa,
            own,
            pair,
            point,
        }
    }

    /// asin(α/√(2s)) + (n−1) asin(β/√(2s)) + m asin(γ/√(2s)).
    pub fn teachers(&self) -> Checked<N> {
        let [alpha, beta, gamma, _] = &self.point;
        let norm = self.s.times(2).root();
        let [alpha, beta, gamma] = [alpha, beta, gamma].map(|x| (x / &norm).asin());
        alpha + &self.others * beta + &self.rest * gamma
    }
}
