//! How time grows with hostile inputs: `cargo bench --bench growth`. Each input is made at a size and at four times that; the exponent
//! of its growth is printed. About 1 is in proportion to the input; what is over 1.5 is marked, and is a defect.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement speaks"
)]

use std::{
    fmt::Write,
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

use campaign_ims::{Checked, Context, Format, Report, Settings, across, fix, map, report};

const BASE: &str = include_str!("../examples/one-instance.ims.yaml");

/// How often the larger input is larger.
const TIMES: usize = 4;

/// What may lead to a secret. Each was once a search of the text for each of its parts.
const LEADS: &str = include_str!("../tests/tables/leads.json");

fn check(text: &str) -> Checked {
    campaign_ims::check("a.ims.yaml", "a.ims.yaml", text, &Arc::default(), None)
}

/// Checks, reports and maps a manifest, and applies its fixes.
fn everything(text: &str) {
    let checked = check(text);
    let findings = checked.judged.findings.clone();
    let found = Report::new(findings, vec!["a.ims.yaml".to_owned()]);
    for format in [Format::Human, Format::Json, Format::Sarif, Format::Markdown] {
        report(format, &found, &Context::plain("0.0.0"), &mut Vec::new()).unwrap();
    }
    black_box(map(&checked, 0, None));
    black_box(fix(&checked, &Arc::default(), true));
}

fn fastest(mut work: impl FnMut()) -> Duration {
    let runs = (0..3).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed()
    });
    runs.min().unwrap()
}

/// Prints an exponent, and says whether it is too steep. One that seems so is measured again: the machine may have had other work.
fn grow(what: &str, size: usize, work: impl Fn(usize)) -> bool {
    for attempt in 0..3 {
        let small = fastest(|| work(size)).as_secs_f64();
        let large = fastest(|| work(TIMES * size)).as_secs_f64();
        let exponent = (large / small).log(TIMES as f64);
        if exponent <= 1.5 || attempt == 2 {
            let mark = if exponent > 1.5 { "  <- too steep" } else { "" };
            println!("{what:<48} {:>8.1} ms {exponent:>6.2}{mark}", large * 1e3);
            return exponent > 1.5;
        }
    }
    false
}

/// The right manifest with lines behind it.
fn with(rest: &str) -> String {
    format!("{BASE}\n{rest}")
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

/// What grows, how large it begins, and the manifest of a size.
type Growth = (&'static str, usize, fn(usize) -> String);

fn main() {
    // What a pull request's manifest may hold; sizes are of one kind of part.
    let manifests: [Growth; 12] = [
        ("secrets in one key", 250, |size| {
            with(&format!(
                "? \"{}\"\n: 1\n",
                "p8e-CANARYcanary12 ".repeat(size)
            ))
        }),
        ("`://@` in one key", 1_000, |size| {
            with(&format!("? \"{}\"\n: 1\n", "://a:b@ ".repeat(size)))
        }),
        ("no-break spaces in a mask", 500, |size| {
            BASE.replace(
                "contoso - (.*)",
                &format!("contoso -{}(.*)", "\u{a0}".repeat(size)),
            )
        }),
        ("a list under client_secret", 1_000, |size| {
            BASE.replace(
                "{ env: IMS_CLIENT_SECRET }",
                &format!("[{}]", "hunter22, ".repeat(size)),
            )
        }),
        ("hidden words and messages", 250, |size| {
            with(&lines(size, |number| {
                format!("u{number}: {{ secret: hun{number} }}\n")
            }))
        }),
        ("wrong types in groups", 500, |size| {
            with(&lines(size, |number| format!("  g{number}: 1\n")))
        }),
        ("groups that are not built in", 500, |size| {
            with(&lines(size, |number| format!("  g{number}: {{}}\n")))
        }),
        ("unknown fields", 500, |size| {
            with(&lines(size, |number| format!("f{number}: 1\n")))
        }),
        ("scopes with commas", 500, |size| {
            BASE.replace("session]", &format!("session, {}]", "'a,b', ".repeat(size)))
        }),
        ("comments with literals", 500, |size| {
            with(&lines(size, |number| {
                format!("# secret: hunter-{number}\n")
            }))
        }),
        ("ignores without effect", 500, |size| {
            with(&"# campaign-ims: ignore[scope-missing]\n".repeat(size))
        }),
        ("environments, each with its patch", 50, |size| {
            let environment = |number| {
                format!(
                    "  e{number}: {{ instance: {{ name: contoso-{number}, url: 'https://e{number}.contoso.com' }} }}\n"
                )
            };
            with(&format!("environments:\n{}", lines(size, environment)))
        }),
    ];
    let mut steep = 0;
    let mut grow = |what: &str, size: usize, work: &dyn Fn(usize)| {
        steep += usize::from(grow(what, size, work))
    };
    let leads: Vec<String> = serde_json::from_str(LEADS).unwrap();
    for part in &leads {
        grow(part, 4_000, &|size| {
            let text = part.repeat(size / part.len());
            everything(&format!("a: '{text}'"));
            everything(&format!("a: [ {text}"));
        });
    }
    for (what, size, make) in manifests {
        grow(what, size, &|size| everything(&make(size)));
    }
    grow("manifests with masks that overlap", 50, &|size| {
        let one = |number: usize| {
            let text = BASE.replace("contoso-prod", &format!("i{number}"));
            check(&text.replace("contoso - (", &format!("{}(", "c".repeat(number % 7))))
        };
        let all: Vec<Checked> = (0..size).map(one).collect();
        black_box(across(&all.iter().collect::<Vec<_>>()));
    });
    grow("a package's attribute full of URLs", 2_000, &|size| {
        let mut xml = String::from(
            "<package><entities schema=\"nms:extAccount\"><extAccount name=\"Adobe_Experience_Cloud\"",
        );
        let _ = write!(
            xml,
            " label=\"{}\"/></entities></package>",
            "://a:b@ ".repeat(size)
        );
        let _ = black_box(campaign_ims::import(xml.as_bytes()));
    });
    grow("mistakes on one line of a configuration", 1_000, &|size| {
        let text = format!("exclude = [{}]", "1, ".repeat(size));
        black_box(Settings::parse("a.toml", text).message());
    });
    if steep > 0 {
        println!("{steep} grow faster than their input");
        std::process::exit(1);
    }
}
