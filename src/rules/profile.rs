//! Groups' product profiles, and what the mask makes of them. They are silent while the mask has an error.

use std::collections::BTreeMap;

use super::{Context, GroupContext, are_distinct, catalogue::*};
use crate::{
    diagnostic::{Change, Claims, excerpt},
    manifest::is_built_in,
    mask::{Mask, is_lawful_group_name},
    text::{slice, suggest::list},
    yaml::{Place, Spanned},
};

/// The mask's place and meaning, and each group with its profile.
type Profiles<'c, 'a> = (
    Place,
    &'c Mask,
    Vec<(&'c GroupContext<'a>, &'c Spanned<String>)>,
);

fn profiles<'c, 'a>(context: &'c Context<'a>) -> Option<Profiles<'c, 'a>> {
    let (text, mask) = context.sound_mask()?;
    Some((text.place, mask, context.profiles(mask).collect()))
}

pub fn duplicate(context: &Context<'_>, claims: &mut Claims) {
    let Some((mask_place, mask, profiles)) = profiles(context) else {
        return;
    };
    if are_distinct(profiles.iter().map(|(_, it)| it.as_str())) {
        return;
    }
    let mut groups_of: BTreeMap<&str, Vec<(&GroupContext<'_>, Place)>> = BTreeMap::new();
    for (group, profile) in &profiles {
        let groups = groups_of.entry(profile.as_str()).or_default();
        groups.push((*group, profile.place));
    }
    for (profile, groups) in groups_of {
        // The profile is the group's that it leads to, else the first one's that has it.
        let leads_to = |(group, _): &&(&GroupContext<'_>, Place)| {
            mask.captures(profile) == Some(group.name.as_str())
        };
        let owner = groups.iter().find(leads_to).or(groups.first());
        let Some((owner, first)) = owner else {
            continue;
        };
        for (group, place) in &groups {
            if group.name.place == owner.name.place {
                continue;
            }
            let message = format!(
                "the groups `{}` and `{}` have the same profile `{}`",
                excerpt(group.name),
                excerpt(owner.name),
                excerpt(profile)
            );
            let help = "give each group its own product profile: a profile leads to one group";
            let diagnostic = GROUP_PROFILE_DUPLICATE.at(*place, message, help);
            let diagnostic = diagnostic.related(*first, "the other group's profile is here");
            claims.push(diagnostic.needs(mask_place));
        }
    }
}

pub fn unmatched(context: &Context<'_>, claims: &mut Claims) {
    let Some((mask_place, mask, profiles)) = profiles(context) else {
        return;
    };
    let meant = |group: &GroupContext<'_>| {
        let meant = mask.default_profile(group.name);
        meant.filter(|meant| mask.captures(meant) == Some(group.name.as_str()))
    };
    // Where several groups' names do not fit into the mask's own group, that is one mistake, and the mask's.
    let misfits = profiles
        .iter()
        .filter(|(group, profile)| mask.captures(profile).is_none() && meant(group).is_none());
    let misfits: Vec<&str> = misfits.map(|(group, _)| group.name.as_str()).collect();
    let is_of_mask = misfits.len() > 1;
    if let (true, Some(range)) = (is_of_mask, mask.group_range()) {
        let place = mask_place.part(range);
        let shown = misfits.iter().take(3).map(|name| excerpt(name));
        let shown = list(shown).replace(" or ", " and ");
        let message = match misfits.len() {
            0..=3 => {
                format!("the mask's capture group does not take the names of the groups {shown}")
            }
            count => format!(
                "the mask's capture group does not take the names of {count} groups, {shown} among them"
            ),
        };
        claims.push(GROUP_PROFILE_UNMATCHED.at(place, message, "write `(.*)`"));
    }
    for (group, profile) in profiles {
        let Some(trace) = mask.trace(profile) else {
            continue;
        };
        let meant = meant(group);
        if is_of_mask && meant.is_none() {
            continue;
        }
        let matched = slice(profile, trace.matched.clone());
        let so_far = if matched.is_empty() {
            String::new()
        } else {
            format!("`{}` matches, then ", excerpt(matched))
        };
        let end = trace.matched.end;
        let place = match trace.found {
            Some(odd) if !profile.place.is_key() => profile.place.part(end..end + odd.len_utf8()),
            _ => profile.place,
        };
        let message = format!(
            "the mask does not match the profile of `{}`: {so_far}{} stands where {} is due",
            group.name.value,
            trace.found_text(),
            trace.expected
        );
        let help = match meant {
            Some(name) if profile.place.is_key() => format!(
                "write `{}`, and name the product profile so in the Admin Console",
                excerpt(&name)
            ),
            // Each environment may have another mask.
            Some(name) => format!(
                "write `{}`, or remove `profile`, and name the product profile so in the Admin Console",
                excerpt(&name)
            ),
            None => format!(
                "end the mask with `(.*)`: no profile leads to `{}` with this one",
                excerpt(group.name)
            ),
        };
        claims.push(
            GROUP_PROFILE_UNMATCHED
                .at(place, message, help)
                .needs(mask_place),
        );
    }
}

pub fn capture_mismatch(context: &Context<'_>, claims: &mut Claims) {
    let Some((mask_place, mask, profiles)) = profiles(context) else {
        return;
    };
    for (group, profile) in profiles {
        let name = &group.name.value;
        let Some(captured) = mask.captures(profile).filter(|captured| captured != name) else {
            continue;
        };
        // The profile is right: `group-builtin-case` and `group-builtin-label` say what is wrong with the name.
        if group.built_in_that_is_meant() == Some(captured) {
            continue;
        }
        let captured = excerpt(captured);
        let message = format!("the profile leads to the group `{captured}`, not to `{name}`");
        let meant = mask.default_profile(name);
        let meant = meant.filter(|meant| mask.captures(meant) == Some(name));
        let diagnostic = match &meant {
            Some(meant) => {
                let meant = excerpt(meant);
                // Adobe forbids to rename a built-in group.
                let creates = group.group.create.get().is_some_and(|it| it.value);
                let is_meant =
                    is_built_in(&captured.to_lowercase()) && (creates || !is_built_in(&captured));
                let help = if is_built_in(name) || is_meant || !is_lawful_group_name(&captured) {
                    format!("write `{meant}`, and name the product profile so in the Admin Console")
                } else {
                    format!(
                        "write `{meant}`, or name the group `{captured}` if that is its internal name in Campaign"
                    )
                };
                GROUP_CAPTURE_MISMATCH.at(profile, message, help)
            }
            None => {
                let help = "give the group a profile from which the mask captures its name";
                GROUP_CAPTURE_MISMATCH.at(profile, message, help)
            }
        };
        let diagnostic = diagnostic.needs(mask_place);
        claims.push(match meant {
            Some(meant) if !profile.place.is_key() => {
                let title = format!("write `{}`", excerpt(&meant));
                diagnostic.unsafe_fix(title, Change::Replace(profile.place, meant))
            }
            _ => diagnostic,
        });
    }
}

pub fn control_panel(context: &Context<'_>, claims: &mut Claims) {
    let profiles = context.is_hybrid().then(|| profiles(context)).flatten();
    let Some((mask_place, mask, profiles)) = profiles else {
        return;
    };
    let Some(prefix) = mask.literal_prefix() else {
        return;
    };
    for (group, profile) in profiles {
        let rest = profile.strip_prefix(prefix).unwrap_or_default();
        let has_admin = rest.to_ascii_lowercase().contains("admin");
        // `Administrators` is meant to be `admin`, and `group-builtin-label` says so.
        let is_admin = group.name.eq_ignore_ascii_case("admin")
            || group.built_in_that_is_meant() == Some("admin");
        if is_admin || !has_admin {
            continue;
        }
        // The environments' own profiles would be a finding each.
        let named = match profile.place.is_key() {
            true => format!("of the group `{}`", excerpt(group.name)),
            false => format!("`{}`", excerpt(profile)),
        };
        let diagnostic = GROUP_CONTROL_PANEL.at(
            profile,
            format!(
                "the profile {named} has \"admin\" in its name, so its members get access to the Campaign Control Panel of the hosted part"
            ),
            "name the group without \"admin\", unless its members are to have that access",
        );
        claims.push(diagnostic.needs(mask_place));
    }
}
