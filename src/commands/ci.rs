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

/// The project that a job on GitLab works for.
pub fn project() -> Option<Project> {
    let root = std::env::var_os("CI_PROJECT_DIR").filter(|root| !root.is_empty())?;
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
    base(
        |name| std::env::var(name).ok(),
        here.strip_prefix(root).ok()?,
    )
}

/// Of the commit that the job checked out: of a pull request, its merge with the target, so that lines agree.
fn base(get: impl Fn(&str) -> Option<String>, below: &Path) -> Option<String> {
    let text = |name| get(name).filter(|text| !text.is_empty());
    let server = text("GITHUB_SERVER_URL")?;
    let server = server.trim_end_matches('/');
    let repository = text("GITHUB_REPOSITORY")?;
    let commit = text("GITHUB_SHA")?;
    let mut base = format!("{server}/{repository}/blob/{commit}/");
    for part in below {
        base.push_str(part.to_str()?);
        base.push('/');
    }
    Some(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(below: &str, without: &str) -> Option<String> {
        let get = |name: &str| {
            let value = match name {
                _ if name == without => return None,
                "GITHUB_SERVER_URL" => "https://github.com/",
                "GITHUB_REPOSITORY" => "contoso/campaign",
                "GITHUB_SHA" => "0123abc",
                _ => return None,
            };
            Some(value.to_owned())
        };
        base(get, Path::new(below))
    }

    #[test]
    fn links_go_to_the_commit_and_the_folder() {
        let root = "https://github.com/contoso/campaign/blob/0123abc/";
        assert_eq!(of("", ""), Some(root.to_owned()));
        assert_eq!(of("ims/prod", ""), Some(format!("{root}ims/prod/")));
    }

    #[test]
    fn there_is_no_link_where_something_is_unknown() {
        for name in ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA"] {
            assert_eq!(of("", name), None, "{name}");
        }
    }
}
