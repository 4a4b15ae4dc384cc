//! Options that every command understands.

use super::error::Failure;
use crate::activation::Activation;
use crate::arithmetic::{Precision, digits};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::str::FromStr;

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Tables for a person
    Text,
    /// One JSON object; enclosures as {"lower", "upper"}
    Json,
    /// Comma-separated values; enclosures as two columns
    Csv,
    /// A LaTeX tabular (booktabs)
    Latex,
    /// A Markdown table
    Markdown,
}

/// How many digits are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Digits {
    /// This many significant digits.
    Significant(u32),
    /// Whatever the arithmetic gives that decided the verdict.
    Verdict,
}

/// The most digits that may be asked for.
const MAX_DIGITS: u32 = 10_000;

impl FromStr for Digits {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if text == "verdict" {
            return Ok(Digits::Verdict);
        }
        match text.parse() {
            Ok(digits) if (1..=MAX_DIGITS).contains(&digits) => Ok(Digits::Significant(digits)),
            _ => Err(format!(
                "digits are a number from 1 to {MAX_DIGITS}, or the word verdict"
            )),
        }
    }
}

fn precision(text: &str) -> Result<Precision, String> {
    text.parse().ok().and_then(Precision::new).ok_or_else(|| {
        format!(
            "bits are a number from {} to {}",
            Precision::MIN.bits(),
            Precision::MAX.bits()
        )
    })
}

/// The options themselves.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How results are written
    #[arg(long, global = true, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub(crate) format: Format,

    /// Write results to FILE (a temporary name first, then renamed)
    #[arg(long, short, global = true, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Replace FILE if it exists
    #[arg(long, global = true)]
    pub(crate) force: bool,

    /// No progress on stderr
    #[arg(long, global = true)]
    pub(crate) quiet: bool,

    /// Significant digits guaranteed (1 to 10000), or `verdict` for whatever decided
    #[arg(long, global = true, value_name = "D")]
    pub(crate) digits: Option<Digits>,

    /// Activation: erf, erf:BETA or erf-printed (see `copyavg activations`)
    #[arg(long, global = true, default_value_t = Activation::Erf, value_name = "NAME")]
    pub(crate) activation: Activation,

    /// Threads to use (default: all cores)
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,

    /// Bits with which multiprecision starts
    #[arg(long, global = true, value_name = "BITS", value_parser = precision)]
    pub(crate) precision: Option<Precision>,

    /// Bits at which it gives up
    #[arg(long, global = true, value_name = "BITS", value_parser = precision)]
    pub(crate) max_precision: Option<Precision>,
}

impl Options {
    /// Checks what the options say together and starts the threads.
    pub(crate) fn start(&self) -> Result<(), Failure> {
        if let (Some(start), Some(limit)) = (self.precision, self.max_precision)
            && start > limit
        {
            return Err(Failure::bad_input(format!(
                "--precision {} exceeds --max-precision {}",
                start.bits(),
                limit.bits()
            )));
        }
        if let Some(path) = &self.output
            && path.exists()
            && !self.force
        {
            return Err(Failure::bad_input(format!(
                "{} exists; use --force to replace it",
                path.display()
            )));
        }
        let mut pool = rayon::ThreadPoolBuilder::new();
        if let Some(threads) = self.threads {
            pool = pool.num_threads(usize::from(threads));
        }
        pool.build_global().map_err(|error| Failure::Resources {
            what: "starting threads".to_string(),
            source: std::io::Error::other(error),
        })
    }

    /// Digits asked for, or the command's default.
    pub(crate) fn digits_or(&self, default: u32) -> Digits {
        self.digits.unwrap_or(Digits::Significant(default))
    }

    /// The precision at which printing `digits` gives up.
    pub(crate) fn digit_limit(&self, digits: u32) -> Precision {
        self.max_precision.unwrap_or_else(|| digits::limit(digits))
    }

    /// The precision at which a proof gives up.
    pub(crate) fn proof_limit(&self) -> Precision {
        self.max_precision.unwrap_or(Precision::saturating(1024))
    }
}
