Where some manifests lack the environment that is asked for, that is said, and their texts are looked at all the same.

  $ cp $TWO two.ims.yaml
  $ sed 's/contoso-prod/contoso-other/; s/^version: 1/&\
  > zz: 1/; s/https:/http:/' $ONE > one.ims.yaml
  $ campaign-ims check $SAMPLES --env stage --format concise
  1 file without the environment `stage`: only what holds for any text was looked at.
  one.ims.yaml:2:1: error[unknown-field] the manifest has no field `zz`
  [1]
