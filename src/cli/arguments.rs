//! What may be typed.

use super::options::Options;
use super::{
    certify, check, concavity, export, figure, global, loss, manual, partitions, phase, train, verify,
};
use clap::{Parser, Subcommand};

const LONG_ABOUT: &str = "\
Proves what a distilled two-layer network can know.

A teacher network has k neurons with orthonormal weights; a student has n <= k neurons; the loss is the mean \
squared difference of their outputs over Gaussian inputs. A copy-average student divides the teachers among its \
neurons: a neuron with one teacher copies it, a neuron with ell teachers averages them.

copyavg computes such losses with guaranteed digits, ranks the ways to divide, and checks the theorems about \
them. What it calls `proved` follows from the facts that `copyavg verify --assumptions` lists, and nothing else.";

const EXAMPLES: &str = "\
Start with:
  copyavg verify                        check the whole catalogue of theorems
  copyavg verify concavity --explain    one theorem, with its claims and derivation
  copyavg loss 1..10 --digits 30        one-neuron optima with 30 guaranteed digits
  copyavg partitions -k 20 -n 4         the best copy-average configurations, ranked
  copyavg certify -k 12 -n 4 --parts 4,3,3,2   a Hessian's spectrum, and what the point is
  copyavg global -k 40 -n 20            is copying and averaging the best there is?
  copyavg train -k 8 -n 4 --seeds 0..19        gradient flow, its end points named and certified
  copyavg figure 1                             the neurons of such runs as a picture
  copyavg check c.cert                  re-check a certificate, independently
  copyavg export coq c.cert --into DIR  a certificate as a Coq file
  copyavg concavity --to 1000000        a scan that rests on no theorem
  copyavg COMMAND --help                more about one command, with examples

Exit status:
  0  answered, and everything is as stated
  1  a verdict is not the expected one, an order is undecided, or digits are missing
  2  bad usage or unreadable input; nothing was written
  3  interrupted or out of resources; what was finished is kept";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "copyavg",
    version,
    about = "Proves what a distilled two-layer network can know",
    long_about = LONG_ABOUT,
    after_help = EXAMPLES,
    subcommand_required = true,
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) options: Options,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The subcommands; each says in its own file what it does.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Verify(verify::Arguments),
    Loss(loss::Arguments),
    Concavity(concavity::Arguments),
    Partitions(partitions::Arguments),
    Certify(certify::Arguments),
    Phase(phase::Arguments),
    Global(global::Arguments),
    Train(train::Arguments),
    Figure(figure::Arguments),
    Check(check::Arguments),
    Export(export::Arguments),
    /// The activations and what is known of each
    Activations,
    Completions(manual::Completions),
    Man(manual::Manual),
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }
}
