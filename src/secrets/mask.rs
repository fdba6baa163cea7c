//! The last bar: whatever a finding says, it does not say a secret.

use super::masked;
use crate::diagnostic::Finding;

/// A hidden text shorter than this is not looked for in messages: it would be found in every other word.
const SHORTEST: usize = 4;

/// What no message about one manifest may name.
#[derive(Debug, Clone, Default)]
pub struct Mask {
    words: Vec<String>,
}

impl Mask {
    /// Hides these texts, besides what has the shape of a secret.
    pub fn new(mut words: Vec<String>) -> Self {
        words.retain(|word| word.chars().count() >= SHORTEST);
        // The longest first, since one may hold another.
        words.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        words.dedup();
        Self { words }
    }

    /// A text without secrets.
    pub fn text(&self, text: &str) -> String {
        let mut shown = masked(text);
        for word in &self.words {
            shown = without(&shown, word);
        }
        shown
    }

    /// A JSON Pointer is masked step by step, without its escapes.
    fn pointer(&self, pointer: &mut String) {
        let steps: Vec<String> = pointer
            .split('/')
            .map(|step| {
                let step = self.text(&step.replace("~1", "/").replace("~0", "~"));
                step.replace('~', "~0").replace('/', "~1")
            })
            .collect();
        *pointer = steps.join("/");
    }

    /// Takes secrets out of everything that a finding says; a fix that would write one goes.
    pub fn finding(&self, finding: &mut Finding) {
        let hide = |text: &mut String| *text = self.text(text);
        hide(&mut finding.message);
        hide(&mut finding.help);
        self.pointer(&mut finding.location.pointer);
        finding.environments.iter_mut().for_each(hide);
        for related in &mut finding.related {
            hide(&mut related.message);
            self.pointer(&mut related.location.pointer);
        }
        if let Some(fix) = &mut finding.fix {
            hide(&mut fix.title);
            if fix
                .edits
                .iter()
                .any(|edit| self.text(&edit.text) != edit.text)
            {
                finding.fix = None;
            }
        }
    }
}

/// A text with stars for a word, wherever it does not go on as a longer word.
fn without(text: &str, word: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(word) {
        shown.push_str(before);
        let joins = |character: Option<char>| {
            character.is_some_and(|character| character.is_alphanumeric() || character == '_')
        };
        let is_part = joins(shown.chars().next_back()) && joins(word.chars().next())
            || joins(after.chars().next()) && joins(word.chars().next_back());
        if is_part {
            shown.push_str(word);
        } else {
            shown.extend(word.chars().map(|_| '*'));
        }
        rest = after;
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_texts_and_shapes_are_masked() {
        let mask = Mask::new(vec!["hunter22".into(), "a".into(), "secret".into()]);
        assert_eq!(
            mask.text("`hunter22` is a hunter222"),
            "`********` is a hunter222"
        );
        assert_eq!(
            mask.text("`client_secret`, secret"),
            "`client_secret`, ******"
        );
        assert_eq!(mask.text("p8e-AbCd1234efGH5678"), "********************");
    }
}
