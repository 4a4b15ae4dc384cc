//! LaTeX tables for papers.

use super::{Cell, Footing, Heading, Kind, Row, Writer};

/// A `tabular` with rules of the package booktabs.
pub(super) struct Latex;

/// The text with LaTeX's special characters escaped.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            '\\' => out.push_str("\\textbackslash{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '<' => out.push_str("$<$"),
            '>' => out.push_str("$>$"),
            '…' => out.push_str("\\ldots"),
            _ => out.push(c),
        }
    }
    out
}

fn line(fields: impl Iterator<Item = String>) -> String {
    let fields: Vec<String> = fields.map(|field| escaped(&field)).collect();
    format!("{} \\\\\n", fields.join(" & "))
}

impl Writer for Latex {
    fn begin(&mut self, heading: &Heading) -> String {
        let alignment: String = heading
            .columns
            .iter()
            .map(|column| if column.kind == Kind::Number { 'r' } else { 'l' })
            .collect();
        format!(
            "\\begin{{tabular}}{{{alignment}}}\n\\toprule\n{}\\midrule\n",
            line(heading.columns.iter().map(|column| column.name.to_string()))
        )
    }

    fn rows(&mut self, rows: &[Row]) -> String {
        rows.iter()
            .map(|row| line(row.cells.iter().map(Cell::shown)))
            .collect()
    }

    fn end(&mut self, _footing: &Footing) -> String {
        "\\bottomrule\n\\end{tabular}\n".to_string()
    }
}
