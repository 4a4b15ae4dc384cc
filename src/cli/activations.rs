//! `copyavg activations`: what is known of each.

use super::error::Failure;
use super::exit::Exit;
use super::format::{Cell, Column, Footing, Heading, Row, Shape, print_as};
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
            Column::text("description").titled("what it is", "description"),
            Column::text("formula").titled("function of x", "formula"),
            Column::text("kernel").titled("E[σ(w·x)σ(v·x)]", "kernel"),
            Column::text("source"),
            Column::text("known"),
        ],
    };
    let rows: Vec<Row> = Activation::known()
        .iter()
        .map(|known| Row {
            cells: [
                known.name,
                known.description,
                known.formula,
                known.kernel,
                known.source,
            ]
            .into_iter()
            .map(|text| Cell::Text(text.to_string()))
            .chain([Cell::List(known.known.iter().map(ToString::to_string).collect())])
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
    let footing = Footing {
        fields: Map::new(),
        below: vec![
            "In the kernels q = |w|^2, r = |v|^2, u = w.v; x is a standard Gaussian vector.".to_string(),
        ],
    };
    print_as(Shape::Blocks, options, &heading, &rows, &footing)?;
    Ok(Exit::Answered)
}
