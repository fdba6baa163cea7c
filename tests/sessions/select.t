Some rules alone are reported, or all but some. A rule that is named is reported though the configuration switches it off.

  $ sed 's/callback_server: https/callback_server: http/; s/^  client_id/  enabled: false\
  > &/' $ONE > p.ims.yaml
  $ cp p.ims.yaml before
  $ printf '[rules]\naccount-disabled = "off"\n' > campaign-ims.toml
  $ check() { campaign-ims check --format concise "$@" | cut -d ']' -f 1; return ${PIPESTATUS[0]}; }
  $ check
  p.ims.yaml:14:20: error[callback-not-https
  [1]
  $ check --select account-disabled
  p.ims.yaml:11:12: warning[account-disabled
  $ check --select account-disabled,mask-shared
  p.ims.yaml:11:12: warning[account-disabled
  $ check --select account-disabled --no-config
  p.ims.yaml:11:12: warning[account-disabled
  $ check --ignore callback-not-https
  $ check --select callback-not-http
  error: invalid value 'callback-not-http' for '--select <RULE>': did you mean `callback-not-https`?
  
  For more information, try '--help'.
  [2]

Fixes are those of what is reported.

  $ check --fix --ignore callback-not-https
  Fixed 0 findings in 0 files.
  $ cmp p.ims.yaml before

What nothing switches off stays.

  $ sed 's/client_secret: .*/client_secret: p8e-this-is-a-secret/' $ONE > p.ims.yaml
  $ check --ignore secret-in-manifest
  `secret-in-manifest` can be neither switched off nor lowered: it stays.
  p.ims.yaml:12:18: error[secret-in-manifest
  [1]
  $ check --select mask-shared
  p.ims.yaml:12:18: error[secret-in-manifest
  [1]

The list of rules has the levels that hold here, and in JSON those of the contract beside them.

  $ printf '[rules]\nmask-tenant = "off"\nmask-shared = "error"\nyaml-syntax = "off"\n' > campaign-ims.toml
  $ campaign-ims rules --format json > rules.json
  $ for rule in mask-tenant mask-shared yaml-syntax; do grep -oE "\"id\":\"$rule\",\"level\":\"[a-z]*\",\"default\":\"[a-z]*\"" rules.json; done
  "id":"mask-tenant","level":"off","default":"warning"
  "id":"mask-shared","level":"error","default":"note"
  "id":"yaml-syntax","level":"error","default":"error"
  $ campaign-ims rules | grep '^mask-tenant '
  mask-tenant              off      The association mask names neither the tenant nor the instance.
  $ campaign-ims rules --no-config | grep '^mask-tenant '
  mask-tenant              warning  The association mask names neither the tenant nor the instance.
