//! What no output may show: secrets, wherever and however they are written, and characters or commands that a terminal, a reader's eye
//! or a CI runner would follow. Each case is a file; every command and every format goes over all of them.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use std::{fs, path::Path};

use campaign_ims::report::safe::is_hidden;
use support::{Run, program};

const FORMATS: [&str; 7] = [
    "human", "json", "sarif", "github", "gitlab", "junit", "markdown",
];

const BASE: &str = r#"version: 1
organization:
  name: Contoso
  id: 4E3D60F754C8E5D50A4C98A2@AdobeOrg
  tenant: contoso
instance:
  name: contoso-prod
  url: https://campaign.contoso.com
  hosting: on-premise
  build: { version: "6.7", number: 9394 }
  release: 7.4.1
  packages: [experience-cloud-integration]
external_account:
  name: Adobe_Experience_Cloud
  label: MAC
  enabled: true
  ims_server: https://ims-na1.adobelogin.com
  scope: [openid, AdobeID, session]
  client_id: Campaign1
  client_secret: { env: IMS_CLIENT_SECRET }
  callback_server: https://campaign.contoso.com
  association_mask: Campaign - contoso - (.*)
  product_context: dma_campaign_classic
  experience_cloud_server: https://marketing.adobe.com
groups:
  admin: {}
  reviewers: { label: Reviewers, create: true, profile: Campaign - contoso - reviewers }
"#;

/// Every scalar of the manifest, with what comes before it.
const FIELDS: [(&str, &str); 24] = [
    ("version: ", "1"),
    ("name: ", "Contoso"),
    ("id: ", "4E3D60F754C8E5D50A4C98A2@AdobeOrg"),
    ("tenant: ", "contoso"),
    ("name: ", "contoso-prod"),
    ("url: ", "https://campaign.contoso.com"),
    ("hosting: ", "on-premise"),
    ("{ version: ", "\"6.7\""),
    ("number: ", "9394"),
    ("release: ", "7.4.1"),
    ("packages: [", "experience-cloud-integration"),
    ("name: ", "Adobe_Experience_Cloud"),
    ("label: ", "MAC"),
    ("enabled: ", "true"),
    ("ims_server: ", "https://ims-na1.adobelogin.com"),
    ("scope: [openid, ", "AdobeID"),
    ("client_id: ", "Campaign1"),
    ("callback_server: ", "https://campaign.contoso.com"),
    ("association_mask: ", "Campaign - contoso - (.*)"),
    ("product_context: ", "dma_campaign_classic"),
    ("experience_cloud_server: ", "https://marketing.adobe.com"),
    ("label: ", "Reviewers"),
    ("create: ", "true"),
    ("profile: ", "Campaign - contoso - reviewers"),
];

/// The part of every canary that is looked for.
const CANARY: &str = "CANARY";

const SHAPES: [&str; 4] = [
    "p8e-CANARYcanary1234567890",
    "@CANARYCANARYCANARYCANA==",
    "eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOiIxIn0.CANARYsignature",
    "-----BEGIN PRIVATE KEY----- CANARYCANARY -----END PRIVATE KEY-----",
];

type Cases = Vec<(String, Vec<u8>)>;

/// A manifest for each field with another value there; `write` makes the YAML from the value that was there.
fn in_every_field(cases: &mut Cases, what: &str, write: impl Fn(&str) -> String) {
    for (index, (before, value)) in FIELDS.iter().enumerate() {
        let old = format!("{before}{value}");
        let new = format!("{before}{}", write(value.trim_matches('"')));
        assert!(BASE.contains(&old), "{old}");
        let text = BASE.replacen(&old, &new, 1);
        cases.push((format!("{what}-{index}"), text.into_bytes()));
    }
}

fn push(cases: &mut Cases, what: &str, texts: impl IntoIterator<Item = String>) {
    for (index, text) in texts.into_iter().enumerate() {
        cases.push((format!("{what}-{index}"), text.into_bytes()));
    }
}

/// The manifest with other lines in place of its client secret.
fn with_secret(lines: &str) -> String {
    BASE.replace("  client_secret: { env: IMS_CLIENT_SECRET }\n", lines)
}

/// Every way to write a literal where a reference is due.
fn literals() -> Vec<String> {
    let inside = [
        "  client_secret: CANARY\n",
        "  client_secret: 'CANARY'\n",
        "  client_secret: \"CANARY\"\n",
        "  client_secret: one CANARY\n    two CANARY\n",
        "  client_secret: 'one CANARY\n\n    two CANARY'\n",
        "  client_secret: \"one CANARY \\\n    two CANARY\"\n",
        "  client_secret: |\n    one CANARY\n    two CANARY\n",
        "  client_secret: |2-\n      CANARY\n",
        "  client_secret: >-\n    one CANARY\n\n    two CANARY\n",
        "  client_secret:\n    CANARY\n",
        "  client_secret: !!str CANARY\n",
        "  client_secret: !vault CANARY\n",
        "  client_secret: !vault |\n    CANARY\n    CANARY\n",
        "  client_secret: &anchor CANARY\n",
        "  ? client_secret\n  : CANARY\n",
        "  \"client\\x5fsecret\": CANARY\n",
        "  client_secret: [CANARY]\n",
        "  client_secret: [{ env: CANARY-1 }]\n",
        "  client_secret: { value: CANARY }\n",
        "  client_secret: { env: { name: CANARY } }\n",
        "  client_secret: { CANARY }\n",
        "  client_secret: { CANARY: x }\n",
        "  client_secret: { env: CANARY-no-identifier }\n",
        "  client_secret:\n    env: CANARY-no-identifier\n",
        "  client_secret: { env: \"CANARY no identifier\" }\n",
        "  client_secret: { env: [CANARY-1] }\n",
        "  client_secret: { enw: CANARY }\n",
        "  client_secret: { env: NAME, value: CANARY }\n",
        "  client_secret: { env: CANARY-no-identifier }\n  client_secret: CANARY\n",
        "  client_secret: CANARY1\n  client_secret: CANARY2\n",
        "  client_secret: CANARY1\n  client_secret: { env: NAME }\n",
        "  client-secret: CANARY\n",
        "  clientSecret: CANARY\n",
        "  CLIENT_SECRET: CANARY\n",
        "  client_secert: CANARY\n",
        "  client_scret: CANARY\n",
        "  cilent_secrte: |\n    CANARY\n",
        "  secret: CANARY\n",
        "  password: CANARY\n",
        "  client_secret : CANARY\n",
        "  client_secret CANARY\n",
        "  client_secret:CANARY\n",
        "  client_secret = CANARY\n",
        "  client_secret: { env:CANARY-1 }\n",
        "  # client_secret: CANARY\n",
        "  # client_secret: \"CANARY\"\n",
        "  # clientSecret=CANARY\n",
        "  # the password: CANARY\n",
        "  client_secret: { env: NAME } # password: CANARY\n",
        "  label: \"client_secret: CANARY\"\n",
        "  client_secret: *nowhere CANARY\n",
    ];
    let mut texts: Vec<String> = inside.iter().map(|lines| with_secret(lines)).collect();
    let outside = [
        ("x-secret: &s CANARY\n", "  client_secret: *s\n"),
        ("x-a: &s CANARY\n", "  client_secret: *s\n"),
        ("x-a: &s [CANARY]\n", "  client_secret: *s\n"),
        ("x-a: &s CANARY\n", "  client_secret: [*s]\n"),
        ("x-a: &s { env: CANARY-1 }\n", "  client_secret: *s\n"),
        ("x-a: &s CANARY-1\n", "  client_secret: { env: *s }\n"),
        ("x-a: &s { CANARY: 1 }\n", "  client_secret: *s\n"),
        ("x-a: &s { client_secret: CANARY }\n", "  <<: *s\n"),
        ("x-a: &s { client_secret: CANARY }\n", "  <<: [*s]\n"),
        (
            "x-a: &s { env: CANARY-1 }\n",
            "  client_secret: { <<: *s }\n",
        ),
        ("x-a: &s { c: &t CANARY }\n", "  client_secret: *t\n"),
    ];
    texts.extend(
        outside
            .iter()
            .map(|(first, lines)| format!("{first}{}", with_secret(lines))),
    );
    let patches = [
        "environments:\n  prod: { external_account: { client_secret: CANARY } }\n",
        "environments:\n  prod:\n    external_account:\n      client_secret: |\n        CANARY\n",
        "environments:\n  prod: { external_account: { client_secret: { env: CANARY-1 } } }\n",
        "environments:\n  prod: { external_account: { client-secret: CANARY } }\n",
        "environments:\n  prod: { client_secret: CANARY }\n  stage: { external_account: { client_secret: null } }\n",
        "environments:\n  prod: { external_account: { client_secret: { env: null, file: null, x: CANARY } } }\n",
    ];
    texts.extend(patches.iter().map(|patch| format!("{BASE}{patch}")));
    texts
}

/// Texts that do not parse, or not as what they were meant to be.
fn broken(shape: &str) -> Vec<String> {
    [
        format!("{BASE}broken: [\nx: {shape}\n"),
        format!("broken: [\n{}", BASE.replace("Contoso", shape)),
        format!("{BASE}\ttab: {shape}\n"),
        format!("{BASE}a: \"\\q {shape}\"\n"),
        format!("{BASE}a: b: {shape}\n"),
        format!("{BASE}---\n{shape}\n"),
        format!("{BASE}x: !odd '{shape}'\n"),
        format!("{BASE}x: *{shape}\n"),
        format!("%YAML {shape}\n{BASE}"),
        format!("\"{shape}\n"),
        format!("'{shape}'\n"),
        format!("- {shape}\n"),
        format!("{BASE}'{shape}': 1\n'{shape}': 2\n"),
        format!("{BASE}? [a, '{shape}']\n: b\n"),
        format!("{BASE}x: &{shape} b\n"),
    ]
    .into()
}

/// Broken texts with a literal that only its place gives away.
fn broken_literals() -> Vec<String> {
    let mut texts = Vec::new();
    for literal in literals() {
        texts.push(format!("{literal}broken: [\n"));
        texts.push(format!("broken: ]\n{literal}"));
    }
    texts
}

fn secrets() -> Cases {
    let mut cases = Cases::new();
    for (index, shape) in SHAPES.iter().enumerate() {
        let name = |what: &str| format!("shape{index}-{what}");
        in_every_field(&mut cases, &name("whole"), |_| format!("'{shape}'"));
        in_every_field(&mut cases, &name("double"), |_| format!("\"{shape}\""));
        in_every_field(&mut cases, &name("part"), |value| {
            format!("\"{value}  {shape} \\u202e\"")
        });
        in_every_field(&mut cases, &name("url"), |_| format!("'http://{shape}/'"));
        in_every_field(&mut cases, &name("comment"), |value| {
            let close = if value.contains("integration") || value == "AdobeID" {
                "]"
            } else {
                ""
            };
            format!("'http://bad {value}' # {shape}\n    {close}")
        });
        let keys = [
            format!("{BASE}'{shape}': 1\n"),
            format!("{BASE}x-'{shape}': 1\n"),
            BASE.replace("admin: {}", &format!("'{shape}': {{}}")),
            BASE.replace("tenant:", &format!("'{shape}':")),
            BASE.replace("env: IMS", &format!("'{shape}': IMS")),
            format!("{BASE}environments:\n  '{shape}': {{ version: 7, instance: {{ url: x }} }}\n"),
            format!("{BASE}environments:\n  prod: {{ groups: {{ '{shape}': null }} }}\n"),
            format!("{BASE}x-a: {{ '{shape}': 1, '{shape}': 2 }}\n"),
        ];
        push(&mut cases, &name("key"), keys);
        let comments = [
            format!("# {shape}\n{BASE}"),
            BASE.replace("tenant: contoso", &format!("tennant: contoso # {shape}")),
            BASE.replace("tenant: contoso", &format!("tenant: a b # {shape}")),
            format!("{BASE}# {shape}"),
            format!("{BASE}x-a: |\n  # {shape}\n"),
        ];
        push(&mut cases, &name("said"), comments);
        push(&mut cases, &name("broken"), broken(shape));
    }
    let key = "-----BEGIN RSA PRIVATE KEY-----\n    CANARYCANARY\n    CANARY\n    -----END RSA PRIVATE KEY-----";
    push(
        &mut cases,
        "pem",
        [
            BASE.replace("label: MAC", &format!("label: |\n    {key}")),
            BASE.replace("label: MAC", &format!("label: \"{key}\"")),
            format!("# {}\n{BASE}", key.replace("\n    ", "\n# ")),
            format!("{BASE}broken: [\n    {key}\n"),
            BASE.replace(
                "label: MAC",
                "label: \"-----BEGIN PRIVATE KEY-----\\nCANARY\\n-----END PRIVATE KEY-----\"",
            ),
            BASE.replace(
                "label: MAC",
                "label: \"-----BEGIN PRIVATE KEY-----\\nCANARY\"",
            ),
        ],
    );
    push(&mut cases, "literal", literals());
    push(&mut cases, "broken-literal", broken_literals());
    for (index, url) in [
        "https://me:CANARY@campaign.contoso.com",
        "http://CANARY@campaign.contoso.com/x",
        "https://me:CANARY%40x@campaign.contoso.com",
        "https://me:CANARY@one@campaign.contoso.com",
        "https://me:CANARY/x@campaign.contoso.com",
        "https://me:CANARY@ho st",
        "ftp://me:CANARY@campaign.contoso.com:x",
    ]
    .iter()
    .enumerate()
    {
        let name = |what: &str| format!("url{index}-{what}");
        in_every_field(&mut cases, &name("field"), |_| format!("'{url}'"));
        push(
            &mut cases,
            &name("said"),
            [
                format!("# {url}\n{BASE}"),
                format!("{BASE}'{url}': 1\n"),
                BASE.replace("tenant: contoso", &format!("tennant: '{url}'")),
            ],
        );
        push(&mut cases, &name("broken"), broken(url));
    }
    // Broken URLs: in a field that is a URL, all that stands before the last `@`.
    for (index, url) in [
        "https:/me:CANARY@campaign.contoso.com",
        "https:me:CANARY@campaign.contoso.com",
        "https//me:CANARY@campaign.contoso.com",
        "https:\\\\me:CANARY@campaign.contoso.com",
        "//me:CANARY@campaign.contoso.com",
        "me:CANARY@campaign.contoso.com",
        "https://me:CAN CANARY@campaign.contoso.com",
        "https://me:CANARY\u{a0}x@campaign.contoso.com",
        "https://\"me:CANARY@campaign.contoso.com",
    ]
    .iter()
    .enumerate()
    {
        for (before, value) in FIELDS
            .iter()
            .filter(|(_, value)| value.starts_with("https:"))
        {
            let text = BASE.replace(&format!("{before}{value}"), &format!("{before}'{url}'"));
            let name = format!("broken-url{index}-{}", before.trim_end_matches(": "));
            cases.push((name, text.into_bytes()));
        }
    }
    cases
}

fn laid_out(cases: &Cases) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in cases {
        fs::write(folder.path().join(format!("{name}.ims.yaml")), bytes).unwrap();
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = program(folder);
    command.env("GITHUB_ACTIONS", "true");
    command.args(arguments).output().unwrap().into()
}

/// Gives every command's and format's output over all cases to `judge`, with what made it.
fn everything(cases: &Cases, judge: impl Fn(&str, &str)) {
    let folder = laid_out(cases);
    let both = |what: &str, run: Run| {
        judge(what, &run.stdout);
        judge(&format!("{what}, standard error"), &run.stderr);
    };
    for format in FORMATS {
        let run = run(folder.path(), &["check", "--format", format]);
        assert!(run.code < 2, "{format}: {}", run.stderr);
        both(format, run);
    }
    let colour = run(folder.path(), &["check", "--color", "always"]);
    let plain = strip_colour(&colour.stdout);
    judge("coloured", &plain);
    both(
        "fix",
        run(folder.path(), &["check", "--fix", "--unsafe", "--diff"]),
    );
    let names: Vec<String> = cases
        .iter()
        .map(|(name, _)| format!("{name}.ims.yaml"))
        .collect();
    fs::create_dir(folder.path().join("out")).unwrap();
    // These say what they find in the same way, so some of the files will do.
    for name in names.iter().step_by(7) {
        for arguments in [
            &["render", name, "--out-dir", "out"][..],
            &["runbook", name],
            &["map", name, "--format", "markdown"],
        ] {
            let run = run(folder.path(), arguments);
            both(&arguments.join(" "), run);
        }
    }
    for entry in fs::read_dir(folder.path().join("out")).unwrap() {
        let path = entry.unwrap().path();
        judge(
            &path.display().to_string(),
            &fs::read_to_string(&path).unwrap(),
        );
    }
}

/// A coloured text without its colours.
fn strip_colour(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        let end = after
            .find(|c: char| !c.is_ascii_digit() && c != ';')
            .unwrap();
        if after.as_bytes().get(end) == Some(&b'm') {
            rest = after.get(end + 1..).unwrap();
        } else {
            plain.push('\u{1b}');
            rest = after;
        }
    }
    plain + rest
}

#[test]
fn no_output_shows_a_secret() {
    let cases = secrets();
    assert!(cases.len() > 700);
    everything(&cases, |what, output| {
        if output.contains(CANARY) {
            let lines: Vec<&str> = output.lines().collect();
            let leaks: Vec<String> = (0..lines.len())
                .filter(|&at| lines.get(at).unwrap().contains(CANARY))
                .map(|at| {
                    let near = lines.get(at.saturating_sub(6)..=at).unwrap();
                    let cut: Vec<String> = near.iter().map(|line| around(line)).collect();
                    cut.join("\n")
                })
                .take(8)
                .collect();
            panic!("{what} shows a secret:\n{}", leaks.join("\n----\n"));
        }
    });
}

/// What is near the canary, or the start of a line.
fn around(line: &str) -> String {
    let at = line.find(CANARY).unwrap_or(0);
    line.chars()
        .skip(line.get(..at).unwrap().chars().count().saturating_sub(100))
        .take(160)
        .collect()
}

const HOSTILE: [&str; 8] = [
    "::error::pwned",
    "a\n::error::pwned",
    "##[error]pwned",
    "##vso[task.setvariable variable=a]pwned",
    "\u{1b}[31mred\u{1b}]0;title\u{7}",
    "\u{202e}drowssap\u{2066}",
    "zero\u{200b}width\u{feff}",
    "c1\u{9b}31m\u{85}\r",
];

fn hostile() -> Cases {
    let mut cases = Cases::new();
    for (index, text) in HOSTILE.iter().enumerate() {
        let escaped: String = text
            .chars()
            .map(|character| match character {
                '\u{20}'..='\u{7e}' => character.to_string(),
                _ => format!("\\u{:04x}", u32::from(character)),
            })
            .collect();
        let name = |what: &str| format!("hostile{index}-{what}");
        let written = escaped.replace("\\u001b", "\\e");
        in_every_field(&mut cases, &name("whole"), |_| format!("\"{written}\""));
        in_every_field(&mut cases, &name("part"), |value| {
            format!("\"{value} {escaped}\"")
        });
        in_every_field(&mut cases, &name("raw"), |value| format!("'{value}{text}'"));
        for (way, text) in [("escaped", &*escaped), ("raw", text)] {
            push(
                &mut cases,
                &name(way),
                [
                    format!("{BASE}\"{text}\": 1\n"),
                    BASE.replace("admin: {}", &format!("\"{text}\": {{}}")),
                    BASE.replace("env: IMS", &format!("\"{text}\": IMS")),
                    BASE.replace("tenant: contoso", &format!("tennant: contoso # {text}")),
                    format!("{BASE}environments:\n  \"{text}\": {{ instance: {{ url: x }} }}\n"),
                    format!("{BASE}environments:\n  prod: {{ groups: {{ \"{text}\": null }} }}\n"),
                    format!("{BASE}\"{text}\": 1\n\"{text}\": 2\n"),
                    format!("# {text}\n{BASE}x: y\n"),
                ],
            );
            push(&mut cases, &name(&format!("{way}-broken")), broken(text));
        }
        if cfg!(unix) {
            for (at, name) in [text.to_string(), format!("{text} ")].iter().enumerate() {
                let text = BASE.replace("tenant: contoso", &format!("tenant: a b # {at}"));
                cases.push((name.clone(), text.into_bytes()));
            }
        }
    }
    cases
}

#[test]
fn no_output_shows_a_hidden_character_or_a_command() {
    let cases = hostile();
    assert!(cases.len() > 700);
    everything(&cases, |what, output| {
        if let Some(at) = output.find(|c: char| c != '\n' && is_hidden(c)) {
            let near: String = output
                .chars()
                .skip(
                    output
                        .get(..at)
                        .unwrap()
                        .chars()
                        .count()
                        .saturating_sub(300),
                )
                .take(400)
                .collect();
            panic!("{what} shows a hidden character:\n{near:?}");
        }
        for line in output.lines() {
            let start = line.trim_start();
            let own = ["::error file=", "::warning file=", "::notice file="];
            let is_own = own.iter().any(|own| line.starts_with(own));
            assert!(is_own || !start.starts_with("::"), "{what}: {line}");
            let lower = line.to_ascii_lowercase();
            assert!(
                !lower.contains("##[") && !lower.contains("##vso["),
                "{what}: {line}"
            );
        }
    });
}

const PACKAGE: &str = r#"<package buildNumber="9394" buildVersion="6.7">
  <entities schema="xtk:group"><group label="Reviewers" name="reviewers"/></entities>
  <entities schema="nms:extAccount">
    <extAccount active="1" callbackServer="https://campaign.contoso.com" clientId="Campaign1" imsOrgId="4E3D60F754C8E5D50A4C98A2@AdobeOrg" imsRightsMask="Campaign - contoso - (.*)" imsServer="https://ims-na1.adobelogin.com" label="MAC" name="Adobe_Experience_Cloud" server="https://marketing.adobe.com" tenant="contoso" userScope="openid,AdobeID,session"/>
  </entities>
</package>
"#;

/// Packages with other texts in their attributes.
fn packages(texts: &[&str]) -> Vec<String> {
    let attributes = [
        "callbackServer",
        "clientId",
        "imsOrgId",
        "imsRightsMask",
        "imsServer",
        "label",
        "server",
        "tenant",
        "userScope",
        "buildNumber",
        "buildVersion",
    ];
    let mut packages = Vec::new();
    for text in texts {
        for attribute in attributes {
            let (before, after) = PACKAGE.split_once(&format!("{attribute}=\"")).unwrap();
            let (_, after) = after.split_once('"').unwrap();
            packages.push(format!("{before}{attribute}=\"{text}\"{after}"));
        }
        packages.push(PACKAGE.replace("name=\"reviewers\"", &format!("name=\"{text}\"")));
        packages.push(PACKAGE.replace("active=", &format!("clientSecret=\"{text}\" active=")));
        packages.push(PACKAGE.replace("active=", &format!("password=\"{text}\" active=")));
        packages.push(PACKAGE.replace("active=", &format!("active=\"{text}\" active=")));
        packages.push(PACKAGE.replace("<entities", &format!("{text}<entities")));
        packages.push(PACKAGE.replace("</package>", &format!("</{text}>")));
        packages.push(PACKAGE.replace("<package", &format!("<!-- {text} --><package")));
        packages.push(PACKAGE.replace("<package", &format!("<!DOCTYPE {text}><package")));
    }
    packages
}

/// What is shown of packages and lists of profiles, and of manifests made from packages.
fn from_packages(texts: &[&str], judge: impl Fn(&str, &str)) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.ims.yaml"), BASE).unwrap();
    for package in packages(texts) {
        fs::write(folder.path().join("p.xml"), &package).unwrap();
        for arguments in [
            &["import", "p.xml"][..],
            &["diff", "a.ims.yaml", "p.xml"],
            &["diff", "a.ims.yaml", "p.xml", "--format", "json"],
        ] {
            let run = run(folder.path(), arguments);
            let what = format!("{arguments:?} of {package}");
            judge(&what, &run.stdout);
            judge(&what, &run.stderr);
        }
    }
    for text in texts {
        let list = format!("{text}\nCampaign - contoso - {text}\n");
        fs::write(folder.path().join("list.txt"), list).unwrap();
        for format in ["table", "json", "markdown", "mermaid"] {
            let arguments = [
                "map",
                "a.ims.yaml",
                "--profiles",
                "list.txt",
                "--format",
                format,
            ];
            let run = run(folder.path(), &arguments);
            assert!(run.code < 2, "{format}: {}", run.stderr);
            judge(format, &run.stdout);
            judge(format, &run.stderr);
        }
    }
}

#[test]
fn nothing_shows_a_secret_of_a_package_or_a_list() {
    let mut texts = SHAPES.to_vec();
    texts.extend([
        "https://me:CANARY@campaign.contoso.com",
        "x http://CANARY@h/",
    ]);
    from_packages(&texts, |what, output| {
        assert!(!output.contains(CANARY), "{what}:\n{output}");
    });
    let literal = PACKAGE.replace(
        "active=",
        "clientSecret=\"CANARY\" password=\"CANARY\" active=",
    );
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("p.xml"), literal).unwrap();
    let import = run(folder.path(), &["import", "p.xml"]);
    assert_eq!(import.code, 0, "{}", import.stderr);
    assert!(!(import.stdout + &import.stderr).contains(CANARY));
}

#[test]
fn nothing_shows_what_is_hostile_in_a_package_or_a_list() {
    let texts = [
        "::error::x",
        "a&#10;::error::x",
        "##[error]x",
        "##vso[task.x]x",
        "\u{202e}x\u{2066}",
        "c1\u{9b}31m",
        "zero\u{200b}width",
        "<b>",
    ];
    from_packages(&texts, |what, output| {
        let hidden = output.chars().find(|&c| c != '\n' && is_hidden(c));
        assert_eq!(hidden, None, "{what}: {output}");
        let command = output
            .lines()
            .find(|line| line.trim_start().starts_with("::"));
        assert_eq!(command, None, "{what}: {output}");
        assert!(
            !output.contains("##[") && !output.contains("##vso["),
            "{what}: {output}"
        );
    });
}

/// What the command line holds is shown as safely as what a file holds.
#[test]
fn arguments_are_shown_safely() {
    let folder = laid_out(&vec![("a".to_owned(), BASE.as_bytes().to_vec())]);
    for text in HOSTILE {
        for arguments in [
            &["check", text][..],
            &["check", "--env", text],
            &["check", "--format", text],
            &["check", "--output", text],
            &["check", "--config", text],
            &["render", text],
            &["render", "a.ims.yaml", "--env", text],
            &["explain", text],
            &["init", text],
            &[text],
        ] {
            if arguments.first() == Some(&"init") && !text.contains('/') {
                continue;
            }
            let run = run(folder.path(), arguments);
            let all = run.stdout + &run.stderr;
            let hidden = all.chars().find(|&c| c != '\n' && is_hidden(c));
            assert_eq!(hidden, None, "{arguments:?}: {all}");
            let command = all.lines().find(|line| line.trim_start().starts_with("::"));
            assert_eq!(command, None, "{arguments:?}: {all}");
            assert!(
                !all.contains("##[") && !all.contains("##vso["),
                "{arguments:?}: {all}"
            );
        }
    }
}
