//! Options that every command understands.

use super::check::recheck;
use super::error::Failure;
use super::integers::shortened;
use super::interrupt::Interrupt;
use super::output::Output;
use super::reals::Reals;
use crate::activation::Activation;
use crate::arithmetic::Precision;
use crate::certify::verdict::Verdict;
use crate::theorem::claim::Work;
use crate::theorem::known;
use clap::{Args, ValueEnum};
use std::io::IsTerminal;
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
                "it takes a number of digits from 1 to {MAX_DIGITS}, or the word verdict, not \"{}\"",
                shortened(text)
            )),
        }
    }
}

fn precision(text: &str) -> Result<Precision, String> {
    text.parse().ok().and_then(Precision::new).ok_or_else(|| {
        format!(
            "it takes a number of bits from {} to {}, not \"{}\"",
            Precision::MIN.bits(),
            Precision::MAX.bits(),
            shortened(text)
        )
    })
}

/// The most threads that may be asked for.
const MAX_THREADS: u16 = 1024;

fn threads(text: &str) -> Result<u16, String> {
    match text.parse() {
        Ok(threads) if (1..=MAX_THREADS).contains(&threads) => Ok(threads),
        _ => Err(format!(
            "it takes a number of threads from 1 to {MAX_THREADS}, not \"{}\"",
            shortened(text)
        )),
    }
}

/// The options themselves.
#[derive(Debug, Args)]
#[command(next_help_heading = "Common options")]
pub(crate) struct Options {
    /// How results are written
    #[arg(long, global = true, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub(crate) format: Format,

    /// Write results to FILE instead of standard output
    ///
    /// The file appears when it is complete: it is written under a temporary
    /// name in the same folder, then renamed. An existing file is replaced only
    /// with --force.
    #[arg(long, short, global = true, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Replace FILE if it exists
    #[arg(long, global = true)]
    pub(crate) force: bool,

    /// No progress on stderr (it appears only on a terminal anyway)
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,

    /// Significant digits guaranteed: 1 to 10000, or `verdict`
    ///
    /// 15 by default for `loss`, 6 elsewhere. Precision is raised until they
    /// hold. With `verdict`, numbers have whatever digits the arithmetic gives
    /// that decides, which is fastest.
    #[arg(long, global = true, value_name = "D", allow_negative_numbers = true)]
    pub(crate) digits: Option<Digits>,

    /// Activation of all neurons: erf, erf:BETA or erf-printed
    ///
    /// `copyavg activations` says what they are and what is known of each.
    #[arg(long, global = true, default_value_t = Activation::Erf, value_name = "NAME")]
    pub(crate) activation: Activation,

    /// Threads to use (default: all cores)
    #[arg(long, global = true, value_name = "N", value_parser = threads, allow_negative_numbers = true)]
    pub(crate) threads: Option<u16>,

    /// Bits with which multiprecision starts (default: what the digits need)
    #[arg(long, global = true, value_name = "BITS", value_parser = precision, allow_negative_numbers = true)]
    pub(crate) precision: Option<Precision>,

    /// Bits at which it gives up (default: 16 times the start; 1024 for proofs)
    #[arg(long, global = true, value_name = "BITS", value_parser = precision, allow_negative_numbers = true)]
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
        // Tried before the work begins, so that a wrong name costs no time.
        drop(Output::open(self)?);
        let mut pool = rayon::ThreadPoolBuilder::new();
        if let Some(threads) = self.threads {
            pool = pool.num_threads(usize::from(threads));
        }
        pool.build_global().map_err(|error| Failure::Resources {
            what: "cannot start threads".to_string(),
            why: error.to_string(),
        })
    }

    /// Whether rows appear on the terminal while they are computed: they show
    /// the progress themselves, and a bar would be drawn across them.
    pub(crate) fn shows_rows(&self) -> bool {
        self.output.is_none() && std::io::stdout().is_terminal()
    }

    /// The printer of real numbers, with `default` digits unless told otherwise.
    pub(crate) fn reals(&self, default: u32) -> Reals {
        let digits = self.digits.unwrap_or(Digits::Significant(default));
        Reals::new(digits, self.precision, self.max_precision)
    }

    /// The verdict on a theorem of the catalogue that a command rests on.
    pub(crate) fn settle(&self, id: &str, interrupt: &Interrupt) -> Result<Verdict, Failure> {
        let work = Work {
            max_precision: self.proof_limit(),
            max_cells: 200_000,
            interrupt: interrupt.flag(),
        };
        known::settle(id, &work, &recheck).map_err(|complaint| Failure::bad_input(complaint.to_string()))
    }

    /// The precision at which a proof gives up.
    pub(crate) fn proof_limit(&self) -> Precision {
        let usual = Precision::saturating(1024).max(self.precision.unwrap_or(Precision::MIN));
        self.max_precision.unwrap_or(usual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_have_limits() {
        assert_eq!("1".parse(), Ok(Digits::Significant(1)));
        assert_eq!("10000".parse(), Ok(Digits::Significant(10_000)));
        assert_eq!("verdict".parse(), Ok(Digits::Verdict));
        for text in ["0", "10001", "1000000000", "-1", "", "1.5", "all", "Verdict"] {
            assert!(text.parse::<Digits>().is_err(), "{text}");
        }
    }
}
