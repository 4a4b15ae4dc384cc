//! Markdown tables.

use super::{Cell, Footing, Kind, Layout, Row, Sheet};

/// A pipe table between paragraphs.
pub(super) struct Markdown;

impl Layout for Markdown {
    fn begin(&mut self, sheet: &Sheet, _samples: &[&[Cell]]) -> String {
        let mut text = String::new();
        for line in sheet.heading.above.iter().filter(|line| !line.is_empty()) {
            text.push_str(&format!("{}\n\n", escaped(line)));
        }
        text.push_str(&line(
            sheet.heading.columns.iter().map(|column| escaped(column.heading)),
        ));
        text.push_str(&line(sheet.heading.columns.iter().map(
            |column| match column.kind {
                Kind::Number => "---:".to_string(),
                Kind::Text | Kind::Enclosure => "---".to_string(),
            },
        )));
        text
    }

    fn row(&self, _sheet: &Sheet, row: &Row) -> String {
        line(row.cells.iter().map(cell))
    }

    fn end(&self, _sheet: &Sheet, footing: &Footing, _any: bool) -> String {
        let said = footing.below.iter().filter(|line| !line.is_empty());
        said.map(|line| format!("\n{}\n", escaped(line))).collect()
    }
}

fn line(fields: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", fields.collect::<Vec<_>>().join(" | "))
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => escaped(text),
        Cell::List(texts) => texts
            .iter()
            .map(|text| escaped(text))
            .collect::<Vec<_>>()
            .join("<br>"),
        Cell::Number(text) => text.clone(),
        Cell::Enclosure(enclosure) => enclosure.to_string(),
        Cell::Absent => String::new(),
    }
}

/// Text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '`' | '<' | '>' | '\\' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\n' => escaped.push(' '),
            _ => escaped.push(c),
        }
    }
    escaped
}
