//! Training runs: a student from its first weights to where gradient flow takes
//! it, its neurons named and its end point certified where that is possible.
//!
//! * [`Setup`]: all that a run depends on, with a canonical text;
//! * [`train`](train()): a run;
//! * [`Start`]: where it begins; [`weights`] reads and writes files of weights;
//! * [`Run`]: what came of it;
//! * [`Certified`]: what is proved about its end point.

mod certified;
mod endpoint;
mod run;
mod setup;
mod train;
pub mod weights;

pub use crate::find::training::names::{Class, NamedNeuron, NeuronName, What};
pub use crate::find::training::{Stopped, ToleranceError, Tolerances};
pub use certified::{Bounds, Certified, Coordinate, Matching};
pub use run::Run;
pub use setup::{METHOD, Setup, SetupError, Start};
pub use train::train;
