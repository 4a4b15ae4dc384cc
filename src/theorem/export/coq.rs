//! Claims as theorems of Coq, in the words of the library in `proofs/coq`.

use super::read::{Between, Block, Claim, CopyAverage, Kind, Loss, PerturbedCopy};
use crate::arithmetic::rational::{Rational, compare};
use std::cmp::Ordering;
use std::fmt::Write as _;

/// Bits for the blocks of a Hessian and for the order of losses.
const BITS: u64 = 128;
/// Bits for enclosures of derivatives over a box, which need few.
const DERIVATIVE_BITS: u64 = 96;
/// Bits beyond those that tell the ends of an enclosure from each other.
const GUARD_BITS: u64 = 64;

/// Assumed by every theorem that speaks of a loss.
const KERNEL: &str = "A1, the arcsine kernel: E[erf(w.x/sqrt 2) erf(v.x/sqrt 2)] over standard Gaussian x is \
    what Kernel.v defines as `kernel` (Williams 1996; Saad and Solla 1995)";
/// Assumed where blocks stand for the Hessian.
const BLOCKS: &str = "that the Hessian of the loss at a copy-average configuration is, in a suitable orthonormal \
    basis, the direct sum of 4/pi times the blocks defined in CopyAverageTest.v (docs/certificate.md derives it)";

/// Theorems with what is to be said about them.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub theorems: Vec<(String, String)>,
    pub proves: Vec<String>,
    pub omits: Vec<String>,
    pub trusts: Vec<&'static str>,
}

impl Written {
    /// The claims, which begin at these lines.
    pub fn of(claims: &[(usize, Claim)]) -> Written {
        let mut written = Written::default();
        for (line, claim) in claims {
            let name = format!("claim_of_line_{line}");
            match claim {
                Claim::PerturbedCopy(claim) => written.perturbed_copy(&name, claim),
                Claim::CopyAverage(claim) => written.copy_average(&name, claim),
                Claim::ForEvery { kind, from, to } => written.instance(&name, *kind, *from, *to),
                Claim::Omitted(why) => written.omits.push(format!("line {line}: {why}")),
            }
        }
        written
    }

    /// Losses compared with the next higher one.
    pub fn of_orders(losses: &[Loss]) -> Written {
        let mut written = Written::default();
        let mut sorted: Vec<&Loss> = losses.iter().collect();
        sorted.sort_by(|x, y| {
            let by_loss = compare(&x.between.lower, &y.between.lower);
            x.teachers().cmp(&y.teachers()).then(by_loss)
        });
        for pair in sorted.windows(2) {
            let (x, y) = (pair[0], pair[1]);
            let apart = compare(&x.between.upper, &y.between.lower) == Ordering::Less;
            if x.teachers() != y.teachers() || !apart {
                continue;
            }
            let (first, second) = (parts(&x.parts), parts(&y.parts));
            let name = format!("order_{}", written.theorems.len() + 1);
            let statement = format!("copy_average_order_claim {first} {second}");
            let lemma = format!("copy_average_order_test_correct {BITS}");
            written.computed(&name, &statement, &lemma);
            written.proves.push(format!(
                "the buckets {} have a lower loss than {}",
                words(&x.parts),
                words(&y.parts)
            ));
            written.trust(KERNEL);
        }
        written
    }

    fn perturbed_copy(&mut self, name: &str, claim: &PerturbedCopy) {
        let mut statement = format!("perturbed_copy_claim {} {}", claim.neurons, claim.teachers);
        for side in claim.sides.iter().chain([&claim.loss]) {
            let _ = write!(statement, "\n    {}", range(side));
        }
        let _ = write!(statement, "\n    {}", claim.order);
        let rows: Vec<String> = claim
            .preconditioner
            .iter()
            .map(|row| format!("[{}]", row.iter().map(ratio).collect::<Vec<_>>().join("; ")))
            .collect();
        let bits = claim.sides.iter().map(bits_of).max().unwrap_or(BITS) + GUARD_BITS;
        let lemma = format!(
            "perturbed_copy_test_correct {bits} {DERIVATIVE_BITS} _ _ _ _ _ _ _ _\n    [{}]",
            rows.join(";\n     ")
        );
        self.computed(name, &statement, &lemma);
        let order = match claim.order {
            "Lower" => ", lower than that of the best copy-average configuration",
            "Higher" => ", higher than that of the best copy-average configuration",
            _ => "",
        };
        self.proves.push(format!(
            "n = {}, k = {}: in the box exactly one perturbed n-copy, critical in all weights, and its loss{order}",
            claim.neurons, claim.teachers
        ));
        if claim.has_blocks {
            self.omits
                .push("the spectrum of the perturbed copy is not exported".to_string());
        }
        self.trust(KERNEL);
    }

    fn copy_average(&mut self, name: &str, claim: &CopyAverage) {
        let written = parts(&claim.loss.parts);
        let between = range(&claim.loss.between);
        let statement = format!("copy_average_loss_claim {written}\n    {between}");
        let bits = bits_of(&claim.loss.between) + GUARD_BITS;
        let lemma = format!("copy_average_loss_test_correct {bits}");
        self.computed(&format!("{name}_loss"), &statement, &lemma);
        self.proves.push(format!(
            "the loss of every copy-average configuration with the buckets {}",
            words(&claim.loss.parts)
        ));
        self.trust(KERNEL);
        for (place, block) in claim.blocks.iter().enumerate() {
            let Some(term) = block_term(block, &claim.loss.parts) else {
                self.omits.push(format!("there is no block {} here", block.name));
                continue;
            };
            let (sign, said) = if block.positive {
                ("positive", "is positive definite")
            } else {
                ("negative", "has a negative direction")
            };
            let name = format!("{name}_block_{}", place + 1);
            let lemma = format!("{sign}_block_test_correct {BITS}");
            self.computed(&name, &format!("{sign}_block ({term})"), &lemma);
            self.proves.push(format!("the block {} {said}", block.name));
            self.trust(BLOCKS);
        }
    }

    /// An instance of a theorem about all k.
    fn instance(&mut self, name: &str, kind: Kind, from: u64, to: u64) {
        let range = format!("({from} <= k <= {to})%nat");
        let (statement, proof, said) = match kind {
            Kind::Critical => (
                format!(
                    "forall n k d b da dw, {range} -> (k <= d)%nat -> surjection n k b ->\n    \
                     Derive.is_derive (fun t => loss n k d (move_a (average_a k b) da t)\n      \
                     (move_w (average_w k b) dw t)) 0%R 0%R"
                ),
                "intros n k d b da dw _ Hd Hb. exact (copy_average_critical n k d b da dw Hd Hb).",
                format!("copy-average configurations of {from} <= k <= {to} are critical"),
            ),
            Kind::Additivity => (
                format!(
                    "forall n k d b, {range} -> (k <= d)%nat -> surjection n k b ->\n    \
                     loss n k d (average_a k b) (average_w k b)\n    \
                     = sum n (fun i => L (INR (bucket_size k b i)))"
                ),
                "intros n k d b _ Hd Hb. exact (copy_average_loss n k d b Hd Hb).",
                format!("losses of copy-average configurations of {from} <= k <= {to} add up"),
            ),
            Kind::PartitionOptimum => (
                format!(
                    "forall n k d b, {range} -> (1 <= n)%nat -> (k <= d)%nat -> surjection n k b ->\n    \
                     (L (INR (k - n + 1)) <= loss n k d (average_a k b) (average_w k b))%R /\\\n    \
                     (loss n k d (average_a k b) (average_w k b) = L (INR (k - n + 1)) <->\n     \
                     Permutation.Permutation (bucket_sizes n k b) (copies_and_average n k))"
                ),
                "intros n k d b _ Hn Hd Hb. exact (best_copy_average n k d b Hn Hd Hb).",
                format!("one average and copies are best for {from} <= k <= {to}"),
            ),
            Kind::ConcavityScan => (
                format!(
                    "forall l, (2 <= l <= {to})%nat ->\n    \
                     (L (INR (l + 1)) - 2 * L (INR l) + L (INR (l - 1)) < 0)%R"
                ),
                "intros l Hl. exact (second_differences_negative l (proj1 Hl)).",
                format!("L has negative second differences up to {to}"),
            ),
        };
        self.theorem(name, &statement, proof);
        self.proves.push(said);
        self.trust(KERNEL);
    }

    /// A theorem that a test proves by computation.
    fn computed(&mut self, name: &str, statement: &str, lemma: &str) {
        let proof = format!("apply ({lemma}).\n  vm_cast_no_check (eq_refl true).");
        self.theorem(name, statement, &proof);
    }

    fn theorem(&mut self, name: &str, statement: &str, proof: &str) {
        let text = format!("Theorem {name} :\n  {statement}.\nProof.\n  {proof}\nQed.\n");
        self.theorems.push((name.to_string(), text));
    }

    fn trust(&mut self, what: &'static str) {
        if !self.trusts.contains(&what) {
            self.trusts.push(what);
        }
    }

    /// The whole file.
    pub fn file(&self, source: &str) -> String {
        let mut text = format!("(** Written by copyavg from {}.\n", comment(source));
        text.push_str(
            "\n    If this file compiles against the library CopyAvg (proofs/coq), then Coq has proved:\n",
        );
        for said in &self.proves {
            let _ = writeln!(text, "    - {};", comment(said));
        }
        if !self.omits.is_empty() {
            text.push_str("\n    Left out:\n");
            for said in &self.omits {
                let _ = writeln!(text, "    - {};", comment(said));
            }
        }
        text.push_str("\n    What must be believed beside Coq and its real numbers:\n");
        for said in &self.trusts {
            let _ = writeln!(text, "    - {};", comment(said));
        }
        text.push_str("    - that the definitions of the library are the ones meant. *)\n\n");
        text.push_str(
            "From Coq Require Import Reals ZArith List Permutation.\n\
             From Coquelicot Require Import Derive.\n\
             From CopyAvg Require Import Sums Kernel Concavity Partition CopyAverage BestCopyAverage\n  \
             Enclosure PerturbedCopyTest CopyAverageTest.\n\
             Import ListNotations.\n\
             Local Open Scope Z_scope.\n",
        );
        for (_, theorem) in &self.theorems {
            let _ = write!(text, "\n{theorem}");
        }
        // Asked once, since Coq searches all of its libraries for the answer.
        let names: Vec<&str> = self.theorems.iter().map(|(name, _)| name.as_str()).collect();
        let _ = writeln!(text, "\nDefinition claims := ({}).", names.join(", "));
        text.push_str("Print Assumptions claims.\n");
        text
    }
}

/// Text that cannot end a comment of Coq, nor open one or a string in it.
fn comment(text: &str) -> String {
    text.replace("(*", "( *").replace("*)", "* )").replace('"', "'")
}

/// The block in the library's terms; `None` if the partition has no such block,
/// or one of another size.
fn block_term(block: &Block, all: &[(u64, u64)]) -> Option<String> {
    let (kind, size) = match block.name.split_once(' ') {
        Some((kind, size)) => (kind, size.parse::<u64>().ok()?),
        None => (block.name.as_str(), 0),
    };
    let others: Vec<(u64, u64)> = all
        .iter()
        .map(|&(l, count)| (l, if l == size { count - 1 } else { count }))
        .filter(|&(_, count)| count > 0)
        .collect();
    let known = kind == "unused" || all.iter().any(|&(l, _)| l == size);
    let (term, rows) = match kind {
        "unused" => (format!("Unused {}", parts(all)), all.len()),
        "zero-sum" => (format!("ZeroSum {size} {}", parts(&others)), others.len() + 1),
        "bucket" => (format!("Bucket {size} {}", parts(&others)), others.len() + 2),
        "difference" => (format!("Difference {size}"), 1),
        _ => return None,
    };
    (known && rows == block.rows).then_some(term)
}

fn parts(parts: &[(u64, u64)]) -> String {
    let pairs: Vec<String> = parts.iter().map(|(l, m)| format!("({l}, {m})")).collect();
    format!("[{}]", pairs.join("; "))
}

/// `4, 3, 3, 2` as `4 3^2 2`.
fn words(parts: &[(u64, u64)]) -> String {
    let sizes: Vec<String> = parts
        .iter()
        .map(|(l, m)| {
            if *m == 1 {
                l.to_string()
            } else {
                format!("{l}^{m}")
            }
        })
        .collect();
    sizes.join(" ")
}

fn ratio(value: &Rational) -> String {
    format!("ratio ({}) {}", value.numer(), value.denom())
}

fn range(between: &Between) -> String {
    format!("({}, {})", ratio(&between.lower), ratio(&between.upper))
}

/// Bits behind the binary point that tell the ends apart.
fn bits_of(side: &Between) -> u64 {
    let width = &side.upper - &side.lower;
    let (numerator, denominator) = (width.numer().bits(), width.denom().bits());
    BITS.max(denominator.saturating_sub(numerator)).min(4096)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational::ratio as fraction;

    #[test]
    fn comments_stay_closed() {
        assert_eq!(comment("a *) b (* \" c"), "a * ) b ( * ' c");
    }

    #[test]
    fn blocks_of_a_partition() {
        let all = [(4, 1), (3, 2)];
        let block = |name: &str, rows| Block {
            name: name.to_string(),
            rows,
            positive: true,
        };
        let term = |name: &str, rows| block_term(&block(name, rows), &all);
        assert_eq!(term("bucket 4", 3).unwrap(), "Bucket 4 [(3, 2)]");
        assert_eq!(term("bucket 3", 4).unwrap(), "Bucket 3 [(4, 1); (3, 1)]");
        assert_eq!(term("zero-sum 4", 2).unwrap(), "ZeroSum 4 [(3, 2)]");
        assert_eq!(term("unused", 2).unwrap(), "Unused [(4, 1); (3, 2)]");
        assert_eq!(term("difference 3", 1).unwrap(), "Difference 3");
        assert_eq!(term("bucket 3", 3), None);
        assert_eq!(term("bucket 2", 3), None);
        assert_eq!(term("trivial", 4), None);
    }

    #[test]
    fn negative_numbers_stand_in_parentheses() {
        assert_eq!(ratio(&fraction(-1, 3)), "ratio (-1) 3");
    }
}
