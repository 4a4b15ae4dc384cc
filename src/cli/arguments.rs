//! What may be typed.

use super::options::Options;
use super::{concavity, loss, manual, partitions, verify};
use clap::{Parser, Subcommand};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "copyavg",
    version,
    about = "Proves what a distilled two-layer network can know",
    long_about = "Proves what a distilled two-layer network can know.\n\n\
        A student with n neurons is fitted to a teacher with k > n orthonormal erf neurons under Gaussian input. \
        copyavg evaluates the losses of its copy-average configurations with guaranteed digits, ranks them, and \
        checks the theorems about them. What it calls `proved` follows from the facts that \
        `copyavg verify --assumptions` lists, and nothing else.",
    after_help = "Start with:\n  \
        copyavg verify                        check the whole catalogue of theorems\n  \
        copyavg verify concavity --explain    one theorem, with its claims and derivation\n  \
        copyavg loss 1..10 --digits 30        one-neuron optima with 30 guaranteed digits\n  \
        copyavg partitions -k 20 -n 4         the best copy-average configurations, ranked\n\n\
        Exit status: 0 all as stated, 1 a verdict or digits are not, 2 bad input, 3 interrupted or out of resources.",
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) options: Options,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check the theorem catalogue, or entries from elsewhere
    Verify(verify::Arguments),
    /// One-neuron optima: loss L(ell), outgoing weight a and norm r
    Loss(loss::Arguments),
    /// Strict discrete concavity of L: the theorem, or a scan of certified values
    Concavity(concavity::Arguments),
    /// Copy-average configurations, ranked by loss
    Partitions(partitions::Arguments),
    /// The activations and what is known of each
    Activations,
    /// A completion script for a shell
    Completions(manual::Completions),
    /// The manual page, in roff
    Man,
}
