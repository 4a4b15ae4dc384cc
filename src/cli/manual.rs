//! `copyavg completions` and `copyavg man`.

use super::arguments::Arguments;
use super::error::Failure;
use super::exit::Exit;
use super::options::Options;
use super::output::Output;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

/// A completion script for a shell.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  copyavg completions bash > ~/.local/share/bash-completion/completions/copyavg"
)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(crate) fn completions(arguments: &Completions, options: &Options) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "copyavg", &mut script);
    write(&script, options)
}

pub(crate) fn man(options: &Options) -> Result<Exit, Failure> {
    let mut page = Vec::new();
    let command = Arguments::command();
    let mut rendered = clap_mangen::Man::new(command.clone()).render(&mut page);
    for sub in command.get_subcommands() {
        if rendered.is_ok() {
            rendered = clap_mangen::Man::new(sub.clone()).render_synopsis_section(&mut page);
        }
        if rendered.is_ok() {
            rendered = clap_mangen::Man::new(sub.clone()).render_options_section(&mut page);
        }
    }
    rendered.map_err(|source| Failure::Output {
        to: "the manual page".to_string(),
        source,
    })?;
    write(&page, options)
}

fn write(bytes: &[u8], options: &Options) -> Result<Exit, Failure> {
    let mut output = Output::open(options)?;
    output.write(&String::from_utf8_lossy(bytes))?;
    output.finish()?;
    Ok(Exit::Answered)
}
