//! `copyavg verify`: the theorem catalogue, judged.

use super::check::recheck;
use super::error::Failure;
use super::exit::Exit;
use super::format::{Cell, Column, Footing, Heading, Row, print};
use super::interrupt::Interrupt;
use super::options::{Format, Options};
use super::output::{self, Output};
use super::progress::Progress;
use crate::theorem::catalogue::Catalogue;
use crate::theorem::certificate;
use crate::theorem::claim::Work;
use crate::theorem::complaint::Complaint;
use crate::theorem::entry::{By, Entry, Expected};
use crate::theorem::judge::{Judged, judge};
use crate::theorem::summary::{self, Summary};
use clap::Args;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// Check the theorem catalogue, or entries from elsewhere
///
/// Checks all theorems of the catalogue by default, which is compiled in. Each
/// is proved, refuted, undecided or assumed. An entry is proved only if
/// everything it uses is proved or assumed, and the independent checker accepts
/// the certificates of its claims.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    copyavg verify                      every theorem\n  \
    copyavg verify concavity --explain  one theorem with its claims and derivation\n  \
    copyavg verify my-theorem.toml      an entry from elsewhere\n  \
    copyavg verify --certificates DIR   with a certificate for each theorem\n  \
    copyavg verify --assumptions        what must be trusted")]
pub(crate) struct Arguments {
    /// Ids of theorems, or paths of entries (anything with a slash or ending in .toml)
    #[arg(value_name = "ID|PATH")]
    theorems: Vec<String>,

    /// List what must be trusted, and stop
    #[arg(long, conflicts_with_all = ["theorems", "list"])]
    assumptions: bool,

    /// List the theorems without checking them
    #[arg(long)]
    list: bool,

    /// Show claims, methods and derivations
    #[arg(long)]
    explain: bool,

    /// Write a certificate for every theorem into this folder
    #[arg(long, value_name = "DIR", conflicts_with_all = ["assumptions", "list"])]
    certificates: Option<PathBuf>,

    /// The largest number of cells of a cover
    #[arg(long, value_name = "N", default_value_t = 200_000, value_parser = cells)]
    max_cells: usize,
}

fn cells(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(count) if count >= 1 => Ok(count),
        _ => Err("a number of cells is at least 1".to_string()),
    }
}

fn bad(complaint: &Complaint) -> Failure {
    Failure::bad_input(complaint.to_string())
}

pub(crate) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    let is_path = |text: &&String| text.contains('/') || text.ends_with(".toml");
    let paths: Vec<&Path> = arguments.theorems.iter().filter(is_path).map(Path::new).collect();
    let catalogue = Catalogue::with_files(&paths).map_err(|c| bad(&c))?;
    let wanted = wanted(&catalogue, &arguments.theorems)?;
    if arguments.assumptions {
        return assumptions(&catalogue, options);
    }
    if arguments.list {
        return list(&catalogue, &wanted, options);
    }
    let interrupt = Interrupt::listen();
    let work = Work {
        max_precision: options.proof_limit(),
        max_cells: arguments.max_cells,
        interrupt: interrupt.flag(),
    };
    let claims: usize = wanted
        .iter()
        .map(|&index| catalogue.entries[index].claims.len())
        .sum();
    let progress = Progress::new(!options.quiet, u64::try_from(claims).unwrap_or(0), "claims");
    let judged = judge(&catalogue, &wanted, &work, &recheck, &|| progress.advance(1));
    drop(progress);
    if let Some(folder) = &arguments.certificates {
        write_certificates(folder, &catalogue, &wanted, &judged, options.force)?;
    }
    let summary = Summary::of(&catalogue, &wanted, &judged);
    report(&catalogue, &wanted, &judged, &summary, arguments.explain, options)?;
    if interrupt.flag().load(Ordering::Relaxed) {
        return Ok(Exit::Stopped);
    }
    Ok(if summary.unexpected == 0 {
        Exit::Answered
    } else {
        Exit::Unsettled
    })
}

/// Writes DIR/ID.cert for every theorem all of whose claims are proved and have
/// certificates.
fn write_certificates(
    folder: &Path,
    catalogue: &Catalogue,
    wanted: &[usize],
    judged: &[Judged],
    force: bool,
) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)
        .map_err(|error| output::failure(&folder.display().to_string(), &error))?;
    for judgement in judged
        .iter()
        .filter(|judgement| wanted.contains(&judgement.entry))
    {
        let entry = &catalogue.entries[judgement.entry];
        if let Some(text) = certificate::of_entry(entry, &judgement.attempts) {
            let path = folder.join(format!("{}.cert", entry.id));
            let mut file = Output::open_path(Some(&path), force)?;
            file.write(&text)?;
            file.finish()?;
        }
    }
    Ok(())
}

/// The places of the entries that were asked for, in the catalogue's order.
fn wanted(catalogue: &Catalogue, asked: &[String]) -> Result<Vec<usize>, Failure> {
    if asked.is_empty() {
        return Ok((0..catalogue.entries.len()).collect());
    }
    let mut places = Vec::with_capacity(asked.len());
    for text in asked {
        let id = if text.contains('/') || text.ends_with(".toml") {
            Path::new(text)
                .file_stem()
                .and_then(|stem| stem.to_str())
                .unwrap_or(text)
        } else {
            text
        };
        places.push(catalogue.position(id).map_err(|c| bad(&c))?);
    }
    places.sort_unstable();
    places.dedup();
    Ok(places)
}

fn report(
    catalogue: &Catalogue,
    wanted: &[usize],
    judged: &[Judged],
    summary: &Summary,
    explain: bool,
    options: &Options,
) -> Result<(), Failure> {
    let heading = Heading {
        fields: Map::new(),
        list: "theorems",
        above: Vec::new(),
        columns: vec![
            Column::text("verdict"),
            Column::text("id"),
            Column::text("by"),
            Column::text("method"),
            Column::text("coq"),
            Column::number("seconds"),
            Column::text("title"),
        ],
    };
    let mut heading = heading;
    let mut rows: Vec<Row> = summary.theorems.iter().map(row).collect();
    if options.format == Format::Text {
        // One short line a theorem; methods and the names of theorems in Coq
        // are shown by --explain.
        heading.columns.remove(METHOD);
        for (row, theorem) in rows.iter_mut().zip(&summary.theorems) {
            row.cells.remove(METHOD);
            row.cells[METHOD] = Cell::Text(machine_checked(theorem).to_string());
        }
    }
    let mut footing = Footing::default();
    for (name, count) in [
        ("proved", summary.proved),
        ("refuted", summary.refuted),
        ("undecided", summary.undecided),
        ("assumed", summary.assumed),
    ] {
        footing.fields.insert(name.to_string(), json!(count));
    }
    footing.below.push(String::new());
    for theorem in &summary.theorems {
        if let Some(why) = &theorem.why {
            footing
                .below
                .push(format!("{} is {}: {why}", theorem.id, theorem.verdict));
        }
    }
    footing.below.push(format!(
        "{} stated: {} proved, {} refuted, {} undecided, {} assumed, {} not attempted; {} not as expected",
        wanted.len(),
        summary.proved,
        summary.refuted,
        summary.undecided,
        summary.assumed,
        wanted.len() - summary.theorems.len(),
        summary.unexpected
    ));
    let in_coq = summary.theorems.iter().filter(|theorem| !theorem.coq.is_empty());
    let whole = summary
        .theorems
        .iter()
        .filter(|theorem| theorem.by == By::Coq.word());
    footing.below.push(format!(
        "machine-checked by Coq (make coq): {} of them whole, {} more in part",
        whole.clone().count(),
        in_coq.count() - whole.count()
    ));
    if explain && options.format == Format::Text {
        let shown = judged.iter().filter(|j| wanted.contains(&j.entry));
        let mut output = Output::open(options)?;
        for judgement in shown {
            output.write(&explanation(&catalogue.entries[judgement.entry], judgement))?;
        }
        for line in &footing.below {
            output.write(&format!("{line}\n"))?;
        }
        return output.finish();
    }
    print(options, &heading, &rows, &footing)
}

/// The place of the column of methods; that of theorems in Coq is the next.
const METHOD: usize = 3;

/// Whether Coq checks the statement: all of it, parts of it, or nothing.
fn machine_checked(theorem: &summary::Row) -> &'static str {
    match (theorem.by, theorem.coq.is_empty()) {
        (_, true) => "",
        ("coq", false) => "all",
        (_, false) => "in part",
    }
}

fn row(theorem: &summary::Row) -> Row {
    Row {
        cells: vec![
            Cell::Text(theorem.verdict.to_string()),
            Cell::Text(theorem.id.clone()),
            Cell::Text(theorem.by.to_string()),
            Cell::Text(theorem.method.clone()),
            Cell::List(theorem.coq.clone()),
            Cell::Number(format!("{:.3}", theorem.seconds)),
            Cell::Text(theorem.title.clone()),
        ],
        // A row of plain text and numbers always has a JSON form.
        json: serde_json::to_value(theorem).unwrap_or(Value::Null),
    }
}

/// A theorem with its claims, as a person reads it.
fn explanation(entry: &Entry, judged: &Judged) -> String {
    let mut text = format!(
        "{}  [{}]\n{}\n\n",
        entry.title,
        entry.id,
        "=".repeat(entry.title.chars().count())
    );
    if let Some(statement) = &entry.statement {
        text.push_str(&format!("{}\n\n", statement.trim()));
    }
    for source in &entry.source {
        text.push_str(&format!("source: {}, {}\n", source.key, source.place));
    }
    if !entry.uses.is_empty() {
        text.push_str(&format!("uses: {}\n", entry.uses.join(", ")));
    }
    text.push_str(&format!("by: {}\n", entry.by.word()));
    if !entry.coq.is_empty() {
        let extent = if entry.by == By::Coq {
            "the statement"
        } else {
            "in part"
        };
        text.push_str(&format!("checked by Coq ({extent}): {}\n", entry.coq.join(", ")));
    }
    text.push_str("\nclaims\n");
    for (number, (claim, attempt)) in entry.claims.iter().zip(&judged.attempts).enumerate() {
        if let Some(says) = &claim.says {
            text.push_str(&format!("  {}. {says}\n     ", number + 1));
        } else {
            text.push_str(&format!("  {}. ", number + 1));
        }
        text.push_str(&format!(
            "{}\n     {} ({})\n",
            claim.text(),
            attempt.verdict.word(),
            attempt.method
        ));
    }
    if let Some(derivation) = &entry.derivation {
        text.push_str(&format!("\nderivation\n{}\n", derivation.trim()));
    }
    text.push_str(&format!("\nverdict: {}\n\n", judged.outcome.word()));
    text
}

fn list(catalogue: &Catalogue, wanted: &[usize], options: &Options) -> Result<Exit, Failure> {
    let heading = Heading {
        fields: Map::new(),
        list: "theorems",
        above: Vec::new(),
        columns: vec![
            Column::text("id"),
            Column::text("title"),
            Column::text("expected"),
            Column::number("claims"),
            Column::text("uses"),
        ],
    };
    let rows: Vec<Row> = wanted
        .iter()
        .map(|&index| {
            let entry = &catalogue.entries[index];
            Row {
                cells: vec![
                    Cell::Text(entry.id.clone()),
                    Cell::Text(entry.title.clone()),
                    Cell::Text(entry.expected.word().to_string()),
                    Cell::Number(entry.claims.len().to_string()),
                    Cell::Text(entry.uses.join(" ")),
                ],
                json: json!({
                    "id": entry.id,
                    "title": entry.title,
                    "statement": entry.statement,
                    "expected": entry.expected.word(),
                    "by": entry.by.word(),
                    "coq": entry.coq,
                    "uses": entry.uses,
                    "claims": entry.claims.iter().map(|claim| claim.text()).collect::<Vec<_>>(),
                }),
            }
        })
        .collect();
    print(options, &heading, &rows, &Footing::default())?;
    Ok(Exit::Answered)
}

fn assumptions(catalogue: &Catalogue, options: &Options) -> Result<Exit, Failure> {
    let mathematical = catalogue
        .entries
        .iter()
        .filter(|entry| entry.expected == Expected::Assumed)
        .map(|entry| {
            let what = entry
                .statement
                .as_deref()
                .unwrap_or(&entry.title)
                .trim()
                .replace('\n', " ");
            let name = entry.title.split(':').next().unwrap_or(&entry.id).to_string();
            (
                name,
                what,
                format!("the claims of {} (copyavg verify {})", entry.id, entry.id),
            )
        });
    let technical = catalogue
        .trust
        .iter()
        .map(|trust| (trust.name.clone(), trust.what.clone(), trust.checked_by.clone()));
    let all: Vec<(String, String, String)> = mathematical.chain(technical).collect();
    if options.format == Format::Text {
        let mut output = Output::open(options)?;
        output.write("Whatever copyavg calls proved follows from these, and nothing else:\n")?;
        for (name, what, checked_by) in &all {
            output.write(&format!("\n{name}  {what}\n    checked by: {checked_by}\n"))?;
        }
        output.finish()?;
        return Ok(Exit::Answered);
    }
    let heading = Heading {
        fields: Map::new(),
        list: "assumptions",
        above: Vec::new(),
        columns: vec![
            Column::text("name"),
            Column::text("what"),
            Column::text("checked_by"),
        ],
    };
    let rows: Vec<Row> = all
        .into_iter()
        .map(|(name, what, checked_by)| Row {
            json: json!({"name": name, "what": what, "checked_by": checked_by}),
            cells: vec![Cell::Text(name), Cell::Text(what), Cell::Text(checked_by)],
        })
        .collect();
    print(options, &heading, &rows, &Footing::default())?;
    Ok(Exit::Answered)
}
