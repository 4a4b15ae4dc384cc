//! The claims of a certificate that can be stated in Coq, read as text.

use crate::arithmetic::rational::Rational;
use crate::theorem::certificate;
use num_bigint::BigInt;
use num_traits::Zero;
use std::str::FromStr;

/// The most characters of a number, as for the checker.
const LONGEST: usize = 1000;

/// Why a certificate gives no Coq file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// Not a certificate of version 1, or damaged.
    #[error("line {line}: {reason}")]
    Unreadable {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// A certificate, but of nothing that the Coq library can state.
    #[error("none of its claims can be stated in Coq: {0}")]
    NothingToExport(String),
}

/// A closed interval with rational ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Between {
    /// The lower end.
    pub lower: Rational,
    /// The upper end.
    pub upper: Rational,
}

/// The loss of the copy-average configurations of one partition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// Bucket sizes, in descending order, each with the number of neurons.
    pub parts: Vec<(u64, u64)>,
    /// Where the loss lies.
    pub between: Between,
}

impl Loss {
    /// The number of teachers.
    #[must_use]
    pub fn teachers(&self) -> u128 {
        self.parts
            .iter()
            .map(|&(size, count)| u128::from(size) * u128::from(count))
            .sum()
    }
}

/// A claim, as far as it is exported.
#[derive(Debug)]
pub(super) enum Claim {
    PerturbedCopy(PerturbedCopy),
    CopyAverage(CopyAverage),
    /// What holds for all k is proved once; the claim is an instance of it.
    ForEvery {
        kind: Kind,
        from: u64,
        to: u64,
    },
    /// Why it is left out.
    Omitted(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Critical,
    Additivity,
    PartitionOptimum,
    ConcavityScan,
}

#[derive(Debug)]
pub(super) struct PerturbedCopy {
    pub neurons: u64,
    pub teachers: u64,
    /// alpha, beta, gamma, a.
    pub sides: Vec<Between>,
    pub preconditioner: Vec<Vec<Rational>>,
    pub loss: Between,
    /// `Lower`, `Higher` or `Unstated`.
    pub order: &'static str,
    pub has_blocks: bool,
}

#[derive(Debug)]
pub(super) struct CopyAverage {
    pub loss: Loss,
    /// Name, number of eigenvalues, whether all are positive.
    pub blocks: Vec<Block>,
}

#[derive(Debug)]
pub(super) struct Block {
    pub name: String,
    pub rows: usize,
    pub positive: bool,
}

fn unreadable(line: usize, reason: impl Into<String>) -> ExportError {
    ExportError::Unreadable {
        line,
        reason: reason.into(),
    }
}

/// The claims with the lines at which they begin.
pub(super) fn claims(text: &str) -> Result<Vec<(usize, Claim)>, ExportError> {
    let lines: Vec<&str> = text.lines().collect();
    if lines.first() != Some(&certificate::HEADER) {
        return Err(unreadable(
            1,
            format!("a certificate begins with \"{}\"", certificate::HEADER),
        ));
    }
    let last = lines.len();
    let stated = lines.last().and_then(|line| line.strip_prefix("digest sha256 "));
    let before = text.rfind("digest sha256 ").map_or("", |place| &text[..place]);
    match stated {
        None => return Err(unreadable(last, "a certificate ends with its digest")),
        Some(stated) if stated != certificate::digest(before) => {
            return Err(unreadable(last, "the digest is not that of the text above"));
        }
        Some(_) => {}
    }
    let mut found = Vec::new();
    let mut place = 1;
    while place + 1 < last {
        let line = lines[place];
        let Some(kind) = line.strip_prefix("claim ") else {
            if !found.is_empty()
                || !["theorem ", "entry ", "says "]
                    .iter()
                    .any(|w| line.starts_with(w))
            {
                return Err(unreadable(place + 1, "a claim should begin here"));
            }
            place += 1;
            continue;
        };
        let length = lines[place..last - 1]
            .iter()
            .position(|line| *line == "end")
            .ok_or_else(|| unreadable(place + 1, "the claim has no end"))?;
        let mut fields = Fields {
            lines: lines[place + 1..place + length]
                .iter()
                .enumerate()
                .map(|(index, line)| (place + 2 + index, *line))
                .filter(|(_, line)| !line.starts_with("says "))
                .collect(),
            next: 0,
            end: place + length + 1,
        };
        found.push((place + 1, claim(kind, &mut fields)?));
        place += length + 1;
    }
    if found.is_empty() {
        return Err(unreadable(last, "there is no claim"));
    }
    Ok(found)
}

fn claim(kind: &str, fields: &mut Fields<'_>) -> Result<Claim, ExportError> {
    let general = match kind {
        "perturbed-copy" => return perturbed_copy(fields).map(Claim::PerturbedCopy),
        "spectrum" => return copy_average(fields).map(Claim::CopyAverage),
        "critical" => Kind::Critical,
        "additivity" => Kind::Additivity,
        "partition-optimum" => Kind::PartitionOptimum,
        "concavity-scan" => Kind::ConcavityScan,
        other => {
            return Ok(Claim::Omitted(format!(
                "claims of the kind {other} are not exported"
            )));
        }
    };
    let (_, activation) = fields.take("activation")?;
    if activation != "erf" {
        return Ok(Claim::Omitted(format!(
            "the activation {activation} is not exported"
        )));
    }
    let (from, to) = if general == Kind::ConcavityScan {
        (2, fields.natural("to")?)
    } else {
        let (line, range) = fields.take("k")?;
        let ends = range
            .split_once("..")
            .and_then(|(from, to)| Some((natural(from)?, natural(to)?)));
        ends.ok_or_else(|| unreadable(line, "a range A..B should stand here"))?
    };
    Ok(Claim::ForEvery {
        kind: general,
        from,
        to,
    })
}

fn perturbed_copy(fields: &mut Fields<'_>) -> Result<PerturbedCopy, ExportError> {
    fields.erf()?;
    let neurons = fields.natural("n")?;
    let teachers = fields.natural("k")?;
    fields.natural("extra")?;
    let mut sides = Vec::with_capacity(4);
    for name in ["alpha", "beta", "gamma", "a"] {
        sides.push(fields.between(&format!("box {name}"))?);
    }
    let mut preconditioner = Vec::with_capacity(4);
    for _ in 0..4 {
        let (line, row) = fields.take("preconditioner")?;
        let row: Option<Vec<Rational>> = row.split(' ').map(rational).collect();
        match row {
            Some(row) if row.len() == 4 => preconditioner.push(row),
            _ => return Err(unreadable(line, "four rationals should stand here")),
        }
    }
    let loss = fields.between("loss")?;
    let order = match fields.peek("order") {
        Some("lower") => "Lower",
        Some("higher") => "Higher",
        _ => "Unstated",
    };
    if order != "Unstated" {
        fields.take("order")?;
    }
    Ok(PerturbedCopy {
        neurons,
        teachers,
        sides,
        preconditioner,
        loss,
        order,
        has_blocks: fields.peek("block").is_some(),
    })
}

fn copy_average(fields: &mut Fields<'_>) -> Result<CopyAverage, ExportError> {
    fields.erf()?;
    let (line, text) = fields.take("parts")?;
    let parts: Option<Vec<(u64, u64)>> = text
        .split(' ')
        .map(|part| match part.split_once('^') {
            Some((size, count)) => Some((positive(size)?, positive(count)?)),
            None => Some((positive(part)?, 1)),
        })
        .collect();
    let parts = parts.ok_or_else(|| unreadable(line, "sizes of buckets should stand here"))?;
    if !parts.windows(2).all(|pair| pair[0].0 > pair[1].0) {
        return Err(unreadable(line, "sizes of buckets descend"));
    }
    fields.natural("extra")?;
    let between = fields.between("loss")?;
    let mut blocks = Vec::new();
    while let Some(text) = fields.peek("block") {
        let (line, _) = fields.take("block")?;
        let (name, _) = text
            .split_once(" times ")
            .ok_or_else(|| unreadable(line, "a block's name and multiplicity should stand here"))?;
        let (mut rows, mut below) = (0, false);
        while fields.peek("eigenvalue").is_some() {
            let eigenvalue = fields.between("eigenvalue")?;
            below |= eigenvalue.upper < Rational::zero();
            rows += 1;
        }
        blocks.push(Block {
            name: name.to_string(),
            rows,
            positive: !below,
        });
    }
    Ok(CopyAverage {
        loss: Loss { parts, between },
        blocks,
    })
}

/// The lines of a claim, taken one after the other.
struct Fields<'a> {
    lines: Vec<(usize, &'a str)>,
    next: usize,
    /// The line of `end`, for complaints.
    end: usize,
}

impl<'a> Fields<'a> {
    /// What stands behind `word` on the next line, if the line begins so.
    fn peek(&self, word: &str) -> Option<&'a str> {
        let (_, line) = self.lines.get(self.next)?;
        line.strip_prefix(word)?.strip_prefix(' ')
    }

    fn take(&mut self, word: &str) -> Result<(usize, &'a str), ExportError> {
        let line = self.lines.get(self.next).map_or(self.end, |(line, _)| *line);
        let rest = self
            .peek(word)
            .ok_or_else(|| unreadable(line, format!("\"{word}\" should stand here")))?;
        self.next += 1;
        Ok((line, rest))
    }

    fn natural(&mut self, word: &str) -> Result<u64, ExportError> {
        let (line, text) = self.take(word)?;
        natural(text).ok_or_else(|| unreadable(line, "a natural number should stand here"))
    }

    fn between(&mut self, word: &str) -> Result<Between, ExportError> {
        let (line, text) = self.take(word)?;
        text.split_once(' ')
            .and_then(|(lower, upper)| {
                Some(Between {
                    lower: rational(lower)?,
                    upper: rational(upper)?,
                })
            })
            .ok_or_else(|| unreadable(line, "two rationals should stand here"))
    }

    fn erf(&mut self) -> Result<(), ExportError> {
        let (line, activation) = self.take("activation")?;
        if activation == "erf" {
            Ok(())
        } else {
            Err(unreadable(line, "such a claim is about the activation erf"))
        }
    }
}

/// Up to 18 digits, as for the checker.
fn natural(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.len() <= 18 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn positive(text: &str) -> Option<u64> {
    natural(text).filter(|&value| value > 0)
}

fn rational(text: &str) -> Option<Rational> {
    let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if text.len() > LONGEST
        || !digits(numerator.strip_prefix('-').unwrap_or(numerator))
        || !digits(denominator)
    {
        return None;
    }
    let denominator = BigInt::from_str(denominator).ok()?;
    if denominator.is_zero() {
        return None;
    }
    Some(Rational::new(BigInt::from_str(numerator).ok()?, denominator))
}
