//! The load: what this machine can do at most, what the server does, and the ratio of the two.
//!
//! `tests/load/run` starts it. It is a benchmark, not a test: nothing in `cargo test` depends on
//! speed. It builds a store of the asked size in a folder of its own, starts the release binary
//! there, asks only ports of this machine, and ends by itself.

mod drive;
mod figures;
mod flows;
mod hello;
mod http;
mod limits;
mod measure;
mod prepare;
mod report;
mod server;
mod wrk;

use std::{
    cell::OnceCell,
    fs,
    path::PathBuf,
    process::ExitCode,
    thread::{available_parallelism, sleep},
    time::Duration,
};

use clap::{Parser, Subcommand};
use serde_json::json;

use figures::Ground;
use limits::Limits;
use report::{Limit, Row};
use server::{Server, Setup, told};
use wrk::Same;

/// Measures the server against the limits of the machine
#[derive(Parser)]
struct Arguments {
    /// How many accounts the store holds, each with five grants and five token families
    #[arg(long, default_value_t = 1_000)]
    accounts: u32,

    /// How long each figure is measured, in seconds
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=120))]
    seconds: u32,

    /// How many ask at once
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=512))]
    connections: u32,

    /// After how many requests the memory is looked at again
    #[arg(long, default_value_t = 200_000)]
    requests: u32,

    /// Measure only these figures: documents, exchange, refresh, access-tokens, client-credentials,
    /// passwords
    #[arg(long, value_delimiter = ',', value_parser = clap::builder::PossibleValuesParser::new(measure::names()))]
    only: Vec<String>,

    /// Measure this binary instead of the one that was just built
    #[arg(long)]
    server: Option<PathBuf>,

    /// Where the same is written as JSON
    #[arg(long, default_value = "target/load.json")]
    json: PathBuf,

    /// Said by cargo
    #[arg(long, hide = true)]
    bench: bool,

    #[command(subcommand)]
    part: Option<Part>,
}

#[derive(Subcommand)]
enum Part {
    /// Only answer with so many bytes, to be measured against
    #[command(hide = true)]
    Hello { port: u16, bytes: usize, workers: usize },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.part {
        Some(Part::Hello { port, bytes, workers }) => limits::hello(port, bytes, workers),
        None => run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let json_file = std::path::absolute(&arguments.json).map_err(told("naming the JSON"))?;
    // The disk that the project is on: memory made to look like a disk would make commits too fast.
    let place =
        tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).map_err(told("making a folder"))?;
    let setup = setup(arguments, place.path().to_owned())?;

    eprintln!("Preparing {} accounts …", arguments.accounts);
    let config = prepare::config(&setup.variables)?;
    let store = prepare::open(&config)?;
    let prepared = prepare::fill(&store, &config, arguments.accounts, arguments.connections)?;

    eprintln!("Measuring the machine …");
    let limits = Limits::measure(arguments, &store, &prepared.families, place.path())?;
    let mut rows = limits.rows();
    drop(store);

    eprintln!("Starting the server …");
    let server = begin(&setup, &mut rows)?;
    let ground = Ground {
        server: &server,
        prepared: &prepared,
        place: place.path(),
        connections: arguments.connections,
        seconds: arguments.seconds,
        browsers: OnceCell::new(),
    };
    rows.extend(measure::all(&ground, &limits, &arguments.only)?);
    if arguments.only.is_empty() {
        memory(&ground, arguments.requests, &mut rows)?;
    }
    drop(server);

    println!("{}", report::table(&rows));
    let about = json!({
        "accounts": arguments.accounts,
        "connections": arguments.connections,
        "seconds": arguments.seconds,
        "cores": available_parallelism().map_or(1, std::num::NonZero::get),
    });
    let text = serde_json::to_string_pretty(&report::json(&rows, &about));
    if let Some(folder) = json_file.parent() {
        fs::create_dir_all(folder).map_err(told("making the folder of the JSON"))?;
    }
    fs::write(&json_file, text.map_err(told("writing JSON"))?).map_err(told("writing JSON"))?;
    println!("The same as JSON: {}", json_file.display());
    Ok(())
}

/// The binary beside us, in a folder of its own, with settings that change nothing but places.
fn setup(arguments: &Arguments, place: PathBuf) -> Result<Setup, String> {
    let port = hello::free_port()?;
    let within = |name: &str| place.join(name).display().to_string();
    let variable = |name: &str, value: String| (format!("COUNTERSIGN__{name}"), value);
    let variables = vec![
        variable("HTTP__LISTEN", format!("127.0.0.1:{port}")),
        variable("HTTP__PUBLIC_URL", format!("http://localhost:{port}")),
        variable("DATABASE__URL", format!("sqlite:{}", within("load.db"))),
        variable("KEYS__DIRECTORY", within("keys")),
        // Codes are made in stock before they are exchanged.
        variable("TOKENS__AUTHORIZATION_CODE_LIFETIME_SECONDS", "600".to_owned()),
        // Everybody here comes from one address, and each time with a new browser.
        variable("SIGN_IN__NEW_DEVICE_CODE", "false".to_owned()),
        variable("SIGN_IN__WRONG_PASSWORDS_PER_NETWORK_HOUR", "1000000".to_owned()),
        variable("TELEMETRY__LOG_LEVEL", "warn".to_owned()),
    ];
    let built = || PathBuf::from(env!("CARGO_BIN_EXE_countersign"));
    let binary = arguments.server.clone().unwrap_or_else(built);
    Ok(Setup { binary, place, port, variables })
}

/// Starts the server five times to see how long that takes, and leaves the last one running.
fn begin(setup: &Setup, rows: &mut Vec<Row>) -> Result<Server, String> {
    let mut times = Vec::new();
    for _ in 0..4 {
        times.push(setup.start()?.ready_after);
    }
    let server = setup.start()?;
    times.push(server.ready_after);
    times.sort_unstable();
    let binary = fs::metadata(&setup.binary).map_err(told("looking at the binary"))?.len();
    sleep(Duration::from_secs(2));
    rows.push(
        Row::plain("start to ready, median of 5", times[2].as_secs_f64() * 1000.0, "ms")
            .held_to(Limit::at_most("at most", 300.0)),
    );
    rows.push(
        Row::plain("binary", f64::from(u32::try_from(binary).unwrap_or(u32::MAX)) / 1e6, "MB")
            .held_to(Limit::at_most("at most", 40.0)),
    );
    rows.push(
        Row::plain("memory, idle", server.memory(), "MB").held_to(Limit::at_most("at most", 40.0)),
    );
    Ok(server)
}

/// The server's memory after many requests, and whether it still grows.
fn memory(ground: &Ground<'_>, requests: u32, rows: &mut Vec<Row>) -> Result<(), String> {
    let discovery = Same::get("/.well-known/openid-configuration");
    let mut asked = 0.0;
    while asked < f64::from(requests) {
        let seen = wrk::drive(
            ground.place,
            ground.server.port,
            &discovery,
            ground.connections,
            ground.seconds,
        )?;
        asked += (seen.rate * f64::from(ground.seconds)).max(1.0);
    }
    rows.push(
        Row::plain("memory, after all this", ground.server.memory(), "MB")
            .held_to(Limit::at_most("at most", 80.0)),
    );
    Ok(())
}

/// A runtime for one thread, which is what everything here needs.
fn runtime() -> Result<tokio::runtime::Runtime, String> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(told("starting a runtime"))
}
