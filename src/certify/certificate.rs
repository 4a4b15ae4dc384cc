//! Witnesses as lines of a certificate (`docs/certificate.md`).

use super::domain::{Cell, Domain};
use super::sign::{Side, Step, Witness};

/// Cuts in one another; far more than [`decide`](super::sign::decide) makes.
const DEEPEST: usize = 10_000;

/// The line `proof METHOD` and the steps behind it.
///
/// `None` if the cells of a cover are not those that halving gives, which
/// [`decide`](super::sign::decide) never answers.
#[must_use]
pub fn proof_lines(domain: &Domain, witness: &Witness) -> Option<Vec<String>> {
    let Witness::Cover(cover) = witness else {
        return Some(vec!["proof sturm".to_string()]);
    };
    let mut lines = vec!["proof cover".to_string()];
    let mut settled = cover.iter();
    let mut last: Option<(String, usize)> = None;
    for start in domain.cells() {
        let (mut cell, mut step) = settled.next()?.clone();
        let mut open = vec![start];
        while let Some(current) = open.pop() {
            if current != cell {
                let (low, high) = current.halves()?;
                // The next cell lies in the first half that is open, or nowhere.
                if !low.contains(&cell) || open.len() > DEEPEST {
                    return None;
                }
                flush(&mut lines, &mut last);
                lines.push(cut(domain, &current, &low)?);
                open.push(high);
                open.push(low);
                continue;
            }
            let word = step_word(&step);
            match &mut last {
                Some((previous, times)) if *previous == word => *times += 1,
                _ => {
                    flush(&mut lines, &mut last);
                    last = Some((word, 1));
                }
            }
            if !open.is_empty() {
                (cell, step) = settled.next()?.clone();
            }
        }
    }
    flush(&mut lines, &mut last);
    settled.next().is_none().then_some(lines)
}

/// Writes the step that was collected, with the number of its repetitions.
fn flush(lines: &mut Vec<String>, last: &mut Option<(String, usize)>) {
    match last.take() {
        Some((step, 1)) => lines.push(step),
        Some((step, times)) => lines.push(format!("{step} times {times}")),
        None => {}
    }
}

/// `split NAME POINT`: where `low` ends and `whole` does not.
fn cut(domain: &Domain, whole: &Cell, low: &Cell) -> Option<String> {
    let place = whole
        .0
        .iter()
        .zip(&low.0)
        .position(|(whole, low)| whole.upper != low.upper)?;
    let point = low.0.get(place)?.upper.as_ref()?;
    Some(format!("split {} {point}", domain.names.get(place)?))
}

fn step_word(step: &Step) -> String {
    match step {
        Step::Natural(_) => "natural".to_string(),
        Step::Centered(_) => "centered".to_string(),
        Step::Endpoint { side, order, .. } => {
            let side = match side {
                Side::Lower => "lower",
                Side::Upper => "upper",
            };
            format!("taylor {side} {order}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational::ratio;
    use crate::certify::domain::{Edge, Range};
    use crate::certify::sign::Level;

    #[test]
    fn cells_become_cuts() {
        let domain = Domain {
            names: vec!["i".into(), "x".into()],
            ranges: vec![Range::parse("1..2").unwrap(), Range::parse("(0, 1]").unwrap()],
        };
        let cell = |i: i64, low: (i64, i64), high: (i64, i64)| {
            Cell(vec![
                Edge::point(ratio(i, 1)),
                Edge {
                    lower: Some(ratio(low.0, low.1)),
                    upper: Some(ratio(high.0, high.1)),
                },
            ])
        };
        let natural = Step::Natural(Level::Double);
        let mut cover = vec![
            (cell(1, (0, 1), (1, 4)), Step::Centered(Level::Bits(128))),
            (cell(1, (1, 4), (1, 2)), natural.clone()),
            (cell(1, (1, 2), (1, 1)), natural.clone()),
            (cell(2, (0, 1), (1, 1)), natural.clone()),
        ];
        let lines = proof_lines(&domain, &Witness::Cover(cover.clone())).unwrap();
        let expected = [
            "proof cover",
            "split x 1/2",
            "split x 1/4",
            "centered",
            "natural times 3",
        ];
        assert_eq!(lines, expected);
        cover.pop();
        assert_eq!(proof_lines(&domain, &Witness::Cover(cover.clone())), None);
        cover.push((cell(2, (0, 1), (1, 3)), natural.clone()));
        assert_eq!(proof_lines(&domain, &Witness::Cover(cover.clone())), None);
        assert_eq!(proof_lines(&domain, &Witness::Sturm).unwrap(), ["proof sturm"]);
    }
}
