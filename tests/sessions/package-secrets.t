No command shows a secret of a package: not in an attribute of its own, not in another's value, not behind its name, not in a URL that is misspelt.

  $ cp $ONE a.ims.yaml
  $ exported() { campaign-ims render -q a.ims.yaml | sed 's/<group /<group label="Administrator" name="admin"\/>&/'; }
  $ shown() {
  >   { campaign-ims import x.xml; campaign-ims diff a.ims.yaml x.xml; campaign-ims diff a.ims.yaml x.xml --format json; } > out 2>&1
  >   grep -icE 'canary|57qs' out
  > }
  $ with() { exported | sed "$1" > x.xml; grep -ic canary x.xml; shown; }
  $ with 's,label="MAC",label="p8e-CanaryCanaryCanary1" clientSecret="@57QS5VHMb9BCsojLVrKI/Q==" password="canary-word",; s,https://marketing,https://me:canary-pw@marketing,'
  1
  0
  [1]
  $ with 's/label="MAC"/label="password: canary-word-1"/'
  1
  0
  [1]
  $ with 's/tenant="contoso"/tenant="api_key=canary-word-1"/'
  1
  0
  [1]
  $ with 's,https://ims-na1,apikey://canary-ims-na1,'
  1
  0
  [1]
  $ for url in https:/me:canary@h.example.net 'https:\\\\me:canary@h.example.net' //canary@h.example.net 'https://me:canary #@h.example.net'
  > do with "s|https://marketing.adobe.com|$url|"; done
  1
  0
  1
  0
  1
  0
  1
  0
  [1]
  $ head -3 out
  Took the account `Adobe_Experience_Cloud` (x.xml, line 7).
  # yaml-language-server: $schema=./ims-manifest.schema.json
  # Imported from a Campaign package. What a package cannot know says CHANGE-ME. `campaign-ims schema >

Nor of a text that is no package, or of a configuration.

  $ SECRET=p8e-CanaryCanaryCanaryCanary12345
  $ echo "<$SECRET></a>" > broken.xml
  $ campaign-ims import broken.xml
  error: cannot read `broken.xml`: line 1, column 36 (byte 35): broken XML: this end tag does not end <*********************************>, which begins at line 1, column 1
  [2]
  $ echo "<?xml version=\"1.0\" encoding=\"$SECRET\"?><a/>" > encoded.xml
  $ campaign-ims import encoded.xml
  error: cannot read `encoded.xml`: line 1, column 1 (byte 0): the XML declaration names the encoding *********************************; only UTF-8, ISO-8859-1 and Windows-1252 are read: convert the file to UTF-8, declaration included
  [2]
  $ echo "exclude = ['[$SECRET']" > globs.toml
  $ campaign-ims check a.ims.yaml --config globs.toml
  error: globs.toml:1:12: `'[*********************************'` can match no file
    help: close the bracket, or write `\[` for a bracket in a name
  [2]
