//! One table, many formats: rows go out as they come.

mod csv;
mod json;
mod latex;
mod markdown;
mod text;

use super::error::Failure;
use super::options::{Format, Options};
use super::output::Output;
use crate::arithmetic::digits::DecimalEnclosure;
use serde_json::{Map, Value};

/// One field of a row.
#[derive(Debug, Clone)]
pub(crate) enum Cell {
    /// Words, left-aligned.
    Text(String),
    /// An exact integer or a plain number, right-aligned.
    Number(String),
    /// A real between two decimals.
    Enclosure(DecimalEnclosure),
}

impl Cell {
    /// The field as people read it.
    fn shown(&self) -> String {
        match self {
            Cell::Text(text) | Cell::Number(text) => text.clone(),
            Cell::Enclosure(enclosure) => enclosure.to_string(),
        }
    }
}

/// What a column holds; CSV needs to know before the first row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Number,
    Enclosure,
}

/// A column's name in tables and its kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
}

impl Column {
    pub(crate) const fn text(name: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Text,
        }
    }

    pub(crate) const fn number(name: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Number,
        }
    }

    pub(crate) const fn enclosure(name: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Enclosure,
        }
    }
}

/// A row: its fields for tables and its object for JSON.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) cells: Vec<Cell>,
    pub(crate) json: Value,
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

/// A format: the text of each part of a table.
trait Writer {
    fn begin(&mut self, heading: &Heading) -> String;
    fn rows(&mut self, rows: &[Row]) -> String;
    fn end(&mut self, footing: &Footing) -> String;
}

/// A table on its way out.
pub(crate) struct Table {
    writer: Box<dyn Writer>,
    output: Output,
}

impl Table {
    /// Opens the destination and writes what comes before the rows.
    pub(crate) fn begin(options: &Options, heading: &Heading) -> Result<Self, Failure> {
        let mut writer: Box<dyn Writer> = match options.format {
            Format::Text => Box::new(text::Text::default()),
            Format::Json => Box::new(json::Json::default()),
            Format::Csv => Box::new(csv::Csv),
            Format::Latex => Box::new(latex::Latex),
            Format::Markdown => Box::new(markdown::Markdown),
        };
        let mut output = Output::open(options)?;
        output.write(&writer.begin(heading))?;
        Ok(Table { writer, output })
    }

    /// Writes rows; tables for people are aligned within one call.
    pub(crate) fn rows(&mut self, rows: &[Row]) -> Result<(), Failure> {
        let text = self.writer.rows(rows);
        self.output.write(&text)
    }

    /// Writes what comes after the rows and completes the destination.
    pub(crate) fn end(mut self, footing: &Footing) -> Result<(), Failure> {
        let text = self.writer.end(footing);
        self.output.write(&text)?;
        self.output.finish()
    }
}

/// A whole table at once.
pub(crate) fn print(
    options: &Options,
    heading: &Heading,
    rows: &[Row],
    footing: &Footing,
) -> Result<(), Failure> {
    let mut table = Table::begin(options, heading)?;
    table.rows(rows)?;
    table.end(footing)
}
