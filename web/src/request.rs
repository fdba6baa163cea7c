//! What a page can ask for.

use serde::Deserialize;

/// A request. Texts are as the editor has them, files as they were dropped.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Request {
    /// What is wrong with a manifest.
    Check(Manifest),
    /// A manifest with the fix of one finding, by its number in the report.
    Fix {
        #[serde(flatten)]
        manifest: Manifest,
        finding: usize,
    },
    /// A manifest with all safe fixes.
    FixAll(Manifest),
    /// Which profile becomes which group, and who could not sign in.
    Map {
        #[serde(flatten)]
        manifest: Manifest,
        profiles: Option<Bytes>,
        column: Option<String>,
    },
    /// The package of each environment.
    Render(Manifest),
    /// The run book, in Markdown.
    Runbook(Manifest),
    /// The manifest that a package makes.
    Import { package: Bytes },
    /// Where a package differs from a manifest.
    Diff {
        #[serde(flatten)]
        manifest: Manifest,
        package: Bytes,
        #[serde(default)]
        environment: usize,
    },
    /// Every rule, with its page.
    Rules,
}

/// A manifest in the editor.
#[derive(Debug, Deserialize)]
pub struct Manifest {
    pub name: String,
    pub text: String,
}

/// A file: what was pasted, or what was dropped, each character of the text a byte then.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bytes {
    Text(String),
    File(String),
}

impl Bytes {
    pub fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Text(text) => text.into_bytes(),
            Self::File(bytes) => bytes.chars().map(|byte| byte as u32 as u8).collect(),
        }
    }
}
