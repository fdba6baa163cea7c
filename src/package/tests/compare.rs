//! What differs between a manifest and a package.

use super::super::{Difference, DifferenceKind, Package, compare, read, render};
use super::{EXAMPLE, MANIFEST, manifest};

fn differences(manifest_text: &str, package: &str) -> Vec<Difference> {
    let package = read(package.as_bytes()).unwrap();
    compare(
        &manifest(manifest_text),
        &package,
        package.account().unwrap(),
    )
    .unwrap()
}

/// `field attribute manifest package`, a difference each; `-` where the package says nothing.
fn brief(manifest: &str, package: &str) -> Vec<String> {
    let differences = differences(manifest, package).into_iter();
    let line = |it: Difference| {
        let package = it.package.unwrap_or_else(|| "-".into());
        format!("{} {} {} {package}", it.field, it.attribute, it.manifest)
    };
    differences.map(line).collect()
}

#[test]
fn what_was_rendered_has_no_drift() {
    let text = MANIFEST.replace("  client_id", "  type: 20\n  client_id");
    let rendered = render(&Package::of(&manifest(&text)).unwrap()).unwrap();
    assert_eq!(differences(&text, &rendered), []);
    assert_eq!(differences(MANIFEST, &rendered), []);
}

#[test]
fn every_attribute_is_compared() {
    let other = MANIFEST
        .replace("8293A4B5@AdobeOrg", "@AdobeOrg")
        .replace("tenant: contoso", "tenant: other")
        .replace("https://campaign", "https://other")
        .replace("https://ims", "https://other")
        .replace("[openid", "[other")
        .replace("Campaign1", "other")
        .replace("Campaign - ", "other - ")
        .replace(
            "  client_id",
            "  enabled: false\n  export_in_packages: true\n  type: 1\n  label: other\n  name: Adobe_Marketing_Cloud\n  product_context: other\n  experience_cloud_server: other\n  client_id",
        );
    insta::assert_snapshot!(brief(&other, EXAMPLE).join("\n"), @r"
    /external_account/enabled active false true
    /external_account/callback_server callbackServer https://other.contoso.com https://campaign.contoso.com
    /external_account/client_id clientId other Campaign1
    /organization/id imsOrgId 0A1B2C3D4E5F6071@AdobeOrg 0A1B2C3D4E5F60718293A4B5@AdobeOrg
    /external_account/association_mask imsRightsMask other - contoso - (.*) Campaign - contoso - (.*)
    /external_account/ims_server imsServer https://other-na1.adobelogin.com https://ims-na1.adobelogin.com
    /external_account/label label other MAC
    /external_account/name name Adobe_Marketing_Cloud Adobe_Experience_Cloud
    /external_account/export_in_packages packageAutoExport true false
    /external_account/product_context productContext other dma_campaign_classic
    /external_account/experience_cloud_server server other https://marketing.adobe.com
    /organization/tenant tenant other contoso
    /external_account/type type 1 -
    /external_account/scope userScope other,AdobeID,session openid,AdobeID,session
    ");
    for it in differences(&other, EXAMPLE) {
        let expected = match it.attribute {
            "name" => DifferenceKind::ImsAccountName,
            "userScope" => DifferenceKind::List,
            _ => DifferenceKind::Value,
        };
        assert_eq!(it.kind, expected);
    }
}

#[test]
fn values_are_compared_by_meaning() {
    let attribute = |name: &str, value: &str| {
        let at = EXAMPLE.find(&format!(" {name}=\"")).unwrap();
        let end = at + name.len() + 3 + EXAMPLE[at + name.len() + 3..].find('"').unwrap() + 1;
        format!("{}{value}{}", &EXAMPLE[..at], &EXAMPLE[end..])
    };
    for (package, expected) in [
        (attribute("active", ""), ""),
        (attribute("active", " active=\"true\""), ""),
        (
            attribute("active", " active=\"yes\""),
            "/external_account/enabled active true yes",
        ),
        (attribute("packageAutoExport", ""), ""),
        (
            attribute("packageAutoExport", " packageAutoExport=\"false\""),
            "",
        ),
        (
            attribute("userScope", " userScope=\"session,openid,,AdobeID,openid\""),
            "",
        ),
        (
            attribute("userScope", " userScope=\"session, openid,AdobeID\""),
            "/external_account/scope userScope openid,AdobeID,session session, openid,AdobeID",
        ),
        (
            attribute("tenant", ""),
            "/organization/tenant tenant contoso -",
        ),
        (
            attribute("server", " server=\"https:/me:pw@h\""),
            "/external_account/experience_cloud_server server https://marketing.adobe.com ************@h",
        ),
    ] {
        assert_eq!(brief(MANIFEST, &package).join("\n"), expected);
    }
}

#[test]
fn groups_are_compared_where_the_package_has_any() {
    let more =
        MANIFEST.to_owned() + "  a/b~c: { label: x, create: true }\n  admin: {}\n  delivery: {}\n";
    // What `render` wrote holds the groups that it creates alone.
    assert_eq!(brief(&more, EXAMPLE), ["/groups/a~1b~0c name a/b~c -"]);
    let package = EXAMPLE
        .replace("name=\"ims-contoso-prod\" namespace=\"cus\"", "")
        .replace("label=\"Reviewers\"", "label=\"Readers\"")
        .replacen(
            "  </entities>",
            "<group name=\"admin\" label=\"other\"/><group name=\"other\"/></entities>",
            1,
        );
    assert_eq!(
        brief(&more, &package),
        [
            "/groups/a~1b~0c name a/b~c -",
            "/groups/delivery name delivery -",
            "/groups/reviewers/label label Reviewers Readers",
        ]
    );
    let kind = differences(&more, &package)[0].kind;
    assert_eq!(kind, DifferenceKind::GroupMissing);
    let renamed = package.replace(
        "name=\"other\"",
        "name=\"mailers\" label=\"Delivery operators\"",
    );
    assert_eq!(
        brief(&more, &renamed)[1],
        "/groups/delivery name delivery mailers"
    );
    let kind = differences(&more, &renamed)[1].kind;
    assert_eq!(kind, DifferenceKind::GroupRenamed);
    let without = package.replace("xtk:group", "xtk:other");
    assert_eq!(differences(&more, &without), []);
}
