//! Training a student by gradient flow, and naming what it became.
//!
//! * [`Objective`], [`Evaluation`]: loss, gradient and Hessian at full speed;
//! * [`descend`]: a run, flow and polish;
//! * [`classify`](classify()): names for neurons and students, by a rule;
//! * [`inverse_factor`]: what a proof about the end point starts from;
//! * [`Tolerances`]: how accurately, and when to give up;
//! * [`draw`]: initial weights from a seed;
//! * [`Stopped`]: why a run ended;
//! * [`names`]: what each neuron and the whole student are.
//!
//! Everything is a function of its arguments alone: the same weights and
//! tolerances give the same bits, whatever the number of threads.

mod channel;
mod classify;
mod conjugate;
mod descend;
mod draw;
mod factor;
mod flow;
mod lanes;
pub mod names;
mod objective;
mod polish;
mod stopped;
mod tolerances;

pub use classify::{CLEAR, DEAD, EXACT, Named, Optimum, PARALLEL, classify};
pub use descend::{Descent, descend};
pub use draw::{Distribution, draw};
pub use factor::inverse_factor;
pub use objective::{Evaluation, Objective};
pub use stopped::Stopped;
pub use tolerances::{ToleranceError, Tolerances};
