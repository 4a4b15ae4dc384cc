//! Training a student by gradient flow, and naming what it became.
//!
//! * [`Tolerances`]: how accurately, and when to give up;
//! * [`draw`]: initial weights from a seed;
//! * [`Stopped`]: why a run ended;
//! * [`names`]: what each neuron and the whole student are.
//!
//! Everything is a function of its arguments alone: the same weights and
//! tolerances give the same bits, whatever the number of threads.

mod draw;
pub mod names;
mod stopped;
mod tolerances;

pub use draw::{Distribution, draw};
pub use stopped::Stopped;
pub use tolerances::{ToleranceError, Tolerances};
