//! `man`: what the command line says of itself.

use std::io;

use clap_mangen::Man;

use crate::cli;

/// The man page, with every command and its options.
///
/// # Errors
/// None but those of writing to memory.
pub fn man() -> io::Result<Vec<u8>> {
    let command = cli::command();
    let root = Man::new(command.clone());
    let mut text = Vec::new();
    root.render_title(&mut text)?;
    root.render_name_section(&mut text)?;
    root.render_synopsis_section(&mut text)?;
    root.render_description_section(&mut text)?;
    root.render_options_section(&mut text)?;
    root.render_extra_section(&mut text)?;
    for subcommand in command
        .get_subcommands()
        .filter(|it| it.get_name() != "help")
    {
        let name = format!("campaign-ims {}", subcommand.get_name());
        let globals = ["config", "no_config", "color", "quiet", "help"];
        let own = subcommand
            .clone()
            .bin_name(name.clone())
            .display_name(name.clone());
        let own = own.mut_args(|it| match globals.contains(&it.get_id().as_str()) {
            true => it.hide(true),
            false => it,
        });
        let page = Man::new(own);
        let mut sections = Vec::new();
        page.render_synopsis_section(&mut sections)?;
        page.render_description_section(&mut sections)?;
        page.render_options_section(&mut sections)?;
        let sections = String::from_utf8_lossy(&sections).into_owned();
        let title = name.to_uppercase();
        text.extend(format!(".SH \"{title}\"\n").bytes());
        // The command is the section, and what it has are parts of it.
        let sections = sections
            .replace(".SH SYNOPSIS\n", "")
            .replace(".SH DESCRIPTION\n", ".PP\n");
        text.extend(sections.replace(".SH ", ".SS ").bytes());
    }
    root.render_version_section(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_man_page_has_every_commands_options() {
        let text = String::from_utf8(man().unwrap()).unwrap();
        for option in ["fail", "out\\-dir", "include", "column", "stdin"] {
            assert!(text.contains(option), "{option}: {text}");
        }
        for name in ["CHECK", "RENDER", "COMPLETIONS"] {
            assert!(
                text.contains(&format!(".SH \"CAMPAIGN-IMS {name}\"")),
                "{name}"
            );
        }
    }
}
