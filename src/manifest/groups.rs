//! The operator groups that Campaign brings along (Adobe's page "Access management", schema `xtk:group`).

/// Internal names and labels of the built-in groups. `messagecenter` is there only where the instance has Message Center.
pub const BUILT_IN: [(&str, &str); 11] = [
    ("admin", "Administrator"),
    ("central", "Central"),
    ("content", "Content contributors"),
    ("delivery", "Delivery operators"),
    ("local", "Local"),
    ("messagecenter", "Message Center"),
    ("offer", "Offer managers"),
    ("operation", "Campaign managers"),
    ("report", "Access to reports"),
    ("workflow", "Workflow execution"),
    ("workflowSupervisor", "Workflow supervisors"),
];

/// The label of a built-in group; nothing for any other name.
pub fn built_in_label(name: &str) -> Option<&'static str> {
    BUILT_IN
        .iter()
        .find(|(internal_name, _)| *internal_name == name)
        .map(|(_, label)| *label)
}
