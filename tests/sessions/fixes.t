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
