A pull request with a bad commit fails the job in every format. Without `--since` the findings that were there before are reported too.

  $ check() { campaign-ims check --no-config "$@"; }
  $ commit() { git add --all; git -c user.name=Test -c user.email=test@fabrikam.com commit --quiet --message more; }
  $ git init --quiet --initial-branch=main
  $ sed 's/contoso-prod/contoso-old/; s/campaign.fabrikam/old.fabrikam/; s,server: https://old.*,&/x,; s/Campaign - contoso/Old - contoso-old/; s/Campaign1/Old1/; s/OF_PROD/OF_OLD/' $ONE > a-old.ims.yaml
  $ cp $ONE prod.ims.yaml
  $ commit
  $ git switch --quiet --create change
  $ check --format concise
  a-old.ims.yaml:13:44: warning[callback-extra-parts] the callback server has a path, but Campaign expects the address of the server alone
  $ check --format concise --fail-on warning
  a-old.ims.yaml:13:44: warning[callback-extra-parts] the callback server has a path, but Campaign expects the address of the server alone
  [1]
  $ sed 's/callback_server: https:/callback_server: http:/' $ONE > prod.ims.yaml
  $ commit
  $ said() {
  >   for format in human json sarif github gitlab junit markdown; do
  >     check --format $format "$@" > out
  >     echo $format $? $(grep -oE '(\[|title=|<code>|"(rule|ruleId|check_name)":")callback-(not-https|extra-parts)|prod.ims.yaml(:13:20|,line=13|#L13)' out | sort -u)
  >   done
  > }
  $ said
  human 1 [callback-extra-parts [callback-not-https prod.ims.yaml:13:20
  json 1 "rule":"callback-extra-parts "rule":"callback-not-https
  sarif 1 "ruleId":"callback-extra-parts "ruleId":"callback-not-https
  github 1 prod.ims.yaml,line=13 title=callback-extra-parts title=callback-not-https
  gitlab 1 "check_name":"callback-extra-parts "check_name":"callback-not-https
  junit 1 [callback-extra-parts [callback-not-https prod.ims.yaml:13:20
  markdown 1 <code>callback-extra-parts <code>callback-not-https prod.ims.yaml#L13
  $ check --fail-on never --format concise
  a-old.ims.yaml:13:44: warning[callback-extra-parts] the callback server has a path, but Campaign expects the address of the server alone
  prod.ims.yaml:13:20: error[callback-not-https] the callback server uses `http`, but IMS sends operators back over https alone
  $ check nowhere
  error: cannot read `nowhere`: there is no such file or folder
  [2]
  $ check --since no-such-revision
  error: git knows no revision `no-such-revision` here; in CI, fetch it first (with `actions/checkout`: `fetch-depth: 0`)
  [2]

With `--since` they are not.

  $ said --since main
  human 1 [callback-not-https prod.ims.yaml:13:20
  json 1 "rule":"callback-not-https
  sarif 1 "ruleId":"callback-not-https
  github 1 prod.ims.yaml,line=13 title=callback-not-https
  gitlab 1 "check_name":"callback-not-https
  junit 1 [callback-not-https prod.ims.yaml:13:20
  markdown 1 <code>callback-not-https prod.ims.yaml#L13
  $ check --since main --fail-on never --format concise
  prod.ims.yaml:13:20: error[callback-not-https] the callback server uses `http`, but IMS sends operators back over https alone

The fix makes the manifest what it was, and what was there before is still there.

  $ check --since main --fix
  Fixed 1 finding in 1 file.
  contoso-old: Old - contoso-old - {admin, reviewers}; the package creates reviewers
  contoso-prod: Campaign - contoso - {admin, reviewers}; the package creates reviewers
  Checked 2 files: no findings.
  $ git diff --stat main
  $ commit
  $ check --since main --fail-on note
  contoso-old: Old - contoso-old - {admin, reviewers}; the package creates reviewers
  contoso-prod: Campaign - contoso - {admin, reviewers}; the package creates reviewers
  Checked 2 files: no findings.
  $ check --format concise --fail-on warning
  a-old.ims.yaml:13:44: warning[callback-extra-parts] the callback server has a path, but Campaign expects the address of the server alone
  [1]

Rules between instances see the manifests that did not change.

  $ sed 's,/x$,,' a-old.ims.yaml > a
  $ mv a a-old.ims.yaml
  $ commit
  $ git branch --force main
  $ sed 's,https://campaign.fabrikam,https://old.fabrikam,' $ONE > prod.ims.yaml
  $ check --since main --format concise
  prod.ims.yaml:13:20: error[callback-shared] the instances `contoso-prod` and `contoso-old` have the same callback server
  [1]
