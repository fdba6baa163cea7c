//! `diff MANIFEST PACKAGE.xml`: drift between the manifest and what an instance exported, at the manifest's own lines.

use std::{collections::BTreeSet, fmt::Write, io};

use serde_json::{Value, json};
use supports_hyperlinks::Stream;
use unicode_width::UnicodeWidthStr;

use super::{
    CommandError, Outcome, Result, Session,
    input::{self, Needs},
    session::context,
};
use crate::{
    cli::{DiffArgs, DiffFormat},
    diagnostic::Location,
    manifest::{ACCOUNT_NAME, OLD_ACCOUNT_NAME, is_built_in},
    package::{self, Difference, DifferenceKind, counts_as},
    report::{Context, counted, painted},
    secrets,
    text::{characters, lookalike, show, wrap::wrap},
};

/// A difference, and where the manifest says otherwise.
type Located = (Difference, Location);

pub fn run(arguments: &DiffArgs, session: &Session) -> Result {
    let DiffArgs { manifest, env, .. } = arguments;
    input::refuse_both(manifest, &arguments.package, "package")?;
    let needs = Needs {
        env: env.as_deref(),
        only_one: Some("as a package is of one instance"),
        ..Needs::default()
    };
    let judged = input::manifest(manifest, &needs, session)?;
    // A package that cannot be read weighs more than what is wrong with the manifest.
    let (found, name) = input::package(&arguments.package)?;
    let unusable = |error| CommandError::other(format!("`{name}`: {error}"));
    let Some(judged) = judged else {
        return match found.account() {
            Err(error) if !found.has_accounts() => Err(unusable(error)),
            _ => Ok(Outcome::Findings),
        };
    };
    let environment = judged.environments.first();
    let manifest = environment.and_then(|it| it.manifest.as_ref());
    let manifest = manifest.ok_or_else(|| input::impossible("compared"))?;
    let account = found.account_of(manifest).map_err(unusable)?;
    let locator = judged.locator(judged.document.as_deref());
    let differences = package::compare(manifest, &found, account);
    let differences = differences.ok_or_else(|| input::impossible("compared"))?;
    let located = |it: Difference| {
        let location = locator.location(it.place);
        (it, location)
    };
    let differences: Vec<Located> = differences.into_iter().map(located).collect();
    let account = secrets::mask_value("name", account.name());
    let text = match arguments.format {
        DiffFormat::Json => json(&account, &differences)?,
        DiffFormat::Human => {
            let look = context(session.colour, Stream::Stdout);
            let account = show::text(&account);
            let summary = match differences.len() {
                0 if session.global.quiet => String::new(),
                0 => format!(
                    "No drift: the account `{account}` of {name} is as the manifest says.\n"
                ),
                count => format!(
                    "Drift: {} between the manifest and the account `{account}` of {name}.\n",
                    counted(count, "difference")
                ),
            };
            let groups = match found.has_group_entities || session.global.quiet {
                true => "",
                false => "Groups are not compared: the package holds none.\n",
            };
            (human(&differences, &look) + &summary + groups).into_bytes()
        }
    };
    session.print(text)?;
    Ok(match differences.is_empty() {
        true => Outcome::Clean,
        false => Outcome::Findings,
    })
}

/// The differences for programs, one a line.
fn json(account: &str, differences: &[Located]) -> io::Result<Vec<u8>> {
    let item = |(difference, location): &Located| {
        let found = difference.package.as_deref();
        let found = found.unwrap_or(counts_as(difference.attribute));
        let is_missing = difference.kind == DifferenceKind::GroupMissing;
        json!({
            "field": difference.field,
            "attribute": difference.attribute,
            "manifest": difference.manifest,
            "package": (!is_missing).then_some(found),
            "path": show::value(location.source.name()),
            "range": {
                "start": location.source.position(location.range.start),
                "end": location.source.position(location.range.end),
            },
        })
    };
    let mut out = b"{\"version\":1,\"account\":".to_vec();
    show::json(&mut out, &account)?;
    out.extend(b",\n\"differences\":");
    let items: Vec<Value> = differences.iter().map(item).collect();
    show::json_lines(&mut out, &items)?;
    out.extend(b"}\n");
    Ok(out)
}

/// What stands before a value.
const MARGIN: &str = "            ";

/// Writes the differences for people.
fn human(differences: &[Located], look: &Context<'_>) -> String {
    let mut text = String::new();
    for (difference, location) in differences {
        let source = &location.source;
        let start = source.position(location.range.start);
        let path = show::text(source.name());
        let place = format!("{path}:{}:{}", start.line, start.column);
        let what = match difference.field.strip_prefix("/groups/") {
            Some(_) => format!("{} of an operator group", difference.attribute),
            None => difference.attribute.to_owned(),
        };
        let what = painted(&what, "1", look.colour);
        let place = painted(&place, "36", look.colour);
        text += &format!("{what}  {place}\n");
        values(&mut text, difference, look);
        for note in notes(difference) {
            text.push_str(&wrap(&note, "  ", look.width));
        }
        text.push('\n');
    }
    show::no_line_commands(&text)
}

/// Both values, one below the other, and a mark below the first character that differs.
fn values(text: &mut String, difference: &Difference, look: &Context<'_>) {
    let found = difference.package.as_deref().unwrap_or_default();
    let parting = characters::parting(&difference.manifest, found)
        .filter(|_| difference.kind == DifferenceKind::Value && !found.is_empty());
    let room = look.width.saturating_sub(MARGIN.len() + 1).max(20);
    // Both are shown from the same character on, so that the first difference is within the room.
    let is_wide = |value: &str| show::text(value).width() > room;
    let from = match parting {
        Some(parting) if is_wide(&difference.manifest) || is_wide(found) => {
            parting.index.saturating_sub(room / 3)
        }
        _ => 0,
    };
    let manifest = shown(&difference.manifest, from, room, look);
    let package = match (difference.kind, &difference.package) {
        (DifferenceKind::GroupMissing, _) => "(no such group)".to_owned(),
        (DifferenceKind::GroupRenamed, Some(name)) => {
            format!("{} (renamed?)", shown(name, from, room, look))
        }
        (_, Some(value)) => shown(value, from, room, look),
        (_, None) => absent(difference.attribute),
    };
    let paint = |style: &str, text: &str| painted(text, style, look.colour);
    let _ = writeln!(text, "  manifest  {}", paint("32", &manifest));
    let _ = writeln!(text, "  package   {}", paint("31", &package));
    if let Some(parting) = parting {
        let before = difference.manifest.chars().skip(from);
        let before: String = before.take(parting.index - from).collect();
        let cut = usize::from(from > 0);
        let indentation = show::text(&before).width() + cut;
        let indentation = " ".repeat(indentation);
        let _ = writeln!(text, "{MARGIN}{indentation}{}", paint("1;33", "^"));
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

/// A value from a character on, as far as there is room.
fn shown(value: &str, from: usize, room: usize, look: &Context<'_>) -> String {
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
        DifferenceKind::Value => odd_characters(&difference.manifest, found),
        DifferenceKind::List => items(&difference.manifest, found),
        DifferenceKind::ImsAccountName => vec![format!(
            "Both are the IMS account: {ACCOUNT_NAME} is its name today, {OLD_ACCOUNT_NAME} that of older builds. An import would not \
             find the account and make a second one, of which there must be none. Write the instance's own name into the manifest."
        )],
        DifferenceKind::GroupMissing => vec![
            "The package lists operator groups, but not this one: whoever has its product profile cannot sign in.".to_owned(),
        ],
        DifferenceKind::GroupRenamed => {
            let (name, found) = (&difference.manifest, show::text(found));
            let advice = match is_built_in(name) {
                true => {
                    "Built-in groups must keep their names: rename it back in Campaign.".to_owned()
                }
                false => format!(
                    "If so, write `{found}` into the manifest, and create its product profile."
                ),
            };
            vec![format!(
                "The package has no such group, but `{found}` has its label: was it renamed? Whoever has the product profile of `{}` cannot \
                 sign in. {advice}",
                show::text(name)
            )]
        }
    }
}

/// Where two values part, if it is hard to see, and what else of the package's looks like other characters.
fn odd_characters(manifest: &str, found: &str) -> Vec<String> {
    let parting = characters::parting(manifest, found);
    let is_odd = |character: Option<char>| character.is_some_and(|it| !it.is_ascii_graphic());
    let is_hard_to_see = parting.filter(|it| {
        !found.is_empty() && (is_odd(it.found) || is_odd(it.wanted) || found.trim() == manifest)
    });
    let known = parting.and_then(|parting| parting.found);
    let others = lookalike::find(found).into_iter();
    let others = others.filter(|it| known != Some(it.found));
    let others: BTreeSet<String> = others.map(|it| it.name).collect();
    let others = Vec::from_iter(others);
    let also = (!others.is_empty()).then(|| others.join(", "));
    is_hard_to_see
        .map(|parting| format!("In the package {}.", parting.in_words()))
        .into_iter()
        .chain(also.map(|also| format!("The package also has {also}.")))
        .collect()
}

/// What only one of two lists has.
fn items(manifest: &str, package: &str) -> Vec<String> {
    let (wanted, found) = (package::items(manifest), package::items(package));
    let only = |who: &str, these: BTreeSet<&str>| {
        let these: Vec<String> = these
            .into_iter()
            .map(|it| format!("`{}`", show::text(it)))
            .collect();
        (!these.is_empty()).then(|| format!("Only the {who} has {}.", these.join(", ")))
    };
    let manifest = only("manifest", &wanted - &found);
    manifest
        .into_iter()
        .chain(only("package", &found - &wanted))
        .collect()
}
