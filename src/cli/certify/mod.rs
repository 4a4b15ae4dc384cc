//! `copyavg certify`: existence, criticality, Hessian spectrum and verdict at
//! one point.
//!
//! * `copy_average`: configurations given by a partition;
//! * `perturbed_copy`: those that only Newton's method finds;
//! * `one_apart`: what lies between the two;
//! * `spectrum`: the eigenvalues as a table, and what they prove;
//! * `printer`: enclosures with the digits asked for.

mod copy_average;
mod one_apart;
mod perturbed_copy;
mod printer;
mod spectrum;

use super::check::recheck;
use super::error::Failure;
use super::exit::Exit;
use super::integers::positive;
use super::options::Options;
use super::output::Output;
use crate::activation::Activation;
use crate::configuration::partition::Partition;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Families of configurations that can be named instead of a partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Family {
    /// n - 1 copies and one average of the other k - n + 1 teachers
    CopyAverage,
    /// n neurons that nearly copy a teacher each and share the others
    PerturbedCopy,
    /// n - 1 neurons alike and one apart: a critical point between the other two, over
    /// which a lowest path from one to the other leads
    OneApart,
}

/// What one configuration is: critical point, Hessian spectrum, kind
///
/// Proves that the configuration exists and is a critical point of the loss, encloses every
/// eigenvalue of its Hessian in (a, W) with its multiplicity, and says what
/// follows: Morse index, nullity, strict local minimum or strict saddle. Beside
/// the loss stand a lower bound for all students of n neurons and the gap to it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    copyavg certify -k 12 -n 4 --parts 4,3,3,2 --certificate c.cert\n  \
    copyavg certify -k 1000000 -n 1000 --family copy-average --digits 20\n  \
    copyavg certify -k 1000000 -n 800000 --family perturbed-copy\n  \
    copyavg certify -k 20 -n 14 --family one-apart\n  \
    copyavg certify -k 6 -n 3 -d 8 --parts 3,2,1 --format json")]
pub(crate) struct Arguments {
    /// Number of teachers
    #[arg(short, value_name = "K", value_parser = positive, allow_negative_numbers = true)]
    k: u64,

    /// Number of student neurons, 1 <= n <= k
    #[arg(short, value_name = "N", value_parser = positive, allow_negative_numbers = true)]
    n: u64,

    /// Input dimension, at least k (default: k)
    #[arg(short, value_name = "D", value_parser = positive, allow_negative_numbers = true)]
    d: Option<u64>,

    /// Sizes of the buckets, which add up to K: 5,2,1,1 or 5,2,1^2
    #[arg(
        long,
        value_name = "P",
        conflicts_with = "family",
        required_unless_present = "family"
    )]
    parts: Option<Partition>,

    /// A named configuration instead of --parts
    #[arg(long, value_enum)]
    family: Option<Family>,

    /// Write a certificate, for copyavg check
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
}

impl Arguments {
    /// d, and how many inputs no teacher reads.
    fn inputs(&self) -> Result<(u64, u64), Failure> {
        let k = self.k;
        let d = self.d.unwrap_or(k);
        match d.checked_sub(k) {
            Some(extra) => Ok((d, extra)),
            None => Err(Failure::bad_input(format!(
                "{k} orthonormal teachers do not fit into {d} dimensions: choose -d {k} or more"
            ))),
        }
    }
}

pub(crate) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    if options.activation != Activation::Erf {
        return Err(Failure::bad_input(format!(
            "spectra are derived for --activation erf only, not for {}",
            options.activation
        )));
    }
    match arguments.family {
        Some(Family::PerturbedCopy) => perturbed_copy::run(arguments, options),
        Some(Family::OneApart) => one_apart::run(arguments, options),
        Some(Family::CopyAverage) | None => copy_average::run(arguments, options),
    }
}

/// Writes a certificate that the independent checker accepts; says why not if
/// there is none.
fn write_certificate(path: &Path, text: Option<&str>, options: &Options) -> Result<bool, Failure> {
    let name = path.display();
    let Some(text) = text else {
        super::complain(&format!(
            "no certificate is written to {name}: the kind is not decided"
        ));
        return Ok(false);
    };
    if let Err(reason) = recheck(text) {
        super::complain(&format!(
            "no certificate is written to {name}: the checker refuses it: {reason}"
        ));
        return Ok(false);
    }
    let mut file = Output::open_path(Some(path), options.force)?;
    file.write(text)?;
    file.finish()?;
    Ok(true)
}
