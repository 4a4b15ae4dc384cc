//! Families given by groups of neurons alone: a new family is a list of groups
//! and classes, with names for the coordinates.
//!
//! Neurons of one group may be permuted, each together with the inputs it
//! owns; inputs of one class may be permuted among themselves. The students
//! that stay fixed have one outgoing weight per group, and one weight per group
//! and class of inputs, or two where the class belongs to that group: on the
//! neuron's own inputs, and on those of the other neurons of its group.
//!
//! * [`Layout`]: the groups and classes, from which all else follows;
//! * `Weights`: the numbers of such a student;
//! * `loss`: the loss, of which derivatives along the family are those by
//!   differentiation rules;
//! * `refinement`: groups and classes split further, for directions that break
//!   the symmetry;
//! * `blocks`: the Hessian as a direct sum;
//! * `orbits`: size, trace and norm of the Hessian from its entries.

mod blocks;
mod loss;
mod orbits;
mod refinement;

use super::{Condition, Family};
use crate::activation::Erf;
use crate::arithmetic::{Jet, Scalar};
use crate::configuration::blocks::orbits::Totals;
use crate::configuration::blocks::{Block, SymmetricMatrix, count};
use crate::landscape::{Student, StudentError};

/// Neurons that the symmetry exchanges.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Group {
    /// What they are called in blocks of the Hessian.
    pub name: &'static str,
    /// Their number, ≥ 1.
    pub neurons: u64,
}

/// Inputs, each with its own teacher, that the symmetry exchanges.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Class {
    /// What they are called in blocks of the Hessian.
    pub name: &'static str,
    /// The group whose neurons own these inputs, each its own ones; `None` if
    /// nobody does. A group owns one class at most.
    pub owner: Option<usize>,
    /// The number of inputs, ≥ 1: for each owner, or in all if nobody owns them.
    pub inputs: u64,
}

/// The groups of neurons and classes of inputs of a family.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Layout {
    /// The activation.
    pub kernel: Erf,
    /// At least one group.
    pub groups: Vec<Group>,
    /// At least one class.
    pub classes: Vec<Class>,
    /// d − k, the number of inputs on which no teacher depends.
    pub extra: u64,
}

/// A family that is given by its layout. It is a [`Family`] with derivatives,
/// blocks and totals that follow from there.
///
/// The coordinates are, group by group: the outgoing weight, then for each class
/// the weight on it, or the weights on the neuron's own inputs and, if the group
/// has several neurons, on the others' inputs.
pub trait Grouped<const M: usize> {
    /// As [`Family::name`].
    fn name(&self) -> &'static str;

    /// As [`Family::coordinates`]; as many as the layout has.
    fn coordinates(&self) -> [&'static str; M];

    /// The groups and classes.
    fn layout(&self) -> &Layout;

    /// As [`Family::conditions`].
    fn conditions<T: Scalar>(&self, point: &[T; M]) -> Vec<Condition<T>>;
}

/// What a coordinate of a layout is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The outgoing weight of a group.
    Outgoing(usize),
    /// The weight of a group on a class; for the class that it owns, on the
    /// neuron's own inputs.
    Own(usize, usize),
    /// The weight of a group on the inputs that its other neurons own.
    Cross(usize, usize),
}

/// The numbers that a student of the family consists of, by group and class.
#[derive(Debug, Clone)]
struct Weights<T> {
    outgoing: Vec<T>,
    own: Vec<Vec<T>>,
    /// Meaningful where the group owns the class and has several neurons.
    cross: Vec<Vec<T>>,
}

impl Layout {
    /// The coordinates in order.
    fn places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        for (g, group) in self.groups.iter().enumerate() {
            places.push(Place::Outgoing(g));
            for (c, class) in self.classes.iter().enumerate() {
                places.push(Place::Own(g, c));
                if class.owner == Some(g) && group.neurons > 1 {
                    places.push(Place::Cross(g, c));
                }
            }
        }
        places
    }

    fn weights<T: Scalar>(&self, point: &[T]) -> Weights<T> {
        // A point has as many coordinates as the layout.
        let zero = point[0].zero();
        let table = vec![vec![zero.clone(); self.classes.len()]; self.groups.len()];
        let mut weights = Weights {
            outgoing: vec![zero; self.groups.len()],
            own: table.clone(),
            cross: table,
        };
        for (place, x) in self.places().into_iter().zip(point) {
            match place {
                Place::Outgoing(g) => weights.outgoing[g] = x.clone(),
                Place::Own(g, c) => weights.own[g][c] = x.clone(),
                Place::Cross(g, c) => weights.cross[g][c] = x.clone(),
            }
        }
        weights
    }

    /// The number of parameters that a coordinate stands for.
    fn length<T: Scalar>(&self, context: &T, place: Place) -> T {
        let neurons = |g: usize| count(context, self.groups[g].neurons);
        match place {
            Place::Outgoing(g) => neurons(g),
            Place::Own(g, c) => {
                let class = &self.classes[c];
                let each = neurons(g) * count(context, class.inputs);
                match class.owner {
                    Some(h) if h != g => each * neurons(h),
                    _ => each,
                }
            }
            Place::Cross(g, c) => {
                let others = neurons(g) - context.one();
                neurons(g) * others * count(context, self.classes[c].inputs)
            }
        }
    }

    /// n.
    fn neurons(&self) -> u128 {
        self.groups.iter().map(|group| u128::from(group.neurons)).sum()
    }

    /// k.
    fn teachers(&self) -> u128 {
        let owners = |class: &Class| class.owner.map_or(1, |g| self.groups[g].neurons);
        let of = |class: &Class| u128::from(class.inputs) * u128::from(owners(class));
        self.classes.iter().map(of).sum()
    }

    fn embed<T: Scalar>(&self, point: &[T]) -> Result<Student<T>, StudentError> {
        let size = |n: u128| usize::try_from(n).unwrap_or(usize::MAX);
        let (neurons, teachers) = (size(self.neurons()), size(self.teachers()));
        let inputs = size(self.teachers() + u128::from(self.extra));
        if neurons.checked_mul(inputs).is_none() {
            return Err(StudentError::WeightCount {
                neurons,
                dimension: inputs,
                found: usize::MAX,
            });
        }
        let weights = self.weights(point);
        let each = |g: usize| 0..self.groups[g].neurons;
        let all: Vec<(usize, u64)> = (0..self.groups.len())
            .flat_map(|g| each(g).map(move |i| (g, i)))
            .collect();
        let mut matrix = Vec::new();
        for &(g, i) in &all {
            for (c, class) in self.classes.iter().enumerate() {
                let entries: Vec<&T> = match class.owner {
                    None => vec![&weights.own[g][c]],
                    Some(h) => each(h)
                        .map(|j| match h == g && j != i {
                            true => &weights.cross[g][c],
                            false => &weights.own[g][c],
                        })
                        .collect(),
                };
                for entry in entries {
                    matrix.extend((0..class.inputs).map(|_| entry.clone()));
                }
            }
            matrix.extend((0..self.extra).map(|_| point[0].zero()));
        }
        let outgoing = all.iter().map(|&(g, _)| weights.outgoing[g].clone()).collect();
        Student::new(outgoing, matrix, teachers, inputs)
    }

    /// The loss with derivatives along the family.
    fn along<T: Scalar>(&self, point: &[T]) -> Jet<T> {
        let variables = Jet::variables_at(point);
        loss::loss(&self.shape(), &self.kernel, &self.weights(&variables))
    }
}

impl<F: Grouped<M>, const M: usize> Family<M> for F {
    fn name(&self) -> &'static str {
        Grouped::name(self)
    }

    fn coordinates(&self) -> [&'static str; M] {
        Grouped::coordinates(self)
    }

    fn symmetry(&self) -> String {
        let layout = self.layout();
        let group = |(g, group): (usize, &Group)| {
            let owned = layout.classes.iter().find(|class| class.owner == Some(g));
            match owned.map_or(1, |class| class.inputs) {
                1 => format!("S_{}", group.neurons),
                s => format!("(S_{s} wr S_{})", group.neurons),
            }
        };
        let mut factors: Vec<String> = layout.groups.iter().enumerate().map(group).collect();
        let free = layout.classes.iter().filter(|class| class.owner.is_none());
        factors.extend(free.map(|class| format!("S_{}", class.inputs)));
        factors.push(format!("O({})", layout.extra));
        factors.join(" × ")
    }

    fn embed<T: Scalar>(&self, point: &[T; M]) -> Result<Student<T>, StudentError> {
        self.layout().embed(point)
    }

    fn loss<T: Scalar>(&self, point: &[T; M]) -> T {
        let layout = self.layout();
        loss::loss(&layout.shape(), &layout.kernel, &layout.weights(point))
    }

    fn metric<T: Scalar>(&self, context: &T) -> [T; M] {
        let places = self.layout().places();
        std::array::from_fn(|i| self.layout().length(context, places[i]).sqrt())
    }

    fn gradient<T: Scalar>(&self, point: &[T; M]) -> [T; M] {
        let loss = self.layout().along(point);
        let metric = Family::metric(self, &point[0]);
        std::array::from_fn(|i| loss.first(i) / &metric[i])
    }

    fn jacobian<T: Scalar>(&self, point: &[T; M]) -> [[T; M]; M] {
        let loss = self.layout().along(point);
        let metric = Family::metric(self, &point[0]);
        std::array::from_fn(|i| std::array::from_fn(|j| loss.second(i, j) / &metric[i]))
    }

    fn conditions<T: Scalar>(&self, point: &[T; M]) -> Vec<Condition<T>> {
        Grouped::conditions(self, point)
    }

    fn blocks<T: Scalar>(&self, point: &[T; M]) -> Vec<Block<SymmetricMatrix<T>>> {
        let layout = self.layout();
        blocks::blocks(layout, &layout.weights(point))
    }

    fn totals<T: Scalar>(&self, point: &[T; M]) -> Totals<T> {
        let layout = self.layout();
        orbits::totals(layout, &layout.weights(point))
    }
}
