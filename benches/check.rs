//! Where the time of a check goes, without the start of a process: `cargo bench --bench check`. Figures are medians.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a measurement speaks"
)]

use std::{
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

use campaign_ims::{Checked, Context, Format, Report, across, report, yaml};

const ONE: &str = include_str!("../examples/one-instance.ims.yaml");
const ENVIRONMENTS: &str = include_str!("../examples/environments.ims.yaml");
const BEFORE: &str = include_str!("../examples/before.ims.yaml");

fn check(text: &str) -> Checked {
    campaign_ims::check("a.ims.yaml", "a.ims.yaml", text, &Arc::default(), None)
}

/// The median of many runs, printed.
fn measure<T>(what: &str, runs: usize, mut work: impl FnMut() -> T) {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        })
        .collect();
    times.sort();
    println!(
        "{what:<44} {:>10.1} µs",
        times[runs / 2].as_secs_f64() * 1e6
    );
}

fn main() {
    // The first manifest pays for the schema and the patterns, once in a process.
    measure("judge: the first one in a process", 1, || check(ONE));
    measure("judge: one instance", 1_000, || check(ONE));
    measure("judge: two environments", 1_000, || check(ENVIRONMENTS));
    measure("judge: 18 findings", 1_000, || check(BEFORE));
    measure("  of one instance: parse", 1_000, || yaml::parse(ONE));
    let manifests: Vec<String> = (0..1_000)
        .map(|number| ONE.replace("contoso", &format!("contoso{number}")))
        .collect();
    measure("1,000 manifests, one thread", 5, || {
        manifests.iter().map(|text| check(text)).collect::<Vec<_>>()
    });
    let checked: Vec<Checked> = manifests.iter().map(|text| check(text)).collect();
    let checked: Vec<&Checked> = checked.iter().collect();
    measure("  and the rules between them", 5, || across(&checked));
    let found = Report::new(check(BEFORE).judged.findings, vec!["a.ims.yaml".to_owned()]);
    for format in [Format::Human, Format::Json, Format::Sarif] {
        measure(&format!("report 18 findings: {format:?}"), 200, || {
            let mut out = Vec::new();
            report(format, &found, &Context::plain("0"), &mut out).unwrap();
            out
        });
    }
}
