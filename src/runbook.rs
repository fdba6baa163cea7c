//! The run book: what people do by hand, as a check-list in Markdown. It says as known only what Adobe documents (pages "Configuring
//! IMS", "External accounts", "Working with data packages", "Duplicating environments", "Access management").

use std::fmt::Write;

use crate::{
    check::{Judged, JudgedEnvironment},
    manifest::{Manifest, SecretReference, built_in_label},
    mapping::{self, Mapping},
    package::{
        Package,
        steps::{
            CONSOLE_PATH, GIVE_RIGHTS, RESTART, SECRET_INSIDE, SOAP_CALL, TYPE_SECRET, WAY_BACK,
            created_groups, is_for_any_build, server_import,
        },
    },
    text::show::{self, markdown_cell as plain},
};

/// Writes the run book of a manifest that has no errors: a chapter for each environment. Nothing where a field lacks its value.
pub fn write(judged: &Judged) -> Option<String> {
    let mut book = String::from("# Run book: signing in to Adobe Campaign with an Adobe ID\n");
    for environment in &judged.environments {
        chapter(&mut book, judged.source.name(), environment)?;
    }
    Some(show::no_line_commands(&book))
}

/// What the parts of a chapter need.
struct Chapter<'a> {
    manifest: &'a Manifest,
    package: Package,
    mapping: Mapping,
    instance: &'a str,
    secret: Option<&'a SecretReference>,
    /// `MANIFEST --env NAME`, as a shell takes it.
    arguments: String,
}

fn chapter(book: &mut String, path: &str, environment: &JudgedEnvironment) -> Option<()> {
    let manifest = environment.manifest.as_ref()?;
    let instance = manifest.instance.get()?.name.get()?;
    let account = manifest.external_account.get()?;
    let manifest_path = if path.starts_with('<') {
        "MANIFEST"
    } else {
        path
    };
    let mut arguments = shell(manifest_path);
    if let Some(name) = &environment.name {
        let _ = write!(arguments, " --env {}", shell(name));
    }
    let chapter = Chapter {
        manifest,
        package: Package::of(manifest)?,
        mapping: mapping::mapping(environment, None)?,
        instance,
        secret: account.client_secret.get().map(|it| &it.value),
        arguments,
    };
    let heading = match &environment.name {
        Some(name) => format!("{}: {}", plain(name), code(instance)),
        None => code(instance),
    };
    let _ = write!(book, "\n## {heading}\n");
    chapter.before(book)?;
    chapter.way_back(book);
    chapter.profiles(book);
    chapter.groups(book);
    chapter.import(book)?;
    chapter.secret(book);
    chapter.sign_in(book);
    chapter.proof(book);
    Some(())
}

/// A value as inline code: in back-ticks, which a terminal's reader takes as they are, or as HTML where Markdown's own cannot show it.
fn code(value: &str) -> String {
    let is_plain =
        |character: char| !matches!(character, '`' | '|' | '\\') && !show::is_hidden(character);
    let is_simple = !value.is_empty() && value.chars().all(is_plain) && value.trim() == value;
    if is_simple && show::text(value) == value {
        format!("`{value}`")
    } else {
        show::markdown_inline_code(value)
    }
}

fn item(book: &mut String, text: &str) {
    let _ = writeln!(book, "- [ ] {text}");
}

fn section(book: &mut String, number: usize, title: &str) {
    let length = book.trim_end().len();
    book.truncate(length);
    let _ = write!(book, "\n\n### {number}. {title}\n\n");
}

/// A code block within a check-list's item, or on its own.
fn block(book: &mut String, indentation: &str, language: &str, lines: &[String]) {
    let longest = lines
        .iter()
        .map(|line| longest_run(line, '`'))
        .max()
        .unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let _ = write!(book, "\n{indentation}{fence}{language}\n");
    for line in lines {
        let _ = writeln!(book, "{indentation}{}", show::text(line));
    }
    let _ = write!(book, "{indentation}{fence}\n\n");
}

fn longest_run(text: &str, character: char) -> usize {
    text.split(|other| other != character)
        .map(str::len)
        .max()
        .unwrap_or(0)
}

impl Chapter<'_> {
    /// What the manifest cannot prove.
    fn before(&self, book: &mut String) -> Option<()> {
        let organization = self.manifest.organization.get()?;
        let instance = self.manifest.instance.get()?;
        let package = &self.package;
        section(book, 1, "Before you begin");
        item(
            book,
            &format!(
                "You may administer the organization {} ({}) in the Admin Console.",
                plain(organization.name.get()?),
                code(package.account("imsOrgId"))
            ),
        );
        item(book, "Its users are added in the Experience Cloud.");
        item(book, "Every operator has the latest client console.");
        item(
            book,
            "The instance is on-premise or hybrid: where Adobe hosts it, Adobe sets IMS up, not you.",
        );
        let release = match instance.release.get() {
            Some(release) => format!("The instance runs {}, as the manifest says.", code(release)),
            None => "The instance runs a release that is ready for IMS: 7.4.1 (recommended), 7.3.5, 7.3.3.IMS or 7.3.2.IMS.".to_owned(),
        };
        item(book, &release);
        let version = code(&format!(
            "buildVersion=\"{}\"",
            package.root("buildVersion")
        ));
        let build = if is_for_any_build(self.manifest) {
            format!(
                "Its own package exports say {version} on their first line: an import needs that to match."
            )
        } else {
            let number = code(&format!("buildNumber=\"{}\"", package.root("buildNumber")));
            format!(
                "Its own package exports say {version} and {number} on their first line: an import needs both to match."
            )
        };
        item(book, &build);
        item(
            book,
            "The built-in package \"Integration with the Adobe Experience Cloud\" is installed there.",
        );
        item(
            book,
            &format!(
                "Exactly one external account is named {}. Delete any other one of IMS.",
                code(package.account("name"))
            ),
        );
        item(
            book,
            &format!(
                "Adobe Customer Care has provisioned the IMS client {} for this instance, with the scopes {}{}.",
                code(package.account("clientId")),
                code(package.account("userScope")),
                if package.account("productContext").is_empty() {
                    String::new()
                } else {
                    format!(
                        " and the product context {}",
                        code(package.account("productContext"))
                    )
                }
            ),
        );
        item(
            book,
            &format!(
                "IMS has the callback server {} on its allow list, for this instance.",
                code(package.account("callbackServer"))
            ),
        );
        Some(())
    }

    fn way_back(&self, book: &mut String) {
        section(book, 2, "A way back");
        let file = format!("{}-before.xml", self.instance);
        item(
            book,
            &format!(
                "Export today's external account ({}) from {} to {}. The export does not hold the client secret: make sure that you still have it.",
                code("nms:extAccount"),
                code(self.instance),
                code(&file)
            ),
        );
        item(
            book,
            &format!(
                "{} Sign in as that operator once, with the password.",
                WAY_BACK
            ),
        );
        item(book, "See what will change:");
        block(
            book,
            "  ",
            "sh",
            &[format!(
                "campaign-ims diff {} {}",
                self.arguments,
                shell(&file)
            )],
        );
    }

    fn profiles(&self, book: &mut String) {
        section(book, 3, "Product profiles");
        item(
            book,
            "Create these product profiles in the Admin Console, named exactly so, and link the users to them:",
        );
        let names: Vec<String> = self
            .mapping
            .rows
            .iter()
            .map(|row| row.profile.clone())
            .collect();
        block(book, "  ", "text", &names);
        item(
            book,
            &format!(
                "Compare with the names that there are, one a line in {}:",
                code("profiles.txt")
            ),
        );
        block(
            book,
            "  ",
            "sh",
            &[format!(
                "campaign-ims map {} --profiles profiles.txt",
                self.arguments
            )],
        );
        item(
            book,
            "No other product profile has \"admin\" in its name, in any letter case, unless its members may use the Campaign Control Panel.",
        );
    }

    fn groups(&self, book: &mut String) {
        section(book, 4, "Operator groups");
        let created = created_groups(self.manifest);
        let groups = self.manifest.groups.get().into_iter().flat_map(|it| &it.0);
        let mut built_in = Vec::new();
        let mut others = Vec::new();
        for (name, _) in groups.filter(|(name, _)| !created.contains(&name.as_str())) {
            if built_in_label(name).is_some() {
                built_in.push(code(name));
            } else {
                others.push(code(name));
            }
        }
        if !built_in.is_empty() {
            item(
                book,
                &format!(
                    "The built-in groups have not been renamed: {}.",
                    built_in.join(", ")
                ),
            );
        }
        if !others.is_empty() {
            item(
                book,
                &format!(
                    "These groups exist in Campaign already, under this internal name, with rights; the package does not create them: {}.",
                    others.join(", ")
                ),
            );
        }
        if !created.is_empty() {
            let created: Vec<String> = created.into_iter().map(code).collect();
            item(
                book,
                &format!("{GIVE_RIGHTS} (it holds none): {}.", created.join(", ")),
            );
        }
        if built_in.is_empty() && others.is_empty() && self.package.groups.is_empty() {
            book.push_str("The manifest has no groups, so nobody can sign in with an Adobe ID.\n");
        }
    }

    fn import(&self, book: &mut String) -> Option<()> {
        section(book, 5, "The package");
        let file = format!("{}.xml", self.instance);
        item(book, "Render it:");
        block(
            book,
            "  ",
            "sh",
            &[format!(
                "campaign-ims render {} -o {}",
                self.arguments,
                shell(&file)
            )],
        );
        if is_for_any_build(self.manifest) {
            item(
                book,
                &format!(
                    "Install it with the SOAP call `{SOAP_CALL}`: nothing else takes a package for any build."
                ),
            );
            return Some(());
        }
        item(
            book,
            &format!(
                "Import it in the client console, under {}, or on the server:",
                CONSOLE_PATH
            ),
        );
        block(
            book,
            "  ",
            "sh",
            &[server_import(self.instance, &shell(&file))],
        );
        Some(())
    }

    fn secret(&self, book: &mut String) {
        section(book, 6, "The client secret");
        item(book, TYPE_SECRET);
        let Some(secret) = self.secret else {
            book.push_str("\nThe manifest does not say where the secret is kept.\n");
            return;
        };
        let from = match (secret.env.get(), secret.file.get()) {
            (Some(name), _) => format!("the environment variable {}", code(name)),
            (None, Some(path)) => format!("the file {}", code(path)),
            (None, None) => return,
        };
        let _ = writeln!(
            book,
            "\nOr: {} takes it from {from}, where it must be the cipher text that {} made on {}. {SECRET_INSIDE}",
            code("render --include-secret"),
            code("xtk:session#EncryptPassword"),
            code(self.instance)
        );
    }

    fn sign_in(&self, book: &mut String) {
        section(book, 7, "Sign-in");
        item(
            book,
            &format!("{RESTART}. Every later change to the account needs that, too."),
        );
        item(
            book,
            "In the client console, open the connection's settings and tick \"Connect with an Adobe ID\".",
        );
        item(book, "Sign in with an Adobe ID of each product profile.");
        book.push_str(
            "\nWhere it does not work:\n\n| What you see | What to look at |\n|---|---|\n",
        );
        let package = &self.package;
        for (symptom, cause) in [
            (
                "You are redirected to adobe.com".to_owned(),
                format!(
                    "The callback server: it must be {}, the access URL of this instance, and on the allow list of IMS",
                    code(package.account("callbackServer"))
                ),
            ),
            (
                "\"Login does not have any right matching the expression\"".to_owned(),
                format!(
                    "The user's product profile, letter by letter: it must match {}, and the group that it gives must exist in Campaign, not renamed, with rights",
                    code(package.account("imsRightsMask"))
                ),
            ),
            (
                "The sign-in page for Adobe IDs does not appear".to_owned(),
                format!(
                    "The scopes: only what Adobe provisioned for {}",
                    code(package.account("clientId"))
                ),
            ),
            (
                "Nothing changed".to_owned(),
                "The restart: every change to the account needs one".to_owned(),
            ),
            (
                "Anything else at sign-in in the console".to_owned(),
                "The WebView2 cache of the client console: clear it".to_owned(),
            ),
        ] {
            let _ = writeln!(book, "| {symptom} | {cause} |");
        }
        book.push_str("\nTo go back: sign in as the native administrator, import the account that you exported, type its client secret, and restart the server.\n");
    }

    fn proof(&self, book: &mut String) {
        section(book, 8, "The proof");
        let file = format!("{}-after.xml", self.instance);
        item(
            book,
            &format!(
                "Export the external account ({}) and the operator groups ({}) from {} to {}.",
                code("nms:extAccount"),
                code("xtk:group"),
                code(self.instance),
                code(&file)
            ),
        );
        item(
            book,
            "Compare. The command says that there is no drift, and its exit code is 0:",
        );
        block(
            book,
            "  ",
            "sh",
            &[format!(
                "campaign-ims diff {} {}",
                self.arguments,
                shell(&file)
            )],
        );
        let _ = writeln!(
            book,
            "This also settles what Adobe does not document: which attribute is behind which field of the form ({}, {} and {} are inferred). \
             Compare these three with the form once.",
            code("userScope"),
            code("clientId"),
            code("imsRightsMask")
        );
    }
}

/// A word as a POSIX shell takes it.
fn shell(word: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:,+@%=".contains(&byte);
    if !word.is_empty() && word.bytes().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}
