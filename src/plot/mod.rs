//! Pictures of the certified phase diagram, of global optima and of trained
//! students.
//!
//! They show what [`crate::experiment`] proved or measured and decide nothing: an
//! enclosure is drawn at its midpoint, in doubles. The same data give the same bytes, on
//! every machine: the text of PNGs is set in a font that is part of the crate.

mod axis;
mod basins;
mod convergence;
pub mod data;
mod global_optima;
mod grid;
mod losses;
mod neurons;
mod panel;
mod raster;
mod svg;
mod thresholds;

pub use basins::basins;
pub use convergence::convergence;
pub use global_optima::global_optima;
pub use losses::losses;
pub use neurons::neurons;
pub use raster::png;
pub use thresholds::thresholds;

/// Why there is no picture, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlotError {
    /// There is nothing to draw.
    #[error("there is nothing to draw: no {what} were given")]
    Empty {
        /// What was missing.
        what: &'static str,
    },
    /// Runs that have no common picture.
    #[error("these runs differ in k or n: neurons are drawn for one k and one n at a time")]
    Mixed,
    /// A loss has no bounded enclosure, so it has no place in the picture.
    #[error("the loss of {neurons} neurons for {teachers} teachers has no bounded enclosure to draw")]
    Unbounded {
        /// n.
        neurons: u64,
        /// k.
        teachers: u64,
    },
    /// The text is not an SVG picture.
    #[error("this is not an SVG picture: {why}")]
    NotSvg {
        /// The parser's reason.
        why: String,
    },
    /// The bitmap would have no pixel, or too many.
    #[error("a bitmap of {width} x {height} pixels cannot be made; choose another scale")]
    Size {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
    /// The bitmap could not be encoded.
    #[error("the bitmap cannot be written as PNG: {why}")]
    Encoding {
        /// The encoder's reason.
        why: String,
    },
}

/// Okabe and Ito's blue: the best copy-average configuration.
const COPY_AVERAGE: &str = "#0072B2";
/// Okabe and Ito's vermilion: the perturbed copy.
const PERTURBED_COPY: &str = "#D55E00";
/// Where the lower loss changes.
const CROSSING: &str = "#444444";
/// Titles and labels.
const INK: &str = "#222222";
/// Ticks, axes and remarks.
const QUIET: &str = "#666666";
/// Lines that guide the eye.
const GRID: &str = "#E6E6E6";
