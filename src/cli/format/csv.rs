//! Comma-separated values; an enclosure is two columns.

use super::{Cell, Footing, Heading, Kind, Row, Writer};

/// RFC 4180, with a header line.
pub(super) struct Csv;

fn line(fields: &[String]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, nor is CSV of valid text invalid text.
    let _ = writer.write_record(fields);
    writer
        .into_inner()
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default()
}

impl Writer for Csv {
    fn begin(&mut self, heading: &Heading) -> String {
        let mut names = Vec::new();
        for column in &heading.columns {
            match column.kind {
                Kind::Enclosure => {
                    names.push(format!("{}_lower", column.name));
                    names.push(format!("{}_upper", column.name));
                }
                Kind::Text | Kind::Number => names.push(column.name.to_string()),
            }
        }
        line(&names)
    }

    fn rows(&mut self, rows: &[Row]) -> String {
        let mut text = String::new();
        for row in rows {
            let mut fields = Vec::new();
            for cell in &row.cells {
                match cell {
                    Cell::Text(value) | Cell::Number(value) => fields.push(value.clone()),
                    Cell::Enclosure(e) => fields.extend([e.lower.clone(), e.upper.clone()]),
                }
            }
            text.push_str(&line(&fields));
        }
        text
    }

    fn end(&mut self, _footing: &Footing) -> String {
        String::new()
    }
}
