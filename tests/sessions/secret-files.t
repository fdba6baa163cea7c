No output replaces the file that a client secret is kept in.

  $ sed 's/{ env: SECRET_OF_PROD }/{ file: keep\/secret.txt }/' $ONE > a.ims.yaml
  $ mkdir keep; echo kept > keep/secret.txt
  $ campaign-ims map a.ims.yaml -o keep/secret.txt
  error: cannot write keep/secret.txt: the client secret is kept there; name another file
  [2]
  $ campaign-ims runbook a.ims.yaml -o keep/../keep/secret.txt
  error: cannot write keep/../keep/secret.txt: the client secret is kept there; name another file
  [2]
  $ campaign-ims render a.ims.yaml -o keep/secret.txt
  error: cannot write keep/secret.txt: the client secret is kept there; name another file
  [2]
  $ campaign-ims check a.ims.yaml --output json=keep/secret.txt
  error: cannot write keep/secret.txt: the client secret is kept there; name another file
  [2]
  $ campaign-ims check a.ims.yaml --write-baseline keep/secret.txt
  error: cannot write keep/secret.txt: the client secret is kept there; name another file
  [2]
  $ cat keep/secret.txt
  kept
