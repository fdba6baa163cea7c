//! The operator groups that Campaign brings along (Adobe's page "Access management", schema `xtk:group`, and its screenshots).

/// Internal names and labels of the built-in groups. Those of optional packages exist only where their package is installed, and their
/// labels are not public.
pub const BUILT_IN: [(&str, Option<&str>); 15] = [
    ("admin", Some("Administrator")),
    ("aemApplication", None),
    ("central", Some("Central management")),
    ("content", Some("Content Contributors")),
    ("deliverability", None),
    ("delivery", Some("Delivery operators")),
    ("local", Some("Local management")),
    ("messagecenter", None),
    ("offer", Some("Offer managers")),
    ("operation", Some("Campaign managers")),
    ("report", Some("Access to reports")),
    ("support", None),
    ("webui", None),
    ("workflow", Some("Workflow execution")),
    ("workflowSupervisor", Some("Workflow supervisors")),
];

/// Whether a group is one that Campaign or one of its packages brings along.
pub fn is_built_in(name: &str) -> bool {
    BUILT_IN.iter().any(|(built_in, _)| *built_in == name)
}

/// The label of a built-in group, where it is public; nothing for any other name.
pub fn built_in_label(name: &str) -> Option<&'static str> {
    let mut groups = BUILT_IN.iter();
    groups.find(|(built_in, _)| *built_in == name)?.1
}

/// The built-in group whose label a text is, in whatever letters, also with one `s` more or less at its end.
pub fn with_built_in_label(text: &str) -> Option<&'static str> {
    let written = text.trim();
    let plain = |text: &'_ str| text.len() - usize::from(text.ends_with(['s', 'S']));
    let is_same = |label: &str| {
        if label.len().abs_diff(written.len()) > 1 {
            return false;
        }
        let label = label.get(..plain(label));
        let written = written.get(..plain(written));
        label
            .zip(written)
            .is_some_and(|(label, written)| label.eq_ignore_ascii_case(written))
    };
    let mut groups = BUILT_IN.iter();
    let found = groups.find(|(_, label)| label.is_some_and(is_same))?;
    (text != found.0).then_some(found.0)
}
