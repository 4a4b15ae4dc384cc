//! One neuron apart: n − 1 neurons that nearly copy a teacher each, and one
//! between copying and averaging.
//!
//! Number the teachers so that neuron i < n is nearest to teacher i. Neuron n has
//! a weight on teacher n and another one on each of the m = k − n teachers that
//! are left. These students are the fixed points of S_{n−1} × S_m × O(d − k).
//!
//! Both the best copy-average configuration (neuron n averages) and the
//! perturbed copy (neuron n is like the others) are among them. Between the two,
//! where both are minima of the loss, there has to be a third critical point,
//! over which the lowest path from one to the other leads; that one is meant.

use super::Condition;
use super::grouped::{Class, Group, Grouped, Layout};
use crate::activation::Erf;
use crate::arithmetic::Scalar;

/// The students of n − 1 neurons alike and one apart for k teachers in d inputs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OneApart {
    layout: Layout,
}

impl OneApart {
    /// The family for σ = erf(x/√2). `None` unless 3 ≤ n < k ≤ d.
    #[must_use]
    pub fn new(neurons: u64, teachers: u64, inputs: u64) -> Option<Self> {
        let exists = 3 <= neurons && neurons < teachers && teachers <= inputs;
        exists.then(|| Self {
            layout: Layout {
                kernel: Erf::standard(),
                groups: vec![
                    Group {
                        name: "copies",
                        neurons: neurons - 1,
                    },
                    Group {
                        name: "apart",
                        neurons: 1,
                    },
                ],
                classes: vec![
                    Class {
                        name: "copied",
                        owner: Some(0),
                        inputs: 1,
                    },
                    Class {
                        name: "favoured",
                        owner: Some(1),
                        inputs: 1,
                    },
                    Class {
                        name: "rest",
                        owner: None,
                        inputs: teachers - neurons,
                    },
                ],
                extra: inputs - teachers,
            },
        })
    }

    /// n.
    #[must_use]
    pub fn neurons(&self) -> u64 {
        self.layout.groups[0].neurons + 1
    }

    /// k.
    #[must_use]
    pub fn teachers(&self) -> u64 {
        self.neurons() + self.layout.classes[2].inputs
    }
}

impl Grouped<9> for OneApart {
    fn name(&self) -> &'static str {
        "one-apart"
    }

    fn coordinates(&self) -> [&'static str; 9] {
        [
            "a", "alpha", "beta", "delta", "gamma", "b", "epsilon", "eta", "zeta",
        ]
    }

    fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The signs that tell the point between from the best copy-average
    /// configuration (η = ζ) and from the perturbed copy (a = b).
    fn conditions<T: Scalar>(&self, point: &[T; 9]) -> Vec<Condition<T>> {
        let [a, alpha, _, _, gamma, b, _, eta, zeta] = point.clone();
        let condition = |says, positive| Condition { says, positive };
        vec![
            condition("a > 0", a.clone()),
            condition("alpha > 0", alpha),
            condition("gamma > 0", gamma),
            condition("b > a", b - a),
            condition("eta > zeta", eta - &zeta),
            condition("zeta > 0", zeta),
        ]
    }
}
