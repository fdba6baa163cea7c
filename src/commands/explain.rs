//! `explain RULE`: one rule's page.

use super::{CommandError, Outcome, Result, Session};
use crate::{
    check::settings::unknown_rule_help, diagnostic::excerpt, report::painted, rules, secrets,
    text::show,
};

pub fn run(id: &str, session: &Session) -> Result {
    let Some(rule) = rules::find(id) else {
        let help = unknown_rule_help(id);
        let id = show::value(&excerpt(&secrets::mask(id)));
        let message = format!("there is no rule `{id}`; {help}");
        return Err(CommandError::other(message));
    };
    let mut text = String::new();
    let mut in_code = false;
    for (number, line) in rule.page.lines().enumerate() {
        in_code ^= line.starts_with("```");
        let is_title = !in_code && line.starts_with('#');
        text += &painted(line, "1", is_title && session.colour);
        text.push('\n');
        if number == 0 {
            text += &format!("\nLevel: {}\n", rule.severity);
        }
    }
    session.print(text)?;
    Ok(Outcome::Clean)
}
