//! Tables for a person.

use super::{Cell, Footing, Heading, Kind, Row, Writer};
use comfy_table::{CellAlignment, Table, presets};

/// Aligned columns under a rule.
#[derive(Default)]
pub(super) struct Text {
    heading: Heading,
    started: bool,
}

impl Writer for Text {
    fn begin(&mut self, heading: &Heading) -> String {
        self.heading = heading.clone();
        let mut text = String::new();
        for line in &heading.above {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    fn rows(&mut self, rows: &[Row]) -> String {
        if rows.is_empty() {
            return String::new();
        }
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        if !self.started {
            table.set_header(self.heading.columns.iter().map(|column| column.name));
            self.started = true;
        }
        for row in rows {
            table.add_row(row.cells.iter().map(Cell::shown));
        }
        for (index, column) in self.heading.columns.iter().enumerate() {
            if let Some(formatted) = table.column_mut(index) {
                formatted.set_padding((0, 2));
                if column.kind == Kind::Number {
                    formatted.set_cell_alignment(CellAlignment::Right);
                }
            }
        }
        let mut text = String::new();
        for line in table.lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    fn end(&mut self, footing: &Footing) -> String {
        footing
            .below
            .iter()
            .flat_map(|line| [line.as_str(), "\n"])
            .collect()
    }
}
