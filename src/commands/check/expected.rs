//! What an instance expects of the Admin Console, in a line of the report for people.

use crate::{check::JudgedEnvironment, mapping, package, report::Expected, secrets};

/// What one environment expects; nothing where its mask or a group cannot be judged. One that no report shows is empty.
pub(super) fn expected(environment: &JudgedEnvironment, is_shown: bool) -> Option<Expected> {
    let manifest = environment.manifest.as_ref()?;
    let mask = mapping::mask(manifest)?;
    let instance = manifest.instance.get()?.name.get()?;
    let prefix = mask.literal_prefix()?;
    if !is_shown {
        return Some(Expected::default());
    }
    let groups = manifest.groups.get().into_iter().flat_map(|it| &it.0);
    let judged = groups.filter(|(_, group)| group.get().is_some());
    let groups = judged.map(|(name, _)| secrets::mask(name));
    let created = package::created_groups(manifest);
    Some(Expected {
        instance: secrets::mask(instance),
        prefix: secrets::mask(prefix),
        groups: groups.collect(),
        created: created.into_iter().map(secrets::mask).collect(),
    })
}
