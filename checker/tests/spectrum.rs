//! `spectrum` and `morse-index`: the checker against dense matrices of doubles.

mod support;

use copyavg_checker::check;
use support::dense::{Point, claim, eigenvalues, is_true, partitions};
use support::seal;

fn verify(lines: &[String]) -> Result<String, String> {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    check(&seal(&lines))
        .map(|verified| verified.claims.join("\n"))
        .map_err(|rejection| rejection.to_string())
}

/// The blocks that the tests take from the dense Hessian have all of its
/// eigenvalues, and the checker finds the same ones.
#[test]
fn blocks_are_those_of_the_dense_hessian() {
    for k in 1..=6 {
        for sizes in partitions(k) {
            for extra in 0..=2 {
                let point = Point::new(&sizes, extra);
                let mut listed = vec![];
                for (_, times, values) in point.blocks() {
                    for _ in 0..times {
                        listed.extend(&values);
                    }
                }
                listed.sort_by(f64::total_cmp);
                let dense = eigenvalues(point.hessian());
                assert_eq!(listed.len(), dense.len(), "{sizes:?} {extra}");
                for (x, y) in listed.iter().zip(&dense) {
                    assert!((x - y).abs() < 1e-10, "{sizes:?} {extra}: {x} {y}");
                }
                let lines = claim(&sizes, extra);
                assert!(is_true(&lines));
                let words = verify(&lines).unwrap_or_else(|fault| panic!("{fault}"));
                assert!(words.contains(&format!("of k = {k} teachers by n = {}", sizes.len())));
            }
        }
    }
}
