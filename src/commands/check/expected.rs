//! What an instance expects of the Admin Console, in a line of the report for people.

use crate::{check::JudgedEnvironment, package, report::Expected, rules::Context, secrets};

/// What one environment expects; nothing where its mask or a group cannot be judged.
pub(super) fn expected(environment: &JudgedEnvironment) -> Option<Expected> {
    let manifest = environment.manifest.as_ref()?;
    let context = Context::new(manifest, &[]);
    let (_, mask) = context.sound_mask()?;
    let instance = manifest.instance.get()?.name.get()?;
    let groups = context.groups.iter().map(|group| secrets::mask(group.name));
    let created = package::created_groups(manifest);
    Some(Expected {
        instance: secrets::mask(instance),
        prefix: secrets::mask(mask.literal_prefix()?),
        groups: groups.collect(),
        created: created.into_iter().map(secrets::mask).collect(),
    })
}
