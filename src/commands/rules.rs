//! `rules`: the list of rules with the levels that hold here.

use std::path::Path;

use serde::Serialize;
use serde_json::json;

use super::{Outcome, Result, Session, configuration::Configurations};
use crate::{
    cli::RulesFormat,
    diagnostic::{FixKind, Severity},
    report::painted,
    rules::RULES,
    text::show,
};

/// A rule as programs read it.
#[derive(Serialize)]
struct Row {
    id: &'static str,
    /// The level that holds here; `off` where the configuration switches it off.
    level: &'static str,
    /// The rule's own level.
    default: &'static str,
    /// Whether it has fixes, and how safe they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<&'static str>,
    /// Whether nothing can switch it off.
    guarded: bool,
    summary: String,
    page: String,
}

pub fn run(format: RulesFormat, session: &Session) -> Result {
    let mut configurations = Configurations::new(&session.global)?;
    let settings = configurations.of(Path::new("x.ims.yaml"))?.settings.clone();
    let mut sorted = RULES.to_vec();
    sorted.sort_by_key(|rule| rule.id);
    let rules: Vec<Row> = sorted
        .into_iter()
        .map(|rule| Row {
            id: rule.id,
            level: settings.level(rule.id).map_or("off", Severity::name),
            default: rule.severity.name(),
            fix: match rule.fix {
                FixKind::Safe => Some("safe"),
                FixKind::Unsafe => Some("unsafe"),
                FixKind::NoFix => None,
            },
            guarded: rule.is_guarded,
            summary: rule.summary().to_owned(),
            page: rule.address(),
        })
        .collect();
    let text = match format {
        RulesFormat::Table => table(&rules, session.colour).into_bytes(),
        RulesFormat::Json => {
            let mut text = Vec::new();
            show::json(&mut text, &json!({ "version": 1, "rules": rules }))?;
            text.push(b'\n');
            text
        }
    };
    session.print(text)?;
    Ok(Outcome::Clean)
}

fn table(rules: &[Row], colour: bool) -> String {
    let longest = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for Row {
        id, level, summary, ..
    } in rules
    {
        let style = match *level {
            "error" => "31",
            "warning" => "33",
            "note" => "36",
            _ => "2",
        };
        let shown = painted(&format!("{level:7}"), style, colour);
        text += &format!("{id:longest$}  {shown}  {summary}\n");
    }
    text
}
