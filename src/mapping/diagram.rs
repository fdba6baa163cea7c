//! Mappings as a Mermaid flow chart that GitHub draws.

use std::{collections::BTreeMap, fmt::Write};

use super::{Mapping, Row, Status};
use crate::{report::counted, text::show};

/// Mermaid refuses more than 500 edges and 50,000 characters.
const MOST_EDGES: usize = 400;
const MOST_CHARACTERS: usize = 40_000;

/// How the picture begins: its title, room for names, in which each blank counts, on one line, and a colour for each kind of node.
const HEAD: &str = "\
---
title: Product profiles (left) and the Campaign operator groups that their members get (right)
config:
  flowchart:
    wrappingWidth: 700
---
flowchart LR
  classDef ok fill:#e6f4ea,stroke:#137333,color:#000
  classDef wrong fill:#fce8e6,stroke:#c5221f,color:#000
  classDef warn fill:#fef7e0,stroke:#b06000,color:#000
  classDef other fill:#f1f3f4,stroke:#80868b,color:#000
";

/// What colours and forms mean. Mermaid draws what stands last at the top.
const LEGEND: &str = "  subgraph legend[\"Legend\"]
    direction LR
    l1[\"Product profile\"]:::ok --> l2([\"Operator group\"]):::ok
    l3[\"Members could not sign in\"]:::wrong -. what is wrong .-> l4([\"Group that they should get\"]):::wrong
    l5[\"Profile of a group that the manifest lacks\"]:::warn -. status .-> l6([\"Group\"]):::warn
  end
";

/// One flow chart: for each environment a box that names its mask, in it the profiles and the groups that they give. What is wrong is
/// red or yellow and says so. Profiles that are not of the instance are one node; where a chart would be too large to be drawn, so are
/// those with which all is well.
pub fn mermaid(mappings: &[Mapping]) -> String {
    let mut text = String::from(HEAD);
    let (mut edges, mut left_off) = (0, 0);
    for (number, mapping) in mappings.iter().enumerate() {
        let name = mapping.environment.as_ref().unwrap_or(&mapping.instance);
        let name = show::mermaid_label(name);
        let mask = show::mermaid_label(&mapping.mask);
        let _ = writeln!(text, "  subgraph e{number}[\"{name}#58; {mask}\"]");
        text.push_str("    direction LR\n");
        let mut rows: Vec<(usize, &Row)> = mapping.rows.iter().enumerate().collect();
        // What is wrong is drawn first, so that it is never what is left off.
        rows.sort_by_key(|(_, row)| !row.standing().is_wrong());
        let mut groups = BTreeMap::new();
        let (mut fine, mut unmatched) = (0, 0);
        for (index, row) in rows {
            if row.standing() == Status::Unmatched {
                unmatched += 1;
            } else if edges >= MOST_EDGES || text.len() >= MOST_CHARACTERS {
                match row.standing().is_wrong() {
                    true => left_off += 1,
                    false => fine += 1,
                }
            } else {
                edges += 1;
                pair(&mut text, (number, index), row, &mut groups);
            }
        }
        if fine > 0 {
            let _ = writeln!(text, "    f{number}[\"{fine} more profiles, ok\"]:::ok");
        }
        if unmatched > 0 {
            let others = counted(unmatched, "other profile");
            text += &format!("    u{number}[\"{others}, not of this instance\"]:::other\n");
        }
        text.push_str("  end\n");
    }
    if left_off > 0 {
        text += &format!("  rest[\"{left_off} more that are wrong#58; see the table\"]:::wrong\n");
    }
    text.push_str(LEGEND);
    text
}

/// A profile, the group that it gives or should give, and how they are joined. `number` is the mapping's, `index` the row's.
fn pair<'r>(
    text: &mut String,
    (number, index): (usize, usize),
    row: &'r Row,
    groups: &mut BTreeMap<&'r str, usize>,
) {
    let id = format!("{number}x{index}");
    let class = match row.standing() {
        Status::Ok => "ok",
        Status::Mismatch | Status::Missing | Status::Misspelt => "wrong",
        Status::Undeclared | Status::Unlisted => "warn",
        Status::Unmatched => "other",
    };
    let profile = show::mermaid_label(&row.profile);
    let members = row.members.map_or_else(String::new, |members| {
        let plural = if members == 1 { "" } else { "s" };
        format!("<br/>{members} member{plural}")
    });
    let name = row.wanted.as_deref().or(row.group.as_deref());
    let name = name.unwrap_or_default();
    let known = groups.len();
    let group = *groups.entry(name).or_insert(known);
    let _ = writeln!(text, "    p{id}[\"{profile}{members}\"]:::{class}");
    let _ = match row.standing() {
        Status::Ok => write!(text, "    p{id} --> "),
        status => write!(text, "    p{id} -. {} .-> ", status.as_str()),
    };
    let _ = write!(text, "g{number}x{group}");
    // A group's form and colour are said once: what is wrong with it comes first.
    if group == known {
        let label = match show::mermaid_label(name) {
            // Mermaid takes no empty label.
            label if label.is_empty() => "-".to_owned(),
            label => label,
        };
        let _ = write!(text, "([\"{label}\"]):::{class}");
    }
    text.push('\n');
}
