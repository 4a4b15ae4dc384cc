//! The Hessian at a student of a layout as a direct sum.
//!
//! **Splitting the directions.** With std the zero-sum vectors over neurons of a
//! group (or over the inputs that one neuron owns, or over a free class), the
//! outgoing weights of a group are 1 + std. The weights of a group g split by
//! classes; of an owned class first into the mean over each owner's inputs and
//! what is zero-sum there:
//!
//! * means over the inputs that group h owns: (1 + std_g) ⊗ (1 + std_h) if
//!   h ≠ g; if h = g the diagonal is 1 + std, and off it there are 1, two std,
//!   the symmetric matrices with zero row sums and the antisymmetric ones;
//! * zero-sum on the inputs of one owner j: the neurons are j itself, the others
//!   of its group (1 + std), and the other groups (1 + std each);
//! * a free class, and unused inputs: (1 + std_g) ⊗ (1 + std).
//!
//! By Schur's lemma the Hessian is, on all components of one type together, a
//! matrix times the identity. Its entries are the second variations along one
//! vector of each component, all related by the symmetry: those that are
//! invariant under what is left of it when a few neurons and inputs are singled
//! out, with the same signs on these.

use super::refinement::{Input, Neuron, Refinement, Split};
use super::{Layout, Place, Weights};
use crate::arithmetic::Scalar;
use crate::configuration::blocks::{Block, SymmetricMatrix, count};
use num_bigint::BigUint;

/// All blocks in the units of the loss; multiplicities times sizes add up to
/// n + n d.
pub(super) fn blocks<T: Scalar>(layout: &Layout, at: &Weights<T>) -> Vec<Block<SymmetricMatrix<T>>> {
    let mut list = List {
        layout,
        at,
        zero: at.outgoing[0].zero(),
        blocks: Vec::new(),
    };
    list.trivial();
    let groups = 0..layout.groups.len();
    for g in groups.clone() {
        list.neurons(g);
        list.matrices(g);
    }
    for g in groups.clone() {
        for h in groups.clone().filter(|&h| h < g) {
            list.pairs(h, g);
        }
    }
    for c in 0..=layout.classes.len() {
        match layout.classes.get(c).map(|class| class.owner) {
            Some(Some(owner)) => list.owned(owner, c),
            _ => list.free(c),
        }
    }
    list.blocks
}

struct List<'a, T> {
    layout: &'a Layout,
    at: &'a Weights<T>,
    zero: T,
    blocks: Vec<Block<SymmetricMatrix<T>>>,
}

/// ±1 on two things that are singled out, by their labels.
fn sign(label: u64) -> i64 {
    match label {
        1 => 1,
        2 => -1,
        _ => 0,
    }
}

impl<T: Scalar> List<'_, T> {
    fn size(&self, g: usize) -> u64 {
        self.layout.groups[g].neurons
    }

    /// The class that a group owns, with the number of inputs for each.
    fn owned_by(&self, g: usize) -> Option<(usize, u64)> {
        let mut classes = self.layout.classes.iter().enumerate();
        let found = classes.find(|(_, class)| class.owner == Some(g))?;
        Some((found.0, found.1.inputs))
    }

    /// numerator / √square.
    fn unit(&self, numerator: i64, square: impl Into<u128>) -> T {
        self.zero.integer(numerator) / count(&self.zero, square).sqrt()
    }

    /// One over the root of the number of inputs of a class (all owners'); or of
    /// a single unused input.
    fn spread(&self, numerator: i64, c: usize, further: u64) -> T {
        let inputs = self.layout.classes.get(c).map_or(1, |class| {
            let owners = class.owner.map_or(1, |g| self.size(g));
            u128::from(class.inputs) * u128::from(owners)
        });
        self.unit(numerator, inputs * u128::from(further))
    }

    fn push(&mut self, name: String, multiplicity: BigUint, refined: &Refinement, directions: &[Weights<T>]) {
        if multiplicity != BigUint::default() && !directions.is_empty() {
            self.blocks.push(Block {
                name,
                multiplicity,
                matrix: refined.second_variation(self.at, directions),
            });
        }
    }

    /// A direction that moves weights alone.
    fn weights(&self, refined: &Refinement, weight: impl Fn(Neuron, Input, bool) -> Option<T>) -> Weights<T> {
        refined.direction(&self.zero, |_| None, weight)
    }

    /// The directions of the family itself.
    fn trivial(&mut self) {
        let refined = self.layout.refined(&Split::default());
        let places = self.layout.places();
        let directions: Vec<Weights<T>> = places
            .iter()
            .map(|&place| {
                let length = self.zero.one() / self.layout.length(&self.zero, place).sqrt();
                let owner = |c: usize| self.layout.classes[c].owner;
                refined.direction(
                    &self.zero,
                    |neuron| (place == Place::Outgoing(neuron.group)).then(|| length.clone()),
                    |neuron, input, itself| {
                        let (g, c) = (neuron.group, input.class);
                        let here = match owner(c) == Some(g) && !itself {
                            true => Place::Cross(g, c),
                            false => Place::Own(g, c),
                        };
                        (place == here).then(|| length.clone())
                    },
                )
            })
            .collect();
        self.push("trivial".to_string(), 1_u32.into(), &refined, &directions);
    }

    /// Like std of a group: x = ±1/√2 on two of its neurons.
    fn neurons(&mut self, g: usize) {
        let n = self.size(g);
        if n < 2 {
            return;
        }
        let refined = self.layout.refined(&Split {
            neurons: vec![(g, 2)],
            inputs: None,
        });
        let x = |neuron: Neuron| if neuron.group == g { sign(neuron.label) } else { 0 };
        let outgoing = |neuron: Neuron| Some(self.unit(x(neuron), 2_u32));
        let mut directions = vec![refined.direction(&self.zero, outgoing, |_, _, _| None)];
        if let Some((own, inputs)) = self.owned_by(g) {
            // The neuron's own inputs.
            directions.push(self.weights(&refined, |neuron, input, itself| {
                itself.then(|| {
                    self.unit(
                        if input.class == own { x(neuron) } else { 0 },
                        2 * u128::from(inputs),
                    )
                })
            }));
            // x_j on the inputs of neuron j ≠ i of the group, and x_i there without
            // its part along the former: their product is −1 and their squares
            // n − 1, times the number of inputs.
            let column = |input: Input| input.owner.map_or(0, x);
            let off = |input: Input, neuron: Neuron, itself: bool| {
                neuron.group == g && input.class == own && !itself
            };
            let inputs = 2 * u128::from(inputs);
            let others = u128::from(n - 1);
            directions.push(self.weights(&refined, |neuron, input, itself| {
                off(input, neuron, itself).then(|| self.unit(column(input), inputs * others))
            }));
            if n > 2 {
                let square = inputs * u128::from(n) * u128::from(n - 2);
                let length = (count(&self.zero, others) / count(&self.zero, square)).sqrt();
                let part = self.zero.one() / count(&self.zero, others);
                directions.push(self.weights(&refined, |neuron, input, itself| {
                    off(input, neuron, itself).then(|| {
                        let row = self.zero.integer(x(neuron));
                        (row + part.clone() * self.zero.integer(column(input))) * &length
                    })
                }));
            }
            // The other groups on these inputs.
            for h in (0..self.layout.groups.len()).filter(|&h| h != g) {
                directions.push(self.weights(&refined, |neuron, input, _| {
                    let here = neuron.group == h && input.class == own;
                    here.then(|| self.unit(column(input), inputs * u128::from(self.size(h))))
                }));
            }
        }
        // The neuron on whole classes that its group does not own.
        let classes = 0..self.layout.classes.len();
        for c in classes.filter(|&c| self.layout.classes[c].owner != Some(g)) {
            directions.push(self.weights(&refined, |neuron, input, _| {
                (input.class == c).then(|| self.spread(x(neuron), c, 2))
            }));
        }
        let name = self.layout.groups[g].name.to_string();
        self.push(name, (n - 1).into(), &refined, &directions);
    }

    /// Matrices with zero row and column sums on the means over the inputs that
    /// the group itself owns: symmetric and antisymmetric ones.
    fn matrices(&mut self, g: usize) {
        let n = self.size(g);
        let Some((own, inputs)) = self.owned_by(g) else {
            return;
        };
        let name = self.layout.groups[g].name;
        let wide = BigUint::from(n);
        for (singled, square, word) in [(4, 8_u32, "symmetric"), (3, 6, "antisymmetric")] {
            if n < singled {
                continue;
            }
            let refined = self.layout.refined(&Split {
                neurons: vec![(g, singled)],
                inputs: None,
            });
            // (e₁−e₂)(e₃−e₄)ᵀ and its transpose; or a rotation of three.
            let entry = |i: u64, j: u64| match (singled, i.min(j), i.max(j)) {
                (4, 1, 3) | (4, 2, 4) => 1,
                (4, 1, 4) | (4, 2, 3) => -1,
                (3, 1, 2) | (3, 2, 3) if i < j => 1,
                (3, 1, 2) | (3, 2, 3) => -1,
                (3, 1, 3) if i < j => -1,
                (3, 1, 3) => 1,
                _ => 0,
            };
            let square = u128::from(square) * u128::from(inputs);
            let direction = self.weights(&refined, |neuron, input, _| {
                let here = neuron.group == g && input.class == own;
                here.then(|| self.unit(input.owner.map_or(0, |j| entry(neuron.label, j.label)), square))
            });
            let multiplicity = match singled {
                4 => &wide * (n - 3) / 2_u32,
                _ => (&wide - 1_u32) * (n - 2) / 2_u32,
            };
            self.push(format!("{name} {word}"), multiplicity, &refined, &[direction]);
        }
    }

    /// Like std of one group times std of another.
    fn pairs(&mut self, g: usize, h: usize) {
        let (n, m) = (self.size(g), self.size(h));
        if n < 2 || m < 2 {
            return;
        }
        let refined = self.layout.refined(&Split {
            neurons: vec![(g, 2), (h, 2)],
            inputs: None,
        });
        let mut directions = Vec::new();
        for (row, column) in [(g, h), (h, g)] {
            if let Some((own, inputs)) = self.owned_by(column) {
                directions.push(self.weights(&refined, |neuron, input, _| {
                    let here = neuron.group == row && input.class == own;
                    let product = sign(neuron.label) * input.owner.map_or(0, |j| sign(j.label));
                    here.then(|| self.unit(product, 4 * u128::from(inputs)))
                }));
            }
        }
        let name = format!("{}-{}", self.layout.groups[g].name, self.layout.groups[h].name);
        self.push(name, BigUint::from(n - 1) * (m - 1), &refined, &directions);
    }

    /// Zero-sum on the inputs of one owner.
    fn owned(&mut self, owner: usize, c: usize) {
        let class = &self.layout.classes[c];
        if class.inputs < 2 {
            return;
        }
        let name = class.name;
        let times = BigUint::from(self.size(owner)) * (class.inputs - 1);
        let here = |input: Input| if input.class == c { sign(input.label) } else { 0 };
        let refined = self.layout.refined(&Split {
            neurons: vec![(owner, 1)],
            inputs: Some((c, 2)),
        });
        let mut directions = vec![self.weights(&refined, |_, input, itself| {
            itself.then(|| self.unit(here(input), 2_u32))
        })];
        for g in 0..self.layout.groups.len() {
            let others = self.size(g) - u64::from(g == owner);
            if others > 0 {
                directions.push(self.weights(&refined, |neuron, input, _| {
                    let alike = neuron.group == g && (g != owner || neuron.label == 0);
                    alike.then(|| self.unit(here(input), 2 * u128::from(others)))
                }));
            }
        }
        self.push(name.to_string(), times.clone(), &refined, &directions);
        for g in 0..self.layout.groups.len() {
            // Zero-sum over the other neurons of a group.
            let others = self.size(g) - u64::from(g == owner);
            if others < 2 {
                continue;
            }
            let first = u64::from(g == owner);
            let mut neurons = vec![(g, first + 2)];
            if g != owner {
                neurons.push((owner, 1));
            }
            let refined = self.layout.refined(&Split {
                neurons,
                inputs: Some((c, 2)),
            });
            let direction = self.weights(&refined, |neuron, input, _| {
                let x = sign(neuron.label.saturating_sub(first));
                (neuron.group == g).then(|| self.unit(x * here(input), 4_u32))
            });
            let name = format!("{}-{name}", self.layout.groups[g].name);
            self.push(name, times.clone() * (others - 1), &refined, &[direction]);
        }
    }

    /// Zero-sum on a free class, or any vector on the unused inputs (the class
    /// beyond the last one).
    fn free(&mut self, c: usize) {
        let class = self.layout.classes.get(c);
        let (name, times, single) = match class {
            Some(class) => (class.name, class.inputs - 1, 2_u64),
            None => ("unused", self.layout.extra, 1),
        };
        if times == 0 {
            return;
        }
        let here = |input: Input| if input.class == c { sign(input.label) } else { 0 };
        let groups = 0..self.layout.groups.len();
        let refined = self.layout.refined(&Split {
            neurons: Vec::new(),
            inputs: Some((c, single)),
        });
        let directions: Vec<Weights<T>> = groups
            .clone()
            .map(|g| {
                self.weights(&refined, |neuron, input, _| {
                    let square = u128::from(single) * u128::from(self.size(g));
                    (neuron.group == g).then(|| self.unit(here(input), square))
                })
            })
            .collect();
        self.push(name.to_string(), times.into(), &refined, &directions);
        for g in groups {
            if self.size(g) < 2 {
                continue;
            }
            let refined = self.layout.refined(&Split {
                neurons: vec![(g, 2)],
                inputs: Some((c, single)),
            });
            let direction = self.weights(&refined, |neuron, input, _| {
                let x = sign(neuron.label) * here(input);
                (neuron.group == g).then(|| self.unit(x, 2 * u128::from(single)))
            });
            let name = format!("{}-{name}", self.layout.groups[g].name);
            let multiplicity = BigUint::from(times) * (self.size(g) - 1);
            self.push(name, multiplicity, &refined, &[direction]);
        }
    }
}
