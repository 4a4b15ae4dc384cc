//! The blocks of the Hessian at a perturbed copy.

use super::common::Common;
use super::quadratic::{Linear, Quadratic, Value};
use super::{Family, Point};
use crate::arithmetic::Interval;
use crate::landscape::Symmetric;
use num_bigint::BigInt;
use num_traits::Zero;

/// A block.
#[derive(Debug, Clone)]
pub struct DenseBlock {
    /// Its name in the format.
    pub name: &'static str,
    /// How often it occurs, ≥ 1.
    pub times: BigInt,
    /// The block in orthonormal coordinates, in units of 4/π.
    pub matrix: Symmetric,
}

/// The coefficients of wwᵀ, vvᵀ and wvᵀ + vwᵀ in A(w, v).
pub struct Outer {
    /// Of wwᵀ.
    pub first: Value,
    /// Of vvᵀ.
    pub second: Value,
    /// Of wvᵀ + vwᵀ.
    pub mixed: Value,
}

impl Outer {
    /// From s, t, u and D.
    fn new(s: &Value, t: &Value, u: &Value, root: &Value) -> Self {
        let cube = root.square() * root;
        Self {
            first: u.times(2) / (s.square() * root) + u * t / (s * &cube),
            second: u / &cube,
            mixed: -(t / cube),
        }
    }
}

/// What second derivatives are made of.
pub struct Second {
    /// The quantities of the point.
    pub common: Common<Interval>,
    /// 1/D.
    pub inverse: Value,
    /// For another neuron.
    pub neuron: Outer,
    /// For the teachers of α, β, γ.
    pub teachers: [Outer; 3],
    /// The coefficient of w_i w_iᵀ in [w_i, w_i].
    pub rho: Value,
    /// What dw_i·w_i adds to [a_i, w_i] but for the terms of T(w_i, v) along v.
    pub omega: Value,
}

impl Second {
    /// At a point of the family.
    pub fn new(family: &Family, point: &Point<Interval>) -> Self {
        let common = Common::new(family, point);
        let Common {
            point: [alpha, beta, gamma, a],
            one,
            others,
            rest,
            s,
            u,
            root,
            roots: [near, middle, distant],
            h,
            pull,
            ..
        } = &common;
        let two = a.integer(2);
        let neuron = Outer::new(s, s, u, root);
        let teachers =
            [(alpha, near), (beta, middle), (gamma, distant)].map(|(x, root)| Outer::new(s, &two, x, root));
        // h′ = −(3s − 1)/(s²(2s − 1)√(2s − 1)) = −h (3s − 1)/(s(2s − 1)).
        let bend = -(h * (s.times(3) - one) / (s * (s.times(2) - one)));
        let [from_near, from_middle, from_distant] = &teachers;
        let sum = &from_near.first + others * &from_middle.first + rest * &from_distant.first;
        let rho = (a.square() * bend).times(2) + others * a.square() * &neuron.first - a * sum;
        let omega = a.times(2) * h - others * a * u / (s * root) + pull / s;
        Self {
            inverse: one / root,
            neuron,
            teachers,
            rho,
            omega,
            common,
        }
    }
}

/// The blocks, in the order of the format. `None` if the precision does not
/// suffice to form them.
#[must_use]
pub fn blocks(family: &Family, point: &Point<Interval>) -> Option<Vec<DenseBlock>> {
    let second = Second::new(family, point);
    let [n, m, extra] = [family.neurons.into(), family.rest(), family.extra.into()];
    let one = BigInt::from(1);
    let mut blocks = Vec::new();
    let mut push = |name: &'static str, times: BigInt, rows: Vec<Vec<Interval>>| {
        if times > BigInt::zero() {
            let matrix = Symmetric::new(rows)?;
            blocks.push(DenseBlock { name, times, matrix });
        }
        Some(())
    };
    let single = |x: Value| Some(vec![vec![x.0?]]);
    push("trivial", one.clone(), trivial(&second)?)?;
    push("neurons", &n - &one, neurons(&second, family)?)?;
    let Common {
        point: [alpha, beta, gamma, a],
        others,
        u,
        roots: [_, middle, distant],
        kappa,
        ..
    } = &second.common;
    let square = a.square() * &second.inverse;
    let even = kappa + others * &square;
    let odd = kappa - &square;
    let cubed = |x: &Value, root: &Value| a * x / (root.square() * root);
    let from_rest = cubed(gamma, distant);
    let antisymmetric = &odd - cubed(beta, middle);
    let cube = second.inverse.square() * &second.inverse;
    let symmetric = &antisymmetric + (a.square() * u * (alpha - beta).square() * cube).times(2);
    push("rest", &m - &one, single(&even - &from_rest)?)?;
    push(
        "neurons-rest",
        (&n - &one) * (&m - &one),
        single(&odd - &from_rest)?,
    )?;
    push("symmetric", &n * (&n - 3) / 2, single(symmetric)?)?;
    push(
        "antisymmetric",
        (&n - &one) * (&n - 2) / 2,
        single(antisymmetric)?,
    )?;
    push("unused", BigInt::clone(&extra), single(even)?)?;
    push("unused-neurons", (&n - &one) * &extra, single(odd)?)?;
    Some(blocks)
}

/// The block `trivial`: the family itself.
fn trivial(second: &Second) -> Option<Vec<Vec<Interval>>> {
    let Second {
        common,
        inverse,
        neuron,
        teachers: [from_near, from_middle, from_distant],
        rho,
        omega,
    } = second;
    let Common {
        point: [alpha, beta, gamma, a],
        one,
        others,
        fewer,
        rest,
        s,
        u,
        roots: [near, middle, distant],
        kappa,
        own,
        pair,
        ..
    } = common;
    let axis = |number| Linear::coordinate(number, 4, one);
    let (p, q) = (axis(0), axis(1));
    let r = one / others.root() * &axis(2);
    let g = one / rest.root() * &axis(3);
    let many = others * beta;
    let own_norm = alpha * &q + &(&many * &r) + &(rest * gamma * &g);
    let cross = beta * &q + &((alpha + fewer * beta) * &r) + &(rest * gamma * &g);
    let mut form = Quadratic::zero(4, one);
    form.add(&(own + others * pair), &p, &p);
    // [a_i, w_i] and [a_i, w_j].
    let step = others * a * inverse;
    let slope = (omega - &step * u / s) * &own_norm
        - &(one / near * &q)
        - &(others / middle * &r)
        - &(rest / distant * &g)
        + &(step.times(2) * &cross);
    form.add(&one.times(2), &p, &slope);
    // [w_i, w_i].
    let squares = |form: &mut Quadratic, on_q: Value, on_r: Value, on_g: Value| {
        form.add(&on_q, &q, &q);
        form.add(&(others * on_r), &r, &r);
        form.add(&(rest * on_g), &g, &g);
    };
    squares(&mut form, kappa.clone(), kappa.clone(), kappa.clone());
    form.add(rho, &own_norm, &own_norm);
    let weight = others * a.square();
    form.add(&(&weight * &neuron.second), &cross, &cross);
    form.add(&(&weight * neuron.mixed.times(2)), &own_norm, &cross);
    let [on_q, on_r, on_g] = [from_near, from_middle, from_distant].map(|outer| -(a * &outer.second));
    squares(&mut form, on_q, on_r, on_g);
    let drag =
        &from_near.mixed * &q + &(others * &from_middle.mixed * &r) + &(rest * &from_distant.mixed * &g);
    form.add(&a.times(-2), &own_norm, &drag);
    // [w_i, w_j].
    let flat = &weight * inverse;
    let cube = inverse.square() * inverse;
    form.add(&flat.times(2), &q, &r);
    form.add(&(&flat * fewer), &r, &r);
    form.add(&(&flat * rest), &g, &g);
    form.add(&(&weight * s * &cube).times(-2), &own_norm, &cross);
    let turned = weight * u * cube;
    form.add(&turned, &own_norm, &own_norm);
    form.add(&turned, &cross, &cross);
    form.rows()
}

/// The block `neurons`: neurons against each other.
fn neurons(second: &Second, family: &Family) -> Option<Vec<Vec<Interval>>> {
    let Second {
        common,
        inverse,
        neuron,
        teachers: [from_near, from_middle, from_distant],
        rho,
        omega,
    } = second;
    let Common {
        point: [alpha, beta, gamma, a],
        one,
        others,
        fewer,
        rest,
        s,
        u,
        roots: [near, middle, distant],
        kappa,
        own,
        pair,
        ..
    } = common;
    let count = if family.neurons == 2 { 4 } else { 5 };
    let axis = |number| Linear::coordinate(number, count, one);
    let (p, q) = (axis(0), axis(1));
    let turned = one / family.n(one, 0).times(2).root() * &axis(2);
    let (r, c) = if family.neurons == 2 {
        (turned.clone(), one.times(-1) * &turned)
    } else {
        let even = one / fewer.times(2).root() * &axis(4);
        (even.clone() + &turned, even - &turned)
    };
    let g = one / rest.root() * &axis(3);
    // The sum of a row but for its diagonal element.
    let row = others * &r - &c;
    let far = rest * gamma * &g;
    let own_norm = alpha * &q + &(beta * &row) + &far;
    let first = beta * &(q.clone() - &r - &c) + &((alpha + others * beta) * &r) + &far;
    let partner = (alpha - beta) * &c;
    let mut form = Quadratic::zero(count, one);
    form.add(&(own - pair), &p, &p);
    // [a_i, w_i] and [a_i, w_j].
    let step = a * inverse;
    let slope = (omega + &step * u / s) * &own_norm
        - &(one / near * &q)
        - &(one / middle * &row)
        - &(rest / distant * &g)
        + &(step * fewer * &(first.clone() + &partner));
    form.add(&one.times(2), &p, &slope);
    // [w_i, w_i].
    let squares = |form: &mut Quadratic, on_q: &Value, on_r: &Value, on_g: &Value| {
        form.add(on_q, &q, &q);
        form.add(&(others * on_r), &r, &r);
        form.add(&(others * on_r), &c, &c);
        form.add(&on_r.times(-2), &r, &c);
        form.add(&(rest * on_g), &g, &g);
    };
    squares(&mut form, kappa, kappa, kappa);
    form.add(rho, &own_norm, &own_norm);
    let weight = a.square();
    let outer = &weight * &neuron.second;
    form.add(&(others * &outer), &first, &first);
    form.add(&(others * &outer), &partner, &partner);
    form.add(&outer.times(-2), &first, &partner);
    let sum = others * &first - &partner;
    form.add(&(&weight * neuron.mixed.times(2)), &own_norm, &sum);
    let [on_q, on_r, on_g] = [from_near, from_middle, from_distant].map(|outer| -(a * &outer.second));
    squares(&mut form, &on_q, &on_r, &on_g);
    let drag = &from_near.mixed * &q + &(&from_middle.mixed * &row) + &(rest * &from_distant.mixed * &g);
    form.add(&a.times(-2), &own_norm, &drag);
    // [w_i, w_j].
    let flat = &weight * inverse;
    let cube = inverse.square() * inverse;
    let total = q.clone() - &r + &(others * &c);
    form.add(&flat, &total, &total);
    let less = -flat;
    squares(&mut form, &less, &less, &less);
    let sum = others * &partner - &first;
    form.add(&(&weight * s * &cube).times(-2), &own_norm, &sum);
    let steep = weight * u * cube;
    form.add(&(others * &steep).times(2), &first, &partner);
    let less = -steep;
    form.add(&less, &own_norm, &own_norm);
    form.add(&less, &first, &first);
    form.add(&less, &partner, &partner);
    form.rows()
}
