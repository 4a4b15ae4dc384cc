//! The catalogue is compiled in: the program is rebuilt when it changes.

fn main() {
    println!("cargo:rerun-if-changed=proofs");
}
