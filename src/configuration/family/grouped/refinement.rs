//! Groups and classes split further: a few neurons and inputs are singled out,
//! and directions may differ on them.
//!
//! The loss along such directions, and so every block of the Hessian, follows
//! from the same formula as the loss of the family itself.

use super::loss::{Inputs, Shape, loss};
use super::{Layout, Weights};
use crate::arithmetic::{Jet, Scalar};
use crate::configuration::blocks::SymmetricMatrix;

/// Neurons of a finer group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Neuron {
    /// The group of the layout.
    pub group: usize,
    /// 1, 2, … if it is singled out; 0 for all the others.
    pub label: u64,
}

/// Inputs of a finer class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Input {
    /// The class of the layout, or the number of classes for unused inputs.
    pub class: usize,
    pub owner: Option<Neuron>,
    /// 1, 2, … if it is singled out within its class (and owner); 0 for all the
    /// others.
    pub label: u64,
}

/// What is singled out.
#[derive(Debug, Clone, Default)]
pub(super) struct Split {
    /// Groups, and how many of their neurons.
    pub neurons: Vec<(usize, u64)>,
    /// A class, and how many of its inputs (the first singled-out owner's, if it
    /// is owned).
    pub inputs: Option<(usize, u64)>,
}

/// A finer layout.
pub(super) struct Refinement<'a> {
    layout: &'a Layout,
    shape: Shape,
    neurons: Vec<Neuron>,
    inputs: Vec<Input>,
}

/// `total` things as 1, …, `single` and the rest, labelled 0, with their
/// numbers.
fn parts(total: u64, single: u64) -> impl Iterator<Item = (u64, u64)> {
    let rest = (total > single).then(|| (0, total.saturating_sub(single)));
    (1..=single).map(|label| (label, 1)).chain(rest)
}

impl Layout {
    /// The numbers of neurons and inputs, without unused ones.
    pub(super) fn shape(&self) -> Shape {
        Shape {
            groups: self.groups.iter().map(|group| group.neurons).collect(),
            classes: self
                .classes
                .iter()
                .map(|class| Inputs {
                    owner: class.owner,
                    inputs: class.inputs,
                    taught: true,
                })
                .collect(),
        }
    }

    pub(super) fn refined(&self, split: &Split) -> Refinement<'_> {
        let (mut neurons, mut groups) = (Vec::new(), Vec::new());
        for (group, of) in self.groups.iter().enumerate() {
            let single = split.neurons.iter().find(|(g, _)| *g == group);
            for (label, number) in parts(of.neurons, single.map_or(0, |(_, single)| *single)) {
                neurons.push(Neuron { group, label });
                groups.push(number);
            }
        }
        let (mut inputs, mut classes) = (Vec::new(), Vec::new());
        let mut push = |input: Input, owner: Option<usize>, number: u64, taught: bool| {
            inputs.push(input);
            classes.push(Inputs {
                owner,
                inputs: number,
                taught,
            });
        };
        let single = |class: usize| match split.inputs {
            Some((c, single)) if c == class => single,
            _ => 0,
        };
        for (class, of) in self.classes.iter().enumerate() {
            let Some(group) = of.owner else {
                for (label, number) in parts(of.inputs, single(class)) {
                    let owner = None;
                    push(Input { class, owner, label }, None, number, true);
                }
                continue;
            };
            for (at, neuron) in neurons.iter().enumerate().filter(|(_, x)| x.group == group) {
                let single = if neuron.label == 1 { single(class) } else { 0 };
                for (label, number) in parts(of.inputs, single) {
                    let owner = Some(*neuron);
                    push(Input { class, owner, label }, Some(at), number, true);
                }
            }
        }
        let unused = self.classes.len();
        if single(unused) > 0 {
            let input = Input {
                class: unused,
                owner: None,
                label: 1,
            };
            push(input, None, 1, false);
        }
        Refinement {
            layout: self,
            shape: Shape { groups, classes },
            neurons,
            inputs,
        }
    }
}

impl Refinement<'_> {
    /// The direction with the given outgoing weights and weights; the latter are
    /// asked for with `true` where the neuron owns the input itself.
    pub(super) fn direction<T: Scalar>(
        &self,
        zero: &T,
        outgoing: impl Fn(Neuron) -> Option<T>,
        weight: impl Fn(Neuron, Input, bool) -> Option<T>,
    ) -> Weights<T> {
        let table = |own: bool| {
            let row = |&neuron: &Neuron| -> Vec<T> {
                let entry = |&input: &Input| {
                    let itself = own && input.owner == Some(neuron);
                    weight(neuron, input, itself).unwrap_or_else(|| zero.clone())
                };
                self.inputs.iter().map(entry).collect()
            };
            self.neurons.iter().map(row).collect()
        };
        Weights {
            outgoing: self
                .neurons
                .iter()
                .map(|&neuron| outgoing(neuron).unwrap_or_else(|| zero.clone()))
                .collect(),
            own: table(true),
            cross: table(false),
        }
    }

    /// The Hessian along orthonormal directions at a student of the layout.
    pub(super) fn second_variation<T: Scalar>(
        &self,
        at: &Weights<T>,
        directions: &[Weights<T>],
    ) -> SymmetricMatrix<T> {
        let zero = at.outgoing[0].zero();
        let owner = |input: &Input| self.layout.classes.get(input.class).and_then(|class| class.owner);
        let base = self.direction(
            &zero,
            |neuron| Some(at.outgoing[neuron.group].clone()),
            |neuron, input, itself| {
                let of_group = owner(&input) == Some(neuron.group);
                let table = if of_group && !itself { &at.cross } else { &at.own };
                table[neuron.group].get(input.class).cloned()
            },
        );
        let variables = directions.len();
        let steps: Vec<Jet<T>> = (0..variables)
            .map(|index| Jet::variable(zero.clone(), index, variables))
            .collect();
        let moved = |value: &T, along: &dyn Fn(&Weights<T>) -> T| {
            let start = Jet::constant(value.clone(), variables);
            directions
                .iter()
                .zip(&steps)
                .fold(start, |sum, (direction, step)| {
                    sum + step.clone() * Jet::constant(along(direction), variables)
                })
        };
        let table = |own: bool| -> Vec<Vec<Jet<T>>> {
            fn of<U>(x: &Weights<U>, own: bool) -> &Vec<Vec<U>> {
                if own { &x.own } else { &x.cross }
            }
            let row = |(g, row): (usize, &Vec<T>)| {
                let entry = |(c, x): (usize, &T)| moved(x, &|along| of(along, own)[g][c].clone());
                row.iter().enumerate().map(entry).collect()
            };
            of(&base, own).iter().enumerate().map(row).collect()
        };
        let outgoing = base.outgoing.iter().enumerate();
        let student = Weights {
            outgoing: outgoing
                .map(|(g, x)| moved(x, &|along| along.outgoing[g].clone()))
                .collect(),
            own: table(true),
            cross: table(false),
        };
        let loss = loss(&self.shape, &self.layout.kernel, &student);
        SymmetricMatrix::from_fn(variables, |i, j| loss.second(i, j))
    }
}
