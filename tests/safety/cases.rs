//! The cases: manifests and packages that hold what must not be shown, written in every way that comes to mind.

pub const BASE: &str = r#"version: 1
organization:
  name: Contoso
  id: 0A1B2C3D4E5F60718293A4B5@AdobeOrg
  tenant: contoso
instance:
  name: contoso-prod
  url: https://campaign.contoso.com
  hosting: on-premise
  build: { version: "6.7", number: 9394 }
  release: 7.4.3
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
pub const FIELDS: [(&str, &str); 24] = [
    ("version: ", "1"),
    ("name: ", "Contoso"),
    ("id: ", "0A1B2C3D4E5F60718293A4B5@AdobeOrg"),
    ("tenant: ", "contoso"),
    ("name: ", "contoso-prod"),
    ("url: ", "https://campaign.contoso.com"),
    ("hosting: ", "on-premise"),
    ("{ version: ", "\"6.7\""),
    ("number: ", "9394"),
    ("release: ", "7.4.3"),
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
pub const CANARY: &str = "CANARY";

pub const SHAPES: [&str; 4] = [
    "p8e-CANARYcanary1234567890",
    "@CANARYCANARYCANARYCANA==",
    "eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOiIxIn0.CANARYsignature",
    "-----BEGIN PRIVATE KEY----- CANARYCANARY -----END PRIVATE KEY-----",
];

pub type Cases = Vec<(String, Vec<u8>)>;

/// A manifest for each field with another value there; `write` makes the YAML from the value that was there.
pub fn in_every_field(cases: &mut Cases, what: &str, write: impl Fn(&str) -> String) {
    for (index, (before, value)) in FIELDS.iter().enumerate() {
        let old = format!("{before}{value}");
        let new = format!("{before}{}", write(value.trim_matches('"')));
        assert!(BASE.contains(&old), "{old}");
        let text = BASE.replacen(&old, &new, 1);
        cases.push((format!("{what}-{index}"), text.into_bytes()));
    }
}

pub fn push(cases: &mut Cases, what: &str, texts: impl IntoIterator<Item = String>) {
    for (index, text) in texts.into_iter().enumerate() {
        cases.push((format!("{what}-{index}"), text.into_bytes()));
    }
}

/// The manifest with other lines in place of its client secret.
pub fn with_secret(lines: &str) -> String {
    BASE.replace("  client_secret: { env: IMS_CLIENT_SECRET }\n", lines)
}

/// Every way to write a literal where a reference is due.
pub fn literals() -> Vec<String> {
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
        "  client_secret: *CANARY\n",
        "  client_secret: &CANARY\n",
        "  client_secret: &CANARY CANARY\n",
        "  client_secret: x #CANARY\n",
        "  client_secret: #CANARY\n",
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
pub fn broken(shape: &str) -> Vec<String> {
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
pub fn broken_literals() -> Vec<String> {
    let mut texts = Vec::new();
    for literal in literals() {
        texts.push(format!("{literal}broken: [\n"));
        texts.push(format!("broken: ]\n{literal}"));
    }
    texts
}

/// What fills a text up to as many characters as the filling has.
fn before_in(filling: String, value: &str) -> String {
    let filling = filling.get(..filling.len().saturating_sub(value.len() + 1));
    filling.unwrap_or_default().to_owned()
}

pub fn secrets() -> Cases {
    let mut cases = Cases::new();
    for (index, shape) in SHAPES.iter().enumerate() {
        let name = |what: &str| format!("shape{index}-{what}");
        in_every_field(&mut cases, &name("whole"), |_| format!("'{shape}'"));
        in_every_field(&mut cases, &name("double"), |_| format!("\"{shape}\""));
        in_every_field(&mut cases, &name("part"), |value| {
            format!("\"{value}  {shape} \\u202e\"")
        });
        // Where a message cuts what it quotes, at 80 characters, the secret's end is missing.
        for before in [40, 55, 62, 68, 73, 77, 79] {
            in_every_field(&mut cases, &name(&format!("cut{before}")), |value| {
                let filling = before_in("-".repeat(before), value);
                format!("'{value}{filling} {shape}'")
            });
            let long = format!("{} {shape}", "k".repeat(before));
            let keys = [
                format!("{BASE}'{long}': 1\n"),
                BASE.replace("admin: {}", &format!("'{long}': {{}}")),
                BASE.replace("admin: {}", &format!("'{long}': {{ profile: '{long}' }}")),
            ];
            push(&mut cases, &name(&format!("cut{before}-key")), keys);
        }
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
        "http://u:CANARY@campaign.contoso.com/x",
        "https://me:CANARY%40x@campaign.contoso.com",
        "https://me:CANARY@one@campaign.contoso.com",
        "https://me:CANARY%2Fx@campaign.contoso.com",
        "https://me:CANARY@ho st",
        "https://me:''CANARY\"@campaign.contoso.com",
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
    let long = format!("https://me:{}CANARY@campaign.contoso.com", "x".repeat(1100));
    in_every_field(&mut cases, "long-url", |_| format!("'{long}'"));
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

pub const HOSTILE: [&str; 8] = [
    "::error::pwned",
    "a\n::error::pwned",
    "##[error]pwned",
    "##vso[task.setvariable variable=a]pwned",
    "\u{1b}[31mred\u{1b}]0;title\u{7}",
    "\u{202e}drowssap\u{2066}",
    "zero\u{200b}width\u{feff}",
    "c1\u{9b}31m\u{85}\r",
];

pub fn hostile() -> Cases {
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

pub const PACKAGE: &str = r#"<package buildNumber="9394" buildVersion="6.7">
  <entities schema="xtk:group"><group label="Reviewers" name="reviewers"/></entities>
  <entities schema="nms:extAccount">
    <extAccount active="1" callbackServer="https://campaign.contoso.com" clientId="Campaign1" imsOrgId="0A1B2C3D4E5F60718293A4B5@AdobeOrg" imsRightsMask="Campaign - contoso - (.*)" imsServer="https://ims-na1.adobelogin.com" label="MAC" name="Adobe_Experience_Cloud" server="https://marketing.adobe.com" tenant="contoso" userScope="openid,AdobeID,session"/>
  </entities>
</package>
"#;

/// Packages with other texts in their attributes.
pub fn packages(texts: &[&str]) -> Vec<String> {
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
