//! LaTeX tables for papers.

use super::{Cell, Footing, Kind, Layout, Row, Sheet};

/// A `tabular` with rules of the package booktabs; what else is said becomes
/// comments.
pub(super) struct Latex;

impl Layout for Latex {
    fn begin(&mut self, sheet: &Sheet, _samples: &[&[Cell]]) -> String {
        let alignment: String = sheet
            .heading
            .columns
            .iter()
            .map(|column| if column.kind == Kind::Number { 'r' } else { 'l' })
            .collect();
        let names: Vec<String> = sheet
            .heading
            .columns
            .iter()
            .map(|column| escaped_name(column.latex))
            .collect();
        format!(
            "{}\\begin{{tabular}}{{{alignment}}}\n\\toprule\n{} \\\\\n\\midrule\n",
            comments(&sheet.heading.above),
            names.join(" & ")
        )
    }

    fn row(&self, _sheet: &Sheet, row: &Row) -> String {
        let cells: Vec<String> = row.cells.iter().map(cell).collect();
        format!("{} \\\\\n", cells.join(" & "))
    }

    fn end(&self, _sheet: &Sheet, footing: &Footing, _any: bool) -> String {
        format!("\\bottomrule\n\\end{{tabular}}\n{}", comments(&footing.below))
    }
}

fn comments(lines: &[String]) -> String {
    let said = lines
        .iter()
        .flat_map(|text| text.lines())
        .filter(|line| !line.trim().is_empty());
    said.map(|line| format!("% {line}\n")).collect()
}

/// A heading in mathematics mode stands as it is.
fn escaped_name(name: &str) -> String {
    if name.contains('$') {
        name.to_string()
    } else {
        escaped(name)
    }
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => escaped(text),
        Cell::List(texts) => escaped(&texts.join("; ")),
        Cell::Number(text) => number(text),
        Cell::Enclosure(enclosure) => number(&enclosure.to_string()),
        Cell::Absent => String::new(),
    }
}

/// A number as shown to people, such as `-1.23…e-20`, in mathematics mode.
fn number(shown: &str) -> String {
    let power = |text: &str| match text.split_once('e') {
        Some((mantissa, exponent)) => format!("{mantissa} \\cdot 10^{{{exponent}}}"),
        None => text.to_string(),
    };
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || "-.…e".contains(c));
    let (start, end) = if shown.starts_with('[') {
        ("[", "]")
    } else {
        ("", "")
    };
    let inside = shown.trim_start_matches('[').trim_end_matches(']');
    let parts: Vec<&str> = inside.split(", ").collect();
    if shown.is_empty() || !parts.iter().all(|part| is_number(part)) {
        return escaped(shown);
    }
    let parts: Vec<String> = parts.into_iter().map(power).collect();
    format!("${start}{}{end}$", parts.join(", ").replace('…', "\\ldots"))
}

/// Text in which nothing is a command.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\\' => escaped.push_str("\\textbackslash{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '<' | '>' | '|' => escaped.push_str(&format!("${c}$")),
            '…' => escaped.push_str("\\ldots{}"),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_words_are_valid_latex() {
        assert_eq!(number("0.0149…"), "$0.0149\\ldots$");
        assert_eq!(number("-2.65…e-20"), "$-2.65\\ldots \\cdot 10^{-20}$");
        assert_eq!(
            number("[1e-30, 2e-30]"),
            "$[1 \\cdot 10^{-30}, 2 \\cdot 10^{-30}]$"
        );
        assert_eq!(number("infinity"), "infinity");
        assert_eq!(
            escaped("a_b & 5% of x^2 < 1"),
            "a\\_b \\& 5\\% of x\\textasciicircum{}2 $<$ 1"
        );
    }
}
