//! Comma-separated values; an enclosure is two columns.

use super::{Cell, Footing, Kind, Layout, Row, Sheet};

/// RFC 4180 but for the line ends, with a header line.
pub(super) struct Csv;

impl Layout for Csv {
    fn begin(&mut self, sheet: &Sheet, _samples: &[&[Cell]]) -> String {
        let mut names = Vec::new();
        for column in &sheet.heading.columns {
            match column.kind {
                Kind::Enclosure => {
                    names.push(format!("{}_lower", column.name));
                    names.push(format!("{}_upper", column.name));
                }
                Kind::Text | Kind::Number => names.push(column.name.to_string()),
            }
        }
        line(names.iter().map(String::as_str))
    }

    fn row(&self, sheet: &Sheet, row: &Row) -> String {
        let joined: Vec<String> = row
            .cells
            .iter()
            .map(|cell| match cell {
                Cell::List(texts) => texts.join("; "),
                _ => String::new(),
            })
            .collect();
        let mut fields = Vec::new();
        for ((cell, column), joined) in row.cells.iter().zip(&sheet.heading.columns).zip(&joined) {
            match cell {
                Cell::Text(value) | Cell::Number(value) => fields.push(value.as_str()),
                Cell::List(_) => fields.push(joined),
                Cell::Enclosure(e) => fields.extend([e.lower.as_str(), e.upper.as_str()]),
                Cell::Absent if column.kind == Kind::Enclosure => fields.extend(["", ""]),
                Cell::Absent => fields.push(""),
            }
        }
        line(fields.into_iter())
    }

    fn end(&self, _sheet: &Sheet, _footing: &Footing, _any: bool) -> String {
        String::new()
    }
}

fn line<'a>(fields: impl Iterator<Item = &'a str>) -> String {
    let mut line = String::new();
    for (index, field) in fields.enumerate() {
        if index > 0 {
            line.push(',');
        }
        if field.contains([',', '"', '\n', '\r']) {
            line.push('"');
            line.push_str(&field.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(field);
        }
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        let fields = ["plain", "6,1,1", "say \"yes\"", "two\nlines", ""];
        let written = line(fields.into_iter());
        let mut reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(written.as_bytes());
        let record = reader.records().next().unwrap().unwrap();
        assert_eq!(record.iter().collect::<Vec<_>>(), fields);
    }
}
