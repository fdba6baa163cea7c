A right manifest has no finding. The report says what its instance expects.

  $ cp $ONE prod.ims.yaml
  $ campaign-ims check
  contoso-prod: Campaign - contoso - {admin, reviewers}; the package creates reviewers
  Checked 1 file: no findings.

The level that fails a check is a choice.

  $ sed 's/^  client_id/  enabled: false\
  > &/' $ONE > prod.ims.yaml
  $ for level in error warning note never; do campaign-ims check --format concise --fail-on $level; echo $?; done
  prod.ims.yaml:11:12: warning[account-disabled] the account is disabled, so nobody signs in with an Adobe ID
  0
  prod.ims.yaml:11:12: warning[account-disabled] the account is disabled, so nobody signs in with an Adobe ID
  1
  prod.ims.yaml:11:12: warning[account-disabled] the account is disabled, so nobody signs in with an Adobe ID
  1
  prod.ims.yaml:11:12: warning[account-disabled] the account is disabled, so nobody signs in with an Adobe ID
  0
  $ sed 's/callback_server: https/callback_server: http/' $ONE > prod.ims.yaml
  $ campaign-ims check --format concise
  prod.ims.yaml:13:20: error[callback-not-https] the callback server uses `http`, but IMS sends operators back over https alone
  [1]
  $ campaign-ims check --format concise --fail-on never
  prod.ims.yaml:13:20: error[callback-not-https] the callback server uses `http`, but IMS sends operators back over https alone

What keeps the check from its work beats every finding.

  $ campaign-ims check --format concise . missing.ims.yaml
  error: cannot read `missing.ims.yaml`: there is no such file or folder
  prod.ims.yaml:13:20: error[callback-not-https] the callback server uses `http`, but IMS sends operators back over https alone
  the check failed: cannot read `missing.ims.yaml`: there is no such file or folder
  [2]
  $ campaign-ims check --env prod
  error: no manifest has an environment `prod`: none has environments: leave `--env` out
  [2]
  $ campaign-ims check --nonsense
  error: unexpected argument '--nonsense' found
  
    tip: to pass '--nonsense' as a value, use '-- --nonsense'
  
  Usage: campaign-ims check [OPTIONS] [PATH]...
  
  For more information, try '--help'.
  [2]

One environment is checked alone.

  $ sed 's/callback_server: https:..stage/callback_server: http:\/\/stage/' $TWO > prod.ims.yaml
  $ campaign-ims check --env prod
  contoso-prod: Campaign - contoso - {admin, reviewers}; the package creates reviewers
  Checked 1 file: no findings.
  $ campaign-ims check --env stage --format concise
  prod.ims.yaml:24:24: error[callback-not-https] the callback server uses `http`, but IMS sends operators back over https alone
  [1]
  $ campaign-ims check --env dev
  error: no manifest has an environment `dev`: choose `prod` or `stage`
  [2]

Standard input has the name that it is given.

  $ campaign-ims check - --stdin-filename conf/x.ims.yaml --format concise < prod.ims.yaml
  conf/x.ims.yaml:24:24: error[callback-not-https] the callback server uses `http`, but IMS sends operators back over https alone
  [1]
  $ echo '- a' | campaign-ims check - --stdin-filename conf/x.ims.yaml | grep conf
     ╭─[conf/x.ims.yaml:1:1]

A diff has colours where they are asked for.

  $ campaign-ims check --diff --color always -q | grep '_server: https:..stage' | tr '\033' '^'
  ^[32m+      callback_server: https://stage.fabrikam.com^[0m
  $ campaign-ims check --diff -q | grep '_server: https:..stage'
  +      callback_server: https://stage.fabrikam.com

The page of a rule is printed. One that is nearly the name of a rule is told.

  $ campaign-ims explain callback-not-https | head -1
  # callback-not-https
  $ campaign-ims explain callback-not-http
  error: there is no rule `callback-not-http`; did you mean `callback-not-https`?
  [2]
  $ campaign-ims rules | head -3
  account-disabled         warning  The account is disabled, so nobody signs in with an Adobe ID.
  account-duplicate        error    One instance is set up twice.
  account-name             warning  The account does not have the name that Campaign's own IMS account has.

The report says of at most ten instances what they expect, and nothing of one with an error.

  $ rm prod.ims.yaml
  $ for n in 10 11 12 13 14 15 16 17 18 19 20 21
  > do sed "s/contoso-prod/contoso-p$n/; s/campaign.fabrikam.com/p$n.fabrikam.com/; s/contoso - /contoso-p$n - /; s/OF_PROD/OF_$n/" $ONE > $n.ims.yaml; done
  $ campaign-ims check
  contoso-p10: Campaign - contoso-p10 - {admin, reviewers}; the package creates reviewers
  contoso-p11: Campaign - contoso-p11 - {admin, reviewers}; the package creates reviewers
  contoso-p12: Campaign - contoso-p12 - {admin, reviewers}; the package creates reviewers
  contoso-p13: Campaign - contoso-p13 - {admin, reviewers}; the package creates reviewers
  contoso-p14: Campaign - contoso-p14 - {admin, reviewers}; the package creates reviewers
  contoso-p15: Campaign - contoso-p15 - {admin, reviewers}; the package creates reviewers
  contoso-p16: Campaign - contoso-p16 - {admin, reviewers}; the package creates reviewers
  contoso-p17: Campaign - contoso-p17 - {admin, reviewers}; the package creates reviewers
  contoso-p18: Campaign - contoso-p18 - {admin, reviewers}; the package creates reviewers
  contoso-p19: Campaign - contoso-p19 - {admin, reviewers}; the package creates reviewers
  and 2 instances more
  Checked 12 files: no findings.
  $ campaign-ims check --quiet
  $ sed 's/callback_server: https/callback_server: http/' 10.ims.yaml > a
  $ mv a 10.ims.yaml
  $ campaign-ims check | grep -E '^(contoso|More)' | sed -n '1p;$p'
  contoso-p11: Campaign - contoso-p11 - {admin, reviewers}; the package creates reviewers
  More about a rule: `campaign-ims explain RULE`.
