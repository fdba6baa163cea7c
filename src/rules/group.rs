//! Operator groups by their names (Adobe's pages "Access management" and "Configuring IMS"). They are silent while the mask has an
//! error.

use super::{Context, GroupContext, catalogue::*};
use crate::{
    diagnostic::{Change, Claims, Diagnostic, Rule, excerpt},
    manifest::with_built_in_label,
    mask::is_lawful_group_name,
};

pub fn name(context: &Context<'_>, claims: &mut Claims) {
    let Some((mask, meaning)) = context.sound_mask() else {
        return;
    };
    for group in &context.groups {
        if is_lawful_group_name(group.name) || group.built_in_with_this_label().is_some() {
            continue;
        }
        let count = group.name.chars().count();
        let what = if count > 64 {
            format!("has {count} characters, more than 64")
        } else {
            "is not an internal name".to_owned()
        };
        let diagnostic = GROUP_NAME.at(
            group.name,
            format!("the group's name `{}` {what}", excerpt(group.name)),
            match meaning.captures(group.name).filter(|it| is_lawful_group_name(it)) {
                Some(name) => format!("write `{name}`: this is the name of its product profile"),
                None => "write the group's internal name, not its label: letters, digits, `_` and `-`, at most 64, first a letter or `_`".to_owned(),
            },
        );
        claims.push(diagnostic.needs(mask));
    }
}

pub fn builtin_case(context: &Context<'_>, claims: &mut Claims) {
    let Some((mask, _)) = context.sound_mask() else {
        return;
    };
    for group in &context.groups {
        let Some(name) = group.built_in_in_other_letters() else {
            continue;
        };
        let written = &group.name.value;
        let message = format!(
            "`{written}` differs from the built-in group `{name}` in upper and lower case alone"
        );
        let help =
            format!("write `{name}`: that Campaign takes the two for one group is not documented");
        claims.push(renamed(context, group, name, &GROUP_BUILTIN_CASE, message, help).needs(mask));
    }
}

pub fn builtin_label(context: &Context<'_>, claims: &mut Claims) {
    let Some((mask, _)) = context.sound_mask() else {
        return;
    };
    for group in &context.groups {
        let Some(name) = group.built_in_with_this_label() else {
            continue;
        };
        let written = excerpt(group.name);
        let message =
            format!("`{written}` is the label of the built-in group `{name}`, not its name");
        let help = format!("write `{name}`, if that group is meant");
        claims.push(renamed(context, group, name, &GROUP_BUILTIN_LABEL, message, help).needs(mask));
    }
}

/// A group that is to be renamed, unless there is one of that name already.
fn renamed(
    context: &Context<'_>,
    group: &GroupContext<'_>,
    name: &str,
    rule: &'static Rule,
    message: String,
    help: String,
) -> Diagnostic {
    if context.groups.iter().any(|other| other.name.value == name) {
        let help = format!("the group `{name}` is written already: remove one of the two");
        return rule.at(group.name, message, help);
    }
    let fields = &group.group;
    let change = Change::Replace(group.name.place, name.to_owned());
    let Some(create) = fields.create.get().filter(|it| it.value) else {
        let title = format!("write `{name}`");
        return rule.at(group.name, message, help).unsafe_fix(title, change);
    };
    let help = format!("{help}; then remove `create`, too, as the group is there already");
    let diagnostic = rule.at(group.name, message, help);
    let mut diagnostic = diagnostic.related(create, "`create` is here");
    if fields.label.is_absent() && fields.profile.is_absent() {
        let title = format!("write `{name}: {{}}`");
        diagnostic = diagnostic.unsafe_fix(title, change);
        let empty = Change::Write(fields.place, "{}".to_owned());
        if let Some(fix) = &mut diagnostic.fix {
            fix.changes.push(empty);
        }
    }
    diagnostic
}

pub fn not_builtin(context: &Context<'_>, claims: &mut Claims) {
    let Some((mask, _)) = context.sound_mask() else {
        return;
    };
    for group in &context.groups {
        let is_said = !group.group.create.is_absent();
        let is_built_in = group.is_built_in() || group.built_in_that_is_meant().is_some();
        // A label where the internal name is due is `group-name`.
        if is_said || is_built_in || !is_lawful_group_name(group.name) {
            continue;
        }
        let name = excerpt(group.name);
        let diagnostic = GROUP_NOT_BUILTIN.at(
            group.name,
            format!("`{name}` is not a built-in group: until it exists, its members cannot sign in"),
            "write `create: true` for the package to create it, or `create: false` if it exists on the instance",
        );
        claims.push(diagnostic.needs(mask).needs(group.group));
    }
}

pub fn create_builtin(context: &Context<'_>, claims: &mut Claims) {
    let Some((mask, _)) = context.sound_mask() else {
        return;
    };
    for group in &context.groups {
        if let Some(create) = group.group.create.get()
            && create.value
            && group.is_built_in()
        {
            let name = &group.name.value;
            let message = format!("`{name}` is a built-in group, which the import would overwrite");
            let help = "remove `create`: Campaign, or one of its packages, brings the group along";
            claims.push(GROUP_CREATE_BUILTIN.at(create, message, help).needs(mask));
        }
    }
}

pub fn no_admin(context: &Context<'_>, claims: &mut Claims) {
    let (Some((mask, meaning)), Some(groups)) = (context.sound_mask(), context.all_groups.get())
    else {
        return;
    };
    // `Admin`, `Administrator` and its profile's name are meant to be `admin`, and other rules say so.
    let mut names = groups.0.iter().map(|(name, _)| name);
    let is_meant = |name: &str| {
        name.eq_ignore_ascii_case("admin")
            || with_built_in_label(name) == Some("admin")
            || meaning.captures(name) == Some("admin")
    };
    if names.any(|name| is_meant(name)) {
        return;
    }
    let mut removals = context.removals.iter();
    let null = removals.find(|it| it.from == Some(groups.place.node) && is_meant(&it.key));
    let (place, help) = match null {
        Some(null) => (null.place, "write `{}` in place of `null`"),
        None => (groups.place.key(), "add `admin: {}`"),
    };
    let diagnostic = GROUP_NO_ADMIN.at(
        place,
        "no product profile leads to the group `admin`: once native sign-in goes, nobody administers the instance",
        help,
    );
    // A name with an error may be meant to be `admin`.
    let names = groups.0.iter().map(|(name, _)| name);
    claims.push(names.fold(diagnostic.needs(mask), |diagnostic, name| {
        diagnostic.needs(name)
    }));
}
