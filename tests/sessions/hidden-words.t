A secret in a path or an argument is hidden before anything is cut from it.

  $ campaign-ims check https://bob:hunter2Sup3r@git.example.net/prod.ims.yaml
  error: cannot read `https:/****************@git.example.net/prod.ims.yaml`: there is no such file or folder
  [2]
  $ campaign-ims check --output @57QS5VHMb9BCsojLVrKI/Q==
  error: this is no command line of `campaign-ims`, and holds a secret, so it is not shown: `campaign-ims --help` says what is
  [2]
  $ campaign-ims check --@57QS5VHMb9BCsojLVrKI/Q==
  error: this is no command line of `campaign-ims`, and holds a secret, so it is not shown: `campaign-ims --help` says what is
  [2]
  $ sed 's/callback_server: https/callback_server: http/' $ONE > p8e-abcdefghijklmnop1234.ims.yaml
  $ campaign-ims check $SAMPLES p8e-abcdefghijklmnop1234.ims.yaml --format concise
  ************************.ims.yaml:13:20: error[callback-not-https] the callback server uses `http`, but IMS sends operators back over https alone
  [1]

So is one in a list of product profiles. A manifest or a package is none.

  $ cp $ONE a.ims.yaml
  $ printf 'Campaign - contoso - admin\nCampaign - contoso - reviewers\nclient_secret: hunter2Sup3r\n' > list.txt
  $ campaign-ims map a.ims.yaml $SAMPLES --profiles list.txt
  contoso-prod
  Association mask: Campaign - contoso - (.*)
  
    Product profile                 Operator group  Status
    Campaign - contoso - admin      admin           ok
    Campaign - contoso - reviewers  reviewers       ok
    client_secret: ************     -               unmatched
  $ campaign-ims map a.ims.yaml $SAMPLES --profiles a.ims.yaml
  error: cannot use the list `a.ims.yaml`: it is a manifest or a package, not a list of product profiles: write a name on each line, or export one from the Admin Console
  [2]
  $ campaign-ims render -q a.ims.yaml -o a.xml
  $ campaign-ims map a.ims.yaml $SAMPLES --profiles a.xml
  error: cannot use the list `a.xml`: it is a manifest or a package, not a list of product profiles: write a name on each line, or export one from the Admin Console
  [2]

So is one on the line below its name, where the text is no YAML.

  $ printf 'external_account:\n  client_secret:\n  hunter2Sup3r\n' > broken.yaml
  $ campaign-ims check broken.yaml
  error[yaml-syntax]: this line has no `:`
     ╭─[broken.yaml:3:3]
   2 │   client_secret:
   3 │ **************
     ·   ────────────
     ╰────
    help: write `key: value`; indent the line further if it continues the value
          above, or put quotes around a text of several lines
  
  More about a rule: `campaign-ims explain RULE`.
  Checked 1 file: 1 error.
  [1]
  $ printf 'external_account:\n  client_secret:\n  - hunter2Sup3r\n  - x: [\n' > broken.yaml
  $ campaign-ims check broken.yaml
  error[yaml-syntax]: this `[` is never closed
     ╭─[broken.yaml:4:8]
   3 │ ****************
   4 │ ********
     ·        ─
     ╰────
    help: add the closing `]`, or put quotes around the value
  
  More about a rule: `campaign-ims explain RULE`.
  Checked 1 file: 1 error.
  [1]
