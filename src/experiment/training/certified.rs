//! What is proved about the end point of a run.

use serde::{Deserialize, Serialize};

/// An exact critical point near the end point of a run, and what it is.
///
/// The claim: there is exactly one critical point of the loss within the
/// family (or, without a family, within the box) that is meant, it is of the
/// stated kind, and the end point, with its neurons and teachers renamed by
/// `matching`, differs from it by at most `radius` in every parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Certified {
    /// `copy-average`, `perturbed-copy`, or `none` for a proof in all
    /// parameters.
    pub family: String,
    /// The sizes of the buckets, descending, of a copy-average point.
    pub parts: Option<Vec<u64>>,
    /// The coordinates within the family; empty without one.
    pub point: Vec<Coordinate>,
    /// Which neuron and teacher of the run is which of the exact point.
    pub matching: Matching,
    /// A decimal: no parameter of the end point differs by more from the exact
    /// critical point.
    pub radius: String,
    /// The loss at the exact critical point.
    pub loss: Bounds,
    /// The verdict that it exists: `proved`.
    pub exists: String,
    /// The verdict that it is critical: `proved`.
    pub critical: String,
    /// The number of negative eigenvalues of the Hessian, if decided.
    pub morse_index: Option<String>,
    /// The number of zero eigenvalues of the Hessian, if decided.
    pub nullity: Option<String>,
    /// `strict-local-minimum`, `strict-saddle`, `degenerate` or `undecided`.
    pub kind: String,
    /// A certificate for `copyavg check` of what is said of the exact point.
    pub certificate: Option<String>,
}

/// Two decimals with the exact number between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// At most the number.
    pub lower: String,
    /// At least the number.
    pub upper: String,
}

/// A coordinate within a family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coordinate {
    /// Its name.
    pub name: String,
    /// Its value.
    #[serde(flatten)]
    pub value: Bounds,
}

/// A permutation of neurons with signs and a permutation of teachers: neuron i
/// of the exact point is `signs[i]` times neuron `neurons[i]` of the run, and
/// its entry for teacher p is that for teacher `teachers[p]` of the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matching {
    /// Neurons of the run, from 0.
    pub neurons: Vec<usize>,
    /// ±1: (a, w) ↦ (−a, −w).
    pub signs: Vec<i8>,
    /// Teachers of the run, from 0; inputs that no teacher reads keep their
    /// places.
    pub teachers: Vec<usize>,
}
