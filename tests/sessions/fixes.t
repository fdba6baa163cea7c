An item of a list goes, the comment beside it stays.

  $ sed 's/  scope: .*/  scope:\
  >     - openid\
  >     - AdobeID\
  >     - session\
  >     - openid # again/' $ONE > a.ims.yaml
  $ campaign-ims check $SAMPLES a.ims.yaml --diff
  --- ./a.ims.yaml
  +++ ./a.ims.yaml
  @@ -11,7 +11,7 @@
       - openid
       - AdobeID
       - session
  -    - openid # again
  +    # again
     client_id: Campaign1
     client_secret: { env: SECRET_OF_PROD }
     callback_server: https://campaign.fabrikam.com
  Would fix 1 finding in 1 file.
  [1]

All of very many characters at one value are mended, though fewer are reported.

  $ sed "s/Campaign - contoso - (/Campaign - contoso$(printf ' \xc2\xa0x%.0s' $(seq 40)) - (/" $ONE > a.ims.yaml
  $ campaign-ims check $SAMPLES a.ims.yaml --format json | grep -c '"rule":"mask-confusable"'
  20
  $ campaign-ims check $SAMPLES a.ims.yaml --fix --quiet --format concise

A file that cannot be written keeps its findings in the report.

  $ sed 's/callback_server: https/callback_server: http/' $ONE > a.ims.yaml
  $ ln a.ims.yaml other-name
  $ campaign-ims check $SAMPLES a.ims.yaml --fix --format concise
  error: cannot write a.ims.yaml: it has other names (hard links), which would keep the old text; change it by hand, or make it a file of its own
  Fixed 0 findings in 0 files.
  a.ims.yaml:13:20: error[callback-not-https] the callback server uses `http`, but IMS sends operators back over https alone
  the check failed: cannot write a.ims.yaml: it has other names (hard links), which would keep the old text; change it by hand, or make it a file of its own
  [2]

What makes room for its own opposite is left as it is: one text is due as a number and as a string.

  $ sed 's/number: 9394/number: \&n 9394/; s/client_id: .*/client_id: *n/' $ONE > circle.ims.yaml
  $ campaign-ims check $SAMPLES circle.ims.yaml --fix --format concise
  Fixed 0 findings in 0 files.
  Left 1 fix alone that would have changed more than it should.
  circle.ims.yaml:7:39: error[wrong-type] `external_account.client_id` must be a string, but is a number
  [1]
  $ campaign-ims check $SAMPLES circle.ims.yaml --diff
  Would fix 0 findings in 0 files.
  Left 1 fix alone that would have changed more than it should.
  1 finding would be left: `check` without `--diff` says what they are.
  [1]

Surplus items go in one run.

  $ sed 's/session\]/session, openid, openid, openid, openid, openid, openid]/' $ONE > many.ims.yaml
  $ campaign-ims check $SAMPLES many.ims.yaml --fix --format concise
  Fixed 6 findings in 1 file.
  $ grep scope many.ims.yaml
    scope: [openid, AdobeID, session]
