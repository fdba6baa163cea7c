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

/// Whether a text is written as releases are: numbers with dots between, and perhaps a word behind them. Those of version 7 have one
/// digit before the second dot, and no number begins with a zero.
fn is_release(text: &str) -> bool {
    let is_word = |part: &str| part.len() > 1 && part.chars().all(|c| c.is_ascii_alphabetic());
    let rest = text.rsplit_once('.').filter(|(_, last)| is_word(last));
    let mut parts = rest.map_or(text, |(numbers, _)| numbers).split('.');
    let is_number = |part: &str| {
        let is_padded = part.len() > 1 && part.starts_with('0');
        !part.is_empty() && !is_padded && part.chars().all(|c| c.is_ascii_digit())
    };
    let lacks_dot = text.strip_prefix("7.").is_some_and(|rest| {
        let second = rest.split('.').next().unwrap_or_default();
        second.len() > 1 && is_number(second)
    });
    !lacks_dot && parts.all(is_number)
}

/// A release without the `v` that some write before it.
fn without_v(release: &str) -> &str {
    let numbers = release.strip_prefix(['v', 'V']);
    numbers.filter(|it| is_release(it)).unwrap_or(release)
}

/// The first number of a release or version.
pub fn major(release: &str) -> Option<u64> {
    without_v(release).split('.').next()?.parse().ok()
}

/// The version that a release is of: those that were numbered by their years, 19.1 to 21.1, are version 7.
fn product(release: &str) -> Option<u64> {
    let major = major(release)?;
    Some(if (19..=21).contains(&major) { 7 } else { major })
}

/// Whether Adobe made a release ready for IMS; nothing for what is not written as a release.
pub fn is_ready(release: &str) -> Option<bool> {
    // What is over 21 is the number of a build; between 8 and 19 there were none.
    let is_known = |it: &&str| matches!(major(it), Some(0..=8 | 19..=21));
    let release = Some(without_v(release)).filter(|it| is_release(it) && is_known(it))?;
    let mut special = ["7.3.2.IMS", "7.3.3.IMS"].iter();
    let is_special = special.any(|ready| release.eq_ignore_ascii_case(ready));
    let is_late = numbers(release).is_some_and(|numbers| numbers >= vec![7, 3, 5]);
    Some(is_special || is_late && product(release) == major(release))
}

pub fn not_ready(context: &Context<'_>, claims: &mut Claims) {
    let Some(release) = context.instance.release.get() else {
        return;
    };
    let plain = without_v(release);
    let is_ready = is_ready(release);
    if is_ready == Some(true) {
        if plain != release.as_str() {
            let message = format!("release `{}` begins with a letter", excerpt(release));
            let help = format!("write `{}`", excerpt(plain));
            claims.push(RELEASE_NOT_READY.at(release, message, help).needs(release));
        }
        return;
    }
    let shown = excerpt(release);
    if is_ready.is_none() {
        claims.push(RELEASE_NOT_READY.at(
            release,
            format!("`{shown}` is not written as a release is"),
            "write the product release alone, such as `7.4.3` or `7.3.3.IMS`, or remove the field",
        ));
        return;
    }
    if plain == "6.7" {
        let message = "`6.7` is a build version, not a release";
        let help = "write the product release, such as `7.4.3`, or remove the field";
        claims.push(RELEASE_NOT_READY.at(release, message, help));
        return;
    }
    let of_years = product(release) != major(release);
    let message = if of_years {
        format!("release {shown} came before 7.2, and is not one that Adobe made ready for IMS")
    } else {
        format!("release {shown} is not one that Adobe made ready for IMS")
    };
    claims.push(RELEASE_NOT_READY.at(
        release,
        message,
        "upgrade the instance first: to 7.4.1, which Adobe recommends, or to 7.3.5, 7.3.3.IMS or 7.3.2.IMS",
    ));
}

pub fn build_version(context: &Context<'_>, claims: &mut Claims) {
    let build = context.instance.build.get();
    let Some(version) = build.and_then(|build| build.version.get()) else {
        return;
    };
    let is_number = version.len() >= 4 && version.bytes().all(|it| it.is_ascii_digit());
    if is_number || product(version) == Some(7) {
        let (what, field) = match is_number {
            true => ("build number", "number"),
            false => ("product release", "instance.release"),
        };
        let diagnostic = BUILD_VERSION.at(
            version,
            format!("`{}` is a {what}, not a build version", excerpt(version)),
            format!("write `\"6.7\"`, which version 7 says of itself in its exports; the {what} goes in `{field}`"),
        );
        claims.push(diagnostic);
        return;
    }
    let Some(release) = context.instance.release.get() else {
        return;
    };
    // What those before version 7 say of themselves is not known.
    let of_release = product(release).filter(|it| *it >= 7 && is_ready(release).is_some());
    let Some(of_release) = of_release.filter(|_| version.as_str() != "*") else {
        return;
    };
    let (written, shown) = (excerpt(version), excerpt(release));
    // What calls itself 6.7 in its exports is version 7.
    let of_version = match version.as_str() {
        "6.7" => Some(7),
        version => major(version),
    };
    let message = match of_version {
        Some(of_version) if of_version == of_release => return,
        _ if of_release == 7 => format!(
            "build version `{written}` does not belong to release {shown}, which says `6.7` of itself"
        ),
        Some(of_version) => format!(
            "build version `{written}` belongs to version {of_version} of Campaign, not to release {shown}"
        ),
        None => return,
    };
    let help = "copy `buildVersion` from the first line of a package that this instance exported, or correct `release`";
    let diagnostic = BUILD_VERSION.at(version, message, help);
    let diagnostic = diagnostic.related(release, "the release is here");
    claims.push(diagnostic.needs(release).needs(version));
}

/// The first build of each release of version 7 (Adobe's release notes, as of August 2026); builds with fixes lie between.
const FIRST_BUILDS: [([u64; 3], i64); 11] = [
    ([7, 2, 1], 9346),
    ([7, 2, 2], 9349),
    ([7, 3, 1], 9352),
    ([7, 3, 2], 9356),
    ([7, 3, 3], 9359),
    ([7, 3, 4], 9364),
    ([7, 3, 5], 9368),
    ([7, 4, 1], 9383),
    ([7, 4, 2], 9390),
    ([7, 4, 3], 9394),
    ([7, 4, 4], 9400),
];

/// The builds that a release can have: the first, and the one that is too late. Nothing where the release notes do not tell: for another
/// version, and for special builds such as 7.3.3.IMS.
fn builds_of(release: &str) -> Option<(Option<i64>, Option<i64>)> {
    let is_plain = |c: char| c.is_ascii_digit() || c == '.';
    if product(release) != Some(7) || !release.chars().all(is_plain) {
        return None;
    }
    if major(release) != Some(7) {
        return Some((None, FIRST_BUILDS.first().map(|(_, build)| *build)));
    }
    let numbers = numbers(release).filter(|numbers| numbers.len() > 1)?;
    // 7.4 may be any of 7.4.1 to 7.4.4.
    let mut releases = FIRST_BUILDS.iter();
    let (_, from) = releases.find(|(first, _)| first.starts_with(&numbers))?;
    let until = releases.find(|(first, _)| !first.starts_with(&numbers));
    Some((Some(*from), until.map(|(_, build)| *build)))
}

pub fn build_number(context: &Context<'_>, claims: &mut Claims) {
    let build = context.instance.build.get();
    let (Some(number), Some(release)) = (
        build.and_then(|build| build.number.get()),
        context.instance.release.get(),
    ) else {
        return;
    };
    let (BuildNumber::Number(written), Some((first, until))) = (&number.value, builds_of(release))
    else {
        return;
    };
    let is_early = first.is_some_and(|first| *written < first);
    let is_late = until.is_some_and(|until| *written >= until);
    if !is_early && !is_late {
        return;
    }
    let release_shown = excerpt(release);
    let builds = match (first, until) {
        (Some(first), Some(until)) => format!("has builds from {first} to {}", until - 1),
        (Some(first), None) => format!("begins with build {first}"),
        (None, until) => format!("has builds before {}", until.unwrap_or_default()),
    };
    let message = format!("build {written} is not one of release {release_shown}, which {builds}");
    let help = "copy `buildNumber` from the first line of a package that this instance exported, or correct `release`";
    let diagnostic = BUILD_NUMBER.at(number, message, help);
    let diagnostic = diagnostic.related(release, "the release is here");
    let diagnostic = diagnostic.needs(release);
    // Of version 8 the number is no mistake of its own.
    let version = build.and_then(|build| build.version.get());
    claims.push(match version {
        Some(version) => diagnostic.needs(version),
        None => diagnostic,
    });
}

pub fn build_wildcard(context: &Context<'_>, claims: &mut Claims) {
    let Some(build) = context.instance.build.get() else {
        return;
    };
    let version = build
        .version
        .get()
        .filter(|version| version.as_str() == "*");
    let version = version.map(|version| (version.place, "version", "buildVersion"));
    let number = build.number.get();
    let number = number.filter(|number| matches!(number.value, BuildNumber::Any(_)));
    let number = number.map(|number| (number.place, "number", "buildNumber"));
    for (place, what, attribute) in [version, number].into_iter().flatten() {
        claims.push(BUILD_WILDCARD.at(
            place,
            format!("build {what} `*` is taken by the SOAP installation alone, not by the console or `nlserver`"),
            format!("copy `{attribute}` from the first line of a package that this instance exported"),
        ));
    }
}
