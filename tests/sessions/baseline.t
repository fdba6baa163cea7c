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
