use super::super::fixtures::example;
use super::super::{Group, Package, ReadPackage, read, render};
use super::{Difference, DifferenceKind, diff};

fn found(text: &str) -> ReadPackage {
    read(text.as_bytes()).unwrap()
}

fn compare(expected: &Package, others: &[&str], text: &str) -> Vec<Difference> {
    let package = found(text);
    diff(expected, others, &package, package.account().unwrap())
}

fn brief(differences: &[Difference]) -> Vec<(&str, &str, &str, Option<&str>)> {
    differences
        .iter()
        .map(|it| {
            (
                it.field.as_str(),
                it.attribute,
                it.manifest.as_str(),
                it.package.as_deref(),
            )
        })
        .collect()
}

#[test]
fn what_was_rendered_has_no_drift() {
    let mut package = example();
    package.account.account_type = Some(20);
    let text = render(&package).unwrap();
    assert_eq!(compare(&package, &[], &text), []);
}

#[test]
fn every_attribute_is_compared() {
    let text = render(&example()).unwrap();
    let package = Package {
        account: super::Account {
            account_type: Some(1),
            name: "Adobe_Marketing_Cloud".into(),
            package_auto_export: true,
            ..Default::default()
        },
        ..example()
    };
    let differences = compare(&package, &[], &text);
    let fields: Vec<_> = differences.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "/external_account/enabled",
            "/external_account/callback_server",
            "/external_account/client_id",
            "/organization/id",
            "/external_account/association_mask",
            "/external_account/ims_server",
            "/external_account/label",
            "/external_account/name",
            "/external_account/export_in_packages",
            "/external_account/product_context",
            "/external_account/experience_cloud_server",
            "/organization/tenant",
            "/external_account/type",
            "/external_account/scope",
        ]
    );
    for it in &differences {
        let named = it.field == "/external_account/name";
        assert_eq!(it.kind == DifferenceKind::ImsAccountName, named);
    }
    assert_eq!(differences[0].manifest, "false");
    assert_eq!(differences[0].package.as_deref(), Some("true"));
    assert_eq!(differences[12].package, None);
}

#[test]
fn absent_attributes_are_defaults() {
    let bare = r#"<extAccount name="Adobe_Experience_Cloud"/>"#;
    let mut package = Package::default();
    package.account.name = "Adobe_Experience_Cloud".into();
    package.account.active = true;
    package.account.account_type = Some(0);
    assert_eq!(compare(&package, &["admin"], bare), []);
    package.account.package_auto_export = true;
    package.account.label = "MAC".into();
    let differences = compare(&package, &[], bare);
    assert_eq!(
        brief(&differences),
        [
            ("/external_account/label", "label", "MAC", None),
            (
                "/external_account/export_in_packages",
                "packageAutoExport",
                "true",
                None
            ),
        ]
    );
}

#[test]
fn flags_and_scopes_are_compared_by_meaning() {
    let text = r#"<extAccount name="n" imsOrgId="x" active="true" packageAutoExport="false" userScope="session,openid,,openid"/>"#;
    let mut package = Package::default();
    package.account.name = "n".into();
    package.account.ims_org_id = "x".into();
    package.account.active = true;
    package.account.user_scope = "openid,session".into();
    assert_eq!(compare(&package, &[], text), []);
    let odd = text
        .replace("\"true\"", "\"yes\"")
        .replace("session,", "session, ");
    assert_eq!(
        brief(&compare(&package, &[], &odd)),
        [
            ("/external_account/enabled", "active", "true", Some("yes")),
            (
                "/external_account/scope",
                "userScope",
                "openid,session",
                Some("session, openid,,openid")
            ),
        ]
    );
}

#[test]
fn groups_are_compared_where_there_are_any() {
    let mut package = example();
    package.groups.push(Group {
        name: "a/b~c".into(),
        label: "x".into(),
    });
    let text = render(&example()).unwrap();
    let text = text.replace("label=\"Reviewers\"", "label=\"Readers\"");
    let text = text.replace(
        "  </entities>\n  <entities schema=\"nms",
        "<group name=\"admin\"/><group name=\"other\"/></entities><entities schema=\"nms",
    );
    let differences = compare(&package, &["admin", "delivery"], &text);
    assert_eq!(
        brief(&differences),
        [
            ("/groups/a~1b~0c", "name", "a/b~c", None),
            ("/groups/delivery", "name", "delivery", None),
            (
                "/groups/reviewers/label",
                "label",
                "Reviewers",
                Some("Readers")
            ),
        ]
    );
    assert_eq!(differences[0].kind, DifferenceKind::GroupMissing);
    let mut without = example();
    without.groups.clear();
    assert_eq!(
        compare(&package, &["delivery"], &render(&without).unwrap()),
        []
    );
}
