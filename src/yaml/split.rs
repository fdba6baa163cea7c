//! Several items of a list in place of one.

use super::{Document, NodeId, Style, TextEdit, scalar};

impl Document {
    /// Writes several strings as items in place of one item of a list. `text` is the document's own. Nothing where the node is
    /// no scalar item of a list, or shares its line with something that a new line would tear apart.
    pub fn split_item(&self, text: &str, node: NodeId, items: &[String]) -> Option<Vec<TextEdit>> {
        let item = self.written(node)?;
        let list = self.written(item.parent?)?;
        item.text.as_ref()?;
        let items: Vec<String> = items.iter().map(|item| scalar(item)).collect();
        let separator = match list.style {
            Style::Flow => ", ".to_owned(),
            _ => {
                let start = text.get(..item.range.start)?;
                let line = start.get(start.rfind(['\n', '\r']).map_or(0, |end| end + 1)..)?;
                let dash = line.strip_suffix("- ")?;
                let is_alone = dash.chars().all(|character| character == ' ')
                    && !matches!(item.style, Style::Literal | Style::Folded);
                let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
                is_alone.then(|| format!("{end}{dash}- "))?
            }
        };
        Some(vec![TextEdit {
            range: item.range.clone(),
            text: items.join(&separator),
        }])
    }
}

#[cfg(test)]
mod tests {
    use crate::yaml::{NodeId, parse};

    fn split(text: &str, at: &str, items: &[&str]) -> Option<String> {
        let (document, _) = parse(text);
        let document = document.unwrap();
        let node = document
            .written
            .iter()
            .position(|written| written.text.as_deref() == Some(at))
            .unwrap();
        let items: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
        let edits = document.split_item(text, NodeId(u32::try_from(node).unwrap()), &items)?;
        let mut text = text.to_owned();
        text.replace_range(edits[0].range.clone(), &edits[0].text);
        Some(text)
    }

    #[test]
    fn items_are_split_in_flow_and_block() {
        assert_eq!(
            split("a: ['b,c', d]", "b,c", &["b", "c"]).unwrap(),
            "a: [b, c, d]"
        );
        assert_eq!(
            split("a:\r\n  - b,c # x\r\n", "b,c", &["b", "c"]).unwrap(),
            "a:\r\n  - b\r\n  - c # x\r\n"
        );
        assert_eq!(split("a: b,c", "b,c", &["b", "c"]), None);
    }
}
