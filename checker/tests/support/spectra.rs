//! Claims of the kind `spectrum`: true ones, and whether others are true, by
//! dense matrices.

use super::dense::Point;

/// The text of a number, rounded to 12 decimal places.
fn written(x: f64) -> String {
    format!("{}/1000000000000", (x * 1e12).round() as i128)
}

/// `LO HI` around a number.
pub fn bounds(x: f64) -> String {
    format!("{} {}", written(x - 1e-9), written(x + 1e-9))
}

/// A true claim about this configuration, from the numbers of this file.
pub fn claim(sizes: &[u64], extra: usize) -> Vec<String> {
    let point = Point::new(sizes, extra);
    let mut parts: Vec<(u64, usize)> = vec![];
    for &size in sizes {
        match parts.last_mut() {
            Some((last, count)) if *last == size => *count += 1,
            _ => parts.push((size, 1)),
        }
    }
    let parts: Vec<String> = parts
        .iter()
        .map(|(size, count)| {
            if *count == 1 {
                size.to_string()
            } else {
                format!("{size}^{count}")
            }
        })
        .collect();
    let mut lines = vec![
        "claim spectrum".to_string(),
        "activation erf".to_string(),
        format!("parts {}", parts.join(" ")),
        format!("extra {extra}"),
        format!("loss {}", bounds(point.loss())),
    ];
    let mut index = 0;
    for (name, times, values) in point.blocks() {
        lines.push(format!("block {name} times {times}"));
        for value in values {
            lines.push(format!("eigenvalue {}", bounds(value)));
            index += if value < 0.0 { times } else { 0 };
        }
    }
    let kind = if index == 0 {
        "strict-local-minimum"
    } else {
        "strict-saddle"
    };
    lines.extend([
        format!("index {index}"),
        "nullity 0".to_string(),
        format!("kind {kind}"),
        "proof inertia".to_string(),
        "end".to_string(),
    ]);
    lines
}

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
    let (p, q) = (natural(p)?, natural(q)?);
    let value = sign * p / q;
    // (An infinite one stands for a very large number.)
    (q != 0.0 && !value.is_nan()).then_some(value)
}

/// Whether a claim of the kind `spectrum` is true, for small configurations
/// (others are taken for false).
pub fn is_true(block: &[String]) -> bool {
    examine(block) == Some(true)
}

fn examine(block: &[String]) -> Option<bool> {
    let mut lines = block.iter().filter(|line| !line.starts_with("says "));
    let mut field = |word: &str| -> Option<&str> { lines.next()?.strip_prefix(word)?.strip_prefix(' ') };
    let exact = field("claim")? == "spectrum" && field("activation")? == "erf";
    let mut sizes = vec![];
    for word in field("parts")?.split(' ') {
        let (size, count) = word.split_once('^').unwrap_or((word, "1"));
        let (size, count) = (size.parse::<u64>().ok()?, count.parse::<usize>().ok()?);
        if size == 0 || count == 0 || size > 12 || count > 12 {
            return None;
        }
        sizes.extend(std::iter::repeat_n(size, count));
    }
    let falling = sizes.windows(2).all(|pair| pair[0] >= pair[1]);
    let extra: usize = field("extra")?.parse().ok()?;
    let k: u64 = sizes.iter().sum();
    if !falling || k > 14 || extra > 12 {
        return None;
    }
    let point = Point::new(&sizes, extra);
    let contains = |text: &str, x: f64| -> Option<bool> {
        let (low, high) = text.split_once(' ')?;
        let slack = 1e-11 * (1.0 + x.abs());
        Some(number(low)? <= x + slack && x - slack <= number(high)?)
    };
    let mut good = exact && contains(field("loss")?, point.loss())?;
    let mut index = 0;
    for (name, times, values) in point.blocks() {
        good &= field("block")? == format!("{name} times {times}");
        for value in values {
            good &= contains(field("eigenvalue")?, value)?;
            index += if value < 0.0 { times } else { 0 };
        }
    }
    good &= field("index")? == index.to_string() && field("nullity")? == "0";
    let minimum = field("kind")? == "strict-local-minimum";
    good &= minimum == (index == 0) && field("proof")? == "inertia";
    Some(good && lines.next().map(String::as_str) == Some("end") && lines.next().is_none())
}
