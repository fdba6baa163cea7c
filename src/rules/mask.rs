//! The association mask (Adobe's page "Configuring IMS"). What is wrong with a mask by itself is found when it is parsed; here it
//! gets its words.

use std::ops::Range;

use super::{Context, catalogue::*, value::look_alikes};
use crate::{
    diagnostic::{Change, Claims, excerpt},
    manifest::is_built_in,
    mask::{Problem, ProblemKind, Whitespace, escape_literal},
    secrets,
    text::{lookalike, slice},
};

pub fn confusable(context: &Context<'_>, claims: &mut Claims) {
    if let Some((text, _)) = &context.mask {
        look_alikes(&MASK_CONFUSABLE, "the mask", text, claims);
    }
}

/// All rules about what a mask is by itself.
pub fn problems(context: &Context<'_>, claims: &mut Claims) {
    let Some((text, mask)) = &context.mask else {
        return;
    };
    // What is hidden there is no regular expression: `url-credentials` says that it has to go.
    if secrets::in_urls(text).next().is_some() {
        return;
    }
    // Where a full-width form stands for a parenthesis or the like, the mask's structure is another than the one that is meant.
    let look_alikes = lookalike::find(text);
    let is_distorted = look_alikes
        .iter()
        .any(|found| found.kind == lookalike::Kind::FullWidth);
    // What follows the group and has to go, as nobody sees it, is `mask-confusable` alone.
    let goes = |range: &Range<usize>| {
        let mut gone = look_alikes.iter().filter(|it| it.replacement.is_empty());
        gone.any(|it| it.range.start <= range.start && range.end <= it.range.end)
    };
    for problem in mask.problems() {
        let follows = problem.kind == ProblemKind::NotPrefix;
        if is_distorted && problem.is_error() || follows && goes(&problem.range) {
            continue;
        }
        let (rule, message, help) = words(problem, text, context);
        let place = text.place.part_of(text, problem.range.clone());
        let diagnostic = rule.at(place, message, help.clone());
        claims.push(match &problem.replacement {
            // A guess at what was meant, unlike the others.
            Some(new) => {
                let is_safe = rule != &MASK_INVALID_REGEX;
                diagnostic.fix(help, is_safe, Change::Replace(place, new.clone()))
            }
            None => diagnostic,
        });
    }
}

type Words = (&'static crate::diagnostic::Rule, String, String);

/// The rule that a problem is of, what is wrong, and what to write.
fn words(problem: &Problem, text: &str, context: &Context<'_>) -> Words {
    let replacement = problem.replacement.as_deref().unwrap_or_default();
    let (rule, message, help) = match &problem.kind {
        ProblemKind::HtmlEntity => {
            let written = slice(text, problem.range.clone());
            let message = format!("`{written}` in the mask is an HTML entity: it was copied from a page's source");
            let help = match replacement {
                " " => "write a space".to_owned(),
                other => format!("write `{other}`"),
            };
            return (&MASK_HTML_ENTITY, message, help);
        }
        ProblemKind::InvalidRegex { reason } if !replacement.is_empty() => {
            let message = format!("the mask does not capture the group's name: {reason}");
            return (&MASK_INVALID_REGEX, message, format!("write `{replacement}`"));
        }
        ProblemKind::Wildcards => {
            let message = "the mask has wildcards where a regular expression is due";
            let help = format!(
                "write what the names of Campaign's product profiles begin with, letter by letter, and then `(.*)`, such as {}",
                example(context)
            );
            return (&MASK_INVALID_REGEX, message.to_owned(), help);
        }
        ProblemKind::InvalidRegex { reason } => (
            &MASK_INVALID_REGEX,
            format!("the mask is not a regular expression: {reason}"),
            "correct it; a character that is meant literally gets a backslash, such as `\\(`",
        ),
        ProblemKind::NotPortable { construct } => (
            &MASK_NOT_PORTABLE,
            format!("the mask uses {construct}, which not every dialect of regular expressions has"),
            "write it without: which dialect Campaign uses is not documented. Literal text and `(.*)` mean the same in all",
        ),
        ProblemKind::MissingCapture => {
            let wildcards = ["(?:.*)", "(?:.+)", ".*", ".+", "*", "%"].into_iter();
            let groups = context.groups.iter().map(|group| group.name.as_str());
            let is_last_word = |name: &&str| {
                let before = text.strip_suffix(name).unwrap_or("a");
                !names_instance(context, name) && !before.ends_with(char::is_alphanumeric)
            };
            let groups = groups.filter(is_last_word);
            let end = wildcards.chain(groups).find(|end| text.ends_with(end));
            let end = end.or_else(|| last_part(context, text));
            let instead = match end {
                Some(end) if end == text => {
                    "write what the names of Campaign's product profiles begin with, and then `(.*)`".to_owned()
                }
                Some(end) => format!("write `(.*)` for the `{end}` at its end"),
                None if text.ends_with(char::is_alphanumeric) => "end it with ` - (.*)`".to_owned(),
                None => "end it with `(.*)`".to_owned(),
            };
            let message = "the mask has no capture group, so no profile leads to an operator group";
            let help = format!("{instead}: what that captures is the group's internal name");
            return (&MASK_CAPTURE, message.to_owned(), help);
        }
        ProblemKind::SurplusCapture => (
            &MASK_CAPTURE,
            "the mask has a capture group besides the last one, and which of them names the operator group is not documented".to_owned(),
            "write parentheses that belong to the names as `\\(` and `\\)`, and remove others",
        ),
        ProblemKind::NotPrefix if text.starts_with('/') && slice(text, problem.range.start..).starts_with('/') => (
            &MASK_NOT_PREFIX,
            "slashes stand around the mask, as other tools have them around patterns".to_owned(),
            "remove the `/` at both ends, and what follows the second",
        ),
        ProblemKind::NotPrefix => (
            &MASK_NOT_PREFIX,
            "something follows the mask's capture group, but a mask is what stands before the group's name".to_owned(),
            "end the mask with the capture group, and name the product profiles accordingly",
        ),
        ProblemKind::TooBroad => {
            let message = "no literal character stands before the mask's capture group: profiles of every product would map into Campaign";
            let help = format!(
                "begin with what the names of Campaign's product profiles begin with, such as {}",
                example(context)
            );
            return (&MASK_TOO_BROAD, message.to_owned(), help);
        }
        ProblemKind::NotLiteral { part } => (
            &MASK_NOT_LITERAL,
            format!("{part} stands before the mask's capture group, where only literal text has one meaning"),
            "write the beginning of the names letter by letter, a sign that belongs to it as `\\[` or `\\|`; where names begin in several ways, each instance takes a mask of its own",
        ),
        ProblemKind::Unescaped { written, lets_in } => {
            let meant = problem.replacement.clone().unwrap_or_default();
            let lets_in = excerpt(lets_in);
            let is_sound = context.sound_mask().is_some();
            let message = format!("`{written}` in the mask is not taken literally");
            let message = match written.as_str() {
                // What else stands there is no text.
                _ if !is_sound => message,
                "." => format!("{message}: it also lets in profiles that begin with `{lets_in}`"),
                _ => format!("{message}: it lets in profiles that begin with `{lets_in}`, and none with a `{written}` there"),
            };
            return (&MASK_UNESCAPED, message, format!("write `{meant}`"));
        }
        ProblemKind::Whitespace(which) => {
            let (what, help) = match which {
                Whitespace::Leading if problem.replacement.is_none() => {
                    ("begins with white space", "write what the names of Campaign's product profiles begin with in its place")
                }
                Whitespace::Leading => ("begins with white space", "remove the white space"),
                Whitespace::Trailing => ("ends with white space", "remove the white space"),
                Whitespace::Doubled => ("has white space twice in a row", "keep one space"),
                Whitespace::Edge => ("has white space at the edge of its capture group", "remove the white space"),
                Whitespace::Odd => ("holds a tab or a line break", "write a single space"),
            };
            let message = format!("the mask {what}, and would match only profiles whose names have the same");
            (&MASK_WHITESPACE, message, help)
        }
        ProblemKind::Backtracking { nested, example } => {
            let how = if *nested {
                "repetition within repetition"
            } else {
                "repetitions side by side that take the same text"
            };
            let example = excerpt(example);
            let message = format!(
                "the mask has {how}: an engine that backtracks tries every way to share out a name such as `{example}`"
            );
            (&MASK_BACKTRACKING, message, "capture with a single repetition, such as `(.*)`")
        }
    };
    (rule, message, help.to_owned())
}

/// A mask as it should be: of the manifest's own tenant, where that is known.
fn example(context: &Context<'_>) -> String {
    let tenant = context.organization.tenant.get();
    let tenant = tenant.filter(|it| !it.trim().is_empty());
    let tenant = tenant.map_or_else(|| "contoso".to_owned(), |it| escape_literal(it));
    format!("`Campaign - {} - (.*)`", excerpt(&tenant))
}

pub fn control_panel(context: &Context<'_>, claims: &mut Claims) {
    let Some((text, mask)) = context.mask.as_ref().filter(|_| context.is_hybrid()) else {
        return;
    };
    let (Some(range), Some(prefix)) = (mask.prefix(), mask.literal_prefix()) else {
        return;
    };
    if !prefix.to_ascii_lowercase().contains("admin") {
        return;
    }
    let written = slice(text, range.clone()).to_ascii_lowercase();
    let part = match written.find("admin") {
        Some(at) => range.start + at..range.start + at + "admin".len(),
        None => range,
    };
    claims.push(MASK_CONTROL_PANEL.at(
        text.place.part(part),
        "the mask's prefix has \"admin\" in it, so every profile grants access to the Campaign Control Panel of the hosted part",
        "name the profiles without \"admin\" but for the group `admin` itself",
    ));
}

/// The last part of a text, where what stands before it names the tenant or the instance: so profiles are named, and it is the group.
fn last_part<'t>(context: &Context<'_>, text: &'t str) -> Option<&'t str> {
    let (before, last) = text
        .rsplit_once(" - ")
        .or_else(|| text.rsplit_once(['-', '_', ' ', '/', ':']))?;
    let before = before.to_lowercase();
    let is_named = own_names(context).any(|name| before.contains(&name));
    (is_named && !last.trim().is_empty() && !names_instance(context, last)).then_some(last)
}

/// Whether a text ends with the name of the tenant or of the instance, in whatever letters.
fn names_instance(context: &Context<'_>, text: &str) -> bool {
    let lower = text.to_lowercase();
    own_names(context).any(|name| lower.ends_with(&name))
}

/// The names of the tenant and of the instance, in lower case.
fn own_names(context: &Context<'_>) -> impl Iterator<Item = String> {
    let names = [&context.organization.tenant, &context.instance.name];
    let names = names.into_iter().filter_map(|name| name.get());
    names.map(|name| name.to_lowercase())
}

pub fn no_separator(context: &Context<'_>, claims: &mut Claims) {
    let Some((text, mask)) = context.sound_mask() else {
        return;
    };
    let (Some(range), Some(prefix)) = (mask.prefix(), mask.literal_prefix()) else {
        return;
    };
    let Some(last) = prefix
        .chars()
        .next_back()
        .filter(|last| last.is_alphanumeric())
    else {
        return;
    };
    let mut groups = context.groups.iter();
    let group = groups.find(|group| group.group.profile.is_absent());
    let group = group
        .or(context.groups.first())
        .map_or("admin", |group| group.name.as_str());
    // The last word may be a group's name; any other tells this mask from another instance's.
    let kept = prefix.trim_end_matches(char::is_alphanumeric);
    let word = slice(prefix, kept.len()..);
    let is_group = is_built_in(word) || context.groups.iter().any(|group| group.name.value == word);
    let kept = if kept.is_empty() || !is_group || names_instance(context, prefix) {
        format!("{prefix} - ")
    } else {
        kept.to_owned()
    };
    let message = format!(
        "`{last}` stands right before the mask's capture group: the profile of `{}` would have to be named `{}`",
        excerpt(group),
        excerpt(&format!("{prefix}{group}"))
    );
    let kept = match prefix.contains("%20") {
        true => prefix.replace("%20", " "),
        false => kept,
    };
    let help = format!(
        "write `{}`, unless the profiles are named like that",
        excerpt(&format!("{}(.*)", escape_literal(&kept)))
    );
    let place = text.place.part(range.end - last.len_utf8()..range.end);
    claims.push(MASK_NO_SEPARATOR.at(place, message, help).needs(text));
}

pub fn tenant(context: &Context<'_>, claims: &mut Claims) {
    let Some((text, mask)) = context.sound_mask() else {
        return;
    };
    let (Some(prefix), Some(tenant), Some(instance)) = (
        mask.literal_prefix(),
        context.organization.tenant.get(),
        context.instance.name.get(),
    ) else {
        return;
    };
    let prefix = prefix.to_lowercase();
    if prefix.contains(&tenant.to_lowercase()) || prefix.contains(&instance.to_lowercase()) {
        return;
    }
    let place = text.place.part(mask.prefix().unwrap_or_default());
    // Without the instance's name the finding is one for all environments.
    let tenant_name = &tenant.value;
    let message = format!("the mask names neither the tenant `{tenant_name}` nor the instance");
    let help = format!(
        "write it like `Campaign - {} - (.*)`, and with the instance's name in place of the tenant's where the tenant has several instances: so \
         their profiles stay apart",
        escape_literal(tenant_name)
    );
    let diagnostic = MASK_TENANT.at(place, message, help);
    let diagnostic = diagnostic.related(tenant, "the tenant is here");
    claims.push(diagnostic.needs(text).needs(tenant).needs(instance));
}
