//! Drift with its places: each difference between a manifest and an exported package, at the manifest's own line, written for
//! people and for programs.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    io::{self, Write},
};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::{
    finding::Location,
    manifest::Manifest,
    package::{Attribute, Difference, DifferenceKind},
    secrets,
    text::Position,
    text::characters::{self, Parting},
    text::lookalike,
    text::show,
    text::wrap::wrap,
    yaml::{Field, Place, Spanned},
};

/// A difference, and where the manifest says otherwise.
#[derive(Debug)]
pub struct Located {
    /// What differs; its values may be shown.
    pub difference: Difference,
    /// The manifest's value, or for a default that nobody wrote, the key of the mapping that lacks it.
    pub location: Location,
}

/// Finds the place of each difference, and masks what looks like a secret in the package's values.
pub fn locate(
    differences: Vec<Difference>,
    manifest: &Manifest,
    location: impl Fn(Place) -> Location,
) -> Vec<Located> {
    differences
        .into_iter()
        .filter_map(|mut difference| {
            let place = place(&difference, manifest)?;
            let attribute = Attribute::from_name(difference.attribute);
            let is_url = attribute.is_some_and(Attribute::is_url);
            let masked = |text: &str| {
                if is_url {
                    masked_url(text)
                } else {
                    masked(text)
                }
            };
            difference.package = difference.package.as_deref().map(masked);
            Some(Located {
                difference,
                location: location(place),
            })
        })
        .collect()
}

fn masked_url(text: &str) -> String {
    secrets::mask_url(text)
}

fn masked(text: &str) -> String {
    let text = secrets::mask(text);
    // User information without a scheme before it.
    match text.rsplit_once('@') {
        Some((before, host)) if before.contains(':') && !before.contains("://") => {
            format!("{}@{host}", "*".repeat(before.chars().count()))
        }
        _ => text,
    }
}

fn place(difference: &Difference, manifest: &Manifest) -> Option<Place> {
    match Attribute::ALL
        .into_iter()
        .find(|it| it.pointer() == difference.field)
    {
        Some(attribute) => account_place(attribute, manifest),
        None => group_place(&difference.field, manifest),
    }
}

fn account_place(attribute: Attribute, manifest: &Manifest) -> Option<Place> {
    let organization = manifest.organization.get()?;
    let account = manifest.external_account.get()?;
    let of = |field: &Field<String>| written_or(field, account.place);
    Some(match attribute {
        Attribute::Active => written_or(&account.enabled, account.place),
        Attribute::CallbackServer => of(&account.callback_server),
        Attribute::ClientId => of(&account.client_id),
        Attribute::ImsOrgId => written_or(&organization.id, organization.place),
        Attribute::ImsRightsMask => of(&account.association_mask),
        Attribute::ImsServer => of(&account.ims_server),
        Attribute::Label => of(&account.label),
        Attribute::Name => of(&account.name),
        Attribute::PackageAutoExport => written_or(&account.export_in_packages, account.place),
        Attribute::ProductContext => of(&account.product_context),
        Attribute::Server => of(&account.experience_cloud_server),
        Attribute::Tenant => written_or(&organization.tenant, organization.place),
        Attribute::Type => written_or(&account.kind, account.place),
        Attribute::UserScope => written_or(&account.scope, account.place),
    })
}

fn group_place(field: &str, manifest: &Manifest) -> Option<Place> {
    let groups = &manifest.groups.get()?.0;
    groups.iter().find_map(|(name, group)| {
        let key = name.replace('~', "~0").replace('/', "~1");
        match field.strip_prefix("/groups/")?.strip_prefix(&key)? {
            "" => Some(name.place),
            "/label" => {
                let label = group.get().and_then(|group| group.label.get());
                Some(label.map_or(name.place, |label: &Spanned<String>| label.place))
            }
            _ => None,
        }
    })
}

fn written_or<T>(field: &Field<T>, mapping: Place) -> Place {
    field.get().map_or(mapping.key(), |value| value.place)
}

#[derive(Serialize)]
struct Json<'a> {
    field: &'a str,
    attribute: &'a str,
    manifest: &'a str,
    package: Option<&'a str>,
    path: String,
    range: JsonRange,
}

#[derive(Serialize)]
struct JsonRange {
    start: Position,
    end: Position,
}

/// Writes the differences for programs, one a line.
///
/// # Errors
/// What `out` fails with.
pub fn json(account: &str, differences: &[Located], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\"version\":1,\"account\":")?;
    show::json(out, &account)?;
    out.write_all(b",\n\"differences\":[")?;
    for (index, located) in differences.iter().enumerate() {
        let Located {
            difference,
            location,
        } = located;
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        let json = Json {
            field: &difference.field,
            attribute: difference.attribute,
            manifest: &difference.manifest,
            package: match difference.kind {
                DifferenceKind::GroupMissing => None,
                _ => Some(
                    difference
                        .package
                        .as_deref()
                        .unwrap_or(counts_as(difference.attribute)),
                ),
            },
            path: show::value(location.source.name()),
            range: JsonRange {
                start: location.source.position(location.range.start),
                end: location.source.position(location.range.end),
            },
        };
        show::json(out, &json)?;
    }
    out.write_all(if differences.is_empty() {
        b"]}\n"
    } else {
        b"\n]}\n"
    })
}

/// How the human form is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Whether to colour.
    pub colour: bool,
    /// Columns.
    pub width: usize,
    /// Whether to draw with Unicode characters.
    pub unicode: bool,
}

impl Look {
    fn paint(self, code: &str, text: &str) -> String {
        if self.colour {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// What stands before a value.
const MARGIN: &str = "            ";

/// Writes the differences for people.
pub fn human(differences: &[Located], look: Look) -> String {
    let mut text = String::new();
    for located in differences {
        let difference = &located.difference;
        let source = &located.location.source;
        let start = source.position(located.location.range.start);
        let place = format!(
            "{}:{}:{}",
            show::text(source.name()),
            start.line,
            start.column
        );
        let what = match difference.field.strip_prefix("/groups/") {
            Some(_) => format!("{} of an operator group", difference.attribute),
            None => difference.attribute.to_owned(),
        };
        let _ = writeln!(
            text,
            "{}  {}",
            look.paint("1", &what),
            look.paint("36", &place)
        );
        values(&mut text, difference, look);
        for note in notes(difference) {
            text.push_str(&wrap(&note, "  ", look.width));
        }
        text.push('\n');
    }
    show::no_line_commands(&text)
}

/// Both values, one below the other, and a mark below the first character that differs.
fn values(text: &mut String, difference: &Difference, look: Look) {
    let found = difference.package.as_deref().unwrap_or_default();
    let is_list = difference.attribute == Attribute::UserScope.as_str();
    let parting = characters::parting(&difference.manifest, found)
        .filter(|_| !is_list && difference.kind == DifferenceKind::Value && !found.is_empty());
    let room = look.width.saturating_sub(MARGIN.len() + 1).max(20);
    let from = parting.map_or(0, |parting| {
        window(&difference.manifest, found, parting, room)
    });
    let manifest = shown(&difference.manifest, from, room, look);
    let package = if difference.kind == DifferenceKind::GroupMissing {
        "(no such group)".to_owned()
    } else {
        match &difference.package {
            Some(value) => shown(value, from, room, look),
            None => absent(difference.attribute),
        }
    };
    let _ = writeln!(text, "  manifest  {}", look.paint("32", &manifest));
    let _ = writeln!(text, "  package   {}", look.paint("31", &package));
    if let Some(parting) = parting {
        let before: String = difference
            .manifest
            .chars()
            .skip(from)
            .take(parting.index - from)
            .collect();
        let cut = usize::from(from > 0);
        let indentation = show::text(&before).width() + cut;
        let mark = look.paint("1;33", "^");
        let _ = writeln!(text, "{MARGIN}{}{mark}", " ".repeat(indentation));
    }
}

/// From which character on both values are shown, so that the first difference is within the room.
fn window(manifest: &str, package: &str, parting: Parting, room: usize) -> usize {
    let longest = show::text(manifest)
        .width()
        .max(show::text(package).width());
    if longest <= room {
        0
    } else {
        parting.index.saturating_sub(room / 3)
    }
}

/// What is said of an attribute that the package lacks.
fn absent(attribute: &str) -> String {
    let counts_as = match counts_as(attribute) {
        "" => "empty",
        other => other,
    };
    format!("(absent, which counts as {counts_as})")
}

/// What an absent attribute counts as, as an import takes it.
fn counts_as(attribute: &str) -> &'static str {
    match Attribute::from_name(attribute) {
        Some(Attribute::PackageAutoExport) => "false",
        Some(Attribute::Type) => "0",
        _ => "",
    }
}

/// A value from a character on, as far as there is room.
fn shown(value: &str, from: usize, room: usize, look: Look) -> String {
    if value.is_empty() {
        return "(empty)".to_owned();
    }
    let ellipsis = if look.unicode { "…" } else { "~" };
    let mut line = String::new();
    if from > 0 {
        line.push_str(ellipsis);
    }
    for character in value.chars().skip(from) {
        let character = show::text(&character.to_string());
        if line.width() + character.width() >= room {
            line.push_str(ellipsis);
            return line;
        }
        line.push_str(&character);
    }
    // Two characters that are a command together.
    show::text(&line)
}

/// What a person should know about a difference.
fn notes(difference: &Difference) -> Vec<String> {
    let found = difference.package.as_deref().unwrap_or_default();
    match difference.kind {
        DifferenceKind::ImsAccountName => {
            return vec![format!(
                "Both are the IMS account: {} is its name today, {} that of older builds. An import would not find the account and make a \
                 second one, of which there must be none. Write the instance's own name into the manifest.",
                crate::manifest::ACCOUNT_NAME,
                crate::manifest::OLD_ACCOUNT_NAME
            )];
        }
        DifferenceKind::GroupMissing => {
            return vec![
                "The package lists operator groups, but not this one: whoever has its product profile cannot sign in.".to_owned(),
            ];
        }
        DifferenceKind::Value => {}
    }
    if difference.attribute == Attribute::UserScope.as_str() {
        return scopes(&difference.manifest, found);
    }
    let mut notes = Vec::new();
    let parting = characters::parting(&difference.manifest, found);
    let is_odd =
        |character: Option<char>| character.is_some_and(|character| !character.is_ascii_graphic());
    if let Some(parting) = parting.filter(|it| {
        !found.is_empty()
            && (is_odd(it.found) || is_odd(it.wanted) || found.trim() == difference.manifest)
    }) {
        notes.push(format!("In the package {}.", parting.in_words()));
    }
    let others = lookalike::find(found)
        .into_iter()
        .filter(|it| parting.is_none_or(|parting| parting.found != Some(it.found)))
        .map(|it| it.name);
    let others: BTreeSet<String> = others.collect();
    if !others.is_empty() {
        let others: Vec<String> = others.into_iter().collect();
        notes.push(format!("The package also has {}.", others.join(", ")));
    }
    notes
}

fn scopes(manifest: &str, package: &str) -> Vec<String> {
    let of = |list: &str| -> BTreeSet<String> {
        list.split(',')
            .filter(|it| !it.is_empty())
            .map(show::text)
            .collect()
    };
    let (wanted, found) = (of(manifest), of(package));
    let mut notes = Vec::new();
    let mut only = |who: &str, these: Vec<&String>| {
        if !these.is_empty() {
            let these: Vec<&str> = these.into_iter().map(String::as_str).collect();
            notes.push(format!("Only the {who} has {}.", these.join(", ")));
        }
    };
    only("manifest", wanted.difference(&found).collect());
    only("package", found.difference(&wanted).collect());
    notes
}
