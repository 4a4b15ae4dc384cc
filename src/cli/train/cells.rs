//! A row for each k and n: how many runs ended in which class.

use super::runs::share;
use crate::cli::format::{self, Column, Footing, Heading, Row};
use crate::experiment::basins::{Basin, Cell, Limit, Thresholds};
use crate::experiment::training::Setup;
use serde_json::{Map, Value, json};

/// What stands above the rows.
pub(super) fn heading(first: &Setup) -> Heading {
    let mut fields = Map::new();
    fields.insert("activation".to_string(), json!(first.activation.to_string()));
    fields.insert("start".to_string(), json!(first.start.word()));
    let ends = |low, high| {
        [
            Column::number(low).titled("from", "from"),
            Column::number(high).titled("to", "to"),
        ]
    };
    let mut columns = vec![
        Column::number("k").titled("k", "$k$"),
        Column::number("n").titled("n", "$n$"),
        Column::number("runs"),
        Column::number("copy_average").titled("C-A", "C-A"),
    ];
    columns.extend(ends("copy_average_from", "copy_average_to"));
    columns.push(Column::number("perturbed_copies").titled("P-n-C", "P-$n$-C"));
    columns.extend(ends("perturbed_copies_from", "perturbed_copies_to"));
    columns.push(Column::number("other"));
    columns.extend(ends("other_from", "other_to"));
    columns.push(Column::number("certified"));
    columns.push(Column::text("lowest_loss").titled("lowest loss", "lowest loss"));
    Heading {
        fields,
        list: "cells",
        above: vec![format!(
            "Where gradient flow from {} weights ends (activation {}): runs in each class, and the share of all \
             starts that it holds, from ... to, with 95 % confidence",
            first.start.word(),
            first.activation
        )],
        columns,
    }
}

/// One k and n.
pub(super) fn row(cell: &Cell) -> Row {
    let number = |number: String| format::Cell::Number(number);
    let mut cells = vec![
        number(cell.teachers.to_string()),
        number(cell.neurons.to_string()),
        number(cell.runs.to_string()),
    ];
    for basin in Basin::ALL {
        let frequency = cell.frequency(basin);
        let (low, high) = frequency.interval95();
        cells.extend([
            number(frequency.count.to_string()),
            number(format!("{low:.4}")),
            number(format!("{high:.4}")),
        ]);
    }
    cells.push(number(cell.certified.to_string()));
    cells.push(format::Cell::Text(cell.lowest.to_string()));
    Row {
        cells,
        json: json(cell),
    }
}

fn json(cell: &Cell) -> Value {
    let summary: Map<String, Value> = Basin::ALL
        .into_iter()
        .map(|basin| (basin.word().to_string(), share(cell.frequency(basin))))
        .collect();
    json!({
        "k": cell.teachers,
        "n": cell.neurons,
        "d": cell.dimension,
        "runs": cell.runs,
        "certified": cell.certified,
        "lowest_loss": cell.lowest,
        "highest_loss": cell.highest,
        "summary": summary,
    })
}

/// The cells for JSON, and what they say of thresholds.
pub(super) fn conclude(footing: &mut Footing, cells: &[Cell]) {
    footing.field("cells", cells.iter().map(json).collect::<Vec<_>>());
    let thresholds = Thresholds::all(cells);
    let mut rows = Vec::new();
    for at in &thresholds {
        let (k, low, high) = (at.teachers, &at.copy_average_to, &at.perturbed_copies_from);
        rows.push(json!({
            "k": k,
            "copy_average_to": limit(low.as_ref()),
            "perturbed_copies_from": limit(high.as_ref()),
        }));
        footing.below.push(match low {
            Some(limit) => sentence(k, limit, "C-A", "up to"),
            None => format!("k = {k}: not all runs end at C-A, even at n = 2"),
        });
        footing.below.push(match high {
            Some(limit) => sentence(k, limit, "P-n-C", "from"),
            None => format!("k = {k}: not all runs end at P-n-C, even at n = {}", k - 1),
        });
    }
    footing.field("thresholds", rows);
}

fn limit(limit: Option<&Limit>) -> Value {
    let Some(limit) = limit else {
        return Value::Null;
    };
    let beyond = limit
        .beyond
        .map(|(n, frequency)| json!({"n": n, "count": frequency.count, "runs": frequency.trials}));
    json!({
        "n": limit.neurons,
        "runs_at_each_n": limit.runs,
        "share_at_least": limit.at_least,
        "claimed": limit.claimed,
        "beyond": beyond,
    })
}

fn sentence(k: usize, limit: &Limit, class: &str, which: &str) -> String {
    let n = limit.neurons;
    let beyond = match limit.beyond {
        Some((n, frequency)) => format!("; at n = {n}, {} of {} do", frequency.count, frequency.trials),
        None => String::new(),
    };
    let claim = match limit.claimed {
        true => format!(
            "{} runs at each n: with 95 % confidence at least {:.4} of all starts there",
            limit.runs, limit.at_least
        ),
        false => format!(
            "seen, not claimed: {} runs at an n leave room for a share of {:.4} below 1",
            limit.runs,
            remainder(limit.runs)
        ),
    };
    format!("k = {k}: all runs end at {class} {which} n = {n} ({claim}){beyond}")
}

/// The largest share of a class that was never seen.
fn remainder(runs: u32) -> f64 {
    let none = crate::experiment::statistics::Frequency {
        count: 0,
        trials: runs,
    };
    none.interval95().1
}
