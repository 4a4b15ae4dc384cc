//! Names for neurons and students.
//!
//! **The rule for a neuron.** Let s = ±1 be the sign of a, so that (s a, s w) has
//! a positive outer weight; both mean the same neuron. In this order:
//!
//! 1. *dead*: the standard deviation |a| √G(|w|²) of its output is below
//!    [`DEAD`] times that of a teacher;
//! 2. *diverging* or *duplicated*: another neuron, which is not dead, has the
//!    weights s′ w′ with |w − s′w′| ≤ [`PARALLEL`] |w + s′w′|; diverging if the
//!    outer weights nearly cancel and are large;
//! 3. It *serves* the teachers p with s w_p ≥ ½ max_q s w_q > 0, ℓ of them. It is
//!    a *copy* (ℓ = 1) or *average* (ℓ ≥ 2) if s a and all entries of s w differ
//!    from those of the optimum for these teachers alone by at most [`EXACT`] (a
//!    relative to ℓ);
//! 4. *approximate copy* or *average* if no other |w_q| exceeds [`CLEAR`] times
//!    the least served one;
//! 5. *unknown* otherwise.
//!
//! **The rule for a student** at a critical point: *C-A* if all neurons are
//! copies or averages and serve every teacher exactly once; *P-n-C* if all are
//! approximate copies of different teachers, n < k, and, renamed, agree with one
//! student w_i = α e_i + β Σ e_j + γ Σ e_p, a_i = a up to [`EXACT`] with α > 0,
//! β < 0, γ > 0; *other* otherwise.

use super::channel::{self, apart};
use super::names::{Class, NamedNeuron, NeuronName, What};
use super::stopped::Stopped;

/// Output of a dead neuron, relative to a teacher's.
pub const DEAD: f64 = 1e-3;

/// How parallel duplicated neurons are.
pub const PARALLEL: f64 = 1e-3;

/// Distance from an exact configuration.
pub const EXACT: f64 = 1e-4;

/// The largest entry that is not served, relative to the least that is.
pub const CLEAR: f64 = 0.5;

/// Margins are cut off here: the distance may be 0.
const LARGEST_MARGIN: f64 = 1e12;

/// The optimum for ℓ teachers alone, from the theory: a = ℓ and the entry of w
/// on each of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Optimum {
    /// b = 2β² of the activation.
    pub gain: f64,
}

impl Optimum {
    /// 1/√(ℓ (ℓ + b(ℓ − 1))).
    fn entry(self, size: usize) -> f64 {
        let size = size as f64;
        1.0 / (size * (size + self.gain * (size - 1.0))).sqrt()
    }

    /// √G(q), up to a constant factor.
    fn deviation(self, squared_norm: f64) -> f64 {
        let q = self.gain * squared_norm;
        core_math::asin(q / (1.0 + q)).sqrt()
    }
}

/// What a student is.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The student as a whole.
    pub class: Class,
    /// The least margin of all rules that led to the class.
    pub margin: f64,
    /// Its neurons, in order.
    pub neurons: Vec<NamedNeuron>,
}

/// Names the neurons of a student, and the student.
///
/// `parameters` are n + n d finite numbers; k ≤ d.
#[must_use]
pub fn classify(
    parameters: &[f64],
    neurons: usize,
    teachers: usize,
    optimum: Optimum,
    stopped: Stopped,
) -> Named {
    let (a, w) = parameters.split_at(neurons);
    let dimension = w.len() / neurons.max(1);
    let rows: Vec<&[f64]> = w.chunks_exact(dimension.max(1)).collect();
    let student = Student {
        outgoing: a,
        rows: &rows,
        teachers,
        optimum,
        diverging: channel::diverging_pair(parameters, neurons),
    };
    let named: Vec<NamedNeuron> = (0..neurons).map(|i| student.name(i)).collect();
    let (class, margin) = student.class(&named, stopped);
    Named {
        class,
        margin: finite(margin),
        neurons: named,
    }
}

struct Student<'a> {
    outgoing: &'a [f64],
    rows: &'a [&'a [f64]],
    teachers: usize,
    optimum: Optimum,
    diverging: Option<channel::Pair>,
}

fn finite(margin: f64) -> f64 {
    if margin <= LARGEST_MARGIN {
        margin
    } else {
        LARGEST_MARGIN
    }
}

impl Student<'_> {
    /// |a| √G, relative to a teacher's.
    fn output(&self, i: usize) -> f64 {
        let square: f64 = self.rows[i].iter().map(|x| x * x).sum();
        self.outgoing[i].abs() * self.optimum.deviation(square) / self.optimum.deviation(1.0)
    }

    /// The least distance in direction to another neuron that is not dead.
    fn nearest(&self, i: usize) -> f64 {
        let mut nearest = f64::INFINITY;
        for j in (0..self.rows.len()).filter(|&j| j != i && self.output(j) >= DEAD) {
            for sign in [1.0, -1.0] {
                nearest = nearest.min(apart(self.rows[i], self.rows[j], sign));
            }
        }
        nearest
    }

    fn name(&self, i: usize) -> NamedNeuron {
        let w = self.rows[i];
        let sign = if self.outgoing[i] < 0.0 { -1.0 } else { 1.0 };
        let outgoing = sign * self.outgoing[i];
        let norm = w.iter().map(|x| x * x).sum::<f64>().sqrt();
        let mut named = NamedNeuron {
            name: NeuronName::Unknown,
            teachers: Vec::new(),
            sign: if sign < 0.0 { -1 } else { 1 },
            outgoing,
            norm,
            distance: 0.0,
            margin: 1.0,
        };
        let output = self.output(i);
        if output < DEAD {
            named.name = NeuronName::Dead;
            named.margin = finite(DEAD / output);
            return named;
        }
        let largest = w[..self.teachers]
            .iter()
            .fold(0.0_f64, |most, x| most.max(sign * x));
        let served: Vec<usize> = (0..self.teachers)
            .filter(|&p| sign * w[p] >= 0.5 * largest && largest > 0.0)
            .collect();
        if served.is_empty() {
            named.margin = finite(output / DEAD);
            return named;
        }
        let entry = self.optimum.entry(served.len());
        let outer = (outgoing / served.len() as f64 - 1.0).abs();
        named.distance = (0..w.len()).fold(outer, |most, x| {
            let exact = if served.contains(&x) { entry } else { 0.0 };
            most.max((sign * w[x] - exact).abs())
        });
        let nearest = self.nearest(i);
        if self
            .diverging
            .is_some_and(|pair| pair.size >= channel::LARGE && (pair.first == i || pair.second == i))
        {
            named.name = NeuronName::Diverging;
            named.margin = self
                .diverging
                .map_or(1.0, |pair| finite(pair.size / channel::LARGE));
            return named;
        }
        if nearest <= PARALLEL {
            named.name = NeuronName::Duplicated;
            named.margin = finite(PARALLEL / nearest);
            return named;
        }
        let apart = nearest / PARALLEL;
        let (copy, approximate) = if served.len() == 1 {
            (NeuronName::Copy, NeuronName::ApproximateCopy)
        } else {
            (NeuronName::Average, NeuronName::ApproximateAverage)
        };
        let least = served
            .iter()
            .fold(f64::INFINITY, |least, &p| least.min(sign * w[p]));
        let beyond = (0..w.len())
            .filter(|x| !served.contains(x))
            .fold(0.0_f64, |most, x| most.max(w[x].abs()));
        if named.distance <= EXACT {
            named.name = copy;
            named.margin = finite((EXACT / named.distance).min(apart));
        } else if beyond <= CLEAR * least {
            named.name = approximate;
            let clear = CLEAR * least / beyond;
            named.margin = finite((named.distance / EXACT).min(clear).min(apart));
        } else {
            named.margin = finite((named.distance / EXACT).min(beyond / (CLEAR * least)));
            return named;
        }
        named.teachers = served;
        named
    }

    fn class(&self, named: &[NamedNeuron], stopped: Stopped) -> (Class, f64) {
        let least = named.iter().fold(f64::INFINITY, |least, n| least.min(n.margin));
        let other = |what| Class::Other { what };
        let any = |name| named.iter().any(|neuron| neuron.name == name);
        if stopped == Stopped::ChannelToInfinity {
            return (other(What::ChannelToInfinity), least);
        }
        if !stopped.is_critical() && stopped != Stopped::Stalled {
            return (other(What::Unfinished), least);
        }
        for (name, what) in [
            (NeuronName::Diverging, What::ChannelToInfinity),
            (NeuronName::Dead, What::Dead),
            (NeuronName::Duplicated, What::Duplicated),
            (NeuronName::Unknown, What::Unknown),
        ] {
            if any(name) {
                return (other(what), least);
            }
        }
        let mut times = vec![0_u64; self.teachers];
        for &p in named.iter().flat_map(|neuron| &neuron.teachers) {
            times[p] += 1;
        }
        let exact = named
            .iter()
            .all(|n| matches!(n.name, NeuronName::Copy | NeuronName::Average));
        if exact && times.iter().all(|&times| times == 1) {
            let mut parts: Vec<u64> = named.iter().map(|neuron| neuron.teachers.len() as u64).collect();
            parts.sort_unstable_by(|x, y| y.cmp(x));
            return (Class::CopyAverage { parts }, least);
        }
        let copies = named.iter().all(|n| n.name == NeuronName::ApproximateCopy);
        if copies && named.len() < self.teachers && times.iter().all(|&times| times <= 1) {
            let distance = self.distance_from_perturbed_copies(named);
            if let Some(distance) = distance.filter(|&distance| distance <= EXACT) {
                return (Class::PerturbedCopies, least.min(EXACT / distance));
            }
        }
        (other(What::Mixed), least)
    }

    /// The largest difference from the perturbed copies with the averages of
    /// α, β, γ and a; `None` if these do not have the right signs.
    fn distance_from_perturbed_copies(&self, named: &[NamedNeuron]) -> Option<f64> {
        let copied: Vec<usize> = named.iter().filter_map(|n| n.teachers.first().copied()).collect();
        let is_copied: Vec<bool> = (0..self.teachers).map(|p| copied.contains(&p)).collect();
        // 0 for α, 1 for β, 2 for γ; beyond the teachers 0 is expected.
        let kind = |i: usize, x: usize| match is_copied.get(x) {
            _ if x == copied[i] => Some(0),
            Some(true) => Some(1),
            Some(false) => Some(2),
            None => None,
        };
        let mut sums = [(0.0, 0.0); 3];
        for (i, row) in self.rows.iter().enumerate() {
            for (x, entry) in row.iter().enumerate() {
                if let Some(kind) = kind(i, x) {
                    sums[kind].0 += f64::from(named[i].sign) * entry;
                    sums[kind].1 += 1.0;
                }
            }
        }
        let [alpha, beta, gamma] = sums.map(|(sum, count)| sum / count);
        if !(alpha > 0.0 && beta < 0.0 && gamma > 0.0) {
            return None;
        }
        let outer = named.iter().map(|n| n.outgoing).sum::<f64>() / named.len() as f64;
        let mut most = named
            .iter()
            .fold(0.0_f64, |most, n| most.max((n.outgoing - outer).abs()));
        for (i, row) in self.rows.iter().enumerate() {
            for (x, entry) in row.iter().enumerate() {
                let exact = kind(i, x).map_or(0.0, |kind| [alpha, beta, gamma][kind]);
                most = most.max((f64::from(named[i].sign) * entry - exact).abs());
            }
        }
        Some(most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ERF: Optimum = Optimum { gain: 1.0 };

    fn named(outgoing: &[f64], rows: &[&[f64]], teachers: usize) -> Named {
        let parameters: Vec<f64> = outgoing
            .iter()
            .chain(rows.iter().copied().flatten())
            .copied()
            .collect();
        classify(&parameters, outgoing.len(), teachers, ERF, Stopped::Converged)
    }

    /// A copy with negative sign and an average of two, exactly.
    #[test]
    fn copies_and_averages_up_to_sign() {
        let x = 1.0 / 6.0_f64.sqrt();
        let found = named(&[2.0, -1.0], &[&[x, 0.0, x], &[0.0, -1.0, 0.0]], 3);
        assert_eq!(found.class, Class::CopyAverage { parts: vec![2, 1] });
        assert_eq!(found.neurons[0].name, NeuronName::Average);
        assert_eq!(found.neurons[0].teachers, [0, 2]);
        assert_eq!(
            (found.neurons[1].name, found.neurons[1].sign),
            (NeuronName::Copy, -1)
        );
        assert!(found.margin > 100.0);
        // The same off by more than the rule allows.
        let off = named(&[2.0, -1.001], &[&[x, 0.0, x], &[0.0, -1.0, 0.0]], 3);
        assert_eq!(off.neurons[1].name, NeuronName::ApproximateCopy);
        assert_eq!(off.class, Class::Other { what: What::Mixed });
    }

    #[test]
    fn perturbed_copies_need_the_right_signs() {
        let (alpha, gamma, a) = (0.9, 0.2, 1.1);
        let rows = |beta: f64| [[alpha, beta, gamma], [-beta, -alpha, -gamma]];
        let found = |beta: f64| {
            let rows = rows(beta);
            named(&[a, -a], &[&rows[0], &rows[1]], 3).class
        };
        assert_eq!(found(-0.1), Class::PerturbedCopies);
        assert_eq!(found(0.1), Class::Other { what: What::Mixed });
    }

    #[test]
    fn unusual_neurons_are_named() {
        let dead = named(&[1.0, 1e-6], &[&[1.0, 0.0, 0.0], &[0.0, 1.0, 0.0]], 3);
        assert_eq!(dead.neurons[1].name, NeuronName::Dead);
        assert_eq!(dead.class, Class::Other { what: What::Dead });
        let twice = named(&[0.4, -0.6], &[&[1.0, 0.0], &[-1.0, 0.0]], 2);
        assert_eq!(
            twice.class,
            Class::Other {
                what: What::Duplicated
            }
        );
        let diverging = named(&[40.0, -39.0], &[&[1.0, 0.01], &[1.0, 0.0]], 2);
        assert_eq!(diverging.neurons[0].name, NeuronName::Diverging);
        assert_eq!(
            diverging.class,
            Class::Other {
                what: What::ChannelToInfinity
            }
        );
        let unclear = named(&[1.0], &[&[1.0, -0.9]], 2);
        assert_eq!(unclear.neurons[0].name, NeuronName::Unknown);
    }
}
