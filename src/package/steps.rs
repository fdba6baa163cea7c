//! What a package cannot do, and people have to. `render` says it shortly, the run book at length, in the same sentences.

use super::Package;
use crate::{manifest::Manifest, text::shell};

/// Where the console imports a package (page "Working with data packages").
pub const CONSOLE_PATH: &str = "Tools > Advanced > Import package";
/// Where the console exports one (same page).
pub const EXPORT_PATH: &str = "Tools > Advanced > Export package";
/// What leads back (page "Configuring IMS").
pub const WAY_BACK: &str = "Keep one native administrator: that is the way back.";
/// The package leaves the secret out (page "Duplicating environments": it is not exported either).
pub const TYPE_SECRET: &str = "Type the IMS client secret into the external account: the package leaves it out, and the instance keeps the one it has.";
/// What a package with a secret needs.
pub const SECRET_INSIDE: &str = "The package holds the client secret, encrypted for this instance: keep it out of version control, and delete it once it is imported.";
/// Rights are never in a package.
pub const GIVE_RIGHTS: &str = "Give rights to the groups that the package creates";
/// What makes the change work.
pub const RESTART: &str = "Restart the server";

/// What takes a package for any build, markup aside (page "Data oriented APIs").
pub const SOAP_CALL: &str = "xtk:builder#InstallPackage";

/// Whether the package is for any build: then neither the console nor the server's command takes it.
pub fn is_for_any_build(package: &Package) -> bool {
    ["buildVersion", "buildNumber"]
        .iter()
        .any(|attribute| package.root(attribute) == "*")
}

/// The command that imports a package on the server.
pub fn server_import(instance: &str, file: &str) -> String {
    let word = |option: &str, value: &str| shell::word(&format!("{option}:{value}"));
    let (instance, file) = (word("-instance", instance), word("-import", file));
    format!("nlserver package {instance} {file} -verbose")
}

/// The names of the groups that the package creates, in the manifest's order.
pub fn created_groups(manifest: &Manifest) -> Vec<&str> {
    let groups = manifest.groups.get().into_iter().flat_map(|it| &it.0);
    let created = groups.filter(|(_, group)| group.get().is_some_and(|it| it.is_created()));
    created.map(|(name, _)| name.as_str()).collect()
}

/// What is still to be done by hand once a package was rendered, in the order in which it is done (Adobe's pages "Configuring IMS",
/// "Working with data packages" and "Duplicating environments").
pub fn steps(manifest: &Manifest, package: &Package) -> Vec<String> {
    let instance = manifest
        .instance
        .get()
        .and_then(|instance| instance.name.get());
    let instance = instance.map_or("INSTANCE", |name| name.as_str());
    let secret = match package.client_secret {
        Some(_) => SECRET_INSIDE,
        None => TYPE_SECRET,
    };
    let mut steps = vec![
        format!("Export today's account from {instance} first. {WAY_BACK}"),
        if is_for_any_build(package) {
            format!(
                "Install the package with the SOAP call {SOAP_CALL}: nothing else takes a package for any build."
            )
        } else {
            format!(
                "Import the package: in the console under {CONSOLE_PATH}, or on the server with `{}`.",
                server_import(instance, "FILE.xml")
            )
        },
        secret.to_owned(),
    ];
    let created = created_groups(manifest);
    if !created.is_empty() {
        steps.push(format!("{GIVE_RIGHTS}: {}.", created.join(", ")));
    }
    let account = manifest.external_account.get();
    let enabled = account.and_then(|account| account.enabled.get());
    steps.push(match enabled.is_none_or(|it| it.value) {
        true => format!("{RESTART}, then sign in once with an Adobe ID."),
        false => format!("{RESTART}. The account is disabled: nobody signs in with an Adobe ID until it is enabled."),
    });
    steps
}
