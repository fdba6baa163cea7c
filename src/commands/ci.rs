//! What a job of a pipeline says of itself.

use std::path::Path;

use crate::{io, report::Project};

/// Whether this is a job on GitHub.
pub fn is_github() -> bool {
    std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// Whether this is a job of Azure Pipelines.
pub fn is_azure() -> bool {
    std::env::var_os("TF_BUILD").is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

/// The project that a job on GitLab, GitHub or Azure Pipelines works for.
pub fn project() -> Option<Project> {
    let folder = |name| std::env::var_os(name).filter(|root| !root.is_empty());
    let of_github = || folder("GITHUB_WORKSPACE").filter(|_| is_github());
    let of_azure = || folder("BUILD_SOURCESDIRECTORY").filter(|_| is_azure());
    let root = folder("CI_PROJECT_DIR")
        .or_else(of_github)
        .or_else(of_azure)?;
    let shown = |folder: &Path| io::shown(&io::canonical(folder));
    Some(Project {
        root: shown(Path::new(&root)),
        here: shown(Path::new(".")),
    })
}

/// The address that a path below the current folder is appended to, for a link to the commit that is checked.
/// Nothing is known of folders outside of the job's own.
pub fn link_base() -> Option<String> {
    if !is_github() {
        return None;
    }
    // Either may be named through a link.
    let here = io::canonical(Path::new("."));
    let root = io::canonical(Path::new(&std::env::var_os("GITHUB_WORKSPACE")?));
    let text = |name| std::env::var(name).ok().filter(|text| !text.is_empty());
    let server = text("GITHUB_SERVER_URL")?;
    let server = server.trim_end_matches('/');
    let repository = text("GITHUB_REPOSITORY")?;
    // Of a pull request, its merge with the target, so that lines agree.
    let commit = text("GITHUB_SHA")?;
    let mut base = format!("{server}/{repository}/blob/{commit}/");
    for part in here.strip_prefix(root).ok()? {
        base.push_str(part.to_str()?);
        base.push('/');
    }
    Some(base)
}
