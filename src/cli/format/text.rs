//! Text for a person: aligned columns, or blocks of lines.

use super::{Cell, Column, Footing, Kind, Layout, Row, Shape, Sheet};

/// What stands between two columns.
const GAP: &str = "  ";
/// Blocks and notes are wrapped to this width.
const WIDTH: usize = 100;
/// Integers with more digits than this are shown by their leading digits.
const LONGEST_INTEGER: usize = 24;

/// Aligned columns under a rule. Their widths come from the first rows; a
/// longer cell that comes later moves the rest of its line.
#[derive(Default)]
pub(super) struct Text {
    widths: Vec<Widths>,
}

/// The width of a column: what stands before and after the place at which its
/// cells are aligned, and the heading.
#[derive(Debug, Clone, Copy, Default)]
struct Widths {
    before: usize,
    after: usize,
    heading: usize,
}

impl Widths {
    fn of(column: &Column, index: usize, samples: &[&[Cell]]) -> Self {
        let mut widths = Widths {
            heading: length(column.heading),
            ..Widths::default()
        };
        for cell in samples.iter().filter_map(|row| row.get(index)) {
            let (before, after) = parts(&shown(cell), column.kind);
            widths.before = widths.before.max(before);
            widths.after = widths.after.max(after);
        }
        widths
    }

    fn total(self) -> usize {
        self.heading.max(self.before + self.after)
    }
}

impl Layout for Text {
    fn begin(&mut self, sheet: &Sheet, samples: &[&[Cell]]) -> String {
        let mut text = paragraphs(&sheet.heading.above);
        if !text.is_empty() {
            text.push('\n');
        }
        if sheet.shape != Shape::Table {
            return text;
        }
        let (mut names, mut rule) = (Vec::new(), Vec::new());
        for (index, column) in sheet.heading.columns.iter().enumerate() {
            let widths = Widths::of(column, index, samples);
            let total = widths.total();
            names.push(match column.kind {
                Kind::Number => format!("{:>total$}", column.heading),
                Kind::Text | Kind::Enclosure => format!("{:<total$}", column.heading),
            });
            rule.push("─".repeat(total));
            self.widths.push(widths);
        }
        text.push_str(&line(&names));
        text.push_str(&line(&rule));
        text
    }

    fn row(&self, sheet: &Sheet, row: &Row) -> String {
        if sheet.shape != Shape::Table {
            return block(sheet, &row.cells);
        }
        let columns = sheet.heading.columns.iter().zip(&self.widths);
        let fields: Vec<String> = (row.cells.iter().zip(columns))
            .map(|(cell, (column, widths))| aligned(&shown(cell), column.kind, *widths))
            .collect();
        line(&fields)
    }

    fn end(&self, sheet: &Sheet, footing: &Footing, any: bool) -> String {
        let said = footing.below.iter().position(|line| !line.is_empty());
        let notes = paragraphs(&footing.below[said.unwrap_or(0)..]);
        let gap = any && sheet.shape == Shape::Table && !notes.is_empty();
        if gap { format!("\n{notes}") } else { notes }
    }
}

/// A line of fields without trailing spaces.
fn line(fields: &[String]) -> String {
    fields.join(GAP).trim_end().to_string() + "\n"
}

fn aligned(text: &str, kind: Kind, widths: Widths) -> String {
    let (before, after) = parts(text, kind);
    let left = match kind {
        Kind::Number => widths.total().saturating_sub(before),
        Kind::Enclosure => widths.before.saturating_sub(before),
        Kind::Text => 0,
    };
    let right = widths.total().saturating_sub(left + before + after);
    format!("{}{text}{}", " ".repeat(left), " ".repeat(right))
}

/// The widths of what stands before and after the place of alignment: the
/// right end of a number, the decimal point of a real, the left end of words.
fn parts(text: &str, kind: Kind) -> (usize, usize) {
    let length = length(text);
    match kind {
        Kind::Number => (length, 0),
        Kind::Text => (0, length),
        Kind::Enclosure => {
            let whole = text.chars().take_while(|c| c.is_ascii_digit() || *c == '-');
            let before = whole.count();
            (before, length - before)
        }
    }
}

/// What is shown of a cell.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::List(texts) => texts.join("; "),
        Cell::Number(digits) => leading_digits(digits),
        Cell::Enclosure(enclosure) => enclosure.to_string(),
        Cell::Absent => "–".to_string(),
    }
}

/// A very long integer by its first digits: `2.7718…e57`.
fn leading_digits(digits: &str) -> String {
    // Digits are bytes.
    if digits.len() <= LONGEST_INTEGER || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return digits.to_string();
    }
    format!("{}.{}…e{}", &digits[..1], &digits[1..6], digits.len() - 1)
}

/// A row as lines `heading  text`, followed by an empty line.
fn block(sheet: &Sheet, cells: &[Cell]) -> String {
    let names = sheet.heading.columns.iter().map(|column| length(column.heading));
    let indent = names.max().unwrap_or(0) + GAP.len();
    let mut text = String::new();
    for (column, cell) in sheet.heading.columns.iter().zip(cells) {
        let items = match cell {
            Cell::Absent => continue,
            Cell::List(items) => items.clone(),
            other => vec![shown(other)],
        };
        let mut name = column.heading;
        for item in items {
            for (index, line) in wrapped(&item, WIDTH - indent).iter().enumerate() {
                let hanging = if index > 0 { "  " } else { "" };
                let line = format!("{name:<indent$}{hanging}{line}");
                text.push_str(line.trim_end());
                text.push('\n');
                name = "";
            }
        }
    }
    text.push('\n');
    text
}

/// Each text wrapped; an empty one is an empty line.
fn paragraphs(texts: &[String]) -> String {
    let lines = texts
        .iter()
        .flat_map(|text| text.split('\n'))
        .flat_map(|text| wrapped(text, WIDTH));
    lines.map(|line| line.trim_end().to_string() + "\n").collect()
}

/// A paragraph in lines of at most `width` characters, broken at spaces.
fn wrapped(paragraph: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut filled) = (String::new(), 0);
    for word in paragraph.split(' ') {
        let more = length(word);
        if filled > 0 && filled + 1 + more > width {
            lines.push(std::mem::take(&mut line));
            filled = 0;
        }
        if filled > 0 {
            line.push(' ');
            filled += 1;
        }
        line.push_str(word);
        filled += more;
    }
    lines.push(line);
    lines
}

/// Characters; those used here are one column wide.
fn length(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_at_the_decimal_point() {
        assert_eq!(parts("12.5…", Kind::Enclosure), (2, 3));
        assert_eq!(parts("-1", Kind::Enclosure), (2, 0));
        assert_eq!(parts("[0, 1]", Kind::Enclosure), (0, 6));
        assert_eq!(parts("12", Kind::Number), (2, 0));
    }

    #[test]
    fn paragraphs_are_wrapped_at_spaces() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(
            wrapped("incomprehensibilities no", 5),
            ["incomprehensibilities", "no"]
        );
        assert_eq!(wrapped("", 5), [""]);
    }

    #[test]
    fn very_long_integers_are_shortened() {
        assert_eq!(leading_digits(&"1234567890".repeat(5)), "1.23456…e49");
        assert_eq!(
            leading_digits("123456789012345678901234"),
            "123456789012345678901234"
        );
    }
}
