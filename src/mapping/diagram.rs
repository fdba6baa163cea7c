//! Mappings as a Mermaid flow chart that GitHub draws.

use std::{collections::BTreeMap, fmt::Write};

use super::{Mapping, Row, Status};
use crate::text::show;

/// Mermaid refuses more than 500 edges and 50,000 characters.
const MOST_EDGES: usize = 400;
const MOST_CHARACTERS: usize = 40_000;

/// One flow chart: for each environment a box that names its mask, in it the profiles and the groups that they give. What is wrong is
/// red or yellow and says so. Profiles that are none of Campaign's are one node; where a chart would be too large to be drawn, so are
/// those with which all is well.
pub fn mermaid(mappings: &[Mapping]) -> String {
    let mut text = String::from(
        "flowchart LR\n  \
         classDef ok fill:#e6f4ea,stroke:#137333,color:#000\n  \
         classDef wrong fill:#fce8e6,stroke:#c5221f,color:#000\n  \
         classDef undeclared fill:#fef7e0,stroke:#b06000,color:#000\n  \
         classDef other fill:#f1f3f4,stroke:#80868b,color:#000\n",
    );
    let (mut edges, mut left_off) = (0, 0);
    for (number, mapping) in mappings.iter().enumerate() {
        let name = mapping.environment.as_ref().unwrap_or(&mapping.instance);
        let name = show::mermaid_label(name);
        let mask = show::mermaid_label(&mapping.mask);
        let _ = writeln!(text, "  subgraph e{number}[\"{name}#58; {mask}\"]");
        let mut rows: Vec<(usize, &Row)> = mapping.rows.iter().enumerate().collect();
        // What is wrong is drawn first, so that it is never what is left off.
        rows.sort_by_key(|(_, row)| !row.status.is_wrong());
        let mut groups = BTreeMap::new();
        let (mut fine, mut unmatched) = (0, 0);
        for (index, row) in rows {
            if row.status == Status::Unmatched {
                unmatched += 1;
            } else if edges >= MOST_EDGES || text.len() >= MOST_CHARACTERS {
                match row.status {
                    Status::Ok => fine += 1,
                    _ => left_off += 1,
                }
            } else {
                edges += 1;
                pair(
                    &mut text,
                    &format!("{number}x{index}"),
                    row,
                    number,
                    &mut groups,
                );
            }
        }
        if fine > 0 {
            let _ = writeln!(text, "    f{number}[\"{fine} more profiles, ok\"]:::ok");
        }
        if unmatched > 0 {
            let plural = if unmatched == 1 { "" } else { "s" };
            let _ = writeln!(
                text,
                "    u{number}[\"{unmatched} other profile{plural}, not of Campaign\"]:::other"
            );
        }
        text.push_str("  end\n");
    }
    if left_off > 0 {
        let _ = writeln!(
            text,
            "  rest[\"{left_off} more that are wrong#58; see the table\"]:::wrong"
        );
    }
    text
}

/// A profile, the group that it gives or should give, and how they are joined.
fn pair(
    text: &mut String,
    id: &str,
    row: &Row,
    number: usize,
    groups: &mut BTreeMap<String, usize>,
) {
    let class = match row.status {
        Status::Ok => "ok",
        Status::Mismatch | Status::Missing => "wrong",
        Status::Undeclared => "undeclared",
        Status::Unmatched => "other",
    };
    let profile = show::mermaid_label(&row.profile);
    let name = row.wanted.as_ref().or(row.group.as_ref());
    let name = name.map(String::as_str).unwrap_or_default();
    let known = groups.len();
    let group = *groups.entry(name.to_owned()).or_insert(known);
    let _ = writeln!(text, "    p{id}[\"{profile}\"]:::{class}");
    let _ = match row.status {
        Status::Ok => write!(text, "    p{id} --> "),
        status => write!(text, "    p{id} -. {} .-> ", status.as_str()),
    };
    let _ = write!(text, "g{number}x{group}");
    // A group's form and colour are said once: what is wrong with it comes first.
    if group == known {
        let label = show::mermaid_label(name);
        let _ = write!(text, "([\"{label}\"]):::{class}");
    }
    text.push('\n');
}
