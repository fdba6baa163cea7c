//! `completions SHELL`: what shells offer while a command is typed.

use std::{collections::BTreeSet, ffi::OsString, fs, path::PathBuf, sync::Arc};

use clap_complete::Shell;

use crate::{
    check, cli,
    io::{self, Input},
    yaml,
};

/// The program call that lists environments, before the words of the command line.
const ASK: &str = "campaign-ims completions --environments";

/// The script for a shell.
pub fn script(shell: Shell) -> String {
    let mut text = Vec::new();
    let mut command = cli::command_for_completions(shell);
    clap_complete::generate(shell, &mut command, "campaign-ims", &mut text);
    let text = String::from_utf8_lossy(&text).into_owned();
    match shell {
        Shell::Bash => {
            let offer = format!("compgen -W \"$({ASK} \"${{COMP_WORDS[@]}}\" 2>/dev/null)\" -- ");
            // The generator names a command with a hyphen in two ways, so that nothing was completed after a subcommand.
            text.replace("campaign__subcmd__ims", "campaign__ims")
                .replace(
                    FILE_AFTER_ENV,
                    &FILE_AFTER_ENV.replace("compgen -f ", &offer),
                )
        }
        Shell::Zsh => {
            let offer = format!(":NAME:{{compadd -- ${{(f)\"$({ASK} $words 2>/dev/null)\"}}}}'");
            let lines = text.lines().map(|line| match line.contains("'--env=") {
                true => line.replace(":NAME:_default'", &offer),
                false => line.to_owned(),
            });
            lines.collect::<Vec<_>>().join("\n") + "\n"
        }
        Shell::Fish => {
            let offer = format!(" -l env -f -a '({ASK} (commandline -opc) 2>/dev/null)' ");
            text.replace(" -l env ", &offer)
        }
        _ => text,
    }
}

/// What the script for bash offers after `--env`: files.
const FILE_AFTER_ENV: &str = "--env)
                    COMPREPLY=($(compgen -f \"${cur}\"))";

/// The environments of the manifests among the words of a command line, a line each; of those in this folder where no word is one.
///
/// Shells take the names for their own text, so a name with more than letters, digits, `.`, `_` and `-` is left out.
pub fn environments(words: &[OsString]) -> String {
    let files = words.iter().map(PathBuf::from);
    let mut files: Vec<PathBuf> = files.filter(|path| path.is_file()).collect();
    if files.is_empty() {
        let entries = fs::read_dir(".").into_iter().flatten().flatten();
        let paths = entries.map(|entry| entry.path());
        files.extend(paths.filter(|path| io::is_manifest(&path.to_string_lossy())));
    }
    let named = files.into_iter().filter_map(|path| {
        let bytes = io::read_start(&Input::File(path.clone()), yaml::MAX_BYTES).ok()?;
        let checked = check::text(&path, "", bytes, &Arc::default(), None);
        Some(checked.judged.environment_names)
    });
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let names: BTreeSet<String> = named
        .flatten()
        .filter(|name| name.chars().all(is_plain))
        .collect();
    names.iter().map(|name| format!("{name}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shell_knows_the_rules() {
        for shell in [
            Shell::Bash,
            Shell::Zsh,
            Shell::Fish,
            Shell::PowerShell,
            Shell::Elvish,
        ] {
            let text = script(shell);
            assert!(text.contains("mask-tenant"), "{shell}");
            let asks = matches!(shell, Shell::Bash | Shell::Zsh | Shell::Fish);
            assert_eq!(
                text.matches(ASK).count(),
                if asks { 5 } else { 0 },
                "{shell}"
            );
        }
    }
}
