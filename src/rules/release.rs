//! The instance's release and build (Adobe's release notes, and the first lines of real exports).

use super::{Context, catalogue::*};
use crate::{
    diagnostic::{Claims, excerpt},
    manifest::BuildNumber,
};

/// The leading numbers of a release: 7.3.3.IMS is 7, 3, 3. Nothing where it does not begin with a number.
fn numbers(release: &str) -> Option<Vec<u64>> {
    let numbers = release.split('.').map_while(|part| part.parse().ok());
    let numbers: Vec<u64> = numbers.collect();
    (!numbers.is_empty()).then_some(numbers)
}

/// The first number of a release or version.
fn major(release: &str) -> Option<u64> {
    numbers(release)?.first().copied()
}

pub fn not_ready(context: &Context<'_>, claims: &mut Claims) {
    let Some(release) = context.instance.release.get() else {
        return;
    };
    let mut special = ["7.3.2.IMS", "7.3.3.IMS"].iter();
    let is_special = special.any(|ready| release.eq_ignore_ascii_case(ready));
    let is_late = numbers(release).is_some_and(|numbers| numbers >= vec![7, 3, 5]);
    if !is_special && !is_late {
        claims.push(RELEASE_NOT_READY.at(
            release,
            format!("release {} is not one that Adobe made ready for IMS", excerpt(release)),
            "upgrade the instance first: to 7.4.1, which Adobe recommends, or to 7.3.5, 7.3.3.IMS or 7.3.2.IMS",
        ));
    }
}

pub fn build_version(context: &Context<'_>, claims: &mut Claims) {
    let build = context.instance.build.get();
    let Some(version) = build.and_then(|build| build.version.get()) else {
        return;
    };
    let Some(of_version) = major(version) else {
        return;
    };
    if of_version == 7 {
        claims.push(BUILD_VERSION.at(
            version,
            format!("`{}` is a product release, not a build version", excerpt(version)),
            "write `\"6.7\"`, which version 7 says of itself in its exports; the release goes in `instance.release`",
        ));
        return;
    }
    // What calls itself 6.7 in its exports is version 7.
    let product = if of_version == 6 { 7 } else { of_version };
    if let Some(release) = context.instance.release.get()
        && major(release).is_some_and(|of_release| of_release != product)
    {
        let message = format!(
            "build version `{}` belongs to version {product} of Campaign, not to release {}",
            excerpt(version),
            excerpt(release)
        );
        let help =
            "copy `buildVersion` from the first line of a package that this instance exported";
        let diagnostic = BUILD_VERSION.at(version, message, help);
        claims.push(diagnostic.related(release, "the release is here"));
    }
}

pub fn build_wildcard(context: &Context<'_>, claims: &mut Claims) {
    let build = context.instance.build.get();
    if let Some(number) = build.and_then(|build| build.number.get())
        && matches!(number.value, BuildNumber::Any(_))
    {
        claims.push(BUILD_WILDCARD.at(
            number,
            "build number `*` is taken by the SOAP installation alone, not by the console or `nlserver`",
            "copy `buildNumber` from the first line of a package that this instance exported",
        ));
    }
}
