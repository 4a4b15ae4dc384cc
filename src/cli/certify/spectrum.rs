//! The Hessian's spectrum as a table.

use crate::arithmetic::Interval;
use crate::arithmetic::digits::DecimalEnclosure;
use crate::certify::spectrum::{Kind, Spectrum};
use crate::cli::error::Failure;
use crate::cli::format::{Cell, Column, Footing, Heading, Row, print};
use crate::cli::options::{Format, Options};
use num_bigint::BigUint;
use serde_json::{Map, Value, json};

/// What the spectrum proves, for a person, and `by` what.
pub(super) fn verdict_lines(spectrum: &Spectrum<Interval>, by: &str) -> Vec<String> {
    let what = match spectrum.kind {
        Kind::StrictLocalMinimum => "strict local minimum",
        Kind::StrictSaddle => "strict saddle",
        Kind::Degenerate => "degenerate",
        Kind::Undecided => "undecided",
    };
    if let (Some(index), Some(nullity)) = (&spectrum.morse_index, &spectrum.nullity) {
        let total: BigUint = spectrum
            .blocks
            .iter()
            .map(|block| &block.multiplicity * block.dimension)
            .sum();
        vec![
            format!(
                "kind         {what}, proved: {index} of {total} eigenvalues are negative, {nullity} are zero"
            ),
            format!("by           {by}"),
            "complete     rows, trace and sum of squares of the blocks are those of the full Hessian"
                .to_string(),
        ]
    } else {
        let why = spectrum.why.as_ref().map(ToString::to_string).unwrap_or_default();
        vec![format!("kind         undecided: {why}")]
    }
}

/// Prints a heading (without columns), the spectrum, and what follows from it.
/// `legend` says what block names mean, apart from what stands in parentheses.
pub(super) fn report(
    options: &Options,
    mut heading: Heading,
    spectrum: &Spectrum<Interval>,
    eigenvalues: &[Vec<DecimalEnclosure>],
    legend: &[(&str, &str)],
) -> Result<(), Failure> {
    heading.columns = vec![
        Column::text("block"),
        Column::number("multiplicity"),
        Column::number("index"),
        Column::enclosure("eigenvalue"),
    ];
    let mut fields = Map::new();
    let count = |n: &Option<BigUint>| json!(n.as_ref().map(ToString::to_string));
    fields.insert("morse_index".to_string(), count(&spectrum.morse_index));
    fields.insert("nullity".to_string(), count(&spectrum.nullity));
    fields.insert("kind".to_string(), json!(spectrum.kind.word()));
    if let Some(why) = &spectrum.why {
        fields.insert("why".to_string(), json!(why.to_string()));
    }
    let mut below =
        vec!["All eigenvalues of the Hessian in (a, W); each counts `multiplicity` times.".to_string()];
    for (beginning, meaning) in legend {
        if spectrum
            .blocks
            .iter()
            .any(|block| block.name.starts_with(beginning))
        {
            below.push((*meaning).to_string());
        }
    }
    let rows = rows(spectrum, eigenvalues, options.format);
    print(options, &heading, &rows, &Footing { fields, below })?;
    if let Some(why) = &spectrum.why {
        crate::cli::complain(&why.to_string());
    }
    Ok(())
}

/// One row per block in JSON, else one per eigenvalue.
fn rows(spectrum: &Spectrum<Interval>, eigenvalues: &[Vec<DecimalEnclosure>], format: Format) -> Vec<Row> {
    let mut rows = Vec::new();
    for (block, eigenvalues) in spectrum.blocks.iter().zip(eigenvalues) {
        if format == Format::Json {
            rows.push(Row {
                cells: Vec::new(),
                json: json!({
                    "block": block.name,
                    "dimension": block.dimension,
                    "multiplicity": block.multiplicity.to_string(),
                    "eigenvalues": eigenvalues,
                }),
            });
            continue;
        }
        for (index, eigenvalue) in eigenvalues.iter().enumerate() {
            // A person sees the name of a block once.
            let repeated = index > 0 && format != Format::Csv;
            let (name, multiplicity) = if repeated {
                (Cell::Text(String::new()), Cell::Text(String::new()))
            } else {
                let multiplicity = Cell::Number(block.multiplicity.to_string());
                (Cell::Text(block.name.clone()), multiplicity)
            };
            rows.push(Row {
                cells: vec![
                    name,
                    multiplicity,
                    Cell::Number((index + 1).to_string()),
                    Cell::Enclosure(eigenvalue.clone()),
                ],
                json: Value::Null,
            });
        }
    }
    rows
}
