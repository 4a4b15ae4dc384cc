//! Random damage to the claims of certificates.

/// A linear congruential generator (Knuth's MMIX constants).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(n.max(1)).unwrap()).unwrap()
    }

    pub fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
}

/// Words of the format, and others.
pub const WORDS: [&str; 53] = [
    "claim",
    "says",
    "for",
    "let",
    "holds",
    "equation",
    "proof",
    "cover",
    "sturm",
    "exact",
    "enumeration",
    "series",
    "quadrature",
    "split",
    "natural",
    "centered",
    "taylor",
    "lower",
    "upper",
    "times",
    "end",
    "activation",
    "k",
    "extra",
    "to",
    "digits",
    "point",
    "in",
    "sqrt",
    "asin",
    "acos",
    "atan",
    "diff",
    "pi",
    "infinity",
    "erf",
    "erf:2",
    "sign",
    "identity",
    "grant",
    "block",
    "eigenvalue",
    "index",
    "nullity",
    "kind",
    "loss",
    "parts",
    "bucket",
    "zero",
    "sum",
    "difference",
    "unused",
    "inertia",
];

/// A word, a number or a symbol, at its place in a line.
fn tokens(line: &str) -> Vec<(usize, usize)> {
    let bytes = line.as_bytes();
    let mut tokens = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        let class = |c: u8| c.is_ascii_alphanumeric() || c == b'_' || c == b':';
        let mut end = start + 1;
        if class(bytes[start]) {
            while end < bytes.len() && class(bytes[end]) {
                end += 1;
            }
        }
        if bytes[start] != b' ' {
            tokens.push((start, end));
        }
        start = end;
    }
    tokens
}

/// Another text for a token.
fn other_token(random: &mut Random, token: &str, names: &[String]) -> String {
    if let Ok(n) = token.parse::<i64>() {
        return match random.below(20) {
            0 => (n + 1).to_string(),
            1 => (n - 1).to_string(),
            2 => format!("-{n}"),
            3 => "0".to_string(),
            4 => (2 * n).to_string(),
            5 => format!("{n}/2"),
            6 => format!("{n}/0"),
            7 => format!("{n}1"),
            8 => format!("{n}.001"),
            9 => format!("({n} - 1/1000)"),
            10 => format!("{n}e3"),
            11 => (n + 1 + i64::try_from(random.below(20)).unwrap()).to_string(),
            12 => format!("1/{}", n.abs() + 1),
            13 => "9".repeat(1 + random.below(1200)),
            14 => "infinity".to_string(),
            15 => "7".to_string(),
            16 => (n + 2).to_string(),
            17 => (3 * n).to_string(),
            18 => (n - 2).to_string(),
            _ => (n + 1).to_string(),
        };
    }
    match token {
        "+" | "-" | "*" | "/" | "^" => random
            .pick(&["+", "-", "*", "/", "^", "+ 1 -", "*2*"])
            .to_string(),
        ">" | "<" | "=" => random.pick(&[">", "<", "=", ">=", "<="]).to_string(),
        "(" | ")" | "[" | "]" | "," => random.pick(&["(", ")", "[", "]", ",", "((", ", 0"]).to_string(),
        "sqrt" | "asin" | "acos" | "atan" => random.pick(&["sqrt", "asin", "acos", "atan"]).to_string(),
        "natural" | "centered" => random.pick(&["natural", "centered"]).to_string(),
        "lower" | "upper" => random.pick(&["lower", "upper"]).to_string(),
        "erf" => random
            .pick(&["erf:1", "erf:2/3", "erf-printed", "erf:0"])
            .to_string(),
        word => match random.below(12) {
            0 => format!("{word}x"),
            1 => format!("sqrt({word})"),
            2 | 3 => random.pick(&WORDS).to_string(),
            4 => format!("({word} + 1/3)"),
            5 => random.pick(&["1", "2", "pi", "(-1)"]).to_string(),
            _ if !names.is_empty() => names[random.below(names.len())].clone(),
            _ => random.pick(&WORDS).to_string(),
        },
    }
}

/// How a mutant was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// Lines left out, doubled or cut off: never acceptable.
    Structure,
    /// Lines exchanged, or a foreign one inserted.
    Order,
    /// One or more words changed.
    Words,
}

/// A mutant, and how it was made.
pub fn mutate(random: &mut Random, block: &[String]) -> (Vec<String>, Damage) {
    let mut lines = block.to_vec();
    // Points of a kernel may come and go: each is a claim of its own.
    let structural: Vec<usize> = (0..lines.len())
        .filter(|&i| !lines[i].starts_with("point "))
        .collect();
    let place = structural[random.below(structural.len())];
    match random.below(20) {
        0 => {
            lines.remove(place);
            (lines, Damage::Structure)
        }
        1 => {
            lines.insert(place, lines[place].clone());
            (lines, Damage::Structure)
        }
        2 => {
            lines.truncate(place);
            (lines, Damage::Structure)
        }
        3 => {
            let other = random.below(lines.len());
            lines.swap(place, other);
            (lines, Damage::Order)
        }
        4 => {
            let foreign = random.pick(&[
                "grant 1",
                "natural",
                "split x 1/3",
                "let q = 1",
                "for q in [0, 1]",
                "trust me",
                "end",
            ]);
            lines.insert(place, foreign.to_string());
            (lines, Damage::Order)
        }
        _ => {
            let names: Vec<String> = block
                .iter()
                .filter(|line| line.starts_with("for ") || line.starts_with("let "))
                .filter_map(|line| line.split(' ').nth(1).map(str::to_string))
                .collect();
            let changes = random.pick(&[&1, &1, &1, &2, &3]);
            for _ in 0..*changes {
                // Rarely the first word of a line, or the words of a head.
                let all: Vec<(usize, (usize, usize))> = (0..lines.len())
                    .flat_map(|line| tokens(&lines[line]).into_iter().map(move |token| (line, token)))
                    .collect();
                let inner = |&&(line, (start, _)): &&(usize, (usize, usize))| {
                    start > 0 && !lines[line].starts_with("claim ") && !lines[line].starts_with("proof ")
                };
                let behind: Vec<_> = all.iter().filter(inner).copied().collect();
                let list = if random.below(10) == 0 || behind.is_empty() {
                    all
                } else {
                    behind
                };
                let (line, (start, end)) = list[random.below(list.len())];
                let text = &lines[line];
                let other = other_token(random, &text[start..end], &names);
                lines[line] = format!("{}{other}{}", &text[..start], &text[end..]);
            }
            for line in &mut lines {
                // Ranges of partitions that would take minutes.
                let numbers = line.split(|c: char| !c.is_ascii_digit());
                let large = numbers
                    .filter_map(|n| n.parse::<u64>().ok())
                    .any(|n| n > 9 && n <= 100);
                if large && line.starts_with("k ") {
                    *line = "k 2..9".to_string();
                } else if large && line.starts_with("extra ") {
                    *line = line.split(".").next().unwrap_or(line).to_string();
                }
            }
            (lines, Damage::Words)
        }
    }
}
