//! `copyavg completions` and `copyavg man`.

use super::arguments::Arguments;
use super::error::Failure;
use super::exit::Exit;
use super::integers::shortened;
use super::options::Options;
use super::output::{Output, reason};
use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;
use std::path::{Path, PathBuf};

/// A completion script for a shell
///
/// The script teaches the shell to complete copyavg's commands and options.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    copyavg completions bash > ~/.local/share/bash-completion/completions/copyavg\n  \
    copyavg completions zsh > ~/.zfunc/_copyavg\n  \
    copyavg completions fish > ~/.config/fish/completions/copyavg.fish")]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Manual pages, in roff
///
/// The page of copyavg itself or of one command on standard output, or all
/// pages into a folder.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    copyavg man | man -l -              read the manual\n  \
    copyavg man loss | man -l -         the page of one command\n  \
    copyavg man --into ~/.local/share/man/man1")]
pub(crate) struct Manual {
    /// The command whose page is wanted (default: copyavg itself)
    #[arg(value_name = "COMMAND", conflicts_with = "into")]
    command: Option<String>,

    /// Write all pages into this folder: copyavg.1, copyavg-loss.1, …
    #[arg(long, value_name = "DIR", conflicts_with = "output")]
    into: Option<PathBuf>,
}

pub(crate) fn completions(arguments: &Completions, options: &Options) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "copyavg", &mut script);
    write(Output::open(options)?, &String::from_utf8_lossy(&script))?;
    Ok(Exit::Answered)
}

pub(crate) fn man(arguments: &Manual, options: &Options) -> Result<Exit, Failure> {
    // Names the commands `copyavg-loss` and so on, and hands the common
    // options down to them.
    let mut program = Arguments::command();
    program.build();
    if let Some(folder) = &arguments.into {
        return all_pages(&program, folder, options.force);
    }
    let command = match &arguments.command {
        None => &program,
        Some(name) => program.find_subcommand(name).ok_or_else(|| {
            let name = shortened(name);
            Failure::bad_input(format!(
                "there is no command \"{name}\"; copyavg --help lists them"
            ))
        })?,
    };
    write(Output::open(options)?, &page(command)?)?;
    Ok(Exit::Answered)
}

fn all_pages(program: &Command, folder: &Path, force: bool) -> Result<Exit, Failure> {
    std::fs::create_dir_all(folder).map_err(|error| {
        let why = reason(&error);
        Failure::bad_input(format!("cannot write into {}: {why}", folder.display()))
    })?;
    let mut pages = Vec::new();
    for command in std::iter::once(program).chain(program.get_subcommands()) {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name());
        let path = folder.join(format!("{name}.1"));
        // All are opened before one takes its name.
        pages.push((Output::open_path(Some(&path), force)?, page(command)?));
    }
    for (output, text) in pages {
        write(output, &text)?;
    }
    Ok(Exit::Answered)
}

fn page(command: &Command) -> Result<String, Failure> {
    let mut roff = Vec::new();
    clap_mangen::Man::new(command.clone())
        .render(&mut roff)
        .map_err(|error| Failure::Resources {
            what: "cannot make a manual page".to_string(),
            why: reason(&error),
        })?;
    Ok(String::from_utf8_lossy(&roff).into_owned())
}

fn write(mut output: Output, text: &str) -> Result<(), Failure> {
    output.write(text)?;
    output.finish()
}
