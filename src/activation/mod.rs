//! What two Gaussian neurons say to each other: the kernel
//! g(w, v) = E[σ(w·x) σ(v·x)] as a trait, one file per activation.
//!
//! * [`Kernel`], [`KernelFormulas`]: the kernel and its derivatives as
//!   functions of |w|², |v|² and w·v, over any arithmetic;
//! * [`Erf`]: the error function and its scalings, the arcsine kernel;
//! * [`Activation`]: the activations that have a name on the command line.

mod erf;
mod kernel;
mod name;

pub use erf::{Erf, ErfFormulas};
pub use kernel::{Kernel, KernelFormulas, KernelPartials, OwnPartials, Slopes};
pub use name::{Activation, Description, Scale, UnknownActivation};
