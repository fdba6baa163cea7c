//! The run book: what people do by hand, as a check-list in Markdown. Its text is `runbook.md`. It says as known only what Adobe
//! documents (pages "Configuring IMS", "External accounts", "Working with data packages", "Duplicating environments", "Access
//! management").

use std::{collections::HashMap, fmt::Write};

use crate::{
    check::{Judged, JudgedEnvironment},
    manifest::{Hosting, Instance, Manifest, is_built_in, is_built_in_account},
    mapping,
    mask::Mask,
    package::{self, Package, steps},
    rules::release,
    secrets,
    text::{shell, show},
    yaml::Spanned,
};

const TEMPLATE: &str = include_str!("runbook.md");

/// What the template's names stand for. A line that begins with `?name ` stays where the name has a text, one that begins with
/// `!name ` where it has none.
type Values = HashMap<&'static str, String>;

/// What the run book begins with: how to read it.
const HEAD: &str = "\
# Run book: signing in to Adobe Campaign with an Adobe ID

Work from top to bottom, and tick off each step. Who does it is said first:

- *Admin Console*: a system administrator of the organization
- *Campaign*: an administrator of the instance, in the client console
- *Server*: somebody with a shell on the instance's server
- *Repository*: somebody with the manifest and `campaign-ims`
- *Everyone*: all of these
";
/// On paper each instance begins a page.
const PAGE_BREAK: &str = "\n<div style=\"break-before: page\"></div>\n";

/// On paper a section stays on one page if it can: no title at the end of one, no command apart from its step. Blank lines let what is
/// inside be Markdown.
const SECTION: &str = "<div style=\"break-inside: avoid\">\n\n";
const SECTION_END: &str = "</div>\n\n";

/// Writes the run book of a manifest that has no errors: a chapter for each environment, production last. `options` stand in every
/// command that checks the manifest. Nothing where a field lacks its value.
pub fn write(judged: &Judged, options: &str) -> Option<String> {
    let mut book = HEAD.to_owned();
    let mut environments: Vec<_> = judged.environments.iter().collect();
    environments.sort_by_key(|environment| stage(environment));
    let mut before: Option<String> = None;
    for environment in environments {
        let mut values = values(judged.source.name(), options, environment)?;
        match before {
            Some(before) => {
                book.push_str(PAGE_BREAK);
                values.insert("after_stage", before);
            }
            None if judged.environment_names.len() < 2 => {
                values.insert("alone", "yes".to_owned());
            }
            None => {}
        }
        fill(&mut book, &values);
        before = values.remove("instance");
    }
    Some(show::no_line_commands(&book))
}

/// What an instance is for, in the order in which the run book takes them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Before,
    Unknown,
    Production,
}

/// Words that say that nobody works on an instance yet.
const BEFORE: [&str; 15] = [
    "acceptance",
    "dev",
    "development",
    "non",
    "not",
    "pre",
    "qa",
    "sandbox",
    "stage",
    "staging",
    "stg",
    "test",
    "testing",
    "training",
    "uat",
];

/// What an environment is for, as far as its name says, or else that of its instance.
fn stage(environment: &JudgedEnvironment) -> Stage {
    let manifest = environment.manifest.as_ref();
    let instance = manifest.and_then(|manifest| manifest.instance.get()?.name.get());
    match stage_of(environment.name.as_deref().unwrap_or_default()) {
        Stage::Unknown => instance.map_or(Stage::Unknown, |name| stage_of(name)),
        stage => stage,
    }
}

fn stage_of(name: &str) -> Stage {
    let name = name.to_lowercase();
    let words = || {
        let words = name.split(|character: char| !character.is_alphanumeric());
        words.map(|word| word.trim_end_matches(char::is_numeric))
    };
    let is_of_production = |word: &str| word.contains("prod") || word == "live" || word == "prd";
    let is_before = |word: &str| {
        let is_not = |it| word.strip_prefix(it).is_some_and(is_of_production);
        BEFORE.contains(&word) || ["pre", "non", "not"].into_iter().any(is_not)
    };
    if words().any(is_before) {
        Stage::Before
    } else if words().any(is_of_production) {
        Stage::Production
    } else {
        Stage::Unknown
    }
}

/// Adds the template with its names replaced, and its sections and steps numbered.
fn fill(book: &mut String, values: &Values) {
    let text = |name: &str| values.get(name).map(String::as_str).unwrap_or_default();
    let (mut section, mut step) = (0, 0);
    for line in TEMPLATE.lines() {
        let mut rest = line;
        if let Some((mark, after)) = line.split_once(' ')
            && let Some(name) = mark.strip_prefix(['?', '!'])
        {
            if mark.starts_with('!') != text(name).is_empty() {
                continue;
            }
            rest = after;
        }
        if let Some(title) = rest.strip_prefix("### ") {
            let end = if section > 0 { SECTION_END } else { "" };
            (section, step) = (section + 1, 0);
            let _ = write!(book, "{end}{SECTION}### {section}. ");
            rest = title;
        } else if let Some(words) = rest.strip_prefix("- [ ] ") {
            step += 1;
            let _ = write!(book, "- [ ] **{section}.{step}** ");
            rest = words;
        }
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, after) = after.split_once("}}").unwrap_or((after, ""));
            book.push_str(before);
            book.push_str(text(name));
            rest = after;
        }
        book.push_str(rest);
        book.push('\n');
    }
    book.push('\n');
    book.push_str(SECTION_END.trim_end());
    book.push('\n');
}

fn values(path: &str, options: &str, environment: &JudgedEnvironment) -> Option<Values> {
    let manifest = environment.manifest.as_ref()?;
    let organization = manifest.organization.get()?;
    let instance = manifest.instance.get()?;
    let name = instance.name.get()?.as_str();
    let package = Package::of(manifest)?;
    let account = |attribute| code(package.account(attribute));
    // No export says `*`.
    let said = ["buildVersion", "buildNumber"].map(|name| (name, package.root(name)));
    let said = said.into_iter().filter(|(_, value)| *value != "*");
    let said = said.map(|(name, value)| code(&format!("{name}=\"{value}\"")));
    let build = said.collect::<Vec<_>>().join(" and ");
    let path = match path.starts_with('<') {
        true => "MANIFEST",
        false => path,
    };
    // Hidden before it is quoted: a star of its own would be a pattern of the shell's.
    let mut arguments = shell::path(&secrets::mask(path)) + options;
    let check = code(&format!("campaign-ims check {arguments}"));
    let mut heading = code(name);
    if let Some(environment) = &environment.name {
        let option = shell::option("--env", &secrets::mask(environment));
        let _ = write!(arguments, " {option}");
        heading = format!("{}: {heading}", plain(environment));
    }
    let command = |text: String| block("sh", &[text]);
    let own = |name: &str, rest: &str| command(format!("campaign-ims {name} {arguments} {rest}"));
    let [before, others, after, file] =
        ["-before.xml", "-others.xml", "-after.xml", ".xml"].map(|end| format!("{name}{end}"));
    let rows = mapping::mapping(environment, None, &[])?.rows.into_iter();
    let profiles: Vec<String> = rows.map(|row| row.profile).collect();
    let mut values = Values::from([
        ("heading", heading),
        ("organization", plain(organization.name.get()?)),
        ("organization_id", account("imsOrgId")),
        ("build", build),
        ("account", account("name")),
        ("client_id", account("clientId")),
        ("callback", account("callbackServer")),
        ("mask", account("imsRightsMask")),
        ("instance", code(name)),
        ("file_before", code(&before)),
        ("file_others", code(&others)),
        ("file_after", code(&after)),
        ("profiles", block("text", &profiles)),
        ("diff_before", own("diff", &shell::path(&before))),
        ("diff_after", own("diff", &shell::path(&after))),
        ("check", check),
        ("map", own("map", "--profiles users.csv")),
        (
            "render",
            own("render", &format!("-o {}", shell::path(&file))),
        ),
        ("import", command(steps::server_import(name, &file))),
        ("way_back", steps::WAY_BACK.to_owned()),
        ("give_rights", steps::GIVE_RIGHTS.to_owned()),
        ("soap_call", steps::SOAP_CALL.to_owned()),
        ("export_path", steps::EXPORT_PATH.to_owned()),
        ("console_path", steps::CONSOLE_PATH.to_owned()),
        ("type_secret", steps::TYPE_SECRET.to_owned()),
        ("secret_inside", steps::SECRET_INSIDE.to_owned()),
        ("restart", steps::RESTART.to_owned()),
    ]);
    if !is_built_in_account(package.account("name")) {
        values.insert("own_account", account("name"));
    }
    let release = instance.release.get().map(|it| it.as_str());
    let kind = match release.and_then(release::is_ready) {
        Some(true) => "release",
        Some(false) => "old_release",
        None => "unknown_release",
    };
    values.insert(kind, code(release.unwrap_or("?")));
    let mask = Mask::parse(package.account("imsRightsMask"));
    // The manifest may have it among its own.
    let messagecenter = mask.default_profile("messagecenter");
    let messagecenter = messagecenter.filter(|profile| !profiles.contains(profile));
    let messagecenter = messagecenter.map(|profile| code(&profile));
    values.extend(messagecenter.map(|profile| ("messagecenter", profile)));
    let text = package::render(&package).ok()?;
    values.insert("sum", block("text", &[package::sum(text.as_bytes())]));
    values.insert(
        "ticket",
        ticket(organization.name.get()?, instance, &package),
    );
    let hosting = instance.hosting.get();
    if hosting.is_some_and(|it| it.value == Hosting::Hybrid) {
        values.insert("hybrid", "yes".to_owned());
    }
    if steps::is_for_any_build(&package) {
        values.insert("any_build", "yes".to_owned());
    }
    if package.account("active") == "0" {
        values.insert("disabled", "yes".to_owned());
    }
    groups(manifest, &mut values);
    secret(manifest, &mut values);
    Some(values)
}

/// What Adobe Customer Care has to know, to copy.
fn ticket(organization: &str, instance: &Instance, package: &Package) -> String {
    let text =
        |field: Option<&Spanned<String>>| field.map(|it| it.value.clone()).unwrap_or_default();
    let name = text(instance.name.get());
    let account = |attribute| package.account(attribute).to_owned();
    let context = match package.account("productContext") {
        "" => "(the form has no such field, so dma_campaign)".to_owned(),
        context => context.to_owned(),
    };
    let mut lines = vec![
        format!("Subject: IMS sign-in for the Adobe Campaign Classic instance {name}"),
        String::new(),
        "Please provision the IMS client of this instance with these values, and confirm each:"
            .to_owned(),
        String::new(),
    ];
    let values = [
        ("Organization", organization.to_owned()),
        ("Organization ID", account("imsOrgId")),
        ("Instance", name),
        ("Access URL", text(instance.url.get())),
        (
            "Callback server (on the allow list of IMS)",
            account("callbackServer"),
        ),
        ("IMS client ID", account("clientId")),
        ("Scopes", account("userScope")),
        ("Product context", context),
    ];
    lines.extend(values.map(|(what, value)| format!("{what}: {value}")));
    lines.push(String::new());
    lines.push("Please send us the client secret in a safe way, not in this ticket.".to_owned());
    block("text", &lines)
}

/// The groups by how they come into being.
fn groups(manifest: &Manifest, values: &mut Values) {
    let groups = manifest.groups.get().into_iter().flat_map(|it| &it.0);
    let mut any = false;
    for (name, group) in groups {
        any = true;
        let kind = match group.get().is_some_and(|it| it.is_created()) {
            true => "created",
            false if is_built_in(name) => "built_in",
            false => "existing",
        };
        let list = values.entry(kind).or_default();
        list.push_str(if list.is_empty() { "" } else { ", " });
        list.push_str(&code(name));
    }
    if !any {
        values.insert("no_groups", "yes".to_owned());
    }
}

/// Where the client secret is kept.
fn secret(manifest: &Manifest, values: &mut Values) {
    let account = manifest.external_account.get();
    let secret = account.and_then(|account| account.client_secret.get());
    let place = secret.and_then(|secret| match (secret.env.get(), secret.file.get()) {
        (Some(name), _) => Some(format!("the environment variable {}", code(name))),
        (None, path) => Some(format!("the file {}", code(path?))),
    });
    values.extend(place.map(|place| ("secret", place)));
}

/// A text as it is.
fn plain(value: &str) -> String {
    show::markdown_cell(&secrets::mask(value))
}

/// A value as inline code: in back-ticks, which a terminal's reader takes as they are, or as HTML where Markdown's own cannot show it.
fn code(value: &str) -> String {
    let value = &*secrets::mask(value);
    let is_plain =
        |character: char| !matches!(character, '`' | '|' | '\\') && !show::is_hidden(character);
    let is_simple = !value.is_empty() && value.chars().all(is_plain) && value.trim() == value;
    if is_simple && show::text(value) == value {
        format!("`{value}`")
    } else {
        show::markdown_inline_code(value)
    }
}

/// A code block within a check-list's item, fenced with more back-ticks than any line has.
fn block(language: &str, lines: &[String]) -> String {
    let runs = lines.iter().flat_map(|line| line.split(|c| c != '`'));
    let longest = runs.map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let mut block = format!("  {fence}{language}\n");
    for line in lines {
        let line = format!("  {}", show::text(&secrets::mask(line)));
        let _ = writeln!(block, "{}", line.trim_end());
    }
    let _ = write!(block, "  {fence}");
    block
}

#[cfg(test)]
mod tests;
