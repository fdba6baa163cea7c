use std::fs;
use std::path::Path;

use super::{Mode, OutputError, OutputFile, refuse_same_file, write_all_or_none, write_atomic};

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn file(path: &Path, text: &str) -> OutputFile {
    OutputFile {
        path: path.to_owned(),
        bytes: text.into(),
        mode: Mode::Public,
    }
}

#[test]
fn writes_and_replaces() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xml");
    write_atomic(&path, b"one", Mode::Public).unwrap();
    write_atomic(&path, b"two", Mode::Public).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"two");
    assert_eq!(names(folder.path()), ["a.xml"]);
}

#[cfg(unix)]
#[test]
fn permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let bits = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    let plain = folder.path().join("plain");
    fs::write(&plain, "").unwrap();
    let path = folder.path().join("a.xml");
    write_atomic(&path, b"", Mode::Public).unwrap();
    assert_eq!(
        bits(&path),
        bits(&plain),
        "a new file has what the umask leaves"
    );
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    write_atomic(&path, b"", Mode::Public).unwrap();
    assert_eq!(bits(&path), 0o640);
    write_atomic(&path, b"", Mode::Secret).unwrap();
    assert_eq!(bits(&path), 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    assert!(matches!(
        write_atomic(&path, b"", Mode::Public),
        Err(OutputError::Protected(_))
    ));
    let secret = folder.path().join("secret.xml");
    write_atomic(&secret, b"", Mode::Secret).unwrap();
    assert_eq!(bits(&secret), 0o600);
}

#[cfg(unix)]
#[test]
fn links_folders_and_devices_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("target");
    fs::write(&target, "old").unwrap();
    for to in [target.as_path(), Path::new("nowhere")] {
        let link = folder
            .path()
            .join(format!("link-{}", to.file_name().unwrap().display()));
        std::os::unix::fs::symlink(to, &link).unwrap();
        let error = write_atomic(&link, b"new", Mode::Public).unwrap_err();
        assert!(matches!(error, OutputError::SymbolicLink(_)));
        assert!(error.to_string().contains("symbolic link"));
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
    assert_eq!(fs::read(&target).unwrap(), b"old");
    for path in [
        folder.path(),
        Path::new("/"),
        Path::new("."),
        Path::new(".."),
        Path::new(""),
    ] {
        assert!(
            matches!(
                write_atomic(path, b"", Mode::Public),
                Err(OutputError::Folder(_))
            ),
            "{path:?}"
        );
    }
    assert!(matches!(
        write_atomic(Path::new("/dev/null"), b"", Mode::Public),
        Err(OutputError::Special(_))
    ));
    let missing = folder.path().join("no/a.xml");
    assert!(matches!(
        write_atomic(&missing, b"", Mode::Public),
        Err(OutputError::NoFolder(_))
    ));
    let below_file = target.join("a.xml");
    assert!(matches!(
        write_atomic(&below_file, b"", Mode::Public),
        Err(OutputError::Io { .. })
    ));
}

#[test]
fn all_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (folder.path().join("a.xml"), folder.path().join("b.xml"));
    fs::write(&a, "old").unwrap();
    write_all_or_none(&[file(&a, "A"), file(&b, "B")]).unwrap();
    assert_eq!(
        (fs::read(&a).unwrap(), fs::read(&b).unwrap()),
        (b"A".to_vec(), b"B".to_vec())
    );
    assert_eq!(names(folder.path()), ["a.xml", "b.xml"]);
}

#[test]
fn or_none_is() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b, c) = (
        folder.path().join("a.xml"),
        folder.path().join("b.xml"),
        folder.path().join("c.xml"),
    );
    fs::write(&a, "old").unwrap();
    fs::create_dir(&c).unwrap();
    let error = write_all_or_none(&[file(&a, "A"), file(&b, "B"), file(&c, "C")]).unwrap_err();
    assert!(matches!(error, OutputError::Folder(path) if path == c));
    let error = write_all_or_none(&[file(&b, "B"), file(&b, "C")]).unwrap_err();
    assert!(matches!(error, OutputError::Twice(path) if path == b));
    assert_eq!(fs::read(&a).unwrap(), b"old");
    assert_eq!(names(folder.path()), ["a.xml", "c.xml"]);
}

#[test]
fn a_failed_rename_takes_the_others_back() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (folder.path().join("a.xml"), folder.path().join("b.xml"));
    fs::write(&a, "old").unwrap();
    let old = super::backup(&a).unwrap();
    super::rename(super::stage(&a, b"new", Mode::Public).unwrap(), &a).unwrap();
    super::rename(super::stage(&b, b"new", Mode::Public).unwrap(), &b).unwrap();
    let cause = super::put_back(vec![(old, &a), (None, &b)], OutputError::Twice(b.clone()));
    assert!(matches!(cause, OutputError::Twice(_)));
    assert_eq!(fs::read(&a).unwrap(), b"old");
    assert_eq!(names(folder.path()), ["a.xml"]);
    let cause = super::put_back(vec![(None, &b)], cause);
    assert!(matches!(cause, OutputError::NotPutBack { .. }));
}

#[test]
fn inputs_are_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    fs::write(&path, "").unwrap();
    let refused = |output: &Path| {
        refuse_same_file(output, [folder.path().join("missing"), path.clone()]).is_err()
    };
    assert!(refused(&path));
    assert!(refused(&folder.path().join(".").join("a.yaml")));
    assert!(!refused(&folder.path().join("new.xml")));
    #[cfg(unix)]
    {
        let hard = folder.path().join("hard");
        fs::hard_link(&path, &hard).unwrap();
        assert!(refused(&hard));
        let soft = folder.path().join("soft");
        std::os::unix::fs::symlink(&path, &soft).unwrap();
        assert!(refused(&soft));
    }
}

#[cfg(unix)]
#[test]
fn a_write_protected_folder_is_named_as_that() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    fs::set_permissions(&inner, fs::Permissions::from_mode(0o555)).unwrap();
    // The administrator of a system may write everywhere.
    if fs::write(inner.join("probe"), "").is_ok() {
        return;
    }
    let error = write_atomic(&inner.join("a.xml"), b"one", Mode::Public).unwrap_err();
    assert!(matches!(error, OutputError::ProtectedFolder(_)), "{error}");
    assert!(!error.to_string().contains(".tmp"), "{error}");
}
