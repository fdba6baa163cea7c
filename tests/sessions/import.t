What an instance exports becomes a manifest. What a package cannot know becomes `CHANGE-ME`, and what is wrong with it is found.

  $ cp $ONE a.ims.yaml
  $ exported() { campaign-ims render -q a.ims.yaml | sed 's/<group /<group label="Administrator" name="admin"\/>&/'; }
  $ exported | sed 's/ims-na1/ims-na1-stg1/' > x.xml
  $ campaign-ims import x.xml -o new.ims.yaml
  Took the account `Adobe_Experience_Cloud` (x.xml, line 7).
  Wrote new.ims.yaml. Fill in what says CHANGE-ME (3 so far), then run `campaign-ims check new.ims.yaml`.
  $ ls -A
  a.ims.yaml
  new.ims.yaml
  x.xml
  $ campaign-ims check new.ims.yaml --format concise
  new.ims.yaml:7:9: error[placeholder] `organization.name` still holds the placeholder `CHANGE-ME`
  new.ims.yaml:13:8: error[placeholder] `instance.url` still holds the placeholder `CHANGE-ME`
  new.ims.yaml:14:12: error[placeholder] `instance.hosting` still holds the placeholder `CHANGE-ME`
  new.ims.yaml:18:23: error[ims-server-stage] `ims-na1-stg1.adobelogin.com` is a staging endpoint of IMS, which no instance of Campaign signs in through
  [1]

A package with nothing but an account gives nothing but placeholders.

  $ echo '<entities schema="nms:extAccount"><extAccount name="Adobe_Experience_Cloud"/></entities>' | campaign-ims import - > bare.ims.yaml
  Took the account `Adobe_Experience_Cloud` (<stdin>, line 1).
  $ campaign-ims check bare.ims.yaml --format concise
  bare.ims.yaml:7:9: error[placeholder] `organization.name` still holds the placeholder `CHANGE-ME`
  bare.ims.yaml:8:7: error[placeholder] `organization.id` still holds the placeholder `CHANGE-ME`
  bare.ims.yaml:9:11: error[placeholder] `organization.tenant` still holds the placeholder `CHANGE-ME`
  bare.ims.yaml:12:9: error[placeholder] `instance.name` still holds the placeholder `CHANGE-ME`
  bare.ims.yaml:13:8: error[placeholder] `instance.url` still holds the placeholder `CHANGE-ME`
  bare.ims.yaml:14:12: error[placeholder] `instance.hosting` still holds the placeholder `CHANGE-ME`
  bare.ims.yaml:16:21: error[placeholder] `instance.build.version` still holds the placeholder `CHANGE-ME`
  bare.ims.yaml:16:40: error[placeholder] `instance.build.number` still holds the placeholder `CHANGE-ME`
  bare.ims.yaml:20:15: error[placeholder] `external_account.ims_server` still holds the placeholder `CHANGE-ME`
  bare.ims.yaml:21:10: error[placeholder] `external_account.scope` still holds the placeholder `CHANGE-ME`
  bare.ims.yaml:22:14: error[placeholder] `external_account.client_id` still holds the placeholder `CHANGE-ME`
  bare.ims.yaml:25:20: error[placeholder] `external_account.callback_server` still holds the placeholder `CHANGE-ME`
  bare.ims.yaml:26:21: error[placeholder] `external_account.association_mask` still holds the placeholder `CHANGE-ME`
  bare.ims.yaml:28:28: error[placeholder] `external_account.experience_cloud_server` still holds the placeholder `CHANGE-ME`
  bare.ims.yaml:31:9: error[placeholder] `groups` still holds the placeholder `CHANGE-ME`
  [1]

No manifest is replaced.

  $ campaign-ims import x.xml -o a.ims.yaml
  error: cannot write a.ims.yaml: it exists already; name another file, or remove it
  [2]
  $ cmp a.ims.yaml $ONE

What is no package with one account is refused, and nothing is written.

  $ ACCOUNT='<extAccount name="Adobe_Experience_Cloud"/>'
  $ echo '<package><entities schema="nms:extAccount"/></package>' > bad.xml
  $ campaign-ims import bad.xml -o bad.ims.yaml
  error: `bad.xml`: the package holds no external account: export the entity nms:extAccount with the account Adobe_Experience_Cloud in it
  [2]
  $ echo "<package><entities schema='nms:extAccount'>$ACCOUNT$ACCOUNT</entities></package>" > bad.xml
  $ campaign-ims import bad.xml -o bad.ims.yaml
  error: `bad.xml`: more than one external account could be the IMS account: `Adobe_Experience_Cloud` (line 1, column 44), `Adobe_Experience_Cloud` (line 1, column 87); an instance has exactly one: delete the others there, or from the package
  [2]
  $ printf '<package><entities' > bad.xml
  $ campaign-ims import bad.xml -o bad.ims.yaml
  error: cannot read `bad.xml`: line 1, column 19 (byte 18): the file ends within a tag that begins at line 1, column 10: was it cut off?
  [2]
  $ echo 'not xml' > bad.xml
  $ campaign-ims import bad.xml -o bad.ims.yaml
  error: cannot read `bad.xml`: line 1, column 1 (byte 0): this is not XML: a package begins with `<`
  [2]
  $ campaign-ims import none.xml -o bad.ims.yaml
  error: cannot read `none.xml`: there is no such file or folder
  [2]
  $ campaign-ims import . -o bad.ims.yaml
  error: cannot read `.`: it is a folder, not a file
  [2]
  $ [ -e bad.ims.yaml ]
  [1]
