A package has the bytes of the contract, and the steps that are left are told beside it.

  $ cp $ONE prod.ims.yaml
  $ campaign-ims render prod.ims.yaml > prod.xml
  This package is for the instance contoso-prod alone; its SHA-256 is 847009ccfd1cadf27faec4a5188dd05499434382664b34c64ae86f6d284b27dd.
  Still to be done by hand for contoso-prod:
    1. Export today's account from contoso-prod first. Keep one native administrator: that is the way back.
    2. Import the package: in the console under Tools > Advanced > Import package, or on the server with `nlserver package -instance:contoso-prod -import:FILE.xml -verbose`.
    3. Type the IMS client secret into the external account: the package leaves it out, and the instance keeps the one it has.
    4. Give rights to the groups that the package creates: reviewers.
    5. Restart the server, then sign in once with an Adobe ID.
  $ cat prod.xml
  <?xml version="1.0" encoding="UTF-8"?>
  <package buildNumber="9394" buildVersion="6.7" label="IMS configuration of contoso-prod" name="ims-contoso-prod" namespace="cus">
    <entities schema="xtk:group">
      <group label="Reviewers" name="reviewers"/>
    </entities>
    <entities schema="nms:extAccount">
      <extAccount active="1" callbackServer="https://campaign.fabrikam.com" clientId="Campaign1" imsOrgId="7A1E42C95D3B4F600A495E31@AdobeOrg" imsRightsMask="Campaign - contoso - (.*)" imsServer="https://ims-na1.adobelogin.com" label="MAC" name="Adobe_Experience_Cloud" packageAutoExport="0" productContext="dma_campaign_classic" server="https://marketing.adobe.com" tenant="contoso" userScope="openid,AdobeID,session"/>
    </entities>
  </package>
  $ campaign-ims render prod.ims.yaml --quiet | cmp - prod.xml
  $ campaign-ims render - --quiet < prod.ims.yaml | cmp - prod.xml

Several environments are rendered into a folder.

  $ { cat $TWO; echo '    groups: { reviewers: null }'; } > all.ims.yaml
  $ campaign-ims render all.ims.yaml
  error: the manifest has several environments: add `--env` with `prod` or `stage`, or `--out-dir DIR` for a file each
  [2]
  $ campaign-ims render -q all.ims.yaml --out-dir out
  $ cmp out/contoso-prod.xml prod.xml
  $ grep -oE 'imsRightsMask="[^"]*"|xtk:group' out/contoso-stage.xml
  imsRightsMask="Campaign - contoso-stage - (.*)"

`--check` writes nothing, and fails where a file differs.

  $ campaign-ims render all.ims.yaml --out-dir out --check
  out/contoso-prod.xml is up to date
  out/contoso-stage.xml is up to date
  $ echo older > out/contoso-stage.xml
  $ campaign-ims render all.ims.yaml --out-dir out --check
  out/contoso-prod.xml is up to date
  error: `out/contoso-stage.xml` differs from what the manifest renders to: render it again
  [1]
  $ cat out/contoso-stage.xml
  older

With errors nothing is written.

  $ sed 's/callback_server: https/callback_server: http/' $ONE > prod.ims.yaml
  $ campaign-ims render prod.ims.yaml -o out.xml 2>/dev/null
  [1]
  $ campaign-ims render prod.ims.yaml -o out.xml 2>&1 | head -2
  error[callback-not-https]: the callback server uses `http`, but IMS sends
    │ operators back over https alone
  $ [ -e out.xml ]
  [1]

No output goes onto an input: a manifest, a configuration, a file with a secret. No two outputs go to one file.

  $ rm -r out all.ims.yaml
  $ sed 's/env: SECRET_OF_PROD/file: secret.txt/' $ONE > prod.ims.yaml
  $ echo kept > secret.txt
  $ echo '[rules]' > campaign-ims.toml
  $ cksum * > before
  $ campaign-ims check --output json=prod.ims.yaml
  error: cannot write prod.ims.yaml: it is also read, as prod.ims.yaml; name another file
  [2]
  $ campaign-ims render prod.ims.yaml -o prod.ims.yaml
  error: cannot write prod.ims.yaml: it is also read, as prod.ims.yaml; name another file
  [2]
  $ campaign-ims render prod.ims.yaml -o campaign-ims.toml
  error: cannot write campaign-ims.toml: it is also read, as $ROOM/campaign-ims.toml; name another file
  [2]
  $ campaign-ims render prod.ims.yaml -o ./secret.txt
  error: cannot write ./secret.txt: the client secret is kept there; name another file
  [2]
  $ campaign-ims check --output json=campaign-ims.toml
  error: cannot write campaign-ims.toml: it is also read, as $ROOM/campaign-ims.toml; name another file
  [2]
  $ campaign-ims check prod.ims.yaml --write-baseline campaign-ims.toml
  error: cannot write campaign-ims.toml: it is also read, as $ROOM/campaign-ims.toml; name another file
  [2]
  $ campaign-ims check --write-baseline new --output json=new
  error: cannot write new: two outputs would go there
  [2]
  $ campaign-ims map prod.ims.yaml -o prod.ims.yaml
  error: cannot write prod.ims.yaml: it is also read, as prod.ims.yaml; name another file
  [2]
  $ campaign-ims runbook prod.ims.yaml -o prod.ims.yaml
  error: cannot write prod.ims.yaml: it is also read, as prod.ims.yaml; name another file
  [2]
  $ cksum [!b]* | diff before -

What is printed can be written to a file as well.

  $ for command in schema man 'completions zsh' 'map prod.ims.yaml' 'runbook prod.ims.yaml'; do
  >   campaign-ims $command > printed
  >   campaign-ims $command -o written && cmp printed written && [ -s written ] && echo "$command"
  > done
  schema
  man
  completions zsh
  map prod.ims.yaml
  runbook prod.ims.yaml

No line of a package is a command to a runner, and the value is the same.

  $ sed 's/label: Reviewers/label: "##vso[task.complete]x"/' $ONE > runner.ims.yaml
  $ campaign-ims render -q runner.ims.yaml -o runner.xml
  $ grep "<group" runner.xml
      <group label="#&#35;vso[task.complete]x" name="reviewers"/>
  $ campaign-ims diff runner.ims.yaml runner.xml
  No drift: the account `Adobe_Experience_Cloud` of runner.xml is as the manifest says.
  $ campaign-ims import -q runner.xml | grep vso
      label: "#\x23vso[task.complete]x"
