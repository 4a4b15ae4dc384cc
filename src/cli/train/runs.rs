//! A row for each run.

use crate::arithmetic::{Interval, Rational, Scalar};
use crate::cli::format::{Cell, Column, Footing, Heading, Row};
use crate::cli::options::{Format, Options};
use crate::configuration::copy_average::squared_norm;
use crate::configuration::partition::Partition;
use crate::experiment::basins::Basin;
use crate::experiment::statistics::Frequency;
use crate::experiment::training::{Certified, Class, Coordinate, Run, Setup};
use serde_json::{Map, Value, json};

/// What stands above the rows.
pub(super) fn heading(first: &Setup, several: bool, options: &Options) -> Heading {
    let (k, n, d) = (first.teachers, first.neurons, first.dimension);
    let sizes = match several {
        false => format!("n = {n} neurons learn k = {k} teachers in d = {d} inputs"),
        true => "n neurons learn k teachers".to_string(),
    };
    let mut fields = Map::new();
    fields.insert("activation".to_string(), json!(first.activation.to_string()));
    fields.insert("start".to_string(), json!(first.start.word()));
    if !several {
        for (name, value) in [("k", k), ("n", n), ("d", d)] {
            fields.insert(name.to_string(), json!(value));
        }
    }
    let mut columns = Vec::new();
    if shows_sizes(several, options) {
        columns.extend([
            Column::number("k").titled("k", "$k$"),
            Column::number("n").titled("n", "$n$"),
            Column::number("d").titled("d", "$d$"),
        ]);
    }
    columns.extend([
        Column::number("seed"),
        Column::text("class"),
        Column::text("loss"),
        Column::number("gradient_norm").titled("max |grad|", "$\\|\\nabla L\\|_\\infty$"),
        Column::number("steps"),
        Column::text("stopped").titled("ended", "ended"),
        Column::text("certified_kind").titled("certified", "certified"),
        Column::text("radius").titled("within", "within"),
    ]);
    Heading {
        fields,
        list: "runs",
        above: vec![format!(
            "Gradient flow from {} weights: {sizes} (activation {})",
            first.start.word(),
            first.activation
        )],
        columns,
    }
}

/// Whether k, n and d stand in the rows.
fn shows_sizes(several: bool, options: &Options) -> bool {
    several || options.format == Format::Csv
}

/// One run.
pub(super) fn row(run: &Run, several: bool, weights: bool, options: &Options) -> Row {
    let mut cells = Vec::new();
    if shows_sizes(several, options) {
        let sizes = [run.setup.teachers, run.setup.neurons, run.setup.dimension];
        cells.extend(sizes.map(|size| Cell::Number(size.to_string())));
    }
    let (kind, radius) = match &run.certified {
        Some(certified) => (
            Cell::Text(certified.kind.replace('-', " ")),
            Cell::Text(at_most(&certified.radius)),
        ),
        None => (Cell::Absent, Cell::Absent),
    };
    cells.extend([
        Cell::Number(run.setup.seed.to_string()),
        Cell::Text(class(&run.class)),
        Cell::Text(run.loss.to_string()),
        Cell::Number(format!("{:.1e}", run.gradient_norm)),
        Cell::Number(run.steps.to_string()),
        Cell::Text(run.stopped.word().to_string()),
        kind,
        radius,
    ]);
    Row {
        cells,
        json: json(run, weights, options),
    }
}

/// A class with equal parts counted: `C-A (5,1^3)`.
fn class(class: &Class) -> String {
    match class {
        Class::CopyAverage { parts } => match Partition::from_parts(parts.iter().copied()) {
            Ok(partition) => format!("C-A ({})", partition.compact()),
            Err(_) => class.to_string(),
        },
        other => other.to_string(),
    }
}

/// A decimal with two digits that is not below the one given.
fn at_most(decimal: &str) -> String {
    let Ok(value) = decimal.parse::<f64>() else {
        return decimal.to_string();
    };
    let near = format!("{value:.1e}");
    if near.parse::<f64>().is_ok_and(|near| near >= value) {
        return near;
    }
    let digits = near.replacen('.', "", 1);
    match digits
        .split_once('e')
        .map(|(digits, power)| (digits.parse::<u32>(), power.parse::<i32>()))
    {
        Some((Ok(99), Ok(power))) => format!("1.0e{}", power + 1),
        Some((Ok(digits), Ok(power))) => format!("{}.{}e{power}", (digits + 1) / 10, (digits + 1) % 10),
        _ => decimal.to_string(),
    }
}

/// The fields of a run.
fn json(run: &Run, weights: bool, options: &Options) -> Value {
    let mut object = json!({
        "k": run.setup.teachers,
        "n": run.setup.neurons,
        "d": run.setup.dimension,
        "seed": run.setup.seed,
        "loss": run.loss,
        "initial_loss": run.initial_loss,
        "gradient_norm": run.gradient_norm,
        "steps": run.steps,
        "gradient_evaluations": run.gradient_evaluations,
        "hessian_products": run.hessian_products,
        "flow_time": run.flow_time,
        "newton_steps": run.newton_steps,
        "newton_moved": run.newton_moved,
        "least_eigenvalue": run.least_eigenvalue,
        "stopped": run.stopped.word(),
        "why": run.stopped.to_string(),
        "class": Basin::of(&run.class).word(),
    });
    if let Value::Object(fields) = &mut object {
        match &run.class {
            Class::CopyAverage { parts } => fields.insert("parts".to_string(), json!(parts)),
            Class::PerturbedCopies => None,
            Class::Other { what } => fields.insert("what".to_string(), json!(what.to_string())),
        };
        fields.insert("margin".to_string(), json!(run.margin));
        fields.insert("neurons".to_string(), json!(run.neurons));
        if weights {
            fields.insert("a".to_string(), json!(run.outgoing));
            let rows: Vec<&[f64]> = run.weights.chunks(run.setup.dimension.max(1)).collect();
            fields.insert("w".to_string(), json!(rows));
        }
        let certified = run
            .certified
            .as_ref()
            .map(|certified| proof(run, certified, options));
        fields.insert("certified".to_string(), certified.unwrap_or(Value::Null));
        if let Some(why) = &run.uncertified {
            fields.insert("uncertified".to_string(), json!(why));
        }
        if let Some(bug) = &run.bug {
            fields.insert("bug".to_string(), json!(bug));
        }
    }
    object
}

/// What is proved of an end point, with the names that `certify` uses.
fn proof(run: &Run, certified: &Certified, options: &Options) -> Value {
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| object.insert(name.to_string(), value);
    put("k", json!(run.setup.teachers));
    put("n", json!(run.setup.neurons));
    put("d", json!(run.setup.dimension));
    put("family", json!(certified.family));
    if let Some(parts) = &certified.parts {
        put("parts", json!(parts));
    }
    put("point", point(run, certified, options));
    put("radius", json!(certified.radius));
    put("matching", json!(certified.matching));
    put("loss", json!(certified.loss));
    put("exists", json!(certified.exists));
    put("critical", json!(certified.critical));
    put("morse_index", json!(certified.morse_index));
    put("nullity", json!(certified.nullity));
    put("kind", json!(certified.kind));
    put("certificate", json!(certified.certificate));
    Value::Object(object)
}

/// The coordinates within the family: of a copy-average point the size, the outer
/// weight and the norm of its neurons.
fn point(run: &Run, certified: &Certified, options: &Options) -> Value {
    let Some(parts) = &certified.parts else {
        let named = |coordinate: &Coordinate| (coordinate.name.clone(), json!(coordinate.value));
        return Value::Object(certified.point.iter().map(named).collect());
    };
    let (kernel, reals) = (run.setup.activation.kernel(), options.reals(15));
    let sizes = parts
        .chunk_by(|a, b| a == b)
        .filter_map(|same| Some((*same.first()?, same.len())));
    sizes
        .map(|(ell, count)| {
            let squared = squared_norm(&kernel, ell);
            json!({
                "ell": ell.to_string(),
                "a": reals.exact(&Rational::from_integer(ell.into())),
                "r": reals.print(|precision| Interval::context(precision).rational(&squared).sqrt()),
                "count": count.to_string(),
            })
        })
        .collect()
}

/// Counts runs by class.
pub(super) fn conclude(footing: &mut Footing, runs: &[Run], several: bool) {
    let trials = u32::try_from(runs.len()).unwrap_or(u32::MAX);
    let mut summary = Map::new();
    for basin in Basin::ALL {
        let of = runs.iter().filter(|run| Basin::of(&run.class) == basin).count();
        let frequency = Frequency {
            count: u32::try_from(of).unwrap_or(u32::MAX),
            trials,
        };
        summary.insert(basin.word().to_string(), share(frequency));
        let (low, high) = frequency.interval95();
        if !several && trials > 0 {
            footing.below.push(format!(
                "{:<6} {:>4} of {trials} runs, with 95 % confidence a share from {low:.4} to {high:.4}",
                basin.word(),
                frequency.count
            ));
        }
    }
    footing.field("summary", Value::Object(summary));
    let open: Vec<&Run> = runs.iter().filter(|run| run.certified.is_none()).collect();
    if open.is_empty() {
        footing
            .below
            .push("Every end point lies within the stated distance of an exact critical point of the certified kind.".to_string());
    }
    let mut reasons: Vec<(&str, usize)> = Vec::new();
    for run in open {
        let why = run.uncertified.as_deref().unwrap_or("no reason is known");
        match reasons.iter_mut().find(|(other, _)| *other == why) {
            Some((_, count)) => *count += 1,
            None => reasons.push((why, 1)),
        }
    }
    for (why, count) in reasons {
        footing
            .below
            .push(format!("not certified: {count} of {trials}: {why}"));
    }
}

/// A count with its fraction and interval.
pub(super) fn share(frequency: Frequency) -> Value {
    let (low, high) = frequency.interval95();
    json!({
        "count": frequency.count,
        "fraction": frequency.fraction(),
        "interval95": [low, high],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_rounded_upwards() {
        for (exact, shown) in [
            ("8.899547765395254828e-13", "8.9e-13"),
            ("8.91e-13", "9.0e-13"),
            ("9.91e-13", "1.0e-12"),
            ("0.00012", "1.2e-4"),
            ("0.000121", "1.3e-4"),
            ("0", "0.0e0"),
        ] {
            assert_eq!(at_most(exact), shown);
        }
    }

    #[test]
    fn equal_parts_are_counted() {
        let parts = vec![5, 1, 1, 1];
        assert_eq!(class(&Class::CopyAverage { parts }), "C-A (5,1^3)");
        assert_eq!(class(&Class::PerturbedCopies), "P-n-C");
    }
}
