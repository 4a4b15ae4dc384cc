//! One table, five ways to write it.
//!
//! A command describes its columns once and hands over rows; each format is a
//! [`Layout`] in a file of its own. Rows are written as they come, so that a
//! table may be longer than memory.

mod csv;
mod json;
mod latex;
mod markdown;
mod text;

use super::error::Failure;
use super::options::{Format, Options};
use super::output::Output;
use crate::arithmetic::digits::DecimalEnclosure;
use rayon::prelude::*;
use serde_json::{Map, Value};

/// One field of a row.
#[derive(Debug, Clone)]
pub(crate) enum Cell {
    /// Words, left-aligned.
    Text(String),
    /// Several statements, one below the other where there is room.
    List(Vec<String>),
    /// An exact integer or a plain number, right-aligned.
    Number(String),
    /// A real between two decimals.
    Enclosure(DecimalEnclosure),
    /// Nothing to say.
    Absent,
}

/// What a column holds; CSV needs to know before the first row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Number,
    Enclosure,
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    /// Its name for programs, in CSV.
    name: &'static str,
    /// Its heading for people.
    heading: &'static str,
    /// Its heading in LaTeX.
    latex: &'static str,
    kind: Kind,
}

impl Column {
    const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            heading: name,
            latex: name,
            kind,
        }
    }

    /// A column of words.
    pub(crate) const fn text(name: &'static str) -> Self {
        Self::new(name, Kind::Text)
    }

    /// A column of exact numbers.
    pub(crate) const fn number(name: &'static str) -> Self {
        Self::new(name, Kind::Number)
    }

    /// A column of reals between decimals.
    pub(crate) const fn enclosure(name: &'static str) -> Self {
        Self::new(name, Kind::Enclosure)
    }

    /// The same with another heading for people, and for LaTeX.
    pub(crate) const fn titled(self, heading: &'static str, latex: &'static str) -> Self {
        Self {
            heading,
            latex,
            ..self
        }
    }
}

/// A row: its fields for tables and its object for JSON.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) cells: Vec<Cell>,
    pub(crate) json: Value,
}

/// How rows are laid out where that is a matter of taste.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Lines below headings.
    Table,
    /// In text a block of lines per row, for wordy ones.
    Blocks,
    /// The same, and the one row there is makes the whole JSON object.
    Single,
}

/// What is said besides the rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Heading {
    /// JSON fields before the list of rows.
    pub(crate) fields: Map<String, Value>,
    /// The name of that list.
    pub(crate) list: &'static str,
    /// Lines above the table, for people.
    pub(crate) above: Vec<String>,
    /// The columns.
    pub(crate) columns: Vec<Column>,
}

/// What is said after the rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Footing {
    /// JSON fields after the list of rows.
    pub(crate) fields: Map<String, Value>,
    /// Lines below the table, for people.
    pub(crate) below: Vec<String>,
}

impl Footing {
    /// Adds a JSON field.
    pub(crate) fn field(&mut self, name: &str, value: impl Into<Value>) {
        self.fields.insert(name.to_string(), value.into());
    }
}

/// What a layout knows of a table before its rows.
struct Sheet {
    heading: Heading,
    shape: Shape,
}

/// A way to write a table. Texts of rows end with a line end, unless something
/// stands between rows.
trait Layout: Send + Sync {
    /// What comes before the rows. `samples` are rows of the table, among them
    /// its first ones.
    fn begin(&mut self, sheet: &Sheet, samples: &[&[Cell]]) -> String;

    /// One row.
    fn row(&self, sheet: &Sheet, row: &Row) -> String;

    /// What stands between two rows.
    fn separator(&self) -> &'static str {
        ""
    }

    /// What comes after the rows, `any` if there were some.
    fn end(&self, sheet: &Sheet, footing: &Footing, any: bool) -> String;
}

/// Rows laid out by one task.
const CHUNK: usize = 256;

/// A table on its way out.
pub(crate) struct Table {
    sheet: Sheet,
    layout: Box<dyn Layout>,
    output: Output,
    /// A row that will come later, for which room is left.
    expected: Option<Row>,
    begun: bool,
    any: bool,
}

impl Table {
    /// Opens the destination; nothing is written before the first rows.
    pub(crate) fn begin(options: &Options, heading: &Heading) -> Result<Self, Failure> {
        Self::shaped(options, heading, Shape::Table)
    }

    fn shaped(options: &Options, heading: &Heading, shape: Shape) -> Result<Self, Failure> {
        let layout: Box<dyn Layout> = match options.format {
            Format::Text => Box::new(text::Text::default()),
            Format::Json => Box::new(json::Json),
            Format::Csv => Box::new(csv::Csv),
            Format::Latex => Box::new(latex::Latex),
            Format::Markdown => Box::new(markdown::Markdown),
        };
        Ok(Table {
            sheet: Sheet {
                heading: heading.clone(),
                shape,
            },
            layout,
            output: Output::open(options)?,
            expected: None,
            begun: false,
            any: false,
        })
    }

    /// Leaves room for a long row that will come later.
    pub(crate) fn expect(&mut self, row: Row) {
        self.expected = Some(row);
    }

    /// Writes rows, laid out in parallel.
    pub(crate) fn rows(&mut self, rows: &[Row]) -> Result<(), Failure> {
        self.start(rows)?;
        let (sheet, layout) = (&self.sheet, &*self.layout);
        let texts: Vec<Vec<String>> = rows
            .par_chunks(CHUNK)
            .map(|chunk| chunk.iter().map(|row| layout.row(sheet, row)).collect())
            .collect();
        for text in texts.iter().flatten() {
            if self.any {
                self.output.write(self.layout.separator())?;
            }
            self.any = true;
            self.output.write(text)?;
        }
        self.output.flush()
    }

    /// Writes what comes after the rows and completes the destination.
    pub(crate) fn end(mut self, footing: &Footing) -> Result<(), Failure> {
        self.start(&[])?;
        let text = self.layout.end(&self.sheet, footing, self.any);
        self.output.write(&text)?;
        self.output.finish()
    }

    fn start(&mut self, rows: &[Row]) -> Result<(), Failure> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        let expected = self.expected.take();
        let samples: Vec<&[Cell]> = rows.iter().chain(&expected).map(|row| &*row.cells).collect();
        let text = self.layout.begin(&self.sheet, &samples);
        self.output.write(&text)
    }
}

/// A whole table at once.
pub(crate) fn print(
    options: &Options,
    heading: &Heading,
    rows: &[Row],
    footing: &Footing,
) -> Result<(), Failure> {
    print_as(Shape::Table, options, heading, rows, footing)
}

/// A whole table at once, in another shape.
pub(crate) fn print_as(
    shape: Shape,
    options: &Options,
    heading: &Heading,
    rows: &[Row],
    footing: &Footing,
) -> Result<(), Failure> {
    let mut table = Table::shaped(options, heading, shape)?;
    table.rows(rows)?;
    table.end(footing)
}
