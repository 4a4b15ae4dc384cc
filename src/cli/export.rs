//! `copyavg export`: certificates for other proof systems.

use super::error::Failure;
use super::exit::Exit;
use super::format::{Cell, Column, Footing, Heading, Row, print};
use super::options::{Format, Options};
use super::output::{self, Output};
use crate::theorem::export::{self, Development, Loss};
use clap::{Args, Subcommand};
use serde_json::{Map, json};
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Turn certificates into developments of a proof assistant
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  \
    copyavg export coq c.cert --into developments")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    target: Target,
}

#[derive(Debug, Subcommand)]
enum Target {
    Coq(Coq),
}

/// Turn certificates into Coq files whose compilation checks what they claim
///
/// Each certificate becomes a file of theorems about the library in
/// proofs/coq, proved by computation in Coq's kernel. Certificates are not
/// checked here: a false claim becomes a file that does not compile. What Coq
/// proves, what is left out and what remains to be believed is said at the
/// head of each file and on standard output.
///
/// Exported: the loss and the definiteness of the blocks of copy-average
/// configurations, existence and loss of perturbed copies, and the claims
/// critical, additivity, partition-optimum and concavity-scan. The losses of
/// several configurations of as many teachers are also compared, in Orders.v.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    copyavg certify -k 8 -n 5 --family perturbed-copy --certificate p.cert\n  \
    copyavg export coq p.cert --into developments\n  \
    coqc -R target/coq CopyAvg developments/p.v")]
struct Coq {
    /// Files that hold certificates
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// The folder for the Coq files; it is made if it does not exist
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
}

/// More bytes than any certificate has.
const MOST_BYTES: u64 = 16 << 20;

pub(crate) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    let Target::Coq(command) = &arguments.target;
    let mut written: Vec<(String, Development)> = Vec::with_capacity(command.files.len());
    let mut losses: Vec<Loss> = Vec::new();
    for file in &command.files {
        let shown = file.display().to_string();
        let development = export::coq(&read(file)?, &name_of(file))
            .map_err(|error| Failure::bad_input(format!("{shown} cannot be exported: {error}")))?;
        losses.extend(development.losses.iter().cloned());
        let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or("");
        add(&mut written, export::module_name(stem), development)?;
    }
    if let Some(orders) = export::coq_orders(&losses) {
        add(&mut written, "Orders".to_string(), orders)?;
    }
    // Nothing is written before everything is known to be readable.
    std::fs::create_dir_all(&command.into)
        .map_err(|error| output::failure(&command.into.display().to_string(), &error))?;
    let mut rows = Vec::with_capacity(written.len());
    for (name, development) in &written {
        let path = command.into.join(format!("{name}.v"));
        let mut file = Output::open_path(Some(&path), options.force)?;
        file.write(&development.text)?;
        file.finish()?;
        rows.push((path.display().to_string(), development));
    }
    report(&rows, options)?;
    Ok(Exit::Answered)
}

/// Two files of one name would overwrite each other.
fn add(
    written: &mut Vec<(String, Development)>,
    name: String,
    development: Development,
) -> Result<(), Failure> {
    if written.iter().any(|(other, _)| *other == name) {
        return Err(Failure::bad_input(format!(
            "two certificates would become {name}.v; rename one of them"
        )));
    }
    written.push((name, development));
    Ok(())
}

/// The file's name without folders, so that the text does not depend on them.
fn name_of(file: &Path) -> String {
    file.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn read(file: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    File::open(file)
        .and_then(|opened| opened.take(MOST_BYTES).read_to_string(&mut text))
        .map_err(|error| {
            Failure::bad_input(format!(
                "cannot read {}: {}",
                file.display(),
                output::reason(&error)
            ))
        })?;
    Ok(text)
}

fn report(written: &[(String, &Development)], options: &Options) -> Result<(), Failure> {
    let mut trusts: Vec<&str> = Vec::new();
    for (_, development) in written {
        for what in &development.trusts {
            if !trusts.contains(what) {
                trusts.push(what);
            }
        }
    }
    if options.format == Format::Text {
        // One statement a line: they are too long for a table.
        let mut output = Output::open(options)?;
        for (file, development) in written {
            for said in &development.proves {
                output.write(&format!("{file}: Coq will check: {said}\n"))?;
            }
            for said in &development.omits {
                output.write(&format!("{file}: left out: {said}\n"))?;
            }
        }
        output.write(
            "\nIf they compile, there remains to be believed, beside Coq and the library's definitions:\n",
        )?;
        for what in &trusts {
            output.write(&format!("- {what}\n"))?;
        }
        return output.finish();
    }
    let heading = Heading {
        fields: Map::new(),
        list: "files",
        above: Vec::new(),
        columns: vec![
            Column::text("file"),
            Column::text("proves"),
            Column::text("left_out"),
            Column::text("trusts"),
        ],
    };
    let list = |said: &[String]| Cell::List(said.to_vec());
    let rows: Vec<Row> = written
        .iter()
        .map(|(file, development)| {
            let trusts: Vec<String> = development.trusts.iter().map(ToString::to_string).collect();
            Row {
                cells: vec![
                    Cell::Text(file.clone()),
                    list(&development.proves),
                    list(&development.omits),
                    list(&trusts),
                ],
                json: json!({
                    "file": file,
                    "proves": development.proves,
                    "left_out": development.omits,
                    "trusts": trusts,
                }),
            }
        })
        .collect();
    let mut footing = Footing::default();
    footing.field("trusts", trusts);
    print(options, &heading, &rows, &footing)
}
