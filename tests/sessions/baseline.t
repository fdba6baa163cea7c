A baseline knows the findings of a file that is renamed.

  $ bad() { sed "s/contoso-prod/contoso-$1/; s/campaign.fabrikam/$1.fabrikam/; s/contoso - /contoso-$1 - /; s/OF_PROD/OF_$1/; s/callback_server: https/callback_server: http/" $ONE; }
  $ bad p1 > p1.ims.yaml
  $ bad p2 > p2.ims.yaml
  $ campaign-ims check -q --write-baseline b.json
  $ mkdir sub
  $ mv p1.ims.yaml sub/renamed.ims.yaml
  $ campaign-ims check --baseline b.json --format concise
  The baseline knows 2 findings.

It says what nothing is found for any more, unless only a part was looked at.

  $ sed 's/callback_server: http/&s/' p2.ims.yaml > fixed
  $ mv fixed p2.ims.yaml
  $ campaign-ims check --baseline b.json --format concise
  The baseline knows 1 finding.
  The baseline has 1 finding that nothing is found for any more; write it anew:
    p2.ims.yaml callback-not-https
  $ campaign-ims check --baseline b.json --format concise --select mask-shared
  $ campaign-ims check --baseline b.json --format concise sub
  The baseline knows 1 finding.

A file that is gone is one new file's at most, and none is gone that lies where the baseline does.

  $ bad p1 > sub/renamed.ims.yaml
  $ bad p2 > p2.ims.yaml
  $ bad p3 > p3.ims.yaml
  $ bad p4 > p4.ims.yaml
  $ campaign-ims check -q --baseline b.json --format concise
  p4.ims.yaml:13:20: error[callback-not-https] the callback server uses `http`, but IMS sends operators back over https alone
  sub/renamed.ims.yaml:13:20: error[callback-not-https] the callback server uses `http`, but IMS sends operators back over https alone
  [1]
  $ bad p1 > p1.ims.yaml
  $ (cd sub; campaign-ims check -q --baseline ../b.json --format concise)
  renamed.ims.yaml:13:20: error[callback-not-https] the callback server uses `http`, but IMS sends operators back over https alone
  [1]

Where it was written elsewhere, it says so.

  $ mkdir -p w/sub
  $ sed 's/callback_server: https/callback_server: http/' $ONE > w/sub/p.ims.yaml
  $ cd w
  $ campaign-ims check --write-baseline known.json
  Wrote 1 finding to known.json.
  Checked 1 file: no findings.
  $ cd sub
  $ campaign-ims check --baseline ../known.json --format concise 2>&1 | cut -d ']' -f 1
  The baseline has none of these files: its paths begin in the folder that it was written in.
  p.ims.yaml:13:20: error[callback-not-https
