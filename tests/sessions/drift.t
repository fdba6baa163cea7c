A package as the manifest says has no drift.

  $ cp $ONE a.ims.yaml
  $ cp $TWO two.ims.yaml
  $ campaign-ims render -q a.ims.yaml -o own.xml
  $ exported() { campaign-ims render -q a.ims.yaml | sed 's/<group /<group label="Administrator" name="admin"\/>&/'; }
  $ campaign-ims diff a.ims.yaml own.xml
  No drift: the account `Adobe_Experience_Cloud` of own.xml is as the manifest says.
  $ exported > same.xml
  $ campaign-ims diff a.ims.yaml same.xml
  No drift: the account `Adobe_Experience_Cloud` of same.xml is as the manifest says.

Drift is shown with the manifest's line, and the character where it begins.

  $ exported | sed 's/Campaign - contoso/Campaign – contoso/' > x.xml
  $ campaign-ims diff a.ims.yaml x.xml
  imsRightsMask  a.ims.yaml:14:21
    manifest  Campaign - contoso - (.*)
    package   Campaign – contoso - (.*)
                       ^
    In the package character 10 is `–` (U+2013 EN DASH), not `-` (U+002D
    HYPHEN-MINUS).
  
  Drift: 1 difference between the manifest and the account `Adobe_Experience_Cloud` of x.xml.
  [1]
  $ campaign-ims diff a.ims.yaml x.xml --format json
  {"version":1,"account":"Adobe_Experience_Cloud",
  "differences":[
  {"field":"/external_account/association_mask","attribute":"imsRightsMask","manifest":"Campaign - contoso - (.*)","package":"Campaign – contoso - (.*)","path":"a.ims.yaml","range":{"start":{"line":14,"column":21,"offset":463},"end":{"line":14,"column":46,"offset":488}}}
  ]}
  [1]

An attribute that is left out counts as it is of its kind.

  $ sed 's/^  client_id:/  export_in_packages: true\
  >   type: 22\
  > &/' $ONE > more.ims.yaml
  $ exported | sed 's/ packageAutoExport="0" productContext="dma_campaign_classic"//' > absent.xml
  $ campaign-ims diff more.ims.yaml absent.xml
  packageAutoExport  more.ims.yaml:11:23
    manifest  true
    package   (absent, which counts as false)
  
  productContext  more.ims.yaml:8:1
    manifest  dma_campaign_classic
    package   (absent, which counts as empty)
  
  type  more.ims.yaml:12:9
    manifest  22
    package   (absent, which counts as 0)
  
  Drift: 3 differences between the manifest and the account `Adobe_Experience_Cloud` of absent.xml.
  [1]

A group of an export that has a missing one's label may have been renamed.

  $ sed 's/ name="ims-contoso-prod" namespace="cus"//; s/<group /<group label="Administrator" name="boss"\/>&/' own.xml > export.xml
  $ campaign-ims diff a.ims.yaml export.xml
  name of an operator group  a.ims.yaml:16:3
    manifest  admin
    package   boss (renamed?)
    The package has no such group, but `boss` has its label: was it renamed?
    Whoever has the product profile of `admin` cannot sign in. Built-in groups
    must keep their names: rename it back in Campaign.
  
  Drift: 1 difference between the manifest and the account `Adobe_Experience_Cloud` of export.xml.
  [1]
  $ campaign-ims diff a.ims.yaml export.xml --format json | grep -o '"field":"/groups.*"package":"boss"'
  "field":"/groups/admin","attribute":"name","manifest":"admin","package":"boss"

What an export has exists there; what was rendered is yet to be made.

  $ campaign-ims import own.xml 2>/dev/null | grep -A 2 '^  reviewers:'
    reviewers:
      label: Reviewers
      create: true
  $ campaign-ims import export.xml 2>/dev/null | grep -A 2 '^  reviewers:'
    reviewers:
      label: Reviewers
      create: false

One environment is compared, and no manifest with errors.

  $ campaign-ims diff two.ims.yaml same.xml > results
  error: the manifest has several environments: add `--env` with `prod` or `stage`, as a package is of one instance
  [2]
  $ campaign-ims diff two.ims.yaml same.xml --env prod
  No drift: the account `Adobe_Experience_Cloud` of same.xml is as the manifest says.
  $ campaign-ims diff two.ims.yaml same.xml --env stage | grep '^  package'
    package   https://campaign.fabrikam.com
    package   Campaign - contoso - (.*)
  $ campaign-ims diff two.ims.yaml same.xml --env stage > /dev/null
  [1]
  $ campaign-ims diff two.ims.yaml same.xml --env none
  error: the manifest has no environment `none`, but `prod` or `stage`
  [2]
  $ sed 's,https://ims,http://ims,' $ONE > bad.ims.yaml
  $ campaign-ims diff bad.ims.yaml same.xml 2>&1 >/dev/null | head -2
  error[ims-server-not-https]: `external_account.ims_server` uses `http`, but
    │ Adobe's servers take https alone
  $ campaign-ims diff bad.ims.yaml same.xml 2>/dev/null
  [1]

A package where a manifest is due is named as such, and the reverse. Nothing of it is a result.

  $ campaign-ims diff own.xml a.ims.yaml >> results
  error: `own.xml` is XML, where a manifest is due: the manifest comes first, and `campaign-ims import` makes one from a package
  [2]
  $ campaign-ims map own.xml >> results
  error: `own.xml` is XML, where a manifest is due: the manifest comes first, and `campaign-ims import` makes one from a package
  [2]
  $ campaign-ims render own.xml >> results
  error: `own.xml` is XML, where a manifest is due: the manifest comes first, and `campaign-ims import` makes one from a package
  [2]
  $ campaign-ims import a.ims.yaml >> results
  error: cannot read `a.ims.yaml`: line 1, column 1 (byte 0): this is a manifest, where a package is due: an XML file that an instance exported, or that `render` wrote
  [2]
  $ campaign-ims diff a.ims.yaml a.ims.yaml >> results
  error: cannot read `a.ims.yaml`: line 1, column 1 (byte 0): this is a manifest, where a package is due: an XML file that an instance exported, or that `render` wrote
  [2]
  $ cat results

An export that bears the name of a package that was rendered is an export all the same.

  $ sed 's/<package /<package author="Administrator" buildDate="2026-02-01" /; s/<group [^>]*>/<group label="Administrator" name="admin_old"\/>/' own.xml > named.xml
  $ campaign-ims diff a.ims.yaml named.xml
  name of an operator group  a.ims.yaml:16:3
    manifest  admin
    package   admin_old (renamed?)
    The package has no such group, but `admin_old` has its label: was it renamed?
    Whoever has the product profile of `admin` cannot sign in. Built-in groups
    must keep their names: rename it back in Campaign.
  
  name of an operator group  a.ims.yaml:17:3
    manifest  reviewers
    package   (no such group)
    The package lists operator groups, but not this one: whoever has its product
    profile cannot sign in.
  
  Drift: 2 differences between the manifest and the account `Adobe_Experience_Cloud` of named.xml.
  [1]
  $ campaign-ims import -q named.xml | grep -A 2 admin_old
    admin_old:
      label: Administrator
      create: false

A group that the manifest has is no other one's new name.

  $ sed 's/ name="ims-contoso-prod" namespace="cus"//; s/<group [^>]*>/<group label="Reviewers" name="admin"\/>/' own.xml > taken.xml
  $ campaign-ims diff a.ims.yaml taken.xml
  name of an operator group  a.ims.yaml:17:3
    manifest  reviewers
    package   (no such group)
    The package lists operator groups, but not this one: whoever has its product
    profile cannot sign in.
  
  Drift: 1 difference between the manifest and the account `Adobe_Experience_Cloud` of taken.xml.
  [1]

Of several accounts, the one that has the manifest's own name is compared.

  $ sed 's/^  client_id:/  name: Ours\
  >   type: 22\
  > &/' $ONE > ours.ims.yaml
  $ campaign-ims render -q ours.ims.yaml | sed 's/<extAccount /<extAccount name="Adobe_Experience_Cloud" imsOrgId=""\/><extAccount name="Other" imsOrgId="x"\/>&/' > three.xml
  $ campaign-ims diff ours.ims.yaml three.xml
  warning[account-name]: `Ours` is not the name of the account that Campaign
    │ signs operators in with
      ╭─[ours.ims.yaml:11:9]
   10 │   scope: [openid, AdobeID, session]
   11 │   name: Ours
      ·         ────
   12 │   type: 22
      ╰────
    help: write `Adobe_Experience_Cloud`, or `Adobe_Marketing_Cloud` if that is
          what the instance has: there must be exactly one such account
  
  More about a rule: `campaign-ims explain RULE`.
  Checked 1 file: 1 warning.
  No drift: the account `Ours` of three.xml is as the manifest says.
