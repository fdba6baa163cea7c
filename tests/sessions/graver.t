What keeps a command from its work weighs more than what is wrong with the manifest.

  $ sed 's/tenant: [a-z]*/tenant: CHANGE-ME/' $TWO > two.ims.yaml
  $ sed 's/tenant: [a-z]*/tenant: CHANGE-ME/' $ONE > one.ims.yaml
  $ campaign-ims render two.ims.yaml 2>&1 | tail -1
  error: the manifest has several environments: add `--env` with `prod` or `stage`, or `--out-dir DIR` for a file each
  $ campaign-ims render two.ims.yaml > nothing 2>&1
  [2]
  $ campaign-ims render two.ims.yaml --env prod > nothing 2>&1
  [1]
  $ campaign-ims diff two.ims.yaml nothing 2>&1 | tail -1
  error: the manifest has several environments: add `--env` with `prod` or `stage`, as a package is of one instance
  $ campaign-ims diff one.ims.yaml none.xml 2>&1 | tail -1
  error: cannot read `none.xml`: there is no such file or folder
  $ campaign-ims diff one.ims.yaml none.xml > nothing 2>&1
  [2]
  $ campaign-ims map one.ims.yaml --profiles none.txt 2>&1 | tail -1
  error: cannot read `none.txt`: there is no such file or folder
  $ campaign-ims map one.ims.yaml --profiles none.txt > nothing 2>&1
  [2]
  $ campaign-ims map one.ims.yaml > nothing 2>&1
  [1]
