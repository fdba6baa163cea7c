//! How time grows with hostile inputs: `cargo bench --bench growth`. Each input is made at a size and at four times that; the exponent
//! of its growth is printed. About 1 is in proportion to the input; what is over 1.1 is marked, and is a defect where it is more than
//! noise: `cargo bench --bench growth -- NAME SIZE` does the work once, for a count of instructions.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement speaks"
)]

use std::{fs, hint::black_box, process::Command, sync::Arc, time::Instant};

use campaign_ims::{Checked, Context, Format, Report, Settings, across, fix, map, report};

const BASE: &str = include_str!("../examples/one-instance.ims.yaml");

/// The steepest growth that is in proportion.
const BAR: f64 = 1.1;

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

fn fastest(mut work: impl FnMut()) -> f64 {
    let runs = (0..3).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    });
    runs.fold(f64::MAX, f64::min)
}

/// Prints an exponent, and says whether it is too steep. One that seems so is measured again: the machine may have had other work.
fn grow(what: &str, size: usize, work: &dyn Fn(usize)) -> bool {
    let exponent = || {
        let small = fastest(|| work(size));
        let large = fastest(|| work(TIMES * size));
        ((large / small).log(TIMES as f64), large * 1e3)
    };
    let measured = (0..4).map(|_| exponent());
    let mut least = (f64::MAX, 0.0);
    for found in measured {
        least = if found.0 < least.0 { found } else { least };
        if least.0 <= BAR {
            break;
        }
    }
    let (exponent, time) = least;
    let mark = if exponent > BAR { "  <- steep" } else { "" };
    println!("{what:<48} {time:>8.1} ms {exponent:>6.2}{mark}");
    exponent > BAR
}

/// The right manifest with lines behind it.
fn with(rest: &str) -> String {
    format!("{BASE}\n{rest}")
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

/// What grows, how large it begins, and the work of a size.
type Growth = (String, usize, Box<dyn Fn(usize)>);

/// Work on one manifest.
fn manifest(what: &str, size: usize, make: impl Fn(usize) -> String + 'static) -> Growth {
    growth(what, size, move |size| everything(&make(size)))
}

fn growth(what: &str, size: usize, work: impl Fn(usize) + 'static) -> Growth {
    (what.to_owned(), size, Box::new(work))
}

/// What a pull request's manifest may hold; sizes are of one kind of part.
fn manifests() -> Vec<Growth> {
    vec![
        manifest("secrets in one key", 1_000, |size| {
            let secrets = "p8e-CANARYcanary12 ".repeat(size);
            with(&format!("? \"{secrets}\"\n: 1\n"))
        }),
        manifest("`://@` in one key", 1_000, |size| {
            with(&format!("? \"{}\"\n: 1\n", "://a:b@ ".repeat(size)))
        }),
        manifest("no-break spaces in a mask", 1_000, |size| {
            let mask = format!("contoso -{}(.*)", "\u{a0}".repeat(size));
            BASE.replace("contoso - (.*)", &mask)
        }),
        manifest("blanks in quotes", 4_000, |size| {
            let blanks = format!("\"{}\"", " ".repeat(size));
            BASE.replace("Campaign1", &blanks)
        }),
        manifest("headers of private keys", 400, |size| {
            let headers = "-----BEGIN PRIVATE KEY-----".repeat(size);
            BASE.replace("Campaign1", &headers)
        }),
        manifest("surplus groups of a mask", 1_000, |size| {
            let groups = format!("contoso {} - (", "(a+)".repeat(size));
            BASE.replace("contoso - (", &groups)
        }),
        manifest("a list under client_secret", 2_000, |size| {
            let list = format!("[{}]", "hunter22, ".repeat(size));
            BASE.replace("{ env: IMS_CLIENT_SECRET }", &list)
        }),
        manifest("hidden words and messages", 500, |size| {
            let line = |number| format!("u{number}: {{ secret: hun{number} }}\n");
            with(&lines(size, line))
        }),
        manifest("wrong types in groups", 1_000, |size| {
            with(&lines(size, |number| format!("  g{number}: 1\n")))
        }),
        manifest("groups that are not built in", 1_000, |size| {
            with(&lines(size, |number| format!("  g{number}: {{}}\n")))
        }),
        manifest("unknown fields", 1_000, |size| {
            with(&lines(size, |number| format!("f{number}: 1\n")))
        }),
        manifest("duplicate keys", 1_000, |size| {
            with(&"x-a: 1\n".repeat(size))
        }),
        manifest("comments", 4_000, |size| {
            with(&"# a comment\n".repeat(size))
        }),
        manifest("comments with literals", 1_000, |size| {
            let line = |number| format!("# secret: hunter-{number}\n");
            with(&lines(size, line))
        }),
        manifest("secrets with a character that nobody sees", 1_000, |size| {
            with(&"# p8e-CANARY\u{200b}canary12 \u{2011}\n".repeat(size))
        }),
        manifest(
            "names of secrets before brackets that stay open",
            1_000,
            |size| with(&format!("x-a: |\n{}", "  secret: <abcdefgh\n".repeat(size))),
        ),
        manifest("doubled quotation marks behind a name", 10_000, |size| {
            with(&format!("# password: '{}\n", "''".repeat(size)))
        }),
        manifest("ignored placeholders", 1_000, |size| {
            let ignore = "# campaign-ims: ignore[placeholder]";
            let line = |number| format!("  g{number}: {{ create: TODO }} {ignore}\n");
            BASE.replace("groups:\n", &format!("groups:\n{}", lines(size, line)))
        }),
        manifest("nulls in other letter case", 1_000, |size| {
            let group = |number| format!("  g{number}: {{}}\n");
            let null = |number| format!("      G{number}: null\n");
            let base = BASE.replace("groups:\n", &format!("groups:\n{}", lines(size, group)));
            format!(
                "{base}\nenvironments:\n  a:\n    groups:\n{}",
                lines(size, null)
            )
        }),
        manifest("ignores without effect", 1_000, |size| {
            with(&"# campaign-ims: ignore[scope-missing]\n".repeat(size))
        }),
        manifest("ignores of one comment", 1_000, |size| {
            let names = "scope-missing, ".repeat(size);
            with(&format!("# campaign-ims: ignore[{names} mask-shared]\n"))
        }),
        manifest("scopes", 2_000, |size| {
            let items = lines(size, |number| format!("s{number}, "));
            BASE.replace("session]", &format!("session, {items}]"))
        }),
        manifest("scopes with commas", 1_000, |size| {
            BASE.replace("session]", &format!("session, {}]", "'a,b', ".repeat(size)))
        }),
        manifest("anchors and aliases", 2_000, |size| {
            let line =
                |number| format!("x-{number}: &a{number} {{ b: 1 }}\nx-y{number}: *a{number}\n");
            with(&lines(size, line))
        }),
        manifest("findings on one line", 1_000, |size| {
            let fields = lines(size, |number| format!("f{number}: 1, "));
            with(&format!(
                "x-a: 1\nodd: 1\nenvironments: {{ a: {{ {fields} }} }}\n"
            ))
        }),
        manifest("environments, each with its patch", 100, |size| {
            let environment = |number| {
                format!(
                    "  e{number}: {{ instance: {{ name: contoso-{number}, url: 'https://e{number}.contoso.com' }} }}\n"
                )
            };
            with(&format!("environments:\n{}", lines(size, environment)))
        }),
        manifest("environments with a misspelt field", 400, |size| {
            let environment =
                |number| format!("  e{number}: {{ instance: {{ Name: n{number} }} }}\n");
            with(&format!("environments:\n{}", lines(size, environment)))
        }),
        manifest("bad environments", 800, |size| {
            let environment =
                |number| format!("  e{number}: {{ instance: {{ name: 1, url: x }} }}\n");
            with(&format!("environments:\n{}", lines(size, environment)))
        }),
    ]
}

/// Several manifests of one organization, by the mask of each.
fn masks(what: &str, mask: fn(usize) -> String) -> Growth {
    growth(what, 250, move |size| {
        let one = |number: usize| {
            let text = BASE.replace("contoso-prod", &format!("i{number}"));
            check(&text.replace("contoso - (", &mask(number)))
        };
        let all: Vec<Checked> = (0..size).map(one).collect();
        black_box(across(&all.iter().collect::<Vec<_>>()));
    })
}

fn package(what: &str, xml: fn(usize) -> String) -> Growth {
    growth(what, 4_000, move |size| {
        let _ = black_box(campaign_ims::import(xml(size).as_bytes()));
    })
}

/// Runs of the program in a folder with some files.
fn run(files: &[(&str, String)], runs: &[&[&str]]) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    for arguments in runs {
        let mut command = Command::new(env!("CARGO_BIN_EXE_campaign-ims"));
        let output = command.args(*arguments).current_dir(folder.path()).output();
        let output = output.unwrap();
        assert!(output.status.code().unwrap() < 2, "{output:?}");
    }
}

fn others() -> Vec<Growth> {
    const ACCOUNT: &str =
        "<package><entities schema=\"nms:extAccount\"><extAccount name=\"Adobe_Experience_Cloud\"";
    vec![
        masks("masks that are distinct", |number| format!("{number} - (")),
        masks("masks that are equal", |_| "contoso - (".to_owned()),
        masks("masks that overlap", |number| {
            format!("{}(", "c".repeat(number % 7))
        }),
        growth("a list of profiles with near misses", 2_000, |size| {
            let list = lines(size, |number| {
                format!("Campaign - contsoo - admim{number}\n")
            });
            let checked = check(BASE);
            let list = campaign_ims::profiles(&checked, list.as_bytes(), None).unwrap();
            black_box(map(&checked, 0, Some(&list)));
        }),
        growth("groups, and as many profiles of none", 2_000, |size| {
            let groups = lines(size, |number| format!("  g{number}: {{ create: true }}\n"));
            let checked = check(&BASE.replace("groups:\n", &format!("groups:\n{groups}")));
            let tenant = "Campaign - contoso - ";
            let list = lines(size, |number| format!("{tenant}stranger{number}\n"));
            let list = campaign_ims::profiles(&checked, list.as_bytes(), None).unwrap();
            black_box(map(&checked, 0, Some(&list)));
        }),
        growth("a long line in a list of profiles", 100_000, |size| {
            let files = [
                ("a.ims.yaml", BASE.to_owned()),
                ("list", format!("{}\n", "x".repeat(size))),
            ];
            run(&files, &[&["map", "a.ims.yaml", "--profiles", "list"]]);
        }),
        package("a package's attribute full of URLs", |size| {
            let urls = "://a:b@ ".repeat(size);
            format!("{ACCOUNT} label=\"{urls}\"/></entities></package>")
        }),
        package("elements of a package", |size| {
            let groups = lines(size, |number| format!("<group name=\"g{number}\"/>"));
            format!(
                "{ACCOUNT}/></entities><entities schema=\"xtk:group\">{groups}</entities></package>"
            )
        }),
        package("attributes of an element", |size| {
            let attributes = lines(size, |number| format!(" a{number}=\"1\""));
            format!("{ACCOUNT}{attributes}/></entities></package>")
        }),
        growth("mistakes on one line of a configuration", 2_000, |size| {
            let text = format!("exclude = [{}]", "1, ".repeat(size));
            black_box(Settings::parse("a.toml", text).message());
        }),
        growth("globs of `exclude`", 500, |size| {
            let globs = lines(size, |number| format!("'**/x{number}*/y', "));
            let files = [
                ("a.ims.yaml", BASE.to_owned()),
                ("campaign-ims.toml", format!("exclude = [{globs}]\n")),
            ];
            run(&files, &[&["check"]]);
        }),
        growth("entries of a baseline", 1_000, |size| {
            let unknown = lines(size, |number| format!("f{number}: 1\n"));
            let files = [("a.ims.yaml", with(&unknown))];
            let write = ["check", "--write-baseline", "b.json"];
            run(&files, &[&write, &["check", "--baseline", "b.json"]]);
        }),
    ]
}

fn main() {
    let leads: Vec<String> = serde_json::from_str(LEADS).unwrap();
    let leads = leads.into_iter().map(|part| {
        let name = format!("full of `{part}`");
        growth(&name, 64_000, move |size| {
            let text = part.repeat(size / part.len());
            everything(&format!("a: '{text}'"));
            everything(&format!("a: [ {text}"));
        })
    });
    let all = leads.chain(manifests()).chain(others());
    let mut arguments = std::env::args().skip(1).filter(|it| it != "--bench");
    let (name, size) = (arguments.next(), arguments.next());
    let all = all.filter(|(what, ..)| name.as_ref().is_none_or(|name| what.contains(name)));
    if let Some(size) = size {
        all.for_each(|(_, _, work)| work(size.parse().unwrap()));
        return;
    }
    let steep = all
        .filter(|(what, size, work)| grow(what, *size, work))
        .count();
    if steep > 0 {
        println!("{steep} grow faster than their input");
        std::process::exit(1);
    }
}
