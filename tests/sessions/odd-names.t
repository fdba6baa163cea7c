Names that are no Unicode stay two.

  $ bad() { sed "s/callback_server: https/callback_server: http/; s/contoso-prod/contoso-$1/; s/campaign.fabrikam/$1.fabrikam/; s/contoso - /contoso-$1 - /; s/OF_PROD/OF_$1/" $ONE; }
  $ bad p1 > "$(printf 'bad\376.ims.yaml')" || exit 80
  $ bad p2 > "$(printf 'bad\377.ims.yaml')"
  $ campaign-ims check --format concise
  bad<0xFE>.ims.yaml:13:20: error[callback-not-https] the callback server uses `http`, but IMS sends operators back over https alone
  bad<0xFF>.ims.yaml:13:20: error[callback-not-https] the callback server uses `http`, but IMS sends operators back over https alone
  [1]
  $ campaign-ims check | tail -1
  Checked 2 files: 2 errors. 2 fixable with `--fix`.
