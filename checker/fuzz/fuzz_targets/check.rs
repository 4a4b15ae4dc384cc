//! Arbitrary texts do not crash the checker.
//!
//! The digest is made to fit, so that mutations get past it: what stands behind
//! the last `digest sha256 ` is replaced. Texts without such a line are tried
//! as they are, and with one. Claims that ask for minutes of work are left
//! alone. From the folder `checker`:
//!
//! ```text
//! cargo +nightly fuzz run check fuzz/corpus/check fuzz/seeds tests/certificates -- -max_total_time=180 -dict=fuzz/words.dict
//! ```
#![no_main]

use copyavg_checker::{check, sha256};
use libfuzzer_sys::fuzz_target;

const DIGEST: &str = "digest sha256 ";

/// No range is long, and no number large where it counts steps.
fn is_quick(text: &str) -> bool {
    text.lines().all(|line| {
        let limit: u64 = match line.split(' ').next() {
            Some("k" | "extra" | "digits") => 6,
            Some("to") => 500,
            Some("for") if line.contains("..") => 100,
            _ => return true,
        };
        let numbers = line.split(|c: char| !c.is_ascii_digit());
        numbers
            .filter(|digits| !digits.is_empty())
            .all(|digits| digits.parse().is_ok_and(|n: u64| n <= limit))
    }) && text.lines().filter(|line| line.starts_with("point ")).count() <= 2
}

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    if !is_quick(&text) {
        return;
    }
    let _ = check(&text);
    let mut body = match text.rfind(DIGEST) {
        Some(end) => text[..end].to_string(),
        None => text.into_owned(),
    };
    if !body.ends_with('\n') {
        body.push('\n');
    }
    let digest = sha256(&body);
    if let Ok(verified) = check(&format!("{body}{DIGEST}{digest}\n")) {
        assert!(!verified.claims.is_empty());
    }
});
