//! Whether a claim of the kind `perturbed-copy` is true, in the light of
//! doubles.

use super::perturbed::{Four, best_copy_average, blocks, loss, solution};
use std::collections::HashMap;

/// Blocks: name, multiplicity, eigenvalues.
type Blocks = Vec<(String, u64, Vec<f64>)>;

/// Solutions and blocks that are already known.
#[derive(Default)]
pub struct Truth(HashMap<[u64; 3], Option<(Four, Blocks)>>);

/// A rational as a double; `None` for what is none.
fn number(text: &str) -> Option<f64> {
    let natural = |text: &str| -> Option<f64> {
        let digits = !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
        digits.then(|| text.parse::<f64>().ok()).flatten()
    };
    let (sign, size) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let (p, q) = size.split_once('/').unwrap_or((size, "1"));
    let value = sign * natural(p)? / natural(q)?;
    value.is_finite().then_some(value)
}

fn ends(text: &str) -> Option<(f64, f64)> {
    let (low, high) = text.split_once(' ')?;
    Some((number(low)?, number(high)?))
}

impl Truth {
    /// Whether the lines from `claim` to `end` are a true claim. Large
    /// configurations are taken for false.
    pub fn of(&mut self, lines: &[String]) -> bool {
        self.examine(lines) == Some(true)
    }

    fn examine(&mut self, lines: &[String]) -> Option<bool> {
        let mut lines = lines
            .iter()
            .map(String::as_str)
            .filter(|line| !line.starts_with("says "))
            .peekable();
        macro_rules! field {
            ($word:expr) => {
                lines.next()?.strip_prefix($word)?.strip_prefix(' ')?
            };
        }
        let mut good = field!("claim") == "perturbed-copy" && field!("activation") == "erf";
        let mut count = [0; 3];
        for (target, word) in count.iter_mut().zip(["n", "k", "extra"]) {
            let text = field!(word);
            *target = text.parse::<u64>().ok().filter(|n| n.to_string() == text)?;
        }
        let [n, k, extra] = count;
        if n < 2 || n >= k || k > 12 || extra > 4 {
            return None;
        }
        let make = || {
            let x = solution(n, k)?;
            let [n, k, extra] = count.map(|n| usize::try_from(n).unwrap());
            Some((x, blocks(n, k, extra, x)))
        };
        let (x, list) = self.0.entry(count).or_insert_with(make).clone()?;
        for (name, x) in ["alpha", "beta", "gamma", "a"].iter().zip(x) {
            let (low, high) = ends(field!(&format!("box {name}")))?;
            let slack = 1e-12 * x.abs();
            good &= low < x + slack && x - slack < high && low < high && low * high > 0.0;
        }
        for _ in 0..4 {
            let row: Option<Vec<f64>> = field!("preconditioner").split(' ').map(number).collect();
            good &= row?.len() == 4;
        }
        let contains = |text: &str, x: f64| -> Option<bool> {
            let (low, high) = ends(text)?;
            let slack = 1e-9 * (1.0 + x.abs());
            Some(low <= x + slack && x - slack <= high && low <= high)
        };
        let value = loss(n, k, x);
        good &= contains(field!("loss"), value)?;
        if lines.peek()?.starts_with("order ") {
            let lower = value < best_copy_average(n, k);
            good &= field!("order") == if lower { "lower" } else { "higher" };
        }
        if lines.peek()?.starts_with("block ") {
            let mut index = 0;
            for (name, times, values) in list {
                good &= field!("block") == format!("{name} times {times}");
                for value in values {
                    good &= contains(field!("eigenvalue"), value)?;
                    index += if value < 0.0 { times } else { 0 };
                }
            }
            good &= field!("index") == index.to_string() && field!("nullity") == "0";
            let kind = field!("kind");
            good &= kind
                == if index == 0 {
                    "strict-local-minimum"
                } else {
                    "strict-saddle"
                };
        }
        good &= field!("proof") == "krawczyk";
        Some(good && lines.next() == Some("end") && lines.next().is_none())
    }
}
