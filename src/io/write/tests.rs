use super::*;

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
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

fn secret(path: &Path) -> OutputFile {
    OutputFile {
        mode: Mode::Secret,
        ..file(path, "")
    }
}

#[cfg(unix)]
#[test]
fn permissions_are_kept_and_secrets_are_the_owners() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let bits = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    let plain = folder.path().join("plain");
    fs::write(&plain, "").unwrap();
    let path = folder.path().join("a.xml");
    write(&path, b"").unwrap();
    assert_eq!(bits(&path), bits(&plain), "what the umask leaves");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    write(&path, b"").unwrap();
    assert_eq!(bits(&path), 0o640);
    let new = folder.path().join("new.xml");
    write_all(&[secret(&path), secret(&new)]).unwrap();
    assert_eq!((bits(&path), bits(&new)), (0o600, 0o600));
}

#[cfg(unix)]
#[test]
fn what_cannot_be_replaced_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let target = at("target");
    fs::write(&target, "old").unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o444)).unwrap();
    std::os::unix::fs::symlink(&target, at("link")).unwrap();
    std::os::unix::fs::symlink("nowhere", at("broken")).unwrap();
    for (path, reason) in [
        (at("link").as_path(), "it is a symbolic link"),
        (at("broken").as_path(), "it is a symbolic link"),
        (target.as_path(), "it is write-protected"),
        (folder.path(), "it is a folder"),
        (Path::new("/"), "it is a folder"),
        (Path::new("."), "it is a folder"),
        (Path::new(""), "it is a folder"),
        (Path::new("/dev/null"), "it is a device"),
        (at("no/a.xml").as_path(), "its folder does not exist"),
        (at("target/a.xml").as_path(), "looking at it"),
    ] {
        let error = write(path, b"new").unwrap_err().to_string();
        assert!(error.contains(reason), "{path:?}: {error}");
    }
    assert_eq!(fs::read(&target).unwrap(), b"old");
    assert!(at("link").is_symlink() && at("broken").is_symlink());

    let inner = at("inner");
    fs::create_dir(&inner).unwrap();
    fs::set_permissions(&inner, fs::Permissions::from_mode(0o555)).unwrap();
    // The administrator of a system may write everywhere.
    if fs::write(inner.join("probe"), "").is_err() {
        let error = write(&inner.join("a.xml"), b"").unwrap_err().to_string();
        assert!(error.contains("its folder is write-protected"), "{error}");
        assert!(!error.contains(".tmp"), "{error}");
    }
}

#[test]
fn all_are_written_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b, c] = ["a", "b", "c"].map(|name| folder.path().join(name));
    fs::write(&a, "old").unwrap();
    fs::create_dir(&c).unwrap();
    let error = write_all(&[file(&a, "A"), file(&b, "B"), file(&c, "C")]).unwrap_err();
    assert!(error.to_string().contains("it is a folder"));
    let error = write_all(&[file(&b, "B"), file(&b, "C")]).unwrap_err();
    assert!(error.to_string().contains("two outputs"));
    assert_eq!(fs::read(&a).unwrap(), b"old");
    assert_eq!(names(folder.path()), ["a", "c"]);
    write_all(&[file(&a, "A"), file(&b, "B")]).unwrap();
    let written = [&a, &b].map(|path| fs::read(path).unwrap());
    assert_eq!(written, [b"A", b"B"]);
    assert_eq!(names(folder.path()), ["a", "b", "c"]);
}

#[test]
fn a_failed_rename_takes_the_others_back() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = ["a", "b"].map(|name| folder.path().join(name));
    fs::write(&a, "old").unwrap();
    let old = backup(&a).unwrap();
    for path in [&a, &b] {
        rename(stage(path, b"new", Mode::Public).unwrap(), path).unwrap();
    }
    let cause = WriteError::new(&b, "cause");
    let cause = put_back(vec![(old, &a), (None, &b)], cause);
    assert_eq!(cause.reason, "cause");
    assert_eq!(fs::read(&a).unwrap(), b"old");
    assert_eq!(names(folder.path()), ["a"]);
    let cause = put_back(vec![(None, &b)], cause);
    assert!(cause.reason.contains("could not be put back"));
}

#[test]
fn inputs_are_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.yaml"), "").unwrap();
    let inputs = [&*at("missing"), &*at("a.yaml")];
    let refused = |output: &Path| refuse_inputs(output, &inputs).is_err();
    assert!(refused(&at("a.yaml")) && refused(&at("./a.yaml")));
    assert!(!refused(&at("new.xml")));
    #[cfg(unix)]
    {
        fs::hard_link(at("a.yaml"), at("hard")).unwrap();
        std::os::unix::fs::symlink(at("a.yaml"), at("soft")).unwrap();
        assert!(refused(&at("hard")) && refused(&at("soft")));
    }
}

#[cfg(unix)]
#[test]
fn a_link_on_the_way_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    fs::create_dir_all(at("real/deep")).unwrap();
    std::os::unix::fs::symlink(at("real"), at("link")).unwrap();
    for path in ["link/a.xml", "link/deep/a.xml"] {
        let error = write(&at(path), b"").unwrap_err().to_string();
        assert!(error.contains("symbolic link"), "{error}");
        write_new(&at(path), b"").unwrap_err();
        write_all(&[file(&at(path), "")]).unwrap_err();
    }
    create_folder(&at("link/new")).unwrap_err();
    assert_eq!(names(&at("real")), ["deep"]);
    let twice = [&at("real/a.xml"), &at("real/deep/../a.xml")];
    refuse_twice(&twice).unwrap_err();
}

#[cfg(unix)]
#[test]
fn a_fix_overwrites_nothing_that_it_has_not_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    fs::write(&path, "new").unwrap();
    let error = rewrite(&path, b"old", b"fixed").unwrap_err().to_string();
    assert!(error.contains("changed while"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), b"new");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o4755)).unwrap();
    rewrite(&path, b"new", b"fixed").unwrap();
    let bits = fs::metadata(&path).unwrap().permissions().mode() & 0o7777;
    assert_eq!((fs::read(&path).unwrap(), bits), (b"fixed".to_vec(), 0o755));
    fs::hard_link(&path, folder.path().join("b.yaml")).unwrap();
    let error = rewrite(&path, b"fixed", b"more").unwrap_err().to_string();
    assert!(error.contains("hard links"), "{error}");
    assert_eq!(names(folder.path()), ["a.yaml", "b.yaml"]);
}
