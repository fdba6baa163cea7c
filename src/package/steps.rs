//! What a package cannot do, and people have to.

use crate::{manifest::Manifest, yaml::Field};

/// What is still to be done by hand once a package was rendered, in the order in which it is done (Adobe's pages "Configuring IMS",
/// "Working with data packages" and "Duplicating environments").
pub fn steps(manifest: &Manifest) -> Vec<String> {
    let instance = manifest
        .instance
        .get()
        .and_then(|instance| instance.name.get());
    let instance = instance.map_or("INSTANCE", |name| name.as_str());
    let mut steps = vec![
        format!("Export today's account from {instance} first, and keep one native administrator: that is the way back."),
        format!(
            "Import the package: in the console under Tools > Advanced > Import package, or on the server with `nlserver package \
             -instance:{instance} -import:FILE.xml -verbose`."
        ),
        "Type the IMS client secret into the external account: the package leaves it out, and the instance keeps the one it has.".to_owned(),
    ];
    let created: Vec<&str> = manifest
        .groups
        .get()
        .into_iter()
        .flat_map(|groups| &groups.0)
        .filter(|(_, group)| {
            group.get().is_some_and(
                |group| matches!(&group.create, Field::Written(create) if create.value),
            )
        })
        .map(|(name, _)| name.as_str())
        .collect();
    if !created.is_empty() {
        steps.push(format!(
            "Give rights to the groups that the package creates: {}.",
            created.join(", ")
        ));
    }
    steps.push("Restart the server, then sign in once with an Adobe ID.".to_owned());
    steps
}
