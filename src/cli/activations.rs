//! `copyavg activations`: what is known of each.

use super::error::Failure;
use super::exit::Exit;
use super::format::{Cell, Column, Footing, Heading, Row, print};
use super::options::{Format, Options};
use super::output::Output;
use crate::activation::Activation;
use serde_json::{Map, json};

pub(crate) fn run(options: &Options) -> Result<Exit, Failure> {
    if options.format == Format::Text {
        return text(options);
    }
    let heading = Heading {
        fields: Map::new(),
        list: "activations",
        above: Vec::new(),
        columns: vec![
            Column::text("name"),
            Column::text("formula"),
            Column::text("kernel"),
            Column::text("source"),
            Column::text("known"),
        ],
    };
    let rows: Vec<Row> = Activation::known()
        .iter()
        .map(|known| Row {
            cells: [known.name, known.formula, known.kernel, known.source]
                .into_iter()
                .map(|text| Cell::Text(text.to_string()))
                .chain([Cell::Text(known.known.join("; "))])
                .collect(),
            json: json!({
                "name": known.name,
                "description": known.description,
                "formula": known.formula,
                "kernel": known.kernel,
                "source": known.source,
                "known": known.known,
            }),
        })
        .collect();
    print(options, &heading, &rows, &Footing::default())?;
    Ok(Exit::Answered)
}

/// A paragraph an activation.
fn text(options: &Options) -> Result<Exit, Failure> {
    let mut output = Output::open(options)?;
    for known in Activation::known() {
        output.write(&format!(
            "{}  {}\n    function: {}\n    kernel, with q = |w|^2, r = |v|^2, u = w.v: {}\n    source: {}\n",
            known.name, known.description, known.formula, known.kernel, known.source
        ))?;
        for fact in known.known {
            output.write(&format!("    - {fact}\n"))?;
        }
        output.write("\n")?;
    }
    output.finish()?;
    Ok(Exit::Answered)
}
