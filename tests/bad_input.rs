//! What is against the program, and takes a while: signals, and lines full of mistakes.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use std::fs;

use support::{MANIFEST as GOOD, run};

/// Run again and again, and interrupted at other times each.
#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_no_temporary_file() {
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().unwrap();
    let environments: String = (0..300)
        .map(|number| {
            format!("  e{number}: {{ instance: {{ name: i{number}, url: 'https://i{number}.fabrikam.com' }}, external_account: {{ callback_server: 'https://i{number}.fabrikam.com', association_mask: 'Campaign - i{number} - (.*)' }} }}\n")
        })
        .collect();
    let many = format!("{GOOD}environments:\n{environments}");
    fs::write(folder.path().join("many.yaml"), many).unwrap();
    for wait in (0..400).step_by(25) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_campaign-ims"))
            .current_dir(folder.path())
            .args(["render", "many.yaml", "--out-dir", "out"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        let stopped = Command::new("kill").arg(child.id().to_string()).status();
        stopped.unwrap();
        child.wait().unwrap();
        let Ok(entries) = fs::read_dir(folder.path().join("out")) else {
            continue;
        };
        let left = entries.filter_map(|it| it.unwrap().file_name().into_string().ok());
        let left: Vec<String> = left.filter(|name| name.starts_with('.')).collect();
        assert_eq!(left, [""; 0], "after {wait} ms");
    }
}

#[test]
fn a_long_line_full_of_mistakes_is_judged_in_time() {
    let name = format!("name: \"{}x\"", "\\u200b".repeat(10_000));
    let name = GOOD.replace("name: contoso-prod", &name);
    let urls = format!("{GOOD}x-a: \"{}\"\n", "a://b@".repeat(10_000));
    let ignores = format!("{GOOD}# campaign-ims: ignore[{}]\n", "a,".repeat(10_000));
    let start = std::time::Instant::now();
    for text in [name, urls, ignores] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.ims.yaml"), text).unwrap();
        let run = run(folder.path(), &["check"]);
        assert!(run.code < 2 && run.stderr.is_empty(), "{}", run.stderr);
    }
    // Minutes, where each mistake has the whole line read again.
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}
