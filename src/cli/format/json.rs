//! One JSON object, a row per line.

use super::{Cell, Footing, Layout, Row, Shape, Sheet};
use serde_json::{Map, Value};

/// The object.
pub(super) struct Json;

fn fields(fields: &Map<String, Value>) -> Vec<String> {
    let field = |(key, value): (&String, &Value)| format!("{}: {value}", Value::from(key.as_str()));
    fields.iter().map(field).collect()
}

impl Layout for Json {
    fn begin(&mut self, sheet: &Sheet, _samples: &[&[Cell]]) -> String {
        if sheet.shape == Shape::Single {
            return String::new();
        }
        let mut parts = fields(&sheet.heading.fields);
        parts.push(format!("\"{}\": [", sheet.heading.list));
        format!("{{{}", parts.join(",\n "))
    }

    fn row(&self, sheet: &Sheet, row: &Row) -> String {
        match sheet.shape {
            Shape::Single => row.json.to_string(),
            Shape::Table | Shape::Blocks => format!("\n  {}", row.json),
        }
    }

    fn separator(&self) -> &'static str {
        ","
    }

    fn end(&self, sheet: &Sheet, footing: &Footing, any: bool) -> String {
        if sheet.shape == Shape::Single {
            return "\n".to_string();
        }
        let mut parts = vec![if any { "\n ]" } else { "]" }.to_string()];
        parts.extend(fields(&footing.fields));
        format!("{}}}\n", parts.join(",\n "))
    }
}
