//! `copyavg activations`: what is known of each.

use super::error::Failure;
use super::exit::Exit;
use super::format::{Cell, Column, Footing, Heading, Row, print};
use super::options::Options;
use crate::activation::Activation;
use serde_json::{Map, json};

pub(crate) fn run(options: &Options) -> Result<Exit, Failure> {
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
