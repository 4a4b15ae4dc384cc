//! The copyavg program: parse, dispatch, exit status.

fn main() -> std::process::ExitCode {
    copyavg::cli::run()
}
