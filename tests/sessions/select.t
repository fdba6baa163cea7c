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

Nor does what nothing switches off become silent with a rule that spoke of its value.

  $ sed 's/client_id: .*/client_id: " https:\/\/bob:Sample99@h.de "/' $ONE > p.ims.yaml
  $ check
  campaign-ims.toml:4:1: warning[unknown-rule
  p.ims.yaml:11:15: error[value-whitespace
  [1]
  $ check --ignore value-whitespace
  campaign-ims.toml:4:1: warning[unknown-rule
  p.ims.yaml:11:24: error[url-credentials
  [1]
  $ check --select mask-shared
  p.ims.yaml:11:24: error[url-credentials
  [1]
  $ campaign-ims check --no-config --write-baseline known.json p.ims.yaml
  Wrote 1 finding to known.json.
  error[url-credentials]: a URL in this text carries user information before
    │ the host
      ╭─[p.ims.yaml:11:24]
   10 │   scope: [openid, AdobeID, session]
   11 │   client_id: " https://************@h.de "
      ·                        ─────────────
   12 │   client_secret: { env: SECRET_OF_PROD }
      ╰────
    help: remove what stands between `://` and the host, `@` included, and
          change that password: it has been in the file
  
  More about a rule: `campaign-ims explain RULE`.
  Checked 1 file: 1 error.
  [1]
  $ check --baseline known.json
  The baseline knows 1 finding.
  campaign-ims.toml:4:1: warning[unknown-rule
  p.ims.yaml:11:24: error[url-credentials
  [1]
  $ printf '[rules]\nvalue-whitespace = "warning"\n' > campaign-ims.toml
  $ check
  p.ims.yaml:11:15: warning[value-whitespace
  p.ims.yaml:11:24: error[url-credentials
  [1]
  $ campaign-ims render p.ims.yaml > nothing 2>&1
  [1]
