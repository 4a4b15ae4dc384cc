//! One JSON object whose list of rows is written as it grows.

use super::{Footing, Heading, Row, Writer};

/// The object, with one row a line.
#[derive(Default)]
pub(super) struct Json {
    any: bool,
}

impl Writer for Json {
    fn begin(&mut self, heading: &Heading) -> String {
        let mut text = "{".to_string();
        for (key, value) in &heading.fields {
            text.push_str(&format!("{}: {value},\n ", serde_json::Value::from(key.as_str())));
        }
        text.push_str(&format!("\"{}\": [", heading.list));
        text
    }

    fn rows(&mut self, rows: &[Row]) -> String {
        let mut text = String::new();
        for row in rows {
            text.push_str(if self.any { ",\n  " } else { "\n  " });
            self.any = true;
            text.push_str(&row.json.to_string());
        }
        text
    }

    fn end(&mut self, footing: &Footing) -> String {
        let mut text = if self.any {
            "\n ]".to_string()
        } else {
            "]".to_string()
        };
        for (key, value) in &footing.fields {
            text.push_str(&format!(",\n {}: {value}", serde_json::Value::from(key.as_str())));
        }
        text.push_str("}\n");
        text
    }
}
