//! `rules`: the list of rules with their levels.

use super::{CommandError, Outcome, Terminal};
use crate::{diagnostic::Severity, rules::RULES};

pub fn run(terminal: &Terminal) -> Result<Outcome, CommandError> {
    let longest = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut sorted = RULES.to_vec();
    sorted.sort_by_key(|rule| rule.id);
    let mut text = String::new();
    for rule in sorted {
        let colour = match rule.severity {
            Severity::Error => "31",
            Severity::Warning => "33",
            Severity::Note => "36",
        };
        let level = format!("{:7}", rule.severity.name());
        let level = if terminal.colour {
            format!("\x1b[{colour}m{level}\x1b[0m")
        } else {
            level
        };
        text.push_str(&format!(
            "{:longest$}  {level}  {}\n",
            rule.id,
            rule.summary()
        ));
    }
    terminal.print(text.as_bytes())?;
    Ok(Outcome::Clean)
}
