//! Markdown tables.

use super::{Cell, Footing, Heading, Kind, Row, Writer};

/// A pipe table.
pub(super) struct Markdown;

fn line(fields: impl Iterator<Item = String>) -> String {
    let fields: Vec<String> = fields.map(|field| field.replace('|', "\\|")).collect();
    format!("| {} |\n", fields.join(" | "))
}

impl Writer for Markdown {
    fn begin(&mut self, heading: &Heading) -> String {
        let rule = heading.columns.iter().map(|column| match column.kind {
            Kind::Number => "---:".to_string(),
            Kind::Text | Kind::Enclosure => "---".to_string(),
        });
        line(heading.columns.iter().map(|column| column.name.to_string())) + &line(rule)
    }

    fn rows(&mut self, rows: &[Row]) -> String {
        rows.iter()
            .map(|row| line(row.cells.iter().map(Cell::shown)))
            .collect()
    }

    fn end(&mut self, _footing: &Footing) -> String {
        String::new()
    }
}
