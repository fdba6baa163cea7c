mod compare;
mod read;
mod refused;
mod roundtrip;

/// The contract's example, byte for byte.
const EXAMPLE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<package buildNumber="9394" buildVersion="6.7" label="IMS configuration of contoso-prod" name="ims-contoso-prod" namespace="cus">
  <entities schema="xtk:group">
    <group label="Reviewers" name="reviewers"/>
  </entities>
  <entities schema="nms:extAccount">
    <extAccount active="1" callbackServer="https://campaign.contoso.com" clientId="Campaign1" imsOrgId="0A1B2C3D4E5F60718293A4B5@AdobeOrg" imsRightsMask="Campaign - contoso - (.*)" imsServer="https://ims-na1.adobelogin.com" label="MAC" name="Adobe_Experience_Cloud" packageAutoExport="0" productContext="dma_campaign_classic" server="https://marketing.adobe.com" tenant="contoso" userScope="openid,AdobeID,session"/>
  </entities>
</package>
"#;

/// The manifest behind [`EXAMPLE`].
const MANIFEST: &str = "version: 1
organization: { name: Contoso, id: 0A1B2C3D4E5F60718293A4B5@AdobeOrg, tenant: contoso }
instance:
  name: contoso-prod
  url: https://campaign.contoso.com
  hosting: on-premise
  build: { version: '6.7', number: 9394 }
external_account:
  ims_server: https://ims-na1.adobelogin.com
  scope: [openid, AdobeID, session]
  client_id: Campaign1
  callback_server: https://campaign.contoso.com
  association_mask: Campaign - contoso - (.*)
groups:
  reviewers: { label: Reviewers, create: true }
";

/// A manifest as it is typed.
fn manifest(text: &str) -> crate::manifest::Manifest {
    let document = crate::yaml::parse(text).0.unwrap();
    crate::yaml::de::from_node(document.root().unwrap(), &Default::default()).unwrap()
}
