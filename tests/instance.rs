//! The commands on the instance's side, from arguments to exit code: `import`, `diff`, `map`, `runbook`, `render --include-secret`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

mod support;

use std::{fs, path::Path};

use support::{MANIFEST, Run, TWO_ENVIRONMENTS, program};
use tempfile::TempDir;

const CIPHER: &str = "@57QS5VHMb9BCsojLVrKI/Q==";
const OTHER_CIPHER: &str = "@AAAAAAAAAAAAAAAAAAAAAA==";

struct Room {
    folder: TempDir,
}

impl Room {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let room = Self { folder };
        room.write("a.ims.yaml", MANIFEST);
        room.write("two.ims.yaml", TWO_ENVIRONMENTS);
        room
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// What an instance with the manifest's set-up exports, with one text put in another's place.
    fn package(&self, name: &str, from: &str, to: &str) {
        let (code, xml, _) = self.run(&["render", "a.ims.yaml", "-q"]);
        assert_eq!(code, 0);
        let built_in = "<group label=\"Administrator\" name=\"admin\"/>\n    <group ";
        let xml = xml.replace("<group ", built_in);
        assert!(xml.contains(from));
        self.write(name, &xml.replace(from, to));
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        self.run_with(arguments, &[])
    }

    fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> (i32, String, String) {
        let mut command = program(self.path());
        command.args(arguments).env("COLUMNS", "60");
        command
            .env_remove("SECRET_OF_PROD")
            .env_remove("SECRET_OF_STAGE");
        let Run {
            code,
            stdout,
            stderr,
        } = command
            .envs(variables.iter().copied())
            .output()
            .unwrap()
            .into();
        (code, stdout, stderr)
    }
}

#[test]
fn import_then_check_shows_placeholders_and_what_is_wrong() {
    let room = Room::new();
    room.package(
        "x.xml",
        "https://ims-na1.adobelogin.com",
        "https://ims-na1-stg1.adobelogin.com",
    );
    let (code, out, errors) = room.run(&["import", "x.xml", "-o", "new.ims.yaml"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(
        errors,
        "Took the account `Adobe_Experience_Cloud` (x.xml, line 8).\nWrote new.ims.yaml. Fill in what says CHANGE-ME (3 so far), \
         then run `campaign-ims check new.ims.yaml`.\n"
    );
    let (code, out, _) = room.run(&["check", "new.ims.yaml", "--format", "json"]);
    assert_eq!(code, 1);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let mut rules: Vec<&str> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["rule"].as_str().unwrap())
        .collect();
    rules.sort_unstable();
    assert_eq!(
        rules,
        [
            "ims-server-stage",
            "placeholder",
            "placeholder",
            "placeholder"
        ]
    );
}

#[test]
fn import_without_groups_has_nothing_but_placeholders() {
    let room = Room::new();
    let xml = r#"<entities schema="nms:extAccount"><extAccount name="Adobe_Experience_Cloud"/></entities>"#;
    room.write("x.xml", xml);
    let (code, out, _) = room.run(&["import", "x.xml"]);
    assert_eq!(code, 0);
    room.write("new.ims.yaml", &out);
    let (_, out, _) = room.run(&["check", "new.ims.yaml", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let rules: Vec<&str> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["rule"].as_str().unwrap())
        .collect();
    assert!(rules.iter().all(|rule| *rule == "placeholder"), "{rules:?}");
}

#[test]
fn import_replaces_nothing_and_needs_one_account() {
    let room = Room::new();
    room.package("x.xml", "", "");
    let (code, _, errors) = room.run(&["import", "x.xml", "-o", "a.ims.yaml"]);
    assert_eq!(code, 2);
    assert!(errors.contains("a.ims.yaml: it exists already"), "{errors}");
    assert_eq!(room.read("a.ims.yaml"), MANIFEST);
    let account = r#"<extAccount name="Adobe_Experience_Cloud"/>"#;
    for (xml, message) in [
        (
            r#"<package><entities schema="nms:extAccount"/></package>"#.to_owned(),
            "holds no external account",
        ),
        (
            format!(
                r#"<package><entities schema="nms:extAccount">{account}{account}</entities></package>"#
            ),
            "more than one",
        ),
        ("<package><entities".to_owned(), "line 1, column"),
        ("not xml".to_owned(), "this is not XML"),
    ] {
        room.write("bad.xml", &xml);
        let (code, out, errors) = room.run(&["import", "bad.xml", "-o", "bad.ims.yaml"]);
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(
            errors.contains(message) && errors.contains("`bad.xml`"),
            "{errors}"
        );
        assert!(!room.path().join("bad.ims.yaml").exists());
    }
    let (code, _, errors) = room.run(&["import", "none.xml"]);
    assert_eq!(
        (code, errors.as_str()),
        (
            2,
            "error: cannot read `none.xml`: there is no such file or folder\n"
        )
    );
    assert_eq!(room.run(&["import", "."]).0, 2);
}

/// Whether no command that reads `x.xml` tells a secret of it.
#[track_caller]
fn shows_no_canary(room: &Room) {
    for arguments in [
        &["import", "x.xml"][..],
        &["diff", "a.ims.yaml", "x.xml"],
        &["diff", "a.ims.yaml", "x.xml", "--format", "json"],
    ] {
        let (_, out, errors) = room.run(arguments);
        let all = format!("{out}{errors}").to_lowercase();
        assert!(!all.contains("canary") && !all.contains("57qs"), "{all}");
    }
}

#[test]
fn no_secret_of_a_package_comes_out() {
    let room = Room::new();
    let secrets = format!(
        r#"label="p8e-CanaryCanaryCanary1" clientSecret="{CIPHER}" password="canary-word""#
    );
    room.package("x.xml", r#"label="MAC""#, &secrets);
    let url = room.read("x.xml").replace(
        "https://marketing.adobe.com",
        "https://me:canary-pw@marketing.adobe.com",
    );
    room.write("x.xml", &url);
    shows_no_canary(&room);
    // Nor does one behind its name.
    for (from, to) in [
        ("label=\"MAC\"", "label=\"password: canary-word-1\""),
        ("tenant=\"contoso\"", "tenant=\"api_key=canary-word-1\""),
        ("https://ims-na1", "apikey://canary-ims-na1"),
    ] {
        room.package("x.xml", from, to);
        shows_no_canary(&room);
    }
    // Nor does one in a URL that is misspelt.
    for url in [
        "https:/me:canary@h.example.net",
        "https:\\\\me:canary@h.example.net",
        "//canary@h.example.net",
        "https://me:canary #@h.example.net",
    ] {
        room.package("x.xml", "https://marketing.adobe.com", url);
        shows_no_canary(&room);
    }
    // Nor does one in a text that is no package, or in a configuration.
    let secret = "p8e-CanaryCanaryCanaryCanary12345";
    room.write("broken.xml", &format!("<{secret}></a>"));
    room.write(
        "encoded.xml",
        &format!("<?xml version=\"1.0\" encoding=\"{secret}\"?><a/>"),
    );
    room.write("globs.toml", &format!("exclude = ['[{secret}']"));
    for arguments in [
        &["import", "broken.xml"][..],
        &["import", "encoded.xml"],
        &["check", "a.ims.yaml", "--config", "globs.toml"],
    ] {
        let (code, out, errors) = room.run(arguments);
        assert_eq!(code, 2, "{arguments:?}");
        assert!(!format!("{out}{errors}").contains("Canary"), "{errors}");
    }
}

#[test]
fn diff_shows_drift_with_the_manifests_lines() {
    let room = Room::new();
    room.package("same.xml", "", "");
    let (code, out, _) = room.run(&["diff", "a.ims.yaml", "same.xml"]);
    assert_eq!(
        (code, out.as_str()),
        (
            0,
            "No drift: the account `Adobe_Experience_Cloud` of same.xml is as the manifest says.\n"
        )
    );
    room.package("x.xml", "Campaign - contoso", "Campaign – contoso");
    let (code, out, errors) = room.run(&["diff", "a.ims.yaml", "x.xml"]);
    assert_eq!((code, errors.as_str()), (1, ""));
    insta::assert_snapshot!(out, @"
imsRightsMask  a.ims.yaml:14:21
  manifest  Campaign - contoso - (.*)
  package   Campaign – contoso - (.*)
                     ^
  In the package character 10 is `–` (U+2013 EN DASH), not
  `-` (U+002D HYPHEN-MINUS).

Drift: 1 difference between the manifest and the account `Adobe_Experience_Cloud` of x.xml.
");
    let (code, out, _) = room.run(&["diff", "a.ims.yaml", "x.xml", "--format", "json"]);
    assert_eq!(code, 1);
    insta::assert_snapshot!(out, @r#"
{"version":1,"account":"Adobe_Experience_Cloud",
"differences":[
{"field":"/external_account/association_mask","attribute":"imsRightsMask","manifest":"Campaign - contoso - (.*)","package":"Campaign – contoso - (.*)","path":"a.ims.yaml","range":{"start":{"line":14,"column":21,"offset":463},"end":{"line":14,"column":46,"offset":488}}}
]}
"#);
    // What is left out counts as it is of its kind.
    room.write(
        "more.ims.yaml",
        &MANIFEST.replace(
            "  client_id:",
            "  export_in_packages: true\n  type: 22\n  client_id:",
        ),
    );
    room.package(
        "absent.xml",
        " packageAutoExport=\"0\" productContext=\"dma_campaign_classic\"",
        "",
    );
    let (code, out, _) = room.run(&["diff", "more.ims.yaml", "absent.xml"]);
    assert_eq!(code, 1);
    for said in ["false", "0", "empty"] {
        assert!(
            out.contains(&format!("(absent, which counts as {said})")),
            "{out}"
        );
    }
}

#[test]
fn diff_needs_one_environment_and_a_sound_manifest() {
    let room = Room::new();
    room.package("x.xml", "", "");
    let (code, out, errors) = room.run(&["diff", "two.ims.yaml", "x.xml"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(errors.contains("`prod` or `stage`"), "{errors}");
    assert_eq!(
        room.run(&["diff", "two.ims.yaml", "x.xml", "--env", "prod"])
            .0,
        0
    );
    assert_eq!(
        room.run(&["diff", "two.ims.yaml", "x.xml", "--env", "stage"])
            .0,
        1
    );
    assert_eq!(
        room.run(&["diff", "two.ims.yaml", "x.xml", "--env", "none"])
            .0,
        2
    );
    room.write(
        "bad.ims.yaml",
        &MANIFEST.replace("https://ims", "http://ims"),
    );
    let (code, out, errors) = room.run(&["diff", "bad.ims.yaml", "x.xml"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(errors.contains("ims-server-not-https"), "{errors}");
}

#[test]
fn map_compares_with_a_list() {
    let room = Room::new();
    room.write(
        "list.txt",
        "\u{feff}Campaign - contoso - admin\r\n\r\nCampaign – contoso - reviewers\r\n",
    );
    let (code, out, _) = room.run(&[
        "map",
        "a.ims.yaml",
        "--profiles",
        "list.txt",
        "--format",
        "json",
    ]);
    assert_eq!(code, 1);
    insta::assert_snapshot!(out, @r#"
{"version":1,
"environments":[
{"environment":null,"mask":"Campaign - contoso - (.*)","rows":[{"profile":"Campaign - contoso - admin","group":"admin","status":"ok"},{"profile":"Campaign - contoso - reviewers","group":"reviewers","status":"missing"},{"profile":"Campaign – contoso - reviewers","group":null,"status":"misspelt","meant":"Campaign - contoso - reviewers"}]}
]}
"#);
    room.write("list.csv", "Name,Users\n\"Campaign - contoso - admin\",3\nCampaign - contoso - reviewers,1\nPhotoshop,9\n");
    let (code, out, _) = room.run(&[
        "map",
        "a.ims.yaml",
        "--profiles",
        "list.csv",
        "--column",
        "Name",
    ]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(out, @"
contoso-prod
Association mask: Campaign - contoso - (.*)

  Product profile                 Operator group  Status
  Campaign - contoso - admin      admin           ok
  Campaign - contoso - reviewers  reviewers       ok
  Photoshop                       -               unmatched
");
    // The same as a list of names would say of every group that nobody can sign in.
    let (code, out, errors) = room.run(&["map", "a.ims.yaml", "--profiles", "list.csv"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(errors.contains("add `--column NAME`"), "{errors}");
    for (list, expected) in [
        (
            "Campaign - contoso - admin\nCampaign - contoso - reviewers\nCampaign - contoso - workflow\n",
            0,
        ),
        (
            "Campaign - contoso - admin\nCampaign - contoso - reviewers\nCampaign - contoso- workflow\n",
            1,
        ),
        (
            "Campaign - contoso - admin\nCampaign - contoso - reviewers\nCampaign - contoso - editors\n",
            1,
        ),
        (
            "Email;Product Configurations\na@x.com;\"Campaign - contoso - admin,Campaign - contoso - reviewers\"\n",
            0,
        ),
        (
            r#"{"lastPage":true,"groups":[{"type":"PRODUCT_PROFILE","groupName":"Campaign - contoso - admin"},
            {"type":"PRODUCT_PROFILE","groupName":"Campaign - contoso - reviewers"}]}"#,
            0,
        ),
    ] {
        room.write("other", list);
        let (code, out, errors) = room.run(&["map", "a.ims.yaml", "--profiles", "other"]);
        assert_eq!(code, expected, "{list}\n{out}\n{errors}");
    }
    let (code, _, errors) = room.run(&[
        "map",
        "a.ims.yaml",
        "--profiles",
        "list.csv",
        "--column",
        "name",
    ]);
    assert_eq!(code, 2);
    assert!(errors.contains("choose `Name` or `Users`"), "{errors}");
    assert_eq!(room.run(&["map", "a.ims.yaml", "--column", "Name"]).0, 2);
    assert_eq!(room.run(&["map", "two.ims.yaml"]).0, 0);
    fs::write(room.path().join("latin"), b"a\n\xe9").unwrap();
    let (code, _, errors) = room.run(&["map", "a.ims.yaml", "--profiles", "latin"]);
    assert_eq!(code, 2);
    assert!(errors.contains("line 2 is not UTF-8"), "{errors}");
}

#[test]
fn map_shows_mismatches_though_they_are_errors() {
    let room = Room::new();
    let manifest = MANIFEST.replace("label: Reviewers", "profile: Campaign - contoso - editors");
    room.write("bad.ims.yaml", &manifest);
    let (code, out, errors) = room.run(&["map", "bad.ims.yaml"]);
    assert_eq!(code, 1);
    assert!(errors.contains("group-capture-mismatch"), "{errors}");
    assert!(out.contains("mismatch"), "{out}");
    room.write(
        "worse.ims.yaml",
        &manifest.replace("https://ims", "http://ims"),
    );
    let (code, out, _) = room.run(&["map", "worse.ims.yaml"]);
    assert_eq!((code, out.as_str()), (1, ""));
}

#[test]
fn the_run_book() {
    let room = Room::new();
    let (code, out, errors) = room.run(&["runbook", "two.ims.yaml", "--env", "stage"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    insta::assert_snapshot!(out, @r#"
# Run book: signing in to Adobe Campaign with an Adobe ID

Work from top to bottom, and tick off each step. Who does it is said first:

- *Admin Console*: a system administrator of the organization
- *Campaign*: an administrator of the instance, in the client console
- *Server*: somebody with a shell on the instance's server
- *Repository*: somebody with the manifest and `campaign-ims`

## stage: `contoso-stage`

<div style="break-inside: avoid">

### 1. Before you begin

- [ ] **1.1** *Campaign*: `contoso-stage` is on-premise or hybrid: where Adobe hosts an instance, Adobe sets IMS up, not you.
- [ ] **1.2** *Campaign*: It runs a release that is ready for IMS: 7.4.1 or later (recommended), 7.3.5, 7.3.3.IMS or 7.3.2.IMS.
- [ ] **1.3** *Campaign*: Its own package exports say `buildVersion="6.7"` and `buildNumber="9394"` on their first line: an import needs both to match.
- [ ] **1.4** *Campaign*: The built-in package "Integration with the Adobe Experience Cloud" is installed there (marketing instances have it). It makes the account `Adobe_Experience_Cloud`: the first time, install it now, or there is no account yet.
- [ ] **1.5** *Campaign*: Every operator has the latest client console.
- [ ] **1.6** *Admin Console*: You may administer the organization Contoso (`7A1E42C95D3B4F600A495E31@AdobeOrg`).

</div>

<div style="break-inside: avoid">

### 2. The ticket to Adobe

- [ ] **2.1** *Campaign*: Send this to Adobe Customer Care, and wait for the answer:

  ```text
  Subject: IMS sign-in for the Adobe Campaign Classic instance contoso-stage

  Please provision the IMS client of this instance with these values, and confirm each:

  Organization: Contoso
  Organization ID: 7A1E42C95D3B4F600A495E31@AdobeOrg
  Instance: contoso-stage
  Access URL: https://stage.fabrikam.com
  Callback server (on the allow list of IMS): https://stage.fabrikam.com
  IMS client ID: Campaign1
  Scopes: openid,AdobeID,session
  Product context: dma_campaign_classic

  Please send us the client secret by a safe way, not in this ticket.
  ```

- [ ] **2.2** *Repository*: Where the answer has another value, write it into the manifest, run `campaign-ims check`, and make this run book again.
- [ ] **2.3** *Campaign*: Keep the client secret where secrets are kept, never in the manifest. The manifest says: the environment variable `SECRET_OF_STAGE`.

</div>

<div style="break-inside: avoid">

### 3. A way back

- [ ] **3.1** *Campaign*: Export today's account and groups from `contoso-stage`: Tools > Advanced > Export package, a user package, with the entities `nms:extAccount` (filter: its internal name is `Adobe_Experience_Cloud`) and `xtk:group`. Save it as `contoso-stage-before.xml`. It does not hold the client secret: make sure that you still have the old one.
- [ ] **3.2** *Campaign*: Keep one native administrator: that is the way back. Sign in as that operator once, with the password.
- [ ] **3.3** *Server*: That operator keeps native sign-in: since 7.4.1, `<imsConfig>` in `serverConf.xml` can restrict it, and then only operators in `allowOperator` have it. Add that operator there before anybody switches the restriction on.
- [ ] **3.4** *Repository*: See what will change (an error that there is no account means that the built-in package is not installed):

  ```sh
  campaign-ims diff two.ims.yaml --env stage contoso-stage-before.xml
  ```

- [ ] **3.5** *Campaign*: `Adobe_Experience_Cloud` is the only external account of IMS there. Only now that there is an export: delete any other.

</div>

<div style="break-inside: avoid">

### 4. Operators and users

- [ ] **4.1** *Campaign*: Every native operator has an e-mail address, and no two have the same, before the first sign-in with an Adobe ID: it is what finds the operator.
- [ ] **4.2** *Campaign*: Technical operators (API calls) do not sign in this way: move each to a technical account of the Adobe Developer Console with the product profile `Campaign - contoso-stage - messagecenter`.
- [ ] **4.3** *Admin Console*: The operators are users of the organization, with the same e-mail addresses.

</div>

<div style="break-inside: avoid">

### 5. Product profiles

- [ ] **5.1** *Admin Console*: These product profiles exist, named exactly so, blanks and letter case included:

  ```text
  Campaign - contoso-stage - admin
  Campaign - contoso-stage - reviewers
  ```

- [ ] **5.2** *Admin Console*: Link the users to them, then export the users (Users > ... > Export users list to CSV) as `users.csv`. A profile without members is not in that file.
- [ ] **5.3** *Repository*: Compare. The exit code is 0:

  ```sh
  campaign-ims map two.ims.yaml --env stage --profiles users.csv
  ```

</div>

<div style="break-inside: avoid">

### 6. Operator groups

- [ ] **6.1** *Campaign*: The built-in groups have not been renamed: `admin`.
- [ ] **6.2** *Campaign*: These groups do not exist yet, or may get the label that the manifest gives them: `reviewers`. The package creates them, without rights.

</div>

<div style="break-inside: avoid">

### 7. The package

- [ ] **7.1** *Repository*: Render it. It is for the instance `contoso-stage` alone:

  ```sh
  campaign-ims render two.ims.yaml --env stage -o contoso-stage.xml
  ```

- [ ] **7.2** *Server* or *Campaign*: Before the import, the file has this SHA-256 (`sha256sum`; on Windows `certutil -hashfile FILE SHA256`):

  ```text
  14337df894aec17f1569472cc9992f08a3df8011f3e9205ea5d87be379805011
  ```

- [ ] **7.3** *Campaign* or *Server*: Import it on `contoso-stage`, in the client console under Tools > Advanced > Import package, or on the server:

  ```sh
  nlserver package -instance:contoso-stage -import:contoso-stage.xml -verbose
  ```

</div>

<div style="break-inside: avoid">

### 8. After the import

- [ ] **8.1** *Campaign*: Give rights to the groups that the package creates (it holds none): `reviewers`.
- [ ] **8.2** *Campaign*: Type the IMS client secret into the external account: the package leaves it out, and the instance keeps the one it has.
- [ ] **8.3** *Server*: Restart the server. Every later change to the account needs that, too.

Instead of typing the secret, `render --include-secret` can take it from the environment variable `SECRET_OF_STAGE`, where it must be the cipher text that `xtk:session#EncryptPassword` made on `contoso-stage`. The package holds the client secret, encrypted for this instance: keep it out of version control, and delete it once it is imported. Its SHA-256 is then another one, which `render` says.

</div>

<div style="break-inside: avoid">

### 9. Sign-in

- [ ] **9.1** *Campaign*: In the client console, open the connection's settings and tick "Connect with an Adobe ID".
- [ ] **9.2** *Campaign*: Sign in with an Adobe ID of each product profile.
- [ ] **9.3** *Campaign*: The native administrator can still sign in, with the box unticked.

Where it does not work:

| What you see | What to look at |
|---|---|
| You are redirected to adobe.com | The callback server: it must be `https://stage.fabrikam.com`, the access URL of this instance, and on the allow list of IMS |
| "Login does not have any right matching the expression" | The user's product profile, letter by letter: it must match `Campaign - contoso-stage - (.*)`, and the group that it gives must exist in Campaign, not renamed, with rights |
| The sign-in page for Adobe IDs does not appear | The scopes: only what Adobe provisioned for `Campaign1` |
| Nothing changed | The restart: every change to the account needs one |
| Anything else at sign-in in the console | The WebView2 cache of the client console: clear it |

To go back: sign in as the native administrator with "Connect with an Adobe ID" unticked, import `contoso-stage-before.xml`, type its client secret, and restart the server.

</div>

<div style="break-inside: avoid">

### 10. The proof

- [ ] **10.1** *Campaign*: Export the account and the groups from `contoso-stage` again, as in "A way back", to `contoso-stage-after.xml`.
- [ ] **10.2** *Repository*: Compare. The command says that there is no drift, and its exit code is 0:

  ```sh
  campaign-ims diff two.ims.yaml --env stage contoso-stage-after.xml
  ```

This also settles what Adobe does not document: which attribute is behind which field of the form (`userScope`, `clientId` and `imsRightsMask` are inferred). Compare these three with the form once.

</div>
"#);
    let (_, both, _) = room.run(&["runbook", "two.ims.yaml"]);
    let at = |text: &str| both.find(text).unwrap();
    assert!(at("\n## stage: ") < at("\n## prod: "), "{both}");
    room.write(
        "odd.ims.yaml",
        &MANIFEST.replace("name: Contoso", "name: \"@x <b> [a](b) | `\""),
    );
    let (_, odd, _) = room.run(&["runbook", "odd.ims.yaml"]);
    assert!(odd.contains(r"&#64;x &lt;b&gt; \[a\]\(b\) \| \`"), "{odd}");
    room.write(
        "plain.ims.yaml",
        &MANIFEST.replace("  client_secret: { env: SECRET_OF_PROD }\n", ""),
    );
    let (_, plain, _) = room.run(&["runbook", "plain.ims.yaml"]);
    assert!(plain.contains("does not say where the secret is kept"));
}

#[test]
fn a_package_for_any_build_is_not_for_the_console() {
    let room = Room::new();
    let any = MANIFEST.replace("number: 9394", "number: \"*\"");
    assert_ne!(any, MANIFEST);
    room.write("any.ims.yaml", &any);
    let (code, _, steps) = room.run(&["render", "any.ims.yaml"]);
    assert_eq!(code, 0);
    assert!(
        steps.contains("xtk:builder#InstallPackage") && !steps.contains("nlserver package"),
        "{steps}"
    );
    let (_, book, _) = room.run(&["runbook", "any.ims.yaml"]);
    assert!(
        book.contains("xtk:builder#InstallPackage") && !book.contains("buildNumber"),
        "{book}"
    );
}

#[test]
fn a_cipher_text_is_put_in() {
    let room = Room::new();
    let variables = [
        ("SECRET_OF_PROD", CIPHER),
        ("SECRET_OF_STAGE", OTHER_CIPHER),
    ];
    let arguments = ["render", "a.ims.yaml", "--include-secret", "-o", "x.xml"];
    let (code, out, errors) = room.run_with(&arguments, &variables);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(
        errors.contains("Wrote x.xml, which now holds a client secret") && !errors.contains("57QS"),
        "{errors}"
    );
    assert!(
        room.read("x.xml")
            .contains(&format!(" clientSecret=\"{CIPHER}\" "))
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(room.path().join("x.xml"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let check = [&arguments[..], &["--check"]].concat();
    assert_eq!(room.run_with(&check, &variables).0, 0);
    let (code, out, errors) = room.run_with(&check, &[("SECRET_OF_PROD", OTHER_CIPHER)]);
    assert_eq!(code, 1);
    assert!(
        !format!("{out}{errors}").contains("57QS") && !errors.contains("AAAA"),
        "{errors}"
    );
    let both = [
        "render",
        "two.ims.yaml",
        "--include-secret",
        "--out-dir",
        "out",
    ];
    assert_eq!(room.run_with(&both, &variables).0, 0);
    assert!(room.read("out/contoso-stage.xml").contains(OTHER_CIPHER));
    assert!(!room.read("a.ims.yaml").contains(CIPHER));
}

#[test]
fn anything_else_is_refused_without_being_shown() {
    let room = Room::new();
    let arguments = ["render", "a.ims.yaml", "--include-secret", "-o", "x.xml"];
    for value in [
        "canary",
        "",
        "@canary",
        "@canary==",
        " @57QS5VHMb9BCsojLVrKI/Q==",
        "@57QS5VHMb9BCsojLVrKI/Q",
    ] {
        let (code, out, errors) = room.run_with(&arguments, &[("SECRET_OF_PROD", value)]);
        assert_eq!(code, 2, "{errors}");
        let all = format!("{out}{errors}");
        assert!(!all.contains("canary") && !all.contains("57QS"), "{all}");
        assert!(all.contains("error: the client secret is"), "{all}");
    }
    let (code, _, errors) = room.run(&arguments);
    assert_eq!(code, 2);
    assert!(errors.contains("`SECRET_OF_PROD` is not set"), "{errors}");
    // All or none: the second one's is missing.
    let both = [
        "render",
        "two.ims.yaml",
        "--include-secret",
        "--out-dir",
        "out",
    ];
    let (code, _, errors) = room.run_with(&both, &[("SECRET_OF_PROD", CIPHER)]);
    assert_eq!(code, 2);
    assert!(errors.contains("in the environment `stage`, "), "{errors}");
    // One reference for two instances.
    room.write(
        "two.ims.yaml",
        &TWO_ENVIRONMENTS.replace("SECRET_OF_STAGE", "SECRET_OF_PROD"),
    );
    let (code, _, errors) = room.run_with(&both, &[("SECRET_OF_PROD", CIPHER)]);
    assert_eq!(code, 2);
    assert!(errors.contains("another instance's"), "{errors}");
    room.write(
        "a.ims.yaml",
        &MANIFEST.replace("  client_secret: { env: SECRET_OF_PROD }\n", ""),
    );
    assert_eq!(room.run(&arguments).0, 2);
    assert!(!room.path().join("x.xml").exists() && !room.path().join("out").exists());
}

#[cfg(unix)]
#[test]
fn a_secrets_file_stays_inside_the_repository() {
    use std::os::unix::fs::symlink;
    let room = Room::new();
    let root = room.path().join("repository");
    fs::create_dir_all(root.join(".git")).unwrap();
    fs::create_dir_all(root.join("conf")).unwrap();
    fs::create_dir_all(root.join("secrets")).unwrap();
    fs::write(root.join("secrets/prod"), format!("{CIPHER}\n")).unwrap();
    fs::write(room.path().join("outside"), CIPHER).unwrap();
    fs::write(root.join("large"), vec![b'a'; 64 * 1024 + 1]).unwrap();
    fs::write(root.join("clear"), "canary").unwrap();
    symlink(root.join("secrets/prod"), root.join("inside")).unwrap();
    symlink(room.path().join("outside"), root.join("link")).unwrap();
    symlink(room.path(), root.join("folder")).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(root.join("pipe"))
        .status();
    assert!(made.unwrap().success());
    let absolute = root.join("secrets/prod");
    for (file, message) in [
        ("../secrets/prod", None),
        ("../inside", None),
        (
            "../../outside",
            Some("outside of the manifest's repository"),
        ),
        ("../../none", Some("outside of the manifest's repository")),
        ("../link", Some("outside of the manifest's repository")),
        (
            "../folder/outside",
            Some("outside of the manifest's repository"),
        ),
        (
            absolute.to_str().unwrap(),
            Some("outside of the manifest's repository"),
        ),
        ("/dev/zero", Some("outside of the manifest's repository")),
        ("../pipe", Some("not a regular file")),
        ("../secrets", Some("not a regular file")),
        ("../large", Some("more than 64 KiB")),
        ("../clear", Some("is not a cipher text")),
        ("../canary", Some("there is no such file")),
    ] {
        let manifest =
            MANIFEST.replace("{ env: SECRET_OF_PROD }", &format!("{{ file: '{file}' }}"));
        fs::write(root.join("conf/a.ims.yaml"), manifest).unwrap();
        let (code, out, errors) =
            room.run(&["render", "repository/conf/a.ims.yaml", "--include-secret"]);
        match message {
            None => assert!(code == 0 && out.contains(CIPHER), "{errors}"),
            Some(message) => {
                assert_eq!((code, out.as_str()), (2, ""), "{file}: {errors}");
                assert!(
                    errors.contains(message) && !errors.contains("canary"),
                    "{file}: {errors}"
                );
            }
        }
    }
    // Without a repository the manifest's own folder is the limit.
    fs::remove_dir(root.join(".git")).unwrap();
    if !room
        .path()
        .ancestors()
        .any(|folder| folder.join(".git").exists())
    {
        let manifest = MANIFEST.replace("{ env: SECRET_OF_PROD }", "{ file: ../secrets/prod }");
        fs::write(root.join("conf/a.ims.yaml"), manifest).unwrap();
        assert_eq!(
            room.run(&["render", "repository/conf/a.ims.yaml", "--include-secret"])
                .0,
            2
        );
    }
}

#[test]
fn a_package_where_a_manifest_is_due_is_named_and_the_reverse() {
    let room = Room::new();
    assert_eq!(room.run(&["render", "a.ims.yaml", "-o", "a.xml"]).0, 0);
    for (arguments, expected) in [
        (
            &["diff", "a.xml", "a.ims.yaml"][..],
            "the manifest comes first",
        ),
        (&["map", "a.xml"], "`a.xml` is XML, where a manifest is due"),
        (
            &["render", "a.xml"],
            "`a.xml` is XML, where a manifest is due",
        ),
        (
            &["import", "a.ims.yaml"],
            "this is a manifest, where a package is due",
        ),
        (&["diff", "a.ims.yaml", "a.ims.yaml"], "this is a manifest"),
    ] {
        let (code, out, errors) = room.run(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(errors.contains(expected), "{arguments:?}: {errors}");
    }
}

#[test]
fn a_manifest_has_no_drift_against_its_own_package_and_renamed_groups_are_named() {
    let room = Room::new();
    assert_eq!(room.run(&["render", "a.ims.yaml", "-o", "own.xml"]).0, 0);
    assert_eq!(room.run(&["diff", "a.ims.yaml", "own.xml"]).0, 0);
    let own = fs::read_to_string(room.path().join("own.xml")).unwrap();
    let groups = "<group label=\"Administrator\" name=\"boss\"/><group label=\"Reviewers\" name=\"reviewers\"/>";
    let export = own
        .replace("name=\"ims-contoso-prod\" namespace=\"cus\"", "")
        .replace("<group label=\"Reviewers\" name=\"reviewers\"/>", groups);
    room.write("export.xml", &export);
    let (code, out, _) = room.run(&["diff", "a.ims.yaml", "export.xml"]);
    assert_eq!(code, 1);
    insta::assert_snapshot!(out, @"
name of an operator group  a.ims.yaml:16:3
  manifest  admin
  package   boss (renamed?)
  The package has no such group, but `boss` has its label:
  was it renamed? Whoever has the product profile of `admin`
  cannot sign in. Built-in groups must keep their names:
  rename it back in Campaign.

Drift: 1 difference between the manifest and the account `Adobe_Experience_Cloud` of export.xml.
");
    let (code, out, _) = room.run(&["diff", "a.ims.yaml", "export.xml", "--format", "json"]);
    assert_eq!(code, 1);
    assert!(
        out.contains(
            r#""field":"/groups/admin","attribute":"name","manifest":"admin","package":"boss""#
        ),
        "{out}"
    );
    // What an export has exists; what was rendered is yet to be made.
    for (package, expected) in [("own.xml", "create: true"), ("export.xml", "create: false")] {
        let (_, out, _) = room.run(&["import", package]);
        assert!(
            out.contains(&format!(
                "  reviewers:\n    label: Reviewers\n    {expected}\n"
            )),
            "{out}"
        );
    }
}

#[test]
fn where_no_manifest_is_found_it_says_what_could_have_been_meant() {
    let room = Room::new();
    for file in ["a.ims.yaml", "two.ims.yaml"] {
        fs::remove_file(room.path().join(file)).unwrap();
    }
    fs::create_dir_all(room.path().join(".git")).unwrap();
    room.write(".gitignore", "b.ims.yaml\n");
    room.write("campaign-ims.toml", "exclude = [\"a.ims.yaml\"]\n");
    room.write("docker-compose.yaml", "version: 1\n");
    let (code, _, errors) = room.run(&["check"]);
    assert_eq!(code, 2);
    assert!(errors.trim_end().ends_with("files in it"), "{errors}");
    for file in ["a.ims.yaml", "b.ims.yaml", "prod.yml"] {
        room.write(file, MANIFEST);
    }
    let (code, _, errors) = room.run(&["check"]);
    assert_eq!(code, 2);
    for part in [
        "`a.ims.yaml` is excluded by the configuration",
        "`b.ims.yaml` is ignored by a .gitignore",
        "`prod.yml` looks like a manifest: rename it to `prod.ims.yaml`, or name it",
    ] {
        assert!(errors.contains(part), "{errors}");
    }
}

#[test]
fn an_environment_that_is_not_there_is_answered_with_those_that_are() {
    let room = Room::new();
    for command in ["check", "render", "map", "runbook"] {
        let (code, _, errors) = room.run(&[command, "two.ims.yaml", "--env", "stag"]);
        assert_eq!(code, 2, "{command}");
        assert!(errors.contains("`prod` or `stage`"), "{command}: {errors}");
        let (code, _, errors) = room.run(&[command, "a.ims.yaml", "--env", "stag"]);
        assert_eq!(code, 2, "{command}");
        assert!(errors.contains("leave `--env` out"), "{command}: {errors}");
    }
}

#[test]
fn a_starter_of_a_name_that_no_check_finds_says_so() {
    let room = Room::new();
    let (_, _, errors) = room.run(&["init", "new one.yaml"]);
    assert!(errors.contains("would not find it"), "{errors}");
    assert!(
        errors.contains("`campaign-ims check 'new one.yaml'`"),
        "{errors}"
    );
    let (_, _, errors) = room.run(&["init", "new.ims.yaml"]);
    assert!(!errors.contains("would not find it"), "{errors}");
}
