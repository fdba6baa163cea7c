//! The rules' pages: every page has its parts, and every block of YAML on it does what the page says. Everything is asked of the
//! program, as a user would.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod support;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value as Json;
use serde_yaml::{Mapping, Value};
use support::{Run, SAMPLES, run};

/// The valid manifest that the pages' blocks change.
const BASE: &str = include_str!("cases/right/base.ims.yaml");

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Each rule with its level, as `rules` lists them.
fn rules() -> Vec<(String, String)> {
    let list = run(&root(), &["rules", "--no-config", "--format", "json"]).stdout;
    let list: Json = serde_json::from_str(&list).unwrap();
    let word = |rule: &Json, key| rule[key].as_str().unwrap().to_owned();
    let rules = list["rules"].as_array().unwrap().iter();
    let rules: Vec<_> = rules
        .map(|rule| (word(rule, "id"), word(rule, "level")))
        .collect();
    assert!(rules.len() >= 60, "{list}");
    rules
}

/// The files below a folder that have an ending.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path
            .extension()
            .is_some_and(|extension| extension == ending)
        {
            found.push(path);
        }
    }
    found
}

fn page_file(id: &str) -> PathBuf {
    let pages = files(&root().join("src/rules"), "md");
    let page = pages
        .into_iter()
        .find(|page| page.file_stem().unwrap() == id);
    page.unwrap_or_else(|| panic!("{id} has no page"))
}

/// What `check` says of a text of a rule's page.
fn check(rule: &str, text: &str, arguments: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("manifest.ims.yaml"), text).unwrap();
    let config = match rule {
        "sample-value" => "--no-config",
        _ => SAMPLES,
    };
    let check = ["check", config, "manifest.ims.yaml"];
    run(folder.path(), &[&check[..], arguments].concat())
}

fn findings(rule: &str, text: &str) -> Vec<Json> {
    let report = check(rule, text, &["--format", "json"]).stdout;
    let report: Json = serde_json::from_str(&report).unwrap();
    report["findings"].as_array().unwrap().clone()
}

/// Compares a generated file with what it should hold, or writes it where `UPDATE` is set.
fn compare(path: &str, text: &str) {
    let path = root().join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, text).unwrap();
    }
    let read = fs::read_to_string(&path).unwrap_or_default();
    let differs = read.lines().zip(text.lines()).find(|(old, new)| old != new);
    assert!(
        read == text,
        "{differs:?}: read what changed, then run `UPDATE=1 cargo test --locked --test rule_pages`"
    );
}

#[test]
fn every_rule_has_a_page_and_every_page_a_rule() {
    let pages = files(&root().join("src/rules"), "md");
    let pages: BTreeSet<String> = pages
        .iter()
        .map(|page| page.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let ids: BTreeSet<String> = rules().into_iter().map(|(id, _)| id).collect();
    assert_eq!(pages, ids);
    for (id, level) in rules() {
        let page = fs::read_to_string(page_file(&id)).unwrap();
        let title = format!("# {id}\n\n");
        let explained = run(&root(), &["explain", &id, "--no-config"]).stdout;
        assert!(explained.starts_with(&format!("{title}Level: {level}\n")));
        assert!(explained.ends_with(page.strip_prefix(&title).unwrap()));
    }
}

/// A page, taken apart.
struct Page {
    summary: String,
    fires: Vec<Block>,
    passes: Vec<Block>,
}

/// A block of YAML with the words behind `fires` or `passes`.
struct Block {
    words: Vec<String>,
    text: String,
}

/// Takes a page apart, and fails where it does not have the form that all pages have.
fn read(id: &str) -> Page {
    let file = page_file(id);
    let page = fs::read_to_string(&file).unwrap();
    assert!(
        page.ends_with('\n') && !page.ends_with("\n\n"),
        "{id}: one line end at the end"
    );
    let (head, rest) = page
        .split_once("\n## Fires\n")
        .unwrap_or_else(|| panic!("{id}: ## Fires"));
    let (fires, rest) = rest
        .split_once("\n## Passes\n")
        .unwrap_or_else(|| panic!("{id}: ## Passes"));
    let (passes, rest) = rest
        .split_once("\n## How to fix\n")
        .unwrap_or_else(|| panic!("{id}: ## How to fix"));
    let (fix, see) = rest
        .split_once("\n## See also\n")
        .unwrap_or_else(|| panic!("{id}: ## See also"));
    let mut head = head.split("\n\n");
    assert_eq!(head.next(), Some(format!("# {id}").as_str()));
    let summary = head.next().unwrap_or_default();
    assert!(
        summary.ends_with('.') && !summary.trim_end_matches('.').contains(". "),
        "{id}: one sentence"
    );
    assert!(
        (20..=110).contains(&summary.chars().count()),
        "{id}: the sentence is too long or too short"
    );
    assert!(
        head.next().is_some_and(|why| why.len() > 60),
        "{id}: why it matters"
    );
    assert!(fix.trim().len() > 20, "{id}: how to fix");
    let links: Vec<&str> = see.trim().lines().collect();
    assert!(
        links.iter().all(|link| link.starts_with("- ")) && !links.is_empty(),
        "{id}: see also"
    );
    let lines = page.lines().count();
    assert!((20..=50).contains(&lines), "{id}: {lines} lines");
    for line in page.lines().filter(|line| !line.contains("](https://")) {
        assert!(
            line.chars().count() <= 100,
            "{id}: a line is too wide: {line}"
        );
        assert!(
            !line.starts_with('|') && !line.starts_with("###"),
            "{id}: {line}"
        );
    }
    Page {
        summary: summary.to_owned(),
        fires: blocks(id, "fires", fires),
        passes: blocks(id, "passes", passes),
    }
}

fn blocks(id: &str, kind: &str, part: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rest = part.trim();
    while let Some(start) = rest.find("```") {
        let after = &rest[start + 3..];
        let (info, body) = after.split_once('\n').unwrap();
        let (text, tail) = body
            .split_once("```")
            .unwrap_or_else(|| panic!("{id}: an open block"));
        let words = info
            .strip_prefix("yaml ")
            .and_then(|info| info.strip_prefix(kind))
            .unwrap_or_else(|| panic!("{id}: ```{info} in ## {kind}"));
        blocks.push(Block {
            words: words.split_whitespace().map(str::to_owned).collect(),
            text: text.to_owned(),
        });
        rest = tail;
    }
    assert!(!blocks.is_empty(), "{id}: no block that {kind}");
    blocks
}

impl Block {
    /// The manifest that the block shows. A block is a JSON Merge Patch on the valid manifest; a `text` block replaces whole parts
    /// of its text, for what a patch cannot say.
    fn manifest(&self) -> String {
        if self.words.iter().any(|word| word == "text") {
            return replace_parts(BASE, &self.text);
        }
        let mut manifest: Value = serde_yaml::from_str(BASE).unwrap();
        merge(&mut manifest, serde_yaml::from_str(&self.text).unwrap());
        serde_yaml::to_string(&manifest).unwrap()
    }

    /// Other rules that speak as well.
    fn also(&self) -> Vec<&str> {
        self.words
            .iter()
            .filter_map(|word| word.strip_prefix("also="))
            .collect()
    }
}

/// RFC 7396.
fn merge(target: &mut Value, patch: Value) {
    let Value::Mapping(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_mapping() {
        *target = Value::Mapping(Mapping::new());
    }
    let target = target.as_mapping_mut().unwrap();
    for (key, value) in patch {
        if value.is_null() {
            target.remove(&key);
        } else {
            merge(target.entry(key).or_insert(Value::Null), value);
        }
    }
}

/// Each top-level part of a text, by its key.
fn parts(text: &str) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        if !line.starts_with([' ', '#', '-', '\n']) {
            let key = line.split(':').next().unwrap_or_default();
            parts.push((key.to_owned(), String::new()));
        }
        parts.last_mut().unwrap().1.push_str(line);
    }
    parts
}

fn replace_parts(base: &str, text: &str) -> String {
    let mut all = parts(base);
    for (key, part) in parts(text) {
        match all.iter_mut().find(|(known, _)| *known == key) {
            Some(slot) => slot.1 = part,
            None => all.push((key, part)),
        }
    }
    all.into_iter().map(|(_, part)| part).collect()
}

#[test]
fn every_block_does_what_its_page_says() {
    let mut wrong = String::new();
    assert_eq!(findings("", BASE), [] as [Json; 0]);
    for (id, _) in rules() {
        let page = read(&id);
        for block in &page.fires {
            let found = findings(&id, &block.manifest());
            let found: BTreeSet<&str> = found
                .iter()
                .map(|finding| finding["rule"].as_str().unwrap())
                .collect();
            let expected: BTreeSet<&str> = block.also().into_iter().chain([id.as_str()]).collect();
            if found != expected {
                wrong.push_str(&format!("{id} fires: found {found:?}\n{}\n", block.text));
            }
        }
        for block in &page.passes {
            let said = check(&id, &block.manifest(), &[]).stdout;
            if !said.ends_with("\nChecked 1 file: no findings.\n") {
                wrong.push_str(&format!("{id} passes: {said}\n{}\n", block.text));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The marks of a rule in `docs/rules.md`: its level, and what kind of fix its cases have.
fn marks(id: &str, level: &str) -> String {
    let cases = files(&root().join("tests/cases").join(id), "out");
    let cases = cases.iter().map(|case| fs::read_to_string(case).unwrap());
    let cases: String = cases.collect();
    // What most of a rule's fixes are; a single one may still need a look.
    let count = |kind| cases.matches(&format!("\n  fix ({kind}): ")).count();
    let fix = match (count("safe"), count("unsafe")) {
        (0, 0) => "",
        (safe, other) if safe > other => " F",
        _ => " f",
    };
    format!("{}{fix}", level[..1].to_uppercase())
}

/// Each rule has a line in one part of the list. `UPDATE` writes what stands behind the id.
#[test]
fn the_list_of_rules_is_up_to_date() {
    let list = fs::read_to_string(root().join("docs/rules.md")).unwrap();
    let mut rules = rules();
    let mut text = String::new();
    for line in list.lines() {
        let id = line
            .strip_prefix("- [`")
            .and_then(|line| line.split('`').next());
        let Some(id) = id else {
            text.push_str(&format!("{line}\n"));
            continue;
        };
        let Some(at) = rules.iter().position(|rule| rule.0 == id) else {
            continue;
        };
        let (id, level) = rules.remove(at);
        let summary = read(&id).summary;
        let file = page_file(&id);
        let file = file.strip_prefix(root()).unwrap().display();
        let marks = marks(&id, &level);
        let line = format!("- [`{id}`](../{file}) **{marks}**: {summary}\n");
        text.push_str(&line);
    }
    compare("docs/rules.md", &text);
    assert!(
        rules.is_empty(),
        "add a line such as \"- [`RULE`]\" to a part of docs/rules.md for each of {rules:?}"
    );
}

/// Every rule's message as people see it, in one file to be read from top to bottom: whoever changes a message reads the others.
#[test]
fn the_messages_are_what_was_read() {
    let mut text = String::new();
    // In the order of the file, which does not change with the code; what is new comes last.
    let before = fs::read_to_string(root().join("tests/messages.txt")).unwrap();
    let mut ids: Vec<String> = Vec::new();
    let headings = before.lines().filter_map(|line| line.strip_prefix("== "));
    let listed = headings.map(str::to_owned);
    for id in listed.chain(rules().into_iter().map(|(id, _)| id)) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    for id in ids {
        for block in read(&id).fires {
            let said = check(&id, &block.manifest(), &[]).stdout;
            text.push_str(&format!("== {id}\n\n{said}\n"));
        }
    }
    assert!(text.len() > 30_000);
    compare("tests/messages.txt", &text);
}
