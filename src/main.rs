//! Reads the command line and runs it.

fn main() -> std::process::ExitCode {
    countersign::cli::run()
}
