//! Tests as tables: in `tests/tables/NAME.txt` each line that starts with `> ` is an input, and the lines below it, indented by two
//! blanks, are what is told of it.

/// Compares a table with what is told of its inputs, and gives the inputs. With `UPDATE` the table is written anew.
#[track_caller]
pub fn check(name: &str, tell: impl Fn(&str) -> Vec<String>) -> Vec<String> {
    let path = format!("{}/tests/tables/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(&path).unwrap();
    let mut told = String::new();
    let mut inputs = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with("  ")) {
        told += &format!("{line}\n");
        if let Some(input) = line.strip_prefix("> ") {
            tell(input)
                .iter()
                .for_each(|it| told += &format!("  {it}\n"));
            inputs.push(input.to_owned());
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &told).unwrap();
        return inputs;
    }
    assert!(
        table == told,
        "{}\nif this is meant, run `UPDATE=1 cargo test`",
        super::diff::unified(&table, &told, &path)
    );
    inputs
}

/// The manifests of `tests/cases/right`.
pub fn right_manifests() -> impl Iterator<Item = String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/right");
    let paths = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let manifests = paths.filter(|path| path.extension().is_some_and(|it| it == "yaml"));
    manifests.map(|path| std::fs::read_to_string(path).unwrap())
}
