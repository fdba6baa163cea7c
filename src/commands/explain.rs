//! `explain RULE`: one rule's page.

use super::{CommandError, Outcome, Terminal};
use crate::{
    diagnostic::excerpt,
    rules::{self, RULES},
    text::show,
    text::suggest::did_you_mean,
};

pub fn run(id: &str, terminal: &Terminal) -> Result<Outcome, CommandError> {
    let Some(rule) = rules::find(id) else {
        let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
        let help = match did_you_mean(id, &ids) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`campaign-ims rules` lists them".to_owned(),
        };
        let id = show::value(&excerpt(id));
        return Err(CommandError::Other(format!(
            "there is no rule `{id}`; {help}"
        )));
    };
    let mut text = String::new();
    let mut in_code = false;
    for (number, line) in rule.page.lines().enumerate() {
        in_code ^= line.starts_with("```");
        if terminal.colour && !in_code && line.starts_with('#') {
            text.push_str(&format!("\x1b[1m{line}\x1b[0m\n"));
        } else {
            text.push_str(line);
            text.push('\n');
        }
        if number == 0 {
            text.push_str(&format!("\nLevel: {}\n", rule.severity));
        }
    }
    terminal.print(text.as_bytes())?;
    Ok(Outcome::Clean)
}
