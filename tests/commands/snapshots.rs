//! What people see, word for word: `tests/cmd/*.trycmd`.
//!
//! After a deliberate change: `TRYCMD=overwrite cargo test --release --test
//! commands snapshots`, then read the difference.

#[test]
fn transcripts() {
    trycmd::TestCases::new()
        .register_bin("copyavg", std::path::Path::new(env!("CARGO_BIN_EXE_copyavg")))
        .case("tests/cmd/*.trycmd");
}
