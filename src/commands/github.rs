//! What a job on GitHub says of itself.

use std::{ffi::OsString, path::Path};

/// Whether this is a job on GitHub.
pub fn is_here() -> bool {
    std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// The address that a path below the current folder is appended to, for a link to the commit that is checked.
pub fn link_base() -> Option<String> {
    let here = std::env::current_dir().ok()?;
    is_here().then(|| base(|name| std::env::var_os(name), &here))?
}

/// Of the commit that the job checked out: of a pull request, its merge with the target, so that lines agree.
fn base(get: impl Fn(&str) -> Option<OsString>, here: &Path) -> Option<String> {
    let text = |name| get(name)?.into_string().ok().filter(|text| !text.is_empty());
    let server = text("GITHUB_SERVER_URL")?;
    let server = server.trim_end_matches('/');
    let repository = text("GITHUB_REPOSITORY")?;
    let commit = text("GITHUB_SHA")?;
    let mut base = format!("{server}/{repository}/blob/{commit}/");
    let root = get("GITHUB_WORKSPACE")?;
    let root = Path::new(&root);
    // A job may name its folder through a link; elsewhere, nothing is known of where files are published.
    let below = here.strip_prefix(root).ok().map(Path::to_path_buf);
    let below = below.or_else(|| {
        let root = root.canonicalize().ok()?;
        Some(here.canonicalize().ok()?.strip_prefix(root).ok()?.to_path_buf())
    })?;
    for part in &below {
        base.push_str(part.to_str()?);
        base.push('/');
    }
    Some(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(here: &str, without: &str) -> Option<String> {
        let get = |name: &str| {
            let value = match name {
                _ if name == without => return None,
                "GITHUB_SERVER_URL" => "https://github.com/",
                "GITHUB_REPOSITORY" => "contoso/campaign",
                "GITHUB_SHA" => "0123abc",
                "GITHUB_WORKSPACE" => "/somewhere/campaign",
                _ => return None,
            };
            Some(value.into())
        };
        base(get, Path::new(here))
    }

    #[test]
    fn links_go_to_the_commit_and_the_folder() {
        let root = "https://github.com/contoso/campaign/blob/0123abc/";
        assert_eq!(of("/somewhere/campaign", ""), Some(root.to_owned()));
        assert_eq!(
            of("/somewhere/campaign/ims/prod", ""),
            Some(format!("{root}ims/prod/"))
        );
    }

    #[test]
    fn there_is_no_link_where_something_is_unknown() {
        assert_eq!(of("/elsewhere", ""), None);
        for name in [
            "GITHUB_SERVER_URL",
            "GITHUB_REPOSITORY",
            "GITHUB_SHA",
            "GITHUB_WORKSPACE",
        ] {
            assert_eq!(of("/somewhere/campaign", name), None, "{name}");
        }
    }
}
