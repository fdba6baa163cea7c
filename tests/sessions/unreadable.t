A file that cannot be read is named.

  $ cp $ONE a.ims.yaml
  $ chmod 000 a.ims.yaml
  $ if cat a.ims.yaml 2>/dev/null; then exit 80; fi
  $ campaign-ims check a.ims.yaml
  error: cannot read `a.ims.yaml`: permission denied
  [2]
  $ campaign-ims render a.ims.yaml
  error: cannot read `a.ims.yaml`: permission denied
  [2]
