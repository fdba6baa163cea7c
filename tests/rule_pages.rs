//! The rule book and its pages: every page has its parts, and every block of YAML on it does what the page says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod common;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use campaign_ims::{
    check,
    finding::Severity,
    report::{self, Context, Format, Report},
    rules::{self, FixKind, RULES, Rule},
};
use common::{Found, check_all, path, rules_of};
use serde_yaml::{Mapping, Value};

/// The contract: each rule with its level and, where it has one, the kind of its fix.
const CONTRACT: [(&str, &str); 68] = [
    ("yaml-syntax", "E"),
    ("yaml-duplicate-key", "E"),
    ("yaml-limits", "E"),
    ("unknown-field", "EF"),
    ("missing-field", "E"),
    ("wrong-type", "EF"),
    ("invalid-value", "E"),
    ("placeholder", "E"),
    ("patch-no-effect", "W"),
    ("control-character", "E"),
    ("value-whitespace", "EF"),
    ("value-confusable", "Ef"),
    ("invalid-url", "E"),
    ("callback-not-https", "EF"),
    ("callback-host-mismatch", "E"),
    ("callback-extra-parts", "W"),
    ("callback-not-public", "W"),
    ("callback-shared", "E"),
    ("url-credentials", "E"),
    ("instance-url-not-https", "EF"),
    ("instance-name", "E"),
    ("ims-server-not-https", "EF"),
    ("ims-server-stage", "E"),
    ("ims-server-unknown", "W"),
    ("ims-server-differs", "W"),
    ("org-id-format", "EF"),
    ("org-id-unusual", "N"),
    ("tenant-format", "E"),
    ("mask-invalid-regex", "E"),
    ("mask-not-portable", "E"),
    ("mask-capture", "E"),
    ("mask-not-prefix", "E"),
    ("mask-too-broad", "E"),
    ("mask-not-literal", "E"),
    ("mask-unescaped", "WF"),
    ("mask-whitespace", "EF"),
    ("mask-confusable", "Ef"),
    ("mask-tenant", "W"),
    ("mask-control-panel", "E"),
    ("mask-overlap", "W"),
    ("mask-shared", "N"),
    ("mask-backtracking", "W"),
    ("group-name", "W"),
    ("group-builtin-case", "Wf"),
    ("group-profile-unmatched", "E"),
    ("group-capture-mismatch", "Ef"),
    ("group-profile-duplicate", "E"),
    ("group-not-builtin", "W"),
    ("group-create-builtin", "E"),
    ("group-control-panel", "W"),
    ("group-no-admin", "W"),
    ("account-name", "W"),
    ("account-type", "E"),
    ("account-duplicate", "E"),
    ("account-disabled", "W"),
    ("product-context", "W"),
    ("scope-missing", "W"),
    ("scope-unknown", "N"),
    ("scope-malformed", "EF"),
    ("secret-in-manifest", "E"),
    ("secret-shared", "N"),
    ("hosting-managed", "E"),
    ("release-not-ready", "W"),
    ("build-version", "W"),
    ("build-wildcard", "W"),
    ("package-missing", "W"),
    ("unused-ignore", "W"),
    ("unknown-rule", "W"),
];

/// The valid manifest that the pages' blocks change.
const BASE: &str = include_str!("right/base.ims.yaml");

#[test]
fn the_registry_is_the_contract() {
    let contract: BTreeMap<&str, &str> = CONTRACT.into_iter().collect();
    let registry: BTreeMap<&str, String> =
        RULES.iter().map(|rule| (rule.id, marks(rule))).collect();
    assert_eq!(registry.len(), RULES.len(), "a rule is registered twice");
    let registry: BTreeMap<&str, &str> = registry
        .iter()
        .map(|(id, marks)| (*id, marks.as_str()))
        .collect();
    assert_eq!(registry, contract);
}

fn marks(rule: &Rule) -> String {
    let level = match rule.severity {
        Severity::Error => "E",
        Severity::Warning => "W",
        Severity::Note => "N",
    };
    let fix = match rule.fix {
        Some(FixKind::Safe) => "F",
        Some(FixKind::Unsafe) => "f",
        None => "",
    };
    format!("{level}{fix}")
}

#[test]
fn every_file_is_registered() {
    let ids: BTreeSet<String> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
    let mut sources = BTreeSet::new();
    let mut pages = BTreeSet::new();
    for entry in std::fs::read_dir(path("src/rules/pages")).unwrap() {
        let file = entry.unwrap().path();
        let text = std::fs::read_to_string(&file).unwrap();
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("md") => drop(pages.insert(name)),
            Some("rs") if text.contains("pub static RULE: Rule") => {
                let id = format!("id: \"{name}\"");
                let page = format!("include_str!(\"{name}.md\")");
                assert!(
                    text.contains(&id) && text.contains(&page),
                    "{name}: id, file and page differ"
                );
                sources.insert(name);
            }
            _ => {}
        }
    }
    assert_eq!(sources, ids);
    assert_eq!(pages, ids);
}

/// A page, taken apart.
struct Page {
    fires: Vec<Block>,
    passes: Vec<Block>,
}

/// A block of YAML with the words behind `fires` or `passes`.
struct Block {
    words: Vec<String>,
    text: String,
}

/// Takes a page apart, and fails where it does not have the form that all pages have.
fn read(rule: &Rule) -> Page {
    let id = rule.id;
    let page = rule.page;
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
    assert_eq!(
        summary,
        rule.summary(),
        "{id}: the sentence stands on one line"
    );
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
fn the_base_is_right() {
    assert_eq!(check_all(BASE), []);
}

#[test]
fn every_page_has_its_parts() {
    for rule in RULES {
        read(rule);
    }
}

#[test]
fn every_block_does_what_its_page_says() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let page = read(rule);
        for block in &page.fires {
            let found = check_all(&block.manifest());
            let mut expected = block.also();
            expected.push(rule.id);
            expected.sort_unstable();
            if rules_of(&found) != expected {
                wrong.push((rule.id, "fires", found));
            } else if rule.fix.is_none()
                && found
                    .iter()
                    .any(|found| found.rule == rule.id && found.has_fix)
            {
                wrong.push((rule.id, "has a fix that the rule does not declare", found));
            }
        }
        for block in &page.passes {
            let found = check_all(&block.manifest());
            if !found.is_empty() {
                wrong.push((rule.id, "passes", found));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", listed(&wrong));
}

fn listed(wrong: &[(&str, &str, Vec<Found>)]) -> String {
    let mut text = String::new();
    for (id, what, found) in wrong {
        text.push_str(&format!("\n{id} ({what}):\n"));
        for found in found {
            text.push_str(&format!(
                "  {} at {}:{}: {} ({})\n",
                found.rule, found.line, found.column, found.message, found.help
            ));
        }
    }
    text
}

#[test]
fn every_rule_is_in_a_part_of_the_list() {
    for rule in RULES {
        let group = rules::docs::group(rule).unwrap_or_else(|| panic!("{} is in no part", rule.id));
        assert!(rules::docs::groups().contains(&group));
    }
}

#[test]
fn the_list_of_rules_is_up_to_date() {
    let file = path("docs/rules.md");
    let text = rules::docs::rules_markdown();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(file).unwrap_or_default(),
        text,
        "run `UPDATE=1 cargo test`"
    );
}

/// Every rule's message as people see it, in one file to be read from top to bottom: whoever changes a message reads the others.
#[test]
fn the_messages_are_what_was_read() {
    let mut text = String::new();
    for rule in RULES {
        for block in read(rule).fires {
            let manifest = block.manifest();
            let checked = check::text("a", "manifest.ims.yaml", manifest, &Arc::default(), None);
            let across = check::across(&[&checked]);
            let mut findings = checked.judged.findings;
            findings.extend(across);
            let report = Report::new(findings, vec!["manifest.ims.yaml".to_owned()]);
            let mut out = Vec::new();
            report::write(Format::Human, &report, &Context::plain("0"), &mut out).unwrap();
            text.push_str(&format!("== {}\n\n", rule.id));
            text.push_str(&String::from_utf8(out).unwrap());
            text.push('\n');
        }
    }
    let path = path("tests/messages.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let read = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        read, text,
        "read what changed, then run `UPDATE=1 cargo test`"
    );
}
