//! What came of a run.

use super::{Certified, Class, NamedNeuron, Setup, Stopped};
use crate::landscape::{Student, StudentError};
use serde::{Deserialize, Serialize};

/// A run and its end. All numbers are finite, and written so that they are read
/// back with the same bits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// All that the run depended on.
    pub setup: Setup,
    /// L at the end, in doubles.
    pub loss: f64,
    /// L at the start.
    pub initial_loss: f64,
    /// The largest entry of ∇L at the end.
    pub gradient_norm: f64,
    /// Steps of the flow.
    pub steps: u64,
    /// Evaluations of ∇L.
    pub gradient_evaluations: u64,
    /// Products of the Hessian with a vector.
    pub hessian_products: u64,
    /// The time t of the flow at which the polish began.
    pub flow_time: f64,
    /// Steps of Newton's method after it.
    pub newton_steps: u64,
    /// How far they moved any parameter.
    pub newton_moved: f64,
    /// The least eigenvalue of the Hessian at the end, approximately; `None` if
    /// it was not computed.
    pub least_eigenvalue: Option<f64>,
    /// Why the run ended.
    pub stopped: Stopped,
    /// What the student is.
    pub class: Class,
    /// By how much the rule for the class holds: the smallest margin of its
    /// neurons' names.
    pub margin: f64,
    /// What each neuron is.
    pub neurons: Vec<NamedNeuron>,
    /// a_1, …, a_n at the end.
    pub outgoing: Vec<f64>,
    /// w_1, …, w_n at the end, one after the other: n d entries.
    pub weights: Vec<f64>,
    /// What is proved about the end point.
    pub certified: Option<Certified>,
    /// Why nothing is.
    pub uncertified: Option<String>,
    /// A sentence if something is wrong with the program itself: a loss below
    /// what any student can have.
    pub bug: Option<String>,
}

impl Run {
    /// The student at the end.
    ///
    /// # Errors
    /// If the record was tampered with, so that its shapes do not fit.
    pub fn student(&self) -> Result<Student<f64>, StudentError> {
        Student::new(
            self.outgoing.clone(),
            self.weights.clone(),
            self.setup.teachers,
            self.setup.dimension,
        )
    }
}
