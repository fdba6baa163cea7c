//! `rules`: the list of rules with their levels.

use super::{Outcome, Result, Session};
use crate::{diagnostic::Severity, rules::RULES};

pub fn run(session: &Session) -> Result {
    let longest = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut sorted = RULES.to_vec();
    sorted.sort_by_key(|rule| rule.id);
    let mut text = String::new();
    for rule in sorted {
        let (id, summary) = (rule.id, rule.summary());
        let mut level = format!("{:7}", rule.severity.name());
        if session.colour {
            let colour = match rule.severity {
                Severity::Error => "31",
                Severity::Warning => "33",
                Severity::Note => "36",
            };
            level = format!("\x1b[{colour}m{level}\x1b[0m");
        }
        text += &format!("{id:longest$}  {level}  {summary}\n");
    }
    session.print(text)?;
    Ok(Outcome::Clean)
}
